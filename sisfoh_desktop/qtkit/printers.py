"""The printers of this PC: their names, one of them ready for A4, and which was used last for each kind of paper."""

import contextlib
import json
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import atomic_write, user_data_dir

FILE_NAME = "impresoras.json"
_LARGEST_FILE = 100_000  # bytes


def printer_names() -> list[str]:
    """The printers that this PC knows."""
    return QPrinterInfo.availablePrinterNames()


def usual_printer(kind: str) -> str:
    """The printer that took the last paper of this kind, or the one of the PC; "" where there is none."""
    names = printer_names()
    last = _remembered().get(kind, "")
    return last if last in names else QPrinterInfo.defaultPrinterName() or (names[0] if names else "")


def remember_printer(kind: str, name: str) -> None:
    """The next paper of this kind is offered this printer; a file that cannot be written only costs the comfort."""
    known = _remembered()
    if not name or known.get(kind) == name:
        return
    path = _path()
    with contextlib.suppress(OSError, FileFailed):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, json.dumps({**known, kind: name}, ensure_ascii=False, indent=1).encode("utf-8"))


def printer_for_a4(name: str) -> QPrinter:
    """The printer of that name, asked for A4 to its edges."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    ask_for_a4(printer)
    return printer


def ask_for_a4(printer: QPrinter) -> None:
    """A4 without margins: the papers bring their own."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def paper_warning(name: str) -> str:
    """What to look after when this printer does not usually hold A4; "" when there is nothing to say."""
    info = QPrinterInfo.printerInfo(name)
    usual = info.defaultPageSize()
    if info.isNull() or not usual.isValid() or usual.id() == QPageSize.PageSizeId.A4:
        return ""
    offered = {size.id() for size in info.supportedPageSizes()}
    named = "Carta" if usual.id() == QPageSize.PageSizeId.Letter else usual.name()
    if offered and QPageSize.PageSizeId.A4 not in offered:
        return f"Esta impresora no ofrece A4 (usa {named}): los papeles de la oficina son A4 y pueden salir cortados."
    return (
        f"Esta impresora está puesta en {named}. Se le pedirá A4: compruebe que tenga papel A4 en la bandeja."
    )


def _path() -> Path:
    return user_data_dir() / FILE_NAME


def _remembered() -> dict[str, str]:
    try:
        if _path().stat().st_size > _LARGEST_FILE:
            return {}
        stored = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {kind: name for kind, name in stored.items() if isinstance(name, str)}
