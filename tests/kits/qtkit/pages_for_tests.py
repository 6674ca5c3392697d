"""Pages of the tests' own: small, with every answer recorded."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from sisfoh_desktop.qtkit.page import Desk, NextStep, Page, PageSpec
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class Recorded(Page):
    """Remembers what it was asked."""

    title = "Lista"
    touches = frozenset({"plans"})
    kinds = frozenset({"plan"})

    def __init__(self, desk: Desk, parent=None) -> None:
        super().__init__(desk, parent)
        self.asked: list[object] = []
        self.unsaved = False
        self.list = RowTable([Column("Nombre", str)], key=str)
        self.list.set_rows(["uno", "dos"])
        QVBoxLayout(self).addWidget(self.list)
        self.action = QAction("&Aprobar", self)
        self.action.triggered.connect(lambda: self.asked.append("approve"))

    def reload(self) -> None:
        self.asked.append("reload")

    def table(self) -> RowTable:
        return self.list

    def page_actions(self) -> list[QAction]:
        return [self.action]

    def next_step(self) -> NextStep:
        return NextStep("Aprobar el plan", "Falta la firma.", "Aprobar", run=self.action.trigger)

    def show_record(self, kind: str, record_id: int) -> None:
        self.asked.append((kind, record_id))

    def has_unsaved(self) -> bool:
        return self.unsaved

    def new_record(self) -> bool:
        self.asked.append("new")
        return True

    def save(self) -> bool:
        self.asked.append("save")
        return True

    def preview(self) -> bool:
        self.asked.append("preview")
        return True

    def cancel(self) -> bool:
        self.asked.append("cancel")
        return True


class Plain(Page):
    """Answers nothing."""

    title = "Vacía"


class Broken(Page):
    """Cannot be built."""

    title = "Rota"

    def __init__(self, desk: Desk, parent=None) -> None:
        super().__init__(desk, parent)
        raise LookupError("a bug in the page")


SPECS = (
    PageSpec("plans", "Planes", "clipboard-list", lambda: Recorded),
    PageSpec("office", "Oficina", "landmark", lambda: Plain),
    PageSpec("papers", "Papeles", "files", lambda: Broken),
)
