"""Districts, provinces and departments by their INEI codes, found by part of their names or told by their code.

The list is data (`resources/data/national/ubigeos.csv`, `places.toml`); it is read only when a form asks for it, in
`service.places`. What a code is, is in `basics.ubigeo`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.office.rules.first_day import provinces

DISTRICT, PROVINCE, DEPARTMENT = 6, 4, 2  # how many figures of the code say each
_HEAD = "inei,reniec,distrito"


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its INEI `code`; `names` from the smallest to its department. `reniec` only of districts."""

    code: str
    names: tuple[str, ...]
    reniec: str = ""

    @property
    def label(self) -> str:
        """`Pocollay, Tacna, Tacna (230108)`, `Provincia de Tacna, Tacna (2301)`, `Departamento de Tacna (23)`."""
        kind = {PROVINCE: "Provincia de ", DEPARTMENT: "Departamento de "}.get(len(self.code), "")
        return f"{kind}{', '.join(self.names)} ({self.code})"

    @property
    def own_name(self) -> str:
        """`Distrito de Pocollay`, `Provincia de Tacna`, `Departamento de Tacna`."""
        kind = {DISTRICT: "Distrito", PROVINCE: "Provincia", DEPARTMENT: "Departamento"}[len(self.code)]
        return f"{kind} de {self.names[0]}"

    @property
    def sentence(self) -> str:
        """`Pocollay, provincia de Tacna, departamento de Tacna.`"""
        kinds = ("", "provincia de ", "departamento de ")[3 - len(self.names) :]
        told = ", ".join(f"{kind}{name}" for kind, name in zip(kinds, self.names, strict=True))
        return f"{told[0].upper()}{told[1:]}."


class Places:
    """A list of places as it was on a day (`as_of`, None for an empty list)."""

    def __init__(self, places: Iterable[Place] = (), as_of: date | None = None) -> None:
        self._by_code = {place.code: place for place in places}
        self._by_reniec = {place.reniec: place for place in self._by_code.values() if place.reniec}
        self._folded = [(_words(place.label), place) for place in self._by_code.values()]
        self._as_of = as_of

    def __len__(self) -> int:
        return len(self._by_code)

    def at(self, code: str) -> Place | None:
        """The place with this INEI code of 2, 4 or 6 figures."""
        return self._by_code.get(code)

    def find(self, typed: str, *, districts_only: bool = False, limit: int = 12) -> list[Place]:
        """Places whose code begins as typed, or whose words begin as each of those typed, the likeliest first.

        Accents, tildes and capitals do not count: «poco» and «pocollay tacna» find Pocollay.
        """
        wanted = _words(typed)
        if not wanted:
            return []
        code = wanted[0] if len(wanted) == 1 and wanted[0].isdecimal() else ""
        found = [
            (_farness(place, wanted), place)
            for words, place in self._folded
            if not (districts_only and len(place.code) != DISTRICT)
            and (
                place.code.startswith(code)
                if code
                else all(any(word.startswith(one) for word in words) for one in wanted)
            )
        ]
        found.sort(key=lambda one: (one[0], without_accents(one[1].names[0]), one[1].code))
        return [place for _far, place in found[:limit]]

    def telling(self, code: str) -> str:
        """What a typed code is, in a sentence; "" for what is no whole code or where there is no list."""
        if len(code) not in (DISTRICT, PROVINCE, DEPARTMENT) or not code.isdecimal() or self._as_of is None:
            return ""
        place = self.at(code)
        if place is not None:
            return place.sentence
        other = self._by_reniec.get(code)
        if other is not None:
            return f"No es del INEI: en el RENIEC es {other.names[0]}, cuyo ubigeo del INEI es {other.code}."
        return f"No está en la lista al {format_date(self._as_of)}: si el distrito es nuevo, siga; si no, corríjalo."


def read_places(data: Mapping[str, Any], districts: Sequence[str]) -> Places:
    """The places of the shipped files: `data` of places.toml, `districts` the lines of ubigeos.csv.

    ValueError or KeyError where a line is not as it should be.
    """
    told = provinces(data)
    department = {row["code"]: row["name"] for row in data["department"]}
    names = {one.code: (one.name, one.department) for one in told}
    lines = [line for line in districts if line and not line.startswith("#")]
    if not lines or lines[0] != _HEAD:
        raise ValueError("the list of districts has another head")
    found = [Place(code, (name,)) for code, name in department.items()]
    found += [Place(code, of) for code, of in names.items()]
    for line in lines[1:]:
        code, reniec, name = line.split(",")
        found.append(Place(code, (name, *names[code[:PROVINCE]]), reniec))
    return Places(found, data["districts_as_of"])


def _farness(place: Place, wanted: list[str]) -> int:
    """How far a place is from what was typed: its own name whole, its beginning, a word in it, only where it lies."""
    own = _words(place.names[0])
    if own == wanted:
        return 0
    if " ".join(own).startswith(" ".join(wanted)):
        return 1
    return 2 if any(word.startswith(wanted[0]) for word in own) else 3


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", without_accents(text))
