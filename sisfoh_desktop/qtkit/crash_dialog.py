"""Our own bugs: a dialog that says so with details to copy, and the program goes on.

The details name code, never data: messages of errors may carry names or numbers of people and are left out
unless they can only speak of code. Who catches the bugs is in `crash_hooks`.
"""

import logging
import platform
import re
import traceback
from collections import Counter
from pathlib import Path

import shiboken6
from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from sisfoh_desktop import __version__
from sisfoh_desktop.qtkit.crash_hooks import report_saver
from sisfoh_desktop.qtkit.dialogs import WIDEST, TaskDialog

log = logging.getLogger(__name__)

# Messages of these speak of names in the code, not of people.
_HARMLESS = (AttributeError, ImportError, NameError, TypeError)
_SAME_AT_MOST = 3
_PACKAGE = "sisfoh_desktop"
_FILE_IN_TRACE = re.compile(r'File "([^"]*)"')


def details_of(error: BaseException) -> str:
    """Versions and the way through the code, without any data, ready to be sent to whoever maintains it."""
    lines = [
        f"SISFOH Desktop {__version__} · Python {platform.python_version()} · Qt {qt_version}",
        f"{platform.system()} {platform.release()}",
    ]
    one: BaseException | None = error
    while one is not None:
        said = f": {one}" if isinstance(one, _HARMLESS) else ""
        lines.append(f"{type(one).__name__}{said}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(one.__traceback__)
        ]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if one is not None:
            lines.append("a causa de:")
    return "\n".join(lines)


def _short(filename: str) -> str:
    """A path from the package on: where the program is installed may hold the person's name."""
    parts = Path(filename).parts
    for root in (_PACKAGE, "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return Path(filename).name


class CrashDialog(TaskDialog):
    """Says that the program failed, what was kept, and offers the details to copy or a report to save."""

    usual_width = WIDEST

    def __init__(self, title: str, sentence: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(title, primary="Seguir trabajando", cancel="Cerrar", parent=parent)
        self.cancel_button.hide()
        self.details = details
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        text = QLabel(sentence)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        box = QPlainTextEdit(details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        box.setAccessibleName("Detalles técnicos, sin datos personales")
        box.setMinimumHeight(140)
        layout.addWidget(text)
        layout.addWidget(box, 1)
        self.set_body(body)
        self.copy_button = self.add_button("Copiar para soporte", self.copy)
        saver = report_saver()
        if saver is not None:
            self.report_button = self.add_button(
                "Guardar informe para el técnico…", lambda: saver(self, self.details)
            )

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)
        self.copy_button.setText("Copiado")


_seen: Counter[str] = Counter()
_open: CrashDialog | None = None


def report_crash(error: BaseException, parent: QWidget | None = None) -> CrashDialog | None:
    """Log the bug and show it, without blocking; one dialog at a time, the same bug three times at most."""
    global _open
    details = details_of(error)
    log.error("unexpected error\n%s", details)
    _seen[details] += 1
    already_open = _open is not None and shiboken6.isValid(_open)
    if QApplication.instance() is None or already_open or _seen[details] > _SAME_AT_MOST:
        return None
    _open = CrashDialog(
        "El programa tuvo un error",
        "No se pudo terminar lo último que pidió; lo guardado antes está a salvo y puede seguir trabajando. "
        "Si se repite, guarde el informe o copie los detalles (no llevan datos personales) para su técnico.",
        details,
        parent.window() if parent is not None else QApplication.activeWindow(),
    )
    _open.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _open.finished.connect(_forget)
    _open.open()
    return _open


def _forget() -> None:
    global _open
    _open = None


def show_last_fault(left: str, parent: QWidget | None) -> CrashDialog:
    """Tell that the run before ended in a crash, with its report to copy."""
    dialog = CrashDialog(
        "La vez anterior el programa se cerró de golpe",
        "Lo que se había guardado está a salvo. Copie los detalles (no llevan datos personales) y envíelos a "
        "soporte para que se corrija.",
        _FILE_IN_TRACE.sub(lambda found: f'File "{_short(found[1])}"', left),
        parent,
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
