"""What an expediente and its documents are: kinds, opinions, parties, entries, lines for lists."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.document_numbers import DocumentNumber, parse_document_number

UNNUMBERED = "S/N"


class DocumentKind(StrEnum):
    """What sort of document; the value is what the base holds."""

    INFORME = "informe"
    MEMORANDO = "memorando"
    OFICIO = "oficio"
    OFICIO_MULTIPLE = "oficio_multiple"
    PROVEIDO = "proveido"
    CARTA = "carta"
    RESOLUCION = "resolucion"
    OTRO = "otro"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @property
    def article(self) -> str:
        """`la` for Carta and Resolución, `el` for the others."""
        return "la" if self in (DocumentKind.CARTA, DocumentKind.RESOLUCION) else "el"


_KIND_LABELS = {
    DocumentKind.INFORME: "Informe",
    DocumentKind.MEMORANDO: "Memorando",
    DocumentKind.OFICIO: "Oficio",
    DocumentKind.OFICIO_MULTIPLE: "Oficio Múltiple",
    DocumentKind.PROVEIDO: "Proveído",
    DocumentKind.CARTA: "Carta",
    DocumentKind.RESOLUCION: "Resolución",
    DocumentKind.OTRO: "Documento",
}


class Opinion(StrEnum):
    """What a document resolves about the matter."""

    NONE = "ninguna"
    FAVOURABLE = "favorable"
    CONDITIONAL = "con_condiciones"
    UNFAVOURABLE = "desfavorable"
    ASKS_MORE = "pide_ampliacion"

    @property
    def label(self) -> str:
        return _OPINION_LABELS[self]


_OPINION_LABELS = {
    Opinion.NONE: "Sin opinión",
    Opinion.FAVOURABLE: "Favorable",
    Opinion.CONDITIONAL: "Favorable con condiciones",
    Opinion.UNFAVOURABLE: "Desfavorable",
    Opinion.ASKS_MORE: "Pide ampliación",
}


class ExpedienteState(StrEnum):
    """Open until its resolución is signed; archived when nothing more is expected."""

    OPEN = "en_tramite"
    RESOLVED = "con_resolucion"
    ARCHIVED = "archivado"

    @property
    def label(self) -> str:
        return {"en_tramite": "En trámite", "con_resolucion": "Con resolución", "archivado": "Archivado"}[
            self.value
        ]


class Mark(StrEnum):
    """What the timeline shows beside a document that was not registered in the usual way."""

    OUT_OF_ORDER = "out_of_order"
    BACKDATED = "backdated"
    YEAR_DIFFERS = "year_differs"

    @property
    def label(self) -> str:
        return {
            "out_of_order": "Registrado fuera de orden",
            "backdated": "Registrado después de recibido",
            "year_differs": "El año del número no es el de la fecha",
        }[self.value]


@dataclass(frozen=True)
class Party:
    """Who sends or receives: a unit of the office (`unit_id`) or an outside body in words.

    `name` and `siglas` are those in force when the document was registered, so that it keeps its words.
    """

    name: str = ""
    siglas: str = ""
    unit_id: int | None = None
    person: str = ""

    @property
    def label(self) -> str:
        """How lists name it: siglas when known."""
        return self.siglas or self.name or self.person

    def same_as(self, other: "Party") -> bool:
        """Whether both are the same unit or body, whoever the person is."""
        if self.unit_id is not None or other.unit_id is not None:
            return self.unit_id == other.unit_id
        return bool(self.label) and self.label.casefold() == other.label.casefold()


@dataclass(frozen=True)
class Detail:
    """One row told under the sentence, such as a line of the functional chain; codes are text (0114)."""

    label: str
    code: str = ""
    text: str = ""


@dataclass(frozen=True)
class DocumentEntry:
    """What the clerk types about a document.

    `number_text` is one field (`237-2024-OGAJ/MPT`, or `S/N`). `says` holds paragraphs: the first completes
    "Que, mediante …, de fecha …, <told_by>"; the others stand by themselves. Empty `kind_word`, `told_by`,
    `opening` and citations follow from the other fields; `vistos_issuer` None likewise, while "" means that
    VISTOS names no issuer.
    """

    kind: DocumentKind
    number_text: str
    on: date
    sender: Party
    receiver: Party
    subject: str
    registry: str = ""
    folios: int | None = None
    says: tuple[str, ...] = ()
    opinion: Opinion = Opinion.NONE
    details: tuple[Detail, ...] = ()
    kind_word: str = ""
    opening: str = ""
    told_by: str = ""
    considerando_citation: str = ""
    vistos_citation: str = ""
    vistos_issuer: str | None = None
    vistos_registry: str = ""
    in_vistos: bool = True
    vistos_order: int = 0
    with_table: bool = False
    asks_reply: bool = False
    responds_to_id: int | None = None
    received_on: date | None = None

    @property
    def number(self) -> DocumentNumber | None:
        """The number in its parts, None for `S/N`; RuleError while it cannot be understood."""
        return parse_number(self.number_text)

    @property
    def spelled_number(self) -> str:
        """The number as it was typed, without the sign before it (`N°`), or `S/N`."""
        number = self.number
        if number is None:
            return UNNUMBERED
        found = re.search(re.escape(number.prefix + number.number), number.text, re.IGNORECASE)
        return number.text[found.start() :] if found else number.text

    @property
    def citation(self) -> str:
        """`Informe N° 237-2024-OGAJ/MPT`; without number, `Proveído S/N`."""
        word, number = self.kind_word or self.kind.label, self.spelled_number
        return f"{word} {number}" if number == UNNUMBERED else f"{word} N° {number}"


@dataclass(frozen=True)
class Attachment:
    """The file kept by hash; `pages` is 1 for an image."""

    sha256: str
    name: str
    size: int
    pages: int


@dataclass(frozen=True)
class Document:
    """A registered document; `key` is unique in its expediente and names it in locked data (`{doc.KEY.cite}`)."""

    id: int
    expediente_id: int
    key: str
    entry: DocumentEntry
    registered_at: datetime
    registered_by: str
    attachment: Attachment | None = None
    version: int = 1

    @property
    def title(self) -> str:
        """How lists and errors name it."""
        return self.entry.citation


@dataclass(frozen=True)
class Expediente:
    """A file with its chain, oldest document first; `plan_id` is the plan it is about, if any.

    `resolved_on` is the day on which its resolución was signed.
    """

    id: int
    title: str
    code: str
    registry: str
    plan_id: int | None
    opened_on: date
    state: ExpedienteState
    version: int
    documents: tuple[Document, ...] = ()
    resolved_on: date | None = None


@dataclass(frozen=True)
class ExpedienteLine:
    """An expediente as lists show it; `holder` has it since `since` (None while it has no document)."""

    id: int
    title: str
    code: str
    registry: str
    plan_id: int | None
    opened_on: date
    state: ExpedienteState
    document_count: int
    last_document: str
    holder: str
    since: date | None


@dataclass(frozen=True)
class Step:
    """A document in the timeline; `workdays` since the one before, None for the first."""

    document: Document
    workdays: int | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Holder:
    """Who has the expediente now: the receiver of the last document, since when, for how many working days."""

    party: Party
    since: date
    workdays: int
    document: Document


@dataclass(frozen=True)
class Duplicate:
    """A document that seems to be registered already."""

    document_id: int
    expediente_id: int
    expediente_title: str
    title: str
    on: date


def parse_number(text: str) -> DocumentNumber | None:
    """The number in its parts, None for `S/N`; RuleError as in `parse_document_number`."""
    if re.sub(r"[\s./]", "", text).casefold() == "sn":
        return None
    return parse_document_number(text)
