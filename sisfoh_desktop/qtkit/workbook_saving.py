"""A workbook to a file that the person chooses: asked for, made on the worker with its count, written and noted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.leaving import PaperOut, write_out
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.tasks import Tasks


def save_workbook(
    over: QWidget,
    tasks: Tasks,
    title: str,
    name: str,
    make: Callable[[Progress], bytes],
    *,
    noun: str,
    toast_over: QWidget | None = None,
    on_error: Callable[[SisfohError], object] | None = None,
) -> None:
    """Ask where to, and write there what `make` gives; no file is left where it was cancelled.

    `title` is the task, `name` the file proposed, `noun` what is counted. A refusal is told unless `on_error` takes
    it; that it was saved is said over `toast_over`, or over the window that asked.
    """
    path = ask_save(over, title, name, "Libro de Excel (*.xlsx)")
    if path is None:
        return

    def write(progress: Progress) -> PaperOut:
        book = make(progress)
        progress(0, 0)  # what was cancelled is not written, however late
        return write_out(path, book, Path(name).stem)

    def saved(book: PaperOut) -> None:
        tasks.paper_left.emit(book)
        Toast.show_over(toast_over or over, f"Se guardó «{path.name}».")

    # the base stays as it is: nothing is touched, it only takes long
    ProgressDialog.run_change(over, tasks, title, write, (), on_done=saved, on_error=on_error, noun=noun)
