"""Files kept by the hash of their content: a paper once archived cannot change without being noticed.

Which file belongs to which record is written in the database by the modules.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import atomic_write

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(r"\.[0-9a-f]{64}\..+\.tmp")
_SURELY_LEFT = timedelta(days=1)  # no write takes so long: whoever began it is gone


@dataclass(frozen=True)
class Archive:
    """A folder of files named by their SHA-256, in subfolders by its first two signs."""

    folder: Path

    def put(self, data: bytes) -> str:
        """Keep `data` and give its SHA-256 (hex). The same bytes are kept once; a damaged copy is made good."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not _holds(path, sha256):
            atomic_write(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes kept under `sha256`, hashed again; FileFailed when they are missing or changed."""
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise FileFailed(
                f"El archivo guardado {sha256[:12]}… no está en «{self.folder}». No se cambió nada. "
                "Recupérelo del último respaldo."
            ) from error
        except OSError as error:
            raise FileFailed(
                f"No se pudo leer el archivo guardado {sha256[:12]}… en «{self.folder}». No se cambió nada. "
                "Revise el disco o los permisos de la carpeta e inténtelo otra vez."
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileFailed(
                f"El archivo guardado {sha256[:12]}… fue alterado o está dañado: su contenido ya no coincide con su "
                "huella. No se usó ni se borró. Recupérelo del último respaldo."
            )
        return data

    def path(self, sha256: str) -> Path:
        """Where the file of `sha256` lies or would lie."""
        if not _SHA256.fullmatch(sha256):
            raise FileFailed(
                "La huella del archivo no es válida (se esperan 64 cifras hexadecimales). No se leyó nada. "
                "Revise el registro del documento."
            )
        return self.folder / sha256[:2] / sha256

    def problems(self, kept: Iterable[tuple[str, str]]) -> list[str]:
        """One Spanish sentence for each (name of the record, SHA-256) whose file is missing or changed."""
        found = []
        for name, sha256 in kept:
            try:
                self.get(sha256)
            except FileFailed as error:
                found.append(f"{name}: {error.sentence}")
        return found

    def tidy(self, now: datetime) -> int:
        """Remove what writes left half-done when the power went, a day ago or more; how many files.

        Such a file is never read as a paper: its name is not that of its content. One that cannot be removed stays.
        """
        removed = 0
        for path in self.folder.glob("??/.*.tmp"):
            with contextlib.suppress(OSError):
                old = now.timestamp() - path.stat().st_mtime >= _SURELY_LEFT.total_seconds()
                if old and _UNFINISHED.fullmatch(path.name):
                    path.unlink()
                    removed += 1
        return removed


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
