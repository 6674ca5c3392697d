"""The opinions of the expediente on view: the list with its chips, and the chosen request in full."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import Document, Opinion, OpinionLine, Standing
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

STANDING_TONES: dict[Standing, Tone] = {
    Standing.ASKED: "accent",
    Standing.REMINDED: "warn",
    Standing.OVERDUE: "danger",
    Standing.MORE_ASKED: "warn",
    Standing.ANSWERED: "ok",
    Standing.WITHDRAWN: "dim",
}


class OpinionsTab(QWidget):
    """Shows OpinionLines; the page says what may be done with the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents: dict[int, Document] = {}
        self.table = RowTable(
            _columns(),
            name="Opiniones pedidas",
            noun=("opinión", "opiniones"),
            empty_text="Todavía no se pidió opinión a ninguna unidad.",
            filterable=False,
        )
        self.table.selection_changed.connect(self._on_selected)
        self.panel = QFrame()
        self.panel.setProperty("role", "card")
        self.head = QLabel()
        self.head.setProperty("role", "section")
        self.facts = QLabel()
        self.facts.setProperty("tone", "dim")
        self.body = QLabel()
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        for label in (self.head, self.facts, self.body):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        self.panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.panel)
        self.setFocusProxy(self.table)

    @property
    def line(self) -> OpinionLine | None:
        """The chosen request."""
        return self.table.selected()

    def show_lines(self, lines: Sequence[OpinionLine], documents: Sequence[Document]) -> None:
        """Show them, keeping the chosen one; else the first that is still expected is chosen."""
        self._documents = {one.id: one for one in documents}
        self.table.set_rows(lines)
        if self.line is None and lines:
            self.table.select(next((one.id for one in lines if one.is_open), lines[-1].id))
        self._on_selected(self.line)

    def _on_selected(self, line: OpinionLine | None) -> None:
        self.panel.setVisible(line is not None)
        if line is None:
            return
        request = line.request
        self.head.setText(request.title)
        reminded = ", ".join(
            f"{format_date(one.on)} ({one.note})" if one.note else format_date(one.on)
            for one in request.reminders
        )
        facts = [
            line.sentence,
            f"Recordado: {reminded}" if reminded else "",
            f"Pedida con {self._title(request.document_id)}" if request.document_id else "",
            f"Proyecto adjunto: {request.draft.name}" if request.draft else "",
            f"Pedida sin la cadena completa: {request.without_chain}" if request.without_chain else "",
            f"Retirada el {format_date(request.withdrawn_on)}: {request.withdrawn_reason}"
            if request.withdrawn_on
            else "",
        ]
        self.facts.setText("\n".join(text for text in facts if text))
        told = [f"Se pide: {request.asks}"]
        if request.answer is not None:
            by = f", con {self._title(request.answer.document_id)}" if request.answer.document_id else ""
            told.append(f"Responde el {format_date(request.answer.on)}{by}: {_answer(line)}.")
            if request.answer.note:
                told.append(request.answer.note)
        self.body.setText("\n".join(told))

    def _title(self, document_id: int | None) -> str:
        document = self._documents.get(document_id or 0)
        return document.title if document is not None else "un documento retirado"


def _columns() -> list[Column]:
    return [
        Column("Unidad", _unit),
        Column("Opinión", lambda line: "Ampliación" if line.is_extension else line.kind.label, width=104),
        Column("Pedida", lambda line: format_date(line.asked_on), lambda line: line.asked_on, "center", 92),
        Column("Vence", lambda line: format_date(line.due), lambda line: line.due, "center", 92),
        Column("d. h.", lambda line: str(line.workdays), lambda line: line.workdays, "right", 52),
        Column("Recordada", _reminded, lambda line: line.reminded_on, width=104),
        Column("Estado", lambda line: line.chip, tone=lambda line: STANDING_TONES[line.state], width=148),
        Column("Respuesta", _answer, width=134),
    ]


def _unit(line: OpinionLine) -> str:
    return f"↳ {line.unit}" if line.is_extension else line.unit


def _reminded(line: OpinionLine) -> str:
    return ", ".join(f"{one.on:%d/%m}" for one in line.request.reminders)


def _answer(line: OpinionLine) -> str:
    answer = line.request.answer
    if answer is None:
        return ""
    return "Informa" if answer.opinion is Opinion.NONE else answer.opinion.label
