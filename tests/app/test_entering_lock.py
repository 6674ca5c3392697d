"""The lock covers the window and all that is open in it; only the password takes it away."""

import pytest
from entering_people import CLERK
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.app import entering
from sisfoh_desktop.app.lock_screen import Curtain, LockDialog
from sisfoh_desktop.app.login_dialog import LoginDialog
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.dialogs import FormDialog

pytestmark = pytest.mark.usefixtures("cheap_hashing")
ESCAPE = Qt.Key.Key_Escape


def press(window, key=Qt.Key.Key_A) -> None:
    """A key as the system gives it to the window, before any widget."""
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "a"))


def test_the_lock_covers_the_window_and_only_the_password_opens_it(window, enter, settle, qtbot, trail):
    enter("rquispe", CLERK)
    page = window.stack.page
    page.list.set_filter("dos")
    window.orders.actions["Bloquear"].trigger()
    settle()
    dialog = window.findChild(LockDialog)
    (curtain,) = window.findChildren(Curtain)
    assert curtain.geometry() == window.rect()
    assert "ROSA QUISPE PRUEBA (rquispe)" in [label.text() for label in dialog.findChildren(QLabel)]
    qtbot.keyClick(dialog, ESCAPE)
    dialog.close()
    assert dialog.isVisible()
    dialog.secret.set_value("no era esta")
    dialog.try_submit()
    settle()
    assert dialog.isVisible()
    assert not curtain.isHidden()
    dialog.secret.set_value(CLERK)
    dialog.try_submit()
    settle()
    assert all(one.isHidden() for one in window.findChildren(Curtain))
    assert window.stack.page is page
    assert page.list.filter_box.text() == "dos"
    actions = [action for action, actor in trail() if actor == "rquispe"]
    assert actions[-3:] == ["session.locked", "session.refused", "session.unlocked"]


def test_what_is_typed_in_an_open_dialog_stands_there_afterwards(window, enter, settle):
    enter("rquispe", CLERK)
    form = FormDialog("Nuevo plan", parent=window)
    form.form.text("name", "Nombre")
    form.open()
    form.form.fields["name"].set_value("Plan de trabajo")
    window.entering.lock_now()
    settle()
    assert len(form.findChildren(Curtain)) == 1
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LockDialog)
    dialog.secret.set_value(CLERK)
    dialog.try_submit()
    settle()
    assert form.isVisible()
    assert form.form.fields["name"].raw() == "Plan de trabajo"
    assert all(one.isHidden() for one in form.findChildren(Curtain))
    form.done(0)


def test_a_dialog_that_opens_under_the_lock_is_covered_too(window, enter, settle):
    enter("rquispe", CLERK)
    window.entering.lock_now()
    settle()
    late = messages.show_error(window, "El servidor no responde; no se guardó nada.")
    settle()
    assert len(late.findChildren(Curtain)) == 1
    assert isinstance(QApplication.activeModalWidget(), LockDialog)
    late.done(0)


def test_it_locks_by_itself_and_a_key_puts_it_off(window, enter, settings, settle):
    settings.lock_minutes = "3"
    enter("rquispe", CLERK)
    idle = window.entering._idle
    assert idle.isActive()
    assert idle.interval() == 3 * 60_000
    idle.setInterval(10)
    press(window)
    assert idle.interval() == 3 * 60_000
    idle.timeout.emit()
    settle()
    assert isinstance(QApplication.activeModalWidget(), LockDialog)
    assert not idle.isActive()


@pytest.mark.parametrize(("set_to", "minutes"), [("", 10), ("nunca", 10), ("0", 1), ("45", 45), ("999", 120)])
def test_it_always_locks_within_two_hours(window, settings, set_to, minutes):
    settings.lock_minutes = set_to
    assert window.settings.minutes_to_lock == minutes


@pytest.mark.parametrize("leave", [True, False])
def test_another_person_may_leave_the_session_after_a_warning(window, enter, settle, monkeypatch, leave):
    enter("rquispe", CLERK)
    form = FormDialog("Nuevo plan", parent=window)
    form.form.text("name", "Nombre").set_value("Plan")
    form.open()
    window.entering.lock_now()
    settle()
    asked = []
    monkeypatch.setattr(entering, "ask", lambda *words, **_: asked.append(words[2]) or leave)
    QApplication.activeModalWidget().cancel_button.click()
    settle()
    assert "se pierde" in asked[0]
    assert form.isVisible() is not leave
    assert (window.desk is None) is leave
    if leave:
        assert isinstance(QApplication.activeModalWidget(), LoginDialog)
        assert all(curtain.isHidden() for curtain in window.findChildren(Curtain))
    else:
        form.done(0)
