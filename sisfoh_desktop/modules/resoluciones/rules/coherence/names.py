"""Names of units and bodies in a text: said exactly, by their siglas, or almost.

An almost-name begins like a registered one and departs from it in a word or two: `Participación Social` for
`Participación Vecinal`, `Gestión Documentaria` for `Documentario`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sisfoh_desktop.modules.office.rules import Body, Unit
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import (
    Token,
    fold,
    is_quoted,
    quoted_spans,
    tokens,
)

_CONNECTORS = frozenset({"de", "del", "la", "las", "el", "los", "y", "e", "al", "a", "en"})
_BREAK = re.compile(r"[.;:“”«»\"\n]")
_NAME_END = re.compile(r"[.;:()“”«»\"\n]")
_APPENDIX = re.compile(r"\s*(?:[–—(]|\s-\s).*\Z")
_STEM = 4  # letters that two forms of one word share at least
_LONGEST_NAME = 24


@dataclass(frozen=True)
class Named:
    """A registered name; `unit_id` is 0 for a body outside. `words` are what tells it apart, without connectors."""

    unit_id: int
    name: str
    siglas: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A name in a text. `exact` when it is the registered one; `near` when only a word's form departs from it."""

    named: Named
    text: str
    start: int
    end: int
    exact: bool = True
    near: bool = False


class NameIndex:
    """The names of units and bodies, ready to be looked for. `heads` are groups of first words with one meaning."""

    def __init__(
        self, units: Iterable[Unit], bodies: Iterable[Body] = (), heads: Sequence[Sequence[str]] = ()
    ) -> None:
        self._heads = _head_words(tuple(tuple(group) for group in heads))
        self.named: list[Named] = []
        for unit in units:
            self._add(unit.id, unit.name, unit.siglas)
        for body in bodies:
            self._add(0, body.name, body.siglas)
        self._by_first: dict[str, list[Named]] = {}
        for one in sorted(self.named, key=lambda one: -len(one.words)):
            self._by_first.setdefault(one.words[0], []).append(one)
        spoken = sorted({one.siglas for one in self.named if len(one.siglas) > 1}, key=len, reverse=True)
        listed = "|".join(re.escape(siglas) for siglas in spoken)
        self._siglas = re.compile(rf"(?<![\w/-])(?:{listed})(?![\w/-])") if listed else None
        self._of_siglas = {one.siglas: one for one in reversed(self.named)}

    def mentions(self, text: str) -> list[Mention]:
        """Every name said in the text, in order; an almost-name inside quotation marks is left alone."""
        words = self._words(tokens(text))
        found: list[Mention] = []
        at = 0
        spans = quoted_spans(text)
        while at < len(words):
            mention, used = self._exact(text, words, at)
            if mention is None and not is_quoted(spans, words[at].start):
                mention, used = self._almost(text, words, at)
            if mention is not None:
                found.append(mention)
            at += used or 1
        if self._siglas is not None:
            taken = [(one.start, one.end) for one in found]
            found += [
                Mention(self._of_siglas[hit[0]], hit[0], hit.start(), hit.end())
                for hit in self._siglas.finditer(text)
                if not is_quoted(taken, hit.start())
            ]
        return sorted(found, key=lambda one: one.start)

    def of_line(self, line: str) -> Mention | None:
        """The unit or body that a line of the C.c. names: siglas or name, a final point dropped."""
        told = line.strip().rstrip(".").strip()
        if told in self._of_siglas:
            return Mention(self._of_siglas[told], told, 0, len(told))
        for one in self.named:
            if fold(one.siglas) == fold(told):
                return Mention(one, told, 0, len(told))
        return next(iter(self.mentions(told)), None)

    def _add(self, unit_id: int, name: str, siglas: str) -> None:
        for spelled in dict.fromkeys((name, _APPENDIX.sub("", name))):
            words = tuple(word.folded for word in self._words(tokens(spelled)))
            if words and (len(words) > 1 or spelled == name):
                self.named.append(Named(unit_id, name, siglas, words))

    def _words(self, found: Sequence[Token]) -> list[Token]:
        """The words that count, with first words of one meaning made one: `Sub Gerente` → `subgerencia`."""
        kept: list[Token] = []
        at = 0
        while at < len(found):
            token = found[at]
            pair = f"{token.folded} {found[at + 1].folded}" if at + 1 < len(found) else ""
            if pair in self._heads:
                kept.append(Token(token.text, self._heads[pair], token.start, found[at + 1].end))
                at += 2
                continue
            if token.folded not in _CONNECTORS:
                kept.append(
                    Token(token.text, self._heads.get(token.folded, token.folded), token.start, token.end)
                )
            at += 1
        return kept

    def _exact(self, text: str, words: list[Token], at: int) -> tuple[Mention | None, int]:
        for one in self._by_first.get(words[at].folded, ()):
            run = words[at : at + len(one.words)]
            if tuple(word.folded for word in run) != one.words or not _unbroken(text, run):
                continue
            # a name of one common word is a name only with its capital: `Alcaldía`, not `la gerencia`
            if len(one.words) > 1 or text[run[0].start].isupper():
                return _mention(one, text, run, exact=True), len(run)
        return None, 0

    def _almost(self, text: str, words: list[Token], at: int) -> tuple[Mention | None, int]:
        first = words[at]
        candidates = self._by_first.get(first.folded, ())
        if not candidates or not text[first.start].isupper():
            return None, 0
        run = _capitalised(text, words[at : at + _LONGEST_NAME])
        best: tuple[int, int, Named, int, bool] | None = None
        for place, one in enumerate(candidates):
            size = len(one.words)
            if size < 3:
                continue
            for length in (size, size - 1, size + 1):
                if not 2 <= length <= len(run):
                    continue
                told = tuple(word.folded for word in run[:length])
                gap = _departure(told, one.words)
                if gap is None:
                    continue
                distance, near = gap
                if length == size - 1 and len(run) >= size and not near:
                    continue  # more words follow: it is another name, not a shortened one
                # three words are too few to tell a slip from another unit of the same kind
                if near or (size >= 4 and distance == 1) or (size >= 6 and distance == 2):
                    rank = (distance, place)
                    if best is None or rank < best[:2]:
                        best = (distance, place, one, length, near)
        if best is None:
            return None, 0
        _, _, one, length, near = best
        return _mention(one, text, run[:length], exact=False, near=near), length


def same_form(word: str, other: str) -> bool:
    """Whether two words are forms of one: same beginning, another ending (`documentario`, `documentaria`)."""
    shorter = min(len(word), len(other))
    if shorter < _STEM:
        return False
    common = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), shorter)
    return common >= max(_STEM, max(len(word), len(other)) - 2)


def _departure(told: tuple[str, ...], name: tuple[str, ...]) -> tuple[int, bool] | None:
    """How many words one departs from the other, and whether only in their form; None when in more than two."""
    if len(told) == len(name):
        pairs = [(a, b) for a, b in zip(told, name, strict=True) if a != b]
        if len(pairs) > 2:
            return None
        return len(pairs), all(same_form(a, b) for a, b in pairs)
    short, long = sorted((told, name), key=len)
    for skipped in range(1, len(long)):
        rest = long[:skipped] + long[skipped + 1 :]
        pairs = [(a, b) for a, b in zip(short, rest, strict=True) if a != b]
        if all(same_form(a, b) for a, b in pairs):
            return 1, False
    return None


def _capitalised(text: str, run: list[Token]) -> list[Token]:
    """The words up to the first break or small-letter word: what can still belong to a name."""
    kept = run[:1]
    for word in run[1:]:
        if _NAME_END.search(text, kept[-1].end, word.start) or not text[word.start].isupper():
            break
        kept.append(word)
    return kept


def _unbroken(text: str, run: list[Token]) -> bool:
    return not any(_BREAK.search(text, left.end, right.start) for left, right in pairwise(run))


def _mention(named: Named, text: str, run: list[Token], *, exact: bool, near: bool = False) -> Mention:
    start, end = run[0].start, run[-1].end
    return Mention(named, text[start:end], start, end, exact, near)


@lru_cache(maxsize=8)
def _head_words(groups: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """Each word or pair of words that begins a name, with the first of its group: `sub gerente` → `subgerencia`."""
    return {fold(form): fold(group[0]) for group in groups for form in group}
