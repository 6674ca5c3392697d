"""The act as it will be printed: the draft as it stands here, or the archive's own bytes; drawn on the worker."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.pdf_pane import PdfPane
from sisfoh_desktop.qtkit.preview import Renderer
from sisfoh_desktop.qtkit.tasks import Tasks

_REST_MS = 1_200  # after the last key, so that a page is not built for every letter


class PagePane(QWidget):
    """Shows what `source` gives. It is asked again when the pane is seen and `mark_changed` came meanwhile."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._source: Callable[[], bytes] | None = None
        self._fresh = False
        self._asked = 0
        self._page = 1
        self.pane: PdfPane | None = None
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setProperty("tone", "dim")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._stack)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.refresh)

    def show_source(self, source: Callable[[], bytes] | None) -> None:
        """From now on show these bytes; `source` runs on the worker."""
        self._source = source
        self._page = 1
        self._fresh = False
        self._asked += 1
        self._stack.setCurrentWidget(self.message)
        self.message.setText("Preparando la página…" if source is not None else "")
        self._refresh_if_seen(0)

    def mark_changed(self, source: Callable[[], bytes]) -> None:
        """The act changed: show it anew after a pause, on the same page."""
        self._source = source
        self._fresh = False
        self._refresh_if_seen(_REST_MS)

    def refresh(self) -> None:
        """Ask for the bytes, unless those on view are still good."""
        if self._fresh or self._source is None:
            return
        self._fresh = True
        self._asked += 1
        asked = self._asked

        def show(pdf: bytes) -> None:
            if asked == self._asked:
                self._show(pdf)

        def refuse(error: SisfohError) -> None:
            if asked == self._asked:
                self.message.setText(error.sentence)
                self._stack.setCurrentWidget(self.message)

        self._tasks.run_query(self._source, show, refuse, owner=self)

    # -- inside ----------------------------------------------------------------------------------------

    def _refresh_if_seen(self, delay: int) -> None:
        if self.isVisible():
            self._rest.start(delay)

    def _show(self, pdf: bytes) -> None:
        if self.pane is None:
            from sisfoh_desktop.documents import rendering

            self.pane = PdfPane(Renderer(rendering.page_count, rendering.render_page), self._tasks)
            self.pane.page_shown.connect(self._on_page_shown)
            self._stack.addWidget(self.pane)
        self._page = max(1, self.pane.current_page)
        if pdf != self.pane.pdf:
            self.pane.show_pdf(pdf)
        self._stack.setCurrentWidget(self.pane)

    def _on_page_shown(self, page: int, pages: int) -> None:
        wanted, self._page = min(self._page, pages), 1
        if self.pane is not None and wanted > 1 and page == 1:
            self.pane.go_to(wanted)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._rest.start(0)
