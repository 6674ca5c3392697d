"""The shell is tested with pages of the tests' own and real bases; the GUI thread is given back after each test."""

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings

sys.path.insert(0, str(Path(__file__).parents[1] / "kits" / "qtkit"))  # pages_for_tests


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch) -> Path:
    """The person's own folder of this test: settings, log, practice."""
    folder = tmp_path / "datos"
    monkeypatch.setenv("SISFOH_DATOS", str(folder))
    return folder


@pytest.fixture
def tasks(qapp) -> Iterator["object"]:
    from sisfoh_desktop.qtkit.tasks import Tasks

    worker = Tasks()
    yield worker
    worker.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2024, 3, 8, 10, 0, tzinfo=LIMA))


@pytest.fixture
def settings() -> PcSettings:
    return PcSettings(user="ana", office="SGDSyPV", theme="light")


@pytest.fixture
def make_window(qtbot, tasks, settings, clock, own_folder):
    """A main window that has been painted and has opened its base, if it has one."""
    from pages_for_tests import SPECS

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.db.database import allow_current_thread
    from sisfoh_desktop.qtkit.theme import theme
    from sisfoh_desktop.qtkit.window_state import WindowState

    made = []

    def make(base: Path | str = "", specs=SPECS) -> MainWindow:
        window = MainWindow(
            specs,
            tasks=tasks,
            settings=settings,
            state=WindowState(own_folder / "ventana.ini"),
            base=str(base),
            clock=clock,
        )
        made.append(window)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        tasks.wait_idle()
        qtbot.waitUntil(lambda: window.is_furnished)
        return window

    yield make
    for window in made:
        if window._opened is not None:
            window._opened.db.close()
    allow_current_thread()
    theme().set_practice(False)
    theme().set_scale(100)


@pytest.fixture
def base(template_base: Path, tmp_path: Path) -> Path:
    """An empty base, copied so that nothing of it is shared."""
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    return path


@pytest.fixture
def settle(tasks):
    """Until the worker has nothing left and the window has heard of it."""
    from PySide6.QtWidgets import QApplication

    def wait() -> None:
        for _ in range(8):
            tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def assistant(make_window, base, settle):
    """The assistant of the first day on an empty base, opened from the menu."""
    window = make_window(base)
    settle()
    window.first_day.open()
    settle()
    return window.first_day.dialog


@pytest.fixture
def cheap_hashing(monkeypatch):
    """Passwords are hashed at once: how slow that must be is tried where they are kept."""
    from sisfoh_desktop.modules.people.service import passwords

    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def with_users(base, clock, cheap_hashing):
    """The base with an administrator, a clerk of the kardex and somebody with a one-time code; the code."""
    from entering_people import ADMIN, CLERK

    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.modules.people.rules.facts import User
    from sisfoh_desktop.modules.people.service import access, recovery, users

    db, now = Database.open(base), clock.now()
    users.add_user(
        db,
        actor=Actor("tecnico"),
        now=now,
        user=User("acastro", "ANA CASTRO PRUEBA", "OGTI"),
        roles=["administrator"],
        password=ADMIN,
    )
    admin = access.log_in(db, now=now, login="acastro", password=ADMIN).actor
    for login, name, roles, password in (
        ("rquispe", "ROSA QUISPE PRUEBA", ["kardex_clerk", "reader"], CLERK),
        ("kprueba", "KARINA SOLA PRUEBA", ["kardex_clerk"], CLERK),
        ("lnuevo", "LUIS NUEVO PRUEBA", ["reader"], ""),
    ):
        user = User(login, name, "ULE")
        user_id = users.add_user(db, actor=admin, now=now, user=user, roles=roles, password=password)
    code = recovery.recover(db, actor=admin, now=now, user_id=user_id).code
    db.close()
    return code


@pytest.fixture
def window(make_window, base, with_users, qtbot):
    """The window of the base with users, in front; nobody is in yet."""
    from entering_people import WITH_RIGHTS

    made = make_window(base, WITH_RIGHTS)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def enter(window, settle):
    """Come in, as at the keyboard; the dialog."""
    from sisfoh_desktop.app.login_dialog import LoginDialog

    def come_in(login: str, password: str) -> LoginDialog:
        settle()
        dialog = window.findChild(LoginDialog)
        dialog.form.set_values({"login": login, "password": password})
        dialog.try_submit()
        settle()
        return dialog

    return come_in


@pytest.fixture
def trail(base):
    """Actions and users of the trail, oldest first."""
    from sisfoh_desktop.db.audit import AuditEntryRow
    from sisfoh_desktop.db.database import Database, allow_current_thread

    def read() -> list[tuple[str, str]]:
        allow_current_thread()
        db = Database.open(base)
        with db.reading() as session:
            found = session.query(AuditEntryRow.action, AuditEntryRow.actor).order_by(AuditEntryRow.id).all()
        db.close()
        return [(action, actor) for action, actor in found]

    return read


@pytest.fixture
def run(capsys):
    """A command in this process: its code, and what a shell would see."""
    from command_line import Command

    return Command(capsys)
