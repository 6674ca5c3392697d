"""What is typed into a draft of the POI survives a power cut: kept by version, offered when it is opened again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.modules.poi.rules.facts import Activity, GoalKind, Stage
from sisfoh_desktop.modules.poi.service import plans, versions
from sisfoh_desktop.modules.poi.view import programme_orders, programme_tab
from sisfoh_desktop.modules.poi.view.programme_rows import activity_of
from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts

GOAL, JANUARY, MARCH = 3, 5, 7  # columns


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def open_it(desk, poi_office, qtbot):
    def open_one() -> ProgrammeTab:
        tab = ProgrammeTab(desk)
        qtbot.addWidget(tab)
        tab.plan = plans.load_plan(desk.db, poi_office.plan)
        tab.resize(846, 560)
        tab.show()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return open_one


@pytest.fixture
def power_cut(open_it):
    """What is typed is kept, the window is gone without a word, and the same plan is opened again."""

    def again(before):
        before.draft.record.keep()
        drafts.settle()
        return open_it()

    return again


def file_of(box, tab, version: int = 0):
    drafts.settle()
    return box.find(f"poi:programme:{tab.plan.id}:{version or tab.version.id}")


def values(tab) -> list[list[object]]:
    return [list(row.values) for row in tab.grid.model.rows()]


def write(tab, row: int, column: int, text: str) -> None:
    tab.grid.model.type_text(row, column, text)


def test_goals_and_months_are_offered_and_come_back_as_one_step(open_it, power_cut, box):
    tab = open_it()
    saved = values(tab)
    write(tab, 0, JANUARY, "5")
    write(tab, 0, GOAL, "30")
    write(tab, 3, MARCH, "")
    tab.kind_box.setCurrentIndex(1)
    write(tab, 6, JANUARY, "0.50")
    typed = values(tab)
    again = power_cut(tab)
    assert values(again) == saved, "nothing comes back by itself"
    offer = again.draft.record.offer
    assert offer.isVisible()
    assert offer.differences.as_seen()[1] == [
        ["Dirigir sesiones de concejo", "meta anual: 24; enero: 2", "meta anual: 30; enero: 5"],
        ["Mantener convenios vigentes", "marzo: 4", "marzo: en blanco"],
        ["Mejorar el local comunal", "enero en soles: 0.00", "enero en soles: 0.50"],
    ]
    offer.take_button.click()
    assert values(again) == typed
    assert again.has_unsaved()
    assert again.save_action.isEnabled()
    assert again.grid.message.text() == "Se recuperaron 4 celdas, sin guardar todavía. Ctrl+Z lo deshace."
    assert "1 por debajo de su meta" in again.grid.foot.text(), "it is checked as if it were typed"
    assert file_of(box, again) is not None, "it is not saved yet"
    again.grid.undo()
    assert values(again) == saved


def test_saving_or_discarding_keeps_nothing(open_it, power_cut, poi_office, box, monkeypatch):
    tab = open_it()
    write(tab, 0, JANUARY, "5")
    again = power_cut(tab)
    again.draft.record.offer.take_button.click()
    assert again.save()
    again.desk.tasks.wait_idle()
    assert poi_office.activity(0).programmed[0] == 5
    assert file_of(box, again) is None
    write(again, 0, JANUARY, "6")
    again.draft.record.keep()
    assert file_of(box, again) is not None
    monkeypatch.setattr(programme_tab, "ask_destroy", lambda *_all: True)
    again.discard()
    again.desk.tasks.wait_idle()
    assert file_of(box, again) is None


def test_closed_months_and_lost_activities_are_counted_not_written(
    open_it, power_cut, poi_office, desk, actor, now
):
    poi_office.approve()
    poi_office.close(1)
    versions.start_version(desk.db, actor=actor, now=now, plan_id=poi_office.plan, stage=Stage.MODIFIED)
    tab = open_it()
    write(tab, 0, 6, "5")
    write(tab, 0, MARCH, "5")
    write(tab, 1, MARCH, "4")
    poi_office.close(2)
    again = power_cut(tab)
    found = again.draft.record.offer._draft
    lost = replace(found.fields[1], name="99999")
    again.draft.record.offer._draft = replace(found, fields=(found.fields[0], lost))
    before = values(again)
    again.draft.record.offer.take_button.click()
    said = again.grid.message.text()
    assert said.startswith("Se recuperó 1 celda, sin guardar todavía.")
    assert (
        "2 datos no se recuperaron: 1 de meses que ya no se cambian y 1 de actividades que ya no están."
        in said
    )
    assert values(again)[0][3] == 5
    assert values(again)[0][2] == before[0][2]


@pytest.mark.parametrize(
    "damaged", ["{", "null", '{"3": ["4", "-1"]}', '{"13": ["", "1"]}', '{"3": "5"}', False]
)
def test_a_damaged_field_brings_nothing(open_it, power_cut, damaged):
    tab = open_it()
    write(tab, 0, JANUARY, "5")
    again = power_cut(tab)
    found, before = again.draft.record.offer._draft, values(again)
    again.draft.record.take(replace(found, fields=(replace(found.fields[0], typed=damaged),)))
    assert values(again) == before
    assert not again.has_unsaved()


def test_what_is_put_aside_while_another_version_is_looked_at_stays_kept(
    open_it, power_cut, poi_office, desk, actor, now, box, monkeypatch
):
    poi_office.approve()
    draft = versions.start_version(
        desk.db, actor=actor, now=now, plan_id=poi_office.plan, stage=Stage.MODIFIED
    )
    tab = open_it()
    write(tab, 0, JANUARY, "5")
    tab.show_version(poi_office.version)
    desk.tasks.wait_idle()
    assert tab.draft.record.offer is None, "an approved version is only read"
    assert file_of(box, tab, draft) is not None
    drafts.settle()
    again = open_it()
    assert again.draft.record.offer is not None, "the light may go out now, too"
    again.draft.record.leave()
    tab.show_version(draft)
    desk.tasks.wait_idle()
    assert tab.draft.record.offer is None, "what was typed is on view already"
    assert values(tab)[0][1] == 5
    write(tab, 0, JANUARY, "6")
    tab.draft.record.keep()
    assert file_of(box, tab).fields[0].after == "enero: 6"
    tab.show_version(poi_office.version)
    desk.tasks.wait_idle()
    monkeypatch.setattr(programme_tab, "ask_destroy", lambda *_all: True)
    tab.discard()
    desk.tasks.wait_idle()
    assert file_of(box, tab, draft) is None


def test_an_offer_that_was_not_answered_stays(open_it, power_cut, poi_office, box):
    tab = open_it()
    write(tab, 0, JANUARY, "5")
    again = power_cut(tab)
    write(again, 1, JANUARY, "9")
    again.draft.record.keep()
    assert len(file_of(box, again).fields) == 1
    again.reload()
    again.desk.tasks.wait_idle()
    assert again.draft.record.offer.isVisible()
    poi_office.approve()
    again.reload()
    again.desk.tasks.wait_idle()
    assert again.draft.record.offer is None, "nothing may be written into an approved version"
    assert file_of(box, again) is not None


def test_what_is_not_wanted_goes_after_a_question(open_it, power_cut, box, monkeypatch):
    tab = open_it()
    write(tab, 0, JANUARY, "5")
    again = power_cut(tab)
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    again.draft.record.offer.drop_button.click()
    assert file_of(box, again) is None


@pytest.fixture
def changed(open_it, monkeypatch):
    """A draft with an activity added, one with other data, one taken out, and a cell typed."""
    tab = open_it()
    new = Activity(
        "ALCALDÍA", "Inaugurar obras", "SESIONES", Decimal(3), oei="OEI.01", goal_kind=GoalKind.STOCK
    )
    monkeypatch.setattr(programme_orders.ActivityDialog, "ask", lambda *_a, **_k: new)
    assert tab.new_record()
    write(tab, 12, JANUARY, "3")
    monkeypatch.setattr(
        programme_orders.ActivityDialog,
        "ask",
        lambda _desk, one, **_k: replace(one, title="Atender audiencias"),
    )
    tab.grid.view.select_cell(2, 1)
    tab.edit_action.trigger()
    monkeypatch.setattr(programme_orders, "ask_destroy", lambda *_all: True)
    tab.grid.view.select_cell(6, 1)
    tab.remove_action.trigger()
    write(tab, 0, JANUARY, "5")
    return tab


def activities(tab) -> list[Activity]:
    return [activity_of(row) for row in tab.grid.model.rows()]


def test_activities_added_changed_and_taken_out_come_back_in_the_same_step(
    changed, power_cut, poi_office, box
):
    wanted = activities(changed)
    again = power_cut(changed)
    before = activities(again)
    assert [line[0] for line in again.draft.record.offer.differences.as_seen()[1]] == [
        "Dirigir sesiones de concejo",
        "Atender audiencias",
        "Inaugurar obras",
        "Mejorar el local comunal",
    ]
    again.draft.record.offer.take_button.click()
    assert activities(again) == wanted
    assert again.grid.message.text() == (
        "Se recuperaron 3 actividades y 1 celda, sin guardar todavía. Ctrl+Z lo deshace."
    )
    again.grid.undo()
    assert activities(again) == before
    assert not again.has_unsaved(), "one step takes all of it back"
    again.grid.redo()
    assert activities(again) == wanted
    assert again.save()
    again.desk.tasks.wait_idle()
    kept = {one.title: one for one in poi_office.activities()}
    assert (kept["Inaugurar obras"].programmed[0], kept["Inaugurar obras"].goal_kind) == (3, GoalKind.STOCK)
    assert "Atender audiencias" in kept
    assert "Mejorar el local comunal" not in kept
    assert file_of(box, again) is None


def test_what_is_there_already_does_not_come_twice(changed, power_cut):
    again = power_cut(changed)
    found = again.draft.record.offer._draft
    again.draft.record.offer.take_button.click()
    wanted = activities(again)
    again.draft.record.take(found)
    assert activities(again) == wanted
    assert again.grid.message.text() == "Lo escrito ya está aquí: nada cambió."


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        "[]",
        "7",
        '{"texts": {}, "cells": {}}',
        '{"texts": {"title": "a", "unit_name": "b", "measure": "c", "id": "4"}, "cells": {}}',
        '{"texts": {"title": "a", "unit_name": "b", "measure": "c", "nature": "otra"}, "cells": {}}',
        '{"texts": {"title": "a", "unit_name": "b", "measure": "c"}, "cells": {"3": "-1"}}',
        '{"texts": {"title": "a", "unit_name": "b", "measure": "c"}, "cells": {"3": 1}}',
        '{"texts": {"title": "a", "unit_name": "b", "measure": "c"}, "cells": {"id": "1"}}',
        '{"id": "3"}',
        '{"title": ""}',
        '{"title": 5}',
        "[" * 100_000,
        True,
    ],
)
def test_a_damaged_activity_brings_nothing(changed, power_cut, damaged):
    again = power_cut(changed)
    found, before = again.draft.record.offer._draft, activities(again)
    whole = [one for one in found.fields if one.name.startswith(("added:", "changed:"))]
    again.draft.record.take(replace(found, fields=tuple(replace(one, typed=damaged) for one in whole)))
    assert activities(again) == before
    assert "2 datos no se recuperaron: 2 que no se pudieron leer." in again.grid.message.text()


def test_one_taken_out_and_added_again_by_its_name_comes_back_as_that(open_it, power_cut, monkeypatch):
    tab = open_it()
    again_new = replace(activities(tab)[6], id=0, row_id=0, order=0, version=1)
    monkeypatch.setattr(programme_orders, "ask_destroy", lambda *_all: True)
    tab.grid.view.select_cell(6, 1)
    tab.remove_action.trigger()
    monkeypatch.setattr(programme_orders.ActivityDialog, "ask", lambda *_a, **_k: again_new)
    assert tab.new_record()
    assert tab.new_record(), "twice by the same name, as one may"
    count = len(activities(tab))
    again = power_cut(tab)
    again.draft.record.offer.take_button.click()
    assert len(activities(again)) == count
    assert [one.id for one in activities(again)[-2:]] == [0, 0]
    assert len(again.grid.model.removed_rows()) == 1


@pytest.mark.parametrize("name", ["other:", "removed:", "changed:"])
def test_a_foreign_field_takes_nothing_out(open_it, power_cut, poi_office, name):
    tab = open_it()
    write(tab, 0, JANUARY, "5")
    again = power_cut(tab)
    found, before = again.draft.record.offer._draft, activities(again)
    field = replace(found.fields[0], name=f"{name}{poi_office.ids[0]}", typed="otra cosa")
    again.draft.record.take(replace(found, fields=(field,)))
    assert activities(again) == before
    assert "1 que no se pudo leer" in again.grid.message.text()


def test_other_data_of_an_activity_that_is_gone_is_counted(changed, power_cut):
    again = power_cut(changed)
    found, before = again.draft.record.offer._draft, activities(again)
    lost = [replace(one, name="changed:99999") for one in found.fields if one.name.startswith("changed:")]
    again.draft.record.take(replace(found, fields=tuple(lost)))
    assert activities(again) == before
    assert "1 dato no se recuperó: 1 de actividades que ya no están." in again.grid.message.text()
