"""The pages of the register: which movements the list holds, and reading those above and below them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.kardex.rules.reading import RegisterFilter, RegisterPage
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.view.register_list import RegisterList
from sisfoh_desktop.modules.kardex.view.register_loading import asked_of
from sisfoh_desktop.qtkit.page import Desk

PAGE = 200
_FULL = 60  # lines that fill the tallest window


class RegisterPages(QObject):
    """Reads the register page by page into its list; `changed` when the list holds something else."""

    changed = Signal()

    def __init__(self, desk: Desk, owner: QWidget, movements: RegisterList) -> None:
        super().__init__(owner)
        self._desk, self._owner, self._list = desk, owner, movements
        self.campaign_id = 0
        self.wanted = RegisterFilter()
        self._asking = 0  # counts what was asked for, so that late answers to older questions are dropped
        self._oldest = self._newest = 0
        self._shown = self._asked_now()
        movements.view.oldest_wanted.connect(self._fetch_oldest)
        movements.view.newest_wanted.connect(self._fetch_newest)
        movements.model.earlier_wanted.connect(self._fetch_earlier)
        movements.model.later_wanted.connect(self._fetch_later)

    def ask_anew(self) -> int:
        """The number of a new question; answers to those before it are late."""
        self._asking += 1
        return self._asking

    def is_late(self, asked: int) -> bool:
        """Whether something else was asked for since."""
        return asked != self._asking

    def place(self) -> tuple[int, int] | None:
        """Where somebody reads further up: the first movement held and how many; None at the end of the list."""
        facts = self._list.model.facts
        reads_here = self._shown == self._asked_now() and not self._list.at_end
        return (facts[0].id, len(facts)) if reads_here and facts else None

    def forget_place(self) -> None:
        """The next reading shows the end of the register."""
        self._shown = (0, self.wanted, "")

    def show_again(self, page: RegisterPage) -> None:
        """What the list held, read anew, with the place kept."""
        self._list.show_again(page.lines, later=page.later)
        self._newest = page.newest_id
        self.changed.emit()

    def show_newest(self, page: RegisterPage) -> None:
        """The end of the register, in place of what the list held."""
        self._oldest, self._newest = page.oldest_id, page.newest_id
        self._shown = self._asked_now()
        self._list.show_newest(page.lines, earlier=page.earlier)
        self.changed.emit()
        self._fill()

    # -- inside ----------------------------------------------------------------------------------------

    def _asked_now(self) -> tuple[int, RegisterFilter, str]:
        return self.campaign_id, self.wanted, self._list.filters_told()

    def _fill(self) -> None:
        """A page may be short although there is more: go on until the window is full."""
        if self._list.model.rowCount() < _FULL:
            self._list.model.want_earlier()

    def _fetch(self, where: dict[str, Any], take: Callable[[RegisterPage], None]) -> None:
        asked = self._asking
        self._desk.tasks.run_query(
            partial(
                reading.register_page,
                self._desk.db,
                campaign_id=self.campaign_id,
                limit=PAGE,
                keep=self._list.keeper(),
                **where,
                **asked_of(self.wanted),
            ),
            lambda page: None if self.is_late(asked) else take(page),
            owner=self._owner,
        )

    def _fetch_earlier(self) -> None:
        self._fetch({"before_id": self._oldest}, self._on_earlier)

    def _fetch_later(self) -> None:
        self._fetch({"after_id": self._newest}, self._on_later)

    def _fetch_oldest(self) -> None:
        """The first movements of all in one reading, not page after page on the way up."""
        self._fetch({"after_id": 0}, self._on_oldest)

    def _fetch_newest(self) -> None:
        self._fetch({}, self._on_newest)

    def _on_oldest(self, page: RegisterPage) -> None:
        self._oldest, self._newest = page.oldest_id, page.newest_id
        self._list.show_oldest(page.lines, later=page.later)
        self.changed.emit()

    def _on_newest(self, page: RegisterPage) -> None:
        self.show_newest(page)
        self._list.select_last()

    def _on_earlier(self, page: RegisterPage) -> None:
        # first: joining rows may scroll, and that asks for the next ones
        self._oldest = page.oldest_id or self._oldest
        self._list.add_earlier(page.lines, earlier=page.earlier)
        if self._list.model.later:
            self._newest = self._list.model.facts[-1].id
        self.changed.emit()
        self._fill()

    def _on_later(self, page: RegisterPage) -> None:
        self._newest = page.newest_id or self._newest
        self._list.add_later(page.lines, later=page.later)
        facts = self._list.model.facts
        if facts and facts[0].id > self._oldest:
            self._oldest = facts[0].id
        self.changed.emit()
