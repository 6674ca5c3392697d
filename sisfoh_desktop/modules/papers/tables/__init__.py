"""How series, numbers, papers, their rounds and their revisions lie in the database."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.papers.tables.numbers import (
        PaperNumberRow,
        PaperOutsideRow,
        PaperSeriesRow,
        PaperSeriesYearRow,
    )
    from sisfoh_desktop.modules.papers.tables.paper import (
        PaperRow,
        PaperSignerRow,
    )
    from sisfoh_desktop.modules.papers.tables.revisions import (
        PaperRevisionRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "numbers": "PaperNumberRow PaperOutsideRow PaperSeriesRow PaperSeriesYearRow",
            "paper": "PaperRow PaperSignerRow",
            "revisions": "PaperRevisionRow",
        },
    )

__all__ = [
    "PaperNumberRow",
    "PaperOutsideRow",
    "PaperRevisionRow",
    "PaperRow",
    "PaperSeriesRow",
    "PaperSeriesYearRow",
    "PaperSignerRow",
]
