"""Rules on the documents of the chain: told with one number, registry, kind and day, in VISTOS and in the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import Document
from sisfoh_desktop.modules.resoluciones.rules.coherence.citations import (
    Citation,
    Registry,
    Spelled,
    registries_in,
    spelled_codes,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Place,
    PlaceKind,
    Rule,
    Severity,
    in_block,
    in_document,
    told_apart,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import fold
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind

_TELLING = (BlockKind.CONSIDERANDO, BlockKind.ESTANDO, BlockKind.ARTICLE)
_MOTIVE = "LPAG, art. 6.2: motivación por referencia a documentos identificados"
_SEVERAL = ("ambos", "ambas", "todos", "todas")


@dataclass(frozen=True)
class Telling:
    """A document as one place tells it: its number there, and the citation when it stands in the text."""

    code: Spelled
    place: Place
    citation: Citation | None = None


def tellings(dossier: Dossier, document: Document) -> list[Telling]:
    """Every place that tells the number of a document: its own entry, then the text."""
    entry = document.entry
    own = _own_code(entry.number_text)
    if own is None:
        return []
    keys = {own.key}
    for text in (entry.vistos_citation, entry.considerando_citation):
        keys |= {code.key for code, _, _ in spelled_codes(text)[:1]}
    found = [
        Telling(citation.code, in_block(block, citation.code.text), citation)
        for block in dossier.blocks
        for citation in dossier.citations[block.index]
        if not citation.is_norm and citation.code.key in keys
    ]
    return [*found, Telling(own, in_document(document, entry.number_text))]


def number_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`D00002` and `D000002`, `456` and `465` for one document."""
    for document in dossier.documents:
        told = tellings(dossier, document)
        if len({(one.code.identity, one.code.key) for one in told}) > 1:
            yield rule.finding(
                f"El número de {document.title} se dice de varias maneras: {_spellings(told)}.",
                [one.place for one in told],
                [one.code.spelling for one in told],
            )


def number_spelling(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The same number with other separators, capitals or zeros: `OGAJ/MPT` and `OGAJ-MPT`."""
    for document in dossier.documents:
        told = tellings(dossier, document)
        if (
            len({(one.code.identity, one.code.key) for one in told}) == 1
            and len({one.code.spelling for one in told}) > 1
        ):
            yield rule.finding(
                f"El número de {document.title} se escribe de varias maneras: {_spellings(told)}.",
                [one.place for one in told],
                [one.code.spelling for one in told],
            )


def kind_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """An Informe in one place that is a Memorando in another; synonyms (Memorandum) do not count."""
    for document in dossier.documents:
        told: dict[str, Telling] = {}
        for one in tellings(dossier, document):
            if one.citation is not None:
                told.setdefault(_kind(dossier, one.citation.kind), one)
        if len(told) > 1:
            spoken = [(one.citation.kind_text, one.place.name) for one in told.values() if one.citation]
            yield rule.finding(
                f"{document.title} se nombra de varias maneras: {told_apart(spoken)}.",
                [one.place for one in told.values()],
                [document.key, *told],
            )


def registry_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`Reg. 16784` in VISTOS and `Reg. 10784-2024` in the considerando."""
    for document in dossier.documents:
        told = _registries(dossier, document)
        numbers = {registry.number for registry, _ in told}
        years = {registry.year for registry, _ in told if registry.year is not None}
        if len(numbers) > 1 or len(years) > 1:
            spoken = [(registry.text, _spoken(place)) for registry, place in told]
            yield rule.finding(
                f"El registro de {document.title} se dice de varias maneras: {told_apart(spoken)}.",
                [place for _, place in told],
                [registry.text for registry, _ in told],
            )


def date_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A day told beside the citation that is not the document's."""
    for document in dossier.documents:
        for one in tellings(dossier, document):
            dated = one.citation.dated if one.citation else None
            if one.citation and dated and dated != document.entry.on:
                yield rule.finding(
                    f"Aquí {document.title} es de fecha {one.citation.dated_text}, y en el expediente es del "
                    f"{format_date(document.entry.on)}.",
                    [
                        Place(one.place.kind, one.place.at, one.place.name, one.citation.dated_text),
                        in_document(document, format_date(document.entry.on)),
                    ],
                    [document.key, dated.isoformat(), document.entry.on.isoformat()],
                )


def year_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The year of the number is not that of the day."""
    for document in dossier.documents:
        code = _own_code(document.entry.number_text)
        if code is not None and code.year != document.entry.on.year:
            yield rule.finding(
                f"{document.title} lleva el año {code.year} en su número y es del {format_date(document.entry.on)}.",
                [in_document(document, document.entry.number_text)],
                [document.entry.number_text, document.entry.on.isoformat()],
            )


def not_in_vistos(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A document that the considerandos tell and VISTOS does not list."""
    listed = _cited(dossier, dossier.of_kind(BlockKind.VISTOS))
    if not listed:
        return  # an act whose VISTOS names no document at all lists none on purpose
    for document in dossier.documents:
        told = _telling_blocks(dossier, document)
        if told and _keys(document) and not _keys(document) & listed:
            yield rule.finding(
                f"{document.title} se narra y no figura en los vistos.",
                [
                    *(in_block(block, document.entry.spelled_number) for block in told),
                    _vistos(dossier),
                    in_document(document),
                ],
                [document.key, document.entry.number_text],
            )


def not_narrated(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A document that VISTOS lists and no considerando tells."""
    listed = _cited(dossier, dossier.of_kind(BlockKind.VISTOS))
    for document in dossier.documents:
        if _keys(document) & listed and not _telling_blocks(dossier, document):
            yield rule.finding(
                f"{document.title} figura en los vistos y ningún considerando lo narra.",
                [_vistos(dossier, document.entry.spelled_number), in_document(document)],
                [document.key, document.entry.number_text],
            )


def unknown_in_vistos(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A document that VISTOS lists and the expediente does not have."""
    known = {key for document in dossier.documents for key in _keys(document)}
    if not dossier.documents:
        return
    for block in dossier.of_kind(BlockKind.VISTOS):
        for citation in dossier.citations[block.index]:
            if not citation.is_norm and citation.code.key not in known:
                yield rule.finding(
                    f"Los vistos citan {citation.kind_text} N° {citation.code.spelling}, que no está en el expediente.",
                    [in_block(block, citation.code.text)],
                    [citation.code.spelling],
                )


def sends_later(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """An oficio of 12 January that sends a norm of 30 January."""
    days = _known_days(dossier)
    for document in dossier.documents:
        for block in (block for block in dossier.blocks if block.document_id == document.id):
            for citation in dossier.citations[block.index]:
                day = citation.dated or days.get((citation.is_norm, citation.code.key))
                if citation.code.key in _keys(document) or day is None or day <= document.entry.on:
                    continue
                yield rule.finding(
                    f"{document.title}, del {format_date(document.entry.on)}, habla de {citation.kind_text} N° "
                    f"{citation.code.spelling}, que es posterior: del {format_date(day)}.",
                    [
                        in_block(block, citation.code.text),
                        in_document(document, format_date(document.entry.on)),
                    ],
                    [document.key, document.entry.on.isoformat(), citation.code.spelling, day.isoformat()],
                )


def after_the_act(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A document dated after the act that stands on it."""
    for document in dossier.documents:
        if document.entry.on > dossier.dated:
            yield rule.finding(
                f"{document.title} es del {format_date(document.entry.on)}, posterior a la resolución "
                f"({format_date(dossier.dated)}).",
                [in_document(document, format_date(document.entry.on))],
                [document.key, document.entry.on.isoformat(), dossier.dated.isoformat()],
            )


def answer_before_request(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """An answer dated before what it answers."""
    by_id = {document.id: document for document in dossier.documents}
    for document in dossier.documents:
        asked = by_id.get(document.entry.responds_to_id or 0)
        if asked is not None and document.entry.on < asked.entry.on:
            yield rule.finding(
                f"{document.title}, del {format_date(document.entry.on)}, contesta a {asked.title}, que es posterior: "
                f"del {format_date(asked.entry.on)}.",
                [in_document(document), in_document(asked)],
                [document.key, document.entry.on.isoformat(), asked.key, asked.entry.on.isoformat()],
            )


@lru_cache(maxsize=2_048)
def _own_code(number_text: str) -> Spelled | None:
    found = spelled_codes(number_text)
    return found[0][0] if found else None


def _keys(document: Document) -> set[tuple[int, int, str]]:
    texts = (document.entry.number_text, document.entry.vistos_citation, document.entry.considerando_citation)
    return {code.key for text in texts for code, _, _ in spelled_codes(text)[:1]}


def _cited(dossier: Dossier, blocks: list[ActBlock]) -> set[tuple[int, int, str]]:
    return {one.code.key for block in blocks for one in dossier.citations[block.index] if not one.is_norm}


def _telling_blocks(dossier: Dossier, document: Document) -> list[ActBlock]:
    """The blocks after VISTOS that tell a document."""
    keys = _keys(document)
    return [
        block
        for block in dossier.of_kind(*_TELLING)
        if block.document_id == document.id
        or any(one.code.key in keys for one in dossier.citations[block.index] if not one.is_norm)
    ]


def _vistos(dossier: Dossier, excerpt: str = "") -> Place:
    blocks = dossier.of_kind(BlockKind.VISTOS)
    return in_block(blocks[0], excerpt)


def _spellings(told: list[Telling]) -> str:
    return told_apart([(one.code.spelling, _spoken(one.place)) for one in told])


def _spoken(place: Place) -> str:
    """A place in a sentence that has named the document already."""
    return "el expediente" if place.kind is PlaceKind.DOCUMENT else place.name


def _kind(dossier: Dossier, kind: str) -> str:
    """The first word of a kind, synonyms made one."""
    first = kind.split(" ")[0]
    for group in dossier.vocabulary.synonyms:
        if first in (folded := [fold(word) for word in group]):
            return folded[0]
    return first


def _registries(dossier: Dossier, document: Document) -> list[tuple[Registry, Place]]:
    """Each registry number that a place gives to a document."""
    entry = document.entry
    keys = _keys(document)
    told: list[tuple[Registry, Place]] = []
    for block in dossier.blocks:
        cited = [one for one in dossier.citations[block.index] if not one.is_norm]
        for place, citation in enumerate(cited):
            if citation.code.key not in keys:
                continue
            end = cited[place + 1].start if place + 1 < len(cited) else len(block.text)
            between = block.text[citation.end : min(end, citation.end + 260)].split(";")[0]
            if any(f" {word} " in f" {fold(between)} " for word in _SEVERAL):
                continue  # a registry told after several documents is not known to be of this one
            told += [(one, in_block(block, one.text)) for one in registries_in(between)[:1]]
    for text in (entry.registry, entry.vistos_registry):
        told += [(one, in_document(document, one.text)) for one in registries_in(f"Reg. {text}")[:1] if text]
    return told


def _known_days(dossier: Dossier) -> dict[tuple[bool, tuple[int, int, str]], date]:
    """The day of each norm and document, as the act or the expediente tells it."""
    days: dict[tuple[bool, tuple[int, int, str]], date] = {}
    for block in dossier.blocks:
        for citation in dossier.citations[block.index]:
            if citation.dated is not None and citation.is_norm:
                days.setdefault((True, citation.code.key), citation.dated)
    for document in dossier.documents:
        days |= {(False, key): document.entry.on for key in _keys(document)}
    return days


RULES = (
    Rule(
        "document_number_differs",
        "Número de un documento dicho de varias maneras",
        Severity.BLOCKS,
        _MOTIVE,
        number_differs,
    ),
    Rule(
        "document_registry_differs",
        "Registro dicho de varias maneras",
        Severity.BLOCKS,
        _MOTIVE,
        registry_differs,
    ),
    Rule(
        "document_date_differs", "Fecha distinta de la del documento", Severity.BLOCKS, _MOTIVE, date_differs
    ),
    Rule(
        "document_kind_differs",
        "Clase de documento dicha de varias maneras",
        Severity.BLOCKS,
        _MOTIVE,
        kind_differs,
    ),
    Rule(
        "dates_out_of_order", "Documento que habla de otro posterior", Severity.BLOCKS, _MOTIVE, sends_later
    ),
    Rule(
        "document_after_act", "Documento posterior a la resolución", Severity.BLOCKS, _MOTIVE, after_the_act
    ),
    Rule(
        "answer_before_request",
        "Respuesta anterior al pedido",
        Severity.WARNS,
        _MOTIVE,
        answer_before_request,
    ),
    Rule("not_in_vistos", "Narrado y no figura en los vistos", Severity.WARNS, _MOTIVE, not_in_vistos),
    Rule("not_narrated", "Figura en los vistos y no se narra", Severity.WARNS, _MOTIVE, not_narrated),
    Rule(
        "unknown_in_vistos",
        "Los vistos citan lo que no está en el expediente",
        Severity.WARNS,
        _MOTIVE,
        unknown_in_vistos,
    ),
    Rule(
        "document_year_differs",
        "Año del número distinto del de la fecha",
        Severity.WARNS,
        _MOTIVE,
        year_differs,
    ),
    Rule(
        "document_number_spelling",
        "Número escrito de varias maneras",
        Severity.STYLE,
        "Uso uniforme en el acto",
        number_spelling,
    ),
)
