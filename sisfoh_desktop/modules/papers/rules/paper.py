"""Facts of emitted papers: their states, their rounds of signers, how lists show them. Plain Python.

What a paper says belongs to the module that writes it; here it is a number, frozen bytes and signatures.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.office.rules import Officer

NOT_ACCREDITED = "No acreditado ante IOFE"


class PaperState(StrEnum):
    """From frozen bytes to the author's signature; an annulled or refused paper keeps its number and bytes."""

    FROZEN = "congelada"
    SIGNING = "en_firma"
    SIGNED = "firmada"
    ANNULLED = "anulada"
    REFUSED = "observada"


class Route(StrEnum):
    """How a place was signed: with this program, in another one and brought back, or by hand on a print."""

    INSIDE = "dentro"
    OUTSIDE = "fuera"
    INK = "tinta"

    @property
    def label(self) -> str:
        """The words that always stand beside such a signature; the program's own is never called accredited."""
        return {"dentro": NOT_ACCREDITED, "fuera": "Fuera del programa", "tinta": "En tinta"}[self.value]


class SignerRole(StrEnum):
    """Who gives a visto bueno, who takes part in an acta beside its author, and who signs as the author."""

    VISTO_BUENO = "visto_bueno"
    PARTY = "parte"
    AUTHOR = "autor"


_MOTIVES = {
    SignerRole.VISTO_BUENO: "Doy V° B°",
    SignerRole.PARTY: "En señal de conformidad",
    SignerRole.AUTHOR: "Soy el autor del documento",
}


@dataclass(frozen=True)
class NewSigner:
    """A place in the round, as the writing module asks for it when it freezes a paper.

    `acting` is the deputy "(e)", `appointed_by` the document that appoints whoever signs.
    """

    field: str
    role: SignerRole
    name: str
    position: str
    unit: str
    officer_id: int | None = None
    dni: str = dataclasses.field(default="", repr=False)
    acting: bool = False
    appointed_by: str = ""


def signer_of(
    officer: Officer, unit_name: str, role: SignerRole = SignerRole.AUTHOR, place: int = 1
) -> NewSigner:
    """An officer in a place of a round, called as the unit is called then."""
    return NewSigner(
        field="AUTOR" if role is SignerRole.AUTHOR else f"VB{place}",
        role=role,
        name=officer.full_name,
        position=officer.full_position,
        unit=unit_name,
        officer_id=officer.id or None,
        dni=officer.dni or "",
        acting=officer.acting,
        appointed_by=officer.document,
    )


def _words(name: str) -> set[str]:
    return set(without_accents(name).split())


@dataclass(frozen=True)
class PaperSigner:
    """A place in the round and, once signed, how. `dni` is empty when not registered.

    `signed_at` is when it was signed here, what the signature brought back declares, or when the ink was registered
    (then `signed_on` is the day written by hand, `pages` which ones and `scan_sha256` the scan in the archive).
    `signed_field` is where in the PDF: another program may have made a field of its own.
    """

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
    officer_id: int | None = None
    acting: bool = False
    appointed_by: str = ""
    route: Route | None = None
    signed_field: str = ""
    exported_at: datetime | None = None
    signed_on: date | None = None
    pages: str = ""
    scan_sha256: str = ""
    note: str = ""
    recorded_by: str = ""
    refused_at: datetime | None = None
    refuse_reason: str = ""

    @property
    def label(self) -> str:
        """How lists name this place: the person when known, else the office."""
        return self.name or self.unit

    @property
    def signed_by(self) -> str:
        """Who signed: this place, or the owner of a certificate of another name (the DNI may not be registered)."""
        if not self.certificate_name or len(_words(self.certificate_name) & _words(self.name)) > 1:
            return self.label
        return f"{self.certificate_name}, en el lugar de {self.label}"

    @property
    def siglas(self) -> str:
        """The unit's siglas as its signature field bears them."""
        return self.field.partition("_")[2]

    @property
    def pages_text(self) -> str:
        """The pages signed by hand: «pág. 7», «págs. 1-5»."""
        return f"{'pág.' if self.pages.isdigit() else 'págs.'} {self.pages}"

    @property
    def motive(self) -> str:
        """The reason written into the signature (product custom)."""
        return _MOTIVES[self.role]


@dataclass(frozen=True)
class GivenSignature:
    """How a place was signed, as it is recorded; `sha256` are the paper's bytes with it (as before, for ink)."""

    route: Route
    sha256: str
    signed_at: datetime
    field: str = ""
    certificate_name: str = ""
    signed_on: date | None = None
    pages: str = ""
    scan_sha256: str = ""
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """An emitted paper with its round; hashes are SHA-256 of the archived bytes.

    `edition` counts the versions of one matter: 2 after the first was refused or annulled (`replaces_id`).
    """

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
    edition: int = 1
    replaces_id: int | None = None

    @property
    def refusal(self) -> PaperSigner | None:
        """Who observed it, with `refuse_reason`; None for a paper that nobody refused."""
        return next((signer for signer in self.signers if signer.refused_at is not None), None)

    @property
    def name(self) -> str:
        """How sentences call it: its number, or its title where it bears none."""
        return self.number_text or self.title


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
    edition: int = 1
