"""How the office's facts lie in the database. What they must satisfy is in rules; reading and writing in the store."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.office.tables.catalogues import (
        BodyRow,
        LegendRow,
        NormRow,
        YearNameRow,
    )
    from sisfoh_desktop.modules.office.tables.entity import (
        MunicipalityRow,
        OfficeStateRow,
    )
    from sisfoh_desktop.modules.office.tables.terms import (
        HolidayRow,
        LegalTermRow,
    )
    from sisfoh_desktop.modules.office.tables.units import (
        OfficerRow,
        UnitNameRow,
        UnitRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "catalogues": "BodyRow LegendRow NormRow YearNameRow",
            "entity": "MunicipalityRow OfficeStateRow",
            "terms": "HolidayRow LegalTermRow",
            "units": "OfficerRow UnitNameRow UnitRow",
        },
    )

__all__ = [
    "BodyRow",
    "HolidayRow",
    "LegalTermRow",
    "LegendRow",
    "MunicipalityRow",
    "NormRow",
    "OfficeStateRow",
    "OfficerRow",
    "UnitNameRow",
    "UnitRow",
    "YearNameRow",
]
