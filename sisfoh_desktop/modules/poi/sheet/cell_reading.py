"""One cell of a table of the POI: a figure with why it cannot be read, or a text as it is kept. Never a guess.

Where the table and its columns are is in `table_finding`; what the figures add up to, in the rules.
"""

import re
from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL_MONEY, NumberCell
from sisfoh_desktop.sheets.cells import CellError, Value, read_number, shown

_DASHES = frozenset(("-", "--", "---", "–", "—", "−", "_", "."))
_PLACES_OF_NOISE = 6
_INNER_BLANK = re.compile(r"\d\s+\d")
_BY_THOUSANDS = re.compile(r"^\D*\d{1,3}( \d{3})+([.,]\d+)?\D*$")
_CODE_AT_START = re.compile(r"^\(?(AOI?\s?\d{6,14})\)?\s*[-–—:.)]*\s+(.+)$", re.IGNORECASE)
_CODE_AT_END = re.compile(r"^(.+?)\s*[-–—(]\s*(AOI\s?\d{6,14})\)?$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\d+([.,]\d+)?[Ee]\+?\d+$")
_WIDTHS = {"function": 2, "division": 3, "group": 4}
_UBIGEO = 6
CODES = frozenset(("code", "measure_code", "budget_goal", "ubigeo", *_WIDTHS))
"""Texts that `with_zeros` or `lost_code` may change."""


class FigureColumn(dict[Value, NumberCell]):
    """The cells of a column of figures by their value: equal cells of a long table are read once.

    Never for a truth value, which as a key is 1 or 0.
    """

    def __init__(self, meaning: str) -> None:
        super().__init__()
        self.meaning = meaning

    def __missing__(self, value: Value) -> NumberCell:
        cell = self[value] = read_figure(self.meaning, value)
        return cell


class TextColumn(dict[Value, str]):
    """The texts of a column by their cells, each cleaned once."""

    def __missing__(self, value: Value) -> str:
        text = self[value] = plain_text(value)
        return text


def read_figure(meaning: str, value: Value) -> NumberCell:
    """A cell under a column of figures: its figure, or a blank, or the sentence of why it cannot be read."""
    if value is None:
        return NumberCell(meaning, "")
    if isinstance(value, str):
        value = plain_text(value)
    text = shown(value)
    if not text:
        return NumberCell(meaning, "")
    try:
        figure = _figure(value, text)
    except RuleError as error:
        return NumberCell(meaning, text, fault=error.sentence)
    if figure < 0 and not is_money(meaning):
        return NumberCell(meaning, text, fault=f"«{text}» es negativo y una meta física no puede serlo.")
    return NumberCell(meaning, text, figure)


def _figure(value: Value, text: str) -> Decimal:
    if isinstance(value, float):
        # what a sum of a sheet leaves behind its figures (0.30000000000000004) is none of theirs
        rounded = round(value, _PLACES_OF_NOISE)
        return Decimal(int(rounded)) if rounded.is_integer() else read_number(rounded)
    if isinstance(value, str):
        if text in _DASHES:
            raise RuleError(
                "number_unreadable", f"«{text}» puede ser cero o falta de dato; escriba la cifra."
            )
        if _INNER_BLANK.search(text) and not _BY_THOUSANDS.match(text):
            raise RuleError(
                "number_unreadable",
                f"«{text}» no es un número: sus espacios no separan los miles de tres en tres.",
            )
    return read_number(value)


def is_money(meaning: str) -> bool:
    """Whether a column of figures is in soles."""
    return meaning == ANNUAL_MONEY or (meaning.startswith("m") and meaning[-1].isdigit())


def plain_text(value: Value) -> str:
    """A text as it is kept: single blanks, without the apostrophe that marks a text in some exports."""
    if value is None or isinstance(value, CellError):
        return ""
    text = shown(value)
    return " ".join(text.removeprefix("'").split())


def code_apart(title: str) -> tuple[str, str]:
    """The code that stands inside the activity's text, and the text without it; "" where there is none."""
    found = _CODE_AT_START.match(title)
    if found:
        return found[1].replace(" ", "").upper(), found[2]
    found = _CODE_AT_END.match(title)
    return (found[2].replace(" ", "").upper(), found[1]) if found else ("", title)


def with_zeros(meaning: str, text: str) -> str:
    """A code of fixed width whose zeros at the left were lost on the way, with them: ubigeo 70101 -> 070101."""
    if not text.isdigit() or not text.isascii():
        return text
    if meaning == "ubigeo":
        return f"0{text}" if len(text) == _UBIGEO - 1 else text
    return text.zfill(_WIDTHS.get(meaning, 0))


def lost_code(meaning: str, text: str) -> bool:
    """Whether a code lost figures that nobody can give back: an ubigeo of four, a code as 3.01E+10."""
    if meaning == "ubigeo":
        return not (text.isdigit() and len(text) == _UBIGEO)
    return meaning in ("code", "measure_code", "budget_goal") and _SCIENTIFIC.match(text) is not None
