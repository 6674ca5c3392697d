"""Where to save a file: asked for in the folder chosen last, at first the person's documents, never the program's."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.qtkit.messages import ask


class _Last:
    """The folder that was chosen last in this run."""

    folder: Path | None = None


def ask_save(
    over: QWidget, title: str, name: str, kinds: str = "", *, folder: Path | None = None
) -> Path | None:
    """Ask where to save `name`, a bare file name, in `folder` or else where the last one went; None if the person left.

    What is chosen ends as `name` does, whatever was typed. The system's dialog has asked before it replaces a file,
    but of another name where the ending was missing: then it is asked here.
    """
    chosen, _kind = QFileDialog.getSaveFileName(over, title, str((folder or _start()) / name), kinds)
    if not chosen:
        return None
    path, suffix = Path(chosen), Path(name).suffix
    if path.suffix.casefold() != suffix.casefold():
        path = path.with_name(path.name + suffix)
        if path.exists() and not ask(
            over, f"Ya existe «{path.name}»", "Si sigue, se reemplaza.", "Reemplazar", danger=True
        ):
            return None
    if folder is None:
        _Last.folder = path.parent
    return path


def _start() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (_Last.folder, Path(documents) if documents else None):
        if folder is not None and folder.is_dir():
            return folder
    return Path.home()
