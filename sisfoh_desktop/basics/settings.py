"""What this PC remembers between two runs: base in use, person, theme, folders. One small INI file.

Passwords never come here. What the whole office shares lies in the database (module `office`); sizes and
columns of windows are the window's own affair.
"""

import configparser
import io
from dataclasses import dataclass, fields
from pathlib import Path

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import atomic_write, user_data_dir
from sisfoh_desktop.basics.secrets import brings_password

FILE_NAME = "sisfoh.ini"
THEMES = ("system", "light", "dark")
LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 1, 10, 120  # without a key or a click, until the window locks
_SECTION = "pc"


@dataclass
class PcSettings:
    """Settings of this PC; every value is text, empty while nobody chose one."""

    database: str = ""
    user: str = ""
    office: str = ""
    theme: str = "system"
    archive_folder: str = ""
    p12_path: str = ""
    pkcs11_library: str = ""
    pkcs11_label: str = ""
    backup_folder: str = ""
    backup_on_close: str = ""  # "yes": a copy is made whenever the window closes on a base that changed
    lock_minutes: str = str(USUAL_MINUTES)  # where the base has users
    server_certificate: str = ""  # the authority's certificate for `sslmode=verify-full`

    @property
    def minutes_to_lock(self) -> int:
        """After how many minutes the window locks: what is set, within its bounds; the usual ones for no number."""
        typed = self.lock_minutes.strip()
        known = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else USUAL_MINUTES
        return min(max(known, LEAST_MINUTES), MOST_MINUTES)

    @staticmethod
    def default_path() -> Path:
        return user_data_dir() / FILE_NAME

    @classmethod
    def load(cls, path: Path | None = None) -> "PcSettings":
        """Read the file; a missing file gives the defaults, a damaged one FileFailed with what to do."""
        source = path or cls.default_path()
        parser = configparser.ConfigParser(interpolation=None)
        try:
            text = source.read_text(encoding="utf-8-sig")
            parser.read_string(text)
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError, configparser.Error) as error:
            raise _unreadable(source) from error
        if "\0" in text:  # what a power cut may leave of a file; no path and no address has it
            raise _unreadable(source)
        stored = parser[_SECTION] if parser.has_section(_SECTION) else {}
        settings = cls(**{field.name: stored[field.name] for field in fields(cls) if field.name in stored})
        if settings.theme not in THEMES:
            settings.theme = "system"
        return settings

    def save(self, path: Path | None = None) -> None:
        """Write the file whole. RuleError if the base's address carries a password or a value has line breaks."""
        values = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        if "://" in self.database and brings_password(self.database):
            raise RuleError(
                "password_in_settings",
                "La dirección de la base lleva una contraseña y no se guardó: escríbala sin ella.",
            )
        if any(sign in value for value in values.values() for sign in "\r\n\0"):
            raise RuleError(
                "setting_invalid",
                "Un ajuste tiene saltos de línea y no se guardó: escríbalo en una sola línea.",
            )
        parser = configparser.ConfigParser(interpolation=None)
        parser[_SECTION] = values
        text = io.StringIO()
        parser.write(text)
        atomic_write(path or self.default_path(), text.getvalue().encode("utf-8"))


def _unreadable(source: Path) -> FileFailed:
    return FileFailed(
        f"No se pudieron leer los ajustes de este equipo («{source}»); no se cambió nada. "
        "Renombre o borre ese archivo y el programa empezará con los ajustes de fábrica."
    )
