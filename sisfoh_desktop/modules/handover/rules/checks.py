"""What a handover must say before it is kept, and before its acta is drawn up. Plain Python."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import without_dni
from sisfoh_desktop.basics.document_numbers import proposed_mask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text, counted, without_accents
from sisfoh_desktop.modules.handover.rules.facts import (
    CHOSEN_SECTIONS,
    Credential,
    Handover,
    HandoverState,
    Line,
    Person,
    Section,
)
from sisfoh_desktop.modules.handover.rules.secrets import check_no_secret

SERIES = "handover"
PAPER_KIND = "handover"
RECORD_KIND = "handover"
LONGEST_NAME, LONGEST_REASON, LONGEST_NOTE, LONGEST_PLACE = 200, 200, 2000, 200
LONGEST_SYSTEM = 120
MOST_CREDENTIALS = 60
_FARTHEST = timedelta(days=366)


def clean_handover(handover: Handover, today: date) -> Handover:
    """The draft as it will be kept; a DNI in what was typed is masked, for the acta goes out of the office.

    RuleError `text_...`, `same_person`, `date_far`, `section_missing`, `looks_like_secret`, `credentials_many`.
    """
    leaver = _clean_person(handover.leaver, "quien entrega el cargo")
    receiver = _clean_person(handover.receiver, "quien lo recibe")
    if _same(leaver, receiver):
        raise RuleError(
            "same_person",
            "Quien entrega y quien recibe son la misma persona; no se guardó nada. Elija a quien recibe el cargo.",
        )
    if abs(handover.handed_on - today) > _FARTHEST:
        raise RuleError(
            "date_far",
            f"La entrega del {format_date(handover.handed_on)} está a más de un año de hoy; no se guardó nada. "
            "Revise la fecha.",
        )
    if not handover.sections:
        raise RuleError(
            "section_missing", "Falta elegir qué se entrega; no se guardó nada. Marque al menos una parte."
        )
    if len(handover.credentials) > MOST_CREDENTIALS:
        raise RuleError(
            "credentials_many",
            f"La lista de sistemas tiene {len(handover.credentials)} líneas y el máximo es {MOST_CREDENTIALS}; no se "
            "guardó nada. Junte los que están en un mismo lugar.",
        )
    return replace(
        handover,
        leaver=leaver,
        receiver=receiver,
        reason=_without_secret(
            handover.reason, "el motivo de la entrega", LONGEST_REASON, one_line=True, required=True
        ),
        document=_without_secret(
            handover.document, "el documento que la dispone", LONGEST_REASON, one_line=True
        ),
        note=_without_secret(handover.note, "la observación", LONGEST_NOTE),
        sections=tuple(section for section in CHOSEN_SECTIONS if section in handover.sections),
        credentials=tuple(clean_credential(one) for one in handover.credentials),
    )


def clean_credential(credential: Credential) -> Credential:
    """A line of the list of systems; RuleError `text_...`, `looks_like_secret`."""
    system = without_dni(clean_name(credential.system, what="el nombre del sistema", limit=LONGEST_SYSTEM))
    check_no_secret(system, "el nombre del sistema")
    return replace(
        credential,
        system=system,
        account=_without_secret(credential.account, "el usuario o cuenta", LONGEST_SYSTEM, one_line=True),
        place=_without_secret(
            credential.place, "el lugar donde se guarda la clave", LONGEST_PLACE, one_line=True, required=True
        ),
        custodian=_without_secret(
            credential.custodian, "quién la custodia", LONGEST_PLACE, one_line=True, required=True
        ),
    )


def check_can_edit(handover: Handover) -> None:
    """RuleError `handover_frozen` once the acta was drawn up."""
    if not handover.is_draft:
        raise RuleError(
            "handover_frozen",
            f"El acta de la entrega de {handover.title} ya se emitió; no se cambió nada. Si hay que corregirla, "
            "obsérvela o anúlela en Papeles y vuelva a abrirla aquí.",
        )


def check_can_reopen(handover: Handover) -> None:
    """RuleError `handover_standing` unless its acta was observed or annulled."""
    if handover.state is not HandoverState.OBSERVED:
        raise RuleError(
            "handover_standing",
            f"El acta de la entrega de {handover.title} no está observada ni anulada; no se cambió nada. "
            "Quien firma puede observarla en Papeles.",
        )


def check_can_take(handover: Handover, user_id: int | None, *, may_make: bool) -> None:
    """Only whoever receives says that it was gone through.

    RuleError `handover_draft`, `handover_observed`, `not_receiver`.
    """
    if handover.is_draft:
        raise RuleError(
            "handover_draft",
            "Esta entrega todavía es un borrador; no se cambió nada. Emita antes su acta.",
        )
    if handover.state is HandoverState.OBSERVED:
        raise RuleError(
            "handover_observed",
            f"El acta de la entrega de {handover.title} está observada o anulada; no se cambió nada. Espere a que "
            "se emita otra vez.",
        )
    receives = handover.receiver.user_id is not None and handover.receiver.user_id == user_id
    if not receives and not (may_make and handover.receiver.user_id is None):
        raise RuleError(
            "not_receiver",
            f"Solo {handover.receiver.name} puede dar por revisado lo que recibió; no se cambió nada.",
        )


def check_not_taken(handover: Handover) -> None:
    """RuleError `handover_taken` once it was gone through: that day stands."""
    if handover.taken_at is not None:
        raise RuleError(
            "handover_taken",
            f"Lo recibido en la entrega de {handover.title} ya se revisó el {format_date(handover.taken_at.date())}; "
            "no se cambió nada.",
        )


def series_proposal(entity_siglas: str, unit_siglas: str) -> tuple[str, str]:
    """Title and mask proposed for the series of the actas: `{n:03d}-{year}-ULE/MPT`."""
    return "Entregas de cargo", proposed_mask(unit_siglas, entity_siglas)


def credential_lines(credentials: Iterable[Credential]) -> list[Line]:
    """The systems as lines of the acta."""
    return [
        Line(
            Section.CREDENTIALS,
            one.system + (f" ({one.account})" if one.account else ""),
            f"Se guarda en: {one.place}. Custodia: {one.custodian}",
        )
        for one in credentials
    ]


def read_credential(line: Line) -> tuple[str, str, str]:
    """System, place and custodian of a line that `credential_lines` made, for a table of its own."""
    place, _, custodian = line.detail.removeprefix("Se guarda en: ").rpartition(". Custodia: ")
    return line.title, place, custodian


def summary(lines: Sequence[Line], today: date) -> str:
    """«27 pendientes, 9 con plazo y 2 vencidos»."""
    pending = [line for line in lines if line.section not in (Section.KEEPING, Section.CREDENTIALS)]
    due = [line.due for line in pending if line.due is not None]
    late = sum(day < today for day in due)
    told = [counted(len(pending), "pendiente", "pendientes")]
    if due:
        told.append(f"{len(due)} con plazo")
    if late:
        told.append(counted(late, "vencido", "vencidos"))
    return f"{', '.join(told[:-1])} y {told[-1]}" if len(told) > 1 else told[0]


def kept_sections(sections: Iterable[Section]) -> str:
    """The sections as JSON, to be kept."""
    return json.dumps([section.value for section in sections])


def read_sections(kept: str) -> tuple[Section, ...]:
    """The sections out of what was kept."""
    return tuple(Section(value) for value in json.loads(kept))


def _same(one: Person, other: Person) -> bool:
    if one.user_id is not None and other.user_id is not None:
        return one.user_id == other.user_id
    if one.officer_id is not None and one.officer_id == other.officer_id:
        return True
    return without_accents(one.name) == without_accents(other.name)


def _clean_person(person: Person, what: str) -> Person:
    return replace(
        person,
        name=clean_name(person.name, what=what, limit=LONGEST_NAME),
        position=clean_name(person.position, what=f"el cargo de {what}", limit=LONGEST_NAME),
        unit=clean_name(person.unit, what=f"la unidad de {what}", limit=LONGEST_NAME, required=False),
    )


def _without_secret(
    text: str, what: str, limit: int, *, one_line: bool = False, required: bool = False
) -> str:
    kept = clean_text(text, what=what, limit=limit, one_line=one_line, required=required)
    check_no_secret(kept, what)
    return without_dni(kept)
