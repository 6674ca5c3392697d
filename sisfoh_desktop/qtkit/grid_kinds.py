"""Kinds of cells of a grid: how what is typed becomes a value, and how the value is seen, edited and copied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sisfoh_desktop.basics.cell_blocks import (
    format_quantity,
    parse_quantities,
    parse_quantity,
    plain_quantity,
)
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import NBSP, parse_amount


@dataclass(frozen=True)
class CellKind:
    """`parse` reads a text that is not blank (RuleError says why not), `shown` is the cell as seen, `plain` the text
    that is edited and copied. A blank cell is None, which is no zero. `parse_many` reads a whole column of texts at
    once, or gives None where they must be read one by one."""

    parse: Callable[[str], Any]
    shown: Callable[[Any], str]
    plain: Callable[[Any], str]
    align: str = "right"
    parse_many: Callable[[Sequence[str]], list[Any] | None] | None = None

    def read(self, text: str) -> Any:
        """The value of what was typed or pasted; None for a blank."""
        return self.parse(text) if text and not text.isspace() else None


def _amount_shown(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", NBSP)


def text_kind(longest: int) -> CellKind:
    """Text of one line, up to `longest` characters."""

    def parse(text: str) -> str:
        typed = " ".join(text.split())
        if len(typed) > longest:
            raise RuleError(
                "text_too_long", f"El texto tiene {len(typed)} caracteres y el máximo es {longest}: acórtelo."
            )
        return typed

    return CellKind(parse, str, str, "left")


QUANTITY = CellKind(parse_quantity, format_quantity, plain_quantity, parse_many=parse_quantities)
"""A Decimal of zero or more with up to four places, seen as `7 040` and `12.5`."""

MONEY = CellKind(parse_amount, _amount_shown, lambda amount: f"{amount:.2f}")
"""Soles as Decimal with two places, seen as `312 656.00`."""
