"""What may be wrong when the program starts, each told in a sentence: settings, folders, disk, files, base, screen.

Here it is found; what can be done about each is in `ways_out`. Nothing here changes anything but `rescue_settings`,
which puts a damaged file aside before a new one is written over it. No Qt.
"""

import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from sisfoh_desktop.app.installed_files import missing_files
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import DatabaseTooNew, FileFailed, SisfohError
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.basics.secrets import brings_password
from sisfoh_desktop.basics.settings import PcSettings

LEAST_FREE_BYTES = 50_000_000
LEAST_WIDTH, LEAST_HEIGHT = 1024, 600  # px of screen at 100 % text size
_FULL_BYTES = 1_000_000
_MOST_NAMED = 4
_PACKAGES = "*.sisfoh"


class Trouble(Enum):
    """What is wrong."""

    SETTINGS = auto()
    DATA_FOLDER = auto()
    DISK = auto()
    PROGRAM_FILES = auto()
    SCREEN = auto()
    OTHER_WINDOW = auto()
    BASE_DISK = auto()
    BASE_MISSING = auto()
    BASE_DAMAGED = auto()
    BASE_LOCKED = auto()
    BASE_READ_ONLY = auto()
    BASE_TOO_NEW = auto()
    BASE_OTHER = auto()


BASE_TROUBLES = frozenset(trouble for trouble in Trouble if trouble.name.startswith("BASE_"))


@dataclass(frozen=True)
class Problem:
    """Something wrong: the title names it, the sentence says what was kept and what to do."""

    trouble: Trouble
    title: str
    sentence: str


@dataclass(frozen=True)
class Copy:
    """The newest copy of the office that this PC can see."""

    path: Path
    made_at: datetime

    @property
    def words(self) -> str:
        return f"{self.path.name}, del {format_date(self.made_at.date())} a las {self.made_at:%H:%M}"


# -- settings --------------------------------------------------------------------------------------------


def rescue_settings(refused: FileFailed, now: datetime) -> tuple[PcSettings, Problem]:
    """Settings from the lines of a damaged file that can still be read; the file itself is kept under another name."""
    path = PcSettings.default_path()
    settings = PcSettings()
    saved = _readable_lines(path, settings)
    aside = path.with_name(f"{path.stem}.dañado-{now:%Y%m%d-%H%M%S}{path.suffix}")
    try:
        path.rename(aside)
    except OSError:
        return settings, Problem(
            Trouble.SETTINGS, "Los ajustes de este equipo no se pueden leer", refused.sentence
        )
    with suppress(SisfohError):  # a folder that cannot be written is told by itself
        settings.save()
    kept = "la base y lo demás que se pudo leer" if settings.database else "lo que se pudo leer"
    told = f"Se rescató {kept}" if saved else "No se pudo rescatar nada y valen los de fábrica"
    return settings, Problem(
        Trouble.SETTINGS,
        "Los ajustes de este equipo estaban dañados",
        f"{told}; los datos de la oficina no están en ese archivo. El dañado quedó guardado como «{aside.name}». "
        "Revise los ajustes antes de seguir.",
    )


def _readable_lines(path: Path, settings: PcSettings) -> int:
    """Put every readable `name = value` of the file into the settings; how many there were."""
    try:
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return 0
    known, saved = {field.name for field in fields(settings)}, 0
    for line in text.splitlines():
        name, sign, value = (part.strip() for part in line.partition("="))
        sound = sign and value and value.isprintable() and "\ufffd" not in value
        if name in known and sound and not (name == "database" and "://" in value and brings_password(value)):
            setattr(settings, name, value)
            saved += 1
    if settings.theme not in ("system", "light", "dark"):
        settings.theme = "system"
    return saved


# -- folders, disk, files, screen ------------------------------------------------------------------------


def data_folder_problem() -> Problem | None:
    """Whether what this PC remembers, drafts and the log can be written."""
    folder = user_data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError:
        if free_bytes(folder) < _FULL_BYTES:
            return None  # the disk is full: that is told instead
        return Problem(
            Trouble.DATA_FOLDER,
            "No se puede escribir en la carpeta de sus datos",
            f"En «{folder}» no se pueden guardar los ajustes, los borradores ni el registro; la base no se tocó. Pida "
            "permiso de escritura en esa carpeta, o trabaje esta vez en otra.",
        )


def disk_problem(base: str) -> Problem | None:
    """Whether the disks of this PC's data and of its base have room for a day's work."""
    places = [user_data_dir()]
    if base and "://" not in base:
        places.append(Path(base).absolute().parent)
    for place in places:
        free = free_bytes(place)
        if free < LEAST_FREE_BYTES:
            return Problem(
                Trouble.DISK,
                "Queda muy poco espacio en el disco",
                f"En el disco de «{place}» quedan {free / 1_000_000:.0f} MB y sin espacio no se guarda nada más; lo "
                "guardado está completo. Vacíe la papelera o lleve archivos a otro disco, y compruebe otra vez.",
            )
    return None


def free_bytes(place: Path) -> int:
    """Room on the disk of `place` or of the nearest folder above it; much, where nobody can tell."""
    for folder in (place, *place.parents):
        with suppress(OSError):
            return shutil.disk_usage(folder).free
    return LEAST_FREE_BYTES


def files_problem() -> Problem | None:
    """Whether the program itself is whole."""
    missing = missing_files()
    if not missing:
        return None
    named = f"{'Falta' if len(missing) == 1 else 'Faltan'} {', '.join(missing[:_MOST_NAMED])}"
    more = f" y {len(missing) - _MOST_NAMED} más" if len(missing) > _MOST_NAMED else ""
    return Problem(
        Trouble.PROGRAM_FILES,
        "Al programa le faltan archivos",
        f"{named}{more}: los papeles, los iconos o la base pueden fallar. Sus datos están aparte y no se tocan: "
        "cierre el programa y vuelva a instalarlo con el mismo instalador.",
    )


def screen_problem(width: int, height: int, scale: int) -> Problem | None:
    """Whether the screen (px available to windows) holds the window at this text size (per cent)."""
    if width * 100 >= LEAST_WIDTH * scale and height * 100 >= LEAST_HEIGHT * scale:
        return None
    cure = (
        "Use el texto al 100 %"
        if scale > 100
        else f"Elija en el sistema una resolución de al menos {LEAST_WIDTH}\u00a0×\u00a0{LEAST_HEIGHT}"
    )
    return Problem(
        Trouble.SCREEN,
        "La pantalla es pequeña para el programa",
        f"Mide {width}\u00a0×\u00a0{height} y con el texto al {scale}\u00a0% algunas partes no caben; nada se pierde, "
        f"pero habrá que desplazarse. {cure}.",
    )


def find_problems(base: str) -> list[Problem]:
    """What is wrong with the place in which the program runs, worst first; reads the disk, so it is the worker's."""
    found = (files_problem(), data_folder_problem(), disk_problem(base))
    return [problem for problem in found if problem is not None]


# -- the base --------------------------------------------------------------------------------------------


def base_problem(target: str, refused: SisfohError) -> Problem:
    """Why the base of a file was not opened, as its file itself shows; reads all of it, so it is the worker's."""
    trouble = _trouble_of(Path(target).absolute(), refused)
    titles = {
        Trouble.BASE_MISSING: "La base no está donde estaba",
        Trouble.BASE_DAMAGED: "La base está dañada",
        Trouble.BASE_LOCKED: "Otro programa tiene la base ocupada",
        Trouble.BASE_DISK: "El disco está lleno",
        Trouble.BASE_READ_ONLY: "No hay permiso para usar la base",
        Trouble.BASE_TOO_NEW: "La base es de una versión más nueva",
    }
    sentences = {
        Trouble.BASE_DAMAGED: (
            f"El archivo {Path(target).name} está dañado o no es una base de SISFOH Desktop; no se cambió nada en él. "
            "No lo borre: restaure la última copia, que se abre en un lugar nuevo."
        ),
        Trouble.BASE_LOCKED: (
            f"{Path(target).name} está en uso por otro programa (un antivirus, una copia de seguridad) que no la "
            "suelta; no se cambió nada. Espere a que termine o ciérrelo, e inténtelo otra vez."
        ),
        Trouble.BASE_DISK: (
            f"En el disco de {Path(target).name} no queda espacio y la base no se puede abrir; lo guardado está "
            "completo. Libere espacio e inténtelo otra vez."
        ),
        Trouble.BASE_READ_ONLY: (
            f"El sistema no deja leer o escribir {Path(target).name} o su carpeta; no se cambió nada. Pida permiso de "
            "escritura a su técnico e inténtelo otra vez."
        ),
    }
    title = titles.get(trouble, "La base no se abrió")
    return Problem(trouble, title, sentences.get(trouble, refused.sentence))


def _trouble_of(path: Path, refused: SisfohError) -> Trouble:
    from sisfoh_desktop.db.base_file import check_is_ours
    from sisfoh_desktop.db.file_head import read_head

    if isinstance(refused, DatabaseTooNew):
        return Trouble.BASE_TOO_NEW
    try:
        if not path.exists():
            return Trouble.BASE_MISSING
        read_head(path)
        if free_bytes(path.parent) < _FULL_BYTES:
            return Trouble.BASE_DISK
        check_is_ours(path)
    except OSError:
        return Trouble.BASE_READ_ONLY
    except SisfohError:
        return Trouble.BASE_DAMAGED
    return _trouble_inside(path)


def _trouble_inside(path: Path) -> Trouble:
    """What SQLite says of the file: whole, damaged, held by another, or not to be written."""
    import sqlcipher3.dbapi2 as sqlite

    from sisfoh_desktop.db.cipher import connect_file

    try:
        with closing(connect_file(path, timeout=1)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return Trouble.BASE_DAMAGED
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite.Error as error:
        told = str(error).lower()
        for words, trouble in (
            (("locked", "busy"), Trouble.BASE_LOCKED),
            (("malformed", "not a database"), Trouble.BASE_DAMAGED),
            (("readonly", "unable to open"), Trouble.BASE_READ_ONLY),
            (("full",), Trouble.BASE_DISK),
        ):
            if any(word in told for word in words):
                return trouble
    except SisfohError:  # an encrypted base whose key is not here
        pass
    return Trouble.BASE_OTHER


def last_copy(settings: PcSettings, target: str) -> Copy | None:
    """The newest copy in this PC's folder for copies or beside the base; None when there is none to be seen."""
    found: list[Copy] = []
    for folder in {Path(settings.backup_folder or target).absolute(), Path(target).absolute().parent}:
        with suppress(OSError):
            found += [
                Copy(path, datetime.fromtimestamp(path.stat().st_mtime, LIMA))
                for path in folder.glob(_PACKAGES)
                if path.is_file()
            ]
    return max(found, key=lambda copy: copy.made_at, default=None)


def restored_place(target: str, now: datetime) -> Path:
    """Where a copy of the base is proposed to be opened: a new folder beside it, under the same name."""
    base = Path(target).absolute()
    return base.parent / f"restaurada-{now:%Y%m%d-%H%M%S}" / f"{base.stem}.db"
