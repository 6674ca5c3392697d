"""What stands in a cell, and how a figure, a date or a number of a form is read out of it without guessing.

A reader either gives the one value that the cell can mean or refuses with a sentence; «7.040» is asked, never decided.
Which columns a sheet has, and what its rows mean, is the caller's.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\u000b\u000c]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CURRENCY = re.compile(r"^(S/\.?|PEN)\s*", re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_415  # 01/01/1950 to 31/12/2100 as Excel counts days
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell without a value: an error of Excel (`#REF!`), or a formula whose result was never saved (`code` "")."""

    code: str

    def __str__(self) -> str:
        return self.code or "fórmula sin valor guardado"


Value = str | int | float | bool | date | datetime | time | timedelta | CellError | None


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def visible_text(text: str) -> str:
    """Composed letters (NFC), ordinary spaces, no signs that nobody sees (a DNI with one would be somebody else's)."""
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()  # what is taken out is never printable; nor are other blanks
    plain = unicodedata.normalize("NFC", _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _INVISIBLE.sub("", plain).strip()


def has_invisible(text: str) -> bool:
    """Whether `visible_text` takes out signs that nobody sees."""
    return not text.isascii() and _INVISIBLE.search(text) is not None


def shown(value: Value) -> str:
    """A value as text: whole numbers without decimals, dates dd/mm/aaaa, blanks empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return visible_text(value)
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def read_number(value: Value) -> Decimal:
    """The figure of a cell: 7,040 -> 7040; 1,234.50; S/ 1,200.00; 1.234,50 -> 1234.50; (1,000) -> -1000.

    RuleError: `cell_blank`, `cell_error`, `number_ambiguous` («7.040», «7,04»), `number_unreadable`.
    """
    _check_given(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _no_number(value)
    if not isinstance(value, str):
        if not math.isfinite(value):
            raise _no_number(value)
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    text = _CURRENCY.sub("", visible_text(value)).replace(" ", "")
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1] if negative else text
    if text.startswith(("-", "−")):
        negative, text = not negative, text[1:]
    figure = _unsigned(text, value)
    return -figure if negative else figure


def _unsigned(text: str, value: str) -> Decimal:
    if not text.isascii():
        raise _no_number(value)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", text):
        return Decimal(text.replace(".", ""))
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        raise RuleError(
            "number_ambiguous",
            f"«{_short(value)}» puede ser {text.replace('.', '')} o {text}; escríbalo sin punto de miles.",
        )
    if re.fullmatch(r"\d+,\d{1,2}", text):
        raise RuleError(
            "number_ambiguous",
            f"«{_short(value)}» puede llevar coma decimal; escríbalo con punto: {text.replace(',', '.')}.",
        )
    if re.fullmatch(r"\d{1,18}(\.\d{1,9})?", text):
        return Decimal(text)
    raise _no_number(value)


def read_count(value: Value) -> int:
    """A whole number of things, 0 or more; RuleError as `read_number`, or `count_invalid`."""
    figure = read_number(value)
    if figure != figure.to_integral_value() or not 0 <= figure < 10**12:
        raise RuleError("count_invalid", f"«{_short(shown(value))}» no es una cantidad entera.")
    return int(figure)


def read_date(value: Value, *, date1904: bool = False) -> date:
    """The day of a cell: a true date, a serial of Excel (45789), or day/month/four-digit year; the rest is refused.

    RuleError: `cell_blank`, `cell_error`, `date_unreadable`, `date_out_of_range` (before 1950 or after 2100).
    """
    _check_given(value)
    day: date | None = None
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        offset = 1462 if date1904 else 0
        if math.isfinite(value) and _FIRST_SERIAL <= value + offset <= _LAST_SERIAL:
            day = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=int(value))
    elif isinstance(value, str):
        day = _typed_date(visible_text(value))
    if day is None:
        raise RuleError(
            "date_unreadable",
            f"«{_short(shown(value))}» no es una fecha; escríbala día/mes/año con cuatro cifras: 08/03/2024.",
        )
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise RuleError("date_out_of_range", f"La fecha {day:%d/%m}/{day.year} no es posible; revise el año.")
    return day


def _typed_date(text: str) -> date | None:
    if not text.isascii():
        return None
    by_day = re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?", text)
    by_year = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}.*)?", text)
    try:
        if by_day:
            return date(int(by_day[4]), int(by_day[3]), int(by_day[1]))
        return date(int(by_year[1]), int(by_year[2]), int(by_year[3])) if by_year else None
    except ValueError:  # 31/02/2025
        return None


def read_serial(value: Value) -> str:
    """The number of a form as text: digits as written, a number cell without its decimals (zeros may be lost).

    Anything else that is text comes back as it stands, for whoever knows prefixes and ranges. RuleError: `cell_blank`,
    `cell_error`, `serial_scientific` («1.23E+07»: figures were lost), `serial_unreadable`.
    """
    _check_given(value)
    if isinstance(value, str):
        text = visible_text(value)
        if re.fullmatch(r"\d+([.,]\d+)?[Ee]\+?\d+", text):
            raise RuleError(
                "serial_scientific",
                f"«{text}» perdió cifras al guardarse como número; escríbalo entero en una columna de texto.",
            )
        if re.fullmatch(r"\d+\.0+", text):
            return text.split(".")[0]
        if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
            raise RuleError(
                "serial_unreadable", f"«{text}» lleva punto o coma; escriba el número solo con sus cifras."
            )
        return text
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RuleError("serial_unreadable", f"«{_short(shown(value))}» no es un número de formulario.")
    if value != int(value) or not 0 <= value < 10**15:
        raise RuleError("serial_unreadable", f"«{_short(shown(value))}» no es un número de formulario.")
    return str(int(value))


def _check_given(value: Value) -> None:
    if isinstance(value, CellError):
        raise RuleError("cell_error", f"La celda tiene un error ({value}); corríjalo en la hoja de cálculo.")
    if value is None or (isinstance(value, str) and not visible_text(value)):
        raise RuleError("cell_blank", "La celda está vacía.")
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "#N/A")):
        raise RuleError(
            "cell_error", f"La celda tiene un error ({_short(value)}); corríjalo en la hoja de cálculo."
        )


def _no_number(value: Value) -> RuleError:
    return RuleError("number_unreadable", f"«{_short(shown(value))}» no es un número.")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
