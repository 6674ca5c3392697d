"""What the tabs of Personas share: their actions, saving on the worker, how a standing is shown."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.modules.people.rules.facts import UserLine
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.tabbed_page import PageTab
from sisfoh_desktop.qtkit.theme import Tone

CHANGE = "people"
MANAGE = "people.manage"
_TONES: dict[str, Tone] = {"good": "ok", "warn": "warn", "bad": "danger", "quiet": "dim"}


class PeopleTab(PageTab):
    """A tab; `may_manage` tells whether the person may change anything here (its changing actions are hidden else)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.may_manage = desk.actor.may(MANAGE)
        self.actions_made: list[QAction] = []

    def actions_of_tab(self) -> list[QAction]:
        return self.actions_made

    def today(self) -> date:
        """Of the desk's clock."""
        return self.desk.clock.now().date()

    def action(
        self, text: str, slot: Callable[[], object], icon: str = "", *, tip: str = "", reading: bool = False
    ) -> QAction:
        """A further action, in the order in which they are made; one that only reads is for everybody."""
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: slot())
        if icon:
            set_icon(made, icon)
        if tip:
            made.setToolTip(tip)
        if not reading:
            only_for(self.desk.actor, MANAGE, made)
        self.actions_made.append(made)
        return made

    def saver(self, verb: Callable[..., Any], argument: str, **options: Any) -> Callable[[Any, str], Any]:
        """What a dialog runs on the worker: `verb` with what was chosen as `argument`."""
        db, clock = self.desk.db, self.desk.clock

        def save(chosen: Any, token: str) -> Any:
            return verb(
                db, actor=self.desk.actor, now=clock.now(), token=token, **{argument: chosen}, **options
            )

        return save


def standing_tone(line: UserLine) -> Tone:
    """The chip's tone of whether the user may come in."""
    return _TONES.get(line.standing.tone, "dim")


def dim_line() -> QLabel:
    """Under a list: what the chosen row has no column for."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", "dim")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setMinimumHeight(label.fontMetrics().lineSpacing() * 2 + 4)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def show_pdf(over: QWidget, desk: Desk, pdf: bytes, title: str, file_name: str) -> None:
    """Show a paper over a window, to be printed or saved."""
    from sisfoh_desktop.documents import rendering
    from sisfoh_desktop.qtkit.preview import open_preview

    open_preview(
        rendering,
        desk.tasks,
        pdf,
        title,
        file_name=file_name,
        kind="personas",
        over=over,
    )
