"""Orders over the register of numbers: documents made outside, numbers never used, the register on paper."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NumberLine, NumberState, Series
from sisfoh_desktop.modules.papers.view.number_dialogs import AnnulNumberDialog, OutsideDialog
from sisfoh_desktop.modules.papers.view.printing import pdf_renderer
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for
from sisfoh_desktop.qtkit.row_table import RowTable

NUMBERS = "papers.numbers"


class NumberOrders(QObject):
    """The actions of the register; the page says which series and year are on view with `show`."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        chosen: Callable[[], NumberLine | None],
        start: Callable[[], object],
    ) -> None:
        super().__init__(over)
        self._desk, self._over, self._chosen, self._start = desk, over, chosen, start
        self._series: Series | None = None
        self._year = 0
        self._next = 1
        self.outside = self._action("&Registrar documento hecho fuera…", self._on_outside)
        self.annul = self._action("An&ular número sin usar…", self._on_annul)
        self.report = self._action("Reporte de &correlativos", self._on_report)
        self.workbook = self._action("&Libro de Excel…", self._on_workbook)
        self.history = self._action("&Historial de la serie", self._on_history)
        only_for(desk.actor, NUMBERS, self.outside, self.annul)

    @property
    def actions(self) -> list[QAction]:
        return [self.outside, self.annul, self.report, self.workbook, self.history]

    def show(self, series: Series | None, year: int | None, lines: list[NumberLine]) -> None:
        """The register on view; without a series there is nothing to order."""
        self._series = series
        self._year = year or self._desk.clock.now().year
        self._next = max((line.last for line in lines), default=0) + 1
        for action in self.actions:
            action.setEnabled(series is not None)

    def next_step(self, table: RowTable) -> NextStep:
        """Explain a hole, say where a new series begins, or print the register."""
        lines: list[NumberLine] = table.rows()
        hole = next((line for line in lines if line.state is NumberState.MISSING), None)
        if hole is not None:
            step = NextStep(
                f"Falta explicar {hole.text}",
                "Si lo lleva un documento hecho fuera del programa, regístrelo. Si nadie lo usó, anúlelo con su "
                "motivo con «Anular número sin usar».",
                "Registrar documento…",
                run=partial(self._explain, table, hole),
            )
            return step_for(self._desk.actor, NUMBERS, step)
        if not lines:
            step = NextStep(
                "Diga desde qué número sigue",
                "Si este año ya se dieron números de esta serie sin el programa, indique el último.",
                "Números anteriores…",
                run=self._start,
            )
            return step_for(self._desk.actor, (NUMBERS, "office.manage"), step)
        return NextStep(
            f"Correlativos de {self._year} completos",
            "Cada número tiene su documento o su explicación. El reporte los pone en papel.",
            "Reporte de correlativos",
            run=self.report.trigger,
        )

    def _explain(self, table: RowTable, hole: NumberLine) -> None:
        table.select(hole.first)
        self.outside.trigger()

    def number_to_explain(self) -> int:
        """The chosen number while it is open, else the first hole or the one that follows."""
        line = self._chosen()
        return line.first if line is not None and line.open else self._next

    def _action(self, text: str, run: Callable[[], object]) -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: run())
        made.setEnabled(False)
        return made

    def _on_outside(self) -> None:
        if self._series is not None:
            OutsideDialog(self._desk, self._series, self._year, self.number_to_explain(), self._over).ask()

    def _on_annul(self) -> None:
        if self._series is not None:
            AnnulNumberDialog(
                self._desk, self._series, self._year, self.number_to_explain(), self._over
            ).ask()

    def _on_report(self) -> None:
        if self._series is None:
            return
        self._desk.tasks.run_query(
            partial(
                service.numbers_pdf,
                self._desk.db,
                series_id=self._series.id,
                year=self._year,
                today=self._desk.clock.now().date(),
            ),
            self._show_report,
            owner=self._over,
        )

    def _show_report(self, data: bytes) -> None:
        from sisfoh_desktop.qtkit.preview import PreviewDialog

        PreviewDialog(
            data,
            f"Correlativos {self._year}",
            renderer=pdf_renderer(),
            tasks=self._desk.tasks,
            file_name=f"correlativos-{self._year}.pdf",
            kind="correlativos",
            parent=self._over,
        ).exec()

    def _on_history(self) -> None:
        if self._series is not None:
            told = partial(service.series_history, self._desk.db, self._series.id)
            HistoryDialog.show_for(self._over, self._desk.tasks, self._series.title, told)

    def _on_workbook(self) -> None:
        from sisfoh_desktop.qtkit.workbook_saving import save_workbook

        if self._series is not None:
            make = partial(_workbook, self._desk.db, self._series.id, self._year)
            name = f"correlativos-{self._year}.xlsx"
            save_workbook(
                self._over, self._desk.tasks, "Guardar los correlativos", name, make, noun="números"
            )


def _workbook(db: Any, series_id: int, year: int, _progress: Progress) -> bytes:
    return service.numbers_workbook(db, series_id=series_id, year=year)
