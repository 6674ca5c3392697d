"""Rules on the estructura funcional programática: the same codes in the plan, the documents and the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sisfoh_desktop.modules.expedientes.rules import Document
from sisfoh_desktop.modules.plans.rules import LEVELS, ChainLevel, CodeName, level_of
from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    Dossier,
    Finding,
    Place,
    Rule,
    Severity,
    in_block,
    in_document,
    in_plan,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import fold

_LABELS = {
    "programme": ("programa", "categoria presupuestal", "programa presupuestal"),
    "product": ("producto", "proyecto", "producto / proyecto", "producto/proyecto"),
    "activity": ("actividad",),
    "function": ("funcion",),
    "division": ("div. funcional", "div funcional", "division funcional", "division"),
    "group": ("grupo funcional", "grupo"),
    "source": ("fuente de financiamiento", "fte. fto.", "fte fto", "fte. fto", "fuente"),
    "rubro": ("rubro",),
    "generic": ("generica de gasto", "generica", "generica del gasto"),
}
_LEVEL_OF = {label: key for key, labels in _LABELS.items() for label in labels}
_IN_PROSE = re.compile(
    r"\b(?P<label>fuente\s+de\s+financiamiento|fte\.?\s*fto\.?|rubro|grupo\s+funcional|divisi[oó]n\s+funcional|div\.\s*funcional)"
    r"\s*(?:N[°º]\.?\s*)?[:\-–]?\s*(?P<code>[0-9]{1,4})\b(?!\s*[-/][0-9])",
    re.IGNORECASE,
)
_FEWEST_ROWS = 2  # a single row is a mention, not a chain


@dataclass(frozen=True)
class ToldLevel:
    """A level of the chain as a document or a block tells it."""

    level: ChainLevel
    code: str
    name: str
    places: tuple[Place, ...]


def told_levels(dossier: Dossier) -> list[ToldLevel]:
    """Every level told in the rows of a document or, with its label, in prose."""
    by_key = {level.key: level for level in LEVELS}
    found = []
    for document in dossier.documents:
        for detail in document.entry.details:
            key = _LEVEL_OF.get(_label(detail.label))
            if key is not None:
                excerpt = f"{detail.label}: {detail.code} {detail.text}".strip()
                blocks = [
                    block for block in dossier.blocks if block.document_id == document.id and block.table
                ]
                places = (*(in_block(block, detail.code) for block in blocks), in_document(document, excerpt))
                found.append(ToldLevel(by_key[key], _code(detail.code), detail.text, places))
    for block in dossier.blocks:
        for match in _IN_PROSE.finditer(block.text):
            key = _LEVEL_OF.get(_label(match["label"]))
            if key is not None:
                found.append(ToldLevel(by_key[key], match["code"], "", (in_block(block, match[0]),)))
    return found


def code_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`01 Recursos Ordinarios` in the memorando and `00` in the plan."""
    for told, known in _beside_plan(dossier):
        codes = [value.code for value in known]
        if told.code in codes or not told.code or _lost_zero(told, codes):
            continue
        if (
            told.level.key == "source"
            and told.code.lstrip("0")
            and told.code.lstrip("0") in [c.lstrip("0") for c in codes]
        ):
            continue  # 1 and 01 are one source
        yield _beside(
            dossier,
            rule,
            told,
            codes,
            f"{told.level.label}: aquí dice «{told.code}{_named(told.name)}» y el plan tiene {_listed(known)}.",
        )


def zero_lost(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`114` for `0114`: a spreadsheet took the zero away."""
    for told, known in _beside_plan(dossier):
        codes = [value.code for value in known]
        if told.code not in codes and _lost_zero(told, codes):
            yield _beside(
                dossier,
                rule,
                told,
                codes,
                f"{told.level.label}: «{told.code}» perdió un cero; el plan tiene {_listed(known)}.",
            )


def name_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The same code with other words: `… EN PRODUCTO` and `… EN PRODUCTOS`."""
    for told, known in _beside_plan(dossier):
        names = [value.name for value in known if value.code == told.code]
        if told.name and names and fold(told.name) not in [fold(name) for name in names]:
            yield _beside(
                dossier,
                rule,
                told,
                names,
                f"{told.level.label} {told.code}: aquí se llama «{told.name}» y en el plan «{names[0]}».",
            )


def incomplete(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A document that tells a chain and leaves levels out, or without their code."""
    for document in dossier.documents:
        told = _levels_of(document)
        if len(told) < _FEWEST_ROWS:
            continue
        missing = [level.label for level in LEVELS if level.required and not told.get(level.key)]
        if missing:
            yield rule.finding(
                f"La estructura funcional que cuenta {document.title} está incompleta: falta {_joined(missing)}.",
                [
                    *(in_block(block, "") for block in dossier.blocks if block.document_id == document.id),
                    in_document(document),
                ],
                [document.key, *missing],
            )


def _beside_plan(dossier: Dossier) -> Iterator[tuple[ToldLevel, list[CodeName]]]:
    """What is told of each level beside what the plan has at it."""
    if dossier.plan is None or not dossier.plan.chains:
        return
    for told in told_levels(dossier):
        known = list(dict.fromkeys(level_of(chain, told.level.key) for chain in dossier.plan.chains))
        if any(value.code for value in known):
            yield told, [value for value in known if value.code]


def _beside(dossier: Dossier, rule: Rule, told: ToldLevel, values: list[str], sentence: str) -> Finding:
    plan = dossier.plan
    assert plan is not None
    return rule.finding(
        sentence, [*told.places, in_plan(plan, values[0])], [told.level.key, told.code, told.name, *values]
    )


def _levels_of(document: Document) -> dict[str, str]:
    """The code of each level that a document's rows tell."""
    told: dict[str, str] = {}
    for detail in document.entry.details:
        key = _LEVEL_OF.get(_label(detail.label))
        if key is not None:
            told[key] = _code(detail.code)
    return told


def _lost_zero(told: ToldLevel, codes: list[str]) -> bool:
    if told.level.key == "source":
        return False  # its code has one figure or two
    return any(code != told.code and code.lstrip("0") == told.code and told.code != "" for code in codes)


def _label(label: str) -> str:
    return " ".join(fold(label).split()).rstrip(":").strip()


def _code(code: str) -> str:
    return " ".join(code.split()).rstrip(".")


def _named(name: str) -> str:
    return f" {name}" if name else ""


def _listed(known: list[CodeName]) -> str:
    return _joined([f"«{value.code}{_named(value.name)}»" for value in known])


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} y {words[-1]}"


_BUDGET = "DLeg 1440, arts. 14 y 27: clasificadores del gasto"
RULES = (
    Rule("chain_code_differs", "Código funcional distinto del plan", Severity.BLOCKS, _BUDGET, code_differs),
    Rule("chain_zero_lost", "Código que perdió un cero", Severity.BLOCKS, _BUDGET, zero_lost),
    Rule("chain_incomplete", "Estructura funcional incompleta", Severity.WARNS, _BUDGET, incomplete),
    Rule("chain_name_differs", "Nombre funcional distinto del plan", Severity.STYLE, _BUDGET, name_differs),
)
