"""The data of an act by chip key, and the functional-programmatic table that is made from them once.

What each key is called on screen is in chips.py; where the data come from is the service's affair.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.basics.words import amount_in_words
from sisfoh_desktop.modules.expedientes import rules as chain_rules
from sisfoh_desktop.modules.expedientes.rules import Document
from sisfoh_desktop.modules.plans.rules import (
    LEVELS,
    ChainLevel,
    CodeName,
    FunctionalChain,
    Plan,
    level_of,
    period_text,
)

_ABOVE = ("programme", "product")
_AMOUNT_HEAD = "PRESUPUESTO DISPONIBLE"
_TOTAL_LABEL = "PRESUPUESTO TOTAL DEL PLAN DE TRABAJO"


@dataclass(frozen=True)
class ChainTable:
    """One functional-programmatic table: what stands above the heads, the heads, the rows, and the total's row.

    A cell of `rows` holds the code and the name on a line each.
    """

    above: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, str] | None = None


@dataclass(frozen=True)
class ActData:
    """All that the chips of one act may stand for. `number` is blank while none is reserved."""

    entity: str
    place: str
    number: str
    dated: date
    plan: Plan | None
    documents: tuple[Document, ...]
    units: tuple[tuple[str, str], ...]
    norms: tuple[tuple[str, str], ...]
    author: str = ""
    author_position: str = ""


def chip_values(data: ActData, wordings: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """The value of each key; `wordings` (data as this act writes them) win over all others."""
    values = {
        "entity": data.entity,
        "place": data.place,
        "resolucion.number": data.number,
        "resolucion.date": long_date(data.dated),
    }
    if data.author:
        values |= {"officer.author": data.author, "officer.author_position": data.author_position}
    if data.plan is not None:
        values |= _plan_values(data.plan)
    values |= {f"unit.{key_of(siglas)}": name for siglas, name in data.units}
    values |= {f"norm.{key_of(code)}": code for code, _title in data.norms}
    for document in data.documents:
        values |= _document_values(document)
    return values | dict(wordings)


def key_of(text: str) -> str:
    """`OGPPyMI` → `ogppymi`, `Ley 27972` → `ley_27972`: how siglas and codes stand in a chip key."""
    return re.sub(r"[^a-z0-9]+", "_", without_accents(text)).strip("_") or "x"


def details_of(documents: Sequence[Document]) -> Mapping[int, int]:
    """How many rows of detail each document has, by id."""
    return {document.id: len(document.entry.details) for document in documents}


def chain_tables(plan: Plan | None) -> tuple[ChainTable, ...]:
    """The plan's functional chain as the act prints it: a table for each programme, the total under the last."""
    chains = plan.chains if plan else ()
    groups: dict[tuple[CodeName, CodeName], list[FunctionalChain]] = {}
    for line in chains:
        groups.setdefault((line.programme, line.product), []).append(line)
    tables = [_chain_table(lines) for lines in groups.values()]
    if plan and tables:
        tables[-1] = replace(tables[-1], total=(_TOTAL_LABEL, format_amount(plan.chain_total)))
    return tuple(tables)


def _chain_table(lines: Sequence[FunctionalChain]) -> ChainTable:
    above = [level for level in LEVELS if level.key in _ABOVE and level_of(lines[0], level.key).code]
    columns = [level for level in LEVELS if level.key not in _ABOVE]
    return ChainTable(
        above=tuple((level.head, _code_and_name(lines[0], level, " ")) for level in above),
        heads=(*(level.head for level in columns), _AMOUNT_HEAD),
        rows=tuple(
            (*(_code_and_name(line, level, "\n") for level in columns), format_amount(line.amount))
            for line in lines
        ),
    )


def _code_and_name(line: FunctionalChain, level: ChainLevel, between: str) -> str:
    value = level_of(line, level.key)
    return f"{value.code}{between}{value.name}".strip()


def _plan_values(plan: Plan) -> dict[str, str]:
    values = {
        "plan.kind": "Plan de Trabajo",
        "plan.title": plan.title,
        "plan.amount": format_amount(plan.amount) if plan.amount else "",
        "plan.amount_words": amount_in_words(plan.amount) if plan.amount else "",
        "plan.households": format_number(plan.households) if plan.households else "",
        "plan.period": period_text(plan),
        "plan.district": plan.district,
        "plan.year": str(plan.year),
    }
    return {key: value for key, value in values.items() if value}


def _document_values(document: Document) -> dict[str, str]:
    name, entry = f"doc.{document.key}", document.entry
    registry = chain_rules.vistos_registry(entry)
    values = {
        f"{name}.cite": chain_rules.considerando_citation(entry),
        f"{name}.date": long_date(entry.on),
        f"{name}.vistos": chain_rules.vistos_citation(entry),
    }
    return values | ({f"{name}.vistos_registry": registry} if registry else {})
