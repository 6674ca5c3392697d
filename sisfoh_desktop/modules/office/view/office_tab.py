"""What the tabs of the page share: their list, their actions, the columns that tell validity and trust."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.office import service
from sisfoh_desktop.modules.office.rules import in_force
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone
from sisfoh_desktop.qtkit.undo_offer import offer_undo

MANAGE = "office.manage"


class OfficeTab(QWidget):
    """One tab: loads itself by `reload`, offers its actions, answers Ctrl+N."""

    title = ""
    loaded = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.is_loaded = False
        self.actions_shown: list[QAction] = []
        self.may_manage = desk.actor.may(MANAGE)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        self.column.setSpacing(8)

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    def reload(self) -> None:
        """Ask the worker for what the tab shows."""
        raise NotImplementedError

    def table(self) -> RowTable | None:
        """The tab's main list."""
        return None

    def new_record(self) -> bool:
        """Ctrl+N on this tab."""
        return False

    def select(self, record_id: int) -> bool:
        """Show the record that the search asked for; whether it is in the list already."""
        table = self.table()
        return table is not None and table.select(record_id)

    def action(
        self, text: str, slot: Callable[[], object], icon: str = "", *, right: str = MANAGE
    ) -> QAction:
        """A further action of the tab, in the order in which they are made; hidden from who lacks the right."""
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: slot())
        if icon:
            set_icon(made, icon)
        only_for(self.desk.actor, right, made)
        self.actions_shown.append(made)
        return made

    def history_action(self, chosen: Callable[[], Any], name_of: Callable[[Any], str]) -> QAction:
        """«Historial» of the fact that `chosen` gives, for everybody who sees it; the last of the tab's actions."""

        def show() -> None:
            fact = chosen()
            if fact is not None:
                load = partial(service.history, self.desk.db, fact)
                HistoryDialog.show_for(self, self.desk.tasks, name_of(fact), load)

        made = QAction("&Historial", self)
        made.triggered.connect(lambda _checked=False: show())
        self.actions_shown.append(made)
        return made

    def needs_selection(self, table: RowTable, *actions: QAction) -> None:
        """These actions work on the selected row, also from its context menu."""
        table.menu_actions = [*actions]

        def refresh(fact: object) -> None:
            for action in actions:
                action.setEnabled(fact is not None)

        table.selection_changed.connect(refresh)
        refresh(table.selected())

    def offer_back(self, what: str, save: Callable[[Any, str], object], before: Any) -> None:
        """After `what` was ended: offer it as it was `before`; `save` takes a fact and a token."""
        offer_undo(
            self,
            self.desk.tasks,
            f"Se puso fin a {what}.",
            partial(save, before),
            {"office"},
            undone=f"Ya no tiene fin: {what}."
            if before.valid_to is None
            else f"Volvió a su fecha de fin: {what}.",
        )

    def show_rows(self, table: RowTable, rows: Sequence[Any]) -> None:
        """Fill a list and choose its first row where none was chosen, so that the actions have an object."""
        table.set_rows(rows)
        if rows and table.selected() is None:
            table.view.select_row(0)

    def tell_loaded(self) -> None:
        """What the tab shows has just changed."""
        self.is_loaded = True
        self.loaded.emit()


def validity_state(fact: Any, today: date) -> tuple[Tone, str]:
    """Whether it holds today, will hold, or held, with the date that matters next."""
    if not in_force(fact, today):
        if fact.valid_from is not None and fact.valid_from > today:
            return ("accent", f"Regirá desde {format_date(fact.valid_from)}")
        return ("dim", f"Terminó el {format_date(fact.valid_to)}")
    if fact.valid_to is not None:
        return ("ok", f"Vigente hasta {format_date(fact.valid_to)}")
    return ("ok", f"Vigente desde {format_date(fact.valid_from)}" if fact.valid_from else "Vigente")


def validity_column(today: Callable[[], date], fact_of: Callable[[Any], Any] = lambda row: row) -> Column:
    """Validity as a chip, ordered by its first day; `fact_of` finds the dated fact in a list's row."""
    return Column(
        "Vigencia",
        lambda row: validity_state(fact_of(row), today())[1],
        lambda row: fact_of(row).valid_from or date.min,
        tone=lambda row: validity_state(fact_of(row), today())[0],
        width=184,
    )


class DetailLine(QLabel):
    """Under a list: what the chosen row has no column for, in at most a few lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", "dim")
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 2 + 4)

    def show_parts(self, *parts: str) -> None:
        """The parts that are not empty, in one line that wraps."""
        self.setText("  ·  ".join(part for part in parts if part))


_TRUST_TONES: dict[str, Tone] = {
    "Leído": "ok",
    "Por verificar": "warn",
}


def trust_column() -> Column:
    """How the office knows it, as a chip."""
    return Column(
        "Cómo se sabe",
        lambda fact: fact.trust,
        tone=lambda fact: _TRUST_TONES.get(fact.trust, "dim"),
        width=152,
    )
