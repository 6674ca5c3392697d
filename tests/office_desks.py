"""An office with its desks: a base with a kardex and an officer who signs, real windows on it, people at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from clerk import CONTROL, ENTER, Typist
from kardex_office import KardexOffice, make_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.app.login_dialog import LoginDialog, PasswordDialog
from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, users
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

NOW = datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)
ADMIN, ROSA, JULIA = "acastro", "rquispe", "jjefa"
PASSWORDS = {
    ADMIN: "molle y cantuta juntos",
    ROSA: "lluvia sobre el caplina",
    JULIA: "tres gatos y un tejado",
}
HEAD = ("JULIA JEFA PRUEBA", "40000101")  # of the ULE: signs
ANA = "EMPADRONADOR UNO PRUEBA"  # a holder of the kardex


class Desk(Typist):
    """Somebody at a window of the office. `pages` are the words of the menu that they are offered."""

    @property
    def pages(self) -> list[str]:
        return [button.accessibleName() for button in self.window.rail.buttons if not button.isHidden()]

    @property
    def told(self) -> str:
        """What the status line says of the base and of colleagues."""
        link = self.window.status_line.link
        return link.text() if link.isVisible() else ""

    def settle(self):
        super().settle()
        QApplication.processEvents()

    def to_page(self, words, title=""):
        """A page by Ctrl+K, as those are reached that have no figure."""
        self.order(words)
        self.qtbot.waitUntil(lambda: self.page is not None and self.page.title == (title or words))
        self.settle()

    def look(self):
        """What the watch does every few seconds."""
        self.window.watch.look_now()
        self.settle()

    def come_in(self, login, secret, new="", *, recovered=False):
        """The log-in by keyboard; with `new` the change of password that is asked for first."""
        self.settle()
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LoginDialog))
        self.fill(login=login, password=secret)
        self.press(ENTER)
        self.wait_for_hash()
        if new:
            assert isinstance(self.dialog, PasswordDialog), self.dialog.windowTitle()
            self.fill(new=new, again=new)
            self.press(ENTER)
            self.wait_for_hash()
        assert recovered or QApplication.activeModalWidget() is None, (
            QApplication.activeModalWidget().banner.label.text()
        )
        self.qtbot.waitUntil(lambda: self.page is not None)
        self.settle()

    def wait_for_hash(self):
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=15_000)
        self.settle()

    def leave_session(self):
        self.order("Salir de la ses")  # QTest types no accents
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LoginDialog))

    def to_holder(self, name=ANA):
        """The catalogue of the kardex, on one of its people."""
        if self.page.title != "Kardex":
            self.to_page("Kardex")
        catalogue = self.tab("catalogue", "L")
        self.choose_list(catalogue)
        self.press(Qt.Key.Key_F, CONTROL)
        self.press(Qt.Key.Key_A, CONTROL)
        self.write(name)
        self.press(ENTER)
        assert catalogue.holders.selected().name == name
        return catalogue

    def choose_list(self, catalogue):
        self.alt("M")
        assert catalogue.chooser.hasFocus()
        self.press(Qt.Key.Key_End)
        assert catalogue.chooser.currentText() == "Personas y lugares"


def furnish(db: Database) -> KardexOffice:
    """What the office has on its first shared day: municipality, ULE with its head, a kardex."""
    who = {"actor": Actor("tecnico", "OGTI"), "now": NOW}
    town = Municipality("Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba")
    office.save_municipality(db, **who, municipality=town, expected_version=0)
    unit = Unit("Unidad Local de Empadronamiento", "ULE", valid_from=NOW.date())
    head = Officer(HEAD[0], "Responsable", office.add_unit(db, **who, unit=unit), dni=HEAD[1])
    office.add_officer(db, **who, officer=replace(head, valid_from=NOW.date()))
    return make_office(db, who["actor"], NOW)


def add_people(db: Database) -> None:
    """An administrator, a clerk of the kardex and the head of the ULE, each with a password of their own."""
    admin = User(ADMIN, "ANA CASTRO PRUEBA", "OGTI")
    users.add_user(
        db, actor=Actor("tecnico"), now=NOW, user=admin, roles=["administrator"], password=PASSWORDS[ADMIN]
    )
    actor = access.log_in(db, now=NOW, login=ADMIN, password=PASSWORDS[ADMIN]).actor
    for login, name, role in ((ROSA, "ROSA QUISPE PRUEBA", "kardex_clerk"), (JULIA, HEAD[0], "ule_head")):
        users.add_user(
            db,
            actor=actor,
            now=NOW,
            user=User(login, name, "ULE"),
            roles=[role],
            password=PASSWORDS[login],
        )


@contextmanager
def desks(base: str, folder: Path, qtbot) -> Iterator["DeskMaker"]:
    """Windows on a base, put away at the end."""
    maker = DeskMaker(base, folder, qtbot)
    try:
        yield maker
    finally:
        maker.put_away()


class DeskMaker:
    """Opens windows, each with its own worker and its own connections, as on PCs of their own."""

    def __init__(self, base: str, folder: Path, qtbot) -> None:
        self.base, self.folder, self.qtbot = base, folder, qtbot
        self.open: list[Desk] = []

    def __call__(self, user: str = "") -> Desk:
        tasks = Tasks()
        settings = PcSettings(
            user=user, office="ULE", theme="light", archive_folder=str(self.folder / "archivo")
        )
        window = MainWindow(
            PAGES,
            tasks=tasks,
            settings=settings,
            state=WindowState(self.folder / f"ventana-{len(self.open)}.ini"),
            base=self.base,
            clock=FixedClock(NOW),
        )
        self.qtbot.addWidget(window, before_close_func=lambda closing: closing.stack.set_desk(None))
        window.resize(1366, 768)
        with self.qtbot.waitSignal(window.painted):
            window.show()
        self.qtbot.waitUntil(lambda: window.is_furnished, timeout=15_000)
        desk = Desk(window, tasks, self.qtbot)
        self.open.append(desk)
        desk.settle()
        return desk

    def put_away(self) -> None:
        for desk in self.open:
            window = desk.window
            window.watch.leave()
            window.entering.leave()
            desk.settle()
            window.stack.set_desk(None)
            desk.tasks.close()
            if window._opened is not None:
                window._opened.db.close()
                window._opened = None
            window.close()
        self.open.clear()
        allow_current_thread()
        theme().set_practice(False)
