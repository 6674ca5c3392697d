"""The list of what a backup package holds, written into it and believed only after every line was checked.

A package is a stranger's file until proved: names, counts and hashes are looked at one by one, and whatever is
not exactly of this form is refused.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed

MANIFEST, BASE, ENVELOPE, README = "manifiesto.json", "base.db", "base.db.sobre", "LEAME.txt"
KEY, CONTENT = "llave.age", "respaldo.age"  # of a package with password, whose content is a package without
LARGEST_MANIFEST = 64 * 1024 * 1024
_FORMAT, _FORMAT_VERSION = "sisfoh-respaldo", 1
_PAPER = re.compile(r"archivo/([0-9a-f]{2})/\1[0-9a-f]{62}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
_REVISION = re.compile(r"[0-9]{4}")
_LONGEST_TEXT = 200


@dataclass(frozen=True)
class PackedFile:
    """A file of the package: its name in it, its size in bytes, its SHA-256 (hex)."""

    name: str
    byte_count: int
    sha256: str


@dataclass(frozen=True)
class PackedTable:
    """A table of the packed base: its rows and the hash of what they say (`db.table_digests`)."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a package says of itself; `encrypted` is the base with its own key, apart from any password."""

    program: str
    revision: str
    made_at: datetime
    made_by: str
    office: str
    base_name: str
    encrypted: bool
    entries: int
    head: str
    tables: tuple[PackedTable, ...]
    base: PackedFile
    envelope: PackedFile | None
    papers: tuple[PackedFile, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def files(self) -> tuple[PackedFile, ...]:
        """Everything in the package besides the manifest and the note for the reader."""
        return (self.base, *([self.envelope] if self.envelope else []), *self.papers)

    @property
    def byte_count(self) -> int:
        """The room that it takes when it is unpacked."""
        return sum(file.byte_count for file in self.files)

    def to_json(self) -> bytes:
        values = {
            "format": _FORMAT,
            "format_version": _FORMAT_VERSION,
            **asdict(self),
            "made_at": self.made_at.isoformat(),
        }
        return json.dumps(values, ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest of a package; FileFailed for anything that this program would not have written."""
    try:
        values = json.loads(data)
        if values["format"] != _FORMAT:
            raise refused("no es un respaldo de SISFOH Desktop")
        if values["format_version"] != _FORMAT_VERSION:
            raise FileFailed(
                "El respaldo fue hecho por una versión más nueva del programa; no se usó ni se cambió nada. "
                "Instale la versión nueva y vuelva a intentarlo."
            )
        manifest = _checked(values)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refused("su lista de contenido no se entiende") from error
    names = [file.name for file in manifest.files]
    if len(set(names)) != len(names):
        raise refused("su lista de contenido repite un archivo")
    return manifest


def refused(why: str) -> FileFailed:
    """The refusal of a package that is damaged or was made by somebody else."""
    return FileFailed(
        f"El respaldo está dañado o fue alterado: {why}. No se usó ni se cambió nada. Use otra copia de respaldo."
    )


def _checked(values: Mapping[str, Any]) -> Manifest:
    made_at = datetime.fromisoformat(_text(values["made_at"]))
    if made_at.tzinfo is None:
        raise ValueError("a moment without time zone")
    envelope = values["envelope"]
    return Manifest(
        program=_text(values["program"]),
        revision=_matching(_REVISION, values["revision"]),
        made_at=made_at,
        made_by=_text(values["made_by"]),
        office=_text(values["office"]),
        base_name=_text(values["base_name"]),
        encrypted=_yes_or_no(values["encrypted"]),
        entries=_count(values["entries"]),
        head=_matching(_SHA256, values["head"]),
        tables=tuple(
            PackedTable(
                _matching(_TABLE, one["name"]), _count(one["rows"]), _matching(_SHA256, one["sha256"])
            )
            for one in values["tables"]
        ),
        base=_file(values["base"], re.compile(re.escape(BASE))),
        envelope=None if envelope is None else _file(envelope, re.compile(re.escape(ENVELOPE))),
        papers=tuple(_file(one, _PAPER) for one in values["papers"]),
    )


def _file(values: Mapping[str, Any], name: re.Pattern[str]) -> PackedFile:
    return PackedFile(
        _matching(name, values["name"]), _count(values["byte_count"]), _matching(_SHA256, values["sha256"])
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not value.isprintable():
        raise ValueError("not a short text")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("not of this form")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError("not a count")
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not yes or no")
    return value
