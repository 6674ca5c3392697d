"""Rows of the timeline: documents, and what happened to opinions without a document of its own."""

from collections.abc import Mapping, Sequence
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import Opinion, OpinionEvent, Step
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

Row = Step | OpinionEvent

_OPINION_TONES: dict[Opinion, Tone | None] = {
    Opinion.NONE: None,
    Opinion.FAVOURABLE: "ok",
    Opinion.CONDITIONAL: "warn",
    Opinion.UNFAVOURABLE: "danger",
    Opinion.ASKS_MORE: "warn",
}


class TimelineRows:
    """The rows of one expediente and the columns that read them; `notes` are the events that a document tells."""

    def __init__(self) -> None:
        self.notes: Mapping[int, Sequence[str]] = {}

    def rows_of(self, steps: Sequence[Step], events: Sequence[OpinionEvent]) -> list[Row]:
        """Documents and events in the order of their days, documents first; told events become their notes."""
        notes: dict[int, list[str]] = {}
        known = {step.document.id for step in steps}
        for event in events:
            if event.document_id in known:
                notes.setdefault(event.document_id or 0, []).append(event.text)
        self.notes = notes
        alone = [event for event in events if event.document_id not in known]
        return sorted([*steps, *alone], key=_place)

    def columns(self) -> list[Column]:
        """Date, working days, document or event, from, to, what it resolves, notes."""
        return [
            Column("Fecha", lambda row: format_date(day_of(row)), _place, "center", 92),
            Column("d. h.", _gap, _workdays, "right", 52),
            Column("Documento", lambda row: row.document.title if isinstance(row, Step) else row.text),
            Column(
                "De", lambda row: row.document.entry.sender.label if isinstance(row, Step) else "", width=84
            ),
            Column("Para", _receiver, width=84),
            Column("Resuelve", _resolves, tone=_resolves_tone, width=134),
            Column("Anotado", self._noted, tone=lambda row: "warn" if _marks(row) else None, width=150),
        ]

    def _noted(self, row: Row) -> str:
        """The marks of an unusual registration, how many pages are attached, which opinion it asks or answers."""
        if isinstance(row, OpinionEvent):
            return ""
        attachment = row.document.attachment
        pages = [f"{attachment.pages} pág."] if attachment else []
        return "; ".join([*_marks(row), *pages, *self.notes.get(row.document.id, ())])


def key_of(row: Row) -> object:
    """What tells rows apart; a document keeps its id."""
    if isinstance(row, Step):
        return row.document.id
    return (row.opinion_id, row.on, row.text)


def day_of(row: Row) -> date:
    return row.document.entry.on if isinstance(row, Step) else row.on


def _place(row: Row) -> tuple[object, int, int]:
    if isinstance(row, Step):
        return (row.document.entry.on, 0, row.document.id)
    return (row.on, 1, row.opinion_id)


def _gap(row: Row) -> str:
    days = _workdays(row)
    return "" if days is None else f"+{days}"


def _workdays(row: Row) -> int | None:
    return row.workdays if isinstance(row, Step) else None


def _receiver(row: Row) -> str:
    return row.document.entry.receiver.label if isinstance(row, Step) else row.unit.label


def _resolves(row: Row) -> str:
    if isinstance(row, OpinionEvent) or row.document.entry.opinion is Opinion.NONE:
        return ""
    return row.document.entry.opinion.label


def _resolves_tone(row: Row) -> Tone | None:
    return _OPINION_TONES[row.document.entry.opinion] if isinstance(row, Step) else None


def _marks(row: Row) -> list[str]:
    return [mark.label for mark in row.marks] if isinstance(row, Step) else []
