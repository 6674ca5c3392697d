"""Rules on time: from what a term counts, when the plan begins, the name of the year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Rule,
    Severity,
    in_block,
    in_plan,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.figures import words_to_number
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import (
    fold,
    likeness,
    sentence_around,
    tokens,
)
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind

_TERM = re.compile(
    r"\bd[ií]as?\s+(?P<unit>h[aá]biles|calendario|naturales)(?P<after>[^.;\n]{0,110})", re.IGNORECASE
)
_COUNT = re.compile(r"(?P<words>(?:[^\W\d_]+\s+){0,2}[^\W\d_]+)?\s*\(?(?P<figure>[0-9]{1,3})?\)?\s*\Z")
_LONGEST_COUNT = 40
_FROM = re.compile(
    r"(?:luego|despu[eé]s|contad[oa]s?|computad[oa]s?|siguientes?|posteriores|a\s+partir|desde|de)\b[^.;\n]{0,60}",
    re.IGNORECASE,
)
_EVENTS = (
    (
        "la emisión",
        re.compile(
            r"\b(?:emisi[oó]n|emitid[oa]s?|expedici[oó]n|expedid[oa]s?|suscripci[oó]n)\b", re.IGNORECASE
        ),
    ),
    ("la aprobación", re.compile(r"\b(?:aprobaci[oó]n|aprobad[oa]s?)\b", re.IGNORECASE)),
    ("la notificación", re.compile(r"\b(?:notificaci[oó]n|notificad[oa]s?)\b", re.IGNORECASE)),
    ("la recepción", re.compile(r"\b(?:recepci[oó]n|recibid[oa]s?|recepcionad[oa]s?)\b", re.IGNORECASE)),
    ("la publicación", re.compile(r"\b(?:publicaci[oó]n|publicad[oa]s?)\b", re.IGNORECASE)),
)
# Words that any two sentences about a term share.
_COMMON = frozenset(
    {
        "plazo",
        "habiles",
        "calendario",
        "maximo",
        "presente",
        "resolucion",
        "trabajo",
        "desde",
        "luego",
        "posteriores",
    }
    | {"siguientes", "contados", "partir", "cinco", "siete", "quince", "treinta", "dentro", "sobre"}
)
_YEAR_NAME = re.compile(r"\bAño\s+(?:de\s+la|de\s+los|del|de)\s+(?!Fiscal\b)[^.;:()0-9“”«»\"\n]{6,160}")
_LIKE_A_YEAR_NAME = 0.6


@dataclass(frozen=True)
class Term:
    """A term told in a block: so many days from an event, in a sentence with these words."""

    days: int
    unit: str
    event: str
    block: ActBlock
    text: str
    words: frozenset[str]
    acronyms: frozenset[str]

    def is_about(self, other: "Term") -> bool:
        """Whether both sentences speak of one matter: they share an acronym and a word, or three words."""
        shared = len(self.words & other.words)
        return shared >= 3 or (shared >= 1 and bool(self.acronyms & other.acronyms))


def terms_in(block: ActBlock) -> list[Term]:
    """The terms in days that a block tells with the event from which they count."""
    text = block.text
    found = []
    for match in _TERM.finditer(text):
        days = _days_before(text, match.start())
        lead = _FROM.search(match["after"])
        if days is None or lead is None:
            continue
        events = [(hit.start(), name) for name, pattern in _EVENTS if (hit := pattern.search(lead[0]))]
        if not events:
            continue
        around = sentence_around(text, match.start(), match.end())
        told = tokens(around)
        end = match.start("after") + lead.end()
        found.append(
            Term(
                days,
                fold(match["unit"])[:3],
                min(events)[1],
                block,
                text[match.start("unit") : end].strip(),
                frozenset(
                    one.folded[:6] for one in told if len(one.folded) > 4 and one.folded not in _COMMON
                ),
                frozenset(one.text for one in told if len(one.text) > 2 and one.text.isupper()),
            )
        )
    return found


def term_start_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """Three days from the emission in one place, from the approval in another."""
    told = [term for block in dossier.blocks for term in terms_in(block)]
    for one, other in combinations(told, 2):
        if (
            one.event != other.event
            and (one.days, one.unit) == (other.days, other.unit)
            and one.is_about(other)
        ):
            yield rule.finding(
                f"El plazo de {one.days} días se cuenta desde {one.event} en {one.block.name} y desde {other.event} en "
                f"{other.block.name}.",
                [in_block(one.block, one.text), in_block(other.block, other.text)],
                [str(one.days), one.event, other.event],
            )


def term_days_differ(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """One charge with two terms: three days in one place, five in another."""
    told = [term for block in dossier.blocks for term in terms_in(block)]
    for one, other in combinations(told, 2):
        same_matter = one.acronyms & other.acronyms and len(one.words & other.words) >= 3
        if one.days != other.days and one.event == other.event and same_matter:
            yield rule.finding(
                f"Un mismo encargo tiene {one.days} días en {one.block.name} y {other.days} en {other.block.name}.",
                [in_block(one.block, one.text), in_block(other.block, other.text)],
                [str(one.days), str(other.days), one.event],
            )


def starts_before_approval(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The plan begins before the act that approves it: it would need an early effect, and a reason."""
    plan = dossier.plan
    if plan is not None and plan.starts is not None and plan.starts < dossier.dated:
        yield rule.finding(
            f"El plazo de ejecución empieza el {format_date(plan.starts)} y la resolución es del "
            f"{format_date(dossier.dated)}: el plan se ejecutaría antes de su aprobación.",
            [in_plan(plan, format_date(plan.starts))],
            [plan.starts.isoformat(), dossier.dated.isoformat()],
        )


def year_name_wrong(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The text writes the name of another year, or this year's with other words."""
    current = [
        name
        for name in dossier.year_names
        if (name.valid_from is None or name.valid_from <= dossier.dated)
        and (name.valid_to is None or dossier.dated <= name.valid_to)
    ]
    right = {_words(name.text) for name in current}
    others = {_words(name.text): name for name in dossier.year_names if name not in current}
    if not right:
        return
    for block in dossier.of_kind(*(kind for kind in BlockKind if kind is not BlockKind.COPIES)):
        for match in _YEAR_NAME.finditer(block.text):
            told = _words(match[0])
            if any(told[: len(words)] == words for words in right):
                continue
            stale = next((name for words, name in others.items() if told[: len(words)] == words), None)
            near = any(likeness(told[: len(words)], words) >= _LIKE_A_YEAR_NAME for words in right)
            if stale is None and not near:
                continue
            which = f"es de {stale.valid_from:%Y}" if stale and stale.valid_from else "no está completo"
            yield rule.finding(
                f"El nombre del año «{match[0].strip()}» {which}; el {format_date(dossier.dated)} es "
                f"«{current[0].text}».",
                [in_block(block, match[0])],
                [match[0].strip(), current[0].text],
            )


def _days_before(text: str, at: int) -> int | None:
    """How many days are told before the word: `tres (03)`, `10`, `cinco`; None when none are."""
    found = _COUNT.search(text, max(0, at - _LONGEST_COUNT), at)
    if found is None:
        return None
    if found["figure"]:
        return int(found["figure"])
    words = (found["words"] or "").split()
    values = (words_to_number(" ".join(words[-size:])) for size in range(len(words), 0, -1))
    return next((value for value in values if value is not None), None)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


RULES = (
    Rule(
        "term_start_differs",
        "Plazo contado desde hechos distintos",
        Severity.WARNS,
        "LPAG, art. 133: desde cuándo corre un plazo",
        term_start_differs,
    ),
    Rule("term_days_differ", "Plazo con días distintos", Severity.WARNS, "LPAG, art. 132", term_days_differ),
    Rule(
        "period_before_approval",
        "El plan empieza antes de aprobarse",
        Severity.WARNS,
        "LPAG, art. 17: eficacia anticipada",
        starts_before_approval,
    ),
    Rule(
        "year_name_wrong",
        "Nombre de otro año",
        Severity.WARNS,
        "Decreto supremo que nombra cada año",
        year_name_wrong,
    ),
)
