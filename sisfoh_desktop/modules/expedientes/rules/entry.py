"""What a clerk types: headings, document entries and reasons, cleaned or refused with a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.expedientes.rules.facts import (
    Detail,
    DocumentEntry,
    ExpedienteState,
    Party,
)

MAX_LINE = 300
MAX_SUBJECT = 2_000
MAX_SAYS = 20_000
MAX_DETAILS = 60
MAX_FOLIOS = 99_999
REASON_LIMIT = 500


def clean_entry(entry: DocumentEntry, today: date) -> DocumentEntry:
    """The entry as it will be kept, or RuleError with what is missing or impossible."""
    number = entry.spelled_number
    if entry.on > today:
        raise RuleError(
            "date_in_future",
            f"La fecha {format_date(entry.on)} todavía no llega; no se guardó. Corrija la fecha del documento.",
        )
    if entry.received_on is not None and not entry.on <= entry.received_on <= today:
        raise RuleError(
            "received_date",
            f"La fecha de recepción {format_date(entry.received_on)} debe estar entre la del documento "
            f"({format_date(entry.on)}) y hoy; no se guardó. Corríjala.",
        )
    if entry.folios is not None and not 0 < entry.folios <= MAX_FOLIOS:
        raise RuleError(
            "folios_range", "Los folios van de 1 a 99 999; no se guardó. Corrija el número de folios."
        )
    if len(entry.details) > MAX_DETAILS:
        raise RuleError(
            "too_many_details", f"El detalle pasa de {MAX_DETAILS} filas; no se guardó. Quite las que sobran."
        )
    if entry.details and entry.with_table:
        raise RuleError(
            "two_tables",
            "El documento lleva un detalle propio y además el cuadro del plan; no se guardó. Deje uno de los dos.",
        )
    says = tuple(part for text in entry.says for part in _long(text, "lo que dice el documento").split("\n"))
    return replace(
        entry,
        number_text=number,
        registry=_line(entry.registry, "el registro"),
        sender=_party(entry.sender, "quién lo envía"),
        receiver=_party(entry.receiver, "quién lo recibe"),
        subject=clean_text(entry.subject, what="el asunto", limit=MAX_SUBJECT, required=True, one_line=True),
        says=tuple(part.strip() for part in says if part.strip()),
        details=tuple(_detail(detail) for detail in entry.details),
        kind_word=_line(entry.kind_word, "la palabra del tipo"),
        opening=_line(entry.opening, "el comienzo del considerando"),
        told_by=_line(entry.told_by, "cómo se nombra a quien lo dice"),
        considerando_citation=_line(entry.considerando_citation, "la cita del considerando"),
        vistos_citation=_line(entry.vistos_citation, "la cita de los vistos"),
        vistos_issuer=None if entry.vistos_issuer is None else _line(entry.vistos_issuer, "quién lo emite"),
        vistos_registry=_line(entry.vistos_registry, "el registro de los vistos"),
    )


def clean_heading(title: str, code: str, registry: str) -> tuple[str, str, str]:
    """Title, code and registry of an expediente as they will be kept; the title is required."""
    return (
        clean_text(title, what="el asunto del expediente", limit=MAX_SUBJECT, required=True, one_line=True),
        _line(code, "el código"),
        _line(registry, "el registro"),
    )


def check_reason(reason: str) -> str:
    """The reason for withdrawing or archiving, as the trail will keep it."""
    if not reason.strip():
        raise RuleError(
            "reason_missing", "Falta el motivo; no se cambió nada. Escríbalo y vuelva a intentar."
        )
    return clean_text(reason, what="el motivo", limit=REASON_LIMIT)


def check_can_register(state: ExpedienteState) -> None:
    """In an archived expediente no document is added, corrected, withdrawn or given a file."""
    if state is ExpedienteState.ARCHIVED:
        raise RuleError(
            "expediente_archived",
            "El expediente está archivado y sus documentos ya no cambian; no se guardó nada. Reábralo con motivo.",
        )


def check_can_change_state(state: ExpedienteState, new: ExpedienteState) -> None:
    """By hand an expediente is archived or reopened; only a signed resolución makes it resolved."""
    allowed = ExpedienteState.OPEN if state is ExpedienteState.ARCHIVED else ExpedienteState.ARCHIVED
    if new is not allowed:
        raise RuleError(
            "state_forbidden",
            f"El expediente está {state.label.lower()} y no puede pasar a {new.label.lower()}; no se cambió nada. "
            "Actualice con F5.",
        )


def document_key(entry: DocumentEntry, taken: Sequence[str]) -> str:
    """A short name such as `memorando_541`, distinct from those in `taken`."""
    number = entry.number
    base = f"{entry.kind.value}_{number.number if number else 'sn'}"
    key, copy = base, 2
    while key in taken:
        key, copy = f"{base}_{copy}", copy + 1
    return key


def is_duplicate(entry: DocumentEntry, other: DocumentEntry) -> bool:
    """The same kind and number, however they were typed; documents without number never are."""
    number, known = entry.number, other.number
    return entry.kind is other.kind and number is not None and known is not None and number.key == known.key


def _line(text: str, what: str) -> str:
    return clean_text(text, what=what, limit=MAX_LINE, one_line=True)


def _long(text: str, what: str) -> str:
    return clean_text(text, what=what, limit=MAX_SAYS)


def _party(party: Party, what: str) -> Party:
    if party.unit_id is None and not party.name.strip() and not party.person.strip():
        raise RuleError("party_missing", f"Falta {what}; no se guardó. Elija la oficina o escríbala.")
    return Party(
        _line(party.name, what), _line(party.siglas, what), party.unit_id, _line(party.person, "la persona")
    )


def _detail(detail: Detail) -> Detail:
    label = clean_text(
        detail.label, what="el rótulo del detalle", limit=MAX_LINE, required=True, one_line=True
    )
    return Detail(
        label, _line(detail.code, "el código del detalle"), _line(detail.text, "el texto del detalle")
    )
