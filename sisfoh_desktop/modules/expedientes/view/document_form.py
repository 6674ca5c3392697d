"""What is asked of a document: what it is, from whom to whom, what it says, and how the resolución cites it.

Saving it is the dialog's, `document_dialog`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QTabWidget, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.expedientes import rules
from sisfoh_desktop.modules.expedientes.rules import Document, DocumentEntry, DocumentKind, Opinion
from sisfoh_desktop.modules.expedientes.view.details_text import details_from, text_of
from sisfoh_desktop.modules.expedientes.view.party_field import Correspondents, PartyField
from sisfoh_desktop.qtkit.forms import Form

_USUAL = "Deje vacío lo que sigue para citarlo de la manera usual."


class DocumentForm(QTabWidget):
    """Tabs of fields: the document itself (`main`), who signs it and how VISTOS cites it (`told`), and how the
    considerandos tell it (`cited`): each fits a screen of 768 lines.

    A `new` one has a field for its file; `file_asked` tells that it is to be chosen.
    """

    file_asked = Signal()

    def __init__(
        self,
        correspondents: Correspondents,
        clock: Clock,
        *,
        new: bool,
        taken_letters: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._start: DocumentEntry | None = None
        self._values: Mapping[str, str] = {}
        self._says = ""  # as it is kept, with the names of its locked data
        self.main = Form(columns=2, clock=clock, taken_letters=taken_letters)
        self.told = Form(columns=2, taken_letters=taken_letters)
        self.cited = Form(columns=2, taken_letters=taken_letters)
        self._build_main(correspondents, new=new)
        self._build_told()
        self._build_cited()
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName("Partes del documento")
        for form, name in zip(self._forms, ("Documento", "Personas y vistos", "Considerando"), strict=True):
            form.setContentsMargins(2, 12, 2, 2)
            self.addTab(form, name)

    def fill(
        self,
        entry: DocumentEntry,
        documents: Sequence[Document],
        own_id: int = 0,
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Show an entry; `documents` are those of the expediente, `own_id` the one that is corrected.

        The locked data of what it says are shown with their `values` and stay locked where their words are left.
        """
        self._start, self._values = entry, {name: words for name, words in values.items() if words}
        self._says = "\n".join(entry.says)
        others = [one for one in documents if one.id != own_id]
        self.main.fields["responds_to_id"].set_options(  # type: ignore[attr-defined]
            [(one.id, one.title) for one in reversed(others)]
        )
        shown = {
            "kind": entry.kind,
            "number": entry.number_text,
            "on": entry.on,
            "received_on": entry.received_on,
            "registry": entry.registry,
            "folios": entry.folios,
            "subject": entry.subject,
            "says": rules.readable(self._says, self._values),
            "opinion": entry.opinion,
            "responds_to_id": entry.responds_to_id,
            "asks_reply": entry.asks_reply,
        }
        self.from_field.set_party(entry.sender)
        self.to_field.set_party(entry.receiver)
        self.main.set_values(shown | ({"file": ""} if "file" in self.main.fields else {}))
        self.told.set_values(
            {
                "sender_person": entry.sender.person,
                "receiver_person": entry.receiver.person,
                "in_vistos": entry.in_vistos,
                "vistos_order": entry.vistos_order or None,
                "vistos_citation": entry.vistos_citation,
                "vistos_registry": entry.vistos_registry,
                "vistos_issuer": entry.vistos_issuer,
            }
        )
        self.cited.set_values(
            {
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
        self.setCurrentIndex(0)

    def entry(self) -> DocumentEntry | None:
        """The entry as typed, or None after showing what is wrong."""
        checked: list[dict[str, Any]] = []
        for number, form in enumerate(self._forms):
            values = form.checked()
            if values is None:
                self.setCurrentIndex(number)
                return None
            checked.append(values)
        main, told, cited = checked
        # An issuer told as nobody stays so until something is written over it.
        says = rules.written(main["says"], self._says, self._values)
        nobody = self._start is not None and self._start.vistos_issuer == ""
        issuer = told["vistos_issuer"] or ("" if nobody else None)
        return DocumentEntry(
            kind=main["kind"],
            number_text=main["number"],
            on=main["on"],
            sender=replace(self.from_field.party(), person=told["sender_person"]),
            receiver=replace(self.to_field.party(), person=told["receiver_person"]),
            subject=main["subject"],
            registry=main["registry"],
            folios=main["folios"],
            says=(says,) if says else (),
            opinion=main["opinion"],
            details=details_from(cited["details"]),
            kind_word=cited["kind_word"],
            opening=cited["opening"],
            told_by=cited["told_by"],
            considerando_citation=cited["considerando_citation"],
            vistos_citation=told["vistos_citation"],
            vistos_issuer=issuer,
            vistos_registry=told["vistos_registry"],
            in_vistos=told["in_vistos"],
            vistos_order=told["vistos_order"] or 0,
            with_table=cited["with_table"],
            asks_reply=main["asks_reply"],
            responds_to_id=main["responds_to_id"],
            received_on=main["received_on"],
        )

    def is_modified(self) -> bool:
        """Whether something was typed since it was filled or saved."""
        return any(form.is_modified() for form in self._forms)

    def mark_saved(self) -> None:
        """What stands there is kept."""
        for form in self._forms:
            form.mark_saved()

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def _forms(self) -> tuple[Form, Form, Form]:
        return self.main, self.told, self.cited

    def _build_main(self, correspondents: Correspondents, *, new: bool) -> None:
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
        if new:
            browse = QPushButton("Elegir…")
            browse.setAutoDefault(False)
            browse.clicked.connect(lambda: self.file_asked.emit())
            form.text("file", "Archivo adjunto", max_length=1_000, accessory=browse)

    def _build_told(self) -> None:
        form = self.told
        form.group("Personas")
        form.text("sender_person", "Quien lo firma", max_length=200)
        form.text("receiver_person", "A la atención de", max_length=200)
        form.group("Vistos")
        form.note(_USUAL)
        form.check("in_vistos", "Figura en los vistos")
        form.number("vistos_order", "Orden en los vistos", maximum=999)
        form.text("vistos_citation", "Cita", max_length=300)
        form.text("vistos_registry", "Registro", max_length=300)
        form.text("vistos_issuer", "Emitido por", max_length=300, wide=True)

    def _build_cited(self) -> None:
        form = self.cited
        form.note(_USUAL)
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
