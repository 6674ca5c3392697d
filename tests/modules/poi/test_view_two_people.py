"""Two people rename the same unit of measure of the POI; an answer lost on the cable is nobody's conflict."""

from dataclasses import replace

import pytest
from deciding import decider
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.modules.poi.service import following, plans
from sisfoh_desktop.modules.poi.view import follow_saving
from sisfoh_desktop.modules.poi.view.follow_dialogs import MissingMotivesDialog
from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab
from sisfoh_desktop.modules.poi.view.plan_dialogs import MeasureDialog
from sisfoh_desktop.qtkit.conflict_dialog import Side

ROSA = Actor("rquispe", "OPP")


@pytest.fixture
def decide(monkeypatch):
    return decider(monkeypatch)


@pytest.fixture
def measure(desk, poi_office):
    return plans.list_measures(desk.db)[0]


@pytest.fixture
def renaming(desk, measure, qtbot):
    made = MeasureDialog(desk, measure)
    qtbot.addWidget(made, before_close_func=lambda one: one.form.mark_saved())
    made.show()
    return made


def settle(desk):
    for _ in range(6):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def stored(desk, measure):
    return next(one for one in plans.list_measures(desk.db) if one.id == measure.id)


def test_name_and_code_by_two_are_joined(desk, now, measure, renaming, decide):
    asked = decide({})
    plans.save_measure(desk.db, actor=ROSA, now=now, measure=replace(measure, code="0117"))
    renaming.form.fields["name"].set_value("PERSONA EMPADRONADA")
    renaming.try_submit()
    settle(desk)
    assert {label: one.proposed for label, one in asked[0].items()} == {
        "Nombre": Side.MINE,
        "Código de CEPLAN": Side.THEIRS,
    }
    found = stored(desk, measure)
    assert (found.name, found.code) == ("PERSONA EMPADRONADA", "0117")
    assert not renaming.isVisible()


@pytest.mark.parametrize(("side", "kept"), [(Side.MINE, "LA MÍA"), (Side.THEIRS, "LA DE ROSA")])
def test_the_same_name_by_two_is_decided(desk, now, measure, renaming, decide, side, kept):
    asked = decide({"Nombre": side})
    plans.save_measure(desk.db, actor=ROSA, now=now, measure=replace(measure, name="LA DE ROSA"))
    renaming.form.fields["name"].set_value("LA MÍA")
    renaming.try_submit()
    settle(desk)
    one = asked[0]["Nombre"]
    assert (one.before, one.mine, one.theirs) == (measure.name, "LA MÍA", "LA DE ROSA")
    assert stored(desk, measure).name == kept
    assert not renaming.isVisible()


def test_cells_whose_answer_was_lost_are_saved_once_when_tried_again(desk, qtbot, poi_office, monkeypatch):
    record, tokens, told = following.record_execution, [], []

    def lost_answer(*args, **named):
        """The base took them, and the cable broke before its answer came."""
        tokens.append(named["token"])
        record(*args, **named)
        if len(tokens) == 1:
            raise DatabaseUnavailable("La base no responde en este momento.")

    monkeypatch.setattr(following, "record_execution", lost_answer)
    monkeypatch.setattr(follow_saving, "show_error", lambda _over, sentence: told.append(sentence))
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.WITHOUT)
    tab = FollowTab(desk)
    qtbot.addWidget(tab)
    tab.plan = plans.load_plan(desk.db, poi_office.plan)
    tab.reload()
    settle(desk)
    tab.show_month(2)
    tab.grid.model.type_text(0, 5, "3")
    tab.save()
    settle(desk)
    assert told == ["La base no responde en este momento."]
    assert tab.has_unsaved()
    tab.save()
    settle(desk)
    assert len(told) == 1
    assert len(set(tokens)) == 1
    assert not tab.has_unsaved()
    assert following.load_follow_up(desk.db, poi_office.plan).activities[0].cell(2).physical == 3
