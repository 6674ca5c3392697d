"""What a version programmes for an activity: whether its months come to its goal, and what of it may still change.

A reprogramming keeps the months that are closed, and what was executed in them plus what remains programmed is the
new goal of the year (domain rule of the POI; guide of CEPLAN, num. 6.3). An activity that it leaves as it was is not
reprogrammed: falling short of its goal is told by the follow-up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from sisfoh_desktop.basics.cell_blocks import MAX_QUANTITY
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import MAX_AMOUNT
from sisfoh_desktop.basics.texts import clean_name, without_accents
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    MONTH_NAMES,
    NO_MONTHS,
    Activity,
    Direction,
    GoalKind,
    Months,
    PoiVersion,
    Stage,
    last_month,
)

_LONGEST_TITLE = 2000
TEXT_LIMITS: Mapping[str, int] = {
    "unit_name": 200,
    "title": _LONGEST_TITLE,
    "measure": 120,
    "code": 40,
    **dict.fromkeys(("oei", "aei", "centro_costo", "category", "product", "budget_activity"), 200),
    **dict.fromkeys(("function", "division", "group"), 200),
    "budget_goal": 40,
    "ubigeo": 6,
    "priority": 40,
}
"""The most letters that each text of an activity may have."""
FIELD_WORDS: Mapping[str, str] = {
    "unit_name": "Unidad orgánica",
    "title": "Actividad",
    "measure": "Unidad de medida",
    "annual": "Meta física anual",
    "annual_money": "Meta financiera anual",
    "code": "Código",
    "nature": "Actividad o inversión",
    "goal_kind": "Suma o acumulado",
    "direction": "Sentido",
    "oei": "OEI",
    "aei": "AEI",
    "centro_costo": "Centro de costo",
    "category": "Categoría presupuestal",
    "product": "Producto o proyecto",
    "budget_activity": "Actividad presupuestal",
    "function": "Función",
    "division": "División funcional",
    "group": "Grupo funcional",
    "budget_goal": "Meta o secuencia funcional",
    "ubigeo": "Ubigeo",
    "priority": "Prioridad",
}
_REQUIRED = frozenset({"unit_name", "title", "measure"})

FINDING_WORDS: Mapping[str, str] = {
    "annual_missing": "no tiene meta anual",
    "months_missing": "no tiene ningún mes programado",
    "negative": "tiene un número negativo",
    "sum_differs": "sus meses no suman la meta anual",
    "sum_exceeds": "sus meses suman más que la meta anual",
    "level_differs": "su último nivel programado no es la meta anual",
    "level_exceeds": "su último nivel programado pasa la meta anual",
    "executed_and_rest_differ": "lo ejecutado más lo que queda no es la meta",
    "closed_month_changed": "cambia un mes que ya está cerrado",
    "money_differs": "sus meses en soles no suman la meta financiera",
    "activity_lost": "ya no está en el borrador y tiene ejecución o meses cerrados; agréguela otra vez con su nombre",
}
"""What each finding says of an activity; the first word follows its name."""


@dataclass(frozen=True)
class FieldChange:
    """A field that differs between two programmings; months are named `p01` to `p12`, in soles `m01` to `m12`."""

    name: str
    before: object
    after: object


def programme_findings(
    activity: Activity,
    version: PoiVersion,
    executed: Months = NO_MONTHS,
    base: Activity | None = None,
    executed_money: Months | None = None,
) -> tuple[str, ...]:
    """What keeps this activity from being approved, as keys of `FINDING_WORDS`; () when it adds up.

    `base` is the activity in the version that this one starts from (None: it is new in this one). Soles of a
    modification count by what was executed in closed months only where that was told: not every office follows soles.
    """
    found = []
    if any(value is not None and value < 0 for value in _figures_of(activity)):
        found.append("negative")
    if closed_months_changed(activity, version.first_month, base):
        found.append("closed_month_changed")
    if version.stage is Stage.MODIFIED and base is not None and same_goals(activity, base):
        return tuple(found)
    found += _goal_findings(activity, version, executed)
    found += _money_findings(activity, version, executed_money)
    return tuple(found)


def _goal_findings(activity: Activity, version: PoiVersion, executed: Months) -> list[str]:
    if activity.annual is None:
        return ["annual_missing"]
    months = activity.programmed
    last = last_month(months)
    if not last and activity.annual and version.first_month == 1:
        return ["months_missing"]
    short = missing(activity, version, executed)
    if version.stage is Stage.MODIFIED:
        stock = activity.goal_kind is GoalKind.STOCK
        return [] if short == 0 else ["level_differs" if stock else "executed_and_rest_differ"]
    whole = all(value is not None for value in months)
    if activity.goal_kind is GoalKind.STOCK:
        if last == len(months) and short:  # what December reaches is what the year reaches
            return ["level_differs"]
        return ["level_exceeds"] if short < 0 and activity.direction is Direction.MORE else []
    if whole:
        return ["sum_differs"] if short else []
    return ["sum_exceeds"] if short < 0 else []


def _money_findings(activity: Activity, version: PoiVersion, executed_money: Months | None) -> list[str]:
    months, annual = activity.programmed_money, activity.annual_money
    if annual is None or all(value is None for value in months):
        return []
    spent = (executed_money or NO_MONTHS)[: version.first_month - 1]
    if version.stage is Stage.MODIFIED and any(value is not None for value in spent):
        return [] if _blended(spent, months, version.first_month) == annual else ["money_differs"]
    total = _sum(months)
    whole = all(value is not None for value in months)
    return ["money_differs"] if total > annual or (whole and total != annual) else []


def missing(activity: Activity, version: PoiVersion | None = None, executed: Months = NO_MONTHS) -> Decimal:
    """What the months fall short of the annual goal: 3 is «faltan 3», −3 «sobran 3», 0 adds up or no goal is told.

    In a modification the closed months count by what was executed in them.
    """
    if activity.annual is None:
        return Decimal(0)
    months = activity.programmed
    if activity.goal_kind is GoalKind.STOCK:
        last = last_month(months)
        return activity.annual - ((months[last - 1] if last else None) or Decimal(0))
    first = version.first_month if version is not None and version.stage is Stage.MODIFIED else 1
    return activity.annual - _blended(executed, months, first)


def missing_words(short: Decimal, text: Callable[[Decimal], str] = str) -> str:
    """«faltan 3», «sobra 1», or "" when it adds up."""
    if not short:
        return ""
    verb = "falta" if short > 0 else "sobra"
    return f"{verb}{'' if abs(short) == 1 else 'n'} {text(abs(short))}"


def closed_months_changed(activity: Activity, first_month: int, base: Activity | None) -> tuple[int, ...]:
    """The months before `first_month` that differ from the base; of a new activity, those that are not blank or 0."""
    before = base or Activity("", "", "")
    return tuple(
        month
        for month in range(1, first_month)
        if any(
            (now[month - 1] or 0) != (then[month - 1] or 0)
            or (base is not None and (now[month - 1] is None) != (then[month - 1] is None))
            for now, then in (
                (activity.programmed, before.programmed),
                (activity.programmed_money, before.programmed_money),
            )
        )
    )


def same_goals(one: Activity, other: Activity) -> bool:
    """Whether goal and months, in units and in soles, are the same."""
    names = ("annual", "programmed", "annual_money", "programmed_money", "goal_kind")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def same_name(one: Activity, other: Activity) -> bool:
    """Whether two are one activity: the same unit and name, accents and capitals aside, and no two codes."""

    def told(activity: Activity) -> tuple[str, str]:
        return without_accents(activity.unit_name), without_accents(activity.title)

    return told(one) == told(other) and (one.code == other.code or not (one.code and other.code))


def carry_closed(activity: Activity, first_month: int, base: Activity) -> Activity:
    """The activity with the months before `first_month` as its base has them."""
    kept = first_month - 1
    return replace(
        activity,
        programmed=(*base.programmed[:kept], *activity.programmed[kept:]),
        programmed_money=(*base.programmed_money[:kept], *activity.programmed_money[kept:]),
    )


def changes_between(before: Activity, after: Activity) -> tuple[FieldChange, ...]:
    """The fields that differ, texts first; the place in the plan is no difference."""
    found = []
    for name in FIELD_WORDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(FieldChange(name, old, new))
    for sign, months in (("p", "programmed"), ("m", "programmed_money")):
        pairs = zip(getattr(before, months), getattr(after, months), strict=True)
        for number, (old, new) in enumerate(pairs, start=1):
            if old != new:
                found.append(FieldChange(f"{sign}{number:02}", old, new))
    return tuple(found)


def field_word(name: str) -> str:
    """How a field of `changes_between` is called: «Meta física anual», «marzo», «marzo (S/)»."""
    if name in FIELD_WORDS:
        return FIELD_WORDS[name]
    month = MONTH_NAMES[int(name[1:]) - 1]
    return month if name[0] == "p" else f"{month} (S/)"


def clean_activity(activity: Activity, known: dict[tuple[str, str], str] | None = None) -> Activity:
    """The activity as it will be kept; RuleError `activity_incomplete` or `figure_invalid`, or as in `basics.texts`.

    `known` remembers texts already cleaned, for whole plans, where units and codes repeat.
    """
    kept: dict[str, str] = {}
    for name, limit in TEXT_LIMITS.items():
        value: str = getattr(activity, name)
        if not value and name not in _REQUIRED:
            continue
        cleaned = None if known is None else known.get((name, value))
        if cleaned is None:
            cleaned = _clean(activity, name, value, limit)
            if known is not None and name != "title":
                known[name, value] = cleaned
        if cleaned != value:
            kept[name] = cleaned
    _check_figures(activity)
    return replace(activity, **kept) if kept else activity  # type: ignore[arg-type]


def _clean(activity: Activity, name: str, value: str, limit: int) -> str:
    if name in _REQUIRED and not value.strip():
        raise RuleError(
            "activity_incomplete",
            f"A la actividad «{short_name(activity)}» le falta «{FIELD_WORDS[name]}»; complétela. No se guardó nada.",
        )
    what = f"«{FIELD_WORDS[name]}» de «{short_name(activity)}»"
    cleaned = clean_name(value, what=what, limit=limit, required=name in _REQUIRED)
    if name == "ubigeo" and cleaned and not (len(cleaned) == 6 and cleaned.isascii() and cleaned.isdigit()):
        raise RuleError(
            "ubigeo_invalid",
            f"El ubigeo de «{short_name(activity)}» debe tener seis cifras, con sus ceros; no se guardó nada.",
        )
    return cleaned


def _check_figures(activity: Activity) -> None:
    for values, most, parts, words in (
        ((activity.annual, *activity.programmed), MAX_QUANTITY, 4, "cuatro decimales"),
        ((activity.annual_money, *activity.programmed_money), MAX_AMOUNT, 2, "dos decimales"),
    ):
        for value in values:
            if value is None:
                continue
            if not (value.is_finite() and _is_kept_exactly(value, most, parts)):
                raise RuleError(
                    "figure_invalid",
                    f"«{short_name(activity)}» trae el número {value}: debe ser de 0 a {most}, con hasta {words}. "
                    "No se guardó nada.",
                )


@lru_cache(maxsize=16_384)  # a plan repeats few figures thousands of times
def _is_kept_exactly(value: Decimal, most: Decimal, parts: int) -> bool:
    if not 0 <= value <= most:
        return False  # a larger one might not even be scaled
    scaled = value.scaleb(parts)
    return scaled == scaled.to_integral_value()


def short_name(activity: Activity) -> str:
    """How a sentence names an activity: its title, cut to 80 signs."""
    title = activity.title.strip() or activity.code or "sin nombre"
    return title if len(title) <= 80 else f"{title[:79]}…"


def plain_activity(activity: Activity) -> dict[str, object]:
    """The activity as the trail keeps it: what is not blank, months under their code («ENE»)."""
    values: dict[str, object] = {}
    for name in FIELD_WORDS:
        value = getattr(activity, name)
        if value not in ("", None):
            values[name] = getattr(value, "value", value)
    for number in range(12):
        for sign, months in (("p", activity.programmed), ("m", activity.programmed_money)):
            if months[number] is not None:
                values[f"{sign}{number + 1:02}"] = months[number]
    return values


MONTH_FIELD_WORDS: Mapping[str, str] = {
    **{f"p{number:02}": f"Programado {code}" for number, code in enumerate(MONTH_CODES, start=1)},
    **{f"m{number:02}": f"Programado {code} (S/)" for number, code in enumerate(MONTH_CODES, start=1)},
}


def _blended(executed: Months, programmed: Months, first: int) -> Decimal:
    return _sum(executed[: first - 1]) + _sum(programmed[first - 1 :])


def _sum(months: Months) -> Decimal:
    return sum((value for value in months if value is not None), Decimal(0))


def _figures_of(activity: Activity) -> tuple[Decimal | None, ...]:
    return (
        activity.annual,
        activity.annual_money,
        *activity.programmed,
        *activity.programmed_money,
    )
