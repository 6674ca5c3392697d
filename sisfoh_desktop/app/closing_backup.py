"""The copy that is made when the window closes on a base that changed, on a PC that was set so.

A copy that could not be made is told, and the person decides whether to close all the same: never in silence.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.basics.errors import SisfohError
    from sisfoh_desktop.modules.safekeeping.rules.facts import Backup
    from sisfoh_desktop.qtkit.page import Desk


def is_wanted(desk: "Desk | None", settings: PcSettings) -> bool:
    """Whether this PC copies at closing and who works may do it; a practice office is not worth a copy."""
    return (
        desk is not None
        and not desk.practice
        and settings.backup_on_close == "yes"
        and bool(settings.backup_folder)
        and desk.actor.may("backup.make")
    )


def back_up(desk: "Desk", settings: PcSettings, *, now: datetime, progress: Progress) -> "Backup | None":
    """Make the copy if anything changed since the last one; runs on the worker."""
    from sisfoh_desktop.modules.safekeeping.rules.facts import Occasion
    from sisfoh_desktop.modules.safekeeping.service import backups

    if not backups.has_changed(desk.db):
        return None
    return backups.make_backup(
        desk.db,
        desk.archive,
        actor=desk.actor,
        now=now,
        folder=Path(settings.backup_folder),
        occasion=Occasion.CLOSING,
        progress=progress,
    )


def back_up_then(window: "MainWindow", go_on: Callable[[], object]) -> None:
    """Make the copy if one is wanted, and go on; after a refusal only if the person says so."""
    desk, settings = window.desk, window.settings
    if desk is None or not is_wanted(desk, settings):
        go_on()
        return
    from sisfoh_desktop.qtkit.messages import ask
    from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

    def refused(error: "SisfohError") -> None:
        if ask(
            window,
            "No se hizo el respaldo al cerrar",
            f"{error.sentence} Los datos de la base están guardados.",
            "Cerrar sin respaldo",
        ):
            go_on()

    ProgressDialog.run_change(
        window,
        window.tasks,
        "Respaldar antes de cerrar",
        lambda progress: back_up(desk, settings, now=window.clock.now(), progress=progress),
        (),
        on_done=lambda _made: go_on(),
        on_error=refused,
        noun="pasos",
    )
