"""The copy sent to the national body: from which event its term counts, the words of its oficio, its closing."""

from dataclasses import dataclass, replace
from datetime import date

from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.document_numbers import proposed_mask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text
from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.office.rules import CountsFrom, LegalTerm
from sisfoh_desktop.modules.resoluciones.rules.genders import first_word, of_the, the

LETTER_SERIES = "oficio_gm"
UNKNOWN_PERSON = "Señor(a):"
UNKNOWN_POST = "Director(a)"
_MEN = ("director", "jefe", "coordinador", "secretario", "subdirector", "ministro", "viceministro")
_WOMEN = ("directora", "jefa", "coordinadora", "secretaria", "subdirectora", "ministra", "viceministra")
_EVENT_WORDS = {
    CountsFrom.ISSUE: "la emisión del acto",
    CountsFrom.APPROVAL: "la aprobación del plan",
    CountsFrom.NOTIFICATION: "la notificación del acto",
    CountsFrom.RECEIPT: "la recepción del acto",
}


@dataclass(frozen=True)
class RemissionClock:
    """Until when the copy must be sent, from which event that counts and who says so.

    `event_on` and `due` are None while the event has not happened. `notes` is what deserves a second look.
    """

    days: int
    words: str
    event: CountsFrom
    event_on: date | None
    due: date | None
    norm: str
    trust: str
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """`3 días hábiles desde la aprobación del plan, 08/03/2024 (Directiva…)`."""
        when = f", {format_date(self.event_on)}" if self.event_on else ", que todavía no ocurre"
        return f"{self.words} desde {_EVENT_WORDS[self.event]}{when} ({self.norm})"


@dataclass(frozen=True)
class Events:
    """The days of an act: its date, which is that of its issue and of what it approves; its author's signature; the
    first notification that took effect. None is what has not happened.
    """

    issued: date
    signed: date | None = None
    notified: date | None = None

    def day_of(self, event: CountsFrom) -> date | None:
        return self.issued if event in (CountsFrom.ISSUE, CountsFrom.APPROVAL) else self.notified


@dataclass(frozen=True)
class Letter:
    """What the clerk decides of an oficio; all else in it is locked data. `author_unit_id` signs it."""

    dated: date
    author_unit_id: int
    addressee: str = ""
    position: str = ""
    extra: str = ""


@dataclass(frozen=True)
class PrintedLetter:
    """An oficio as it is printed, its data already told."""

    number: str
    place: str
    dated: date
    addressee: tuple[str, ...]
    subject: str
    references: tuple[str, ...]
    paragraphs: tuple[str, ...]
    copies: tuple[str, ...] = ()
    greeting: str = UNKNOWN_PERSON


@dataclass(frozen=True)
class LetterData:
    """The locked data of an oficio; `rectifies` is the act, with its date, that the one sent rectifies."""

    act: str
    act_dated: date
    plan: str
    body: str
    body_siglas: str
    clock: RemissionClock | None
    folios: int
    with_annex: bool
    initials: str = ""
    rectifies: str = ""


@dataclass(frozen=True)
class Sending:
    """What the clerk registers when the copy was sent; `letter` is the number of the oficio that carried it."""

    letter: str
    sent_on: date
    channel: str
    registry: str = ""


@dataclass(frozen=True)
class Remission:
    """The remission of an act: its clock as it was told, its oficio's paper, and how it was sent.

    `late_days` are working days after `due`, None until it is sent or where there was no term.
    """

    id: int
    resolucion_id: int
    body: str
    body_siglas: str
    event: CountsFrom
    event_on: date | None
    days: int
    norm: str
    due: date | None
    paper_id: int | None = None
    sending: Sending | None = None
    late_days: int | None = None
    proof: Attachment | None = None
    version: int = 1

    @property
    def closing(self) -> str:
        """`a tiempo`, `con 2 días hábiles de retraso`; empty until it is sent."""
        return lateness_words(self.late_days) if self.sending is not None else ""


def remission_clock(term: LegalTerm, events: Events, calendar: Calendar) -> RemissionClock:
    """The clock of a term as the norm gives it, over the days of this act."""
    event_on = events.day_of(term.counts_from)
    ended = term.ends(event_on, calendar) if event_on is not None else None
    skipped = tuple(f"{format_date(one.day)}: {one.reason}" for one in ended.skipped) if ended else ()
    notes = list(ended.notes) if ended else []
    if ended is not None and event_on == events.issued and events.signed not in (None, events.issued):
        assert events.signed is not None
        later = term.ends(events.signed, calendar).last_day
        notes.append(
            f"Su autor firmó el {format_date(events.signed)}: contado desde esa firma vencería el {format_date(later)}."
        )
    return RemissionClock(
        days=term.days,
        words=term.words,
        event=term.counts_from,
        event_on=event_on,
        due=ended.last_day if ended else None,
        norm=term.norm,
        trust=term.trust,
        skipped=skipped,
        notes=tuple(notes),
    )


def lateness(due: date | None, done_on: date, calendar: Calendar) -> int | None:
    """Working days after the last day of the term; 0 is on time, None where there was no term."""
    return None if due is None else workdays_between(due, done_on, calendar)


def lateness_words(late_days: int | None) -> str:
    """`a tiempo`, `con 1 día hábil de retraso`, `sin plazo`."""
    if late_days is None:
        return "sin plazo registrado"
    if late_days == 0:
        return "a tiempo"
    return f"con {late_days} {'día hábil' if late_days == 1 else 'días hábiles'} de retraso"


def clean_letter(letter: Letter, *, issued: date, today: date) -> Letter:
    """The clerk's part of an oficio as it will be kept; RuleError `letter_date` and as in `clean_text`."""
    if letter.dated > today or letter.dated < issued:
        raise RuleError(
            "letter_date",
            f"El oficio se fecha entre el día de la resolución ({format_date(issued)}) y hoy; no se guardó. "
            "Corrija la fecha.",
        )
    return replace(
        letter,
        addressee=clean_name(letter.addressee, what="el nombre del destinatario", limit=200, required=False),
        position=clean_name(letter.position, what="el cargo del destinatario", limit=200, required=False),
        extra=clean_text(letter.extra, what="el párrafo adicional", limit=2_000),
    )


def clean_sending(sending: Sending, *, issued: date, today: date) -> Sending:
    """How it was sent, as it will be kept; RuleError `sent_date` and as in `clean_name`."""
    if sending.sent_on > today:
        raise RuleError(
            "sent_date",
            f"El {format_date(sending.sent_on)} todavía no llega; no se registró. Corrija la fecha.",
        )
    if sending.sent_on < issued:
        raise RuleError(
            "sent_date",
            f"La resolución es del {format_date(issued)} y no pudo remitirse antes; no se registró. Corrija la fecha.",
        )
    return replace(
        sending,
        letter=clean_name(sending.letter, what="el número del oficio", limit=120),
        registry=clean_name(
            sending.registry, what="el registro que dio el organismo", limit=120, required=False
        ),
    )


def series_proposal(entity_siglas: str) -> tuple[str, str]:
    """Title and mask proposed for the series of oficios: `{n:03d}-{year}-GM/MPT`."""
    return "Oficios de Gerencia Municipal", proposed_mask("GM", entity_siglas)


def printed_letter(letter: Letter, data: LetterData, *, number: str, place: str) -> PrintedLetter:
    """The oficio with its data told; only `letter` is the clerk's."""
    clock = data.clock
    reason = f", en cumplimiento {of_the(clock.norm)}" if clock else ""
    term = (
        f", que da {clock.words} desde {_EVENT_WORDS[clock.event]} para hacerlo"
        if clock and clock.days
        else ""
    )
    what = _what_it_does(data)
    annex = " con su Anexo N° 01" if data.with_annex else ""
    folios = f"{data.folios} folio" if data.folios == 1 else f"{data.folios} folios"
    body = f"{data.body} ({data.body_siglas})" if data.body_siglas else data.body
    act = f"{of_the(data.act)}, del {long_date(data.act_dated)}{what}{reason}{term}"
    paragraphs = [
        f"Tengo el agrado de dirigirme a usted para remitirle, para su conocimiento, copia {act}.",
        f"Se adjunta {the(first_word(data.act).lower())}{annex}, en {folios}.",
        *(line for line in letter.extra.split("\n") if line.strip()),
        "Hago propicia la ocasión para expresarle los sentimientos de mi especial consideración.",
    ]
    position = letter.position or UNKNOWN_POST
    return PrintedLetter(
        number=number,
        place=place,
        dated=letter.dated,
        addressee=tuple(line for line in (letter.addressee, position, body) if line),
        subject=f"Remite copia {of_the(data.act)}{what}",
        references=tuple(line for line in (clock.norm if clock else "", data.act, data.rectifies) if line),
        paragraphs=tuple(paragraphs),
        copies=tuple(line for line in ("Archivo", data.initials) if line),
        greeting=_greeting(position),
    )


def _what_it_does(data: LetterData) -> str:
    """`, que aprueba el Plan de Trabajo “…”`, `, que rectifica la Resolución …`."""
    if data.plan:
        named = "" if data.plan.casefold().startswith("plan de trabajo") else "Plan de Trabajo "
        return f", que aprueba el {named}“{data.plan}”"
    return f", que rectifica {the(data.rectifies)}" if data.rectifies else ""


def _greeting(position: str) -> str:
    """By the post when it tells whether a man or a woman holds it."""
    post = position.split(maxsplit=1)[0].casefold().rstrip(",.")
    return "Señor:" if post in _MEN else "Señora:" if post in _WOMEN else UNKNOWN_PERSON
