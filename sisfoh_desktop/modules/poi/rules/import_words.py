"""How the import of the POI names figures: a cell's place in short words, and a figure as sentences tell it."""

from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, ANNUAL_MONEY, TEXT_MEANINGS

_SHOWN = 60


def meaning_code(meaning: str) -> str:
    """A figure's place in short words: `JUN ejecutado`, `III trimestre programado`, `Meta anual`."""
    if meaning in (ANNUAL, ANNUAL_MONEY):
        return "Meta anual" if meaning == ANNUAL else "Meta anual en soles"
    if meaning in TEXT_MEANINGS:
        return TEXT_MEANINGS[meaning]
    money = meaning.startswith("m")
    bare = meaning.removeprefix("m")
    what = f"{'ejecutado' if bare[0] == 'e' else 'programado'}{' en soles' if money else ''}"
    if bare[1] == "q":
        return f"{QUARTER_NAMES[int(bare[2]) - 1]} trimestre {what}"
    return f"{MONTH_CODES[int(bare[1:]) - 1]} {what}"


def shown_figure(value: Decimal | None) -> str:
    """A figure as sentences tell it: `1 260`, `2,5`, `en blanco`."""
    if value is None:
        return "en blanco"
    whole, _, rest = f"{value.normalize() if value else Decimal(0):f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\u00a0")
    return f"{sign}{grouped}{f'.{rest}' if rest else ''}"


def short_text(text: str) -> str:
    """The text cut to what a sentence can hold."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
