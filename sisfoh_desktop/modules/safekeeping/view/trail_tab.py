"""The tab "Historial general": everything that was done in the base, by whom, newest first, for whoever may read it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.safekeeping.rules.extract import head_words, moment_words
from sisfoh_desktop.modules.safekeeping.rules.trail import (
    USUAL,
    TrailFilter,
    TrailLine,
    TrailPage,
    part_choices,
)
from sisfoh_desktop.modules.safekeeping.service import trail
from sisfoh_desktop.modules.safekeeping.view.trail_extract import ExtractOrders
from sisfoh_desktop.modules.safekeeping.view.trail_filters import TrailFilters
from sisfoh_desktop.modules.safekeeping.view.trail_list import TrailList
from sisfoh_desktop.qtkit.page import Desk, SeenList
from sisfoh_desktop.qtkit.tabbed_page import PageTab

_FULL = 60  # lines that fill the tallest window
_HASH_SHOWN = 17  # signs of the head in the foot: two groups


class TrailTab(PageTab):
    """The trail of the whole office."""

    key = "trail"
    title = "Historial general"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = USUAL
        self._asking = 0  # counts what was asked for, so that late answers to older questions are dropped
        self._found = 0
        self._oldest = 0  # up to which entry was looked
        self._stale = False
        self.orders = ExtractOrders(desk, self, self.wanted, self._kept)
        self.filters = TrailFilters(desk.clock)
        self.filters.changed.connect(self._on_filter_changed)
        self.list = TrailList()
        self.list.selection_changed.connect(self._show_details)
        self.list.older_wanted.connect(self._fetch_older)
        self.list.filters_changed.connect(self.reload)
        self.list.choices["Parte"] = [title for _key, title in part_choices()]
        self.list.empty.button.clicked.connect(self._clear_filters)
        self.filters.orders_asked.connect(self.list.orders.open_menu)
        self.filters.left.connect(self.list.view.setFocus)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Detalle de la anotación elegida")
        self.foot = QLabel()
        self.foot.setProperty("role", "caption")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.details)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.filters)
        layout.addWidget(split, 1)
        layout.addWidget(self.foot)
        self.setFocusProxy(self.list)
        desk.tasks.changed.connect(self._on_base_changed)
        self._allow(self.may_read)

    @property
    def may_read(self) -> bool:
        """Whether whoever works here may read the trail."""
        return self.desk.actor.may(trail.RIGHT)

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self._stale = False
        self._allow(self.may_read)
        if not self.may_read:
            return
        self._asking += 1
        db, actor, wanted, keep = self.desk.db, self.desk.actor, self._wanted, self.list.keeper()

        def query() -> tuple[TrailPage, list[str]]:
            page = trail.read_page(db, actor=actor, wanted=wanted, keep=keep)
            return page, trail.list_people(db, actor=actor)

        self.desk.tasks.run_query(
            query, partial(self._on_loaded, self._asking), on_error=self._on_refused, owner=self
        )

    def wanted(self) -> TrailFilter:
        """The filter of what is on view."""
        return self.filters.wanted()

    def _kept(self) -> tuple[trail.Keep | None, str, list[str]]:
        """What the columns are filtered by, that in words, and which of them are seen."""
        return self.list.keeper(), self.list.filters_told(), self.list.titles_seen()

    def actions_of_tab(self) -> list[QAction]:
        return self.orders.actions if self.may_read else []

    def table(self) -> SeenList | None:
        return self if self.may_read else None

    def export_list(self) -> bool:
        """The list goes on beyond what is held here: the extract as a workbook takes all of it."""
        if self.may_read:
            self.orders.save_workbook()
        return True

    def show_part(self, part: Any) -> None:
        """An entry by its number, as others name it."""
        if isinstance(part, int) and part:
            self.list.select(part)

    def cancel(self) -> bool:
        if self._wanted == USUAL and not self.list.is_filtered:
            return False
        self._clear_filters()
        return True

    # -- as the frame's keys use a list ----------------------------------------------------------------

    @property
    def view(self) -> QAbstractItemView:
        return self.list.view

    def focus_filter(self) -> None:
        self.filters.focus_filter()

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        return self.list.as_seen()

    # -- inside ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _on_base_changed(self, _touched: set[str]) -> None:
        """Every change writes here: read again at once at the top of the list, else when it is next looked at."""
        self._stale = True
        if self.isVisible() and self.list.at_top:
            self.reload()

    def _on_filter_changed(self, wanted: TrailFilter) -> None:
        self._wanted = wanted
        self.reload()

    def _fetch_older(self) -> None:
        db, actor, wanted, keep = self.desk.db, self.desk.actor, self._wanted, self.list.keeper()
        last, found, asked = self._oldest, self._found, self._asking

        def query() -> TrailPage:
            return trail.read_page(db, actor=actor, wanted=wanted, before=last, found=found, keep=keep)

        def fetched(page: TrailPage) -> None:
            if asked == self._asking:
                self._oldest = page.oldest_id
                self.list.add_older(page.lines, older=page.earlier)
                self._tell(page)

        self.desk.tasks.run_query(query, fetched, owner=self, on_end=self.list.model.stop_waiting)

    def _on_loaded(self, asked: int, loaded: tuple[TrailPage, list[str]]) -> None:
        if asked != self._asking:
            return
        page, people = loaded
        self._found = page.found
        self.filters.set_people(people)
        self._oldest = page.oldest_id
        self.list.show_newest(page.lines, older=page.earlier)
        self._tell(page)

    def _tell(self, page: TrailPage) -> None:
        """Say how many there are; few of a long search: look on further down."""
        held, older = self.list.model.rowCount(), self.list.model.later
        if held < _FULL and older:
            self.list.model.want_later()
        nothing = not held and not older
        self._say("Ninguna anotación cumple esos filtros.", "Quitar filtros", shown=nothing)
        total = format_number(page.entry_count)
        counted = total if page.found == page.entry_count else f"{format_number(page.found)} de {total}"
        if self.list.is_filtered:
            counted = f"{format_number(held)} a la vista{', hay más abajo,' if older else ''} de {total}"
        noun = "anotación" if page.entry_count == 1 else "anotaciones"
        self.foot.setText(f"{counted} {noun} · Cabeza de la cadena: {head_words(page.head)[:_HASH_SHOWN]}…")
        self.foot.setToolTip(f"Huella de la última anotación:\n{head_words(page.head)}")

    def _on_refused(self, error: SisfohError) -> None:
        self.list.show_newest((), older=False)
        self._say(error.sentence, "Quitar filtros", shown=True)

    def _clear_filters(self) -> None:
        self.list.clear_filters()
        self.filters.clear()

    def _allow(self, allowed: bool) -> None:
        self.filters.setEnabled(allowed)
        self.details.setVisible(allowed)
        if not allowed:
            self.list.show_newest((), older=False)
            self.foot.setText("")
            self._say(
                "Su usuario no tiene permiso para leer el historial de toda la oficina. Cada registro conserva el "
                "suyo en su propia página.",
                "",
                shown=True,
            )

    def _say(self, sentence: str, button: str, *, shown: bool) -> None:
        if shown:
            self.list.empty.show_state(sentence, button)
        else:
            self.list.empty.hide()

    def _show_details(self, line: TrailLine | None) -> None:
        self.details.setPlainText(_told(line) if line is not None else "")


def _told(line: TrailLine) -> str:
    """A line whole: what it says, then how the trail itself names it."""
    who = " · ".join(part for part in (line.person, line.office) if part) or "sin usuario"
    what = f"{line.what}: {line.record}" if line.record else line.what
    parts = [f"{what}. {moment_words(line.at)}, {who}.", *(change.text for change in line.changes)]
    if line.reason:
        parts.append(f"Motivo: {line.reason}")
    parts.append(f"Anotación N° {line.id} ({line.action}, {line.subject}). Huella {head_words(line.hash)}")
    return "\n".join(parts)
