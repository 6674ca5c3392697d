"""The extract of the trail that the auditor asks for: what it holds, what it says of itself. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.texts import enumerated
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailFilter, TrailLine, filter_words

EXTRACT_KIND = "audit_extract"
"""Key of its papers and of the series that numbers them."""
SERIES_TITLE = "Extractos del historial"
TITLE = "EXTRACTO DEL HISTORIAL DE LA BASE"
SHORT_HASH = 12  # signs of a hash in the table
LIST_COLUMNS = ("Cuándo", "Quién", "Parte", "Qué", "Registro", "Antes → Después")
"""What the list of the trail shows, as it comes."""


@dataclass(frozen=True)
class Extract:
    """What is printed. `verdict` are the sentences of the check made with it, `sound` whether all was well.

    `entry_count` and `head` are how many entries the trail had then, and the hash of the last one.
    """

    wanted: TrailFilter
    lines: tuple[TrailLine, ...]
    entry_count: int
    head: str
    verdict: tuple[str, ...]
    sound: bool
    made_at: datetime
    made_by: str
    place: str = ""
    number: str = ""

    @property
    def dated(self) -> date:
        return self.made_at.astimezone(LIMA).date()


def series_proposal(entity_siglas: str, unit_siglas: str) -> tuple[str, str]:
    """Title and mask to propose for the series: `{n:03d}-{year}-EH-ULE/MPT`."""
    parts = ["".join(part.split()) for part in (unit_siglas, entity_siglas)]
    return SERIES_TITLE, "{n:03d}-{year}-EH-" + ("/".join(part for part in parts if part) or "MUNI")


def hidden_words(shown: Sequence[str]) -> str:
    """What is told of the columns that the list hides: «sin las columnas Registro y Parte»; "" for none."""
    hidden = [title for title in LIST_COLUMNS if title not in shown]
    if not hidden:
        return ""
    return f"sin {'las columnas' if len(hidden) > 1 else 'la columna'} {enumerated(hidden)}"


def place_words(extract: Extract) -> str:
    """«Tacna, 08 de marzo de 2024»."""
    day = long_date(extract.dated)
    return f"{extract.place}, {day}" if extract.place else day


def scope_words(extract: Extract) -> str:
    """What was asked for and how much of the trail it is."""
    count = len(extract.lines)
    noun = "anotación" if count == 1 else "anotaciones"
    told = (
        f"{format_number(count)} {noun} de las {format_number(extract.entry_count)} que tenía el historial, "
        f"{filter_words(extract.wanted)}."
    )
    if count:
        told += f" De la N° {extract.lines[0].id} a la N° {extract.lines[-1].id}."
    return told


def made_words(extract: Extract) -> str:
    """Who made it and when."""
    at = extract.made_at.astimezone(LIMA)
    return f"Hecho el {format_date(at.date())} a las {at:%H:%M} por el usuario {extract.made_by or 'sin nombre'}."


def head_words(head: str) -> str:
    """The hash in groups of eight signs, to be compared by eye."""
    return " ".join(head[start : start + 8] for start in range(0, len(head), 8))


def verification_words(extract: Extract) -> str:
    """How whoever holds this paper finds out whether the trail was touched afterwards."""
    count = format_number(extract.entry_count)
    return (
        f"Cada anotación lleva la huella (SHA-256) de la anterior: cambiar, quitar o intercalar una rompe la cadena, "
        f"y la orden «comprobar» del programa dice en cuál. Si más tarde el historial tiene menos de {count} "
        f"anotaciones, o la N° {count} lleva otra huella que la impresa arriba, fue recortado o rehecho después de "
        "este extracto. Los DNI van enmascarados."
    )


def moment_words(moment: datetime) -> str:
    """«08/03/2024 10:05:09», in Lima."""
    at = moment.astimezone(LIMA)
    return f"{format_date(at.date())} {at:%H:%M:%S}"
