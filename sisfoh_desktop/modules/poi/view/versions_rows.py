"""Columns of the tab "Versiones": the versions of a plan, what changed between two, what does not add up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_NAMES,
    Activity,
    Direction,
    GoalKind,
    Nature,
    PoiVersion,
)
from sisfoh_desktop.modules.poi.rules.programme import FieldChange, field_word, missing_words
from sisfoh_desktop.modules.poi.rules.versions import ActivityFindings, VersionComparison
from sisfoh_desktop.modules.poi.service.versions import VersionsOverview
from sisfoh_desktop.modules.poi.view.stacked_table import Stack
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

_VALUE_WORDS = {
    Nature.ACTIVITY: "Actividad",
    Nature.INVESTMENT: "Inversión",
    GoalKind.SUM: "Los meses se suman",
    GoalKind.STOCK: "Acumulado",
    Direction.MORE: "Más es mejor",
    Direction.LESS: "Menos es mejor",
}


@dataclass(frozen=True)
class VersionLine:
    """A version as the list shows it."""

    poi_version: PoiVersion
    count: int
    on_view: bool

    @property
    def id(self) -> int:
        return self.poi_version.id


@dataclass(frozen=True)
class DetailLine:
    """A field that changed from one version to another, or an activity that came or went."""

    activity: Activity
    what: str
    before: str = ""
    after: str = ""
    tone: Tone | None = None

    @property
    def id(self) -> tuple[int, str]:
        return self.activity.id, self.what


def lines_of(overview: VersionsOverview) -> list[VersionLine]:
    """The newest first."""
    shown = overview.on_view
    return [
        VersionLine(one, overview.counts.get(one.id, 0), shown is not None and one.id == shown.id)
        for one in reversed(overview.versions)
    ]


def version_state(line: VersionLine) -> tuple[Tone, str]:
    """In force, draft, draft that is gone by for want of an approved one, or replaced."""
    if line.poi_version.is_draft:
        return ("warn", "Sin resolución registrada") if line.on_view else ("dim", "Borrador")
    return ("ok", "Vigente") if line.on_view else ("dim", "Reemplazada")


def version_columns() -> list[Column]:
    return [
        Column("Versión", lambda one: one.poi_version.name, lambda one: one.id, width=136),
        Column(
            "Estado", lambda one: version_state(one)[1], tone=lambda one: version_state(one)[0], width=192
        ),
        Column("Actividades", lambda one: format_number(one.count), lambda one: one.count, "right", 96),
        Column("Cambia desde", _first_month, lambda one: one.poi_version.first_month, width=112),
        Column("Resolución", lambda one: one.poi_version.document or "—"),
        Column(
            "Fecha",
            lambda one: _day(one.poi_version.document_date),
            lambda one: one.poi_version.document_date or date.max,
            "center",
            96,
        ),
    ]


def version_words(version: PoiVersion) -> str:
    """Who put it in force and when, and its note."""
    parts = []
    if version.approved_at is not None:
        day = format_date(version.approved_at.date())
        parts.append(f"Puesta en vigor por {version.approved_by} el {day}")
    if version.note:
        parts.append(" ".join(version.note.split()))
    return "  ·  ".join(parts)


def detail_columns() -> list[Column]:
    return [
        Column("Unidad orgánica", lambda one: one.activity.unit_name),
        Column("Actividad", lambda one: one.activity.title, tip=_activity),
        Column("Qué cambia", lambda one: one.what, width=136, tone=lambda one: one.tone),
        Column("Antes", lambda one: one.before, align="right"),
        Column("Después", lambda one: one.after, align="right"),
    ]


DETAIL_STACK = Stack(under={1: 0}, lines={1: 2, 2: 2, 3: 6, 4: 6}, shares={1: 4, 3: 3, 4: 3})
"""The unit under its activity; what a text was and what it becomes are wrapped, so that both are in sight."""


def finding_columns() -> list[Column]:
    return [
        Column("Unidad orgánica", lambda one: one.activity.unit_name),
        Column("Actividad", lambda one: one.activity.title, tip=_activity),
        Column("Qué no cuadra", lambda one: _capital(one.words), tone=lambda _one: "warn"),
        Column("Meta", lambda one: format_quantity(one.activity.annual) or "—", _goal, "right", 88),
        Column(
            "Diferencia",
            lambda one: missing_words(one.short, format_quantity),
            lambda one: one.short,
            "right",
            112,
        ),
    ]


FINDING_STACK = Stack(under={1: 0}, lines={1: 3, 2: 4}, shares={1: 3, 2: 2})


def compared_lines(comparison: VersionComparison) -> list[DetailLine]:
    """What came, what went, then each field that changed."""
    came = [DetailLine(one, "Nueva", "", goal_text(one), "ok") for one in comparison.added]
    went = [DetailLine(one, "Quitada", goal_text(one), "", "danger") for one in comparison.removed]
    changed = [
        DetailLine(one.after, _capital(field_word(field.name)), *_sides(field))
        for one in comparison.changed
        for field in one.fields
    ]
    return [*came, *went, *changed]


def compared_words(comparison: VersionComparison) -> str:
    """«2 nuevas, 1 quitada, 5 cambiadas; 84 iguales»."""
    parts = [
        _counted(len(comparison.added), "nueva", "nuevas"),
        _counted(len(comparison.removed), "quitada", "quitadas"),
        _counted(len(comparison.changed), "cambiada", "cambiadas"),
    ]
    told = ", ".join(part for part in parts if part)
    same = _counted(comparison.unchanged, "igual", "iguales") or "ninguna igual"
    return f"{told}; {same}" if told else f"Sin cambios: {same}"


def goal_text(activity: Activity) -> str:
    """`24 SESIONES`."""
    return f"{format_quantity(activity.annual) or 'sin meta'} {activity.measure}"


def _sides(field: FieldChange) -> tuple[str, str]:
    soles = field.name == "annual_money" or (field.name[0] == "m" and field.name[1:].isdigit())
    return _value(field.before, soles=soles), _value(field.after, soles=soles)


def _value(value: object, *, soles: bool) -> str:
    if isinstance(value, Decimal):
        return format_amount(value) if soles else format_quantity(value)
    if isinstance(value, Enum):
        return _VALUE_WORDS[value]  # type: ignore[index]
    return str(value) if value not in (None, "") else "—"


def _activity(line: DetailLine | ActivityFindings) -> str:
    return f"{line.activity.title} ({line.activity.unit_name})"


def _goal(found: ActivityFindings) -> Decimal:
    return found.activity.annual or Decimal(0)


def _first_month(line: VersionLine) -> str:
    first = line.poi_version.first_month
    if first > len(MONTH_NAMES):
        return "—"
    return "todo el año" if first == 1 else MONTH_NAMES[first - 1]


def _counted(count: int, one: str, many: str) -> str:
    return f"{format_number(count)} {one if count == 1 else many}" if count else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(day: date | None) -> str:
    return format_date(day) if day is not None else "—"
