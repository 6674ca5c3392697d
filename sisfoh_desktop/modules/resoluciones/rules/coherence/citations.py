"""Documents, norms, registry numbers and days as a text cites them.

One number may be spelled in many ways: `key` is equal for all spellings, `spelling` is what was written.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from sisfoh_desktop.basics.dates import MONTH_NAMES
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import SPACES, fold

_S = f"[{SPACES}]"
_SIGN = rf"(?:N{_S}*\.?{_S}*[°ºo]\.?|Nros?\.?|N[uú]m\.?)"
_NUMBERED = re.compile(
    rf"(?:{_SIGN}{_S}*)?(?<![\w/.-])(?P<code>(?P<prefix>[A-Z]{{0,3}})(?P<number>[0-9]{{1,7}}){_S}?[-–/]{_S}?"
    rf"(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])"
    rf"(?P<tail>(?:{_S}?[-–/]{_S}?[A-Za-zÑñ][\w&]*|{_S}[A-Z]{{2,}}(?=/)|[./][A-Z][\w&]*)*))"
)
_LAW = re.compile(r"\bLey\b(?![^.;:()0-9]{0,90}\bLey\b)[^.;:()0-9]{0,90}?(?P<number>[0-9]{5})(?![\w/-])")
_DECREE = re.compile(
    rf"\b(?:Decreto\s+Legislativo|D\.?\s?Leg\.?)\s*(?:{_SIGN})?{_S}*(?P<number>[0-9]{{3,4}})(?![\w/-])"
)
_MONTHS = {name: place for place, name in enumerate(MONTH_NAMES, start=1)} | {"septiembre": 9}
_DAY = re.compile(
    rf"(?P<day>[0-9]{{1,2}})\s+de\s+(?P<month>{'|'.join(_MONTHS)})\s*,?\s+del?\s+(?:año\s+)?"
    r"(?P<year>[0-9]{4}|presente(?:\s+año)?)|(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})[/.](?P<y>[0-9]{4})",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?:,?\s*con\s+Reg\.?(?:istro)?\s*(?:{_SIGN})?\s*[0-9-]+)?,?\s*(?:de|con)\s+fecha\s+", re.IGNORECASE
)
_REGISTRY = re.compile(
    rf"\bReg(?:istro|\.)?(?:{_S}+de{_S}+Expediente)?{_S}*(?:{_SIGN})?{_S}*(?P<text>[0-9]{{3,8}}(?:-(?:19|20)[0-9]{{2}})?)"
    r"(?![\w/])",
    re.IGNORECASE,
)
_KIND_WORD = re.compile(
    r"\b(?:(?P<norm>Resoluci[oó]n(?:es)?|Directiva|Decreto|Ordenanza|Acuerdo|Reglamento|Ley|R\.?M\.|D\.?S\.|D\.?U\.|RM|DS|DU)|"
    r"(?P<document>Informe|Memor[aá]ndum|Memorando|Oficio|Carta|Prove[ií]do|Nota|Acta|Hoja|Solicitud|Requerimiento|"
    r"Dictamen|Expediente|Contrato|Convenio|Circular))(?!\w)",
    re.IGNORECASE,
)
_SHORT_KINDS = {"rm": "resolucion ministerial", "ds": "decreto supremo", "du": "decreto de urgencia"}
_BETWEEN = re.compile(r"[^.;:()0-9“”«»\"]{0,70}\Z")


@dataclass(frozen=True)
class Spelled:
    """A code as written, in parts; `key` does not tell spellings apart, `identity` tells zeros and prefix apart."""

    text: str
    prefix: str
    number: str
    year: int
    siglas: str

    @cached_property
    def key(self) -> tuple[int, int, str]:
        return (int(self.number), self.year, letters_of(self.siglas))

    @property
    def identity(self) -> tuple[str, str]:
        """What must not differ between two spellings: the prefix, and with one also the zeros."""
        return (self.prefix, self.number if self.prefix else self.number.lstrip("0"))

    @property
    def spelling(self) -> str:
        """As written, blanks made single."""
        return " ".join(self.text.split())


@dataclass(frozen=True)
class Citation:
    """A document or a norm named with its number. `dated` is the day told right after it."""

    kind: str
    kind_text: str
    is_norm: bool
    code: Spelled
    start: int
    end: int
    dated: date | None = None
    dated_text: str = ""


@dataclass(frozen=True)
class CitedNorm:
    """A norm as a text names it, by kind (folded, `ley`) and key: number, year (0 for laws), issuer's letters."""

    kind: str
    key: tuple[int, int, str]
    text: str
    start: int
    spelled: Spelled | None = field(default=None, compare=False)
    dated: date | None = None


@dataclass(frozen=True)
class Registry:
    """`Reg. 10784-2024`: number and, when told, the year."""

    text: str
    number: int
    year: int | None
    start: int


def letters_of(siglas: str) -> str:
    """`SISFOH/SGDSyPV/GDES` → `sisfohsgdsypvgdes`: separators and capitals do not count."""
    return re.sub(r"[^a-z0-9ñ]", "", fold(siglas))


def spelled_codes(text: str) -> list[tuple[Spelled, int, int]]:
    """Every number with its year, as `D00002-2024-MIDIS-DGFIS`, and where its code stands."""
    found = []
    for match in _NUMBERED.finditer(text):
        tail = match["tail"].rstrip("./- ")
        end = match.start("tail") + len(tail)
        code = Spelled(
            text[match.start("code") : end],
            match["prefix"],
            match["number"],
            int(match["year"]),
            re.sub(rf"^[-–/.{SPACES}]+", "", tail),
        )
        found.append((code, match.start("code"), end))
    return found


def citations_in(text: str, present_year: int) -> list[Citation]:
    """Documents and norms cited by kind and number; `present_year` is what "del presente" means."""
    found = []
    for code, start, end in spelled_codes(text):
        sign = re.search(rf"{_SIGN}{_S}*\Z", text[max(0, start - 12) : start])
        before = start - len(sign[0]) if sign else start
        kind = _kind_before(text, before)
        if kind is None:
            continue
        day, day_text = _day_after(text, end, present_year)
        is_norm = kind["norm"] is not None
        name = " ".join(text[kind.start() : before].split())
        found.append(Citation(_kind_of(kind, name), name, is_norm, code, kind.start(), end, day, day_text))
    return found


def norms_in(text: str, present_year: int) -> list[CitedNorm]:
    """Laws, decrees, resolutions and directives cited by number."""
    found = [
        CitedNorm("ley", (int(match["number"]), 0, ""), match["number"], match.start("number"))
        for match in _LAW.finditer(text)
    ]
    found += [
        CitedNorm(
            "decreto legislativo", (int(match["number"]), 0, ""), match["number"], match.start("number")
        )
        for match in _DECREE.finditer(text)
    ]
    for one in citations_in(text, present_year):
        if one.is_norm:
            at = text.find(one.code.text, one.start)
            found.append(CitedNorm(one.kind, one.code.key, one.code.spelling, at, one.code, one.dated))
    return sorted(found, key=lambda norm: norm.start)


@lru_cache(maxsize=2_048)
def norm_of_code(code: str, kind: str) -> CitedNorm | None:
    """A norm of the office's list, `RM D000009-2024-MIDIS` or `Ley 31953`, in the same terms."""
    spelled = spelled_codes(code)
    if spelled:
        return CitedNorm(fold(kind), spelled[0][0].key, spelled[0][0].spelling, 0, spelled[0][0])
    number = re.search(r"\b([0-9]{3,5})\b", code)
    if number and fold(kind) in ("ley", "decreto legislativo"):
        return CitedNorm(fold(kind), (int(number[1]), 0, ""), number[1], 0)
    return None


def same_norm(one: CitedNorm, other: CitedNorm) -> bool:
    """Whether both name the same norm; an issuer that one of them leaves out does not part them."""
    if one.kind != other.kind and not (
        one.kind.startswith("resolucion") and other.kind.startswith(("guia", "resolucion"))
    ):
        return False
    if one.key[:2] != other.key[:2]:
        return False
    mine, theirs = one.key[2], other.key[2]
    return mine == theirs or not mine or not theirs


def registries_in(text: str) -> list[Registry]:
    """Every `Reg. N°`."""
    found = []
    for match in _REGISTRY.finditer(text):
        number, _, year = match["text"].partition("-")
        found.append(Registry(match["text"], int(number), int(year) if year else None, match.start("text")))
    return found


def day_in(text: str, present_year: int) -> date | None:
    """The first day written in a text: `12 de enero del presente`, `12/01/2024`; None when there is none."""
    found = _DAY.search(text)
    return _day_of(found, present_year) if found else None


def days_in(text: str, present_year: int) -> list[tuple[date, str]]:
    """Every day written in a text that exists in the calendar."""
    told = ((_day_of(found, present_year), found[0]) for found in _DAY.finditer(text))
    return [(day, words) for day, words in told if day is not None]


def _day_of(found: "re.Match[str]", present_year: int) -> date | None:
    if found["d"]:
        day, month, year = int(found["d"]), int(found["m"]), int(found["y"])
    else:
        day, month = int(found["day"]), _MONTHS[found["month"].lower()]
        year = int(found["year"]) if found["year"].isdigit() else present_year
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_after(text: str, end: int, present_year: int) -> tuple[date | None, str]:
    lead = _DATED.match(text, end)
    if lead is None:
        return None, ""
    found = _DAY.match(text, lead.end())
    return (_day_of(found, present_year), found[0]) if found else (None, "")


def _kind_before(text: str, end: int) -> "re.Match[str] | None":
    """The last kind word before a number, when only words stand between."""
    found = None
    for match in _KIND_WORD.finditer(text, max(0, end - 100), end):
        if _BETWEEN.match(text[match.end() : end]):
            found = match
    return found


def _kind_of(kind: "re.Match[str]", name: str) -> str:
    """`resolucion ministerial`, `decreto supremo`, `directiva`, `memorandum`: what tells two kinds apart."""
    short = _SHORT_KINDS.get(re.sub(r"[^a-z]", "", fold(kind[0])))
    if short:
        return short
    words = fold(name).split()
    first = "resolucion" if words[0].startswith("resoluci") else words[0]
    if (
        first in ("resolucion", "decreto", "oficio", "memorando", "memorandum", "ordenanza")
        and len(words) > 1
    ):
        return f"{first} {' '.join(words[1:])}".strip()
    return first
