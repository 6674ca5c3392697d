"""Facts and checks of emitted papers: series and numbers, the round of signers, states. Plain Python.

What a paper says belongs to the module that writes it; here it is a number, frozen bytes and signatures.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.basics.errors import RuleError

REASON_LIMIT = 500


class PaperState(StrEnum):
    """From frozen bytes to the author's signature; an annulled paper keeps its number and bytes."""

    FROZEN = "congelada"
    SIGNING = "en_firma"
    SIGNED = "firmada"
    ANNULLED = "anulada"


class NumberState(StrEnum):
    """Reserved at freeze, fixed by the author's signature, annulled with a reason; never used twice.

    EARLIER and MISSING are never stored: numbers from before this program, and holes.
    """

    RESERVED = "reservado"
    FIXED = "emitido"
    ANNULLED = "anulado"
    EARLIER = "anterior"
    MISSING = "sin explicación"


class SignerRole(StrEnum):
    """Who gives a visto bueno and who signs as the author."""

    VISTO_BUENO = "visto_bueno"
    AUTHOR = "autor"


@dataclass(frozen=True)
class Series:
    """A numbered series, such as the resoluciones of one gerencia."""

    id: int
    kind: str
    title: str
    mask: str
    version: int


@dataclass(frozen=True)
class SeriesYear:
    """Where a series stands in a year; numbers up to `start_after` were used before this program."""

    series_id: int
    year: int
    last_number: int
    start_after: int
    start_reason: str


@dataclass(frozen=True)
class ReservedNumber:
    """A number that nobody else will get."""

    id: int
    series_id: int
    year: int
    number: int
    text: str


@dataclass(frozen=True)
class NumberLine:
    """One line of the register of numbers; `first` and `last` differ only for the years before this program."""

    first: int
    last: int
    text: str
    state: NumberState
    explanation: str


@dataclass(frozen=True)
class NewSigner:
    """A place in the round, as the writing module asks for it when it freezes a paper."""

    field: str
    role: SignerRole
    name: str
    position: str
    unit: str
    officer_id: int | None = None
    dni: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True)
class PaperSigner:
    """A place in the round and, once signed, what the certificate said. `dni` is empty when not registered."""

    id: int
    order: int
    field: str
    role: SignerRole
    name: str
    position: str
    unit: str
    dni: str = dataclasses.field(repr=False)
    signed_at: datetime | None
    certificate_name: str

    @property
    def label(self) -> str:
        """How lists name this place: the person when known, else the office."""
        return self.name or self.unit

    @property
    def motive(self) -> str:
        """The reason written into the signature (product custom: visto bueno or author)."""
        return "Soy el autor del documento" if self.role is SignerRole.AUTHOR else "Doy V° B°"


@dataclass(frozen=True)
class Paper:
    """An emitted paper with its round; hashes are SHA-256 of the archived bytes."""

    id: int
    kind: str
    title: str
    number_text: str
    dated: date
    subject: str
    state: PaperState
    pages: int
    frozen_sha256: str
    current_sha256: str
    frozen_at: datetime
    annul_reason: str
    version: int
    signers: tuple[PaperSigner, ...]


@dataclass(frozen=True)
class SignatureLine:
    """One signature in the words that a clerk reads; never says more than was checked."""

    signer: str
    reason: str
    signed_at: str
    integrity: str
    trust: str
    revocation: str


@dataclass(frozen=True)
class PaperLine:
    """A paper as lists show it."""

    id: int
    number_text: str
    title: str
    dated: date
    subject: str
    state: PaperState
    frozen_at: datetime
    signed_count: int
    signer_count: int
    next_signer: str
    version: int


def integrity_words(*, intact: bool, modified_after: bool) -> str:
    """What the bytes say of one signature."""
    if not intact:
        return "Alterado"
    return "Cambiado después" if modified_after else "Intacto"


def trust_words(trust: str) -> str:
    """Whether the certificate comes from an authority that this office trusts (`verificar` in the command line)."""
    return {"trusted": "Autoridad conocida", "rejected": "Rechazado"}.get(trust, "Autoridad no comprobada")


def revocation_words(revocation: str) -> str:
    """Whether the certificate was looked up in a list of revoked ones."""
    return {"good": "No revocado", "revoked": "Revocado"}.get(revocation, "No comprobada")


def check_series(title: str, mask: str) -> None:
    """A series needs a title and a mask with number and year (`{n:03d}-{year}-GM/MPT`)."""
    if not title.strip() or len(title) > 200:
        raise RuleError(
            "series_title",
            "La serie necesita un nombre de hasta 200 letras; no se guardó. Escríbalo y guarde.",
        )
    NumberMask(mask)


def check_series_start(state: SeriesYear | None, last_number: int, reason: str) -> None:
    """A series may be set to go on after numbers used elsewhere, forward only, with a reason."""
    if not 0 <= last_number <= 999_999:
        raise RuleError(
            "number_range", "El último número usado va de 0 a 999 999; no se cambió nada. Corríjalo."
        )
    check_reason(reason)
    if state is not None and last_number < state.last_number:
        raise RuleError(
            "number_backwards",
            f"La serie ya va en el número {state.last_number} y no puede retroceder; no se cambió nada. "
            "Indique un número mayor.",
        )
    if state is not None and state.last_number > state.start_after:
        raise RuleError(
            "series_in_use",
            "La serie ya emitió números en este año; no se cambió nada. "
            "Anule con motivo los números que no se usarán.",
        )


def check_reason(reason: str) -> None:
    """Annulling and skipping need a reason that an auditor can read."""
    if not reason.strip():
        raise RuleError(
            "reason_missing", "Falta el motivo; no se cambió nada. Escríbalo y vuelva a intentar."
        )
    if len(reason) > REASON_LIMIT:
        raise RuleError(
            "reason_long",
            f"El motivo pasa de {REASON_LIMIT} letras; no se cambió nada. Resúmalo y vuelva a intentar.",
        )


def check_round(signers: Sequence[NewSigner]) -> None:
    """A round has distinct fields and ends with its one author."""
    if not signers or signers[-1].role is not SignerRole.AUTHOR:
        raise RuleError(
            "author_missing", "Falta el autor al final de la ronda; no se congeló. Agregue quién firma."
        )
    if sum(signer.role is SignerRole.AUTHOR for signer in signers) > 1:
        raise RuleError("two_authors", "La ronda tiene más de un autor; no se congeló. Deje uno solo.")
    if len({signer.field for signer in signers}) != len(signers):
        raise RuleError(
            "signer_twice",
            "Una misma oficina aparece dos veces en la ronda; no se congeló. Quite la repetida.",
        )


def next_signer(paper: Paper) -> PaperSigner | None:
    """Whose turn it is: the first place of the round without signature."""
    if paper.state in (PaperState.SIGNED, PaperState.ANNULLED):
        return None
    return next((signer for signer in paper.signers if signer.signed_at is None), None)


def check_can_sign(paper: Paper, signer_id: int) -> PaperSigner:
    """The place that may sign now, or RuleError: annulled, complete, already signed, or not its turn."""
    if paper.state is PaperState.ANNULLED:
        raise RuleError(
            "paper_annulled",
            f"{paper.number_text} está anulada y ya no se firma; no se cambió nada. "
            "Firme el documento que la reemplaza.",
        )
    if paper.state is PaperState.SIGNED:
        raise RuleError(
            "paper_complete",
            f"{paper.number_text} ya tiene todas sus firmas; no se cambió nada. No hace falta firmar.",
        )
    slot = next((signer for signer in paper.signers if signer.id == signer_id), None)
    if slot is None:
        raise RuleError(
            "signer_unknown", "Ese firmante no es de este documento; no se cambió nada. Actualice con F5."
        )
    if slot.signed_at is not None:
        raise RuleError(
            "already_signed",
            f"{slot.label} ya firmó {paper.number_text}; no se cambió nada. Siga con el siguiente.",
        )
    turn = next_signer(paper)
    if turn is not None and turn.id != slot.id:
        raise RuleError(
            "not_your_turn",
            f"Antes que {slot.label} firma {turn.label}; no se cambió nada. Los vistos buenos van en orden "
            "y el autor firma al final.",
        )
    return slot


def check_signer_identity(slot: PaperSigner, certificate_name: str, certificate_dni: str) -> None:
    """The certificate must be of the person expected, as far as the office registered their DNI."""
    if slot.dni and certificate_dni != slot.dni:
        raise RuleError(
            "other_person",
            f"El certificado es de {certificate_name} y aquí firma {slot.label}; no se firmó. "
            "Use el certificado de esa persona o registre al encargado en Oficina.",
        )


def state_after_signing(paper: Paper, slot: PaperSigner) -> PaperState:
    """Signed once the author has signed; else the round goes on."""
    return PaperState.SIGNED if slot.role is SignerRole.AUTHOR else PaperState.SIGNING


def check_can_annul(paper: Paper, reason: str) -> None:
    """A paper can be annulled with a reason until its author has signed."""
    check_reason(reason)
    if paper.state is PaperState.SIGNED:
        raise RuleError(
            "signed_stays",
            f"{paper.number_text} ya está firmada y no se anula aquí; no se cambió nada. "
            "Un acto firmado se corrige con otra resolución.",
        )
    if paper.state is PaperState.ANNULLED:
        raise RuleError(
            "already_annulled", f"{paper.number_text} ya estaba anulada; no se cambió nada. Actualice con F5."
        )


def register_lines(
    year: SeriesYear, mask: str, numbers: Sequence[tuple[int, NumberState, str]]
) -> list[NumberLine]:
    """The register of a year: every number from 1 to the last, each explained; a hole says that it is one.

    `numbers` holds (number, state, explanation) in any order.
    """
    number_mask = NumberMask(mask)
    lines = []
    if year.start_after:
        first, last = number_mask.format(1, year.year), number_mask.format(year.start_after, year.year)
        text = first if year.start_after == 1 else f"{first} a {last}"
        lines.append(NumberLine(1, year.start_after, text, NumberState.EARLIER, year.start_reason))
    known = {number: (state, text) for number, state, text in numbers}
    for number in range(year.start_after + 1, year.last_number + 1):
        state, explanation = known.get(number, (NumberState.MISSING, "El número falta en el registro."))
        lines.append(NumberLine(number, number, number_mask.format(number, year.year), state, explanation))
    return lines
