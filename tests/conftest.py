"""Fixtures that every test may ask for: a migrated base, an actor, a moment, an archive, synthetic certificates."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test, and no process that a test starts, reaches the keyring of whoever runs the tests.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
sys.path.insert(
    0, str(Path(__file__).parent)
)  # factories and synthetic_pki are plain modules beside this file

import pytest
from hypothesis import settings

import sisfoh_desktop.app.all_tables
import sisfoh_desktop.modules.resoluciones.service.signing  # noqa: F401 - what follows its papers' signatures
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from temp_postgres import TempPostgres

pytest_plugins = ["synthetic_pki", "soft_hsm"]

# No generated case has a time limit: a busy PC is no defect.
settings.register_profile("office", deadline=None)
settings.load_profile("office")


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Windows that a test made and left are gone after it: the next ones would dress them too, slower and slower."""
    before = _windows()
    yield
    left = [window for window in _windows() if window not in before]
    if left:
        from PySide6.QtCore import QCoreApplication, QEvent

        for window in left:
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def no_drafts_left() -> Iterator[None]:
    """What a window of one test keeps is not offered in another one's dialog."""
    yield
    keeper = sys.modules.get("sisfoh_desktop.qtkit.draft_keeper")
    if keeper is not None:
        keeper.use_drafts(None)


def _windows() -> list["QWidget"]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [window for window in widgets.QApplication.topLevelWidgets() if window.parentWidget() is None]


@pytest.fixture(scope="session")
def template_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One migrated base a session; tests work on copies, and whoever opened it itself is found at the end."""
    path = tmp_path_factory.mktemp("plantilla") / "plantilla.db"
    Database.create(path).close()
    made = path.read_bytes()
    yield path
    assert path.read_bytes() == made, "a test wrote into the template that all others copy"


@pytest.fixture
def db(template_base: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty base of this test's own."""
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture(scope="session")
def template_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice office with the Tacna case, made once a session; tests work on copies of the folder."""
    from sisfoh_desktop.app.practice import create_practice

    folder = tmp_path_factory.mktemp("practica")
    create_practice(folder)
    return folder


@pytest.fixture
def practice(template_practice: Path, tmp_path: Path) -> Path:
    """A practice office of this test's own: the path of its base, its archive beside it."""
    folder = tmp_path / "practica"
    shutil.copytree(template_practice, folder)
    return folder / "practica.db"


@pytest.fixture
def practice_db(practice: Path) -> Iterator[Database]:
    database = Database.open(practice)
    yield database
    database.close()


@pytest.fixture
def memory_keyring() -> Iterator[dict[tuple[str, str], str]]:
    """A keyring of this test's own, in memory: (service, name) → secret. Without it there is none."""
    import keyring
    from memory_keyring import MemoryKeyring

    before, own = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(own)
    yield own.kept
    keyring.set_keyring(before)


@pytest.fixture
def actor() -> Actor:
    return Actor(user="prueba", office="ULE")


@pytest.fixture
def now() -> datetime:
    return datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)


@pytest.fixture
def archive(tmp_path: Path):
    from sisfoh_desktop.documents.archive import Archive

    return Archive(tmp_path / "archivo")


@pytest.fixture(scope="session")
def postgres() -> Iterator["TempPostgres"]:
    """A PostgreSQL server with a migrated template database.

    Its tests skip where it cannot be had, but never where every change is checked (CI).
    """
    import psycopg
    from temp_postgres import TempPostgres, binaries, temporary_folder

    if binaries() is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not here, and here it must be: install the development set-up")
        pytest.skip("PostgreSQL is not here: install the development set-up or set TEST_PG_BIN")
    folder = temporary_folder()
    try:
        with TempPostgres(folder) as server:
            with psycopg.connect(server.url(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE plantilla")
            Database.create(server.url("plantilla")).close()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_db(postgres: "TempPostgres", request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty PostgreSQL base of this test's own."""
    import psycopg

    name = f"t{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE plantilla")
    database = Database.open(postgres.url(name))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_db(request: pytest.FixtureRequest) -> Database:
    """The same test on both databases."""
    return request.getfixturevalue("db" if request.param == "sqlite" else "postgres_db")


@pytest.fixture
def desk(db: Database, archive, actor: Actor, now: datetime, qtbot):
    """What a page is handed, over this test's own base; the worker is stopped at the end."""
    yield from _desk(db, archive, actor, now)


@pytest.fixture
def practice_desk(practice_db: Database, practice: Path, actor: Actor, now: datetime, qtbot):
    """The same over the practice office."""
    from sisfoh_desktop.documents.archive import Archive

    yield from _desk(practice_db, Archive(practice.parent / "archivo"), actor, now, practice=True)


def _desk(db: Database, archive, actor: Actor, now: datetime, *, practice: bool = False):
    from sisfoh_desktop.basics.clock import FixedClock
    from sisfoh_desktop.qtkit.page import Desk
    from sisfoh_desktop.qtkit.tasks import Tasks

    tasks = Tasks()
    yield Desk(db=db, archive=archive, tasks=tasks, clock=FixedClock(now), actor=actor, practice=practice)
    tasks.wait_idle()
    tasks.close()
