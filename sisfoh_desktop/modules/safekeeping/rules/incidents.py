"""A security incident with personal data: its 48 hours, its steps, what each of them needs. Plain Python.

Reglamento of Ley 29733 (DS 016-2024-JUS), arts. 34 and 35.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text, counted

HOURS_TO_REPORT = 48
_SOON = timedelta(hours=12)
LONGEST_TITLE = 200
LONGEST_TEXT = 4000
MOST_HOLDERS = 99_999_999
_HOUR = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")


class Clock(StrEnum):
    """How an incident stands with its 48 hours."""

    WITHIN = "within"
    SOON = "soon"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATE = "late"
    UNREPORTED = "unreported"

    @property
    def label(self) -> str:
        """The name on screens."""
        return _CLOCKS[self]


_CLOCKS = {
    Clock.WITHIN: "En plazo",
    Clock.SOON: "Menos de 12 horas",
    Clock.OVERDUE: "Vencido",
    Clock.IN_TIME: "Comunicado en plazo",
    Clock.LATE: "Comunicado tarde",
    Clock.UNREPORTED: "Cerrado sin comunicar",
}


class Step(StrEnum):
    """A communication that is noted when it was made."""

    AUTHORITY = "reported_at"
    HOLDERS = "holders_told_at"
    CENTRE = "centre_told_at"

    @property
    def label(self) -> str:
        """Who was told."""
        return _STEPS[self]


_STEPS = {
    Step.AUTHORITY: "Autoridad Nacional de Protección de Datos Personales (ANPD)",
    Step.HOLDERS: "Titulares de los datos",
    Step.CENTRE: "Centro Nacional de Seguridad Digital",
}


@dataclass(frozen=True)
class Incident:
    """An incident as the office tells it; moments are aware, None while the step was not taken.

    `holder_count` None while nobody knows. `paper_id` is the last report that was emitted about it.
    """

    known_at: datetime
    title: str
    description: str
    data_kinds: str
    sensitive: bool
    holder_count: int | None = None
    consequences: str = ""
    measures: str = ""
    registered_at: datetime | None = None
    registered_by: str = ""
    reported_at: datetime | None = None
    report_document: str = ""
    holders_told_at: datetime | None = None
    centre_told_at: datetime | None = None
    closed: bool = False
    closing_note: str = ""
    paper_id: int | None = None
    id: int = 0
    version: int = 0

    @property
    def due_at(self) -> datetime:
        """The moment at which the 48 hours end."""
        return self.known_at + timedelta(hours=HOURS_TO_REPORT)


def clock_of(incident: Incident, now: datetime) -> Clock:
    """How the incident stands with its 48 hours; a report at the very hour is in time."""
    if incident.reported_at is not None:
        return Clock.IN_TIME if incident.reported_at <= incident.due_at else Clock.LATE
    if incident.closed:
        return Clock.UNREPORTED
    if now > incident.due_at:
        return Clock.OVERDUE
    return Clock.SOON if incident.due_at - now < _SOON else Clock.WITHIN


def clock_words(incident: Incident, now: datetime) -> str:
    """The same by the hour: «Quedan 11 h 20 min», «Venció hace 2 h 05 min»."""
    state = clock_of(incident, now)
    if state in (Clock.IN_TIME, Clock.LATE):
        assert incident.reported_at is not None
        return f"{state.label}, a las {span_words(incident.reported_at - incident.known_at)}"
    if state is Clock.UNREPORTED:
        return state.label
    left = incident.due_at - now
    return f"Quedan {span_words(left)}" if left >= timedelta(0) else f"Venció hace {span_words(-left)}"


def span_words(span: timedelta) -> str:
    """Whole hours and minutes: «11 h 20 min»; from four days on in days."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= 4 * 24 * 60:
        return counted(minutes // (24 * 60), "día", "días")
    return f"{minutes // 60} h {minutes % 60:02d} min"


def moment_words(moment: datetime) -> str:
    """«08/03/2024 10:05», in Lima."""
    at = moment.astimezone(LIMA)
    return f"{format_date(at.date())} {at:%H:%M}"


def step_taken(incident: Incident) -> str:
    """The last step, for a list."""
    if incident.closed:
        return "Cerrado"
    taken = [
        word
        for word, at in (
            ("ANPD", incident.reported_at),
            ("titulares", incident.holders_told_at),
            ("centro digital", incident.centre_told_at),
        )
        if at is not None
    ]
    return f"Comunicado: {', '.join(taken)}" if taken else "Registrado"


def read_hour(text: str) -> time:
    """An hour as people type it: `9:05`, `9.05`, `0905`, `9`. RuleError `hour_invalid`."""
    found = _HOUR.fullmatch(text.strip().lower().removesuffix("h").strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise RuleError(
            "hour_invalid",
            f"«{text.strip()[:20]}» no es una hora; escríbala de 00:00 a 23:59, por ejemplo 14:05.",
        )
    return time(hour, minute)


# --- what is kept ---


def clean_incident(incident: Incident, now: datetime) -> Incident:
    """The told part of an incident as it will be kept.

    RuleError `moment_future`, `number_invalid`, `text_missing`, `text_too_long`, `text_unprintable`.
    """
    if incident.known_at > now:
        raise RuleError(
            "moment_future",
            "El momento en que se supo todavía no llega; no se guardó nada. Revise el día y la hora.",
        )
    if incident.holder_count is not None and not 0 <= incident.holder_count <= MOST_HOLDERS:
        raise RuleError(
            "number_invalid",
            "El número de titulares no es válido; no se guardó nada. Déjelo vacío si no se sabe.",
        )

    def text(value: str, what: str, *, required: bool = False) -> str:
        return clean_text(value, what=what, limit=LONGEST_TEXT, required=required)

    return replace(
        incident,
        title=clean_name(incident.title, what="qué pasó, en una línea", limit=LONGEST_TITLE),
        description=text(incident.description, "la naturaleza del incidente", required=True),
        data_kinds=text(incident.data_kinds, "las clases de datos afectados", required=True),
        consequences=text(incident.consequences, "las consecuencias"),
        measures=text(incident.measures, "las medidas"),
    )


def check_open(incident: Incident) -> None:
    """RuleError `incident_closed`: what is closed stays as it was answered for."""
    if incident.closed:
        raise RuleError(
            "incident_closed",
            "El incidente ya está cerrado y no se cambia; no se guardó nada. Si se supo algo nuevo, registre otro.",
        )


def with_step(incident: Incident, step: Step, at: datetime, document: str, now: datetime) -> Incident:
    """The incident with a communication noted.

    RuleError `incident_closed`, `moment_future`, `moment_before` or, for the ANPD, `text_missing` without document.
    """
    check_open(incident)
    if at > now:
        raise RuleError(
            "moment_future", "Ese momento todavía no llega; no se anotó nada. Revise el día y la hora."
        )
    if at < incident.known_at:
        raise RuleError(
            "moment_before",
            f"El incidente se supo el {moment_words(incident.known_at)} y no pudo comunicarse antes; no se anotó nada. "
            "Corrija la fecha o la hora.",
        )
    if step is Step.HOLDERS:
        return replace(incident, holders_told_at=at)
    if step is Step.CENTRE:
        return replace(incident, centre_told_at=at)
    return replace(
        incident,
        reported_at=at,
        report_document=clean_name(document, what="el documento de la comunicación", limit=200),
    )


def check_known_at(incident: Incident) -> None:
    """RuleError `moment_before` when a step that was noted would come before the incident was known."""
    if any(
        at is not None and at < incident.known_at for at in (getattr(incident, one.value) for one in Step)
    ):
        raise RuleError(
            "moment_before",
            "Ya hay una comunicación anotada antes de ese momento; no se guardó nada. Revise el día y la hora.",
        )


def closed_with(incident: Incident, note: str) -> Incident:
    """The incident closed: RuleError `incident_closed`, `text_missing`, or `report_missing` with sensitive data."""
    check_open(incident)
    kept = clean_text(note, what="cómo terminó", limit=LONGEST_TEXT, required=True)
    if incident.sensitive and incident.reported_at is None:
        raise RuleError(
            "report_missing",
            "Hay datos sensibles y falta anotar la comunicación a la ANPD; el incidente sigue abierto. "
            "Comuníquelo, anótelo y ciérrelo después.",
        )
    return replace(incident, closed=True, closing_note=kept)


def gaps(incident: Incident) -> tuple[str, ...]:
    """What the report to the ANPD still lacks (art. 34.2), in words."""
    return tuple(
        words
        for words, known in (
            ("cuántos titulares", incident.holder_count is not None),
            ("consecuencias posibles", bool(incident.consequences)),
            ("medidas", bool(incident.measures)),
        )
        if not known
    )
