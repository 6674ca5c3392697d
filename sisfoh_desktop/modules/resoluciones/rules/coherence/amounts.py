"""Rules on amounts and counts: well formed, equal to their words, equal to the plan's, written in one way."""

import re
from collections.abc import Iterator
from decimal import Decimal

from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Place,
    Rule,
    Severity,
    in_block,
    in_document,
    in_plan,
    told_apart,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.figures import (
    Amount,
    Grouping,
    counts_before,
    worded_amounts,
    worded_numbers,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import is_quoted, within_one_edit
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind

_GROUPED_FROM = 10_000  # four figures are rightly written without a gap
_OF_THE_PLAN = re.compile(
    r"(?:presupuesto(?:\s+total)?|monto(?:\s+total)?|importe(?:\s+total)?|costo\s+total|suma\s+total|"
    r"asignaci[oó]n(?:\s+presupuesta(?:l|ria))?)\b[^.;:()0-9“”«»]{0,40}\Z",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"[^.;“”]{0,90}\b(?:gobiernos\s+locales|distritos|municipalidades|a\s+nivel\s+nacional|sector\s+p[uú]blico|"
    r"pliegos|gobiernos\s+regionales)\b",
    re.IGNORECASE,
)
_AMOUNT_ROW = re.compile(r"asignaci[oó]n|presupuesto|monto|importe|total", re.IGNORECASE)


def malformed(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`S/ 41 18 230.00`: figures that nobody can read in one way, wherever they stand."""
    for block in dossier.blocks:
        for amount in block.amounts:
            if amount.value is None:
                yield rule.finding(
                    f"El importe «{amount.text}» no se puede leer: los miles van de tres en tres y los céntimos "
                    "después de un punto. Escríbalo como en su documento.",
                    _told_in(dossier, block, amount.text),
                    [amount.text],
                )


def words_differ(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """Figures and words that stand side by side, and do not say the same."""
    for block in dossier.blocks:
        for amount, worded in worded_amounts(block.whole):
            if amount.value is None or worded.amount is None:
                continue
            if amount.value != worded.amount and (
                worded.cents is not None or int(amount.value) != worded.value
            ):
                yield rule.finding(
                    f"Las cifras dicen {amount.text} y las letras «{worded.text}», que son "
                    f"{format_amount(worded.amount)}.",
                    [in_block(block, amount.text), in_block(block, worded.text)],
                    [amount.text, worded.text],
                )
        for told, figure, text in worded_numbers(block.text):
            if told.value != figure:
                yield rule.finding(
                    f"«{text}»: las letras dicen {told.value} y las cifras {figure}.",
                    [in_block(block, text)],
                    [text],
                )


def words_unreadable(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """Words beside an amount that are no number: `Trecientos dose mil`."""
    for block in dossier.blocks:
        for amount, worded in worded_amounts(block.whole):
            if worded.value is None:
                yield rule.finding(
                    f"Junto a {amount.text} las letras «{worded.text}» no se entienden como número; revíselas.",
                    [in_block(block, worded.text)],
                    [worded.text],
                )


def differs_from_plan(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """An amount told as the plan's that is not the plan's; amounts of others and quotations are left alone."""
    plan = dossier.plan
    if plan is None or not plan.amount:
        return
    known = {plan.amount, plan.chain_total, plan.budget_total}
    known |= {chain.amount for chain in plan.chains} | {line.amount for line in plan.budget}
    known |= {one.budget for one in plan.activities}
    for block in dossier.blocks:
        for amount in block.amounts:
            if amount.value is None or amount.value in known or is_quoted(block.quotes, amount.start):
                continue
            if _is_the_plans(block, amount, plan.amount):
                yield rule.finding(
                    f"Aquí se dice {amount.text} y el plan tiene {format_amount(plan.amount)}.",
                    [*_told_in(dossier, block, amount.text), in_plan(plan, format_amount(plan.amount))],
                    [str(amount.value), str(plan.amount)],
                )


def format_mixed(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`S/ 312,656.00` and `S/ 312 656.00` in one act; quotations keep their own way."""
    told: dict[Grouping, list[tuple[str, ActBlock]]] = {}
    for block in dossier.blocks:
        for amount in block.amounts:
            if amount.value is None or amount.value < 1000 or is_quoted(block.quotes, amount.start):
                continue
            if amount.grouping is not None:
                told.setdefault(amount.grouping, []).append((amount.text, block))
    yield from _mixed(rule, told, "Los importes se escriben de varias maneras")


def count_format_mixed(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`16 391 hogares` and `16,391 hogares` in one act."""
    told: dict[Grouping, list[tuple[str, ActBlock]]] = {}
    for block in dossier.blocks:
        for count in counts_before(block.text, "hogares"):
            if count.value >= _GROUPED_FROM and not is_quoted(block.quotes, count.start):
                told.setdefault(count.grouping, []).append((count.text, block))
    yield from _mixed(rule, told, "Los hogares se escriben de varias maneras")


def households_differ(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A number of households that looks like the plan's goal with a figure changed."""
    plan = dossier.plan
    if plan is None or not plan.households:
        return
    known = {plan.households, plan.estimated_households, plan.zone_households}
    for block in dossier.blocks:
        for count in counts_before(block.text, "hogares"):
            if count.value not in known and within_one_edit(str(count.value), str(plan.households)):
                yield rule.finding(
                    f"Aquí se dice {count.text} hogares y la meta del plan es {format_number(plan.households)}.",
                    [in_block(block, count.text), in_plan(plan, format_number(plan.households))],
                    [str(count.value), str(plan.households)],
                )


def _mixed(rule: Rule, told: dict[Grouping, list[tuple[str, ActBlock]]], sentence: str) -> Iterator[Finding]:
    if len(told) < 2:
        return
    by_use = sorted(told.values(), key=len)
    places = [in_block(block, text) for group in by_use for text, block in group]
    first = [(group[0][0], group[0][1].name) for group in by_use]
    yield rule.finding(f"{sentence}: {told_apart(first)}. Use una sola.", places, [text for text, _ in first])


def _is_the_plans(block: ActBlock, amount: Amount, plan_amount: Decimal) -> bool:
    text = block.whole
    if _OF_OTHERS.match(text, amount.end):
        return False
    if block.kind is BlockKind.ARTICLE:
        return True
    figures, wanted = f"{amount.value:.2f}", f"{plan_amount:.2f}"
    if len(wanted) > 6 and within_one_edit(figures, wanted):
        return True
    if amount.start > len(block.text):
        row = text[text.rfind("\n", 0, amount.start) + 1 : amount.start]
        return bool(_AMOUNT_ROW.search(row))
    return bool(_OF_THE_PLAN.search(text[max(0, amount.start - 90) : amount.start]))


def _told_in(dossier: Dossier, block: ActBlock, excerpt: str) -> list[Place]:
    """The block, and the document that it tells."""
    told = [document for document in dossier.documents if document.id == block.document_id]
    return [in_block(block, excerpt), *(in_document(document, excerpt) for document in told)]


RULES = (
    Rule(
        "amount_malformed",
        "Importe mal escrito",
        Severity.BLOCKS,
        "LPAG, art. 3.2: objeto inequívoco",
        malformed,
    ),
    Rule(
        "amount_words_differ",
        "Cifras y letras distintas",
        Severity.BLOCKS,
        "LPAG, art. 3.2: objeto inequívoco",
        words_differ,
    ),
    Rule(
        "amount_words_unreadable",
        "Letras que no son un número",
        Severity.WARNS,
        "LPAG, art. 3.2: objeto inequívoco",
        words_unreadable,
    ),
    Rule(
        "amount_differs",
        "Importe distinto del plan",
        Severity.BLOCKS,
        "DLeg 1440, arts. 14 y 27",
        differs_from_plan,
    ),
    Rule(
        "households_differ",
        "Hogares distintos de la meta",
        Severity.WARNS,
        "Anexo de la directiva",
        households_differ,
    ),
    Rule(
        "amount_format_mixed",
        "Importes en varios formatos",
        Severity.STYLE,
        "Uso uniforme en el acto",
        format_mixed,
    ),
    Rule(
        "count_format_mixed",
        "Cifras en varios formatos",
        Severity.STYLE,
        "Uso uniforme en el acto",
        count_format_mixed,
    ),
)
