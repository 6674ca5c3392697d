"""Importing a table of the POI: choose it, confirm its columns where they are new, see the three lists, store."""

from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import (
    QFileDialog,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.poi.rules.facts import Stage
from sisfoh_desktop.modules.poi.rules.import_plan import ImportPlan, ImportResult, LayoutProposal
from sisfoh_desktop.modules.poi.rules.importing import ColumnMapping, Group
from sisfoh_desktop.modules.poi.service import importing, mappings
from sisfoh_desktop.modules.poi.view.import_file_bar import FileBar
from sisfoh_desktop.modules.poi.view.import_mapping import MappingDialog
from sisfoh_desktop.modules.poi.view.import_rows import (
    ACCEPTED_COLUMNS,
    PROPOSED_COLUMNS,
    UNFIT_COLUMNS,
    SheetNames,
    import_button,
    plan_words,
    row_key,
    target_words,
)
from sisfoh_desktop.modules.poi.view.quarantine_marks import bare_text
from sisfoh_desktop.qtkit.import_frame import (
    ImportFrame,
    ReviewLists,
    first_notes,
    show_words,
    words_label,
)
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.sheets.preflight import read_book

_FILES = "POI (*.xlsx *.xls *.ods *.csv *.tsv *.txt)"
_NOT_READ = "Aquí se verá qué filas del archivo cuadran, antes de guardar nada."
_EMPTY = ("Ninguna fila cuadra.", "Ninguna fila tiene propuestas.", "Ninguna fila queda sin lectura.")
_MOST_NOTES = 5


class ImportDialog(ImportFrame):
    """What adds up, what has readings, what has none. Reviewing stores nothing.

    `year` is offered for a file that does not tell its own (0: the present one).
    """

    more_room = 160

    def __init__(self, desk: Desk, year: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Importar el POI", parent)
        self._data, self._name, self._token = b"", "", ""
        self._mapping: ColumnMapping | None = None
        self._proposal: LayoutProposal | None = None
        self.plan: ImportPlan | None = None
        self.bar = FileBar(year or desk.clock.now().year)
        self.bar.choose_asked.connect(self._on_choose_clicked)
        self.bar.columns_asked.connect(self.confirm_columns)
        self.bar.changed.connect(self._check_again)
        self.bar.block_changed.connect(self._on_block_chosen)
        self.summary = words_label("section")
        self.target = words_label("body")
        self.notes = words_label("caption")
        self.sheets = SheetNames()
        self.fitting = self._table(ACCEPTED_COLUMNS, "Filas que cuadran")
        self.proposed = self._table(PROPOSED_COLUMNS, "Filas con propuestas")
        self.unfit = self._table(UNFIT_COLUMNS, "Filas que no cuadran")
        self.lists = ReviewLists(
            ("C&uadran", "Con &propuestas", "&No cuadran"), (self.fitting, self.proposed, self.unfit)
        )
        self.set_body(self._body())
        self._allow_import()
        self.bar.choose_button.setFocus()

    def _body(self) -> QWidget:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        for label in (self.summary, self.target, self.notes):
            layout.addWidget(label)
        layout.addWidget(self.lists, 1)
        return body

    def _table(self, columns: tuple[Any, ...], name: str) -> RowTable:
        return RowTable(
            self.sheets.columns(columns),
            key=row_key,
            name=name,
            noun=("fila", "filas"),
            empty_text=_NOT_READ,
        )

    # -- the file ----------------------------------------------------------------------------------------

    def _on_choose_clicked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Elegir la tabla del POI", "", _FILES)
        if chosen:
            self.review(Path(chosen))

    def review(self, path: Path) -> None:
        """Read the file and show what importing it would do; nothing is stored."""
        self.banner.show_sentence("")
        self._show(None)
        self._name, self._mapping, self._proposal = path.name, None, None
        self.bar.file_label.setText(f"Leyendo {path.name}…")
        self._run("Leer el archivo", partial(self._propose, path), self._on_proposed)

    def _propose(self, path: Path, progress: Progress) -> tuple[bytes, LayoutProposal]:
        """On the worker."""
        data = read_book(path)
        proposal = mappings.propose_mapping(self._desk.db, data=data, file_name=path.name, progress=progress)
        return data, proposal

    def _on_proposed(self, read: tuple[bytes, LayoutProposal]) -> None:
        self._data, self._proposal = read
        self.set_busy(False)
        self.bar.file_label.setText(self._name)
        self.bar.show_proposal(self._proposal)
        if self._proposal.known:
            self._check()
        else:
            self.confirm_columns()

    def _on_block_chosen(self) -> None:
        job = partial(self._propose_block, self._data, self._name, str(self.bar.block.currentData()))
        self._run("Leer el archivo", job, self._on_block_proposed)

    def _propose_block(self, data: bytes, name: str, stage: str, progress: Progress) -> LayoutProposal:
        """On the worker."""
        return mappings.propose_mapping(
            self._desk.db, data=data, file_name=name, stage=stage, progress=progress
        )

    def _on_block_proposed(self, proposal: LayoutProposal) -> None:
        self._proposal, self._mapping = proposal, proposal.mapping
        self._check()

    def confirm_columns(self) -> None:
        """Show what each column means; what the person confirms is kept and the file is read by it."""
        if self._proposal is None:
            return
        dialog = MappingDialog(self._proposal, self._name, self)
        dialog.exec()
        mapping, name = dialog.mapping, dialog.name.text().strip()
        dialog.deleteLater()
        if mapping is None:
            if not self._proposal.known and self._mapping is None:
                self.banner.show_sentence(
                    "Las columnas de este archivo no son de un formato conocido: confírmelas para seguir."
                )
            return
        self._mapping = mapping
        self.set_busy(True)
        self._desk.tasks.run_change(
            partial(
                mappings.save_mapping,
                self._desk.db,
                actor=self._desk.actor,
                now=self._desk.clock.now(),
                name=name,
                mapping=mapping,
            ),
            (),  # no page shows the mappings
            on_done=lambda _id: self._check(),
            on_error=self._on_refused,
            owner=self,
        )

    def _check_again(self) -> None:
        if self._proposal is not None and (self._proposal.known or self._mapping is not None):
            self._check()

    def _check(self) -> None:
        self.banner.show_sentence("")
        job = partial(self._checked, self.bar.year.year(), self.bar.stage())
        self._run("Revisar el archivo", job, self._on_checked)

    def _checked(self, year: int, stage: Stage | None, progress: Progress) -> ImportPlan:
        """On the worker."""
        return importing.check_file(
            self._desk.db,
            year=year,
            file_name=self._name,
            data=self._data,
            now=self._desk.clock.now(),
            mapping=self._mapping,
            as_version=stage,
            progress=progress,
        )

    def _on_checked(self, plan: ImportPlan) -> None:
        self._token = str(uuid4())
        self.set_busy(False)
        self._show(plan)

    def _run(self, title: str, job: Any, on_done: Any) -> None:
        self.set_busy(True)
        ProgressDialog.run_change(
            self,
            self._desk.tasks,
            title,
            job,
            (),  # a review changes nothing; it only takes long
            on_done=on_done,
            on_error=self._on_refused,
            noun="filas",
        )

    def _on_refused(self, error: SisfohError) -> None:
        self.bar.file_label.setText(self._name or "Elija otro archivo.")
        self.refuse(error)
        self.bar.choose_button.setFocus()

    # -- what was understood -----------------------------------------------------------------------------

    def _show(self, plan: ImportPlan | None) -> None:
        self.plan = plan
        rows = plan.checked.rows if plan else ()
        rejected = plan.checked.file.rejected if plan else ()
        self.sheets.look((*rows, *rejected))
        self.fitting.set_rows([one for one in rows if one.group is Group.FITS])
        self.proposed.set_rows([one for one in rows if one.group is Group.PROPOSED])
        self.unfit.set_rows([*(one for one in rows if one.group is Group.DOES_NOT_FIT), *rejected])
        tables = (self.fitting, self.proposed, self.unfit)
        self.lists.count_rows([len(table.rows()) for table in tables] if plan else None)
        show_words(self.summary, plan_words(plan) if plan else "")
        show_words(self.target, target_words(plan) if plan else "")
        notes = [*(bare_text(one) for one in plan.checked.total_findings), *plan.notes] if plan else []
        show_words(self.notes, first_notes(notes, _MOST_NOTES))
        self.primary_button.setText(f"&{import_button(plan)}" if plan else "&Importar")
        self._allow_import()
        for table, words in zip(tables, _EMPTY, strict=True):
            table.set_empty_state(words if plan is not None else _NOT_READ)
        if plan is not None:
            self.bar.as_version.setEnabled(plan.plan_id is not None)  # the first file of a year makes its POI
            first = 1 if self.proposed.rows() else 2 if self.unfit.rows() else 0
            self.lists.setCurrentIndex(first)
            (self.primary_button if self.primary_button.isEnabled() else self.bar.choose_button).setFocus()
        self.fit()

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        if not busy:
            self._allow_import()

    def _allow_import(self) -> None:
        self.primary_button.setEnabled(self.plan is not None and _importable(self.plan))

    # -- storing -----------------------------------------------------------------------------------------

    def submit(self) -> bool:
        if self.plan is None:
            return False
        self.set_busy(True)
        ProgressDialog.run_change(
            self,
            self._desk.tasks,
            "Importar el POI",
            partial(self._import, self.plan, self._data, self._token),
            {"poi"},
            on_done=self._on_imported,
            on_error=self._on_refused,
            noun="filas",
        )
        return False

    def _import(self, plan: ImportPlan, data: bytes, token: str, progress: Progress) -> ImportResult:
        """On the worker."""
        return importing.import_file(
            self._desk.db,
            actor=self._desk.actor,
            now=self._desk.clock.now(),
            year=plan.year,
            file_name=plan.file_name,
            data=data,
            mapping=self._mapping,
            as_version=plan.as_version,
            expected=plan,
            token=token,
            progress=progress,
        )


def _importable(plan: ImportPlan) -> bool:
    return bool(plan.accepted or plan.quarantined)
