"""What leaves the program: a paper on a printer, a paper or a list in a file. Noted by `db.access_log`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sisfoh_desktop.basics.paths import atomic_write


@dataclass(frozen=True)
class PaperOut:
    """A paper or workbook that went to a printer (with the `page_range` asked) or into a file.

    `sha256` is that of its bytes, as the archive names them.
    """

    title: str
    file_name: str
    sha256: str
    pages: int = 0
    page_range: str = ""
    copies: int = 1
    printer: str = ""

    @property
    def printed(self) -> bool:
        return bool(self.page_range)


@dataclass(frozen=True)
class ListOut:
    """A list written to a file: its title, file, columns and how many rows it had."""

    title: str
    file_name: str
    columns: Sequence[str]
    row_count: int


def paper_out(title: str, file_name: str, data: bytes, *, pages: int = 0) -> PaperOut:
    """A paper that goes into a file, told by its bytes."""
    return PaperOut(title, file_name, hashlib.sha256(data).hexdigest(), pages)


def write_out(path: Path, data: bytes, title: str) -> PaperOut:
    """Write a file that the person asked for, and tell what left. Raises FileFailed."""
    atomic_write(path, data)
    return paper_out(title, path.name, data)
