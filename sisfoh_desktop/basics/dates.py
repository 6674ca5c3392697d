"""Dates as the office writes and types them: `08/03/2024`, `08 de marzo de 2024`, `08 MAR 2024`.

Terms in working days are in workdays.py; the present day comes from a Clock, never from here.
"""

import re
from datetime import date

from sisfoh_desktop.basics.errors import RuleError

# September is "setiembre" in Peruvian official use.
MONTH_NAMES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
WEEKDAY_NAMES = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEARS_AHEAD = 20  # a two-digit year further ahead than this is of the last century

_ISO = re.compile(r"\A([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
_PARTED = re.compile(r"\A([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4}|[0-9]{2})\Z")
_RUN = re.compile(r"\A([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})\Z")


def format_date(day: date) -> str:
    """`08/03/2024`, always with a four-digit year."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """`08 de marzo de 2024`."""
    return f"{day.day:02d} de {MONTH_NAMES[day.month - 1]} de {day.year:04d}"


def stamp_date(day: date) -> str:
    """`08 MAR 2024`, as date stamps print it."""
    return f"{day.day:02d} {MONTH_NAMES[day.month - 1][:3].upper()} {day.year:04d}"


def weekday_name(day: date) -> str:
    """`viernes`."""
    return WEEKDAY_NAMES[day.weekday()]


def parse_date(text: str, today: date) -> date:
    """A date typed by a person: `8/3/24`, `8-3-2024`, `080324`, `08032024`, `2024-03-08`, `hoy`.

    Day comes before month, as in Peru. RuleError `date_missing`, `date_invalid`, `date_out_of_range`.
    """
    typed = text.strip().casefold()
    if not typed:
        raise RuleError("date_missing", "Falta la fecha: escríbala como día/mes/año, por ejemplo 08/03/2024.")
    if typed == "hoy":
        return today
    iso, parted = _ISO.match(typed), _PARTED.match(typed) or _RUN.match(typed)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif parted:
        day, month = int(parted[1]), int(parted[2])
        year = int(parted[3]) if len(parted[3]) == 4 else _full_year(int(parted[3]), today)
    else:
        shown = typed if len(typed) <= 30 else typed[:29] + "…"
        raise RuleError(
            "date_invalid",
            f"«{shown}» no es una fecha: escríbala como día/mes/año (08/03/2024), seguido (080324) o «hoy».",
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleError(
            "date_out_of_range",
            f"El año {year} está fuera de lo previsto ({FIRST_YEAR} a {LAST_YEAR}); revíselo.",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise RuleError(
            "date_invalid", f"No existe el {day:02d}/{month:02d}/{year}: revise el día y el mes."
        ) from None


def _full_year(two_digits: int, today: date) -> int:
    year = today.year - today.year % 100 + two_digits
    return year - 100 if year > today.year + _YEARS_AHEAD else year
