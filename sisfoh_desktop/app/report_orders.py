"""«Guardar informe para el técnico…»: asks where to, and works on a thread of its own: the usual one may be stuck."""

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.tasks import Tasks

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow


def save_report(over: QWidget, window: "MainWindow", details: str = "") -> bool:
    """Ask for a place and write the report there; False when the person left."""
    from sisfoh_desktop.app import technician_report

    now = SystemClock().now()
    path = ask_save(
        over, "Guardar informe para el técnico", technician_report.report_name(now), "Archivos ZIP (*.zip)"
    )
    if path is None:
        return False
    desk = window.desk
    opened = technician_report.OpenBase(desk.db, desk.archive) if desk is not None else None
    worker = Tasks(window)

    def front() -> QWidget:
        return over if shiboken6.isValid(over) and over.isVisible() else window

    def saved(_none: None) -> None:
        Toast.show_over(front(), f"Se guardó «{path.name}».")

    def refused(error: SisfohError) -> None:
        show_error(front(), error.sentence, "No se guardó el informe")

    def ended() -> None:
        worker.close()
        worker.deleteLater()

    worker.run_query(
        partial(
            technician_report.write_report,
            path,
            settings=window.settings,
            now=now,
            target=window.target,
            opened=opened,
            screens=[_screen_words(screen) for screen in QGuiApplication.screens()],
            details=details,
        ),
        saved,
        on_error=refused,
        owner=window,
        on_end=ended,
    )
    return True


def _screen_words(screen: QScreen) -> str:
    size = screen.size()
    return f"{size.width()} × {size.height()} a {screen.devicePixelRatio():.2f}"
