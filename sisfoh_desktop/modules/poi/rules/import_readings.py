"""The readings of an imported row that adds up by itself but does not agree with the POI it meets."""

from collections.abc import Mapping
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear
from sisfoh_desktop.modules.poi.rules.import_activity import MONTHS, quarters_again
from sisfoh_desktop.modules.poi.rules.import_placing import Ground, Placed, Target
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, ANNUAL_MONEY, Reading, month_meaning


def readings_against(placed: Placed, ground: Ground) -> tuple[Reading, ...]:
    """The readings of a row that adds up but does not agree with the POI; () where none would be taken.

    The POI's own programme and its closed months are kept in the first; in a draft the file's programme may win.
    """
    known = ground.years.get(placed.activity.id)
    rules = {one.rule for one in placed.findings}
    if rules == {"closed_month_programmed"}:
        figures = {one.meaning: one.value for one in placed.row.numbers}
        blank = {**figures, **dict.fromkeys(ground.frozen & figures.keys())}
        words = "Lo programado en meses cerrados queda en blanco"
        return (
            Reading(
                quarters_again(blank, placed.activity.goal_kind), (words,), f"{words}; lo demás, del archivo"
            ),
        )
    if known is None or not rules <= {"programme_changed", "month_closed", "month_not_begun"}:
        return ()
    values = {one.meaning: one.value for one in placed.row.numbers}
    kept, said = dict(values), []
    if "programme_changed" in rules:
        kept.update(_programme_values(known.activity, values))
        said.append("Se conserva lo programado en el POI")
    if rules & {"month_closed", "month_not_begun"}:
        held = _held_values(known, values, ground)
        kept.update(held)
        values = {**values, **held}
        said.append("Los meses cerrados o por comenzar quedan como están")
    kept = quarters_again(kept, placed.activity.goal_kind)
    readings = [Reading(kept, tuple(said), f"{'; '.join(said)}; lo demás, del archivo")]
    if placed.touches_programme and "programme_changed" in rules and ground.target is Target.DRAFT:
        but = ", salvo los meses cerrados" if placed.frozen_changes else ""
        taken = [f"Lo programado en el archivo reemplaza a lo del POI{but}", *said[1:]]
        stored = _programme_values(known.activity, values)
        values = {**values, **{one: stored[one] for one in ground.frozen & stored.keys()}}
        readings.append(
            Reading(quarters_again(values, placed.activity.goal_kind), tuple(taken), "; ".join(taken))
        )
    return tuple(readings)


def _programme_values(activity: Activity, values: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    stored: dict[str, Decimal | None] = {ANNUAL: activity.annual, ANNUAL_MONEY: activity.annual_money}
    for month in MONTHS:
        stored[month_meaning(False, month)] = activity.programmed[month - 1]
        stored[month_meaning(False, month, money=True)] = activity.programmed_money[month - 1]
    return {meaning: value for meaning, value in stored.items() if meaning in values}


def _held_values(
    known: ActivityYear, values: Mapping[str, Decimal | None], ground: Ground
) -> dict[str, Decimal | None]:
    held: dict[str, Decimal | None] = {}
    for month in MONTHS:
        if month in ground.closed or month > ground.last_begun:
            held[month_meaning(True, month)] = known.executed[month - 1]
            held[month_meaning(True, month, money=True)] = known.executed_money[month - 1]
    return {meaning: value for meaning, value in held.items() if meaning in values}
