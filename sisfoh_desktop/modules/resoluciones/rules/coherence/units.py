"""Rules on units: called by their name in force, and the same in the articles, Anexo N° 01 and the C.c."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Place,
    Rule,
    Severity,
    in_block,
    in_matrix,
    in_office,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.names import Mention
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import fold, tokens
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind

_FIRST_WITHIN = 90  # signs after the verb in which the burdened unit must be named
_LINKING = re.compile(
    r"[\s,;]*(?:\b(?:y|e|a|la|el|al|las|los|de|del|jefe|jefa|jefatura|gerente|subgerente|titular|responsable|encargado|encargada|así|"
    r"como|también|en|coordinación|con|través|conjuntamente)\b[\s,;]*)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Burden:
    """A unit that an article burdens; `formal` when the charge is to publish, notify or file."""

    unit_id: int
    name: str
    block: ActBlock
    text: str
    formal: bool


def unit_name_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`Participación Social` for `Participación Vecinal`."""
    yield from _departures(dossier, rule, units=True, near=False)


def unit_name_spelling(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`Gestión Documentaria` for `Gestión Documentario`."""
    yield from _departures(dossier, rule, units=True, near=True)


def body_name_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A body outside the municipality with a word more, less or changed."""
    for near in (False, True):
        yield from _departures(dossier, rule, units=False, near=near)


def burdens(dossier: Dossier) -> list[Burden]:
    """The units that the articles burden, in order."""
    verbs = {fold(verb) for verb in dossier.vocabulary.burden_verbs}
    formal_words = {fold(word)[:7] for word in dossier.vocabulary.formal_charges}
    found = []
    for block in dossier.of_kind(BlockKind.ARTICLE):
        verb = next((one for one in tokens(block.text) if one.folded in verbs), None)
        if verb is None:
            continue
        mentions = [
            one for one in dossier.mentions[block.index] if one.start >= verb.end and one.named.unit_id
        ]
        first = next(iter(mentions), None)
        if (
            first is None
            or first.start - verb.end > _FIRST_WITHIN
            or _is_of_another(block.text, verb.end, first)
        ):
            continue
        rest = block.text[first.end :]
        formal = any(one.folded[:7] in formal_words for one in tokens(rest))
        at = verb.end
        for mention in mentions:
            if mention is not first and not _LINKING.fullmatch(block.text[at : mention.start]):
                break
            at = mention.end
            found.append(Burden(mention.named.unit_id, mention.named.name, block, mention.text, formal))
    return found


def burdened_not_told(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """An article burdens a unit that neither Anexo N° 01 nor the C.c. names: nobody would tell it."""
    copied, annexed = _copied(dossier), _annexed(dossier)
    if not copied:
        return
    for burden in _each_once(burdens(dossier)):
        if burden.unit_id not in copied and burden.unit_id not in annexed:
            yield rule.finding(
                f"{burden.block.name} encarga a {burden.name}, que no está en el C.c."
                + (" ni en el Anexo N° 01." if dossier.matrix else "."),
                [in_block(burden.block, burden.text), *_copies_place(dossier), *_annex_place(dossier)],
                [burden.name],
            )


def burdened_not_copied(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A unit with duties in Anexo N° 01 that gets no copy."""
    copied = _copied(dossier)
    if dossier.matrix is None or not copied:
        return
    for row in dossier.matrix.units:
        ids = _units_of_row(dossier, row.unit_id, row.label or row.name)
        if ids and not ids & copied.keys():
            name = row.name or row.label
            yield rule.finding(
                f"El Anexo N° 01 da funciones a {name}, que no está en el C.c.",
                [in_matrix(dossier.matrix, name), *_copies_place(dossier)],
                [name],
            )


def burdened_not_in_annex(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """An article gives a unit a charge of the plan, and Anexo N° 01 gives it no duty."""
    yield from _missing_in_annex(dossier, rule, formal=False)


def publisher_not_in_annex(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The same, where the charge is only to publish, notify or file."""
    yield from _missing_in_annex(dossier, rule, formal=True)


def copied_without_charge(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A unit in the C.c. that has no charge, no duty, no signature and no document in the chain."""
    copied = _copied(dossier)
    if dossier.matrix is None:
        return
    involved = set(_annexed(dossier)) | {one.unit_id for one in burdens(dossier)} | set(dossier.signer_units)
    involved |= {
        party.unit_id
        for document in dossier.documents
        for party in (document.entry.sender, document.entry.receiver)
        if party.unit_id is not None
    }
    involved |= _above(dossier, dossier.signer_units[-1] if dossier.signer_units else 0)
    idle = [mention for unit_id, mention in copied.items() if unit_id not in involved]
    if idle:
        listed = ", ".join(mention.text for mention in idle)
        one = len(idle) == 1
        yield rule.finding(
            f"El C.c. lleva copia a {listed}, que no {'tiene' if one else 'tienen'} encargo en los artículos ni "
            "funciones en el Anexo N° 01.",
            [
                in_block(block, mention.text)
                for block in dossier.of_kind(BlockKind.COPIES)
                for mention in idle
            ],
            [mention.named.name for mention in idle],
        )


def _departures(dossier: Dossier, rule: Rule, *, units: bool, near: bool) -> Iterator[Finding]:
    told: dict[tuple[str, str], list[Place]] = {}
    for block in dossier.blocks:
        for mention in dossier.mentions.get(block.index, ()):
            if not mention.exact and bool(mention.named.unit_id) is units and mention.near is near:
                key = (" ".join(mention.text.split()), mention.named.name)
                told.setdefault(key, []).append(in_block(block, mention.text))
    for (text, name), places in told.items():
        yield rule.finding(
            f"«{text}» no es el nombre de ninguna {'unidad' if units else 'entidad'}; el más parecido es «{name}».",
            [*places, in_office(_id_of(dossier, name), name)],
            [text, name],
        )


def _missing_in_annex(dossier: Dossier, rule: Rule, *, formal: bool) -> Iterator[Finding]:
    copied, annexed = _copied(dossier), _annexed(dossier)
    if dossier.matrix is None:
        return
    for burden in _each_once(burdens(dossier)):
        if (
            burden.formal is formal
            and burden.unit_id not in annexed
            and (burden.unit_id in copied or not copied)
        ):
            yield rule.finding(
                f"{burden.block.name} encarga a {burden.name}, que no tiene funciones en el Anexo N° 01.",
                [in_block(burden.block, burden.text), *_annex_place(dossier)],
                [burden.name],
            )


def _each_once(found: list[Burden]) -> list[Burden]:
    return list({burden.unit_id: burden for burden in reversed(found)}.values())[::-1]


def _is_of_another(text: str, after: int, mention: Mention) -> bool:
    """`ENCARGAR el cumplimiento de … a la …`: what stands before the unit is the charge, not who bears it."""
    between = fold(text[after : mention.start])
    return not re.search(
        r"\b(?:a|al)\b(?:\s+(?:la|el|las|los|jefe|jefa|de|del|titular|responsable|unidad|señor|señora))*\s*\Z",
        between,
    )


def _copied(dossier: Dossier) -> dict[int, Mention]:
    """The units of the C.c., by id."""
    found: dict[int, Mention] = {}
    for block in dossier.of_kind(BlockKind.COPIES):
        for line in block.text.split("\n"):
            mention = dossier.names.of_line(line)
            if mention is not None and mention.named.unit_id:
                found.setdefault(mention.named.unit_id, Mention(mention.named, line.strip(), 0, 0))
    return found


def _annexed(dossier: Dossier) -> set[int]:
    """The units with duties in Anexo N° 01."""
    if dossier.matrix is None:
        return set()
    return {
        unit_id
        for row in dossier.matrix.units
        for unit_id in _units_of_row(dossier, row.unit_id, row.label or row.name)
    }


def _units_of_row(dossier: Dossier, unit_id: int | None, label: str) -> set[int]:
    """The unit of a row and those that its label names besides."""
    named = {mention.named.unit_id for mention in dossier.names.mentions(label) if mention.named.unit_id}
    return named | ({unit_id} if unit_id is not None else set())


def _above(dossier: Dossier, unit_id: int) -> set[int]:
    """The units over this one: whoever is over the author may always be told."""
    parents = {unit.id: unit.parent_id for unit in dossier.units}
    found: set[int] = set()
    parent = parents.get(unit_id)
    while parent is not None and parent not in found:
        found.add(parent)
        parent = parents.get(parent)
    return found


def _copies_place(dossier: Dossier) -> list[Place]:
    return [in_block(block, "") for block in dossier.of_kind(BlockKind.COPIES)]


def _annex_place(dossier: Dossier) -> list[Place]:
    return [in_matrix(dossier.matrix)] if dossier.matrix is not None else []


def _id_of(dossier: Dossier, name: str) -> int:
    return next((unit.id for unit in dossier.units if unit.name == name), 0)


_BURDEN = "LOM, art. 39; LPAG, art. 28: comunicación a las unidades"
RULES = (
    Rule(
        "unit_name_differs",
        "Unidad con otro nombre",
        Severity.BLOCKS,
        "ROF vigente a la fecha",
        unit_name_differs,
    ),
    Rule(
        "burdened_not_told", "Unidad encargada que nadie nombra", Severity.BLOCKS, _BURDEN, burdened_not_told
    ),
    Rule(
        "burdened_not_in_annex",
        "Unidad encargada sin funciones en el anexo",
        Severity.WARNS,
        _BURDEN,
        burdened_not_in_annex,
    ),
    Rule("annex_not_copied", "Unidad del anexo sin copia", Severity.WARNS, _BURDEN, burdened_not_copied),
    Rule(
        "body_name_differs",
        "Entidad con otro nombre",
        Severity.WARNS,
        "Norma que crea la entidad",
        body_name_differs,
    ),
    Rule(
        "unit_name_spelling",
        "Nombre de unidad con otra forma",
        Severity.STYLE,
        "ROF vigente a la fecha",
        unit_name_spelling,
    ),
    Rule(
        "publisher_not_in_annex",
        "Quien publica no figura en el anexo",
        Severity.STYLE,
        _BURDEN,
        publisher_not_in_annex,
    ),
    Rule(
        "copied_without_charge",
        "Copia a unidades sin encargo",
        Severity.STYLE,
        _BURDEN,
        copied_without_charge,
    ),
)
