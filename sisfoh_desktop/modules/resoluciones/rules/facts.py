"""What a resolución is: its blocks, the places of its signers, its state, and the lines of its list."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.ordinals import ordinal_word
from sisfoh_desktop.modules.papers.rules import SignerRole

_SMALL_WORDS = ("de", "del", "la", "las", "el", "los", "y", "e")

TABLE_CHAIN = "functional_chain"
TABLE_DETAILS = "details"


class State(StrEnum):
    """From draft to the author's signature; notifying is a later task of its own."""

    DRAFT = "borrador"
    FROZEN = "congelada"
    SIGNING = "en_firma"
    SIGNED = "firmada"
    NOTIFIED = "notificada"

    @property
    def label(self) -> str:
        return {
            "borrador": "Borrador",
            "congelada": "Congelada",
            "en_firma": "En firma",
            "firmada": "Firmada",
            "notificada": "Notificada",
        }[self.value]


class BlockKind(StrEnum):
    """Parts of the act in the order in which they are read."""

    VISTOS = "vistos"
    CONSIDERANDO = "considerando"
    ESTANDO = "estando"
    ARTICLE = "articulo"
    CLOSING = "cierre"
    COPIES = "copias"

    @property
    def label(self) -> str:
        return {
            "vistos": "Vistos",
            "considerando": "Considerando",
            "estando": "Estando a lo dispuesto",
            "articulo": "Artículo",
            "cierre": "Cierre",
            "copias": "Con copia (C.c.)",
        }[self.value]


class Origin(StrEnum):
    """Where the text of a block came from."""

    LEGAL_BASE = "base_legal"
    DOCUMENT = "documento"
    PLAN = "plan"
    MODEL = "modelo"
    WRITTEN = "escrito"


class ArticleStyle(StrEnum):
    """Masks of an article's head in common use; an act may have another of its own (`check_article_mask`)."""

    WORDS = "ARTÍCULO {ordinal}:"
    NUMERIC = "ARTÍCULO {n}.-"
    DEGREES = "ARTÍCULO {n}°.-"
    SMALL_WORDS = "Artículo {Ordinal}.-"
    SMALL_NUMERIC = "Artículo {n}°.-"


# How VISTOS is told: where its documents and the matter stand; the two names are known to no other text.
USUAL_VISTOS = "{documentos}, sobre {asunto}, y;"


@dataclass(frozen=True)
class Block:
    """A part of the act; `text` is prose with chips, a paragraph per line.

    `table` says what follows it: TABLE_CHAIN (the plan's functional chain) or TABLE_DETAILS (the rows of
    document `document_id`).
    """

    kind: BlockKind
    text: str
    table: str = ""
    document_id: int | None = None
    origin: Origin = Origin.WRITTEN


@dataclass(frozen=True)
class SignerPlace:
    """Who must sign, as a unit; `position` is printed instead of the officer's when it is not empty."""

    role: SignerRole
    unit_id: int
    position: str = ""


@dataclass(frozen=True)
class Headings:
    """The fixed words around the blocks.

    `style` is the mask of an article's head. `vistos_one` heads VISTOS when it cites a single document; empty,
    `vistos` always does. `number_word` stands before the number (`N°`, `N.°`, `Nº`).
    """

    act_name: str = "RESOLUCIÓN DE GERENCIA MUNICIPAL"
    vistos: str = "VISTOS:"
    considerando: str = "CONSIDERANDO:"
    resuelve: str = "SE RESUELVE:"
    entity_line: str = ""
    initials: str = ""
    style: str = ArticleStyle.WORDS
    number_word: str = "N°"
    vistos_one: str = ""
    vistos_form: str = USUAL_VISTOS


@dataclass(frozen=True)
class Resolucion:
    """A resolución with its blocks, signers and wordings.

    `matter` completes "sobre …" in VISTOS. With `with_annex` the plan's matrix follows as Anexo N° 01.
    `wordings` are data as this act writes them, by chip key (`norm.lom`); they win over the office's.
    `draft_round` counts the drafts: 2 after a first freeze was annulled. `paper_id` and `number_text` are set
    while frozen or signed. `model_version_id` is the version of the model that it began with, if any.
    """

    id: int
    expediente_id: int
    plan_id: int | None
    series_id: int
    matter: str
    headings: Headings
    dated: date
    with_annex: bool
    state: State
    paper_id: int | None
    number_text: str
    draft_round: int
    version: int
    blocks: tuple[Block, ...] = ()
    places: tuple[SignerPlace, ...] = ()
    wordings: tuple[tuple[str, str], ...] = ()
    model_version_id: int | None = None

    @property
    def title(self) -> str:
        """`Resolución de Gerencia Municipal N° 091-2024-GM/MPT`, or `… (borrador)` while it has no number."""
        words = self.headings.act_name.lower().split()
        name = " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in words)
        return (
            f"{name} {self.headings.number_word} {self.number_text}"
            if self.number_text
            else f"{name} (borrador)"
        )


@dataclass(frozen=True)
class ResolucionLine:
    """A resolución as lists show it; `matter` is readable, its chips told."""

    id: int
    expediente_id: int
    plan_id: int | None
    matter: str
    number_text: str
    act_name: str
    dated: date
    state: State
    draft_round: int
    paper_id: int | None
    version: int


@dataclass(frozen=True)
class SourceText:
    """A text that an act begins with: a considerando of legal base or about the plan, an estando, an article."""

    kind: BlockKind
    text: str
    origin: Origin = Origin.MODEL
    table: str = ""


@dataclass(frozen=True)
class DraftSource:
    """All that a draft takes from elsewhere than its expediente: an earlier act, or the office's first words."""

    matter: str
    texts: tuple[SourceText, ...]
    copies: tuple[str, ...] = ()
    closing: str = "REGÍSTRESE, COMUNÍQUESE Y CÚMPLASE"
    headings: Headings = field(default_factory=Headings)
    wordings: tuple[tuple[str, str], ...] = ()
    places: tuple[SignerPlace, ...] = ()


def article_head(number: int, style: str) -> str:
    """The head by its mask: `ARTÍCULO PRIMERO:`, `ARTÍCULO 1.-`, `Artículo Décimo Primero.-`."""
    word = ordinal_word(number)
    head = style.replace("{ordinal}", word).replace("{Ordinal}", word.title())
    return head.replace("{n}", str(number))
