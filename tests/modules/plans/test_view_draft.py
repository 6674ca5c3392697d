"""An edited plan survives a power cut: its values and lists are kept, and offered when the plan is opened again."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from plans_screen import check_text, tab_of, told

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox, DraftField
from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import BudgetLine, Plan, Zone
from sisfoh_desktop.modules.plans.view import page as page_file
from sisfoh_desktop.modules.plans.view import plan_draft
from sisfoh_desktop.modules.plans.view.parts import PARTS
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts

pytestmark = pytest.mark.usefixtures("municipality")
SHOES = BudgetLine("2.3.1 2.1 1", "Vestuario", Decimal("1200.00"))
PART = {part.name: part for part in PARTS}


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def power_cut(page, open_page, desk, plan_id):
    """What is edited is kept, the window is gone without a word, and the same plan is opened again."""

    def again():
        page.record.keeper.keep()
        drafts.settle()
        page.hide()
        seen = open_page()
        seen.open_plan(plan_id)
        desk.tasks.wait_idle()
        return seen

    return again


@pytest.fixture
def kept(box, plan_id):
    def found():
        drafts.settle()
        return box.find(f"plan:{plan_id}")

    return found


def edit(page, **fields):
    for name, text in fields.items():
        page.record.data_tab.form.fields[name].type_again(text)


def put(page, where, *items):
    page.record.part_tabs[where].changed.emit(items)


def rows(record):
    return [
        (row[1].label, row[1].before, row[1].after)
        for row in record.keeper.offer.differences.model.facts_seen()
    ]


def test_edited_values_and_lists_are_offered_and_come_back(page, power_cut, kept, plan_id):
    plan = page.record.stored
    edit(page, campaign="Campaña a medio escribir", amount="313856", starts="2/3/24")
    put(page, "presupuesto", *plan.budget, SHOES)
    put(page, "actividades", *reversed(plan.activities))
    typed = page.record.draft
    seen = power_cut()
    record = seen.record
    assert record.draft == plan, "nothing comes back by itself"
    assert not seen.has_unsaved()
    assert record.keeper.offer.isVisible()
    said = {label: (before, after.replace("\u00a0", " ")) for label, before, after in rows(record)}
    assert list(said) == ["Campaña", "Monto asignado", "Inicio del plazo", "Presupuesto", "Actividades"]
    assert said["Campaña"] == ("Empadronamiento masivo 2024", "Campaña a medio escribir")
    assert said["Presupuesto"] == (
        "2 partidas",
        "3 partidas;\nN° 3: 2.3.1 2.1 1 · Vestuario · S/ 1 200.00",
    )
    assert said["Actividades"][0].startswith("2 actividades;\nN° 1: Preparatoria · Adquisición de servicios")
    assert said["Actividades"][1].startswith("2 actividades;\nN° 1: Ejecución · Empadronamiento masivo")
    record.keeper.offer.take_button.click()
    assert record.draft == typed
    assert seen.has_unsaved()
    assert record.save_button.isEnabled()
    assert [row[1] for row in told(tab_of(seen, "presupuesto"))][2] == "2.3.1 2.1 1"
    assert check_text(seen).startswith("Asignado: S/ 313 856.00. Hay 2 observaciones"), (
        "checked as when typed"
    )
    assert kept() is not None, "it is not saved yet"


def test_a_list_that_was_emptied_comes_back_empty(page, power_cut):
    put(page, "objetivos")
    record = power_cut().record
    assert rows(record) == [
        ("Objetivos", "1 objetivo;\nN° 1: PEI · Promover el desarrollo humano · OEI 05", "0 objetivos")
    ]
    record.keeper.offer.take_button.click()
    assert record.draft.objectives == ()


def test_of_many_changed_lines_the_first_are_told(page, power_cut):
    put(page, "zonas", *(Zone(f"Zona {number}") for number in range(1, 26)))
    ((_label, before, after),) = rows(power_cut().record)
    assert before.splitlines()[0] == "2 zonas;"
    assert after.splitlines()[0] == "25 zonas;"
    assert after.splitlines()[-2:] == ["N° 20: Zona 20;", "y 5 más"]


def test_typing_sets_the_keeping_going(page, qtbot):
    page.record.keeper.keep()
    page.record.data_tab.form.fields["campaign"].editor.setText("Otra")
    qtbot.waitUntil(page.record.keeper._idle.isActive)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_no_value_of_a_line_is_lost(part, sound_plan):
    items = getattr(sound_plan, part.name)
    edited = replace(sound_plan, **{part.name: (*items, items[0])})
    bare = replace(sound_plan, **{part.name: ()})
    field = plan_draft.part_field(part, bare, edited)
    assert plan_draft.restored(part, bare, field.typed) == (*items, items[0])
    assert plan_draft.part_field(part, edited, edited) is None


def test_what_cannot_be_read_comes_back_too_and_is_refused_as_when_typed(page, power_cut, desk, plan_id):
    edit(page, amount="7.040", year="", title="")
    seen = power_cut()
    form = seen.record.data_tab.form
    seen.record.keeper.offer.take_button.click()
    assert form.fields["amount"].editor.text() == "7.040"
    assert form.fields["title"].is_empty()
    assert form.fields["year"].is_empty()
    assert seen.save()
    assert "7.040" in form.fields["amount"].error
    assert service.load_plan(desk.db, plan_id).version == 1
    seen.record.discard()


def test_an_amount_written_otherwise_is_no_change(page, kept):
    edit(page, amount="312656")
    page.record.keeper.keep()
    assert kept() is None


def test_what_somebody_else_saved_meanwhile_stays(page, power_cut, desk, plan_id):
    plan = page.record.stored
    put(page, "zonas", replace(plan.zones[0], households=10_100), plan.zones[1], Zone("Zona este"))
    page.record.keeper.keep()
    drafts.settle()
    hers = replace(plan, zones=(*plan.zones, Zone("Zona de ella", households=5)))
    service.save_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=hers, expected_version=1)
    seen = power_cut()
    seen.record.keeper.offer.take_button.click()
    assert [(zone.name, zone.households) for zone in seen.record.draft.zones] == [
        ("Zona sur", 6391),
        ("Zona de ella", 5),
        ("Zona norte", 10_100),
        ("Zona este", 0),
    ]
    seen.record.discard()


def test_a_damaged_or_foreign_field_brings_nothing(page, power_cut):
    edit(page, campaign="x")
    put(page, "presupuesto", *page.record.stored.budget, SHOES)
    seen = power_cut()
    record = seen.record
    found, before = record.keeper.offer._draft, record.draft
    line = {"code": "2.3", "name": "Uno", "amount": "1.00"}
    wrong = [
        *(
            {**line, "amount": amount}
            for amount in ("NaN", "sNaN", "1e99999999999999999999", "-1", 1, None, "")
        ),
        *({**line, "name": name} for name in (7, "", None, "\ud800", "x" * 5_000)),
        {"code": "2.3"},
        [],
        "2.3",
    ]
    lists = [json.dumps({"was": [], "now": [line, one]}) for one in wrong]
    lists.append(json.dumps({"was": [{"code": "2.3"}], "now": [line]}))
    for typed in ("", "{", "[]", "7", "null", '{"now": []}', True, "[" * 5_000, *lists):
        one = DraftField("list:budget", "Presupuesto", "", "", typed)
        record.keeper.take(replace(found, fields=(one,)))
        assert record.draft == before, typed
    for name, typed in (
        ("campaign", True),
        ("list:otra", "[]"),
        ("id", "7"),
        ("list:", ""),
        ("version", "9"),
    ):
        record.keeper.take(replace(found, fields=(DraftField(name, "", "", "", typed),)))
        assert record.draft == before, name
    for where, typed in (
        ("activities", {"phase": "otra"}),
        ("zones", {"households": True}),
        ("chains", {"programme": ["1"]}),
    ):
        item = {**plan_draft._packed(PART[where].blank(Plan("", 2024))), **typed}
        assert plan_draft.restored(PART[where], before, json.dumps({"was": [], "now": [item]})) == getattr(
            before, where
        )


def test_saving_or_leaving_on_purpose_keeps_nothing(page, desk, kept, monkeypatch):
    edit(page, campaign="Otra")
    page.record.keeper.keep()
    assert kept() is not None
    assert page.save()
    desk.tasks.wait_idle()
    assert kept() is None
    page.record.keeper.keep()
    assert kept() is None
    edit(page, campaign="Tercera")
    page.record.keeper.keep()
    assert kept() is not None
    monkeypatch.setattr(page_file, "ask", lambda *_words: True)
    page.close_plan()
    assert kept() is None


def test_what_is_taken_back_by_hand_is_kept_no_more(page, kept):
    edit(page, campaign="Otra")
    page.record.keeper.keep()
    edit(page, campaign=page.record.stored.campaign)
    page.record.keeper.keep()
    assert kept() is None


def test_an_offer_that_was_not_answered_stays(page, power_cut, kept, monkeypatch):
    edit(page, campaign="Lo primero")
    seen = power_cut()
    edit(seen, campaign="Otra cosa")
    seen.record.keeper.keep()
    assert kept().fields[0].after == "Lo primero"
    monkeypatch.setattr(page_file, "ask", lambda *_words: True)
    seen.close_plan()
    assert kept().fields[0].after == "Lo primero"


def test_what_is_not_wanted_goes_after_a_question(page, power_cut, kept, monkeypatch):
    edit(page, campaign="x")
    record = power_cut().record
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    record.keeper.offer.drop_button.click()
    assert not record.keeper.offer.isVisible()
    assert kept() is None


def test_an_approved_plan_offers_nothing(page, power_cut, desk, plan_id, kept):
    edit(page, campaign="x")
    page.record.keeper.keep()
    drafts.settle()
    with desk.db.transaction() as session:
        service.approve_plan_in(
            session, actor=desk.actor, now=desk.clock.now(), plan_id=plan_id, approved_by="Resolución N° 091"
        )
    seen = power_cut()
    assert seen.record.keeper.offer is None
    assert kept() is not None


def test_each_plan_has_its_own(page, open_page, desk, sound_plan, plan_id, kept):
    edit(page, campaign="x")
    page.record.keeper.keep()
    other = service.create_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=sound_plan)
    seen = open_page()
    seen.open_plan(other)
    desk.tasks.wait_idle()
    assert seen.record.keeper.offer is None
    seen.open_plan(plan_id)
    desk.tasks.wait_idle()
    assert seen.record.keeper.offer.isVisible()
    seen.open_plan(other)
    desk.tasks.wait_idle()
    assert seen.record.keeper.offer is None
    assert kept() is not None
