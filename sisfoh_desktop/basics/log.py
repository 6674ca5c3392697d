"""The program's log: one rotating file per user, in which no DNI can be read.

Modules log with `logging.getLogger(__name__)` and never write names of people; crash hooks are in `app`.
"""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import write_failure_sentence

FILE_NAME = "sisfoh.log"
_MAX_BYTES = 1_000_000
_KEPT_FILES = 5
# a DNI, also within the RUC of a person (10, the DNI, a check digit)
_DNI = re.compile(r"(?<![0-9])(?:[0-9]{8}|10[0-9]{9})(?![0-9])")


def mask_numbers(text: str) -> str:
    """The text with every number covered that is, or holds, a DNI."""
    return _DNI.sub("********", text)


class MaskingFormatter(logging.Formatter):
    """Writes the finished line, traceback included, with every DNI covered."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_numbers(super().format(record))


def start_logging(folder: Path) -> Path:
    """Send the log of this process to a file in `folder` and return its path; calling again moves it there.

    Raises FileFailed when the folder cannot be written.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError as error:
        raise FileFailed(write_failure_sentence(path, error)) from error
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    stop_logging()
    root = logging.getLogger("sisfoh_desktop")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


def stop_logging() -> None:
    """Close the file; the log goes nowhere until it is started again."""
    root = logging.getLogger("sisfoh_desktop")
    for handler in [handler for handler in root.handlers if isinstance(handler, RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()
