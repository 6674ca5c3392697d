"""Checks of the office's facts: texts, dates, overlaps, the tree of units (the coat of arms: logo.py).

Each `check_` gives back the fact as it will be stored (texts trimmed) or raises RuleError with its sentence.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from sisfoh_desktop.basics.dates import FIRST_YEAR, LAST_YEAR, format_date
from sisfoh_desktop.basics.dni import check_dni
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name
from sisfoh_desktop.basics.ubigeo import check_scope
from sisfoh_desktop.modules.office.rules.facts import (
    Body,
    DatedFact,
    Holiday,
    Legend,
    Municipality,
    Norm,
    Officer,
    Unit,
    UnitName,
    YearName,
)
from sisfoh_desktop.modules.office.rules.logo import check_logo
from sisfoh_desktop.modules.office.rules.terms import TERM_KEYS, LegalTerm

LONGEST = {"name": 200, "short": 40, "text": 300, "note": 600}
LONGEST_TERM = 365
_PORTAL = re.compile(r"(https?://)?[A-Za-z0-9]([A-Za-z0-9-]*\.)+[A-Za-z]{2,}(/[^\s<>\"]*)?")
_SIGLAS = re.compile(r"[^\W_][\w.&/-]*")


class _Period(Protocol):
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


def in_force(period: _Period, on: date) -> bool:
    """Whether the fact held on that day."""
    return (period.valid_from is None or period.valid_from <= on) and (
        period.valid_to is None or on <= period.valid_to
    )


def overlaps(one: _Period, other: _Period) -> bool:
    """Whether two validities share a day."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def siglas_key(siglas: str) -> str:
    """Siglas as they are compared: OGPPyMI, OGPPYMI and O.G.P.P.y M.I. are one unit."""
    return re.sub(r"[\s.]", "", siglas).casefold()


def check_period(period: _Period) -> None:
    """RuleError `dates_upside_down` or `date_out_of_range`."""
    for day in (period.valid_from, period.valid_to):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise RuleError(
                "date_out_of_range", f"La fecha {format_date(day)} está fuera de lo previsto; revise el año."
            )
    if period.valid_from and period.valid_to and period.valid_to < period.valid_from:
        raise RuleError(
            "dates_upside_down",
            f"La vigencia termina el {format_date(period.valid_to)}, antes de empezar el "
            f"{format_date(period.valid_from)}: corrija las fechas.",
        )


def check_municipality(municipality: Municipality) -> Municipality:
    """The municipality with clean texts; the ubigeo must be INEI's, since days off are scoped by it."""
    if municipality.ubigeo.catalogue != "INEI":
        raise RuleError(
            "ubigeo_not_inei",
            "El ubigeo de la municipalidad debe ser el del INEI (Tacna: 230101); el del RENIEC es otro.",
        )
    portal = clean_name(
        municipality.portal_url, what="la dirección del portal", limit=LONGEST["name"], required=False
    )
    if portal and not _PORTAL.fullmatch(portal):
        raise RuleError(
            "portal_invalid",
            f"«{portal[:60]}» no es una dirección de portal: escríbala como www.munitacna.gob.pe.",
        )
    if municipality.logo is not None:
        check_logo(municipality.logo)
    return replace(
        municipality,
        name=clean_name(municipality.name, what="el nombre de la municipalidad", limit=LONGEST["name"]),
        short_name=clean_name(
            municipality.short_name, what="la sigla de la municipalidad", limit=LONGEST["short"]
        ),
        place_name=clean_name(
            municipality.place_name, what="el lugar que va antes de la fecha", limit=LONGEST["short"]
        ),
        portal_url=portal,
    )


def check_unit_name(unit: Unit, others: Iterable[UnitName]) -> Unit:
    """A unit's name checked against `others`: every stored name but the one that this replaces.

    RuleError `unit_name_overlap` (its own names) or `siglas_taken` (another unit's, at the same time).
    """
    check_period(unit)
    siglas = clean_name(unit.siglas, what="la sigla de la unidad", limit=LONGEST["short"])
    if not _SIGLAS.fullmatch(siglas):
        raise RuleError(
            "siglas_invalid", f"«{siglas}» no sirve como sigla: use letras y cifras sin espacios, como OGAJ."
        )
    checked = replace(
        unit,
        name=clean_name(unit.name, what="el nombre de la unidad", limit=LONGEST["name"]),
        siglas=siglas,
        document=clean_name(
            unit.document, what="el documento de la unidad", limit=LONGEST["name"], required=False
        ),
    )
    for other in others:
        if not overlaps(checked, other):
            continue
        if unit.id and other.unit_id == unit.id:
            raise RuleError(
                "unit_name_overlap",
                f"La unidad ya se llama «{other.name}» {period_words(other)}: dos nombres no pueden regir "
                "el mismo día; termine uno antes de empezar el otro.",
            )
        if siglas_key(other.siglas) == siglas_key(siglas):
            raise RuleError(
                "siglas_taken",
                f"La sigla {siglas} ya es de «{other.name}» {period_words(other)}: use otra o corrija las fechas.",
            )
    return checked


def check_parent(unit_id: int, parent_id: int | None, parents: Mapping[int, int | None]) -> None:
    """RuleError `unit_unknown` or `unit_circle` unless `parent_id` may stand above `unit_id` in the tree."""
    above = parent_id
    while above is not None:
        if above not in parents:
            raise RuleError("unit_unknown", "La unidad superior ya no existe: elija otra de la lista.")
        if above == unit_id:
            raise RuleError(
                "unit_circle", "Una unidad no puede depender de sí misma ni de una de sus dependientes."
            )
        above = parents[above]


def check_dated(fact: DatedFact, others: Iterable[DatedFact]) -> DatedFact:
    """Check any other dated fact against `others`, the stored ones of its kind without itself."""
    check_period(fact)
    if isinstance(fact, Officer):
        return _check_officer(fact, others)
    if isinstance(fact, Holiday):
        return _check_holiday(fact)
    if isinstance(fact, Norm):
        checked_norm = replace(
            fact,
            code=clean_name(fact.code, what="el código de la norma", limit=LONGEST["name"]),
            title=clean_name(fact.title, what="el título de la norma", limit=LONGEST["note"]),
            source=clean_name(fact.source, what="la fuente", limit=LONGEST["text"], required=False),
            trust=clean_name(
                fact.trust, what="la marca de confianza", limit=LONGEST["short"], required=False
            ),
        )
        _refuse_overlap(checked_norm, others, "code", "norm_overlap", f"La norma {checked_norm.code}")
        return checked_norm
    if isinstance(fact, Body):
        checked_body = replace(
            fact,
            name=clean_name(fact.name, what="el nombre del organismo", limit=LONGEST["name"]),
            siglas=clean_name(fact.siglas, what="la sigla del organismo", limit=LONGEST["short"]),
            source=clean_name(fact.source, what="la fuente", limit=LONGEST["text"], required=False),
            trust=clean_name(
                fact.trust, what="la marca de confianza", limit=LONGEST["short"], required=False
            ),
        )
        _refuse_overlap(checked_body, others, "siglas", "body_overlap", f"El organismo {checked_body.siglas}")
        return checked_body
    if isinstance(fact, LegalTerm):
        return _check_term(fact, others)
    return _check_printed_text(fact, others)


def _check_term(term: LegalTerm, others: Iterable[DatedFact]) -> LegalTerm:
    if term.key not in TERM_KEYS:
        raise RuleError(
            "term_key_unknown",
            "Ese plazo no es de los que usa el programa: elija para qué sirve en la lista.",
        )
    if not 0 <= term.days <= LONGEST_TERM:
        raise RuleError(
            "term_days_invalid", f"Un plazo va de 0 (el mismo día) a {LONGEST_TERM} días: revise el número."
        )
    checked = replace(
        term,
        title=clean_name(term.title, what="el nombre del plazo", limit=LONGEST["name"]),
        norm=clean_name(term.norm, what="la norma del plazo", limit=LONGEST["name"]),
        trust=clean_name(term.trust, what="la marca de confianza", limit=LONGEST["short"], required=False),
    )
    _refuse_overlap(checked, others, "key", "term_overlap", f"El plazo «{checked.title}»")
    return checked


def _check_printed_text(fact: YearName | Legend, others: Iterable[DatedFact]) -> YearName | Legend:
    label = "el texto de la leyenda" if isinstance(fact, Legend) else "el nombre del año"
    text = clean_name(fact.text, what=label, limit=LONGEST["note"])
    norm = clean_name(fact.norm, what="la norma", limit=LONGEST["name"], required=False)
    trust = clean_name(fact.trust, what="la marca de confianza", limit=LONGEST["short"], required=False)
    for other in others:
        if isinstance(fact, Legend) and isinstance(other, Legend) and overlaps(fact, other):
            raise RuleError(
                "legend_overlap",
                f"Ya hay una leyenda {period_words(other)}: termínela el día anterior y agregue la nueva.",
            )
        if isinstance(other, YearName) and other.text.casefold() == text.casefold() and overlaps(fact, other):
            raise RuleError("year_name_overlap", f"Ese nombre ya está registrado {period_words(other)}.")
    if isinstance(fact, Legend):
        return replace(fact, text=text, norm=norm, trust=trust)
    return replace(fact, text=text, norm=norm, trust=trust)


def _check_officer(officer: Officer, others: Iterable[DatedFact]) -> Officer:
    checked = replace(
        officer,
        name=clean_name(officer.name, what="el nombre de la persona", limit=LONGEST["name"]),
        title=clean_name(officer.title, what="el título profesional", limit=LONGEST["short"], required=False),
        position=clean_name(officer.position, what="el cargo", limit=LONGEST["name"]),
        document=clean_name(
            officer.document,
            what="el documento de designación",
            limit=LONGEST["name"],
            required=officer.acting,
        ),
        dni=check_dni(officer.dni) if officer.dni else officer.dni,
    )
    for other in others:
        same_seat = (
            isinstance(other, Officer)
            and other.unit_id == officer.unit_id
            and other.head
            and officer.head
            and other.acting == officer.acting
        )
        if isinstance(other, Officer) and same_seat and overlaps(checked, other):
            raise RuleError(
                "officer_overlap",
                f"{other.full_name} ya figura como {other.full_position} {period_words(other)}: ponga fin a esa "
                "designación antes de registrar la nueva.",
            )
    return checked


def _check_holiday(holiday: Holiday) -> Holiday:
    ways = [
        holiday.month is not None or holiday.day is not None,
        holiday.easter_offset is not None,
        holiday.single_day is not None,
    ]
    if sum(ways) != 1:
        raise RuleError(
            "holiday_date_unclear",
            "Indique una sola forma de fecha: cada año, según la Pascua o un solo día.",
        )
    if ways[0]:
        try:
            date(2024, holiday.month or 0, holiday.day or 0)  # a leap year: 29 February is allowed
        except ValueError:
            raise RuleError(
                "holiday_date_invalid", "Ese día y mes no existen: revise la fecha del feriado."
            ) from None
    if holiday.easter_offset is not None and not -70 <= holiday.easter_offset <= 70:
        raise RuleError(
            "holiday_date_invalid", "Los días desde la Pascua van de -70 a 70 (Jueves Santo es -3)."
        )
    if holiday.single_day is not None and not FIRST_YEAR <= holiday.single_day.year <= LAST_YEAR:
        raise RuleError(
            "date_out_of_range", "El año del día no laborable está fuera de lo previsto; revíselo."
        )
    return replace(
        holiday,
        name=clean_name(holiday.name, what="el nombre del feriado", limit=LONGEST["name"]),
        norm=clean_name(holiday.norm, what="la norma del feriado", limit=LONGEST["name"], required=False),
        note=clean_name(holiday.note, what="la nota", limit=LONGEST["note"], required=False),
        trust=clean_name(holiday.trust, what="la marca de confianza", limit=LONGEST["short"], required=False),
        entered_by=clean_name(
            holiday.entered_by, what="quién lo registra", limit=LONGEST["name"], required=False
        ),
        scope=check_scope(holiday.scope.strip()),
    )


def _refuse_overlap(
    fact: Norm | Body | LegalTerm, others: Iterable[DatedFact], key: str, code: str, named: str
) -> None:
    """RuleError `code` when another row with the same `key` holds on a shared day."""
    for other in others:
        if not isinstance(other, type(fact)) or not overlaps(fact, other):
            continue
        if str(getattr(other, key)).casefold() == str(getattr(fact, key)).casefold():
            raise RuleError(code, f"{named} ya está registrada {period_words(other)}; corrija esa fila.")


def period_words(period: _Period) -> str:
    """`del 01/01/2024 al 31/12/2024`, `desde el …`, `hasta el …` or `sin fecha de término`."""
    if period.valid_from and period.valid_to:
        return f"del {format_date(period.valid_from)} al {format_date(period.valid_to)}"
    if period.valid_from:
        return f"desde el {format_date(period.valid_from)}"
    if period.valid_to:
        return f"hasta el {format_date(period.valid_to)}"
    return "sin fecha de término"
