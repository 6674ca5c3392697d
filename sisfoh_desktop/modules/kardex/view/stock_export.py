"""A list of the kardex as a workbook, to a file that the person chooses."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.qtkit.messages import Toast


def save_workbook(tab: KardexTab, title: str, name: str, make: Callable[[], bytes]) -> None:
    """Ask where to, then make it on the worker; `title` is the task, `name` the file proposed."""
    chosen, _kind = QFileDialog.getSaveFileName(tab, title, name, "Libro de Excel (*.xlsx)")
    if not chosen:
        return
    path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")
    tab.desk.tasks.run_query(
        lambda: atomic_write(path, make()),
        lambda _none: Toast.show_over(tab, f"Se guardó «{path.name}»."),
        owner=tab,
    )
