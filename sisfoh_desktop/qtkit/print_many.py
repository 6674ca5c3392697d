"""«Imprimir varios…»: papers of a list, ticked in its order, in one job for one printer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.page_ranges import chosen_pages, read_page_ranges
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit.pdf_pane import Renderer
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.print_dialog import PrintChoice, PrintDialog
from sisfoh_desktop.qtkit.print_job import Printable, PrintJob
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme

_ROWS_SEEN = 8
_ROW_HEIGHT = 28  # px at 100 %, as in every list


@dataclass(frozen=True)
class ManyItem:
    """A paper of the list: `load` gives its bytes, on the worker."""

    title: str
    file_name: str
    load: Callable[[], bytes]
    ticked: bool = False


class PrintManyDialog(PrintDialog):
    """Which papers, and how. The list stands in the order in which they will come out."""

    def __init__(self, items: Sequence[ManyItem], kind: str, parent: QWidget | None = None) -> None:
        self.items = items
        self.list = QListWidget()
        self.list.setAccessibleName("Documentos por imprimir")
        self.list.setTabKeyNavigation(False)
        for one in items:
            row = QListWidgetItem(one.title, self.list)
            row.setToolTip(plain_tip(one.title))
            row.setSizeHint(QSize(0, theme().px(_ROW_HEIGHT)))
            row.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            row.setCheckState(Qt.CheckState.Checked if one.ticked else Qt.CheckState.Unchecked)
        self.list.setMinimumHeight(theme().px(_ROW_HEIGHT) * min(max(len(items), 3), _ROWS_SEEN))
        self.count = QLabel()
        self.count.setProperty("tone", "dim")
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(QLabel("Documentos, en el orden en que saldrán (Espacio marca o quita)"))
        column.addWidget(self.list, 1)
        column.addWidget(self.count)
        super().__init__(kind, above=above, parent=parent)
        self.setWindowTitle("Imprimir varios")
        self.all_button = self.add_button("Marcar todos", self._on_all)
        self.list.itemChanged.connect(lambda _item: self._tell_count())
        self.list.setCurrentRow(next((row for row, one in enumerate(items) if one.ticked), 0))
        self._tell_count()

    def chosen(self) -> list[ManyItem]:
        """The ticked papers, in the order of the list."""
        return [
            one
            for row, one in enumerate(self.items)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        ]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # on the button, the space bar would print

    def submit(self) -> bool:
        if not self.chosen():
            self.banner.show_sentence("Marque con la barra espaciadora al menos un documento para imprimir.")
            self.fit()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return super().submit()

    def _on_all(self) -> None:
        self.list.blockSignals(True)  # one count at the end, not one for each row
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._tell_count()

    def _tell_count(self) -> None:
        said = counted(len(self.chosen()), "documento marcado", "documentos marcados")
        self.count.setText(f"{said} de {len(self.items)}")


def offered_rows(table: RowTable) -> list[tuple[Any, bool]]:
    """The rows of a list to offer, each with whether it starts ticked: several selected ones, or all that are seen."""
    selected = table.selected_rows()
    if len(selected) > 1:
        return [(one, True) for one in selected]
    return [(one, one in selected) for one in table.model.facts_seen()]


def print_many(
    over: QWidget, tasks: Tasks, renderer: Renderer, items: Sequence[ManyItem], *, kind: str
) -> None:
    """Ask which of these papers and how, fetch them with a count and a way out, and print them as one job."""
    dialog = PrintManyDialog(items, kind, over)
    choice = dialog.ask_choice()
    if choice is None:
        return
    chosen = dialog.chosen()

    def fetch(progress: Progress) -> list[Printable]:
        ready = []
        for number, one in enumerate(chosen):
            progress(number, len(chosen))
            pdf = one.load()
            pages = pages_within(choice.pages, renderer.page_count(pdf))
            if pages:
                ready.append(Printable(one.title, one.file_name, pdf, pages))
        if not ready:
            raise RuleError(
                "no_pages", "Ninguno de los documentos marcados tiene esas páginas; no se imprimió nada."
            )
        return ready

    ProgressDialog.run_change(
        over,
        tasks,
        "Imprimir varios",
        fetch,
        (),
        on_done=lambda ready: _print(over, tasks, renderer, choice, ready),
        noun="documentos",
    )


def pages_within(typed: str, pages: int) -> tuple[int, ...]:
    """The pages that were asked of a document of so many; none where it is too short for them."""
    if not any(first <= pages for first, _last in read_page_ranges(typed)) and typed.strip():
        return ()
    return chosen_pages(typed, pages)


def _print(
    over: QWidget, tasks: Tasks, renderer: Renderer, choice: PrintChoice, ready: Sequence[Printable]
) -> None:
    one = Path(ready[0].file_name).stem if len(ready) == 1 else ""
    choice.printer.setDocName(one or f"{len(ready)} documentos")
    PrintJob(over, tasks, renderer, choice.printer, ready, copies=choice.copies, two_up=choice.two_up).start()
