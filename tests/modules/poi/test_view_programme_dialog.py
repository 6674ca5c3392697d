"""The dialogs of «Programación»: the data of an activity, and a new unit of measure."""

import pytest

from sisfoh_desktop.modules.poi.rules.facts import GoalKind
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view.programme_dialog import ActivityDialog
from sisfoh_desktop.modules.poi.view.programme_measure import MeasureDialog


@pytest.fixture
def dialog(desk, poi_office, qtbot):
    made = ActivityDialog(
        desk,
        poi_office.activity(0),
        others=poi_office.activities(),
        measures=["SESIONES", "HOGARES"],
        add_measure=lambda _parent: "EXPEDIENTES",
    )
    qtbot.addWidget(made, before_close_func=lambda one: one.form.mark_saved())  # nobody is there to be asked
    return made


def test_all_fields_of_an_activity_are_edited(dialog):
    dialog.form.fields["title"].set_value("Dirigir las sesiones")
    dialog.form.fields["measure"].set_value("HOGARES")
    dialog.form.fields["annual"].set_value("7,040")
    dialog.form.fields["goal_kind"].set_value(GoalKind.STOCK)
    dialog.form.fields["ubigeo"].set_value("040101")
    dialog.form.fields["oei"].set_value("OEI.05")
    dialog.try_submit()
    made = dialog.choice
    assert (made.title, made.measure, made.annual, made.ubigeo) == (
        "Dirigir las sesiones",
        "HOGARES",
        7040,
        "040101",
    )
    assert made.goal_kind is GoalKind.STOCK
    assert made.oei == "OEI.05"
    assert made.programmed[0] == 2


@pytest.mark.parametrize(
    ("name", "text"), [("annual", "7.040"), ("ubigeo", "4010"), ("unit_name", ""), ("title", "")]
)
def test_what_cannot_be_is_said_under_its_field(dialog, name, text):
    dialog.form.fields[name].set_value(text)
    dialog.try_submit()
    assert dialog.choice is None
    assert dialog.form.fields[name].error


def test_a_new_unit_of_measure_is_offered_at_once(dialog):
    dialog._on_measure_asked()
    dialog.try_submit()
    assert dialog.choice.measure == "EXPEDIENTES"


def test_the_catalogue_takes_a_new_unit_once(desk, poi_office, qtbot):
    made = MeasureDialog(desk)
    qtbot.addWidget(made, before_close_func=lambda one: one.form.mark_saved())
    made.form.fields["name"].set_value("SESIONES")
    made.try_submit()
    desk.tasks.wait_idle()
    assert made.choice is None
    assert made.form.fields["name"].error
    made.form.fields["name"].set_value("EXPEDIENTES")
    made.try_submit()
    desk.tasks.wait_idle()
    assert made.choice.name == "EXPEDIENTES"
    assert "EXPEDIENTES" in {one.name for one in plans.list_measures(desk.db)}
