"""The dialog that brings a spreadsheet of digitised numbers: what it holds is told before anything is stored."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.rules import FormType
from sisfoh_desktop.modules.kardex.rules.counting import CountKind, CountListLine
from sisfoh_desktop.modules.kardex.rules.digitised import CountImport, Finding, FindingKind
from sisfoh_desktop.modules.kardex.service import counting
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable

_FILES = "Hojas de cálculo (*.xlsx *.xls *.ods *.csv *.txt);;Todos los archivos (*)"
_LARGEST_FILE = 60_000_000  # bytes; the reader refuses less, with its own sentence
_PATIENCE_MS = 250


@dataclass(frozen=True)
class _Asked:
    type_id: int
    counted_on: date


class ImportDialog(TaskDialog):
    """Form, day of the cut and which file it replaces; below, what the file says. Nothing is stored by halves."""

    usual_width = 720

    def __init__(
        self,
        desk: Desk,
        types: Sequence[FormType],
        file_name: str,
        data: bytes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Importar lo digitado", primary="Importar", cancel="Cancelar", wide=True, parent=parent
        )
        self.desk = desk
        self._file_name, self._data = file_name, data
        self._token = str(uuid.uuid4())
        self._counts: list[CountListLine] = []
        self._asked: _Asked | None = None
        self.result_of: CountImport | None = None
        numbered = [one for one in types if one.serialised]
        self.form = Form(columns=2, clock=desk.clock, taken_letters=self.button_letters)
        self.form.note(f"Archivo: {file_name}")
        self.form.combo("type", "Formulario", [(one.id, one.code) for one in numbered], required=True)
        self.form.date(
            "counted_on",
            "Digitado hasta el",
            required=True,
            hint="Lo usado hasta ese día debe estar digitado",
        )
        self.replaces = self.form.combo(
            "replaces",
            "Reemplaza a un archivo anterior",
            wide=True,
            hint="Vacío: se suma a los archivos anteriores. El reemplazado deja de compararse.",
        )
        self.form.set_values(
            {"type": numbered[0].id if numbered else None, "counted_on": desk.clock.now().date()}
        )
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setProperty("role", "section")
        self.findings = RowTable(
            _columns(),
            key=lambda one: (one.row, one.sentence),
            name="Lo que se encontró en el archivo",
            noun=("aviso", "avisos"),
            empty_text="El archivo se lee entero, sin avisos.",
            filterable=False,
        )
        self.findings.setMinimumHeight(180)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.form)
        box.addWidget(self.summary)
        box.addWidget(self.findings, 1)
        self.set_body(body)
        self._check_later = QTimer(self)
        self._check_later.setSingleShot(True)
        self._check_later.timeout.connect(self.check)
        self.form.changed.connect(lambda: self._check_later.start(_PATIENCE_MS))
        self.primary_button.setEnabled(False)
        campaign_id = numbered[0].campaign_id if numbered else 0
        desk.tasks.run_query(partial(counting.list_counts, desk.db, campaign_id), self._on_counts, owner=self)
        self.check()

    @classmethod
    def ask_file(cls, desk: Desk, types: Sequence[FormType], parent: QWidget) -> None:
        """Let the person choose a file, and show the dialog over it."""
        from sisfoh_desktop.qtkit.messages import show_error

        chosen, _kind = QFileDialog.getOpenFileName(parent, "Elegir la hoja de lo digitado", "", _FILES)
        if not chosen:
            return
        try:
            data = _bytes_of(Path(chosen))
        except FileFailed as error:
            show_error(parent, error.sentence)
            return
        dialog = cls(desk, types, Path(chosen).name, data, parent)
        dialog.exec()
        dialog.deleteLater()

    def check(self) -> None:
        """Read the file as it is asked now, and tell what it holds."""
        self._check_later.stop()
        try:
            values = {name: self.form.fields[name].checked_value() for name in ("type", "counted_on")}
        except RuleError as error:
            self._say(error.sentence)
            return
        asked = _Asked(values["type"], values["counted_on"])
        if asked == self._asked:
            return
        self._asked = asked
        self._offer_counts()
        self.primary_button.setEnabled(False)
        self.summary.setText("Leyendo el archivo…")
        ProgressDialog.run_change(
            self,
            self.desk.tasks,
            "Leer lo digitado",
            partial(self._read, asked, self.desk.clock.now().date()),
            (),  # a review changes nothing; it only takes long
            on_done=partial(self._on_checked, asked),
            on_error=lambda error: self._say(error.sentence),
            noun="filas",
        )

    def _read(self, asked: _Asked, today: date, progress: Progress) -> CountImport:
        """On the worker."""
        return counting.check_digitised(
            self.desk.db,
            type_id=asked.type_id,
            file_name=self._file_name,
            data=self._data,
            counted_on=asked.counted_on,
            today=today,
            progress=progress,
        )

    def submit(self) -> bool:
        asked = self._asked
        if asked is None or not self.primary_button.isEnabled():
            return False
        self.set_busy(True)
        told: dict[str, Any] = {
            "actor": self.desk.actor,
            "now": self.desk.clock.now(),
            "type_id": asked.type_id,
            "counted_on": asked.counted_on,
            "replaces_id": self.replaces.value(),
        }
        ProgressDialog.run_change(
            self,
            self.desk.tasks,
            "Importar lo digitado",
            partial(self._import, told),
            {"kardex"},
            on_done=self._on_imported,
            on_error=self._on_refused,
            noun="filas",
        )
        return False

    def _import(self, told: dict[str, Any], progress: Progress) -> CountImport:
        """On the worker."""
        return counting.import_digitised(
            self.desk.db,
            **told,
            file_name=self._file_name,
            data=self._data,
            token=self._token,
            progress=progress,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _on_counts(self, counts: list[CountListLine]) -> None:
        self._counts = counts
        self._offer_counts()

    def _offer_counts(self) -> None:
        type_id = self.form.fields["type"].value()
        self.replaces.set_options(
            [
                (one.id, f"«{one.source}», hasta el {format_date(one.counted_on)}")
                for one in self._counts
                if one.stands and one.kind is CountKind.DIGITISED and one.type_id == type_id
            ]
        )

    def _on_checked(self, asked: _Asked, found: CountImport) -> None:
        if asked != self._asked:
            return
        self.banner.show_sentence("")
        self.findings.set_rows(found.findings)
        self.primary_button.setEnabled(not found.refused and found.form_count > 0)
        read = f"{_counted(found.form_count, 'número', 'números')} en {_counted(found.row_count, 'fila', 'filas')}"
        if found.refused:
            self.summary.setText(
                f"{read}; hay filas que no se pueden leer: corríjalas, no se guarda nada a medias."
            )
        else:
            self.summary.setText(f"{read}.")

    def _on_imported(self, result: CountImport) -> None:
        self.result_of = result
        if result.refused:
            self.set_busy(False)
            if self._asked is not None:
                self._on_checked(self._asked, result)
            return
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self.refuse(error)

    def _say(self, sentence: str) -> None:
        """A fault of the whole file or of what is asked."""
        self._asked = None
        self.findings.set_rows(())
        self.summary.setText("")
        self.primary_button.setEnabled(False)
        self.banner.show_sentence(sentence)


def _columns() -> list[Column]:
    return [
        Column("Fila", lambda one: str(one.row) if one.row else "", lambda one: one.row, "right", 56),
        Column("Clase", _kind_words, width=110, tone=_kind_tone),
        Column("Aviso", lambda one: one.sentence),
    ]


def _kind_words(one: Finding) -> str:
    return "Por corregir" if one.kind is FindingKind.REFUSED else "Aviso"


def _kind_tone(one: Finding) -> Any:
    return "danger" if one.kind is FindingKind.REFUSED else "accent"


def _counted(count: int, one: str, many: str) -> str:
    return f"{format_number(count)} {one if count == 1 else many}"


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise FileFailed(f"«{path.name}» es demasiado grande para una hoja de números; no se leyó nada.")
        return path.read_bytes()
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; ciérrelo en otros programas y vuelva a elegirlo."
        ) from error
