"""Mi bandeja on screen, over the real service."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.inbox.rules import Reckoning
from sisfoh_desktop.modules.inbox.view import InboxPage
from sisfoh_desktop.modules.inbox.view.page import _BUTTONS
from sisfoh_desktop.modules.inbox.view.why_dialog import WhyDialog
from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.modules.kardex.rules.pending import PendingKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.office.rules.first_day import FirstDay, NewOfficer, NewUnit
from sisfoh_desktop.modules.office.service import first_day
from sisfoh_desktop.modules.people.rules.pending import PendingKind as PeopleKind
from sisfoh_desktop.modules.poi.rules.pending import PendingKind as PoiKind
from sisfoh_desktop.modules.safekeeping.rules.pending import PendingKind as SafekeepingKind
from sisfoh_desktop.modules.safekeeping.service.backups import make_backup


def page(desk, qtbot):
    made = InboxPage(desk)
    qtbot.addWidget(made)
    made.resize(860, 640)
    made.show()
    desk.tasks.wait_idle()
    return made


def test_a_new_office_starts_with_its_own_data(desk, qtbot):
    made = page(desk, qtbot)
    step = made.next_step()
    assert step.title == "Complete los datos de la municipalidad"
    with qtbot.waitSignal(made.open_record) as asked:
        step.run()
    assert asked.args == ["office", 0]


def test_the_counters_filter_the_list(practice_desk, qtbot):
    made = page(practice_desk, qtbot)
    shown = [button for button in made.counters() if not button.isHidden()]
    assert [button.text() for button in shown] == ["Todo  3", "Espero a otros  2", "Borradores  1"]
    shown[2].click()
    assert len(made.list.as_seen()[1]) == 1
    shown[0].click()
    assert len(made.list.as_seen()[1]) == 3


def test_enter_opens_what_is_chosen(practice_desk, qtbot):
    made = page(practice_desk, qtbot)
    made.list.view.setFocus()
    with qtbot.waitSignal(made.open_record) as asked:
        qtbot.keyClick(made.list.view, "\r")
    assert asked.args[0] == made.list.selected().kind


def test_the_status_bar_is_told_the_deadlines(practice_desk, qtbot):
    made = InboxPage(practice_desk)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.deadlines_changed) as told:
        practice_desk.tasks.wait_idle()
    assert told.args == [0, 0]


def test_the_model_keeps_qt_s_rules(practice_desk, qtbot, qtmodeltester):
    qtmodeltester.check(page(practice_desk, qtbot).list.model)


def test_why_a_term_ends_that_day_is_told_day_by_day(practice_desk, qtbot):
    made = page(practice_desk, qtbot)
    (file,) = (task for task in made.list.rows() if task.kind == "expedientes")
    made.list.select(file.id)
    made.why_action.trigger()
    (dialog,) = made.findChildren(WhyDialog)
    assert dialog.sentence.text() == (
        "Vence el miércoles 13/03/2024: 7 días hábiles desde la recepción, el 04/03/2024."
    )
    assert "TUO de la Ley 27444 (DS 004-2019-JUS), art. 143 num. 3" in dialog.source.text()
    rows = dialog.list.as_seen()[1]
    assert rows[0][:2] == ["lunes 04/03/2024", "hecho"]
    assert ["sábado 09/03/2024", "no cuenta", "sábado"] in rows
    assert rows[-1][:2] == ["miércoles 13/03/2024", "día 7"]
    dialog.accept()


def test_what_has_no_term_has_nothing_to_tell(practice_desk, qtbot):
    made = page(practice_desk, qtbot)
    (draft,) = (task for task in made.list.rows() if task.kind == "resoluciones")
    made.list.select(draft.id)
    assert made.page_actions() == [made.why_action]
    assert not made.why_action.isEnabled()
    made.why_action.trigger()
    assert not made.findChildren(WhyDialog)


def test_a_note_of_the_calendar_stands_under_the_days(qtbot):
    reckoning = Reckoning(
        "el pedido", date(2024, 3, 8), "1 día hábil", date(2024, 3, 11), notes=("Se conserva.",)
    )
    dialog = WhyDialog("Opinión", reckoning)
    qtbot.addWidget(dialog)
    assert [note.text() for note in dialog.notes] == ["Se conserva."]
    assert dialog.source.text() == "Plazo que dio la oficina al pedirlo."


def test_what_the_kardex_asks_is_opened_like_the_rest(desk, qtbot):
    campaign = Campaign("Campaña de prueba", date(2024, 1, 1), date(2024, 2, 1))
    made = page(desk, qtbot)
    catalogue.start_kardex(desk.db, actor=desk.actor, now=desk.clock.now(), campaign=campaign)
    assert "kardex" in made.touches
    made.reload()
    desk.tasks.wait_idle()
    asked = [task for task in made.list.rows() if task.kind.startswith("kardex")]
    assert asked, "a campaign past its last day is told"
    for task in asked:
        number = [row[1] for row in made.list.as_seen()[1]].index(task.title)
        made.list.view.select_row(number)
        assert made.next_step().title == task.title


@pytest.mark.parametrize("kind", [*PendingKind, *PoiKind, *PeopleKind, *SafekeepingKind])
def test_every_kind_says_what_its_button_opens(kind):
    assert _BUTTONS[kind.value]


def test_the_card_tells_what_a_new_office_lacks_until_it_lacks_nothing(desk, qtbot, archive, tmp_path):
    opened = []
    desk.first_day = lambda: opened.append(True)
    made = page(desk, qtbot)
    desk.tasks.wait_idle()
    assert made.first_steps.title.text() == "Primeros pasos: 0 de 5"
    assert [chip.accessibleName() for chip in made.first_steps.chips][:2] == [
        "Municipalidad: falta", "Escudo: falta",
    ]  # fmt: skip
    made.first_steps.button.click()
    assert opened == [True]
    set_up(desk)
    made.reload()
    desk.tasks.wait_idle()
    assert made.first_steps.title.text() == "Primeros pasos: 4 de 5"
    make_backup(desk.db, archive, actor=desk.actor, now=desk.clock.now(), folder=tmp_path)
    made.reload()
    desk.tasks.wait_idle()
    assert made.first_steps.isHidden()


def test_the_card_is_for_who_may_set_the_office_up(desk, qtbot):
    desk.actor = Actor("luis", rights=frozenset({"kardex.move"}))
    assert page(desk, qtbot).first_steps.isHidden()


def test_practice_has_nothing_to_set_up(practice_desk, qtbot):
    assert page(practice_desk, qtbot).first_steps.isHidden()


def set_up(desk) -> None:
    picture = BytesIO()
    Image.new("RGB", (64, 64), "white").save(picture, "PNG")
    first_day.enter_first_day(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        entered=FirstDay(
            Municipality("Municipalidad", "MPT", Ubigeo("230101", "INEI"), "Tacna", logo=picture.getvalue()),
            (NewUnit(Unit("Gerencia Municipal", "GM")),),
            (NewOfficer(Officer("PERSONA UNO", "Gerente", 0), "GM"),),
        ),
    )
