"""Rectifying the act on view: what can be ordered, and the dialog with what the act printed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, State
from sisfoh_desktop.modules.resoluciones.rules.rectifying import is_signed
from sisfoh_desktop.modules.resoluciones.service import RectifiableAct
from sisfoh_desktop.modules.resoluciones.view.record import RecordView
from sisfoh_desktop.modules.resoluciones.view.rectify_dialog import RectifyDialog
from sisfoh_desktop.qtkit.page import Desk


class RectifyFlow(QObject):
    """Two orders: rectify a signed act, and change the errors of a draft that rectifies one."""

    open_asked = Signal(int)
    reload_asked = Signal()

    def __init__(self, desk: Desk, record: RecordView, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._record, self._over = desk, record, over
        self.rectify_action = QAction("&Rectificar error material…", self)
        self.rectify_action.setToolTip("Redactar la resolución que corrige un error de esta")
        self.rectify_action.triggered.connect(lambda _checked=False: self._on_rectify())
        self.errors_action = QAction("Errores que se &rectifican…", self)
        self.errors_action.triggered.connect(lambda _checked=False: self._on_errors())

    def actions(self) -> list[QAction]:
        """The order that the act on view allows, if there is one."""
        act, data = self._record.saved, self._record.data
        if act is None or data is None:
            return []
        if is_signed(act.state):
            return [self.rectify_action]
        return [self.errors_action] if data.chain.rectifies is not None else []

    def refresh(self, *, idle: bool, clean: bool) -> None:
        """`clean`: nothing typed waits to be saved."""
        act = self._record.saved
        self.rectify_action.setEnabled(idle)
        self.errors_action.setEnabled(clean and act is not None and act.state is State.DRAFT)

    def _on_rectify(self) -> None:
        if self._record.saved is not None:
            self._load(self._record.saved.id, self._ask_new)

    def _on_errors(self) -> None:
        act, data = self._record.saved, self._record.data
        if act is None or data is None or data.chain.rectifies is None:
            return
        self._load(data.chain.rectifies.id, partial(self._ask_errors, act))

    def _load(self, act_id: int, then: Callable[[RectifiableAct], None]) -> None:
        self._desk.tasks.run_query(
            partial(
                service.rectifiable_act,
                self._desk.db,
                self._desk.archive,
                act_id,
                self._desk.clock.now().date(),
            ),
            then,
            owner=self._over,
        )

    def _ask_new(self, source: RectifiableAct) -> None:
        made = RectifyDialog.ask(self._desk, source, parent=self._over)
        if made is not None:
            self.open_asked.emit(made)

    def _ask_errors(self, act: Resolucion, source: RectifiableAct) -> None:
        data = self._record.data
        errors = data.chain.errors if data is not None else ()
        if RectifyDialog.ask(self._desk, source, draft=act, errors=errors, parent=self._over) is not None:
            self.reload_asked.emit()
