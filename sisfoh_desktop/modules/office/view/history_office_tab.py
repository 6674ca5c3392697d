"""The tab "Historial": who changed which fact of the office, and what it was before."""

from functools import partial

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.office import service
from sisfoh_desktop.modules.office.view.office_tab import OfficeTab
from sisfoh_desktop.qtkit.history import HistoryTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import RowTable


class HistoryOfficeTab(OfficeTab):
    """The history of the whole office; it is read when it is looked at."""

    title = "Historial"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.history = HistoryTab()
        self.column.addWidget(self.history)
        self.history.follow(desk.tasks, "office", partial(service.history, desk.db))

    def reload(self) -> None:
        self.history.reload()
        self.tell_loaded()

    def table(self) -> RowTable:
        return self.history.list
