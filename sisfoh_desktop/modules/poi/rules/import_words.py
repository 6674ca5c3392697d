"""How the import of the POI names cells and figures in its sentences, lists and column titles."""

from decimal import Decimal
from functools import lru_cache

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, ANNUAL_MONEY, TEXT_MEANINGS

_SHOWN = 60


@lru_cache(maxsize=256)
def place_words(meaning: str) -> str:
    """A column in short words: `JUN ejecutado`, `III TRIM programado`, `META ANUAL`, `Unidad orgánica`."""
    if meaning in (ANNUAL, ANNUAL_MONEY):
        return "META ANUAL" if meaning == ANNUAL else "META ANUAL en soles"
    if meaning in TEXT_MEANINGS:
        return TEXT_MEANINGS[meaning]
    bare = meaning.removeprefix("m")
    if bare[1] == "q":
        return f"{QUARTER_NAMES[int(bare[2:]) - 1]} TRIM {side_words(meaning)}"
    return f"{MONTH_CODES[int(bare[1:]) - 1]} {side_words(meaning)}"


def side_words(meaning: str) -> str:
    """p04 -> programado; me04 -> ejecutado en soles."""
    money = " en soles" if meaning.startswith("m") or meaning == ANNUAL_MONEY else ""
    return ("ejecutado" if meaning.removeprefix("m").startswith("e") else "programado") + money


@lru_cache(maxsize=4096)  # the readings of a damaged table say the same few figures thousands of times
def shown_figure(value: Decimal | None) -> str:
    """A figure as sentences tell it: `1 260`, `2.5`, `en blanco`."""
    return "en blanco" if value is None else format_quantity(value)


def short_text(text: str) -> str:
    """The text cut to what a sentence can hold."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
