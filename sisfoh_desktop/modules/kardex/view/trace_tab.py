"""Rastreo: type a number, see who has it and its whole life."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine, Trace, TraceStep
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.view.stock_table import FiguresTable, select_first
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.modules.kardex.view.trace_field import TraceField, neighbour
from sisfoh_desktop.modules.kardex.view.trace_rows import (
    TimelineColumns,
    TimelineRow,
    condition_tone,
    is_reverted,
    key_of,
    timeline,
    trace_columns,
)
from sisfoh_desktop.modules.kardex.view.trace_strike import StruckRows
from sisfoh_desktop.modules.kardex.view.trace_words import (
    present_text,
    seen_again_text,
    split_code,
    step_text,
    unbroken,
    unknown_text,
)
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.row_table import Column, RowTable

_START = "Escriba el número de un formulario y pulse Intro: verá quién lo tiene y todo lo que le pasó."
_MOST_RECEPTIONS = 200
_MOST_SHOWN_AT_ONCE = 5  # lines of the list of types that bear the number


@dataclass(frozen=True)
class _Answer:
    """What was found for a typed text, or the sentence that says why nothing was."""

    text: str
    campaign_id: int
    traces: tuple[Trace, ...] = ()
    sentence: str = ""
    papers: Mapping[int, str] = field(default_factory=dict)  # of the movements that have an acta


def _look_up(db: Any, campaign_id: int, text: str) -> _Answer:
    if not campaign_id:
        return _Answer(text, 0, sentence="Todavía no hay una campaña: ábrala en el catálogo.")
    types = [one for one in catalogue.list_types(db, campaign_id) if one.serialised]
    named, number = split_code(text, types)
    try:
        traces = reading.trace(db, campaign_id=campaign_id, text=number)
    except RuleError as error:
        return _Answer(text, campaign_id, sentence=error.sentence)
    found = tuple(trace for trace in traces if named is None or trace.form_type.id == named.id)
    if found:
        return _Answer(text, campaign_id, found, papers=_papers(db, found))
    received = [(one, _received(db, one)) for one in types if named is None or one.id == named.id]
    return _Answer(
        text,
        campaign_id,
        sentence=unknown_text(f"{named.code} {number}" if named is not None else number, received),
    )


def _papers(db: Any, traces: Sequence[Trace]) -> dict[int, str]:
    """What the actas of these lives' movements are called."""
    from sisfoh_desktop.modules.kardex.service import actas

    movements = {step.movement_id for trace in traces for step in trace.steps}
    found = {id_: actas.acta_of_movement(db, id_) for id_ in movements}
    return {id_: line.number_text or line.title for id_, line in found.items() if line is not None}


def _received(db: Any, form_type: FormType) -> FormRanges:
    """The numbers of a type that were received and whose reception stands."""
    page = reading.register_page(
        db,
        campaign_id=form_type.campaign_id,
        type_id=form_type.id,
        kind=MovementKind.RECEPTION,
        limit=_MOST_RECEPTIONS,
    )
    standing = (_numbers_of(db, form_type, line) for line in page.lines if not line.is_reverted)
    return FormRanges.of(one for numbers in standing for one in numbers)


def _numbers_of(db: Any, form_type: FormType, line: MovementLine) -> FormRanges:
    if line.ranges_text.endswith("…"):  # the list does not tell them all
        return reading.load_movement(db, line.id).ranges
    return parse_ranges(line.ranges_text, form_type.number_width, form_type.prefix)


class _Life(FiguresTable):
    """The list of steps is short: what Ctrl+F looks for here is another number."""

    def __init__(self, on_search: Callable[[], object], columns: Sequence[Column], **more: Any) -> None:
        super().__init__(columns, **more)
        self._on_search = on_search

    def focus_filter(self) -> None:
        self._on_search()


class TraceTab(KardexTab):
    """A field, the present state in a sentence, the life of the form as a list."""

    key = "trace"
    title = "Rastreo"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked = ""
        self._trace: Trace | None = None
        self.field = TraceField()
        self.field.asked.connect(self.look_up)
        self.field.stepped.connect(self._step)
        self.sentence = QLabel(_START)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "section")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chip = Chip()
        self.chip.hide()
        self.alert = QFrame()
        self.alert.setProperty("role", "banner")
        self.alert_label = QLabel()
        self.alert_label.setTextFormat(Qt.TextFormat.PlainText)
        self.alert_label.setWordWrap(True)
        alert_box = QHBoxLayout(self.alert)
        alert_box.addWidget(self.alert_label)
        self.alert.hide()
        self.types = FiguresTable(
            trace_columns(),
            words=("Quién lo tiene",),
            key=lambda trace: trace.form_type.id,
            name="Formularios con ese número",
            noun=("formulario con ese número", "formularios con ese número"),
            filterable=False,
        )
        self.types.selection_changed.connect(lambda _trace: self._show_chosen())
        self.types.hide()
        self._columns = TimelineColumns()
        self.list = _Life(
            self.field.line.setFocus,
            self._columns.columns(),
            words=("De → a", "Documento"),
            key=key_of,
            name="Vida del formulario",
            noun=("paso", "pasos"),
            empty_text="Aquí se verá cada movimiento del formulario, del primero al último.",
            filterable=False,
        )
        self.list.selection_changed.connect(self._on_step_chosen)
        self.list.activated.connect(self._on_step_activated)
        self.strikes = StruckRows(self.list, is_reverted)
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        self.details.setProperty("tone", "dim")
        self.details.setAccessibleName("Detalle del paso elegido")
        self._build_layout()
        self.list.set_rows([])

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        if self._asked:
            self._ask(self._asked)

    def show_part(self, part: Any) -> None:
        """Look up this number, written as a person would."""
        text = str(part).strip() if part is not None else ""
        if text:
            self.field.set_text(text)
            self.look_up(text)

    def next_step(self) -> NextStep | None:
        trace = self._trace
        if trace is None or not seen_again_text(trace):
            return None
        lost = next((step for step in reversed(trace.steps) if step.to_condition is Condition.LOST), None)
        return NextStep(
            "Aclare el extravío",
            f"El formulario {trace.form_type.code} N° {trace.number_text} figura extraviado y reapareció: revierta el "
            "extravío o proponga un ajuste.",
            "Ver el movimiento",
            run=partial(self.open_tab.emit, "register", lost.movement_id) if lost is not None else None,
        )

    def table(self) -> RowTable:
        return self.list

    def cancel(self) -> bool:
        """Back to an empty field."""
        if not self.field.text and not self._asked:
            return False
        self._asked = ""
        self.field.set_text("")
        self._show_traces((), _START)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    # -- looking up ------------------------------------------------------------------------------------

    def look_up(self, text: str) -> None:
        """Find this number and show it."""
        self._ask(text.strip())

    def _ask(self, text: str) -> None:
        self._asked = text
        self.desk.tasks.run_query(
            partial(_look_up, self.desk.db, self.campaign_id, text), self._on_answer, owner=self
        )

    def _on_answer(self, answer: _Answer) -> None:
        if answer.text != self._asked or answer.campaign_id != self.campaign_id:
            return
        if len(answer.traces) == 1:  # said with its type, so that the neighbours are of the same
            trace = answer.traces[0]
            self._asked = f"{trace.form_type.code} {trace.number_text}"
        if answer.traces:
            if self.field.text == answer.text:
                self.field.set_text(self._asked)
            self.field.remember(self._asked)
        if self.field.line.hasFocus():
            self.field.line.selectAll()
        self._columns.papers = answer.papers
        self._show_traces(answer.traces, answer.sentence)

    def _step(self, step: int) -> None:
        """The number before or after: of the form on view, else of what stands in the field."""
        trace = self._trace
        if trace is not None and self.field.text == self._asked:
            if trace.number + step < 1:
                return
            number = trace.form_type.number_text(trace.number + step)
            text = number if len(self.types.rows()) > 1 else f"{trace.form_type.code} {number}"
        else:
            text = neighbour(self.field.text, step)
        if text:
            self.field.set_text(text)
            self.look_up(text)

    # -- what it shows ---------------------------------------------------------------------------------

    def _show_traces(self, traces: Sequence[Trace], sentence: str) -> None:
        self._trace = None
        self.types.set_rows(traces)
        self.types.setVisible(len(traces) > 1)
        self._fit_types()
        if traces:
            select_first(self.types)
            self.types.refit()
            self._show_chosen()
        else:
            self.sentence.setText(unbroken(sentence))
            self._show_life(None)
        self.next_step_changed.emit()

    def _show_chosen(self) -> None:
        trace: Trace | None = self.types.selected()
        if trace is not None and trace is not self._trace:
            self.sentence.setText(unbroken(present_text(trace)))
            self._show_life(trace)
            self.next_step_changed.emit()

    def _show_life(self, trace: Trace | None) -> None:
        self._trace = trace
        self.chip.setVisible(trace is not None)
        if trace is not None:
            self.chip.set_state(condition_tone(trace.condition), trace.condition.label)
        alert = seen_again_text(trace) if trace is not None else ""
        self.alert_label.setText(alert)
        self.alert.setVisible(bool(alert))
        self._columns.still_lost = bool(alert)
        self.list.set_rows(timeline(trace) if trace is not None else [])
        self.list.refit()
        if trace is not None and trace.steps and self.list.selected() is None:
            self.list.view.select_row(self.list.model.rowCount() - 1)
        self._on_step_chosen(self.list.selected())

    def _on_step_chosen(self, row: TimelineRow | None) -> None:
        if isinstance(row, TraceStep):
            self.details.setText(step_text(row))
        else:
            self.details.setText(row.seen_in if row is not None else "")

    def _on_step_activated(self, row: TimelineRow) -> None:
        if isinstance(row, TraceStep):
            self.open_tab.emit("register", row.movement_id)

    def _fit_types(self) -> None:
        """The list of types is as high as its lines."""
        view = self.types.view
        row = view.verticalHeader().defaultSectionSize()
        lines = max(1, min(self.types.model.rowCount(), _MOST_SHOWN_AT_ONCE))
        view.setFixedHeight(view.filter_header.height() + lines * row + 2 * view.frameWidth())

    def _build_layout(self) -> None:
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.sentence, 1)
        said.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.types)
        layout.addLayout(said)
        layout.addWidget(self.alert)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.details)
        self.setFocusProxy(self.field)
