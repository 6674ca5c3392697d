"""How the POI lies in the database."""

from sisfoh_desktop.modules.poi.tables.follow_up import (
    PoiEvidenceRow,
    PoiExecutionRow,
    PoiMonthEventRow,
    PoiMonthRow,
)
from sisfoh_desktop.modules.poi.tables.imports import PoiImportRow, PoiMappingRow, PoiQuarantineRow
from sisfoh_desktop.modules.poi.tables.papers import PoiReportRow
from sisfoh_desktop.modules.poi.tables.plans import PoiBandRow, PoiMeasureUnitRow, PoiPlanRow, PoiVersionRow
from sisfoh_desktop.modules.poi.tables.programme import PoiActivityRow, PoiProgrammeRow

__all__ = [
    "PoiActivityRow",
    "PoiBandRow",
    "PoiEvidenceRow",
    "PoiExecutionRow",
    "PoiImportRow",
    "PoiMappingRow",
    "PoiMeasureUnitRow",
    "PoiMonthEventRow",
    "PoiMonthRow",
    "PoiPlanRow",
    "PoiProgrammeRow",
    "PoiQuarantineRow",
    "PoiReportRow",
    "PoiVersionRow",
]
