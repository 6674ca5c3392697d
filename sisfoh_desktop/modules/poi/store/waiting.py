"""How many imported rows wait in quarantine: asked at the start of the program, so apart from what reads them."""

from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, func, select

from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.tables import PoiImportRow, PoiQuarantineRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_IMPORTS = cast(Table, PoiImportRow.__table__)
_QUARANTINE = cast(Table, PoiQuarantineRow.__table__)


def count_pending(session: "Session", plan_id: int) -> int:
    """How many rows of the plan wait."""
    query = (
        select(func.count())
        .select_from(_QUARANTINE.join(_IMPORTS, _IMPORTS.c.id == _QUARANTINE.c.import_id))
        .where(_IMPORTS.c.plan_id == plan_id, _QUARANTINE.c.state == RowState.PENDING.value)
    )
    return session.scalar(query) or 0
