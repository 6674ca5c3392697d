"""Papeles: every emitted paper with its round of signatures, and the register of numbers.

Papers are read here and each signer signs them here; they are written and frozen on the page of their module.
"""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.leaving import write_out
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import (
    Paper,
    PaperLine,
    PaperState,
    WaitingPaper,
)
from sisfoh_desktop.modules.papers.view.numbers_tab import SERIES, NumbersTab
from sisfoh_desktop.modules.papers.view.paper_rows import paper_columns, round_columns
from sisfoh_desktop.modules.papers.view.printing import file_stem, kind_of, pdf_renderer, printing_action
from sisfoh_desktop.modules.papers.view.waiting_tab import WaitingTab
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.rights_of_widgets import step_for, trigger_offered
from sisfoh_desktop.qtkit.round_orders import CARRY
from sisfoh_desktop.qtkit.row_table import RowTable

_PAGES_OF_SUBJECTS = {"resolucion": "resoluciones"}


class PapersPage(Page):
    """The archive of emitted papers."""

    title = "Papeles"
    touches = frozenset({"papers"})
    kinds = frozenset({"papers"})
    has_example = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: int | None = None
        self._siglas: dict[str, str] = {}
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
            round_columns(self._siglas),
            name="Ronda de firmas del documento elegido",
            noun=("firmante", "firmantes"),
            empty_text="Elija un documento para ver su ronda de firmas.",
            filterable=False,
        )
        self.register = NumbersTab(desk)
        self.numbers, self.number_orders = self.register.list, self.register.orders
        self.register.changed.connect(self.next_step_changed.emit)
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
        self.register.reload()
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
            return self.register.actions_now()
        return self._of_paper

    def new_record(self) -> bool:
        if self.tabs.currentIndex() == 1:
            return trigger_offered(self.register.new_series)
        return False

    def next_step(self) -> NextStep | None:
        if self.tabs.currentWidget() is self.waiting:
            return self.waiting.next_step()
        if self.register.series and self.tabs.currentIndex() == 1:
            return self.number_orders.next_step(self.numbers)
        if not self.register.series:
            step = NextStep(
                "Cree la serie de las resoluciones",
                "Dice cómo se escriben sus números y desde cuál sigue; sin ella no se congela ninguna.",
                "Nueva serie",
                run=self.register.new_series.trigger,
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
        self._print_several = printing_action(self, self.desk, lambda: self.papers)
        self._of_paper = [
            self._preview,
            self._verify,
            self._save_copy,
            self._print_several,
            self._open_origin,
            self._history,
        ]

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

        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes de Papeles")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(documents, "Documen&tos")
        self.tabs.addTab(self.register, "Registro de &números")
        self.tabs.addTab(self.waiting, "&Por firmar")
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)  # as the other pages with tabs
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
            partial(_load_round, self.desk.db, line.id, self.desk.clock.now().date()),
            self._on_round_loaded,
            owner=self,
        )

    def _on_round_loaded(self, loaded: tuple[Paper, dict[str, str]]) -> None:
        paper, siglas = loaded
        line = self.papers.selected()
        if line is not None and line.id == paper.id:
            self._siglas.update(siglas)
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
        from sisfoh_desktop.qtkit.preview import PreviewDialog

        PreviewDialog(
            data,
            line.title,
            renderer=pdf_renderer(),
            tasks=self.desk.tasks,
            file_name=f"{file_stem(line)}.pdf",
            kind=kind_of([line]),
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
        path = ask_save(self, "Guardar copia", f"{file_stem(line)}.pdf", "Documento PDF (*.pdf)")
        if path is not None:
            self._with_bytes(line, lambda _line, data: self._save(path, data))

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


def _load_round(db: Any, paper_id: int, today: date) -> tuple[Paper, dict[str, str]]:
    """A paper, and the siglas of the units by their capitals."""
    siglas = {unit.siglas.upper(): unit.siglas for unit in office.list_units(db, today)}
    return service.load_paper(db, paper_id), siglas
