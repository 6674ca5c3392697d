"""When the assistant of the first day is offered, where what was typed is kept, what follows it; and the example.

It comes by itself on a new real base and where it was left half-way; later by the menu and by Mi bandeja. Everything
else it does is in `first_day_dialog`.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from sisfoh_desktop.basics.drafts import Draft, DraftBox

if TYPE_CHECKING:
    from sisfoh_desktop.app.first_day_dialog import FirstDayDialog
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.modules.office.rules.first_day import OfficeStanding, Province, UnitTemplate
    from sisfoh_desktop.qtkit.page import Desk

    Looked = tuple[
        tuple[OfficeStanding, tuple[Province, ...], tuple[UnitTemplate, ...], bool, bool], Draft | None
    ]

_OWNER = "(primer día)"
_TOLD_MS = 6_000  # as long as a toast is there
DRAFT_KEY = "primer-dia"
NOT_HERE = "El primer día se prepara en la base real de la oficina, no en la práctica."
NOT_YOURS = (
    "Los datos de la oficina los cambia quien tiene ese permiso: pídalo a quien administra los usuarios."
)


class FirstDayKeeper:
    """The assistant of one window. `expect` a base that was just made; `follow` who works now."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._expected = ""
        self._offered: set[str] = set()
        self._carried: Draft | None = None
        self._held: dict[str, Draft] = {}  # of encrypted bases: in memory, until the program is closed
        self._coming = False
        self.dialog: FirstDayDialog | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether the assistant is open or about to open."""
        return self._coming or self.dialog is not None

    def is_left(self, desk: "Desk") -> bool:
        """Whether the assistant of the desk's base was left in the middle. Runs on the worker."""
        return self._kept(desk) is not None

    def expect(self, target: str) -> None:
        """The base was made just now: the assistant is offered as soon as somebody works on it."""
        self._expected = target

    def follow(self, desk: "Desk | None") -> None:
        """Offer the assistant on a new base, or where it was left half-way; once for each opening of a base."""
        if desk is None or desk.practice or not desk.actor.may("office.manage"):
            return
        base = _base_of(desk)
        new = bool(self._expected) or self._carried is not None
        if base in self._offered and not new:
            return
        self._offered.add(base)
        self._expected = ""
        if new:
            self.open()
            return
        desk.tasks.run_query(partial(self._kept, desk), self._on_found, owner=self._window)

    def open(self) -> None:
        """ "Primer día…": the assistant, as it was left."""
        desk = self._window.desk
        if desk is None or self.dialog is not None:
            return
        if desk.practice or not desk.actor.may("office.manage"):
            self._window.toast(NOT_HERE if desk.practice else NOT_YOURS)
            return
        db, now = desk.db, desk.clock.now()

        def look() -> "Looked":
            from sisfoh_desktop.app.first_day_writing import look_at_office

            return look_at_office(db, now), self._kept(desk)

        def looked() -> None:
            self._coming = False

        self._coming = True
        desk.tasks.run_query(look, partial(self._show, desk), owner=self._window, on_end=looked)

    def open_practice(self) -> None:
        """ "Ver ejemplo": the practice office, unless typed text would be lost; the base of the next start stays."""
        from sisfoh_desktop.app import wiring

        window = self._window
        if window.may_leave_pages():
            window.toast("Abriendo la práctica…")
            opening = partial(wiring.open_practice, settings=window.settings, now=window.clock.now())
            window.tasks.run_query(opening, window.use_base, owner=window)

    # -- inside ----------------------------------------------------------------------------------------

    def _box(self, desk: "Desk") -> DraftBox | None:
        """What is typed belongs to the base, whoever sits at it; of an encrypted one nothing goes to the disk."""
        return None if _is_sealed(desk) else DraftBox(_base_of(desk), _OWNER)

    def _kept(self, desk: "Desk") -> Draft | None:
        box = self._box(desk)
        return box.find(DRAFT_KEY) if box is not None else self._held.get(_base_of(desk))

    def _on_found(self, draft: Draft | None) -> None:
        if draft is not None:
            self.open()

    def _show(self, desk: "Desk", found: "Looked") -> None:
        from PySide6.QtCore import Qt

        from sisfoh_desktop.app.first_day_dialog import FOOT_LETTERS, FirstDayDialog
        from sisfoh_desktop.app.first_day_pages import Setting

        (standing, provinces, templates, has_users, has_copy), kept = found
        if desk is not self._window.desk or self.dialog is not None:
            return
        carried, self._carried = self._carried, None
        setting = Setting(
            desk=desk,
            standing=standing,
            provinces=provinces,
            letters=FOOT_LETTERS,
            place=str(desk.db.path or desk.db.label),
            local=desk.db.is_sqlite,
            has_users=has_users,
            has_copy=has_copy,
            sealed=_is_sealed(desk),
            hand_over=self._hand_over,
        )
        dialog = FirstDayDialog(
            setting, templates, kept=carried or kept, keep=partial(self._keep, desk), parent=self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(partial(self._on_saved, desk))
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def _keep(self, desk: "Desk", draft: Draft) -> None:
        box = self._box(desk)
        if box is not None:
            self._window.on_worker(partial(box.keep, draft))
        else:
            self._held[_base_of(desk)] = draft

    def _on_saved(self, desk: "Desk", told: list[str]) -> None:
        window, box = self._window, self._box(desk)
        self._held.pop(_base_of(desk), None)
        if box is not None:
            window.on_worker(partial(box.remove, DRAFT_KEY))
        window.save_settings()
        window.toast(" ".join(told) or "La oficina quedó como estaba.")
        desk.tasks.changed.emit({"first_day", "people", "safekeeping"})

    def _on_finished(self, result: int) -> None:
        """Whoever is new is offered the tour afterwards: after what was stored has been told, if anything was."""
        self.dialog = None
        if not result and self._window.desk is not None:
            self._window.desk.tasks.changed.emit({"first_day"})  # Mi bandeja offers to go on with it
        QTimer.singleShot(_TOLD_MS if result else 0, self._window, self._window.orders.tours.offer)

    def _hand_over(self) -> None:
        """To the server of the office: what was typed goes along to the base that is opened there."""
        from sisfoh_desktop.app.connection_dialog import SERVER

        dialog = self.dialog
        if dialog is None:
            return
        self._carried = dialog.draft()
        dialog.reject()
        connection = self._window.ask_connection()
        connection.choose(SERVER)
        connection.finished.connect(self._on_connection)

    def _on_connection(self, result: int) -> None:
        if not result:
            self._carried = None


def _is_sealed(desk: "Desk") -> bool:
    from sisfoh_desktop.db.cipher import is_encrypted

    return desk.db.path is not None and is_encrypted(desk.db.path)


def _base_of(desk: "Desk") -> str:
    return str(desk.db.path or desk.db.label)
