"""Going out: the session is left, the window is closed, the rights change or end meanwhile."""

import pytest
from entering_people import ADMIN, CLERK, offered
from pages_for_tests import SPECS
from PySide6.QtWidgets import QLabel, QVBoxLayout

from sisfoh_desktop.app import entering
from sisfoh_desktop.app.login_dialog import LoginDialog
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.drafts import DraftField
from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts
from sisfoh_desktop.qtkit.next_panel import BEFORE_WORK
from sisfoh_desktop.qtkit.record_draft import RecordDraft

pytestmark = pytest.mark.usefixtures("cheap_hashing")


def test_leaving_the_session_asks_about_unsaved_text(window, enter, settle, monkeypatch):
    enter("rquispe", CLERK)
    window.stack.page.unsaved = True
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    window.orders.actions["Salir de la sesión"].trigger()
    settle()
    assert window.desk.actor.user == "rquispe"
    window.stack.page.unsaved = False
    window.orders.actions["Salir de la sesión"].trigger()
    settle()
    assert window.desk is None
    assert window.findChild(LoginDialog).isVisible()


def test_what_was_left_on_purpose_is_not_offered_again(window, enter, settle, monkeypatch):
    enter("rquispe", CLERK)
    page = window.stack.page
    typed = [DraftField("text", "Texto", "", "algo", "algo")]
    kept = RecordDraft(QVBoxLayout(), "Un registro", lambda: typed, lambda _draft: None, page)
    kept.follow("registro:1")
    kept.keep()
    drafts.settle()
    box = drafts.box
    assert box.find("registro:1") is not None
    page.unsaved = True
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    window.orders.actions["Salir de la sesión"].trigger()
    settle()
    assert box.find("registro:1") is None


def test_the_frame_tells_nothing_of_who_was_in(window, enter, settle):
    enter("acastro", ADMIN)
    window.stack.show_page(1)
    settle()
    assert window.top_bar.title.text() == window.stack.page.title != SPECS[0].title
    window.orders.actions["Salir de la sesión"].trigger()
    settle()
    assert window.top_bar.title.text() == SPECS[0].title
    told = [label.text() for label in window.next_panel.findChildren(QLabel)]
    assert BEFORE_WORK.title in told
    assert not window.next_panel.button.isVisible()


def test_closing_the_window_ends_the_session_in_the_trail(window, enter, settle, trail):
    enter("rquispe", CLERK)
    window.close()
    settle()
    assert not window.isVisible()
    assert trail()[-1] == ("session.out", "rquispe")


def test_rights_that_change_meanwhile_hold_at_once(window, enter, settle, clock, tasks, base):
    enter("kprueba", CLERK)
    db = window.desk.db
    admin = Actor("acastro", "OGTI", frozenset({"people.manage"}))

    def give() -> None:
        kept = users.find_user(db, "kprueba")
        users.set_roles(
            db,
            actor=admin,
            now=clock.now(),
            user_id=kept.id,
            roles=["administrator"],
            expected_version=kept.version,
        )

    tasks.run_change(give, {"people"})
    settle()
    assert "people.manage" in window.desk.actor.rights
    assert offered(window) == ["Oficina"]
    assert "Administrador" in window.status_line.user.text()


def test_whoever_may_no_longer_be_in_is_out(window, enter, settle, clock, tasks):
    enter("kprueba", CLERK)
    db = window.desk.db
    admin = Actor("acastro", "OGTI", frozenset({"people.manage"}))

    def suspend() -> None:
        kept = users.find_user(db, "kprueba")
        users.suspend_user(
            db,
            actor=admin,
            now=clock.now(),
            user_id=kept.id,
            reason="Proceso",
            expected_version=kept.version,
        )

    tasks.run_change(suspend, {"people"})
    settle()
    assert window.desk is None
    assert window.findChild(LoginDialog).banner.label.text() == entering.MAY_NO_LONGER


def test_the_settings_of_the_pc_do_not_lend_rights(window, enter, settle, monkeypatch):
    from sisfoh_desktop.qtkit.pc_settings_dialog import PcSettingsDialog

    enter("kprueba", CLERK)
    shown = []

    def answer(dialog):
        shown.append(set(dialog.form.fields))
        dialog.form.set_values({"lock_minutes": 25})
        dialog.try_submit()
        return dialog.result()

    monkeypatch.setattr(PcSettingsDialog, "exec", answer)
    window.orders.show_settings()
    settle()
    assert shown == [{"theme", "lock_minutes"}]
    assert window.settings.lock_minutes == "25"
    assert window.desk.actor.user == "kprueba"
    assert window.desk.actor.rights is not None
