"""One expediente: what heads it, who has it now, its timeline with the chosen document, opinions, where it was."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    ExpedienteState,
    Holder,
    Party,
    Step,
    events_of,
    readable,
)
from sisfoh_desktop.modules.expedientes.service import ExpedienteView
from sisfoh_desktop.modules.expedientes.view.opinions_tab import OpinionsTab
from sisfoh_desktop.modules.expedientes.view.time_tab import TimeTab
from sisfoh_desktop.modules.expedientes.view.timeline_rows import Row, TimelineRows, key_of
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.history import TAB_TITLE, HistoryTab
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import Tone, theme

STATE_TONES: dict[ExpedienteState, Tone] = {
    ExpedienteState.OPEN: "accent",
    ExpedienteState.RESOLVED: "ok",
    ExpedienteState.ARCHIVED: "dim",
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
        self._rows = TimelineRows()
        self.timeline = RowTable(
            self._rows.columns(),
            key=key_of,
            name="Documentos del expediente, del más antiguo al último",
            noun=("paso", "pasos"),
            empty_text="El expediente todavía no tiene documentos.",
            filterable=False,
        )
        self.timeline.selection_changed.connect(self._on_row_selected)
        self.detail = DocumentPanel()
        chain = QWidget()
        column = QVBoxLayout(chain)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.timeline, 5)
        column.addWidget(self.detail, 3)
        self.opinions = OpinionsTab()
        self.time = TimeTab()
        self.history = HistoryTab()
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes del expediente")
        self.tabs.setDocumentMode(True)
        for tab, name in ((chain, "Documentos"), (self.opinions, "Opiniones"), (self.time, "Dónde estuvo")):
            self.tabs.addTab(tab, name)
        self.tabs.addTab(self.history, TAB_TITLE)
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
        layout.addWidget(self.tabs, 1)

    def show_expediente(self, view: ExpedienteView) -> None:
        """Show it, keeping the tab, and the chosen document where it is still there."""
        if self.shown is None or self.shown.expediente.id != view.expediente.id:
            self.tabs.setCurrentIndex(0)
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
        events = events_of([line.request for line in view.opinions])
        self.timeline.set_rows(self._rows.rows_of(view.steps, events))
        if self.timeline.selected() is None and view.steps:
            self.timeline.select(view.steps[-1].document.id)
        self._on_row_selected(self.timeline.selected())
        self.opinions.show_lines(view.opinions, expediente.documents)
        waiting = sum(line.is_open for line in view.opinions)
        self.tabs.setTabText(1, f"Opiniones ({waiting} por llegar)" if waiting else "Opiniones")
        self.time.show_time(view.time_spent)

    @property
    def document(self) -> Document | None:
        """The chosen document; None while an event is chosen, or another tab is on view."""
        row = self.timeline.selected() if self.tabs.currentIndex() == 0 else None
        return row.document if isinstance(row, Step) else None

    def table(self) -> RowTable:
        """The list of the tab on view."""
        tables = (self.timeline, self.opinions.table, self.time.table, self.history.list)
        return tables[self.tabs.currentIndex()]

    def show_opinions(self) -> None:
        """Bring the opinions forward."""
        self.tabs.setCurrentWidget(self.opinions)

    @property
    def in_time(self) -> bool:
        return self.tabs.currentWidget() is self.time

    @property
    def in_opinions(self) -> bool:
        return self.tabs.currentWidget() is self.opinions

    def _on_row_selected(self, row: Row | None) -> None:
        if self.shown is not None:
            step = row if isinstance(row, Step) else None
            notes = self._rows.notes.get(step.document.id, ()) if step is not None else ()
            self.detail.show_document(step, self.shown.expediente.documents, self.shown.values, notes)


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
        area.setObjectName("readingArea")  # where arrows scroll: the cursor is seen there
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(area)
        self.setMinimumHeight(theme().px(110))

    def show_document(
        self,
        step: Step | None,
        documents: Sequence[Document],
        values: Mapping[str, str],
        notes: Sequence[str] = (),
    ) -> None:
        """Show it with its locked data read out, or nothing; `notes` are the opinions it asks or answers."""
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
            *notes,
            f"Archivo: {document.attachment.name}" if document.attachment else "",
        ]
        self.facts.setText(" · ".join(text for text in facts if text))
        details = [f"{one.label}: {one.code} {one.text}".replace("  ", " ") for one in entry.details]
        told = [readable(paragraph, values) for paragraph in entry.says]
        self.subject.setText(entry.subject)
        self.body.setText("\n".join([*told, *details]))
        self.body.setVisible(bool(told or details))


def _party(party: Party) -> str:
    name = party.name or party.label
    return f"{name} ({party.person})" if party.person and name != party.person else name
