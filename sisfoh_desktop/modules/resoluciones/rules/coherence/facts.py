"""What the coherence checker reads and what it finds: the dossier of an act, its places, findings and rules."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from sisfoh_desktop.modules.expedientes.rules import Document
from sisfoh_desktop.modules.office.rules import Body, Norm, Unit, YearName
from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.modules.resoluciones.rules.coherence.citations import (
    Citation,
    CitedNorm,
    citations_in,
    norms_in,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.figures import Amount, amounts_in
from sisfoh_desktop.modules.resoluciones.rules.coherence.names import Mention, NameIndex
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import Token, quoted_spans, tokens
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind
from sisfoh_desktop.modules.responsibilities.rules import Matrix

_LONGEST_EXCERPT = 160


class Severity(StrEnum):
    """`blocks` stops the freeze until it is corrected or accepted with a reason; the others are only told."""

    BLOCKS = "blocks"
    WARNS = "warns"
    STYLE = "style"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {"blocks": "Impide", "warns": "Aviso", "style": "Estilo"}[self.value]

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class PlaceKind(StrEnum):
    """Where something compared stands."""

    BLOCK = "block"
    DOCUMENT = "document"
    PLAN = "plan"
    MATRIX = "matrix"
    OFFICE = "office"


@dataclass(frozen=True)
class Place:
    """One place that was compared: the block at `at` (from 0), the document, plan or matrix with id `at`.

    `excerpt` is what is written there, as printed; `name` is what a person calls the place.
    """

    kind: PlaceKind
    at: int
    name: str
    excerpt: str = ""


@dataclass(frozen=True)
class Finding:
    """Something that does not agree; `fingerprint` stays the same while the values compared do."""

    code: str
    severity: Severity
    sentence: str
    places: tuple[Place, ...]
    fingerprint: str

    @property
    def block(self) -> int | None:
        """The first block it speaks of, None when it is not in the text."""
        return next((place.at for place in self.places if place.kind is PlaceKind.BLOCK), None)

    @property
    def where(self) -> str:
        """Its places in words, each once: `Vistos · Considerando 10`."""
        return " · ".join(dict.fromkeys(place.name for place in self.places))


@dataclass(frozen=True)
class Rule:
    """A check with its stable code, what it looks for, how severe it is and the norm or custom behind it."""

    code: str
    title: str
    severity: Severity
    source: str
    check: Callable[["Dossier", "Rule"], Iterable[Finding]] = field(repr=False)

    def finding(self, sentence: str, places: Iterable[Place], values: Iterable[str]) -> Finding:
        """A finding of this rule; `values` are what was compared, in any order."""
        told = "\x1f".join([self.code, *sorted(set(values))])
        return Finding(
            self.code,
            self.severity,
            sentence,
            tuple(dict.fromkeys(places)),
            hashlib.sha256(told.encode()).hexdigest()[:32],
        )


@dataclass(frozen=True)
class Vocabulary:
    """Words that every act shares, kept as data: synonyms, fixed words and phrases, verbs that burden a unit."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    acronyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    unit_heads: tuple[tuple[str, ...], ...] = ()
    burden_verbs: tuple[str, ...] = ()
    formal_charges: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActBlock:
    """A printed block: `text` holds its paragraphs, a line each, with head and verb; `table` the rows under it."""

    index: int
    kind: BlockKind
    name: str
    text: str
    document_id: int | None = None
    table: tuple[str, ...] = ()

    @cached_property
    def whole(self) -> str:
        """The text with the rows under it."""
        return "\n".join((self.text, *self.table))

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words of the whole block, in order."""
        return tokens(self.whole)

    @cached_property
    def amounts(self) -> list[Amount]:
        return amounts_in(self.whole)

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """What stands between quotation marks."""
        return quoted_spans(self.whole)


@dataclass(frozen=True)
class Dossier:
    """An act with its whole expediente, as of the act's date.

    `number` may be blank (`____-2024-GM/MPT`). `units` and `bodies` are those in force on `dated`; `norms` and
    `year_names` are all that the office knows, each with its days. `signer_units` are the units of the round,
    the author's last. `matrix` is None when the act has no annex.
    """

    act_name: str
    number: str
    dated: date
    blocks: tuple[ActBlock, ...]
    documents: tuple[Document, ...] = ()
    plan: Plan | None = None
    matrix: Matrix | None = None
    units: tuple[Unit, ...] = ()
    bodies: tuple[Body, ...] = ()
    norms: tuple[Norm, ...] = ()
    year_names: tuple[YearName, ...] = ()
    signer_units: tuple[int, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def of_kind(self, *kinds: BlockKind) -> list[ActBlock]:
        return [block for block in self.blocks if block.kind in kinds]

    @cached_property
    def names(self) -> NameIndex:
        return NameIndex(self.units, self.bodies, self.vocabulary.unit_heads)

    @cached_property
    def citations(self) -> dict[int, list[Citation]]:
        """The documents and norms that each block cites, by the block's index."""
        return {block.index: citations_in(block.text, self.dated.year) for block in self.blocks}

    @cached_property
    def cited_norms(self) -> dict[int, list[CitedNorm]]:
        """The norms that each block cites, laws included."""
        return {block.index: norms_in(block.text, self.dated.year) for block in self.blocks}

    @cached_property
    def mentions(self) -> dict[int, list[Mention]]:
        """The units and bodies that each block names, those of the C.c. apart."""
        return {
            block.index: self.names.mentions(block.text)
            for block in self.blocks
            if block.kind is not BlockKind.COPIES
        }


def in_block(block: ActBlock, excerpt: str) -> Place:
    return Place(PlaceKind.BLOCK, block.index, block.name, _short(excerpt))


def in_document(document: Document, excerpt: str = "") -> Place:
    return Place(PlaceKind.DOCUMENT, document.id, document.title, _short(excerpt))


def in_plan(plan: Plan, excerpt: str = "") -> Place:
    return Place(PlaceKind.PLAN, plan.id, "Plan", _short(excerpt))


def in_matrix(matrix: Matrix, excerpt: str = "") -> Place:
    return Place(PlaceKind.MATRIX, matrix.id, "Anexo N° 01", _short(excerpt))


def in_office(what_id: int, excerpt: str = "") -> Place:
    return Place(PlaceKind.OFFICE, what_id, "Oficina", _short(excerpt))


def told_apart(values: Iterable[tuple[str, str]]) -> str:
    """`«D00002» (Vistos), «D000002» (Considerando 10)`: each value with the places where it stands."""
    where: dict[str, list[str]] = {}
    for value, place in values:
        names = where.setdefault(value, [])
        if place not in names:
            names.append(place)
    return ", ".join(f"«{value}» ({_some(names)})" for value, names in where.items())


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} y {len(names) - 3} más"


def _short(excerpt: str) -> str:
    line = excerpt.strip()
    return line if len(line) <= _LONGEST_EXCERPT else line[: _LONGEST_EXCERPT - 1] + "…"
