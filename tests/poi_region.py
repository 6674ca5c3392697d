"""The POI of a made-up region: thousands of activities of many units, for what must stay fast when a plan is large.

Same arguments, same year: nothing here is drawn by chance without a seed. What a year with known answers is, is
`poi_seed`.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from poi_seed import seed_year

from sisfoh_desktop.modules.poi.rules.facts import (
    Activity,
    ActivityYear,
    Direction,
    Execution,
    GoalKind,
    PoiYear,
)

MEASURES = (
    "ACCIÓN",
    "INFORME",
    "REPORTE",
    "DOCUMENTO",
    "PERSONA CAPACITADA",
    "SUPERVISIÓN",
    "EXPEDIENTE",
    "HOGAR EMPADRONADO",
    "KILÓMETRO",
    "ATENCIÓN",
    "NORMA",
    "RECLAMO",
)
UNITS = 120
_TASKS = (
    "SUPERVISAR EL MANTENIMIENTO DE",
    "EMITIR INFORMES TÉCNICOS DE",
    "CAPACITAR AL PERSONAL DE",
    "REGISTRAR LOS EXPEDIENTES DE",
    "ATENDER LAS SOLICITUDES DE",
    "DIRIGIR Y CONTROLAR LAS ACTIVIDADES DE",
)
_PLACES = ("LA PROVINCIA", "EL DISTRITO", "LA CUENCA", "LA RED DE SALUD", "LA UNIDAD EDUCATIVA", "EL MERCADO")


def region_year(count: int = 20_000, *, until: int = 9, seed: int = 2026, year: int = 2026) -> PoiYear:
    """`count` activities executed up to the month `until`: most as programmed, some below, above or owed."""
    base = seed_year()
    plan = replace(base.plan, year=year, title=f"Plan Operativo Institucional {year}")
    months = tuple(
        replace(one, due_on=one.due_on.replace(year=year + one.month // 12)) for one in base.months
    )
    return PoiYear(plan, base.poi_version, tuple(region_activities(count, until=until, seed=seed)), months)


def region_activities(count: int, *, until: int, seed: int) -> Iterator[ActivityYear]:
    """The activities alone, in plan order; `id` counts from 1."""
    chance = random.Random(seed)
    each = -(-count // UNITS)
    for number in range(count):
        yield _activity(number + 1, number // each + 1, until, chance)


def _activity(number: int, unit: int, until: int, chance: random.Random) -> ActivityYear:
    level = chance.choice((1, 1, 2, 3, 5, 8, 12, 40, 250))
    stock = number % 40 == 0
    programmed = [Decimal(level * month if stock else level) for month in range(1, 13)]
    if number % 7 == 0 and not stock:  # a quarterly activity
        programmed = [Decimal(level) if month % 3 == 0 else Decimal(0) for month in range(1, 13)]
    executed = [_executed(programmed[month], chance) if month < until else None for month in range(12)]
    money = tuple(Decimal(level * 100) for _month in range(12))
    activity = Activity(
        id=number,
        row_id=number,
        order=number,
        code=f"AOI{101_000 + unit:06d}{number % 100_000:05d}",
        unit_name=f"UNIDAD EJECUTORA {unit:03d}",
        title=f"{_TASKS[number % 6]} {_PLACES[number // 6 % 6]} {number}",
        measure=MEASURES[chance.randrange(len(MEASURES))],
        category="ACCIONES CENTRALES" if number % 3 else "ASIGNACIONES PRESUPUESTARIAS",
        annual=programmed[-1] if stock else sum(programmed, Decimal(0)),
        programmed=tuple(programmed),
        annual_money=sum(money, Decimal(0)),
        programmed_money=money,
        goal_kind=GoalKind.STOCK if stock else GoalKind.SUM,
        direction=Direction.LESS if number % 97 == 0 else Direction.MORE,
        ubigeo=f"{unit % 25 + 1:02d}0101",
    )
    late = next((month for month in range(until) if executed[month] != programmed[month]), None)
    note = None if late is None else _note(number, late + 1, executed[late])
    return ActivityYear(
        activity,
        tuple(executed),
        tuple(money[month] if month < until else None for month in range(12)),
        (note,) if note is not None else (),
    )


def _executed(programmed: Decimal, chance: random.Random) -> Decimal | None:
    cast = chance.random()
    if cast < 0.98:
        return programmed
    if cast < 0.99:
        return Decimal(int(programmed) * 3 // 4)
    return programmed + 1 if cast < 0.995 else None


def _note(number: int, month: int, physical: Decimal | None) -> Execution:
    return Execution(
        number,
        month,
        physical,
        motive_text="No llegaron los bienes a tiempo",
        corrective="Se reprograma para el mes siguiente",
        version=1,
    )
