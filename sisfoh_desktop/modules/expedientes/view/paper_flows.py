"""The papers of the expediente on view: cover, route sheet, timeline; each opens in the preview."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.view.record import RecordView
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk


class PaperFlows(QObject):
    """One action for each paper."""

    def __init__(self, desk: Desk, record: RecordView, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._record, self._over = desk, record, over
        self.cover_action = self._action(
            "Carát&ula e índice foliado", "Carátula", service.caratula_pdf_bytes, "printer"
        )
        self.route_action = self._action(
            "Ho&ja de ruta", "Hoja de ruta", service.hoja_ruta_pdf_bytes, "printer"
        )
        self.timeline_action = self._action(
            "&Línea de tiempo", "Línea de tiempo", service.linea_tiempo_pdf_bytes, "printer"
        )

    @property
    def actions(self) -> list[QAction]:
        """In the order of the menu."""
        return [self.cover_action, self.route_action, self.timeline_action]

    def _action(
        self, text: str, name: str, build: Callable[[Any, int, datetime], bytes], icon_name: str
    ) -> QAction:
        made = QAction(text, self)
        set_icon(made, icon_name)
        made.triggered.connect(lambda _checked=False: self._preview(name, build))
        return made

    def _preview(self, name: str, build: Callable[[Any, int, datetime], bytes]) -> None:
        view = self._record.shown
        if view is not None:
            self._desk.tasks.run_query(
                partial(build, self._desk.db, view.expediente.id, self._desk.clock.now()),
                partial(self._show, f"{name} de {view.expediente.code or view.expediente.title}"[:120], name),
                owner=self._over,
            )

    def _show(self, title: str, name: str, pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self._desk.tasks,
            pdf,
            title,
            file_name=f"{name}.pdf",
            kind="expediente",
            over=self._over,
        )
