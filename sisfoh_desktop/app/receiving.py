"""Whoever received a cargo is offered, on coming in, to go through what was received. What it is: module `handover`."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.page import Desk

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.modules.handover.rules.facts import Handover, TakenLine

_NAME = "received cargo"
_NOTHING = "No tiene ninguna entrega de cargo por revisar."
_LATER = "Puede seguir cuando quiera: menú (F10), «Lo que recibí»."
_BESIDE = "F6 pasa del registro a lo que recibió, y de vuelta."


def offer_walk(window: "MainWindow") -> None:
    """Show the oldest handover that waits for who has just come in; nothing when there is none."""
    desk = window.desk
    if desk is None:
        return
    desk.tasks.run_query(
        partial(_load, desk),
        partial(_show, window, desk),
        on_error=_let_go,
        owner=window,
    )


def ask_walk(window: "MainWindow") -> None:
    """The order of the menu: the one on view comes to the front; with nothing to go through, a word says so."""
    shown = next((one for one in window.findChildren(QDialog, _NAME) if one.isVisible()), None)
    desk = window.desk
    if shown is not None:
        shown.activateWindow()
    elif desk is not None:
        desk.tasks.run_query(
            partial(_load, desk),
            lambda found: _show(window, desk, found) if found is not None else window.toast(_NOTHING),
            owner=window,
        )


def put_away(window: "MainWindow") -> None:
    """The session ended: what was shown to the person before is shown no more."""
    for dialog in window.findChildren(QDialog, _NAME):
        dialog.done(QDialog.DialogCode.Rejected)


def _load(desk: Desk) -> "tuple[Handover, list[TakenLine]] | None":
    """On the worker; the pages' own imports wait until somebody did receive something."""
    from sisfoh_desktop.modules.handover.service import pending

    waiting = pending.list_to_take(desk.db, desk.actor.user)
    today = desk.clock.now().date()
    due = [one for one in waiting if one.handed_on <= today]
    if not due:
        return None
    import sisfoh_desktop.modules.handover.view.walk_dialog  # noqa: F401 - loaded here, not while the window waits
    from sisfoh_desktop.modules.handover.service import taking

    return due[0], taking.received(desk.db, due[0], today)


def _show(window: "MainWindow", desk: Desk, found: "tuple[Handover, list[TakenLine]] | None") -> None:
    if found is None or window.desk is not desk:
        return
    from sisfoh_desktop.modules.handover.view.walk_dialog import WalkDialog

    handover, taken = found
    dialog = WalkDialog(desk, handover, taken, lambda: window.toast("Quedó revisado lo que recibió."), window)
    dialog.setObjectName(_NAME)
    dialog.open_record.connect(window.stack.show_record)
    dialog.open_record.connect(lambda _kind, _record: window.toast(_BESIDE))
    dialog.put_off.connect(lambda: window.toast(_LATER))
    dialog.show()


def _let_go(_error: SisfohError) -> None:
    """It is offered again the next time."""
