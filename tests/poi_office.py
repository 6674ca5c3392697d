"""A small synthetic POI in a base, for tests: three units with four activities each, January and February told.

`make_poi` also stores any other year, such as the one of `poi_seed`. What the tests check is the program's own.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import (
    NO_MONTHS,
    Activity,
    ActivityYear,
    Band,
    Direction,
    Execution,
    GoalKind,
    Months,
    Nature,
    PoiPlan,
    PoiVersion,
    PoiYear,
    Stage,
)
from sisfoh_desktop.modules.poi.rules.import_plan import FiveNumbers

UNITS = ("ALCALDÍA", "GERENCIA DE DESARROLLO SOCIAL", "UNIDAD LOCAL DE EMPADRONAMIENTO")


@dataclass
class PoiOffice:
    """The ids of what `make_poi` made; `ids` are those of the activities in the order of the plan."""

    db: Database
    actor: Actor
    now: datetime
    plan: int
    version: int
    ids: list[int]

    def activities(self) -> tuple[Activity, ...]:
        """What the version programmes, as it stands."""
        from sisfoh_desktop.modules.poi.service import versions

        return versions.load_programme(self.db, self.version)

    def activity(self, number: int) -> Activity:
        """One of them, counted from 0 in the order of the plan."""
        return next(one for one in self.activities() if one.id == self.ids[number])

    def poi_version(self, version_id: int = 0) -> PoiVersion:
        from sisfoh_desktop.modules.poi.service import versions

        return versions.load_version(self.db, version_id or self.version)

    def execute(self, number: int, month: int, physical: int | str | None, **more: object) -> None:
        """What was executed of an activity in a month, written as it is, whatever the rules would say."""
        one = Execution(self.ids[number], month, None if physical is None else Decimal(physical))
        _store_executions(self.db, self.actor, self.now, [replace(one, **more)])  # type: ignore[arg-type]

    def close(self, until: int) -> None:
        """Close January to a month, whatever is pending in them."""
        from sqlalchemy import update

        from sisfoh_desktop.modules.poi.tables import PoiMonthRow

        with self.db.transaction() as session:
            session.execute(
                update(PoiMonthRow)
                .where(PoiMonthRow.plan_id == self.plan, PoiMonthRow.month <= until)
                .values(closed_at=self.now, closed_by=self.actor.user, version=PoiMonthRow.version + 1)
            )

    def approve(self, document: str = "Resolución de Alcaldía N° 001-2024-PRUEBA") -> None:
        """Put the version in force with a resolution of the first working day of its year."""
        from sisfoh_desktop.modules.poi.service import versions

        versions.approve_version(
            self.db,
            actor=self.actor,
            now=self.now,
            version_id=self.version,
            document=document,
            document_date=self.now.date().replace(month=1, day=2),
            expected_version=self.poi_version().version,
        )


def small_year(year: int = 2024) -> PoiYear:
    """The synthetic year: sums, a level reached, an investment, less is better, a month without programme; money.

    Told until February: one activity below, one above, one without report, one executed though not programmed.
    """
    monthly, quarterly = _months([2] * 12), _months([0, 0, 3] * 4)
    rows = (
        (_activity(0, "Dirigir sesiones de concejo", "SESIONES", 24, monthly), (2, 2)),
        (_activity(0, "Presentar informes de gestión", "INFORMES", 12, quarterly), (0, 0)),
        (_activity(0, "Atender audiencias vecinales", "ACCIONES", 120, _months([10] * 12)), (10, 6)),
        (
            _activity(
                0,
                "Mantener convenios vigentes",
                "CONVENIOS",
                8,
                _months([3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]),
                goal_kind=GoalKind.STOCK,
            ),
            (3, 3),
        ),
        (_activity(1, "Capacitar a promotoras", "PERSONAS", 300, _months([25] * 12)), (25, 32)),
        (
            _activity(
                1,
                "Resolver quejas pendientes",
                "QUEJAS",
                60,
                _months([5] * 12),
                direction=Direction.LESS,
            ),
            (5, 4),
        ),
        (
            _activity(
                1,
                "Mejorar el local comunal",
                "OBRA",
                1,
                _months([0] * 11 + [1]),
                nature=Nature.INVESTMENT,
                code="2456789",
                annual_money=Decimal("312656.00"),
                programmed_money=_months([0] * 6 + ["50000.00"] * 5 + ["62656.00"]),
            ),
            (0, 0),
        ),
        (_activity(1, "Organizar campañas de salud", "CAMPAÑAS", 4, quarterly_of(1)), (1, 0)),
        (_activity(2, "Visitar hogares", "VISITAS", 600, _months([50] * 12)), (50, None)),
        (_activity(2, "Remitir fichas a la DOF", "FICHAS", 480, _months([40] * 12)), (40, 40)),
        (_activity(2, "Notificar resultados", "NOTIFICACIONES", 24, monthly), (0, 1)),
        (_activity(2, "Supervisar el archivo", "ACCIONES", 12, _months([1] * 12)), (1, 1)),
    )
    plan = PoiPlan(0, year, f"Plan Operativo Institucional {year}", SMALL_BANDS, Decimal(0), Decimal(0))
    activities = tuple(
        ActivityYear(replace(one, order=number), executed=_months(list(told)))
        for number, (one, told) in enumerate(rows, start=1)
    )
    return PoiYear(plan, PoiVersion(0, 0, Stage.APPROVED, 0), activities)


SMALL_BANDS = (
    Band("Crítico", Decimal(0), True, "bad", "square"),
    Band("En riesgo", Decimal(75), True, "warn", "triangle"),
    Band("Conforme", Decimal(95), True, "good", "circle"),
)


def quarterly_of(count: int) -> Months:
    """The same number in March, June, September and December, nothing in the others."""
    return _months([0, 0, count] * 4)


def make_poi(db: Database, actor: Actor, now: datetime, year: PoiYear | None = None) -> PoiOffice:
    """Store a year: its plan, its programme in the draft that a new plan has, what was executed, its closed months."""
    from sisfoh_desktop.modules.poi.service import plans, versions
    from sisfoh_desktop.modules.poi.store import programme as programme_store

    told = year or small_year()
    plan_id = plans.add_plan(db, actor=actor, now=now, year=told.plan.year, title=told.plan.title)
    version = versions.list_versions(db, plan_id)[0]
    with db.transaction() as session:
        measures = plans.measures_in(session, [one.activity.measure for one in told.activities])
        ids = programme_store.add_activities(
            session,
            plan_id,
            version.id,
            [
                replace(
                    one.activity,
                    id=0,
                    order=place,
                    measure_id=measures[plans.measure_key(one.activity.measure)],
                )
                for place, one in enumerate(told.activities, 1)
            ],
        )
    office = PoiOffice(db, actor, now, plan_id, version.id, ids)
    _store_executions(db, actor, now, _executions(told, ids))
    closed = [one.month for one in told.months if one.closed]
    if closed:
        office.close(max(closed))
    return office


def numbers_of(db: Database, import_id: int, plan_id: int = 1) -> FiveNumbers:
    """What has become of the rows of an imported file: its five numbers, which add up."""
    from sisfoh_desktop.modules.poi.service import importing

    numbers = next(one.numbers for one in importing.list_imports(db, plan_id) if one.id == import_id)
    assert numbers.accepted + numbers.quarantined + numbers.repaired + numbers.rejected == numbers.rows
    return numbers


def _activity(
    unit: int, title: str, measure: str, annual: int, programmed: Months, **more: object
) -> Activity:
    return Activity(
        UNITS[unit],
        title,
        measure,
        annual=Decimal(annual),
        programmed=programmed,
        category="GESTIÓN ADMINISTRATIVA",
        **more,  # type: ignore[arg-type]
    )


def _months(values: list[int | str | None]) -> Months:
    told = tuple(None if value is None else Decimal(value) for value in values)
    return (*told, *NO_MONTHS[len(told) :])


def _executions(year: PoiYear, ids: list[int]) -> list[Execution]:
    found = []
    for activity_id, one in zip(ids, year.activities, strict=True):
        notes = {note.month: note for note in one.notes}
        for month in range(1, 13):
            physical, money = one.executed[month - 1], one.executed_money[month - 1]
            note = notes.get(month)
            if physical is None and money is None and note is None:
                continue
            base = note or Execution(activity_id, month)
            found.append(replace(base, activity_id=activity_id, physical=physical, money=money))
    return found


def _store_executions(db: Database, actor: Actor, now: datetime, executions: list[Execution]) -> None:
    from sqlalchemy import insert

    from sisfoh_desktop.modules.poi.tables import PoiExecutionRow

    rows = [
        {
            "activity_id": one.activity_id,
            "month": one.month,
            "physical": one.physical,
            "money": one.money,
            "motive": one.motive,
            "motive_text": one.motive_text,
            "corrective": one.corrective,
            "imported": one.imported,
            "registered_at": one.registered_at or now,
            "registered_by": one.registered_by or actor.user,
            "version": 1,
        }
        for one in executions
    ]
    if rows:
        with db.transaction() as session:
            session.execute(insert(PoiExecutionRow), rows)
