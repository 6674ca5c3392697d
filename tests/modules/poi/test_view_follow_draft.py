"""What is typed into «Seguimiento» survives a power cut: kept while it is typed, offered when it is opened again."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from poi_follow import FICHAS, VISITS, column, follow_tab, kept, press, save, settle, type_here

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view import follow_rows as rows
from sisfoh_desktop.modules.poi.view import follow_tab as follow_tab_file
from sisfoh_desktop.modules.poi.view.follow_dialogs import MissingMotivesDialog
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts

FEBRUARY, MARCH = 2, 3


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def open_it(desk, qtbot, poi_office):
    return lambda: follow_tab(desk, qtbot, poi_office.plan)


@pytest.fixture
def tab(open_it):
    made = open_it()
    made.show_month(MARCH)
    return made


@pytest.fixture
def power_cut(open_it):
    """What is typed is kept, the window is gone without a word, and the same plan is opened again."""

    def again(before):
        before.draft.record.keep()
        drafts.settle()
        return open_it()

    return again


def file_of(box, tab):
    drafts.settle()
    return box.find(f"poi:follow:{tab.plan.id}")


def typed(tab, number: int, figure: str) -> None:
    tab.grid.model.type_text(number, rows.edited_column(tab.month), figure)


def motive(tab, number: int) -> None:
    """The motive of a deviation, not saved, as its dialog puts it into the row."""
    row = tab.grid.model.row(number)
    told = {
        "motive": tab.ground.motives[0].code,
        "motive_text": "Llovió.\nDos semanas.",
        "corrective": "Turnos",
    }
    changes = [rows.CellChange(row, rows.slot(tab.month, name), value) for name, value in told.items()]
    tab.grid.model.apply(changes, "anotar el motivo")


def values(tab) -> list[list[object]]:
    return [list(row.values) for row in tab.grid.model.rows()]


def test_what_was_typed_in_several_months_is_offered_and_comes_back_as_one_step(tab, power_cut, box):
    tab.grid.view.select_cell(VISITS, rows.edited_column(MARCH))
    type_here(tab, "48")
    motive(tab, VISITS)
    tab.show_month(FEBRUARY)
    typed(tab, FICHAS, "41")
    tab.show_money(True)
    typed(tab, FICHAS, "312656.50")
    before, saved = values(tab), [list(row.saved) for row in tab.grid.model.rows()]
    again = power_cut(tab)
    assert values(again) == saved, "nothing comes back by itself"
    assert not again.has_unsaved()
    offer = again.draft.record.offer
    assert offer.isVisible()
    said = [[cell.replace("\u00a0", " ") for cell in line] for line in offer.differences.as_seen()[1]]
    assert [line[0] for line in said] == ["Visitar hogares", "Remitir fichas a la DOF"], (
        "one for each activity"
    )
    assert said[1][1:] == [
        "febrero: 40; febrero en soles: en blanco",
        "febrero: 41; febrero en soles: 312 656.50",
    ]
    assert "motivo de marzo en palabras: Llovió. Dos semanas." in said[0][2]
    offer.take_button.click()
    assert values(again) == before
    assert again.has_unsaved()
    assert again.save_action.isEnabled()
    assert again.grid.message.text() == "Se recuperaron 6 celdas, sin guardar todavía. Ctrl+Z lo deshace."
    assert "celdas sin guardar" in again.grid.foot.text()
    assert again.month in (FEBRUARY, MARCH), "a month that got something back is on view"
    assert file_of(box, again) is not None, "it is not saved yet"
    assert again.grid.undo_action.text().replace("&", "") == "Deshacer recuperar lo escrito"
    again.grid.undo()
    assert values(again) == saved
    again.grid.redo()
    assert values(again) == before


def test_what_came_back_is_saved_like_what_is_typed(tab, power_cut, box, monkeypatch):
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.WITHOUT)
    typed(tab, VISITS, "48")
    again = power_cut(tab)
    again.draft.record.offer.take_button.click()
    save(again)
    assert kept(again, VISITS, MARCH).physical == 48
    assert file_of(box, again) is None
    assert again.draft.record.offer.isHidden()


def test_closed_months_and_lost_activities_are_counted_not_written(tab, power_cut, poi_office):
    typed(tab, VISITS, "48")
    tab.show_month(FEBRUARY)
    typed(tab, VISITS, "47")
    typed(tab, FICHAS, "41")
    poi_office.close(2)
    again = power_cut(tab)
    found = again.draft.record.offer._draft
    gone = replace(found.fields[0], name="99999")
    again.draft.record.offer._draft = replace(found, fields=(*found.fields, gone))
    again.draft.record.offer.take_button.click()
    row = again.grid.model.row(VISITS)
    assert row.values[rows.slot(MARCH, "physical")] == 48
    assert row.values[rows.slot(FEBRUARY, "physical")] is None
    said = again.grid.message.text()
    assert said.startswith("Se recuperó 1 celda, sin guardar todavía.")
    assert (
        "4 datos no se recuperaron: 2 de meses que ya no se cambian y 2 de actividades que ya no están."
        in said
    )
    assert again.month == MARCH


def test_a_figure_that_somebody_saved_meanwhile_is_told(tab, power_cut, poi_office):
    typed(tab, FICHAS, "39")
    poi_office.execute(FICHAS, MARCH, 20)
    again = power_cut(tab)
    again.draft.record.offer.take_button.click()
    assert again.grid.model.row(FICHAS).values[rows.slot(MARCH, "physical")] == 39
    assert "En 1 celda hay ahora otra cifra guardada: si guarda, queda lo suyo." in again.grid.message.text()


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        "[1]",
        "7",
        '{"3.physical": "9"}',
        '{"3.physical": ["", 9]}',
        '{"3.physical": ["", "-4"]}',
        '{"3.physical": ["", "NaN"]}',
        '{"3.money": ["", "1.005"]}',
        '{"3.motive": ["", "otro que no existe"]}',
        '{"13.physical": ["", "4"]}',
        '{"id": ["", "4"]}',
        json.dumps({"3.motive_text": ["", "\x07"]}),
        json.dumps({"3.corrective": ["", "x" * 2_000]}),
        "[" * 100_000,
        True,
    ],
)
def test_a_damaged_field_brings_nothing(tab, power_cut, damaged):
    typed(tab, VISITS, "48")
    again = power_cut(tab)
    found, before = again.draft.record.offer._draft, values(again)
    again.draft.record.take(replace(found, fields=(replace(found.fields[0], typed=damaged),)))
    assert values(again) == before
    assert "1 dato no se recuperó: 1 que no se pudo leer." in again.grid.message.text()


def test_saving_discarding_or_undoing_keeps_nothing(tab, box, monkeypatch):
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.WITHOUT)
    monkeypatch.setattr(follow_tab_file, "ask", lambda *_what, **_how: True)
    for ending in (lambda: save(tab), tab.discard, lambda: (tab.grid.undo(), tab.draft.record.keep())):
        typed(tab, VISITS, "48" if ending is not tab.discard else "31")
        if not tab.has_unsaved():
            typed(tab, VISITS, "30")
        tab.draft.record.keep()
        assert file_of(box, tab) is not None
        ending()
        assert file_of(box, tab) is None


def test_typing_alone_has_it_kept(tab, box):
    tab.grid.view.select_cell(VISITS, rows.edited_column(MARCH))
    press(tab, "4", "8")
    type_here(tab, "")
    assert tab.draft.record._idle.isActive(), "after a moment without typing"
    tab.draft.record._idle.timeout.emit()
    assert [field.label for field in file_of(box, tab).fields] == ["Visitar hogares"]


def test_an_offer_that_was_not_answered_stays(tab, power_cut, box):
    typed(tab, VISITS, "48")
    again = power_cut(tab)
    again.show_month(MARCH)
    typed(again, FICHAS, "1")
    again.draft.record.keep()
    assert [field.label for field in file_of(box, again).fields] == ["Visitar hogares"]
    again.reload()
    settle(again)
    assert again.draft.record.offer.isVisible()
    again.draft.record.leave()
    assert file_of(box, again) is not None


def test_what_is_not_wanted_goes_after_a_question(tab, power_cut, box, monkeypatch):
    typed(tab, VISITS, "48")
    again = power_cut(tab)
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    again.draft.record.offer.drop_button.click()
    assert not again.draft.record.offer.isVisible()
    assert file_of(box, again) is None


def test_a_year_that_takes_nothing_offers_nothing_and_loses_nothing(tab, power_cut, poi_office, box):
    typed(tab, VISITS, "48")
    poi_office.close(12)
    again = power_cut(tab)
    assert again.draft.record.offer is None
    assert file_of(box, again) is not None, "a month may be opened again"


def test_what_was_typed_into_a_year_is_offered_when_it_is_on_view_again(tab, desk, actor, now, box):
    typed(tab, VISITS, "48")
    plan = tab.plan
    other = plans.add_plan(desk.db, actor=actor, now=now, year=2023, title="Otro")
    for plan_id in (other, plan.id):
        drafts.settle()
        tab.plan = plans.load_plan(desk.db, plan_id)
        tab.reload()
        settle(tab)
        assert (tab.draft.record.offer is not None) == (plan_id == plan.id)
    tab.draft.record.offer.take_button.click()
    assert tab.grid.model.row(VISITS).values[rows.slot(MARCH, "physical")] == 48


def test_nothing_comes_back_while_it_is_being_saved(tab, power_cut, monkeypatch):
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.WITHOUT)
    typed(tab, VISITS, "48")
    again = power_cut(tab)
    again.show_month(MARCH)
    typed(again, FICHAS, "1")
    again.save()
    assert not again.draft.record.offer.isEnabled()
    settle(again)
    assert again.draft.record.offer.isEnabled()
    again.draft.record.offer.take_button.click()
    assert again.has_unsaved()
    assert kept(again, FICHAS, MARCH).physical == Decimal(1)


def test_the_columns_on_view_do_not_matter(tab, power_cut):
    tab.show_money(True)
    typed(tab, VISITS, "10.5")
    again = power_cut(tab)
    again.grid.filter_box.setText("fichas")
    again.grid._run_filter()
    again.draft.record.offer.take_button.click()
    again.grid.show_all()
    again.show_money(True)
    assert again.grid.model.cell(VISITS, column(again, "Ejecutado en marzo"))[0] == "10.50"
