"""A desk that dies: comes in, types into the form of a person of the kardex, and ends as a power cut ends it.

Run as a program of its own: base, folder, login, password, what is typed.
"""

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
sys.path.insert(0, str(Path(__file__).parent))

from office_desks import ANA, DeskMaker
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.drafts import FOLDER
from sisfoh_desktop.basics.paths import user_data_dir

PATIENCE_SECONDS = 60


class Waiting:
    """What a desk asks of pytest-qt's bot."""

    def waitUntil(self, condition, timeout=0):  # noqa: N802 - named as there
        until = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > until:
                os._exit(3)
            QApplication.processEvents()

    @contextmanager
    def waitSignal(self, signal):  # noqa: N802 - named as there
        came = []
        signal.connect(lambda *_what: came.append(True))
        yield
        self.waitUntil(lambda: came)

    def addWidget(self, _widget, **_how):  # noqa: N802 - named as there
        pass


def main(base: str, folder: str, login: str, password: str, typed: str) -> None:
    app = QApplication([])
    app.setApplicationName("sisfoh")
    desk = DeskMaker(base, Path(folder), Waiting())(login)
    desk.come_in(login, password)
    desk.to_holder(ANA)

    def type_and_die(dialog):
        desk.fill(document=typed)
        desk.qtbot.waitUntil(lambda: list((user_data_dir() / FOLDER).glob("*/*.json")))
        os._exit(9)

    with desk.answered("Editar a", type_and_die):
        desk.press(Qt.Key.Key_F2)


if __name__ == "__main__":
    main(*sys.argv[1:])
