"""A list of the kardex as a workbook, to a file that the person chooses."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.leaving import PaperOut, write_out
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.qtkit.messages import Toast


def save_workbook(tab: KardexTab, title: str, name: str, make: Callable[[], bytes]) -> None:
    """Ask where to, then make it on the worker; `title` is the task, `name` the file proposed."""
    chosen, _kind = QFileDialog.getSaveFileName(tab, title, name, "Libro de Excel (*.xlsx)")
    if not chosen:
        return
    path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")

    def saved(book: PaperOut) -> None:
        tab.desk.tasks.paper_left.emit(book)
        Toast.show_over(tab, f"Se guardó «{path.name}».")

    tab.desk.tasks.run_query(lambda: write_out(path, make(), title), saved, owner=tab)
