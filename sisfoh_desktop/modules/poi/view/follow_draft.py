"""The cells of «Seguimiento» as a draft of this PC keeps them (`grid_draft`)."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES
from sisfoh_desktop.modules.poi.rules.follow_up import MOST_TEXT
from sisfoh_desktop.modules.poi.rules.programme import short_name
from sisfoh_desktop.modules.poi.service.motives import list_motives
from sisfoh_desktop.modules.poi.view import follow_rows as rows
from sisfoh_desktop.modules.poi.view.grid_draft import DraftCell, GridDraft
from sisfoh_desktop.qtkit.grid_kinds import MONEY, QUANTITY, CellKind

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab

DRAFT_TITLE = "Ejecución del POI sin guardar"


def draft_key(plan_id: int) -> str:
    """Under which name what is typed into a plan is kept: activities are the same in all its versions."""
    return f"poi:follow:{plan_id}"


def draft_of(tab: "FollowTab", place: QVBoxLayout) -> GridDraft:
    """The draft of the tab, its offer above the grid."""

    def locked(slot: int) -> bool:
        return tab.ground is None or bool(rows.month_locked(tab.ground, rows.month_of(slot)))

    def show_month_of(slots: set[int]) -> None:
        months = {rows.month_of(slot) for slot in slots}
        if months and tab.month not in months:
            tab.show_month(min(months))

    return GridDraft(
        tab.grid,
        DRAFT_TITLE,
        _cells(),
        lambda row: short_name(row.fact.activity),
        locked,
        place,
        tab,
        on_taken=show_month_of,
    )


def _cells() -> list[DraftCell]:
    """In the order of the values of a row."""
    kinds = {
        "physical": ("{}", QUANTITY, None),
        "money": ("{} en soles", MONEY, None),
        "motive": ("motivo de {}", CellKind(_motive, _motive_label, str, "left"), ""),
        "motive_text": ("motivo de {} en palabras", _words("el motivo"), ""),
        "corrective": ("medida correctiva de {}", _words("la medida correctiva"), ""),
    }
    return [
        DraftCell(f"{month}.{name}", words.format(MONTH_NAMES[month - 1]), kind, blank)
        for month in range(1, 13)
        for name, (words, kind, blank) in ((name, kinds[name]) for name in rows.FIELDS)
    ]


def _words(what: str) -> CellKind:
    return CellKind(partial(clean_text, what=what, limit=MOST_TEXT), str, str, "left")


def _motive(code: str) -> str:
    if all(one.code != code for one in list_motives()):
        raise RuleError("motive_unknown", "Ese motivo no está en la lista.")
    return code


def _motive_label(code: str) -> str:
    return next((one.label for one in list_motives() if one.code == code), code)
