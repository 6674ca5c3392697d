"""Amounts, counts and numbers in words, as they stand in a text: found where they are and read, well formed or not.

How an amount typed by a person is read is basics.money; here a text is searched that somebody else wrote.
"""

import re
from bisect import bisect
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import SPACES, fold

# No amount is as long; without the bound a text full of figures is read again from each of them to its end.
_RUN = rf"[0-9](?:[0-9]|[.,'’{SPACES}](?=[0-9])){{0,60}}+"
_WITH_SIGN = re.compile(rf"\bS\s?/(?:\s?\.)?[{SPACES}]*(?P<figure>{_RUN})", re.IGNORECASE)
_WITH_NOUN = re.compile(rf"(?<![\w/.,'’])(?P<figure>{_RUN})(?=[{SPACES}](?:nuevos[{SPACES}])?soles\b)")
_DECIMALS = re.compile(r"[.,][0-9]{2}(?![0-9])(?![.,'’][0-9])")
_S = f"[{SPACES}]"


class Grouping(StrEnum):
    """How the thousands of an amount are set apart."""

    NONE = "sin separar"
    SPACE = "con espacio"
    COMMA = "con coma"
    POINT = "con punto"
    APOSTROPHE = "con apóstrofo"


_SHAPES = (
    (Grouping.NONE, re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")),
    (Grouping.SPACE, re.compile(rf"[0-9]{{1,3}}(?:{_S}[0-9]{{3}})+(?:[.,][0-9]{{1,2}})?")),
    (Grouping.COMMA, re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")),
    (Grouping.POINT, re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,}")),
    (Grouping.APOSTROPHE, re.compile(r"[0-9]{1,3}(?:['’][0-9]{3})+(?:,[0-9]{3})*(?:\.[0-9]{1,2})?")),
)


@dataclass(frozen=True)
class Amount:
    """Soles in figures; `value` is None when they cannot be read in one way. `text` is as written, with its sign."""

    text: str
    figure: str
    value: Decimal | None
    grouping: Grouping | None
    start: int
    end: int


@dataclass(frozen=True)
class Worded:
    """A number in words: `value` is None when the words are no number; `cents` is None when they are not told."""

    text: str
    value: int | None
    cents: int | None
    start: int
    end: int

    @property
    def amount(self) -> Decimal | None:
        return None if self.value is None else Decimal(self.value) + Decimal(self.cents or 0) / 100


@dataclass(frozen=True)
class Count:
    """A whole number before a noun: `16 391 hogares`."""

    text: str
    value: int
    grouping: Grouping
    start: int


def amounts_in(text: str) -> list[Amount]:
    """Every amount in soles: with `S/` before it or `soles` after it."""
    found = [_amount(text, match) for match in _WITH_SIGN.finditer(text)]
    starts, ends = [amount.start for amount in found], [-1, *(amount.end for amount in found)]
    found += [
        _amount(text, match)
        for match in _WITH_NOUN.finditer(text)
        if match.start() >= ends[bisect(starts, match.start())]
    ]
    return sorted(found, key=lambda amount: amount.start)


def read_figure(figure: str) -> tuple[Decimal | None, Grouping | None]:
    """The value and the grouping of figures; `41 18 230.00` and `7.040` have neither."""
    for grouping, shape in _SHAPES:
        if shape.fullmatch(figure):
            whole, cents = _split(figure)
            return Decimal(f"{whole}.{cents or '00'}"), grouping
    return None, None


def words_to_number(words: str) -> int | None:
    """`trescientos doce mil seiscientos cincuenta y seis` → 312656; None when the words are no number."""
    parts = fold(words).replace("-", " ").split()
    total = group = 0
    last: int | None = None  # the value just read within the group, so that `dos tres` is refused
    if not parts or parts[0] == "y" or parts[-1] == "y":
        return None
    for part in parts:
        if part == "y":
            if last is None or last not in range(30, 100, 10):
                return None
        elif part == "mil":
            if group % 1000 != group or total % 1_000_000:
                return None
            total, group, last = total + (group or 1) * 1000, 0, None
        elif part in ("millon", "millones"):
            thousands = total % 1_000_000 + group
            if total >= 1_000_000 or not thousands:
                return None
            total, group, last = thousands * 1_000_000, 0, None
        else:
            value = _NUMBERS.get(part)
            if value is None or not _fits(last, value, group):
                return None
            group, last = group + value, value
    return total + group


def worded_amounts(text: str) -> list[tuple[Amount, Worded]]:
    """Each amount in figures with the words beside it: `S/ 10.00 (Diez con 00/100 soles)` or the other way round."""
    pairs = []
    for amount in amounts_in(text):
        after = _AFTER.match(text, amount.end)
        if after is not None and _LIKE_WORDS.search(after["words"]):
            pairs.append((amount, _worded(after["words"], after.start("words"))))
            continue
        before = _BEFORE.search(text, max(0, amount.start - 300), amount.start)
        worded = _worded_before(text, before.start()) if before else None
        if worded is not None:
            pairs.append((amount, worded))
    return pairs


def worded_numbers(text: str) -> list[tuple[Worded, int, str]]:
    """Each small number in words with its figures in brackets: `tres (03) días`; the whole is the third value."""
    found = []
    for match in _BRACKETED.finditer(text):
        worded = _worded_before(text, match.start())
        if worded is not None and worded.cents is None:
            figure = int(re.sub(r"[^0-9]", "", match["figure"]))
            found.append((worded, figure, text[worded.start : match.end()]))
    return found


def counts_before(text: str, noun: str) -> list[Count]:
    """Whole numbers before `noun` (a pattern): `16 391 hogares`; decimals and malformed figures are left out."""
    found = []
    for match in re.finditer(
        rf"(?<![\w/.,'’])(?P<figure>{_RUN})(?={_S}{{1,9}}(?:{noun})\b)", text, re.IGNORECASE
    ):
        value, grouping = read_figure(match["figure"])
        if value is not None and grouping is not None and value == int(value) and not _split(match[0])[1]:
            found.append(Count(match["figure"], int(value), grouping, match.start()))
    return found


_FIRST = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve"
)
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_HUNDREDS = "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient"
_NUMBERS = {word: value for value, word in enumerate(_FIRST.split())}
_NUMBERS |= {word: 10 * place for place, word in enumerate(_TENS.split(), start=3)}
_NUMBERS |= {
    root + ending: 100 * place
    for place, root in enumerate(_HUNDREDS.split(), start=2)
    for ending in ("os", "as")
}
_NUMBERS |= {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "cien": 100, "ciento": 100}
_NUMBER_WORDS = frozenset({*_NUMBERS, "mil", "millon", "millones", "y"})
_LETTERS = re.compile(r"[^\W\d_]+")
_CENTS = re.compile(r"\s*(?:,\s*)?(?:con|y|más|mas)\s+(?P<cents>[0-9]{1,2})\s*/\s*100\b", re.IGNORECASE)
_LONGEST_WORDS = 300  # signs that a number in words may take, with margin
_MONEY_TAIL = re.compile(
    rf"{_S}*(?:(?:con|y){_S}+(?P<cents>[0-9]{{1,2}})\s*/\s*100)?{_S}*(?:(?:de{_S}+)?(?:nuevos{_S}+)?soles)?\Z",
    re.IGNORECASE,
)
_SOLES = re.compile(r"\s*(?:de\s+)?(?:nuevos\s+)?sol(?:es)?\b\.?", re.IGNORECASE)
_AFTER = re.compile(r"[\s]*(?:o\s+sea\s+)?\((?:son:?\s*)?(?P<words>[^()]{3,240})\)", re.IGNORECASE)
_BEFORE = re.compile(r"\s*\(\s*\Z")
_LIKE_WORDS = re.compile(r"/\s*100|\bsol(?:es)?\b", re.IGNORECASE)
_BRACKETED = re.compile(rf"(?<!\s)\s*\((?P<figure>[0-9]{{1,3}}(?:[{SPACES},][0-9]{{3}})*)\)")


def _amount(text: str, match: "re.Match[str]") -> Amount:
    figure = match["figure"]
    cut = _DECIMALS.search(figure)
    if cut is not None:
        figure = figure[: cut.end()]
    value, grouping = read_figure(figure)
    start = match.start("figure")
    if value is None and cut is None:
        # `S/ 500 20 familias`: what follows the amount counts something else
        head = re.match(rf"[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})*(?![0-9])", figure)
        following = text[start + len(figure) : start + len(figure) + 2]
        parted = head is not None and head.end() < len(figure) and figure[head.end()] in SPACES
        if head and parted and re.match(rf"[{SPACES}][^\W\d_]", following):
            figure = head[0]
            value, grouping = read_figure(figure)
    end = start + len(figure)
    return Amount(text[match.start() : end], figure, value, grouping, match.start(), end)


def _split(figure: str) -> tuple[str, str]:
    """The digits of the soles and of the céntimos."""
    cents = re.search(r"[.,]([0-9]{1,2})\Z", figure)
    whole = figure[: cents.start()] if cents else figure
    return re.sub(r"[^0-9]", "", whole), cents[1].ljust(2, "0") if cents else ""


def _fits(last: int | None, value: int, group: int) -> bool:
    """Whether a number word may follow the one before it in the same group of three figures."""
    if last is None:
        return group == 0
    if value >= 100 or value == 0:
        return False
    if last >= 100:
        return True
    return last in range(30, 100, 10) and 0 < value < 10


def _worded(words: str, start: int) -> Worded:
    """The number that a bracket tells: `Diez con 00/100 soles`."""
    text = words.strip()
    cents = re.search(_CENTS.pattern, text, re.IGNORECASE)
    bare = text[: cents.start()] if cents else _SOLES.sub("", text)
    bare = _SOLES.sub("", bare)
    bare = re.sub(r"\A\s*son:?\s*", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"(mill(?:ón|on|ones))\s+de\s*\Z", r"\1", bare.strip(), flags=re.IGNORECASE)
    at = start + words.find(text) if text else start
    return Worded(text, words_to_number(bare), int(cents["cents"]) if cents else None, at, at + len(text))


def _worded_before(text: str, end: int) -> Worded | None:
    """The longest run of number words that ends at `end`, céntimos and `soles` included."""
    first = max(0, end - _LONGEST_WORDS)
    tail = _MONEY_TAIL.search(text, first, end)
    cents = int(tail["cents"]) if tail and tail["cents"] else None
    stop = tail.start() if tail else end
    start = after = stop
    run: list[str] = []
    for found in reversed(list(_LETTERS.finditer(text, first, stop))):
        word = fold(found[0])
        if word not in _NUMBER_WORDS or text[found.end() : after].strip(SPACES) or found.start() == first > 0:
            break
        run.insert(0, word)
        after = found.start()
        if words_to_number(" ".join(run)) is not None:
            start = after
    if start == stop:
        return None
    return Worded(text[start:end].strip(), words_to_number(text[start:stop]), cents, start, stop)
