"""The recovery sheet at the page: asked for with the password, shown once, told beside the user."""

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.modules.people.view import PeoplePage, sheet_dialog
from sisfoh_desktop.modules.people.view.people_dialog import PeopleDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks

PASSWORD = "tres gatos y un tejado"


@pytest.fixture
def shown(monkeypatch):
    """Titles and first bytes of the papers that were shown."""
    papers = []
    monkeypatch.setattr(
        sheet_dialog, "show_pdf", lambda _over, _desk, pdf, title, _name: papers.append((title, pdf[:5]))
    )
    return papers


@pytest.fixture
def page(people, db, archive, now, qtbot):
    desk = Desk(db, archive, Tasks(), FixedClock(now), people.admin)
    made = PeoplePage(desk)
    qtbot.addWidget(made)
    desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
    made.show()
    made.show_tab("users")
    settle(desk)
    yield made
    desk.tasks.close()


def settle(desk):
    for _ in range(4):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def answers(monkeypatch, desk, password):
    """The dialog gets this password; what it showed before it went."""
    seen = []

    def answer(dialog):
        dialog.form.fields["password"].set_value(password)
        dialog.try_submit()
        settle(desk)
        seen.append(dialog.form.fields["password"].error)
        assert dialog.draft_key() == ""
        return dialog.result()

    monkeypatch.setattr(PeopleDialog, "exec", answer)
    return seen


def test_an_administrator_without_a_sheet_is_offered_one_and_then_sees_since_when(
    page, people, shown, monkeypatch
):
    step = page.next_step()
    assert step.title == "Su hoja de recuperación"
    answers(monkeypatch, page.desk, PASSWORD)
    step.run()
    settle(page.desk)
    assert shown == [("Hoja de recuperación de acastro", b"%PDF-")]
    assert page.next_step() is None
    tab = page.tab()
    assert tab.users.select(people.admin_id)
    assert "Hoja de recuperación impresa el 08/03/2024" in tab.detail.text()
    assert tab.users.select(people.clerk_id)
    assert "Hoja de recuperación" not in tab.detail.text()


def test_a_wrong_password_is_said_under_it_and_no_sheet_is_made(page, shown, monkeypatch):
    seen = answers(monkeypatch, page.desk, "no es esta")
    page.tab().sheet_action.trigger()
    assert "no son correctos" in seen[0]
    assert shown == []
    assert page.next_step().title == "Su hoja de recuperación"
