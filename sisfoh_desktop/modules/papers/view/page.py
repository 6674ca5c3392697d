"""Papeles: every emitted paper with its round of signatures, and the register of numbers.

Papers are read here and each signer signs them here; they are written and frozen on the page of their module.
"""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.leaving import write_out
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import (
    NumberLine,
    NumberState,
    Paper,
    PaperLine,
    PaperState,
    Series,
    WaitingPaper,
    series_text,
)
from sisfoh_desktop.modules.papers.view.number_orders import NumberOrders
from sisfoh_desktop.modules.papers.view.paper_rows import paper_columns, round_columns
from sisfoh_desktop.modules.papers.view.series_dialogs import NewSeriesDialog, SeriesStartDialog
from sisfoh_desktop.modules.papers.view.waiting_tab import WaitingTab
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page, RecordHit
from sisfoh_desktop.qtkit.rights_of_widgets import may_any, only_for, step_for, trigger_offered
from sisfoh_desktop.qtkit.round_orders import CARRY
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

SERIES = ("papers.numbers", "office.manage")
NUMBER_TONES: dict[NumberState, Tone] = {
    NumberState.RESERVED: "warn",
    NumberState.FIXED: "ok",
    NumberState.ANNULLED: "dim",
    NumberState.OUTSIDE: "accent",
    NumberState.EARLIER: "dim",
    NumberState.MISSING: "danger",
}
_PAGES_OF_SUBJECTS = {"resolucion": "resoluciones"}


class PapersPage(Page):
    """The archive of emitted papers."""

    title = "Papeles"
    touches = frozenset({"papers"})
    kinds = frozenset({"papers"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: int | None = None
        self._series: list[Series] = []
        self._build_actions()
        self.papers = RowTable(
            paper_columns(),
            name="Documentos emitidos",
            noun=("documento", "documentos"),
            empty_text="Todavía no se congeló ningún documento.",
            empty_button="Ir a Resoluciones",
            on_empty=partial(self.open_record.emit, "resoluciones", 0),
        )
        self.papers.menu_actions = self._of_paper
        self.papers.activated.connect(self._on_paper_activated)
        self.papers.selection_changed.connect(self._on_paper_selected)
        self.round = RowTable(
            round_columns(),
            name="Ronda de firmas del documento elegido",
            noun=("firmante", "firmantes"),
            empty_text="Elija un documento para ver su ronda de firmas.",
            filterable=False,
        )
        self.numbers = RowTable(
            [
                Column("Número", lambda line: line.text, lambda line: line.first, width=248),
                Column(
                    "Estado",
                    lambda line: line.state.value.capitalize(),
                    tone=lambda line: NUMBER_TONES[line.state],
                    width=124,
                ),
                Column(
                    "Fecha",
                    lambda line: format_date(line.dated) if line.dated else "",
                    lambda line: line.dated.toordinal() if line.dated else 0,
                    "center",
                    96,
                ),
                Column("Documento", lambda line: line.title),
                Column("Explicación", lambda line: line.explanation),
            ],
            key=lambda line: line.first,
            name="Registro de números",
            noun=("renglón", "renglones"),
            empty_text="Esta serie todavía no dio números en el año.",
            empty_button="Nueva serie" if may_any(desk.actor, SERIES) else "",
            on_empty=self.new_series.trigger,
        )
        self.number_orders = NumberOrders(
            desk, self, lambda: self.numbers.selected(), self.start_series.trigger
        )
        self.numbers.menu_actions = self.number_orders.actions
        self.series_combo = QComboBox()
        self.series_combo.setAccessibleName("Serie")
        self.series_combo.currentIndexChanged.connect(self._on_series_changed)
        self.year_combo = QComboBox()
        self.year_combo.setAccessibleName("Año")
        self.year_combo.currentIndexChanged.connect(self._on_year_changed)
        self.waiting = WaitingTab(desk)
        self.waiting.changed.connect(self._on_waiting_changed)
        self.waiting.open_asked.connect(self._go_to)
        self._build_layout()
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(service.list_papers, self.desk.db), self._on_papers_loaded, owner=self
        )
        self.desk.tasks.run_query(
            partial(service.list_series, self.desk.db), self._on_series_loaded, owner=self
        )
        if self.tabs.currentWidget() is self.waiting:
            self.waiting.reload()

    def table(self) -> RowTable:
        if self.tabs.currentWidget() is self.waiting:
            return self.waiting.list
        return self.papers if self.tabs.currentIndex() == 0 else self.numbers

    def page_actions(self) -> list[QAction]:
        if self.tabs.currentWidget() is self.waiting:
            return self.waiting.actions_now()
        if self.tabs.currentIndex() == 1:
            return [*self.number_orders.actions, self.new_series, self.start_series]
        return self._of_paper

    def new_record(self) -> bool:
        if self.tabs.currentIndex() == 1:
            return trigger_offered(self.new_series)
        return False

    def next_step(self) -> NextStep | None:
        if self.tabs.currentWidget() is self.waiting:
            return self.waiting.next_step()
        if self._series and self.tabs.currentIndex() == 1:
            return self.number_orders.next_step(self.numbers)
        if not self._series:
            step = NextStep(
                "Cree la serie de las resoluciones",
                "Dice cómo se escriben sus números y desde cuál sigue; sin ella no se congela ninguna.",
                "Nueva serie",
                run=self.new_series.trigger,
            )
            return step_for(self.desk.actor, SERIES, step)
        line = self.papers.selected()
        if line is None:
            return NextStep(
                "Elija un documento", "Aquí se ve qué firmas tiene y cuáles le faltan.", "Vista previa", False,
                "No hay un documento elegido.",
            )  # fmt: skip
        if line.state in (PaperState.FROZEN, PaperState.SIGNING):
            step = NextStep(
                f"Falta firmar {line.number_text}",
                f"Sigue {line.next_signer}. Tiene {line.signed_count} de {line.signer_count} firmas.",
                "Ir a firmar",
                run=self._open_origin.trigger,
            )
            return step_for(self.desk.actor, CARRY, step)
        return NextStep(
            line.number_text,
            "Compruebe sus firmas antes de enviarla o de responder a quien pregunte por ella.",
            "Verificar firmas",
            run=self._verify.trigger,
        )

    def show_record(self, kind: str, record_id: int) -> None:
        self.tabs.setCurrentIndex(0)
        self._wanted = record_id
        if self.papers.select(record_id):
            self._wanted = None

    @classmethod
    def find_records(cls, desk: Desk, text: str) -> list[RecordHit]:
        needle = text.casefold()
        return [
            RecordHit("papers", line.id, line.number_text, line.title)
            for line in service.list_papers(desk.db)
            if needle in f"{line.number_text} {line.title}".casefold()
        ]

    def preview(self) -> bool:
        waiting = self.tabs.currentWidget() is self.waiting
        line = self.waiting.list.selected() if waiting else self.papers.selected()
        if line is not None:
            self._with_bytes(line, self._show_preview)
        return line is not None

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        def action(text: str, slot: Any) -> QAction:
            made = QAction(text, self)
            made.triggered.connect(slot)
            made.setEnabled(False)
            return made

        self._preview = action("&Vista previa", lambda: self.preview())
        self._verify = action("V&erificar firmas", self._on_verify)
        self._save_copy = action("&Guardar copia…", self._on_save_copy)
        self._open_origin = action("Abrir &origen", self._on_open_origin)
        self._history = action("&Historial…", self._on_history)
        self._of_paper = [self._preview, self._verify, self._save_copy, self._open_origin, self._history]
        self.new_series = action("&Nueva serie…", lambda: NewSeriesDialog(self.desk, self).ask())
        self.new_series.setEnabled(True)
        self.start_series = action("Números &anteriores…", self._on_start_series)
        only_for(self.desk.actor, SERIES, self.new_series, self.start_series)

    def _build_layout(self) -> None:
        documents = QWidget()
        column = QVBoxLayout(documents)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        heading = QLabel("Ronda de firmas")
        heading.setProperty("role", "section")
        column.addWidget(self.papers, 3)
        column.addWidget(heading)
        column.addWidget(self.round, 2)

        register = QWidget()
        rows = QVBoxLayout(register)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(8)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        for text, combo in (("&Serie", self.series_combo), ("&Año", self.year_combo)):
            label = QLabel(text)
            label.setBuddy(combo)
            choice.addWidget(label)
            choice.addWidget(combo)
        choice.addStretch(1)
        rows.addLayout(choice)
        rows.addWidget(self.numbers, 1)

        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(documents, "Documen&tos")
        self.tabs.addTab(register, "Registro de &números")
        self.tabs.addTab(self.waiting, "&Por firmar")
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.tabs)

    def _on_tab_changed(self, _tab: int) -> None:
        if self.tabs.currentWidget() is self.waiting:
            self.waiting.reload()
            self.waiting.list.view.setFocus()
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _on_waiting_changed(self) -> None:
        if self.tabs.currentWidget() is self.waiting:
            self.actions_changed.emit()
            self.next_step_changed.emit()

    def _on_papers_loaded(self, lines: list[PaperLine]) -> None:
        self.papers.set_rows(lines)
        if self._wanted is not None:
            self.papers.select(self._wanted)
            self._wanted = None
        elif self.papers.selected() is None and lines:
            self.papers.select(lines[0].id)
        self._on_paper_selected(self.papers.selected())

    def _on_paper_selected(self, line: PaperLine | None) -> None:
        for action in self._of_paper:
            action.setEnabled(line is not None)
        self.next_step_changed.emit()
        if line is None:
            self.round.set_rows([])
            return
        self.desk.tasks.run_query(
            partial(service.load_paper, self.desk.db, line.id), self._on_round_loaded, owner=self
        )

    def _on_round_loaded(self, paper: Paper) -> None:
        line = self.papers.selected()
        if line is not None and line.id == paper.id:
            self.round.set_rows(paper.signers)
            self.round.refit()

    def _on_paper_activated(self, _line: PaperLine) -> None:
        self.preview()

    def _with_bytes(self, line: PaperLine | WaitingPaper, then: Any) -> None:
        self.desk.tasks.run_query(
            partial(service.paper_bytes, self.desk.db, self.desk.archive, line.id),
            lambda data: then(line, data),
            owner=self,
        )

    def _show_preview(self, line: PaperLine | WaitingPaper, data: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer

        PreviewDialog(
            data,
            line.title,
            renderer=Renderer(rendering.page_count, rendering.render_page),
            tasks=self.desk.tasks,
            file_name=f"{_file_stem(line)}.pdf",
            parent=self,
        ).exec()

    def _on_verify(self) -> None:
        line = self.papers.selected()
        if line is None:
            return
        self.desk.tasks.run_query(
            partial(service.verify_paper, self.desk.db, self.desk.archive, paper_id=line.id),
            self._show_verification,
            owner=self,
        )

    def _show_verification(self, result: service.PaperVerification) -> None:
        from sisfoh_desktop.qtkit.signature_report import show_signatures

        show_signatures(
            self,
            result.paper.name,
            sound=result.sound,
            headline=result.headline,
            lines=result.lines,
            notes=(*result.findings, service.ACCREDITATION_NOTE),
        )

    def _on_history(self) -> None:
        line = self.papers.selected()
        if line is not None:
            told = partial(service.history, self.desk.db, line.id)
            HistoryDialog.show_for(self, self.desk.tasks, line.number_text or line.title, told)

    def _on_save_copy(self) -> None:
        line = self.papers.selected()
        if line is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "Guardar copia", f"{_file_stem(line)}.pdf", "Documento PDF (*.pdf)"
        )
        if name:
            self._with_bytes(line, lambda _line, data: self._save(Path(name), data))

    def _save(self, path: Path, data: bytes) -> None:
        self.desk.tasks.run_change(
            partial(write_out, path, data, path.stem),
            touches=set(),
            on_done=self.desk.tasks.paper_left.emit,
            owner=self,
        )

    def _on_open_origin(self) -> None:
        line = self.papers.selected()
        if line is not None:
            self._go_to(line.subject)

    def _go_to(self, subject_text: str) -> None:
        """Where a paper was drafted."""
        subject, _, record_id = subject_text.partition(":")
        self.open_record.emit(_PAGES_OF_SUBJECTS.get(subject, subject), int(record_id))

    def _on_start_series(self) -> None:
        chosen = self.series_combo.currentData()
        series = next((one for one in self._series if one.id == chosen), None)
        if series is not None:
            SeriesStartDialog(self.desk, series, self).ask()

    def _on_series_loaded(self, series: list[Series]) -> None:
        self._series = series
        self.start_series.setEnabled(bool(series))
        chosen, year = self.series_combo.currentData(), self.desk.clock.now().year
        self.series_combo.blockSignals(True)
        self.series_combo.clear()
        for one in series:
            self.series_combo.addItem(series_text(one.title, one.mask, year), one.id)
        self.series_combo.setCurrentIndex(max(0, self.series_combo.findData(chosen)))
        self.series_combo.blockSignals(False)
        self._on_series_changed()
        self.next_step_changed.emit()

    def _on_series_changed(self) -> None:
        series_id = self.series_combo.currentData()
        if series_id is None:
            self._on_numbers_loaded([])
            return
        self.desk.tasks.run_query(
            partial(service.list_series_years, self.desk.db, series_id), self._on_years_loaded, owner=self
        )

    def _on_years_loaded(self, years: list[int]) -> None:
        chosen = self.year_combo.currentData()
        self.year_combo.blockSignals(True)
        self.year_combo.clear()
        for year in years:
            self.year_combo.addItem(str(year), year)
        self.year_combo.setCurrentIndex(max(0, self.year_combo.findData(chosen)))
        self.year_combo.blockSignals(False)
        self._on_year_changed()

    def _on_year_changed(self) -> None:
        series_id, year = self.series_combo.currentData(), self.year_combo.currentData()
        if series_id is None or year is None:
            self._on_numbers_loaded([])
            return
        self.desk.tasks.run_query(
            partial(service.number_register, self.desk.db, series_id, year),
            self._on_numbers_loaded,
            owner=self,
        )

    def _on_numbers_loaded(self, lines: list[NumberLine]) -> None:
        self.numbers.set_rows(lines)
        chosen = self.series_combo.currentData()
        series = next((one for one in self._series if one.id == chosen), None)
        self.number_orders.show(series, self.year_combo.currentData(), lines)
        self.next_step_changed.emit()


def _file_stem(line: PaperLine | WaitingPaper) -> str:
    """A file name that Windows takes: the number with its slashes turned."""
    return (line.number_text or line.title).replace("/", "-").replace("\\", "-").strip()
