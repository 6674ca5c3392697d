"""An activity as a row of «Programación»: whether it adds up, its sums, and one's work laid over another's."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sisfoh_desktop.modules.poi.rules.facts import Activity, GoalKind, Months, PoiVersion, Stage
from sisfoh_desktop.modules.poi.view.programme_rows import (
    Balances,
    Programme,
    activity_of,
    balance_of,
    columns_of,
    rebased,
    row_of,
)

FIRST = Programme(PoiVersion(1, 1, Stage.APPROVED, 0))


def months(*values: int | None) -> Months:
    told = [None if value is None else Decimal(value) for value in values]
    return (*told, *[None] * (12 - len(told)))


def activity(annual: int | None, *values: int | None, **more: object) -> Activity:
    programmed = months(*values)
    return Activity(
        "ALCALDÍA",
        "Dirigir sesiones",
        "SESIONES",
        None if annual is None else Decimal(annual),
        programmed,
        id=7,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("made", "word", "tone", "is_open"),
    [
        (activity(24, *[2] * 12), "cuadra", "ok", False),
        (activity(24, *[2] * 11), "faltan 2", "warn", True),
        (activity(24, *[2] * 11, 1), "falta 1", "warn", True),
        (activity(24, *[2] * 11, 5), "sobran 3", "danger", True),
        (activity(4_000, 1), "faltan 3 999", "warn", True),
        (activity(None, 1), "sin meta", "warn", True),
        (activity(None), "sin meta", "dim", True),
        (activity(8, 3, 5, 8, goal_kind=GoalKind.STOCK), "cuadra", "ok", False),
        (activity(8, 3, 5, goal_kind=GoalKind.STOCK), "faltan 3", "warn", True),
    ],
)
def test_a_row_tells_what_is_missing_by_word_and_tone(made, word, tone, is_open):
    balance = balance_of(row_of(made), FIRST, money=False)
    assert (balance.word.replace("\u00a0", " "), balance.tone, balance.open) == (word, tone, is_open)


def test_soles_are_weighed_apart():
    made = activity(24, *[2] * 12, annual_money=Decimal("100.50"), programmed_money=months(60, 40))
    assert balance_of(row_of(made), FIRST, money=True).word == "faltan 0.50"
    assert balance_of(row_of(activity(24)), FIRST, money=True).open is False


def test_a_modification_counts_what_was_executed_and_leaves_alone_what_it_left():
    base = activity(24, *[2] * 12)
    modified = Programme(
        PoiVersion(2, 1, Stage.MODIFIED, 1, first_month=3), 3, {7: months(1, 0)}, {}, {7: base}
    )
    assert balance_of(row_of(base), modified, money=False).word == "sin cambios"
    wanted = replace(base, programmed=(*base.programmed[:11], Decimal(4)))
    assert balance_of(row_of(wanted), modified, money=False).word == "falta 1"
    closed = columns_of(lambda: modified, money=False)
    assert [spec.why_locked(row_of(base)) for spec in closed[5:8]] == [
        "Enero está cerrado: se conserva como estaba.",
        "Febrero está cerrado: se conserva como estaba.",
        "",
    ]


def test_quarters_and_total_follow_the_kind_of_goal():
    def sums(made: Activity) -> list[str]:
        return [spec.shown(row_of(made)) for spec in columns_of(lambda: FIRST, money=False)[17:]]

    assert sums(activity(24, 1, 2, 3, 4)) == ["6", "4", "", "", "10"]
    assert sums(activity(8, 1, 2, 3, 4, goal_kind=GoalKind.STOCK)) == ["3", "4", "", "", "4"]


def test_what_is_typed_becomes_the_activity():
    row = row_of(activity(24, *[2] * 12))
    assert activity_of(row) is row.fact
    row.values[0], row.values[3], row.values[14] = Decimal(30), None, Decimal("9.90")
    made = activity_of(row)
    assert made.annual == 30
    assert made.programmed[2] is None
    assert made.programmed_money[0] == Decimal("9.90")


def test_the_foot_counts_states_and_adds_soles_only():
    rows = [row_of(activity(24, *[2] * 12)), row_of(activity(24, 1)), row_of(activity(1, 2))]
    balances = Balances(FIRST)
    balances.count_all(rows)
    assert balances.sentence() == (
        "3 actividades: 1 cuadra, 1 por debajo de su meta, 1 por encima de su meta."
    )
    rows[1].values[0] = Decimal(1)
    balances.update([rows[1]], lambda _row: True)
    assert balances.open_rows() == 1
    balances.update([rows[2]], lambda _row: False)
    assert balances.sentence() == "2 actividades: 2 cuadran."
    money = row_of(activity(1, 1, annual_money=Decimal(100), programmed_money=months(60)))
    balances.money = True
    balances.count_all([money])
    assert balances.sentence().replace("\u00a0", " ") == (
        "1 actividad: 1 por debajo de su meta. Meta del plan S/ 100.00; en los meses, S/ 60.00."
    )


# -- two people at once -----------------------------------------------------------------------------------


def columns():
    return columns_of(lambda: FIRST, money=False)


def test_mine_is_laid_over_what_another_saved():
    mine = row_of(activity(24, *[2] * 12))
    mine.values[1] = Decimal(9)
    theirs = replace(activity(24, 2, 7, *[2] * 10), version=2)
    both = rebased([mine], [], [theirs], columns())
    assert both.clashes == ()
    made = activity_of(both.rows[0])
    assert (made.programmed[0], made.programmed[1], made.version) == (9, 7, 2)
    assert both.rows[0].is_changed


def test_a_cell_that_both_changed_keeps_mine_and_is_named():
    mine = row_of(activity(24, *[2] * 12))
    mine.values[1] = Decimal(9)
    both = rebased([mine], [], [activity(24, 5, *[2] * 11)], columns())
    assert both.clashes == ("«Dirigir sesiones», enero",)
    assert activity_of(both.rows[0]).programmed[0] == 9


def test_texts_that_i_changed_stay_mine_and_the_rest_is_theirs():
    mine = row_of(activity(24))
    mine.fact = replace(mine.fact, title="Dirigir sesiones de concejo")
    both = rebased([mine], [], [replace(activity(24), unit_name="CONCEJO", version=3)], columns())
    made = both.rows[0].fact
    assert (made.title, made.unit_name, made.version) == ("Dirigir sesiones de concejo", "CONCEJO", 3)


def test_what_another_took_away_while_i_wrote_comes_back_as_new():
    mine, untouched = row_of(activity(24)), row_of(replace(activity(1), id=8))
    mine.values[0] = Decimal(30)
    gone = row_of(replace(activity(1), id=9))
    both = rebased([mine, untouched], [gone], [replace(activity(1), id=9)], columns())
    assert [(row.is_new, row.fact.id, row.fact.annual) for row in both.rows] == [(True, 0, 30)]
    assert [row.key for row in both.removed] == [9]
    assert "quitó" in both.clashes[0]
