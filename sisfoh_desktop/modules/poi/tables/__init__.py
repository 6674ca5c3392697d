"""How the POI lies in the database."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.tables.follow_up import (
        PoiEvidenceRow,
        PoiExecutionRow,
        PoiMonthEventRow,
        PoiMonthRow,
    )
    from sisfoh_desktop.modules.poi.tables.imports import (
        PoiImportRow,
        PoiQuarantineRow,
    )
    from sisfoh_desktop.modules.poi.tables.mappings import (
        PoiMappingRow,
    )
    from sisfoh_desktop.modules.poi.tables.measures import (
        PoiMeasureUnitRow,
    )
    from sisfoh_desktop.modules.poi.tables.papers import (
        PoiReportRow,
    )
    from sisfoh_desktop.modules.poi.tables.plans import (
        PoiBandRow,
        PoiPlanRow,
        PoiVersionRow,
    )
    from sisfoh_desktop.modules.poi.tables.programme import (
        PoiActivityRow,
        PoiProgrammeRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "follow_up": "PoiEvidenceRow PoiExecutionRow PoiMonthEventRow PoiMonthRow",
            "imports": "PoiImportRow PoiQuarantineRow",
            "mappings": "PoiMappingRow",
            "measures": "PoiMeasureUnitRow",
            "papers": "PoiReportRow",
            "plans": "PoiBandRow PoiPlanRow PoiVersionRow",
            "programme": "PoiActivityRow PoiProgrammeRow",
        },
    )

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
