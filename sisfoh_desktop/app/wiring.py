"""Builds what the pages work with: the open base, its archive, the actor. Everything here runs on the worker.

SQLAlchemy and the modules are imported inside the functions: the window is painted before they are loaded.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import DatabaseOutdated, EnvironmentFailed, FileFailed
from sisfoh_desktop.basics.paths import atomic_write, user_data_dir
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive

PRACTICE_BASE = "practica.db"


@dataclass(frozen=True)
class OpenedBase:
    """An open base with its archive. `target` is what the settings keep (never a password).

    `users`: somebody must come in with their own user before working.
    """

    db: "Database"
    archive: "Archive"
    target: str
    label: str
    local: bool
    practice: bool
    notice: str = ""
    users: bool = False


def open_base(target: str, *, settings: PcSettings, now: datetime, password: str = "") -> OpenedBase:
    """Open the base at `target`; a SQLite base of an older program is copied and migrated first.

    Raises DatabaseUnavailable, DatabaseTooNew, DatabaseOutdated (a server that waits for its administrator)
    or FileFailed (a file on a network share).
    """
    from sisfoh_desktop.db.database import Database

    address = reachable(target, settings=settings, password=password)
    notice = ""
    try:
        db = Database.open(address)
    except DatabaseOutdated:
        if "://" in target:
            raise
        from sisfoh_desktop.db.migrate import migrate

        result = migrate(target, now=now)
        db = Database.open(address)
        from sisfoh_desktop.modules.office import service as office

        office.install_national_data(db, actor=acting(settings), now=now)  # what this version brings anew
        if result.copy is not None:
            notice = f"La base se actualizó para esta versión; antes se guardó una copia: {result.copy.name}."
    return _answered_for(_opened(db, target, settings, notice), settings=settings, now=now)


def create_base(path: Path, *, settings: PcSettings, now: datetime) -> OpenedBase:
    """Make a new SQLite base with the national data (bodies, norms, holidays) and open it."""
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.modules.office import service as office

    if not path.suffix:
        path = path.with_suffix(".db")
    if path.parent == user_data_dir():
        with suppress(OSError):  # creating the base says what is wrong with the folder
            path.parent.mkdir(parents=True, exist_ok=True)
    db = Database.create(path)
    office.install_national_data(db, actor=acting(settings), now=now)
    return _answered_for(_opened(db, str(path), settings, ""), settings=settings, now=now)


def close_base(opened: OpenedBase, *, settings: PcSettings, now: datetime) -> None:
    """Close it after remembering on this PC how far its trail had come."""
    from sisfoh_desktop.db.head_watch import look_at_head

    try:
        if not opened.practice:
            with suppress(EnvironmentFailed):  # a server that is gone is closed all the same
                look_at_head(opened.db, actor=acting(settings), now=now, closing=True)
    finally:
        opened.db.close()


def open_practice(*, settings: PcSettings, now: datetime) -> OpenedBase:
    """Open the practice office of this PC, making it (Tacna 2024) the first time."""
    place = user_data_dir() / "practica"
    base = place / PRACTICE_BASE
    if not base.exists():
        from sisfoh_desktop.app.practice import create_practice

        base = Path(create_practice(place).base)
    return open_base(str(base), settings=settings, now=now)


def acting(settings: PcSettings) -> Actor:
    """Who works on this PC: as set, or else as signed in to the system."""
    return Actor(user=settings.user or system_user(), office=settings.office)


def system_user() -> str:
    """The name signed in to the operating system, or ""."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def archive_folder(path: Path | None, settings: PcSettings) -> Path:
    """Where the papers of a base are kept: beside a SQLite file, or the folder set for the server's.

    A folder set on this PC counts for the base set on this PC alone, so that practice never mixes with it.
    """
    if path is not None:
        own = settings.database and "://" not in settings.database
        same = own and Path(settings.database).absolute() == path
        return Path(settings.archive_folder) if same and settings.archive_folder else path.parent / "archivo"
    if settings.archive_folder:
        return Path(settings.archive_folder)
    raise FileFailed(
        "Falta la carpeta del archivo de papeles de esta base; no se abrió nada. "
        "Elíjala en la ventana de conexión: debe ser la misma para toda la oficina."
    )


def reachable(target: str, *, settings: PcSettings, password: str = "") -> str:
    """The address of a base with what it takes to enter, for this run only; the path of a file as it is.

    Without `password` the one that this PC's keyring keeps, or that of the variable SISFOH_CLAVE_SERVIDOR.
    RuleError if the address brings its own.
    """
    if "://" not in target:
        return target
    from sisfoh_desktop.db.server import reaching_with_kept

    return reaching_with_kept(target, password=password, certificate=settings.server_certificate)


def headless_summary(target: str, clock: Clock) -> str:
    """Open (and migrate) the base without a window and say in one line what is there."""
    settings = PcSettings.load()
    opened = open_base(target, settings=settings, now=clock.now())
    try:
        mode = "práctica, sin valor" if opened.practice else "real"
        return f"Base {opened.label} abierta y al día (modo {mode}). {opened.notice}".strip()
    finally:
        opened.db.close()


def export_list(
    path: Path,
    title: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    foot: str = "",
    mark: str = "",
) -> None:
    """Write a list as seen to an .xlsx file, `foot` and `mark` on each of its pages. Raises FileFailed."""
    from sisfoh_desktop.basics.shown_columns import reckoned
    from sisfoh_desktop.sheets.workbook import table_workbook

    atomic_write(path, table_workbook(title, titles, reckoned(rows), foot=foot, mark=mark))


def _answered_for(opened: OpenedBase, *, settings: PcSettings, now: datetime) -> OpenedBase:
    """Seal the ledgers of a base from before there were seals, and tell when its trail is not the one this PC saw.

    Practice offices all begin with the same entry and answer for nothing: nobody watches their trail.
    """
    from sisfoh_desktop.db.head_watch import look_at_head
    from sisfoh_desktop.db.seals import seal_all

    try:
        seal_all(opened.db, now, actor=acting(settings))
        told = "" if opened.practice else look_at_head(opened.db, actor=acting(settings), now=now)
    except BaseException:
        opened.db.close()
        raise
    return replace(opened, notice=f"{opened.notice} {told}".strip())


def _opened(db: "Database", target: str, settings: PcSettings, notice: str) -> OpenedBase:
    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.modules.office import service as office
    from sisfoh_desktop.modules.people.service import access

    try:
        archive = Archive(archive_folder(db.path, settings))
        practice = office.is_practice(db)
        users = access.has_users(db)
    except BaseException:
        db.close()
        raise
    return OpenedBase(db, archive, target, db.label, db.is_sqlite, practice, notice, users)
