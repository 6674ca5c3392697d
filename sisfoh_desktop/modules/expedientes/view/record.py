"""One expediente: what heads it, who has it now, its timeline, and the chosen document in full."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    ExpedienteState,
    Holder,
    Opinion,
    Party,
    Step,
    readable,
)
from sisfoh_desktop.modules.expedientes.service import ExpedienteView
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone, theme

STATE_TONES: dict[ExpedienteState, Tone] = {
    ExpedienteState.OPEN: "accent",
    ExpedienteState.RESOLVED: "ok",
    ExpedienteState.ARCHIVED: "dim",
}
_OPINION_TONES: dict[Opinion, Tone | None] = {
    Opinion.NONE: None,
    Opinion.FAVOURABLE: "ok",
    Opinion.CONDITIONAL: "warn",
    Opinion.UNFAVOURABLE: "danger",
    Opinion.ASKS_MORE: "warn",
}


def workdays_text(days: int) -> str:
    """`hoy`, `1 día hábil`, `6 días hábiles`."""
    if days == 0:
        return "hoy"
    return "1 día hábil" if days == 1 else f"{days} días hábiles"


def holder_text(holder: Holder | None) -> str:
    """One sentence: who has it, since when, for how long."""
    if holder is None:
        return "Todavía no tiene documentos."
    name = holder.party.name or holder.party.label
    since = "desde hoy" if holder.workdays == 0 else f"desde hace {workdays_text(holder.workdays)}"
    return f"Lo tiene {name}, {since} ({format_date(holder.since)})."


class RecordView(QWidget):
    """Shows an ExpedienteView; the page says what its buttons do."""

    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ExpedienteView | None = None
        self.back_button = QPushButton("Expedientes")
        set_icon(self.back_button, "chevron-left")
        self.back_button.setToolTip("Volver a la lista (Esc)")
        self.back_button.clicked.connect(self.back_asked.emit)
        self.title = QLabel()
        self.title.setProperty("role", "section")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.chip = Chip()
        self.holder = QLabel()
        self.holder.setTextFormat(Qt.TextFormat.PlainText)
        self.holder.setWordWrap(True)
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.timeline = RowTable(
            _columns(),
            key=lambda step: step.document.id,
            name="Documentos del expediente, del más antiguo al último",
            noun=("documento", "documentos"),
            empty_text="El expediente todavía no tiene documentos.",
            filterable=False,
        )
        self.timeline.selection_changed.connect(self._on_step_selected)
        self.detail = DocumentPanel()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.holder)
        layout.addWidget(self.caption)
        layout.addWidget(self.timeline, 5)
        layout.addWidget(self.detail, 3)

    def show_expediente(self, view: ExpedienteView) -> None:
        """Show it, keeping the chosen document where it is still there."""
        self.shown = view
        expediente = view.expediente
        self.title.setText(expediente.title)
        self.chip.set_state(STATE_TONES[expediente.state], expediente.state.label)
        self.holder.setText(holder_text(view.holder))
        told = [
            f"Código {expediente.code}" if expediente.code else "",
            f"Registro {expediente.registry}" if expediente.registry else "",
            f"Abierto el {format_date(expediente.opened_on)}",
        ]
        self.caption.setText(" · ".join(text for text in told if text))
        self.timeline.set_rows(view.steps)
        if self.timeline.selected() is None and view.steps:
            self.timeline.select(view.steps[-1].document.id)
        self._on_step_selected(self.timeline.selected())

    @property
    def document(self) -> Document | None:
        """The chosen document."""
        step = self.timeline.selected()
        return step.document if step is not None else None

    def _on_step_selected(self, step: Step | None) -> None:
        if self.shown is not None:
            self.detail.show_document(step, self.shown.expediente.documents, self.shown.values)


class DocumentPanel(QFrame):
    """The chosen document in full, to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.head = QLabel()
        self.head.setProperty("role", "section")
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.facts = QLabel()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setProperty("tone", "dim")
        self.subject = QLabel()
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.subject.setWordWrap(True)
        self.body = QLabel()
        self.body.setTextFormat(Qt.TextFormat.PlainText)
        self.body.setWordWrap(True)
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setProperty("ground", "surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        for label in (self.head, self.facts, self.subject, self.body):
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("Documento elegido")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(area)
        self.setMinimumHeight(theme().px(110))

    def show_document(
        self, step: Step | None, documents: Sequence[Document], values: Mapping[str, str]
    ) -> None:
        """Show it with its locked data read out, or nothing."""
        self.setVisible(step is not None)
        if step is None:
            return
        document = step.document
        entry = document.entry
        self.head.setText(document.title)
        answered = next((one.title for one in documents if one.id == entry.responds_to_id), "")
        facts = [
            f"{_party(entry.sender)} → {_party(entry.receiver)}",
            f"Reg. {entry.registry}" if entry.registry else "",
            f"{entry.folios} folios" if entry.folios else "",
            f"Responde a {answered}" if answered else "",
            "Pide respuesta" if entry.asks_reply else "",
            "" if entry.in_vistos else "No figura en los vistos",
            *(mark.label for mark in step.marks),
            f"Archivo: {document.attachment.name}" if document.attachment else "",
        ]
        self.facts.setText(" · ".join(text for text in facts if text))
        details = [f"{one.label}: {one.code} {one.text}".replace("  ", " ") for one in entry.details]
        told = [readable(paragraph, values) for paragraph in entry.says]
        self.subject.setText(entry.subject)
        self.body.setText("\n".join([*told, *details]))
        self.body.setVisible(bool(told or details))


def _columns() -> list[Column]:
    return [
        Column("Fecha", lambda step: format_date(step.document.entry.on), _on, "center", 92),
        Column("d. h.", _gap, lambda step: step.workdays, "right", 52),
        Column("Documento", lambda step: step.document.title),
        Column("De", lambda step: step.document.entry.sender.label, width=84),
        Column("Para", lambda step: step.document.entry.receiver.label, width=84),
        Column(
            "Resuelve",
            lambda step: (
                "" if step.document.entry.opinion is Opinion.NONE else step.document.entry.opinion.label
            ),
            tone=lambda step: _OPINION_TONES[step.document.entry.opinion],
            width=134,
        ),
        Column("Anotado", _noted, tone=lambda step: "warn" if step.marks else None, width=104),
    ]


def _noted(step: Step) -> str:
    """The marks of an unusual registration, and how many pages are attached."""
    attachment = step.document.attachment
    pages = [f"{attachment.pages} pág."] if attachment else []
    return "; ".join([*(mark.label for mark in step.marks), *pages])


def _on(step: Step) -> object:
    return (step.document.entry.on, step.document.id)


def _gap(step: Step) -> str:
    return "" if step.workdays is None else f"+{step.workdays}"


def _party(party: Party) -> str:
    name = party.name or party.label
    return f"{name} ({party.person})" if party.person and name != party.person else name
