"""What a new office enters on its first day: the templates it may start from, and everything that goes in at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office.rules.checks import siglas_key
from sisfoh_desktop.modules.office.rules.facts import Holiday, Municipality, Officer, Unit


@dataclass(frozen=True)
class OfferedUnit:
    """A unit of a template: `parent` by its siglas, `position` of whoever heads it, `why` the office needs it."""

    siglas: str
    name: str
    parent: str = ""
    position: str = ""
    ticked: bool = True
    why: str = ""


@dataclass(frozen=True)
class UnitTemplate:
    """Units that an office of some kind usually has, superiors first."""

    key: str
    title: str
    note: str
    units: tuple[OfferedUnit, ...]


@dataclass(frozen=True)
class Province:
    """A province by the first four digits of its INEI codes."""

    code: str
    name: str
    department: str


@dataclass(frozen=True)
class NewUnit:
    """A unit to be entered, its superior named by siglas: it may be another of the same day."""

    unit: Unit
    parent: str = ""


@dataclass(frozen=True)
class NewOfficer:
    """An officer to be entered, their unit named by siglas."""

    officer: Officer
    unit: str


@dataclass(frozen=True)
class FirstDay:
    """Everything that goes in at once; `municipality` None leaves it as it is."""

    municipality: Municipality | None = None
    units: tuple[NewUnit, ...] = ()
    officers: tuple[NewOfficer, ...] = ()
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True)
class OfficeStanding:
    """What the office has on a day, for whoever goes on setting it up. DNI are not in it."""

    municipality: Municipality | None
    units: tuple[Unit, ...]
    officers: tuple[Officer, ...]
    holidays: tuple[Holiday, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Keys of what is missing for the first paper: `municipality`, `logo`, `units`, `officers`."""
        found = {
            "municipality": self.municipality is not None,
            "logo": self.municipality is not None and self.municipality.logo is not None,
            "units": bool(self.units),
            "officers": bool(self.officers),
        }
        return tuple(key for key, there in found.items() if not there)


def unit_templates(data: Mapping[str, Any]) -> tuple[UnitTemplate, ...]:
    """The templates of the shipped file; a row with an unknown or missing field is a TypeError."""
    return tuple(
        UnitTemplate(
            row["key"], row["title"], row["note"], tuple(OfferedUnit(**unit) for unit in row["unit"])
        )
        for row in data["template"]
    )


def provinces(data: Mapping[str, Any]) -> tuple[Province, ...]:
    """The provinces of the shipped file, in the order of their codes."""
    return tuple(
        Province(f"{row['code']}{number:02d}", name, row["name"])
        for row in data["department"]
        for number, name in enumerate(row["provinces"], start=1)
    )


def superiors_first(units: tuple[NewUnit, ...], known: set[str]) -> tuple[NewUnit, ...]:
    """The units in an order in which each comes after its superior; `known` are siglas (as compared) already there.

    RuleError `superior_unknown` or `unit_circle`.
    """
    waiting, placed, done = list(units), [], set(known)
    named = {siglas_key(one.unit.siglas) for one in units} | known
    while waiting:
        ready = [one for one in waiting if not one.parent or siglas_key(one.parent) in done]
        if not ready:
            lost = next((one for one in waiting if siglas_key(one.parent) not in named), None)
            if lost is None:
                raise RuleError(
                    "unit_circle",
                    f"Las unidades {', '.join(one.unit.siglas for one in waiting[:4])} dependen unas de otras en "
                    "círculo; no se guardó nada. Corrija de quién depende una de ellas.",
                )
            raise RuleError(
                "superior_unknown",
                f"{lost.unit.siglas} depende de «{lost.parent[:40]}», que no está en la lista; no se guardó nada. "
                "Márquela también o corrija de quién depende.",
            )
        for one in ready:
            placed.append(one)
            done.add(siglas_key(one.unit.siglas))
            waiting.remove(one)
    return tuple(placed)
