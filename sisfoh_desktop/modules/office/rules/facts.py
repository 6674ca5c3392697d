"""What the office knows, as frozen facts.

Everything that changes carries `valid_from` and `valid_to` (both days included; None is open on that side),
so that a paper of 2024 keeps its words of 2024. `id` and `version` are 0 until the fact is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.basics.holidays import DayOffKind, HolidayRule
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office.rules.terms import CountsFrom, LegalTerm, TermUnit


class Mode(StrEnum):
    """Whether papers of this base are real; a practice base never becomes a real one."""

    REAL = "REAL"
    PRACTICE = "PRÁCTICA"


class NormKind(StrEnum):
    """Rank of a norm; the value is what is stored and shown."""

    CONSTITUTION = "Constitución"
    LAW = "Ley"
    LEGISLATIVE_DECREE = "Decreto Legislativo"
    URGENCY_DECREE = "Decreto de Urgencia"
    SUPREME_DECREE = "Decreto Supremo"
    MINISTERIAL_RESOLUTION = "Resolución Ministerial"
    RESOLUTION = "Resolución"
    DIRECTIVE = "Directiva"
    GUIDE = "Guía"
    ORDINANCE = "Ordenanza"


class BodyRole(StrEnum):
    """What an outside body is to the office, however it is called at the time."""

    MINISTRY = "Ministerio rector"
    LEAD_BODY = "Ente rector de focalización"
    OPERATIONS = "Operaciones de focalización"
    REGISTRY = "Registro de hogares"
    FIELD_PROGRAMME = "Programa social"
    OTHER = "Otro"


@dataclass(frozen=True)
class Municipality:
    """The entity that issues the papers; `place_name` is printed before dates ("Tacna, 08 MAR 2024")."""

    name: str
    short_name: str
    ubigeo: Ubigeo
    place_name: str
    portal_url: str = ""
    logo: bytes | None = field(default=None, repr=False)
    mode: Mode = Mode.REAL
    version: int = 0


@dataclass(frozen=True)
class OfficeState:
    """What holds for the whole base: practice or real, and how far the calendar was verified."""

    practice: bool = False
    calendar_verified_until: date | None = None
    version: int = 0


@dataclass(frozen=True)
class Unit:
    """An organic unit with the name and siglas it had on the day it was asked for.

    `valid_from`, `valid_to` and `document` are those of that name. `version` guards the unit with its names.
    """

    name: str
    siglas: str
    parent_id: int | None = None
    sort_order: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    document: str = ""
    id: int = 0
    name_id: int = 0
    depth: int = 0
    version: int = 0


@dataclass(frozen=True)
class UnitName:
    """One name of a unit and the days on which it held."""

    unit_id: int
    name: str
    siglas: str
    valid_from: date | None = None
    valid_to: date | None = None
    document: str = ""
    id: int = 0


@dataclass(frozen=True)
class Officer:
    """A person in a position of a unit, by an appointment document; `acting` is "(e)", `head` leads the unit.

    `title` is the professional one as printed ("Ing."). `dni` None in a change means: keep what is stored.
    """

    name: str
    position: str
    unit_id: int
    title: str = ""
    acting: bool = False
    head: bool = True
    document: str = ""
    dni: str | None = field(default="", repr=False)
    valid_from: date | None = None
    valid_to: date | None = None
    id: int = 0
    version: int = 0

    @property
    def full_name(self) -> str:
        """`Ing. NOMBRE APELLIDO`, as under a signature."""
        return f"{self.title} {self.name}".strip()

    @property
    def full_position(self) -> str:
        """`Gerente Municipal (e)` when acting."""
        return f"{self.position} (e)" if self.acting else self.position


@dataclass(frozen=True)
class OfficerLine:
    """An officer as lists show them: the unit as it was called, the DNI masked."""

    officer: Officer
    unit_name: str
    unit_siglas: str
    masked_dni: str

    @classmethod
    def of(cls, officer: Officer, unit: Unit | None) -> "OfficerLine":
        """A line that no longer carries the DNI itself."""
        return cls(
            officer=replace(officer, dni=None),
            unit_name=unit.name if unit else "",
            unit_siglas=unit.siglas if unit else "",
            masked_dni=mask_dni(officer.dni or ""),
        )


@dataclass(frozen=True)
class Body:
    """A body outside the municipality in a role, e.g. the DGFIS until the OFIS took over."""

    role: BodyRole
    name: str
    siglas: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    trust: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Norm:
    """A norm that papers cite; `trust` tells how the office knows it (read, secondary, to be verified)."""

    code: str
    title: str
    kind: NormKind
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    trust: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class YearName:
    """An official name of a year or decade; only those marked `printed` go on papers."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    norm: str = ""
    printed: bool = True
    trust: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Legend:
    """The text of the side margin; at most one is in force on a day."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    norm: str = ""
    trust: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Holiday:
    """A day off as the office keeps it; exactly one of `month` with `day`, `easter_offset`, or `single_day`.

    `scope` is an INEI prefix ("" whole country). `entered_by` is a user, or the national list.
    """

    name: str
    norm: str = ""
    scope: str = ""
    kind: DayOffKind = DayOffKind.HOLIDAY
    suspends: bool = True
    month: int | None = None
    day: int | None = None
    easter_offset: int | None = None
    single_day: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    trust: str = ""
    entered_by: str = ""
    id: int = 0
    version: int = 0

    @property
    def rule(self) -> HolidayRule:
        """The same, as the calendar reads it."""
        return HolidayRule(
            name=self.name,
            norm=self.norm,
            scope=self.scope,
            kind=self.kind,
            suspends=self.suspends,
            month=self.month,
            day=self.day,
            easter_offset=self.easter_offset,
            on=self.single_day,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


DatedFact = Officer | Body | Norm | YearName | Legend | Holiday | LegalTerm

# Fields that are stored and shipped as text and are an enumeration here.
ENUM_FIELDS: Mapping[tuple[Any, str], Any] = {
    (Norm, "kind"): NormKind,
    (Body, "role"): BodyRole,
    (Holiday, "kind"): DayOffKind,
    (LegalTerm, "unit"): TermUnit,
    (LegalTerm, "counts_from"): CountsFrom,
}
