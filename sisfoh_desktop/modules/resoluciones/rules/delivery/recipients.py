"""Who must be notified: proposed from the C.c. lines and the units of Anexo N° 01, without repeating anybody."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities.rules import MatrixUnit

MAX_RECIPIENTS = 500
_KEPT_COPIES = {"archivo", "expediente", "file", "legajo", "archivo central", "exp", "arch"}
_UNNAMED = {"interesado", "interesada", "interesados", "interesadas", "administrado", "administrados"}


class RecipientOrigin(StrEnum):
    """Why somebody is among the recipients."""

    COPIES = "copias"
    ANNEX = "anexo"
    BOTH = "copias_y_anexo"
    ADDED = "agregado"

    @property
    def label(self) -> str:
        return {
            "copias": "C.c.",
            "anexo": "Anexo N° 01",
            "copias_y_anexo": "C.c. y Anexo N° 01",
            "agregado": "Agregado",
        }[self.value]


@dataclass(frozen=True)
class Recipient:
    """A unit of the office (`unit_id`) or somebody in words; `person` heads the unit or receives for it."""

    name: str
    siglas: str = ""
    unit_id: int | None = None
    person: str = ""
    address: str = ""
    email: str = ""
    origin: RecipientOrigin = RecipientOrigin.ADDED

    @property
    def key(self) -> str:
        """The same for the same unit or the same name, however it is typed."""
        return f"unit:{self.unit_id}" if self.unit_id is not None else f"name:{_plain(self.name)}"[:200]

    @property
    def label(self) -> str:
        """`SGDSyPV · Sub Gerencia …`, or the name alone."""
        return f"{self.siglas} · {self.name}" if self.siglas and self.siglas != self.name else self.name


@dataclass(frozen=True)
class Proposal:
    """A recipient proposed to the clerk; `chosen` is how the box stands first, `note` says why it is off."""

    recipient: Recipient
    chosen: bool = True
    note: str = ""


def propose(
    copies: Iterable[str], annex: Sequence[MatrixUnit], units: Sequence[Unit]
) -> tuple[Proposal, ...]:
    """The C.c. lines in their order, then the units of the annex that are not among them.

    `copies` are printed lines, `units` those in force. A line is matched to a unit by siglas or name. The file
    copies (Archivo, Expediente) and nameless ones (Interesado) come unticked.
    """
    found: dict[str, Proposal] = {}
    for line in copies:
        text = re.sub(r"^\s*c\.?\s*c\.?\s*:?\s+", "", line.strip(), flags=re.IGNORECASE).strip()
        if not _plain(text):
            continue
        unit = _unit_of(text, units)
        proposal = _of_unit(unit, RecipientOrigin.COPIES) if unit else _in_words(text)
        found.setdefault(proposal.recipient.key, proposal)
    by_id = {unit.id: unit for unit in units}
    for row in annex:
        name = row.name or row.label
        unit = by_id.get(row.unit_id or 0) or _unit_of(name, units)
        if unit:
            proposal = _of_unit(unit, RecipientOrigin.ANNEX)
        elif not _plain(name):
            continue
        else:
            proposal = Proposal(Recipient(name[:300], unit_id=row.unit_id, origin=RecipientOrigin.ANNEX))
        known = found.get(proposal.recipient.key)
        if known is None:
            found[proposal.recipient.key] = proposal
        elif known.recipient.origin is RecipientOrigin.COPIES:
            both = replace(known.recipient, origin=RecipientOrigin.BOTH)
            found[both.key] = Proposal(both)
    return tuple(found.values())


def clean_recipient(recipient: Recipient) -> Recipient:
    """The recipient as it will be kept; RuleError as in `clean_name`, `email_invalid`."""
    email = clean_name(recipient.email, what="el correo", limit=200, required=False)
    if email and not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}", email):
        raise RuleError(
            "email_invalid",
            f"«{email}» no parece un correo electrónico; no se guardó. Escríbalo como nombre@entidad.pe o bórrelo.",
        )
    return replace(
        recipient,
        name=clean_name(recipient.name, what="el nombre del destinatario", limit=300),
        siglas=clean_name(recipient.siglas, what="la sigla", limit=40, required=False),
        person=clean_name(recipient.person, what="el nombre de la persona", limit=300, required=False),
        address=clean_name(recipient.address, what="la dirección", limit=300, required=False),
        email=email,
    )


def without_repeated(recipients: Iterable[Recipient], known: Iterable[str]) -> tuple[Recipient, ...]:
    """Those who are not among the `known` keys, each once."""
    taken, kept = set(known), []
    for recipient in recipients:
        if recipient.key not in taken:
            taken.add(recipient.key)
            kept.append(recipient)
    return tuple(kept)


def check_recipients(recipients: Sequence[Recipient]) -> None:
    """At least one and not absurdly many."""
    if not recipients:
        raise RuleError(
            "recipients_missing",
            "No hay a quién notificar que no esté ya en la lista; no se agregó nada. Marque al menos un destinatario.",
        )
    if len(recipients) > MAX_RECIPIENTS:
        raise RuleError(
            "recipients_too_many",
            f"Son {len(recipients)} destinatarios y el máximo de una vez es {MAX_RECIPIENTS}; no se agregó nada. "
            "Prepare la lista por partes.",
        )


def _of_unit(unit: Unit, origin: RecipientOrigin) -> Proposal:
    return Proposal(Recipient(unit.name, unit.siglas, unit.id, origin=origin))


def _in_words(text: str) -> Proposal:
    recipient = Recipient(text[:300], origin=RecipientOrigin.COPIES)
    plain = _plain(text)
    if plain in _KEPT_COPIES:
        return Proposal(recipient, False, "Es la copia que se guarda: no se notifica")
    if plain in _UNNAMED:
        return Proposal(recipient, False, "Agregue abajo a la persona, con su nombre y dirección")
    return Proposal(recipient)


def _unit_of(text: str, units: Sequence[Unit]) -> Unit | None:
    """The unit with those siglas, points and capitals aside, else with that name."""
    wanted, plain = _letters(text), _plain(text)
    by_siglas = next((unit for unit in units if unit.siglas and _letters(unit.siglas) == wanted), None)
    return by_siglas or next((unit for unit in units if _plain(unit.name) == plain), None)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _bare(text))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", _bare(text)).strip()


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
