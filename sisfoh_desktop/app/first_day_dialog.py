"""The assistant of the first day: pages in a list at the left, back and forth without losing anything, a last look.

What is typed is kept on this PC every two seconds of rest and when the assistant is left; nothing goes into the base
before «Guardar todo». When it is offered, and what follows it, is in `first_day`.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sisfoh_desktop.app import first_day_writing as writing
from sisfoh_desktop.app.first_day import DRAFT_KEY
from sisfoh_desktop.app.first_day_letterhead import LetterheadPage, with_logo
from sisfoh_desktop.app.first_day_lists import HolidaysPage, OfficersPage
from sisfoh_desktop.app.first_day_pages import (
    STEPS_WIDTH,
    FirstDayPage,
    MunicipalityPage,
    PlacePage,
    Setting,
    page_height,
    page_width,
)
from sisfoh_desktop.app.first_day_people import CopyPage, FirstCopy, FirstUser, ReviewPage, UsersPage
from sisfoh_desktop.app.first_day_units import UnitsPage
from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.office.rules.first_day import FirstDay, UnitTemplate
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.plain_text import keep_labels_plain
from sisfoh_desktop.qtkit.screen_room import largest
from sisfoh_desktop.qtkit.theme import theme

_IDLE_MS = 2_000
_PAGE_WIDTH, _PAGE_HEIGHT, _HEIGHT, _LINE = 800, 470, 606, 20  # px at 100 %; a line: one more of the lead
_NEXT, _SAVE, _LATER, _BACK = "&Siguiente", "&Guardar todo", "Seguir &después", "&Atrás"
FOOT_LETTERS = ("s", "g", "d", "a")


class FirstDayDialog(TaskDialog):
    """`keep(draft)` is called with what to keep of it; `saved` tells what was stored, when all of it was."""

    usual_width = 1060
    saved = Signal(list)

    def __init__(
        self,
        setting: Setting,
        templates: tuple[UnitTemplate, ...],
        *,
        kept: Draft | None = None,
        keep: Callable[[Draft], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Primer día", primary=_NEXT, cancel=_LATER, parent=parent, wide=True)
        self._setting, self._keep_draft = setting, keep
        self._desk = setting.desk
        self._done: dict[str, str] = {}
        self._seen: set[str] = set()
        self._under_way = 0
        self._number = 0
        self._tokens = {step: str(uuid.uuid4()) for step in ("office", "user")}
        self.back_button = self.add_button(_BACK, self.back, left=False)
        self.municipality = MunicipalityPage(setting)
        self.letterhead = LetterheadPage(setting, lambda: str(self.municipality.form.fields["name"].raw()))
        self.units = UnitsPage(setting, templates, lambda: self.municipality.code)
        self.officers = OfficersPage(setting, self.units.heads)
        self.holidays = HolidaysPage(setting, lambda: self.municipality.code)
        self.users = UsersPage(setting)
        self.copy = CopyPage(setting)
        self.review = ReviewPage(setting, lambda: self.pages[:-1])
        self.pages: list[FirstDayPage] = [
            PlacePage(setting),
            self.municipality,
            self.letterhead,
            self.units,
            self.officers,
            self.holidays,
            self.users,
            self.copy,
            self.review,
        ]
        self.review.jump_asked.connect(self.show_page)
        self._build()
        if kept is not None:
            self._take(kept)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.keep)
        for page in self.pages:
            page.changed.connect(self._idle.start)
        for keys, order in (("Alt+Left", self.back), ("Alt+Right", self.try_submit)):
            QShortcut(QKeySequence(keys), self, order)
        self.show_number(self._first(kept))

    # -- going about -----------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """Which page is in view."""
        return self._number

    @property
    def page(self) -> FirstDayPage:
        """The page in view."""
        return self.pages[self.number]

    def show_page(self, key: str) -> None:
        """Go to a page by its key."""
        self.show_number(next(number for number, page in enumerate(self.pages) if page.key == key))

    def show_number(self, number: int) -> None:
        """Go to a page by its place."""
        self._number = number
        for place, other in enumerate(self.pages):
            other.setVisible(place == number)
        page = self.page
        self._title.setText(page.title)
        self._lead.setText(page.lead)
        self.steps.blockSignals(True)
        self.steps.setCurrentRow(number)
        self.steps.blockSignals(False)
        self.back_button.setEnabled(number > 0)
        self.primary_button.setText(_SAVE if page is self.review else _NEXT)
        self.banner.show_sentence("")
        page.on_shown()
        keep_labels_plain(self)
        self._scroll.verticalScrollBar().setValue(0)  # large text: each page begins with its title
        self._mark_steps()
        if self.isVisible():
            self._focus_page()

    def back(self) -> None:
        """One page back; nothing is checked."""
        if self.number:
            self.show_number(self.number - 1)

    def submit(self) -> bool:
        """«Siguiente» checks its page; «Guardar todo» checks them all and stores."""
        if self.page is not self.review:
            if self.page.check():
                self.keep()
                self.show_number(self.number + 1)
            return False
        for number, page in enumerate(self.pages[:-1]):
            if not page.check():
                self.show_number(number)
                if not page.check():  # said again in view: going there took the focus
                    return False
        self._save()
        return False

    # -- what is kept of it ----------------------------------------------------------------------------

    def draft(self) -> Draft:
        """Everything typed so far, and the page in view."""
        fields = [
            DraftField(f"{page.key}.{name}", page.title, "", "", typed)
            for page in self.pages
            for name, typed in page.typed().items()
        ]
        fields.append(DraftField("page", "", "", "", self.page.key))
        return Draft(DRAFT_KEY, self.windowTitle(), self._desk.clock.now(), tuple(fields))

    def keep(self) -> None:
        """Keep what was typed on this PC."""
        self._idle.stop()
        if "office" not in self._done:
            self._keep_draft(self.draft())

    def sizeHint(self) -> QSize:
        """One size for all pages, whichever is opened first."""
        return super().sizeHint().expandedTo(QSize(0, theme().px(_HEIGHT))).boundedTo(largest(self))

    def reject(self) -> None:
        """Leave; it goes on another day where it was left."""
        if self._under_way:
            return
        self.keep()
        super().reject()
        if self._done:
            self.saved.emit(list(self._done.values()))

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.steps = QListWidget()
        self.steps.setAccessibleName("Pasos del primer día")
        self.steps.setFixedWidth(theme().px(STEPS_WIDTH))
        for page in self.pages:
            item = QListWidgetItem(page.title)
            item.setSizeHint(QSize(0, theme().px(30)))
            self.steps.addItem(item)
        self.steps.currentRowChanged.connect(self.show_number)
        self._title, self._lead = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._lead.setProperty("tone", "dim")
        self._lead.setWordWrap(True)
        stack = QWidget()  # no QStackedWidget: it would ask for the room of the highest page on all of them
        column = QVBoxLayout(stack)
        column.setContentsMargins(0, 0, 0, 0)
        for page in self.pages:
            page.hide()
            column.addWidget(page)
        stack.setMinimumSize(page_width(self, _PAGE_WIDTH), page_height(self, _PAGE_HEIGHT, beside=_LINE))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._title)
        right.addWidget(self._lead)
        right.addWidget(stack, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.steps)
        row.addLayout(right, 1)
        self.set_body(body)

    def _mark_steps(self) -> None:
        """What was seen already carries its mark, in words too."""
        self._seen.add(self.page.key)
        for number, page in enumerate(self.pages):
            item = self.steps.item(number)
            seen = page.key in self._seen and number != self.number
            item.setText(f"{'✓' if seen else '○'}  {page.title}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{page.title}, {'visto' if seen else 'por ver'}"
            )

    def _focus_page(self) -> None:
        """Where the page wants the cursor, or the first thing of it that takes keys."""
        if self.page.starts_at is not None:
            self.page.starts_at.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        target = self.page.nextInFocusChain()
        while target is not None and self.page.isAncestorOf(target):
            if target.focusPolicy() & Qt.FocusPolicy.TabFocus and target.isVisible() and target.isEnabled():
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            target = target.nextInFocusChain()
        self.primary_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self, kept: Draft | None) -> int:
        left = next((one.typed for one in kept.fields if one.name == "page"), "") if kept else ""
        return next((number for number, page in enumerate(self.pages) if page.key == left), 0)

    def _take(self, kept: Draft) -> None:
        for page in self.pages:
            prefix = f"{page.key}."
            page.type_again(
                {
                    one.name.removeprefix(prefix): one.typed
                    for one in kept.fields
                    if one.name.startswith(prefix)
                }
            )

    # -- storing ---------------------------------------------------------------------------------------

    def _save(self) -> None:
        try:
            entered, user, copy = self._entered(), self.users.user(), self.copy.copy()
        except RuleError as error:  # pragma: no cover - every page was checked just before
            self.refuse(error)
            return
        self._save_office(entered, user, copy)

    def _entered(self) -> FirstDay:
        municipality = with_logo(self.municipality.municipality(), self.letterhead)
        known = self._setting.standing.municipality
        return FirstDay(
            None if known is not None and _same(municipality, known) else municipality,
            self.units.units(),
            self.officers.officers(),
            self.holidays.holidays(),
        )

    def _save_office(self, entered: FirstDay, user: FirstUser | None, copy: FirstCopy | None) -> None:
        desk = self._desk

        def done(told: str) -> None:
            self._done["office"] = f"Se guardó: {told}."
            self._save_user(user, copy)

        if "office" in self._done:
            self._save_user(user, copy)
            return
        self._store(
            partial(
                writing.enter_office,
                desk.db,
                actor=desk.actor,
                now=desk.clock.now(),
                entered=entered,
                token=self._tokens["office"],
            ),
            {"office"},
            done,
            self._refuse_office,
        )

    def _save_user(self, user: FirstUser | None, copy: FirstCopy | None) -> None:
        desk = self._desk

        def done(login: str) -> None:
            self._done["user"] = f"Desde ahora se entra con usuario: el suyo es «{login}»."
            self._save_copy(copy, login)

        if user is None or "user" in self._done:
            self._save_copy(copy, user.user.login if user is not None else "")
            return
        self._store(
            partial(
                writing.enter_user,
                desk.db,
                actor=desk.actor,
                now=desk.clock.now(),
                first=user,
                token=self._tokens["user"],
            ),
            set(),
            done,
            partial(self._refuse_on, self.users),
        )

    def _save_copy(self, copy: FirstCopy | None, login: str) -> None:
        desk = self._desk
        if copy is None:
            self._finish()
            return

        def done(name: str) -> None:
            self._done["copy"] = f"La primera copia es «{name}»."
            if desk.settings is not None:
                desk.settings.backup_folder = str(copy.folder)
                desk.settings.backup_on_close = "yes" if copy.on_close else ""
            self._finish()

        self._store(
            partial(writing.make_copy, desk, now=desk.clock.now(), wish=copy, login=login),
            set(),
            done,
            partial(self._refuse_on, self.copy),
        )

    def _store(
        self,
        work: Callable[[], str],
        touches: set[str],
        done: Callable[[str], object],
        refused: Callable[[SisfohError], object],
    ) -> None:
        """One step on the worker; the dialog waits until no step is under way, however they end."""

        def ended() -> None:
            self._under_way -= 1
            if not self._under_way:
                self.set_busy(False)

        self._under_way += 1
        self.set_busy(True)
        self._desk.tasks.run_change(work, touches, on_done=done, on_error=refused, owner=self, on_end=ended)

    def _finish(self) -> None:
        self.users.wipe()
        self.copy.wipe()
        self.accept()
        self.saved.emit(list(self._done.values()))

    def _refuse_office(self, error: SisfohError) -> None:
        self.set_busy(False)
        code = error.code if isinstance(error, RuleError) else ""
        page = next((one for one in self.pages if one.show_refusal(error)), None)
        if page is None and code.startswith("logo"):
            page = self.letterhead
        if page is not None:
            self.show_page(page.key)
            page.show_refusal(error)
        else:
            self.refuse(error)

    def _refuse_on(self, page: FirstDayPage, error: SisfohError) -> None:
        """The office is stored; the user or the copy is not, and may be corrected or left for another day."""
        self.set_busy(False)
        self.show_page(page.key)
        if not page.show_refusal(error):
            self.refuse(error)
        self.review.lead = "La oficina ya se guardó. Falta lo que se rechazó: corríjalo y guarde otra vez."


def _same(one: Municipality, other: Municipality) -> bool:
    """Whether two municipalities say the same; the mode is the base's."""
    return replace(one, mode=other.mode) == other
