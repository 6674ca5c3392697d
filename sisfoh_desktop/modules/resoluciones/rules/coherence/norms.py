"""Rules on norms and on the act's own number: one code, one day, one title, in force on the act's date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.office.rules import Norm
from sisfoh_desktop.modules.resoluciones.rules.coherence.citations import (
    CitedNorm,
    Spelled,
    letters_of,
    norm_of_code,
    same_norm,
    spelled_codes,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Rule,
    Severity,
    in_block,
    in_matrix,
    in_office,
    in_plan,
    told_apart,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import is_quoted, likeness, tokens
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind

_BINDING = (BlockKind.ESTANDO, BlockKind.ARTICLE)
_TITLE_WORDS = 7  # shorter quotations are no titles
_ALIKE = 0.75
_UNQUOTED_TITLE = re.compile(
    r"\b(?:Directiva|Ley|Reglamento|Lineamientos?|Guía)\s+que\b[^.;,:()“”«»\"\n]{30,400}", re.IGNORECASE
)


@dataclass(frozen=True)
class CitedAt:
    """A norm and the block that cites it."""

    norm: CitedNorm
    block: ActBlock

    @property
    def spelled(self) -> Spelled:
        assert self.norm.spelled is not None
        return self.norm.spelled


def number_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`D000009`, `D00009` and `009` for one norm."""
    for group in _numbered_norms(dossier):
        if len({one.spelled.identity for one in group}) > 1:
            yield _spelled_apart(dossier, rule, group, "se cita con números distintos")


def number_spelling(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """One norm with other zeros or separators: `32-2020-MIDIS` and `032-2020-MIDIS`."""
    for group in _numbered_norms(dossier):
        if len({one.spelled.identity for one in group}) == 1 and len({one.norm.text for one in group}) > 1:
            yield _spelled_apart(dossier, rule, group, "se escribe de varias maneras")


def own_number_spelling(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The act's own number in several ways: `091 - 2024 GM/MPT`, `091-2024 GM/MPT`."""
    own = spelled_codes(re.sub("_+", "0", dossier.number))
    if not own:
        return
    mine = own[0][0]
    numbered = "_" not in dossier.number
    told: dict[int, list[tuple[str, ActBlock]]] = {}
    for block in dossier.blocks:
        for code, _, _ in spelled_codes(block.text):
            if (code.year, letters_of(code.siglas)) == (mine.year, letters_of(mine.siglas)):
                told.setdefault(int(code.number), []).append((code.spelling, block))
    for number, group in told.items():
        spellings = [(text, block.name) for text, block in group]
        if numbered and number == int(mine.number):
            spellings.append((dossier.number, "el número tomado"))
        if len({text for text, _ in spellings}) > 1:
            yield rule.finding(
                f"El número de la resolución se escribe de varias maneras: {told_apart(spellings)}.",
                [in_block(block, text) for text, block in group],
                [text for text, _ in spellings],
            )


def date_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """One norm with two days."""
    for group in _numbered_norms(dossier):
        days = {one.norm.dated: one for one in group if one.norm.dated is not None}
        if len(days) > 1:
            told = [(format_date(day), one.block.name) for day, one in days.items() if day is not None]
            yield rule.finding(
                f"La norma {group[0].norm.text} se dice de fechas distintas: {told_apart(told)}.",
                [in_block(one.block, one.norm.text) for one in days.values()],
                [group[0].norm.text, *(day for day, _ in told)],
            )


def not_in_force(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The act stands on a norm that does not hold on its date."""
    yield from _out_of_force(dossier, rule, dossier.of_kind(*_BINDING))


def was_in_force(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """A considerando cites a norm that does not hold on the act's date; it may be told as past."""
    yield from _out_of_force(dossier, rule, dossier.of_kind(BlockKind.VISTOS, BlockKind.CONSIDERANDO))


def title_differs(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """The title of a plan or a norm with words more or less from one place to another."""
    told = [
        (words, text, in_block(block, text)) for block in dossier.blocks for words, text in _titles(block)
    ]
    if dossier.plan is not None:
        plan = dossier.plan
        told.append((_words(plan.title), plan.title, in_plan(plan, plan.title)))
    if dossier.matrix is not None:
        matrix = dossier.matrix
        told.append((_words(matrix.title), matrix.title, in_matrix(matrix, matrix.title)))
    seen: dict[tuple[str, ...], tuple[str, str]] = {}
    for words, text, place in told:
        seen.setdefault(words, (text, place.name))
    known = list(seen)
    for at, words in enumerate(known):
        for other in known[at + 1 :]:
            if not _differ_in_figures(words, other) and _are_alike(words, other):
                places = [place for told_words, _, place in told if told_words in (words, other)]
                yield rule.finding(
                    f"Un mismo título se escribe de dos maneras: {_difference(words, other, seen)}.",
                    places,
                    [" ".join(words), " ".join(other)],
                )


def _numbered_norms(dossier: Dossier) -> list[list[CitedAt]]:
    """The norms cited with number and year, those that are the same together; the act's own number apart."""
    groups: list[list[CitedAt]] = []
    for block in dossier.blocks:
        for norm in dossier.cited_norms[block.index]:
            if norm.spelled is None:
                continue
            for group in groups:
                if same_norm(group[0].norm, norm):
                    group.append(CitedAt(norm, block))
                    break
            else:
                groups.append([CitedAt(norm, block)])
    own = spelled_codes(re.sub("_+", "0", dossier.number))
    if not own:
        return groups
    mine = (own[0][0].year, letters_of(own[0][0].siglas))
    return [group for group in groups if group[0].spelled.key[1:] != mine]


def _spelled_apart(dossier: Dossier, rule: Rule, group: list[CitedAt], what: str) -> Finding:
    told = [(one.norm.text, one.block.name) for one in group]
    places = [in_block(one.block, one.norm.text) for one in group]
    places += [in_office(norm.id, norm.code) for norm in _known(dossier, group[0].norm)]
    return rule.finding(f"Una misma norma {what}: {told_apart(told)}.", places, [text for text, _ in told])


def _out_of_force(dossier: Dossier, rule: Rule, blocks: list[ActBlock]) -> Iterator[Finding]:
    for block in blocks:
        for cited in dossier.cited_norms[block.index]:
            if is_quoted(block.quotes, cited.start):
                continue
            known = _known(dossier, cited)
            if not known or any(_holds(norm, dossier) for norm in known):
                continue
            norm = known[0]
            when = (
                f"rige desde el {format_date(norm.valid_from)}"
                if norm.valid_from and norm.valid_from > dossier.dated
                else f"rigió hasta el {format_date(norm.valid_to)}"
                if norm.valid_to
                else "no rige"
            )
            yield rule.finding(
                f"Se cita {norm.code}, que {when}: no está vigente el {format_date(dossier.dated)}.",
                [in_block(block, cited.text), in_office(norm.id, norm.code)],
                [norm.code, dossier.dated.isoformat(), str(norm.valid_from), str(norm.valid_to)],
            )


def _known(dossier: Dossier, cited: CitedNorm) -> list[Norm]:
    """The rows of the office for a norm that the text cites."""
    found = []
    for norm in dossier.norms:
        listed = norm_of_code(norm.code, norm.kind.value)
        if listed is not None and same_norm(listed, cited):
            found.append(norm)
    return found


def _holds(norm: Norm, dossier: Dossier) -> bool:
    begun = norm.valid_from is None or norm.valid_from <= dossier.dated
    return begun and (norm.valid_to is None or dossier.dated <= norm.valid_to)


def _titles(block: ActBlock) -> list[tuple[tuple[str, ...], str]]:
    """What stands in a block as a title: a long quotation, or `Directiva que establece …`."""
    text = block.text
    found = []
    for start, end in block.quotes:
        if end > len(text):
            break
        inside = text[start + 1 : end - 1]
        words = _words(inside)
        if _TITLE_WORDS <= len(words) <= 60 and "(...)" not in inside:
            found.append((words, inside))
    for match in _UNQUOTED_TITLE.finditer(text):
        if not is_quoted(block.quotes, match.start()):
            words = _words(match[0])
            if len(words) >= _TITLE_WORDS:
                found.append((words, match[0].strip()))
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def _are_alike(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((len(words), len(other)))
    if short < _TITLE_WORDS - 1 or short / long < _ALIKE * 0.85:
        return False
    return likeness(words, other) >= _ALIKE


def _differ_in_figures(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two plans of two years, two articles with other numbers: different on purpose."""
    figures = [sorted(word for word in one if word.isdigit()) for one in (words, other)]
    return figures[0] != figures[1]


def _difference(
    words: tuple[str, ...], other: tuple[str, ...], seen: dict[tuple[str, ...], tuple[str, str]]
) -> str:
    """What one has that the other has not, with where each stands."""
    (first, where), (second, where_other) = seen[words], seen[other]
    more, fewer = (words, other) if len(words) >= len(other) else (other, words)
    added = [
        one for one in SequenceMatcher(None, fewer, more, autojunk=False).get_opcodes() if one[0] != "equal"
    ]
    if len(added) == 1 and added[0][0] == "insert":
        _, _, _, start, end = added[0]
        longer, has, lacks = (first, where, where_other) if more is words else (second, where_other, where)
        spelled = tokens(longer)
        return f"en {has} lleva «{longer[spelled[start].start : spelled[end - 1].end]}» y en {lacks} no"
    return f"«{first}» ({where}) y «{second}» ({where_other})"


_IDENTIFIED = "LPAG, art. 6.1: motivación con las normas que justifican el acto"
RULES = (
    Rule(
        "norm_number_differs",
        "Norma citada con números distintos",
        Severity.BLOCKS,
        _IDENTIFIED,
        number_differs,
    ),
    Rule(
        "norm_date_differs", "Norma citada con fechas distintas", Severity.BLOCKS, _IDENTIFIED, date_differs
    ),
    Rule(
        "norm_not_in_force",
        "El acto se apoya en una norma no vigente",
        Severity.BLOCKS,
        _IDENTIFIED,
        not_in_force,
    ),
    Rule("norm_was_in_force", "Se cita una norma no vigente", Severity.WARNS, _IDENTIFIED, was_in_force),
    Rule("title_differs", "Título escrito de dos maneras", Severity.WARNS, _IDENTIFIED, title_differs),
    Rule(
        "norm_number_spelling",
        "Norma escrita de varias maneras",
        Severity.STYLE,
        "Uso uniforme en el acto",
        number_spelling,
    ),
    Rule(
        "act_number_spelling",
        "Número propio escrito de varias maneras",
        Severity.STYLE,
        "Uso uniforme en el acto",
        own_number_spelling,
    ),
)
