"""The life of a form as a list: one line for each movement, and one for each time that it was seen while lost."""

from collections.abc import Mapping
from datetime import date, datetime

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.kardex.rules import Condition
from sisfoh_desktop.modules.kardex.rules.reading import Trace, TraceSighting, TraceStep
from sisfoh_desktop.modules.kardex.view.stock_rows import CONDITION_TONES
from sisfoh_desktop.modules.kardex.view.trace_words import present_text
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

TimelineRow = TraceStep | TraceSighting


def timeline(trace: Trace) -> list[TimelineRow]:
    """Steps and sightings in the order in which they were registered, the newest last."""

    def place(row: TimelineRow) -> tuple[datetime, bool, int]:
        return row.registered_at, isinstance(row, TraceSighting), getattr(row, "line_id", 0)

    steps: list[TimelineRow] = list(trace.steps)
    if not trace.sightings:
        return steps
    return sorted([*steps, *trace.sightings], key=place)


def key_of(row: TimelineRow) -> object:
    return row.line_id if isinstance(row, TraceStep) else (row.registered_at, row.seen_in)


def is_reverted(row: TimelineRow) -> bool:
    """What no longer holds; the list strikes it through."""
    return isinstance(row, TraceStep) and row.reverted_by_number > 0


class TimelineColumns:
    """The columns, with the papers of each movement (`papers`: movement id to what its acta is called)."""

    def __init__(self) -> None:
        self.papers: Mapping[int, str] = {}
        self.still_lost = False

    def columns(self) -> list[Column]:
        return [
            Column("Día", lambda row: format_date(_day(row)), _day, "center"),
            Column("Mov.", _number, _number, "right"),
            Column("Qué", _what, tone=self._what_tone, tip=_what_tip),
            Column("De → a", _way),
            Column("Condición", _condition, tone=_condition_tone),
            Column("Documento", self._document),
            Column("Registró", lambda row: row.registered_by),
        ]

    def _what_tone(self, row: TimelineRow) -> Tone | None:
        if isinstance(row, TraceSighting):
            return "danger" if self.still_lost else "dim"
        return "dim" if is_reverted(row) else None

    def _document(self, row: TimelineRow) -> str:
        """The document of the movement and the acta printed for it."""
        if isinstance(row, TraceSighting):
            return ""
        return " · ".join(one for one in (row.document, self.papers.get(row.movement_id, "")) if one)


def trace_columns() -> list[Column]:
    """One line for each type that has the number."""
    return [
        Column("Formulario", lambda trace: trace.form_type.code),
        Column("Número", lambda trace: trace.number_text, lambda trace: trace.number, "right"),
        Column("Quién lo tiene", lambda trace: trace.holder.name, tip=present_text),
        Column(
            "Desde",
            lambda trace: format_date(trace.steps[-1].moved_on) if trace.steps else "",
            align="center",
        ),
        Column(
            "Condición",
            lambda trace: trace.condition.label,
            tone=lambda trace: CONDITION_TONES[trace.condition],
        ),
    ]


def _day(row: TimelineRow) -> date:
    return row.moved_on if isinstance(row, TraceStep) else row.seen_on


def _number(row: TimelineRow) -> str:
    return f"{row.movement_number:06d}" if isinstance(row, TraceStep) else ""


def _what(row: TimelineRow) -> str:
    if isinstance(row, TraceSighting):
        return "Reapareció"
    return f"{row.kind.label} (sin efecto)" if is_reverted(row) else row.kind.label


def _what_tip(row: TimelineRow) -> str:
    if isinstance(row, TraceSighting):
        return f"Reapareció: {row.seen_in}"
    if row.reverted_by_number:
        return f"{row.kind.label}: lo revirtió el movimiento N° {row.reverted_by_number:06d}"
    if row.reverses_number:
        return f"{row.kind.label} del movimiento N° {row.reverses_number:06d}"
    return row.kind.label


def _way(row: TimelineRow) -> str:
    if isinstance(row, TraceSighting):
        return row.seen_in
    if row.from_holder.id == row.to_holder.id:
        return f"En poder de {row.to_holder.name}"
    return f"{row.from_holder.name} → {row.to_holder.name}"


def _condition(row: TimelineRow) -> str:
    return row.to_condition.label if isinstance(row, TraceStep) else ""


def _condition_tone(row: TimelineRow) -> Tone | None:
    return CONDITION_TONES[row.to_condition] if isinstance(row, TraceStep) else None


def condition_tone(condition: Condition) -> Tone:
    """The tone of the chip beside the sentence."""
    return CONDITION_TONES[condition] or "accent"
