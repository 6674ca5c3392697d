"""The pages in the centre of the window: imported on the worker, built when first shown, reloaded after changes."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.late_names import open_doors
from sisfoh_desktop.qtkit.page import Desk, Page, PageSpec
from sisfoh_desktop.qtkit.tasks import Tasks


class Placeholder(QWidget):
    """What stands in the centre while there is no page: one sentence, perhaps one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setWordWrap(True)
        self.label.setProperty("tone", "dim")
        self.button = QPushButton()
        self._run: Callable[[], object] | None = None
        self.button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(self.label)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.show_sentence("")

    def show_sentence(self, sentence: str, button: str = "", run: Callable[[], object] | None = None) -> None:
        """Say something and perhaps offer one thing to do."""
        self.label.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._run = run

    def _on_clicked(self) -> None:
        if self._run is not None:
            self._run()


class PageStack(QStackedWidget):
    """One page per spec. `page_shown` tells the frame that another page (or none yet) is on view."""

    page_shown = Signal()
    page_built = Signal(object)
    withheld = Signal(str)  # the title of a page asked for that is not offered to who is in

    def __init__(self, specs: Sequence[PageSpec], tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.specs = tuple(specs)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._classes: dict[int, type[Page]] = {}
        self._pages: dict[int, Page] = {}
        self._stale: set[int] = set()
        self._loading: set[int] = set()
        self._wanted = 0
        self._offered = frozenset(range(len(self.specs)))
        self._record: tuple[str, int] | None = None
        self.placeholder = Placeholder()
        self.addWidget(self.placeholder)
        tasks.changed.connect(self._on_changed)

    @property
    def number(self) -> int:
        """Which page is asked for, from 0."""
        return self._wanted

    @property
    def page(self) -> Page | None:
        """The page on view, or None while it is being loaded or there is no base."""
        return self._pages.get(self._wanted)

    def tab_words(self) -> str:
        """The words of the tab on view; "" on a page without tabs."""
        tabs = self.page.findChildren(QTabWidget) if self.page is not None else []
        shown = next((one for one in tabs if one.isVisible()), None)
        return shown.tabText(shown.currentIndex()) if shown is not None else ""

    def built_pages(self) -> list[Page]:
        """The pages that exist so far."""
        return list(self._pages.values())

    def is_offered(self, number: int) -> bool:
        """Whether who is in may go to the page."""
        return number in self._offered

    def offered_specs(self) -> list[PageSpec]:
        """The pages that who is in may go to."""
        return [spec for number, spec in enumerate(self.specs) if number in self._offered]

    def offer(self, numbers: Collection[int]) -> None:
        """These pages and no others; whoever stood on another goes to the first."""
        self._offered = frozenset(numbers)
        if self._wanted not in self._offered:
            self._wanted = min(self._offered, default=0)

    def set_desk(self, desk: Desk | None) -> None:
        """Work on another base: every page is built anew. On none: the frame tells nothing more of who was in."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._desk = desk
        self.setCurrentWidget(self.placeholder)
        if desk is not None:
            self.show_page(self._wanted)
        else:
            self._wanted = min(self._offered, default=0)
            self.page_shown.emit()

    def show_page(self, number: int) -> None:
        """Show a page, loading and building it the first time."""
        if number not in self._offered:
            self._record = None
            self.withheld.emit(self.specs[number].title)
            return
        self._wanted = number
        page = self._pages.get(number)
        if page is not None:
            self.setCurrentWidget(page)
            if number in self._stale:
                self._stale.discard(number)
                page.reload()
            self._hand_record(page)
            self.page_shown.emit()
            return
        self.setCurrentWidget(self.placeholder)
        self.page_shown.emit()
        if self._desk is None:
            return
        self.placeholder.show_sentence(f"Cargando {self.specs[number].title}…")
        if number in self._classes:
            self._build(number)
        else:
            self._load(number)

    def show_record(self, kind: str, record_id: int) -> bool:
        """Go to the page that shows records of `kind`, and to the record; 0 is no record, but a kind may name a part of
        the page ("safekeeping.privacy")."""
        for number, spec in enumerate(self.specs):
            known = self._classes.get(number)
            if kind in {spec.key, *spec.kinds} or (known is not None and kind in known.kinds):
                self._record = (kind, record_id) if record_id or kind.startswith(f"{spec.key}.") else None
                self.show_page(number)
                return number in self._offered
        return False

    def catch_up(self) -> bool:
        """Let the page on view read what others changed, unless somebody is typing in it; whether it still waits."""
        page = self.page
        if page is None or self._wanted not in self._stale or self.currentWidget() is not page:
            return False
        if page.has_unsaved():
            return True
        self._stale.discard(self._wanted)
        page.reload()
        return False

    # -- inside ----------------------------------------------------------------------------------------

    def _load(self, number: int) -> None:
        if number in self._loading:
            return
        self._loading.add(number)

        def loaded(page_class: type[Page]) -> None:
            self._classes[number] = page_class
            self._build(number)

        def refused(error: SisfohError) -> None:
            if number == self._wanted:
                self.placeholder.show_sentence(error.sentence, "Reintentar", lambda: self.show_page(number))

        self._tasks.run_query(
            partial(_load_whole, self.specs[number]),
            loaded,
            on_error=refused,
            owner=self,
            on_end=lambda: self._loading.discard(number),
        )

    def _build(self, number: int) -> None:
        desk = self._desk
        if desk is None or number in self._pages or number != self._wanted:
            return
        try:
            page = self._classes[number](desk)
        except Exception as error:  # one page's bug must not take the window with it
            from sisfoh_desktop.qtkit.crash_dialog import report_crash

            report_crash(error, self)
            self.placeholder.show_sentence(
                "Esta página no se pudo mostrar. Las demás siguen disponibles.",
                "Reintentar",
                lambda: self.show_page(number),
            )
            return
        page.open_record.connect(self.show_record)
        self._pages[number] = page
        self.addWidget(page)
        self.page_built.emit(page)
        self.show_page(number)

    def _hand_record(self, page: Page) -> None:
        if self._record is not None:
            kind, record_id = self._record
            self._record = None
            page.show_record(kind, record_id)

    def _on_changed(self, touched: set[str]) -> None:
        for number, page in self._pages.items():
            if not page.touches & touched:
                continue
            seen = number == self._wanted and self.currentWidget() is page
            if seen and not (self._tasks.elsewhere and page.has_unsaved()):
                self._stale.discard(number)
                page.reload()
            else:
                self._stale.add(number)


def _load_whole(spec: PageSpec) -> type[Page]:
    """On the worker: the page with all that its keys and buttons will ask for by name."""
    page_class = spec.load()
    open_doors(page_class.__module__.partition(".view")[0] + ".view")
    return page_class
