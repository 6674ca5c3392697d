"""Importing a spreadsheet: choose it, see what was understood and what does not add up, and record what does."""

from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.rules.importing import ImportPlan, ImportResult
from sisfoh_desktop.modules.kardex.service import importing
from sisfoh_desktop.modules.kardex.view.import_detail import RowDetail
from sisfoh_desktop.modules.kardex.view.import_rows import (
    ACCEPTED_COLUMNS,
    QUARANTINED_COLUMNS,
    REJECTED_COLUMNS,
    SheetNames,
    columns_words,
    import_button,
    plan_words,
    row_key,
)
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.import_frame import (
    ImportFrame,
    ReviewLists,
    first_notes,
    show_words,
    words_label,
)
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.sheets.preflight import read_book

_SHEETS = "Hojas de cálculo (*.xlsx *.xls *.ods *.csv *.tsv *.txt)"
_MOST_NOTES = 6


class ImportDialog(ImportFrame):
    """Three lists over a chosen file: what adds up, what waits, what is no row. Reviewing stores nothing."""

    more_room = 180

    def __init__(self, desk: Desk, campaign_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Importar el kardex", parent)
        self._campaign_id = campaign_id
        self._data = b""
        self._name = ""
        self._token = ""
        self.plan: ImportPlan | None = None
        self.choose_button = QPushButton("&Elegir archivo…")
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._on_choose_clicked)
        self.file_label = QLabel("Saldo inicial o movimientos, en .xlsx, .xls, .ods o .csv.")
        self.file_label.setTextFormat(Qt.TextFormat.PlainText)
        self.summary = words_label("section")
        self.columns = words_label("caption")
        self.notes = words_label("caption")
        self.sheets = SheetNames()
        self.adding_up = self._table(ACCEPTED_COLUMNS, "Filas que cuadran", "Ninguna fila cuadra.")
        self.waiting = self._table(QUARANTINED_COLUMNS, "Filas en cuarentena", "Ninguna fila espera.")
        self.unread = self._table(REJECTED_COLUMNS, "Filas que no se importan", "Todas las filas son nuevas.")
        self.lists = ReviewLists(
            ("C&uadran", "En cua&rentena", "&No se importan"), (self.adding_up, self.waiting, self.unread)
        )
        self.detail = RowDetail(self.sheets)
        self.lists.currentChanged.connect(lambda _at: self._show_detail())
        for table in (self.adding_up, self.waiting, self.unread):
            table.selection_changed.connect(lambda _row: self._show_detail())
        self.set_body(self._body())
        self.add_button("Guardar plantilla…", self.save_template)
        self.primary_button.setEnabled(False)
        self.choose_button.setFocus()

    def _body(self) -> QWidget:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.choose_button)
        top.addWidget(self.file_label, 1)
        layout.addLayout(top)
        layout.addWidget(self.summary)
        layout.addWidget(self.columns)
        layout.addWidget(self.notes)
        layout.addWidget(self.lists, 1)
        layout.addWidget(self.detail)
        return body

    def _table(self, columns: tuple, name: str, empty: str) -> RowTable:
        return RowTable(
            self.sheets.columns(columns), key=row_key, name=name, noun=("fila", "filas"), empty_text=empty
        )

    # -- the file ----------------------------------------------------------------------------------------

    def _on_choose_clicked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Elegir la hoja de cálculo", "", _SHEETS)
        if chosen:
            self.review(Path(chosen))

    def review(self, path: Path) -> None:
        """Read the file and show what importing it would do; nothing is stored."""
        self.banner.show_sentence("")
        self._show(None)
        self._name = path.name
        self.file_label.setText(f"Leyendo {path.name}…")
        self.set_busy(True)
        ProgressDialog.run_change(
            self,
            self._desk.tasks,
            "Revisar el archivo",
            partial(self._check, path),
            (),  # a review changes nothing; it only takes long
            on_done=self._on_checked,
            on_error=self._on_refused,
            noun="filas",
        )

    def _check(self, path: Path, progress: Progress) -> tuple[bytes, ImportPlan]:
        """On the worker."""
        data = read_book(path)
        plan = importing.check_file(
            self._desk.db,
            campaign_id=self._campaign_id,
            file_name=path.name,
            data=data,
            now=self._desk.clock.now(),
            progress=progress,
        )
        return data, plan

    def _on_checked(self, checked: tuple[bytes, ImportPlan]) -> None:
        self._data, plan = checked
        self._token = str(uuid4())
        self.set_busy(False)
        self.file_label.setText(plan.file_name)
        self._show(plan)

    def _on_refused(self, error: SisfohError) -> None:
        self.file_label.setText(self._name)
        self.refuse(error)
        self.primary_button.setEnabled(self.plan is not None and self._importable(self.plan))
        self.choose_button.setFocus()

    # -- what was understood -----------------------------------------------------------------------------

    def _show(self, plan: ImportPlan | None) -> None:
        self.plan = plan
        self.sheets.look((*plan.accepted, *plan.quarantined, *plan.rejected) if plan else ())
        self.adding_up.set_rows(plan.accepted if plan else ())
        self.waiting.set_rows(plan.quarantined if plan else ())
        self.unread.set_rows(plan.rejected if plan else ())
        self.lists.count_rows(
            (len(plan.accepted), len(plan.quarantined), len(plan.rejected)) if plan else None
        )
        show_words(self.summary, plan_words(plan) if plan else "")
        show_words(self.columns, columns_words(plan.columns) if plan else "")
        notes = [*(one.text for one in plan.totals), *plan.notes] if plan else []
        show_words(self.notes, first_notes(notes, _MOST_NOTES))
        self.primary_button.setText(f"&{import_button(plan)}" if plan else "&Importar")
        self.primary_button.setEnabled(plan is not None and self._importable(plan))
        if plan is not None:
            self.lists.setCurrentIndex(1 if plan.quarantined else 0)
            for table, rows in (
                (self.adding_up, plan.accepted),
                (self.waiting, plan.quarantined),
                (self.unread, plan.rejected),
            ):
                if rows:
                    table.select(row_key(rows[0]))
        self._show_detail()
        if plan is not None:
            (self.primary_button if self.primary_button.isEnabled() else self.choose_button).setFocus()
        self.fit()

    def _show_detail(self) -> None:
        """The whole of the row chosen in the list on view."""
        table = self.lists.currentWidget()
        self.detail.show_row(table.selected() if isinstance(table, RowTable) else None)

    @staticmethod
    def _importable(plan: ImportPlan) -> bool:
        return bool(plan.accepted or plan.quarantined)

    # -- recording ---------------------------------------------------------------------------------------

    def submit(self) -> bool:
        if self.plan is None:
            return False
        self.set_busy(True)
        ProgressDialog.run_change(
            self,
            self._desk.tasks,
            "Importar el kardex",
            partial(self._import, self.plan, self._data, self._token),
            {"kardex"},
            on_done=self._on_imported,
            on_error=self._on_refused,
        )
        return False

    def _import(self, plan: ImportPlan, data: bytes, token: str, progress: Progress) -> ImportResult:
        """On the worker."""
        return importing.import_file(
            self._desk.db,
            actor=self._desk.actor,
            now=self._desk.clock.now(),
            campaign_id=self._campaign_id,
            file_name=plan.file_name,
            data=data,
            expected=plan,
            token=token,
            progress=progress,
        )

    # -- the template ------------------------------------------------------------------------------------

    def save_template(self) -> None:
        """Write the empty workbook where the person says."""
        path = ask_save(self, "Guardar la plantilla", "plantilla-kardex.xlsx", "Libro de Excel (*.xlsx)")
        if path is None:
            return
        self._desk.tasks.run_query(
            lambda: atomic_write(path, importing.template_workbook()),
            lambda _none: Toast.show_over(self, f"Plantilla guardada en {path.name}."),
            on_error=self.refuse,
            owner=self,
        )
