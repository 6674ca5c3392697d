"""The places of Peru for the forms that ask one: read when first asked for, let go with the form.

At rest nothing of the list is in memory; what it is and how it is searched is in `rules.places`.
"""

from collections.abc import Iterable

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.modules.office.rules.places import DISTRICT, Place, Places, read_places


def load_places() -> Places:
    """The shipped list; FileFailed where one of its files is missing or damaged."""
    from sisfoh_desktop.modules.office.service.national import shipped_file

    path = resource("data", "national", "ubigeos.csv")
    try:
        return read_places(shipped_file("places"), path.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError, KeyError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """`Provincia de Tacna` by its INEI code, of those that the list knows; {} without the list."""
    finder = PlaceFinder(districts_only=False)
    found = {code: finder.at(code) for code in codes}
    return {code: place.own_name for code, place in found.items() if place is not None}


class PlaceFinder:
    """What a field of a form asks while somebody types a place. Without its list it offers nothing, and the code is
    typed as before.
    """

    def __init__(self, *, districts_only: bool = True) -> None:
        self._districts_only = districts_only
        self._places: Places | None = None

    def offer(self, typed: str) -> list[tuple[str, str]]:
        """(code, words) of the places that may be meant; none for figures: Enter would take another code."""
        if typed.isdecimal():
            return []
        found = self._list().find(typed, districts_only=self._districts_only)
        return [(place.code, place.label) for place in found]

    def tell(self, code: str) -> str:
        """What a typed code is, in a sentence, or ""."""
        if self._districts_only and len(code) != DISTRICT:
            return ""
        return self._list().telling(code) if code.isdecimal() else ""

    def at(self, code: str) -> Place | None:
        """The place with this code, None if the list has none."""
        return self._list().at(code)

    def _list(self) -> Places:
        if self._places is None:
            try:
                self._places = load_places()
            except FileFailed:
                self._places = Places()
        return self._places
