"""The form of a document: what it is, from whom to whom, what it says, and how the resolución cites it.

Ctrl+Enter saves and goes on with the next document, prefilled with who has the expediente now.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QTabWidget, QWidget

from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError
from sisfoh_desktop.modules.expedientes import rules, service
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    DocumentEntry,
    DocumentKind,
    Expediente,
    Opinion,
)
from sisfoh_desktop.modules.expedientes.view.details_text import details_from, text_of
from sisfoh_desktop.modules.expedientes.view.party_field import Correspondents, PartyField
from sisfoh_desktop.qtkit.dialogs import WIDEST, TaskDialog
from sisfoh_desktop.qtkit.forms import Form
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
    """Registers a document, or corrects `document`; `expected` prefills a new one."""

    usual_width = WIDEST

    def __init__(
        self,
        desk: Desk,
        expediente: Expediente,
        correspondents: Correspondents,
        *,
        expected: DocumentEntry,
        document: Document | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = f"Corregir {document.title}" if document else "Registrar documento"
        super().__init__(title, primary="Guardar", parent=parent)
        self.desk = desk
        self.saved_ids: list[int] = []
        self._expediente, self._document = expediente, document
        self._start = document.entry if document else expected
        self._token = str(uuid.uuid4())
        self._go_on = False
        self.main = Form(columns=2, clock=desk.clock, taken_letters=self.button_letters)
        self.told = Form(columns=2, taken_letters=self.button_letters)
        self._build_main(correspondents)
        self._build_told()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for form, name in ((self.main, "Documento"), (self.told, "Personas y citas")):
            form.setContentsMargins(2, 12, 2, 2)
            self.tabs.addTab(form, name)
        self.set_body(self.tabs)
        self.next_button: QPushButton | None = None
        if document is None:
            self.next_button = self.add_button("Guardar y siguiente", self.save_and_next, left=False)
            self.next_button.setToolTip("Guarda y abre el siguiente documento (Ctrl+Intro)")
            self._bind_next_keys()
        self.setAcceptDrops(True)
        self._fill(self._start, expediente.documents)
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
        self._document, self._start = document, document.entry
        self._fill(document.entry, self._expediente.documents)

    # -- building --------------------------------------------------------------------------------------

    def _build_main(self, correspondents: Correspondents) -> None:
        form = self.main
        kinds = [(kind, kind.label) for kind in DocumentKind]
        form.combo("kind", "Tipo", kinds, required=True)
        number = form.text(
            "number",
            "Número",
            required=True,
            max_length=80,
            hint="Como se lee en el documento, o S/N.",
            placeholder="237-2024-OGAJ/MPT",
        )
        number.changed.connect(self._explain_number)
        form.date("on", "Fecha", required=True)
        form.date("received_on", "Recibido el")
        form.text("registry", "Registro", max_length=100)
        form.number("folios", "Folios", minimum=1, maximum=99_999)
        self.from_field = form.add("sender", PartyField("De", correspondents))
        self.to_field = form.add("receiver", PartyField("Para", correspondents))
        form.text("subject", "Asunto", required=True, max_length=2_000, wide=True)
        form.long_text(
            "says",
            "Qué dice",
            max_length=20_000,
            rows=4,
            hint="Completa «Que, mediante…, la oficina…». Cada renglón aparte es otro párrafo.",
        )
        form.combo("opinion", "Qué resuelve", [(one, one.label) for one in Opinion], required=True)
        form.combo("responds_to_id", "Responde a", [])
        form.check("asks_reply", "Pide respuesta")
        if self._document is None:
            browse = QPushButton("Elegir…")
            browse.setAutoDefault(False)
            browse.clicked.connect(lambda: self._pick_file())
            form.text("file", "Archivo adjunto", max_length=1_000, accessory=browse)
        form.changed.connect(self._on_changed)

    def _build_told(self) -> None:
        form = self.told
        form.group("Personas")
        form.text("sender_person", "Quien lo firma", max_length=200)
        form.text("receiver_person", "A la atención de", max_length=200)
        form.note("Deje vacío lo que sigue para citarlo de la manera usual.")
        form.group("Vistos")
        form.check("in_vistos", "Figura en los vistos")
        form.number("vistos_order", "Orden en los vistos", maximum=999)
        form.text("vistos_citation", "Cita", max_length=300)
        form.text("vistos_registry", "Registro", max_length=300)
        form.text("vistos_issuer", "Emitido por", max_length=300, wide=True)
        form.group("Considerando")
        form.text("kind_word", "Palabra del tipo", max_length=300)
        form.text("opening", "Comienzo", max_length=300)
        form.text("considerando_citation", "Cita", max_length=300)
        form.text("told_by", "Quién lo dice", max_length=300)
        form.long_text(
            "details",
            "Detalle debajo",
            max_length=20_000,
            rows=3,
            hint="Una fila por renglón: PROGRAMA | 9002 | NOMBRE.",
        )
        form.check("with_table", "Después va el cuadro funcional del plan")

    def _bind_next_keys(self) -> None:
        """Ctrl+Enter goes on with the next document here; Ctrl+S and Ctrl+G only save."""
        for shortcut in self.findChildren(QShortcut):
            if shortcut.key() in (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")):
                shortcut.activated.disconnect()
                shortcut.activated.connect(self.save_and_next)

    def _fill(self, entry: DocumentEntry, documents: Sequence[Document]) -> None:
        others = [one for one in documents if self._document is None or one.id != self._document.id]
        self.main.fields["responds_to_id"].set_options(  # type: ignore[attr-defined]
            [(one.id, one.title) for one in reversed(others)]
        )
        values = {
            "kind": entry.kind,
            "number": entry.number_text,
            "on": entry.on,
            "received_on": entry.received_on,
            "registry": entry.registry,
            "folios": entry.folios,
            "subject": entry.subject,
            "says": "\n".join(entry.says),
            "opinion": entry.opinion,
            "responds_to_id": entry.responds_to_id,
            "asks_reply": entry.asks_reply,
        }
        self.from_field.set_party(entry.sender)
        self.to_field.set_party(entry.receiver)
        self.main.set_values(values | ({} if self._document else {"file": ""}))
        self.told.set_values(
            {
                "sender_person": entry.sender.person,
                "receiver_person": entry.receiver.person,
                "in_vistos": entry.in_vistos,
                "vistos_order": entry.vistos_order or None,
                "vistos_citation": entry.vistos_citation,
                "vistos_registry": entry.vistos_registry,
                "vistos_issuer": entry.vistos_issuer,
                "kind_word": entry.kind_word,
                "opening": entry.opening,
                "considerando_citation": entry.considerando_citation,
                "told_by": entry.told_by,
                "details": text_of(entry.details),
                "with_table": entry.with_table,
            }
        )
        hint = rules.siglas_hint(documents, entry.sender, entry.on.year)
        editor: Any = self.main.fields["number"].editor
        editor.setPlaceholderText(f"237{hint}" if hint else "237-2024-OGAJ/MPT")
        self.tabs.setCurrentIndex(0)

    # -- what was typed --------------------------------------------------------------------------------

    def entry(self) -> DocumentEntry | None:
        """The entry as typed, or None after showing what is wrong."""
        main = self.main.checked()
        if main is None:
            self.tabs.setCurrentIndex(0)
            return None
        told = self.told.checked()
        if told is None:
            self.tabs.setCurrentIndex(1)
            return None
        # An issuer told as nobody stays so until something is written over it.
        issuer = told["vistos_issuer"] or ("" if self._start.vistos_issuer == "" else None)
        return DocumentEntry(
            kind=main["kind"],
            number_text=main["number"],
            on=main["on"],
            sender=replace(self.from_field.party(), person=told["sender_person"]),
            receiver=replace(self.to_field.party(), person=told["receiver_person"]),
            subject=main["subject"],
            registry=main["registry"],
            folios=main["folios"],
            says=(main["says"],) if main["says"] else (),
            opinion=main["opinion"],
            details=details_from(told["details"]),
            kind_word=told["kind_word"],
            opening=told["opening"],
            told_by=told["told_by"],
            considerando_citation=told["considerando_citation"],
            vistos_citation=told["vistos_citation"],
            vistos_issuer=issuer,
            vistos_registry=told["vistos_registry"],
            in_vistos=told["in_vistos"],
            vistos_order=told["vistos_order"] or 0,
            with_table=told["with_table"],
            asks_reply=main["asks_reply"],
            responds_to_id=main["responds_to_id"],
            received_on=main["received_on"],
        )

    def draft_key(self) -> str:
        return f"{type(self).__name__} {self._expediente.id}: {self.windowTitle()}"

    def has_unsaved(self) -> bool:
        return self.main.is_modified() or self.told.is_modified()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.main.fields["number"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self._token = str(uuid.uuid4())

    def _explain_number(self) -> None:
        """Under the field, how the number is understood while it is typed."""
        field = self.main.fields["number"]
        text = str(field.raw())
        said = "Como se lee en el documento, o S/N."
        if text.strip():
            try:
                number = rules.parse_number(text)
            except RuleError:
                number = None
            else:
                said = "Sin número."
            if number is not None:
                of = f", de {number.siglas}" if number.siglas else ""
                said = f"N° {number.prefix}{number.number} del año {number.year}{of}."
        field.hint_label.setText(said)

    # -- saving ----------------------------------------------------------------------------------------

    def save_and_next(self) -> None:
        """Save, and go on with the next expected document."""
        self._go_on = True
        self.try_submit()

    def submit(self) -> bool:
        entry = self.entry()
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
        self.tabs.setCurrentIndex(0)
        self.main.show_refusal(error, _FIELDS)

    def _on_saved(self, saved: Saved) -> None:
        self.set_busy(False)
        self.saved_ids.append(saved.document_id)
        self.main.mark_saved()
        self.told.mark_saved()
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
        self._start = view.expected
        self._token = str(uuid.uuid4())
        self._fill(view.expected, view.expediente.documents)
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
