"""The dialogs of opinions: to ask one or widen it, to register the answer, to note a reminder.

Each hands its values to the worker and stays open with what was typed when it is refused.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.expedientes.rules import (
    MAX_DAYS,
    Document,
    Opinion,
    OpinionKind,
    OpinionLine,
    opinion_due_text,
)
from sisfoh_desktop.modules.expedientes.service import Draft
from sisfoh_desktop.modules.expedientes.view.dialogs import TOUCHES
from sisfoh_desktop.modules.expedientes.view.unit_checklist import UnitChecklist
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

_FIELDS = {
    "units_missing": "units",
    "unit_not_in_force": "units",
    "opinion_already_asked": "units",
    "days_range": "days",
    "date_in_future": "on",
    "more_before_answer": "on",
    "answer_date": "on",
    "reminder_date": "on",
    "already_reminded": "on",
    "document_later": "on",
    "conditions_missing": "note",
    "file_empty": "draft",
    "file_kind": "draft",
    "file_too_big": "draft",
    "file_damaged": "draft",
}
_ANSWERS = (Opinion.FAVOURABLE, Opinion.CONDITIONAL, Opinion.UNFAVOURABLE, Opinion.NONE)


class AskDialog(SavingDialog):
    """Asks an opinion of one or several units, or, with `widens`, an ampliación of the one who answered.

    `asking` is the document chosen on the page, else the last one is taken: when it asks for a reply it is
    proposed with its date and its receiver. `draft` is handed in by who has the pages.
    """

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = _FIELDS

    def __init__(
        self,
        desk: Desk,
        units: Sequence[Unit],
        calendar: Calendar,
        *,
        days: int | None,
        documents: Sequence[Document],
        asking: Document | None = None,
        widens: OpinionLine | None = None,
        draft: Draft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = f"Pedir ampliación a {widens.unit}" if widens else "Pedir opinión"
        super().__init__(desk, title, primary="Pedir", columns=2, parent=parent)
        self._calendar = calendar
        self._draft = draft
        form = self.form
        if widens is None:
            form.add("units", UnitChecklist("A quién se pide", units), wide=True)
            kinds = [(kind, kind.label) for kind in OpinionKind]
            form.combo("kind", "Qué opinión", kinds, required=True)
            form.number("days", "Plazo en días hábiles", required=True, minimum=1, maximum=MAX_DAYS)
        form.date("on", "Fecha del pedido", required=True)
        if widens is not None:
            form.number("days", "Plazo en días hábiles", required=True, minimum=1, maximum=MAX_DAYS)
        form.combo(
            "document_id", "Documento con que se pide", [(one.id, one.title) for one in reversed(documents)]
        )
        form.long_text("asks", "Qué se pide", required=True, max_length=2_000, rows=3)
        browse = QPushButton("Elegir…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._pick_draft)
        form.text("draft", "Proyecto adjunto", wide=True, max_length=1_000, accessory=browse)
        today = desk.clock.now().date()
        form.set_values({"on": today, "days": days, "draft": draft.name if draft else ""})
        if draft is not None:
            form.fields["draft"].set_read_only(True)
            browse.setEnabled(False)
        self._propose(asking if asking is not None else (documents[-1] if documents else None), widens)
        self._hint = form.fields["days"].hint_label
        form.changed.connect(self._show_due)
        self._show_due()
        form.mark_saved()

    def draft(self, values: dict[str, Any]) -> "Draft | str":
        """What goes with the request: what the caller handed in, else the path that was typed."""
        return self._draft if self._draft is not None else str(values["draft"])

    def _propose(self, document: Document | None, widens: OpinionLine | None) -> None:
        if document is None or not document.entry.asks_reply:
            return
        if widens is not None and widens.request.answer and document.entry.on < widens.request.answer.on:
            return
        self.form.set_values({"document_id": document.id, "on": document.entry.on})
        if widens is None and document.entry.receiver.unit_id is not None:
            self.form.set_values({"units": [document.entry.receiver.unit_id]})

    def _show_due(self) -> None:
        try:
            days, on = self.form.value("days"), self.form.value("on")
            text = opinion_due_text(on, days, self._calendar) if days and on else ""
        except RuleError:
            text = ""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def _pick_draft(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Proyecto que acompaña el pedido", "", "Documentos e imágenes (*.pdf *.png *.jpg *.jpeg)"
        )
        if chosen:
            self.form.fields["draft"].set_value(chosen)

    def _on_refused(self, error: SisfohError) -> None:
        """Legal without the chain: the reason is asked, and the same request goes out with it."""
        values = self.form.checked()
        if not (isinstance(error, RuleError) and error.code == "chain_incomplete") or values is None:
            super()._on_refused(error)
            return
        self.set_busy(False)
        asks = SavingReason(
            self.desk,
            "Pedir la opinión legal sin la cadena",
            error.sentence,
            lambda reason, token: self.job(values | {"without_chain": reason})(),
            primary="Pedir así",
            touches=TOUCHES,
            parent=self,
        )
        asks.saved.connect(partial(self._on_saved, values, values))
        asks.ask()


class AnswerDialog(SavingDialog):
    """Registers what a unit answered, or corrects it; `answering` is the document that seems to bring it."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = _FIELDS

    def __init__(
        self,
        desk: Desk,
        line: OpinionLine,
        documents: Sequence[Document],
        *,
        answering: Document | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"Respuesta de {line.unit}", primary="Registrar", columns=2, parent=parent)
        form = self.form
        form.note(f"{line.request.title}: {line.asks}")
        form.combo("opinion", "Qué responde", [(one, one.label) for one in _ANSWERS], required=True)
        form.date("on", "Fecha de la respuesta", required=True)
        self._documents = {one.id: one for one in documents}
        offered = [one for one in reversed(documents) if one.entry.on >= line.asked_on]
        form.combo(
            "document_id", "Documento que responde", [(one.id, one.title) for one in offered], wide=True
        )
        form.long_text("note", "Condiciones u observaciones", max_length=4_000, rows=3)
        known = line.request.answer
        form.set_values({"on": desk.clock.now().date()})
        if known is not None:
            form.set_values(
                {
                    "opinion": known.opinion,
                    "on": known.on,
                    "document_id": known.document_id,
                    "note": known.note,
                }
            )
        elif answering is not None:
            form.set_values({"document_id": answering.id})
            self._take(answering)
        form.fields["document_id"].changed.connect(self._on_document)
        form.mark_saved()

    def _on_document(self) -> None:
        document = self._documents.get(self.form.value("document_id") or 0)
        if document is not None:
            self._take(document)

    def _take(self, document: Document) -> None:
        """The date and the sense of the document, which may still be changed."""
        self.form.fields["on"].set_value(document.entry.on)
        if document.entry.opinion in _ANSWERS:
            self.form.fields["opinion"].set_value(document.entry.opinion)


class RemindDialog(SavingDialog):
    """Notes that the unit was reminded."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = _FIELDS

    def __init__(self, desk: Desk, line: OpinionLine, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Recordar a {line.unit}", primary="Anotar recordatorio", parent=parent)
        self.form.note(line.sentence)
        sent = [format_date(one.on) for one in line.request.reminders]
        if sent:
            self.form.note(f"Ya se le recordó: {', '.join(sent)}.")
        self.form.date("on", "Fecha del recordatorio", required=True)
        self.form.text("note", "Cómo", max_length=500, placeholder="Por memorando, por teléfono…")
        self.form.set_values({"on": desk.clock.now().date()})
