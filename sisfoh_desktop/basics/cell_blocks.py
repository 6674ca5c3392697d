"""Blocks of cells as spreadsheets put them on the clipboard, and the numbers that stand in them.

A block is text: rows parted by line breaks, cells by tabs, a cell with either of them (or quotes) between quotes.
Where a block goes on a screen is the window kit's affair.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import NBSP

Block = tuple[tuple[str, ...], ...]

MAX_QUANTITY = Decimal("999999999999")
PLACES = 4
_MOST_FIGURES = 12
_MOST_SIGNS = 20_000_000
_MOST_CELLS = 500_000
_LONGEST_SHOWN = 40
_SPACES = " \u00a0\u202f\u2009\u2007"
_NO_SPACES = dict.fromkeys(map(ord, _SPACES))

# A quote opens a cell only where another one closes it right before the next cell: 5" is five inches.
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_BREAK = re.compile(r"\r\n|\r|\n")
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|\A"')
_RUNS = re.compile(r"'*[=@+\-]")
_NUMBER = re.compile(r"[+\-]?[0-9][0-9 .,]*%?\Z")
_KEPT_FROM_RUNNING = re.compile(r"'+[=@+\-]")

_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?\Z")
_GROUPED = re.compile(
    rf"[0-9]{{1,3}}([{_SPACES}][0-9]{{3}})+(\.[0-9]+)?\Z|[0-9]{{1,3}}(,[0-9]{{3}})+(\.[0-9]+)?\Z"
)
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_POINTS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?\Z")
_COMMA = re.compile(rf"[0-9{_SPACES}]*,[0-9]+\Z")


def parse_block(text: str) -> Block:
    """The cells of a clipboard's text, every row as long as the longest; () for an empty text.

    The line break after the last row opens no further row. RuleError `block_too_large` for more than half a
    million cells.
    """
    if len(text) > _MOST_SIGNS:
        raise _too_large()
    if not text:
        return ()
    rows = _plain_rows(text) if '"' not in text else _quoted_rows(text)
    width = max(map(len, rows))
    if width * len(rows) > _MOST_CELLS:
        raise _too_large()
    if "'" in text:
        rows = [[_without_guard(cell) for cell in row] for row in rows]
    return tuple(tuple(row) if len(row) == width else (*row, *[""] * (width - len(row))) for row in rows)


def block_text(rows: Iterable[Sequence[str]]) -> str:
    """The text of a block for the clipboard: what `parse_block` and spreadsheets read back as these cells.

    A text that a spreadsheet would run as a formula goes with an apostrophe before it, so that it stays text.
    """
    lines = ["\t".join(_guarded(cell) for cell in row) for row in rows]
    if len(lines) == 1 and lines[0]:
        return lines[0]
    return "".join(f"{line}\n" for line in lines)


def parse_quantity(text: str) -> Decimal:
    """A number of a cell, zero or more, up to four places: `7040`, `7,040`, `7 040`, `12.5`.

    RuleError `quantity_missing`, `quantity_invalid`, `quantity_negative`, `quantity_ambiguous` (`7.040` could be
    seven thousand and forty or seven), `quantity_too_large`.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_FIGURES:
        return Decimal(text)
    typed = text.strip(_SPACES + "\t\r\n")
    if not typed:
        raise RuleError("quantity_missing", "Falta el número.")
    shown = typed if len(typed) <= _LONGEST_SHOWN else typed[: _LONGEST_SHOWN - 1] + "…"
    if len(typed) > _LONGEST_SHOWN or _TWO_WAYS.match(typed) or not _is_number(typed):
        raise _refusal(shown, typed)
    number = Decimal(typed.translate(_NO_SPACES).replace(",", ""))
    if -int(number.as_tuple().exponent) > PLACES and number != round(number, PLACES):
        raise RuleError("quantity_invalid", f"«{shown}» tiene más de cuatro decimales.")
    if number > MAX_QUANTITY:
        raise RuleError("quantity_too_large", f"«{shown}» es demasiado grande: revise si sobra alguna cifra.")
    return number


def parse_quantities(texts: Sequence[str]) -> list[Decimal | None] | None:
    """Many cells at once, where each is blank or figures alone; None where one is not: read them one by one."""
    digits = "".join(texts)
    if not (digits.isascii() and digits.isdigit() and max(map(len, texts)) <= _MOST_FIGURES):
        return None
    return list(map(Decimal, texts)) if all(texts) else [Decimal(text) if text else None for text in texts]


def format_quantity(quantity: Decimal | None) -> str:
    """`7 040`, `12.5`: thousands by a no-break space, no zeros at the end; "" for a blank.

    A fraction of three places gets a fourth, `7.0400`: `7.040` would be read in two ways.
    """
    if quantity is None:
        return ""
    if quantity == quantity.to_integral_value():
        return f"{int(quantity):,}".replace(",", NBSP)
    return f"{_unambiguous(quantity):,f}".replace(",", NBSP)


def plain_quantity(quantity: Decimal | None) -> str:
    """`7040`, `12.5`, as a spreadsheet reads it; "" for a blank."""
    if quantity is None:
        return ""
    return str(int(quantity)) if quantity == quantity.to_integral_value() else f"{_unambiguous(quantity):f}"


def _unambiguous(quantity: Decimal) -> Decimal:
    short = quantity.normalize()
    return short.quantize(Decimal("0.0001")) if short.as_tuple().exponent == -3 else short


def _plain_rows(text: str) -> list[list[str]]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def _quoted_rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    place, end = 0, len(text)
    while True:
        found = _CELL.match(text, place)
        assert found is not None  # it matches nothing at all, too
        quoted = found[1]
        rows[-1].append(found[2] if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if place >= end:
            return rows
        if text[place] == "\t":
            place += 1
            continue
        line_end = _BREAK.match(text, place)
        assert line_end is not None
        place = line_end.end()
        if place >= end:
            return rows
        rows.append([])


def _guarded(cell: str) -> str:
    if _RUNS.match(cell) and not _NUMBER.match(cell):
        cell = f"'{cell}"
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _without_guard(cell: str) -> str:
    return cell[1:] if _KEPT_FROM_RUNNING.match(cell) else cell


def _too_large() -> RuleError:
    return RuleError(
        "block_too_large",
        "Lo copiado tiene demasiadas celdas para pegarlo de una vez; no se cambió nada. "
        "Copie solo las filas que necesita, o importe el archivo.",
    )


def _is_number(typed: str) -> bool:
    return bool(_PLAIN.match(typed) or _GROUPED.match(typed))


def _refusal(shown: str, typed: str) -> RuleError:
    """Say why `typed` is no number of a cell, with the likely cure."""
    if typed[:1] in ("-", "−", "–", "(") and _is_number(typed[1:].removesuffix(")").strip(_SPACES)):
        return RuleError("quantity_negative", f"«{shown}» es negativo: escriba cero o más.")
    if _TWO_WAYS.match(typed):
        thousands = typed.replace(".", "")
        return RuleError(
            "quantity_ambiguous",
            f"«{shown}» puede leerse de dos maneras: escriba {thousands} si son miles, o {typed}0 si son decimales.",
        )
    if _POINTS.match(typed):
        return RuleError(
            "quantity_ambiguous", f"«{shown}» lleva puntos en los miles: escríbalos con espacio o sin nada."
        )
    if _COMMA.match(typed):
        return RuleError("quantity_ambiguous", f"«{shown}» lleva coma: escriba los decimales con punto.")
    return RuleError("quantity_invalid", f"«{shown}» no es un número.")
