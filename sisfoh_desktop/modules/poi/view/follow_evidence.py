"""The evidence of an activity in a month: the list, adding a document or a file, withdrawing, seeing the file."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.file_kinds import FileKind, file_kind
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.modules.poi.rules import follow_up as rules
from sisfoh_desktop.modules.poi.rules.facts import Activity, PoiPlan
from sisfoh_desktop.modules.poi.rules.follow_up import MOST_DOCUMENT, MOST_TEXT, Evidence
from sisfoh_desktop.modules.poi.service import evidence as service
from sisfoh_desktop.modules.poi.view.plan_dialogs import TOUCHES
from sisfoh_desktop.modules.poi.view.tab import RECORD
from sisfoh_desktop.modules.responsibilities.rules.evidence import FILE_KINDS, check_evidence_file
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog


class EvidenceDialog(TaskDialog):
    """What there is, newest first. `locked` is why nothing may be withdrawn ("": it may)."""

    usual_width = 760

    def __init__(
        self,
        desk: Desk,
        plan: PoiPlan,
        activity: Activity,
        month: int,
        *,
        locked: str = "",
        parent: QWidget | None = None,
    ) -> None:
        name = rules.month_name(month, plan.year)
        super().__init__(f"Evidencia de {name}", primary="Cerrar", wide=True, parent=parent)
        self.cancel_button.hide()
        self.desk, self.activity, self.month, self.locked = desk, activity, month, locked
        told = QLabel(f"{activity.title} ({activity.unit_name})")
        told.setWordWrap(True)
        self.list = RowTable(
            _columns(),
            key=lambda one: one.id,
            name=f"Evidencia de {name}",
            noun=("evidencia", "evidencias"),
            filterable=False,
            empty_text=f"Nada sustenta todavía lo ejecutado en {name}.",
            empty_button="Agregar evidencia…" if desk.actor.may(RECORD) else "",
            on_empty=self.add,
        )
        self.list.setMinimumHeight(240)
        self.list.activated.connect(lambda _one: self.open_file())
        self.list.selection_changed.connect(lambda _one: self._refresh())
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(told)
        box.addWidget(self.list, 1)
        self.set_body(body)
        self.withdraw_button = self.add_button("&Retirar…", self.withdraw)
        self.open_button = self.add_button("&Ver el archivo", self.open_file)
        self.add_evidence_button = self.add_button("&Agregar…", self.add)
        adding, withdrawing = self._action("Agregar…", self.add), self._action("Retirar…", self.withdraw)
        self.list.menu_actions = [adding, self._action("Ver el archivo", self.open_file), withdrawing]
        only_for(desk.actor, RECORD, adding, withdrawing, self.withdraw_button, self.add_evidence_button)
        self._refresh()
        self.reload()

    def reload(self) -> None:
        """Fetch the list again."""
        self.desk.tasks.run_query(
            partial(service.list_evidence, self.desk.db, self.activity.id, self.month),
            self._on_loaded,
            owner=self,
        )

    def add(self) -> None:
        """Ask for a document, with its file or without."""
        if AddEvidenceDialog(self.desk, self.activity, self.month, parent=self).ask():
            self.reload()

    def withdraw(self) -> None:
        """Ask why the chosen one no longer counts."""
        chosen = self.list.selected()
        if chosen is None or chosen.withdrawn or self.locked:
            return
        if WithdrawDialog(self.desk, chosen, parent=self).ask():
            self.reload()

    def open_file(self) -> None:
        """Preview a PDF, save a copy of any other file: the program opens none itself."""
        chosen = self.list.selected()
        if chosen is not None and chosen.sha256:
            self.desk.tasks.run_query(
                partial(service.evidence_file, self.desk.db, self.desk.archive, chosen.id),
                self._show_file,
                owner=self,
            )

    def _show_file(self, file: tuple[str, bytes]) -> None:
        name, data = file
        if file_kind(data) is FileKind.PDF:
            from sisfoh_desktop.documents import rendering
            from sisfoh_desktop.qtkit.preview import open_preview

            open_preview(
                rendering,
                self.desk.tasks,
                data,
                name,
                file_name=name,
                kind="adjunto",
                over=self,
            )
            return
        path = ask_save(self, "Guardar una copia", name)
        if path is not None:
            self.desk.tasks.run_query(
                lambda: atomic_write(path, data),
                lambda _none: Toast.show_over(self, f"Se guardó «{path.name}»."),
                owner=self,
            )

    def _on_loaded(self, found: list[Evidence]) -> None:
        self.list.set_rows(found)
        if found and self.list.selected() is None:
            self.list.view.select_row(0)
        self._refresh()
        (self.list.view if found else self.add_evidence_button).setFocus()

    def _refresh(self) -> None:
        chosen = self.list.selected()
        self.open_button.setEnabled(chosen is not None and bool(chosen.sha256))
        self.withdraw_button.setEnabled(chosen is not None and not chosen.withdrawn and not self.locked)
        self.withdraw_button.setToolTip(self.locked)

    def _action(self, words: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda: run())
        return action


def _columns() -> list[Column]:
    return [
        Column("Documento", lambda one: one.document),
        Column("Archivo", lambda one: one.file_name, width=170),
        Column(
            "Agregada",
            lambda one: format_date(one.added_at.astimezone(LIMA).date()) if one.added_at else "",
            lambda one: one.id,
            "center",
            92,
        ),
        Column("Por", lambda one: one.added_by, width=96),
        Column(
            "Estado",
            lambda one: f"Retirada: {one.withdrawn}" if one.withdrawn else "Vale",
            width=130,
            tone=lambda one: "dim" if one.withdrawn else "ok",
        ),
    ]


class AddEvidenceDialog(SavingDialog):
    """A document that proves the execution, with the file or without."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "document", "text_too_long": "document"}

    def __init__(self, desk: Desk, activity: Activity, month: int, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Agregar evidencia",
            self._store,
            primary="Agregar",
            parent=parent,
        )
        self.activity, self.month = activity, month
        self.file: Path | None = None
        self.form.note(activity.title)
        self.form.text(
            "document",
            "Documento o descripción",
            required=True,
            max_length=MOST_DOCUMENT,
            placeholder="Informe N° 015-2024-ULE",
        )
        self.file_note = self.form.note("Sin archivo.")
        self.file_button = self.add_button("Elegir &archivo…", self.choose_file)

    def choose_file(self) -> None:
        """Ask for the file; its name is the document where none was typed."""
        kinds = " ".join(f"*.{kind}" for kind in FILE_KINDS)
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Elegir el archivo", "", f"Evidencia ({kinds});;Todos (*)"
        )
        if chosen:
            self.file = Path(chosen)
            self.file_note.setText(f"Archivo: {self.file.name}")
            document = self.form.fields["document"]
            if document.is_empty():
                document.set_value(self.file.stem[:MOST_DOCUMENT])

    def _store(self, values: dict[str, Any], token: str) -> int:
        file = self.file
        return service.add_evidence(
            self.desk.db,
            self.desk.archive,
            actor=self.desk.actor,
            now=self.desk.clock.now(),
            activity_id=self.activity.id,
            month=self.month,
            document=values["document"],
            file_name=file.name if file is not None else "",
            data=_read_whole(file) if file is not None else b"",
            token=token,
        )


def _read_whole(path: Path) -> bytes:
    """The file's bytes; refused by its size before it is read."""
    try:
        check_evidence_file(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; la evidencia no se registró. Revise que siga en su carpeta y elíjalo otra "
            "vez."
        ) from error


class WithdrawDialog(SavingDialog):
    """Why a piece of evidence no longer counts."""

    touches = TOUCHES

    def __init__(self, desk: Desk, evidence: Evidence, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Retirar la evidencia",
            partial(_withdraw, desk, evidence),
            primary="Retirar",
            parent=parent,
        )
        self.form.note(
            f"«{evidence.document}» dejará de contar. Sigue a la vista con el motivo; no se borra."
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=MOST_TEXT, rows=3)


def _withdraw(desk: Desk, evidence: Evidence, values: dict[str, Any], token: str) -> None:
    service.withdraw_evidence(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        evidence_id=evidence.id,
        expected_version=evidence.version,
        reason=values["reason"],
        token=token,
    )
