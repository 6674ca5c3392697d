"""Mi bandeja on screen, over the real service."""

from sisfoh_desktop.modules.inbox.view import InboxPage


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
