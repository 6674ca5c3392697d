"""The dialog of a document: it registers or corrects one, with its file. What is asked is in `document_form`.

Ctrl+Enter saves and goes on with the next document, prefilled with who has the expediente now.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    DocumentEntry,
    Expediente,
)
from sisfoh_desktop.modules.expedientes.view.document_form import DocumentForm
from sisfoh_desktop.modules.expedientes.view.party_field import Correspondents
from sisfoh_desktop.qtkit.dialogs import WIDEST, TaskDialog
from sisfoh_desktop.qtkit.messages import Toast, ask, show_error
from sisfoh_desktop.qtkit.open_record import OpenRecord
from sisfoh_desktop.qtkit.page import Desk

TOUCHES = {"expedientes"}
_FIELDS = {
    "document_number_missing": "number",
    "document_number_invalid": "number",
    "document_duplicate": "number",
    "date_in_future": "on",
    "unit_not_in_force": "sender",
    "received_date": "received_on",
    "folios_range": "folios",
}


@dataclass(frozen=True)
class Saved:
    """What the worker did: the document's id, and why its file could not be attached ("" when it could)."""

    document_id: int
    file_trouble: str = ""


class DocumentDialog(TaskDialog):
    """Registers a document, or corrects `document`; `expected` prefills a new one.

    `values` are those of the locked data that its text may name (`plan.title`).
    """

    usual_width = WIDEST

    def __init__(
        self,
        desk: Desk,
        expediente: Expediente,
        correspondents: Correspondents,
        *,
        expected: DocumentEntry,
        document: Document | None = None,
        values: Mapping[str, str] = MappingProxyType({}),
        parent: QWidget | None = None,
    ) -> None:
        title = f"Corregir {document.title}" if document else "Registrar documento"
        super().__init__(title, primary="Guardar", parent=parent)
        self.desk = desk
        self.saved_ids: list[int] = []
        self._expediente, self._document, self._values = expediente, document, values
        self._token = str(uuid.uuid4())
        self._go_on = False
        self.body = DocumentForm(
            correspondents, desk.clock, new=document is None, taken_letters=self.button_letters
        )
        self.main, self.told, self.cited = self.body.main, self.body.told, self.body.cited
        self.main.changed.connect(self._on_changed)
        self.body.file_asked.connect(self._pick_file)
        self.set_body(self.body)
        self.next_button: QPushButton | None = None
        if document is None:
            self.next_button = self.add_button("Guardar y siguiente", self.save_and_next, left=False)
            self.next_button.setToolTip("Guarda y abre el siguiente documento (Ctrl+Intro)")
            self._bind_next_keys()
        self.setAcceptDrops(True)
        if document is None:
            self.body.fill(expected, expediente.documents, values=values)
        else:
            self._show_again(document)
        self._open: OpenRecord | None = None
        if document is not None:
            self._open = OpenRecord(
                self,
                desk,
                subject=f"expediente:{expediente.id}",
                record=document,
                fresh=partial(_stored, desk.db, expediente.id, document.id),
                fill=self._show_again,
                what=document.title,
            )

    def _show_again(self, document: Document) -> None:
        self._document = document
        self.body.fill(document.entry, self._expediente.documents, document.id, self._values)

    def _bind_next_keys(self) -> None:
        """Ctrl+Enter goes on with the next document here; Ctrl+S and Ctrl+G only save."""
        for shortcut in self.findChildren(QShortcut):
            if shortcut.key() in (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")):
                shortcut.activated.disconnect()
                shortcut.activated.connect(self.save_and_next)

    # -- what was typed --------------------------------------------------------------------------------

    def draft_key(self) -> str:
        return f"{type(self).__name__} {self._expediente.id}: {self.windowTitle()}"

    def has_unsaved(self) -> bool:
        return self.body.is_modified()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.main.fields["number"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self._token = str(uuid.uuid4())

    # -- saving ----------------------------------------------------------------------------------------

    def save_and_next(self) -> None:
        """Save, and go on with the next expected document."""
        self._go_on = True
        self.try_submit()

    def submit(self) -> bool:
        entry = self.body.entry()
        if entry is None:
            self._go_on = False
            return False
        self._save(entry, even_if_duplicate=False)
        return False

    def _save(self, entry: DocumentEntry, *, even_if_duplicate: bool) -> None:
        self.set_busy(True)
        path = str(self.main.fields["file"].raw()).strip() if self._document is None else ""
        self.desk.tasks.run_change(
            partial(self._on_worker, entry, path, even_if_duplicate, self.desk.clock.now()),
            TOUCHES,
            on_done=self._on_saved,
            on_error=lambda error: self._on_refused(error, entry),
            owner=self,
        )

    def _on_worker(self, entry: DocumentEntry, path: str, even_if_duplicate: bool, now: Any) -> Saved:
        who = {"actor": self.desk.actor, "now": now}
        if self._document is not None:
            service.save_document(
                self.desk.db,
                **who,
                document_id=self._document.id,
                expected_version=self._document.version,
                entry=entry,
                even_if_duplicate=even_if_duplicate,
            )
            return Saved(self._document.id)
        document_id = service.register_document(
            self.desk.db,
            **who,
            expediente_id=self._expediente.id,
            entry=entry,
            even_if_duplicate=even_if_duplicate,
            token=f"{self._token}:{even_if_duplicate}",
        )
        if not path:
            return Saved(document_id)
        try:
            attach_from(self.desk, document_id, 1, path, now)
        except SisfohError as error:
            return Saved(document_id, error.sentence)
        return Saved(document_id)

    def _on_refused(self, error: Exception, entry: DocumentEntry) -> None:
        self.set_busy(False)
        assert isinstance(error, SisfohError)
        if self._open is not None and self._open.meets(error):
            return
        repeated = isinstance(error, RuleError) and error.code == "document_duplicate"
        if repeated and ask(self, "Parece repetido", error.sentence, "Registrar de todos modos"):
            self._save(entry, even_if_duplicate=True)
            return
        self._go_on = False
        self.body.setCurrentIndex(0)
        self.main.show_refusal(error, _FIELDS)

    def _on_saved(self, saved: Saved) -> None:
        self.set_busy(False)
        self.saved_ids.append(saved.document_id)
        self.body.mark_saved()
        if saved.file_trouble:
            show_error(self, f"El documento se registró, pero sin su archivo. {saved.file_trouble}")
        if not self._go_on:
            self.accept()
            return
        self._go_on = False
        self.set_busy(True)
        self.desk.tasks.run_query(
            partial(service.view_expediente, self.desk.db, self._expediente.id, self.desk.clock.now().date()),
            self._on_next_loaded,
            owner=self,
            on_end=lambda: self.set_busy(False),
        )

    def _on_next_loaded(self, view: service.ExpedienteView) -> None:
        self._token = str(uuid.uuid4())
        self.body.fill(view.expected, view.expediente.documents)
        Toast.show_over(self, "Documento registrado.")
        self.main.fields["number"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the attached file -----------------------------------------------------------------------------

    def _pick_file(self) -> None:
        chosen = ask_file(self)
        if chosen:
            self.main.fields["file"].set_value(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._document is None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self._document is None:
            self.main.fields["file"].set_value(paths[0])
            event.acceptProposedAction()


def _stored(db: Any, expediente_id: int, document_id: int) -> Document:
    """The document as the base has it now; RuleError `document_gone`. Runs on the worker."""
    documents = service.load_expediente(db, expediente_id).documents
    found = next((one for one in documents if one.id == document_id), None)
    if found is None:
        raise RuleError(
            "document_gone",
            "Otra persona retiró este documento mientras usted lo corregía; lo suyo no se guardó. "
            "Cópielo si lo necesita y cierre esta ventana.",
        )
    return found


def ask_file(parent: QWidget) -> str:
    """The path of a scan, or ""."""
    chosen, _kind = QFileDialog.getOpenFileName(
        parent, "Adjuntar archivo", "", "Documentos e imágenes (*.pdf *.png *.jpg *.jpeg)"
    )
    return chosen


def attach_from(desk: Desk, document_id: int, expected_version: int, path: str, now: Any) -> None:
    """Read the file and keep it with the document; runs on the worker. FileFailed when it cannot be read."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{file.name}»; no se adjuntó. Revise que exista y elíjalo otra vez."
        ) from error
    service.attach_file(
        desk.db,
        desk.archive,
        actor=desk.actor,
        now=now,
        document_id=document_id,
        expected_version=expected_version,
        name=file.name,
        data=data,
    )
