"""The report that is taken to the technician: one ZIP that says how the program stands and nothing about anybody.

In it: versions and system, whether each setting is set (never what it says of a person), the log, the last fault, the
schema and what `comprobar` found. Names, DNI, users, folders of the person and whatever was typed stay here. No Qt.
"""

import io
import locale
import os
import platform
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop import __version__
from sisfoh_desktop.app.installed_files import missing_files
from sisfoh_desktop.app.report_cover import without_places_and_secrets
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.log import FILE_NAME as LOG_NAME
from sisfoh_desktop.basics.log import mask_numbers
from sisfoh_desktop.basics.paths import atomic_write, user_data_dir
from sisfoh_desktop.basics.settings import THEMES, PcSettings
from sisfoh_desktop.basics.texts import without_accents

if TYPE_CHECKING:
    from sisfoh_desktop.db.checks import Check
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive

FAULT_NAME = "cierre-inesperado.txt"
_SHOWN_AS_IT_IS = frozenset({"theme", "backup_on_close", "lock_minutes"})
_LIBRARIES = (
    "PySide6_Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "psycopg",
    "reportlab",
    "pyHanko",
    "pypdfium2",
)
_MOST_BYTES = 400_000  # of each log file, its end
_SHORTEST_NAME = 3
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_CAPITALISED = re.compile(r"\b[A-ZÁÉÍÓÚÑÜ][\w'-]*")
# With which the program begins its sentences; any other word with a capital may be somebody's name.
_BEGIN = """
    A Alguien Avise Aviso Busque Cada Cambian Conserve De Devuélvalo Ejecute El Elija En Es Esa Ese Esta
    Este Estos Falta Faltan Filas Guárdela Guárdelo Hay Instale La Las Libere Los No Pida Programan POI
    Restaure Revise Se Sin SQLite Todo Toda Un Una Y SISFOH Desktop
"""
_BEGINNINGS = frozenset(_BEGIN.split())
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class OpenBase:
    """The base that the window has open, for the checks."""

    db: "Database"
    archive: "Archive"


def report_name(now: datetime) -> str:
    """`informe-sisfoh-20241121-0815.zip`."""
    return f"informe-sisfoh-{now:%Y%m%d-%H%M}.zip"


def write_report(
    path: Path,
    *,
    settings: PcSettings,
    now: datetime,
    target: str = "",
    opened: OpenBase | None = None,
    screens: Sequence[str] = (),
    details: str = "",
) -> None:
    """Write the report to `path`. Raises FileFailed; a part that cannot be read says so in its place.

    `target` is the base of this PC where none is open; `details` are those of the bug on screen.
    """
    with _at_hand(target, opened) as (base, refusal):
        cover = _Cover(_names_of(settings, base, now))
        folder = user_data_dir() / "registro"
        logs = (folder / FAULT_NAME, folder / LOG_NAME, *sorted(folder.glob(f"{LOG_NAME}.[0-9]")))
        parts: dict[str, Callable[[], str]] = {
            "sistema.txt": lambda: _system(now, screens, target),
            "ajustes.txt": lambda: _settings(settings),
            "base.txt": lambda: _base(target, base, refusal, now, cover),
            **({"error.txt": lambda: cover.text(details)} if details else {}),
            **{f"registro/{file.name}": partial(_log, file, cover) for file in logs if file.is_file()},
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, write in parts.items():
                package.writestr(name, _written(write))
    atomic_write(path, out.getvalue())


def _written(write: Callable[[], str]) -> str:
    try:
        return write() + "\n"
    except Exception as error:  # a report about a broken program must not break over its next part
        return f"No se pudo leer: {type(error).__name__}\n"


# -- the parts -------------------------------------------------------------------------------------------


def _system(now: datetime, screens: Sequence[str], target: str) -> str:
    lines = [
        f"SISFOH Desktop {__version__} ({'instalado' if getattr(sys, 'frozen', False) else 'desde sus fuentes'})",
        f"Informe del {now:%d/%m/%Y %H:%M %z}",
        f"Sistema: {platform.system()} {platform.release()} {platform.version()} {platform.machine()}",
        f"Python {platform.python_version()}, {locale.getlocale()[0]}, archivos {sys.getfilesystemencoding()}",
        f"Procesadores: {os.cpu_count()}; memoria: {_memory()}",
        *(f"Pantalla: {screen}" for screen in screens),
        f"Carpeta de datos: {_room(user_data_dir())}",
        f"Archivos que faltan al programa: {', '.join(missing_files()) or 'ninguno'}",
        "",
        *(f"{name} {_version(name)}" for name in _LIBRARIES),
    ]
    if target and "://" not in target:
        lines.insert(7, f"Carpeta de la base: {_room(Path(target).absolute().parent)}")
    return "\n".join(lines)


def _memory() -> str:
    if hasattr(os, "sysconf"):
        with suppress(ValueError, OSError):
            return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.1f} GB"
    return "no se sabe"


def _room(folder: Path) -> str:
    """Free space and whether it may be written, never its name: it may be the person's."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    try:
        free = f"{shutil.disk_usage(there).free / 1_000_000:.0f} MB libres"
    except OSError:
        free = "espacio desconocido"
    return f"{'existe' if there == folder else 'no existe'}, {free}, " + (
        "se puede escribir" if os.access(there, os.W_OK) else "no se puede escribir"
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "(sin datos)"


def _settings(settings: PcSettings) -> str:
    return "\n".join(
        f"{field.name}: {_setting(field.name, str(getattr(settings, field.name)))}"
        for field in fields(settings)
    )


def _setting(name: str, value: str) -> str:
    if not value:
        return "vacío"
    if name in _SHOWN_AS_IT_IS and (value in (*THEMES, "yes") or (value.isascii() and value.isdigit())):
        return value
    if "://" in value:
        return "un servidor"
    if "/" in value or "\\" in value:
        path = Path(value)
        return f"puesto; {'existe' if path.exists() else 'no existe'} ({path.suffix or 'sin extensión'})"
    return "puesto"


@contextmanager
def _at_hand(target: str, opened: OpenBase | None) -> Iterator[tuple[OpenBase | None, str]]:
    """The base that is open, or the file of this PC opened for the report; else why there is none."""
    if opened is not None or not target or "://" in target:
        yield opened, "La base es de un servidor y no está abierta." if "://" in target else ""
        return
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive

    try:
        db = Database.open(target)
    except Exception as error:  # whatever is wrong with it is what the report is for
        sentence = error.sentence if isinstance(error, SisfohError) else type(error).__name__
        yield None, f"No se abre: {sentence}"
        return
    with closing(db):
        yield OpenBase(db, Archive(Path(target).absolute().parent / "archivo")), ""


def _base(target: str, base: OpenBase | None, refusal: str, now: datetime, cover: "_Cover") -> str:
    from sisfoh_desktop.db.engine import target_url
    from sisfoh_desktop.db.revisions import head_revision, stored_revision

    lines = [f"Este programa usa el esquema {head_revision()}."]
    if base is not None:
        lines.append(f"La base tiene el esquema {stored_revision(base.db.url)}.")
        return "\n".join([*lines, *_of_open(base, now, cover)])
    if not target:
        return "\n".join([*lines, "Este equipo no tiene una base elegida."])
    lines.append(cover.sentence(refusal))
    if "://" not in target:
        path = Path(target).absolute()
        lines.append(f"Archivo de {path.stat().st_size} bytes." if path.is_file() else "El archivo no está.")
        with suppress(SisfohError):
            lines.append(f"La base tiene el esquema {stored_revision(target_url(target))}.")
    return "\n".join(lines)


def _of_open(opened: OpenBase, now: datetime, cover: "_Cover") -> Iterable[str]:
    from sisfoh_desktop.app.base_checks import check_base
    from sisfoh_desktop.basics.progress import silent

    yield "Base local abierta." if opened.db.is_sqlite else "Base de un servidor abierta."
    for check in check_base(opened.db, lambda: opened.archive, now, silent):
        yield _told(check, cover)


def _told(check: "Check", cover: "_Cover") -> str:
    detail = check.detail if check.ok else cover.sentence(check.detail)
    return f"{'Bien ' if check.ok else 'FALLA'}  {check.name}: {detail}"


def _log(file: Path, cover: "_Cover") -> str:
    return cover.text(file.read_bytes()[-_MOST_BYTES:].decode("utf-8", errors="replace"))


# -- what stays here -------------------------------------------------------------------------------------


def _names_of(settings: PcSettings, opened: OpenBase | None, now: datetime) -> set[str]:
    """The words by which this PC and its base call people; those of a base that cannot be read are left out."""
    told = [
        settings.user,
        settings.office,
        Path.home().name,
        os.environ.get("USERNAME", os.environ.get("USER", "")),
    ]
    if opened is not None:
        with suppress(
            Exception
        ):  # a damaged table: what it would have named cannot be in the log of this run
            told += _people_in(opened.db, now.date())
    return {
        word
        for name in told
        for word in re.findall(r"\w+", without_accents(name))
        if len(word) >= _SHORTEST_NAME and not word.isdigit() and word not in _OWN_WORDS
    }


def _people_in(db: "Database", today: date) -> list[str]:
    from sisfoh_desktop.modules.kardex.rules.facts import HolderKind
    from sisfoh_desktop.modules.kardex.service import catalogue
    from sisfoh_desktop.modules.office import service as office
    from sisfoh_desktop.modules.people.service import users
    from sisfoh_desktop.modules.safekeeping.service import inventory

    people = [name for line in users.list_users(db, today) for name in (line.user.login, line.user.name)]
    people += [line.officer.name for line in office.list_officers(db)]
    people += [
        holder.name for holder in catalogue.list_holders(db) if holder.kind is not HolderKind.WAREHOUSE
    ]
    return people + inventory.names_in(db)


# Words of the program itself that may also be somebody's user name: covering them would blind the log.
_OWN_WORDS = frozenset(
    {"sisfoh", "desktop", "root", "error", "info", "warning", "app", "python", "line", "file"}
)


class _Cover:
    """Takes people out of texts: numbers, addresses, known names; out of sentences, whatever looks like a name."""

    def __init__(self, names: set[str]) -> None:
        self._names = names
        self._home = str(Path.home())

    def text(self, text: str) -> str:
        """A log or a trace: its words are the program's but for what it should not have said."""
        covered = mask_numbers(without_places_and_secrets(text.replace(self._home, "~")))
        covered = re.sub(r"\w+", self._word, _MAIL.sub("…", covered))
        return re.sub(r"[^\W\d_]+", self._word, covered)  # in a name with more to it: quispe_2024

    def sentence(self, text: str) -> str:
        """What a check says of the data: quoted texts and capitalised words go too."""
        covered = self.text(_QUOTED.sub("«…»", text))
        return _CAPITALISED.sub(lambda found: found[0] if found[0] in _BEGINNINGS else "…", covered)

    def _word(self, found: re.Match[str]) -> str:
        return "…" if self._is_name(without_accents(found[0])) else found[0]

    def _is_name(self, word: str) -> bool:
        """A known name, or nothing but known names written together (`ZenobiaQuispe`)."""
        if word in self._names:
            return True
        ends = range(_SHORTEST_NAME, len(word) - _SHORTEST_NAME + 1)
        return any(word[:end] in self._names and self._is_name(word[end:]) for end in ends)
