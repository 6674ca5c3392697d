"""Who is in: log-in, forced change, lock, leaving; what the window offers to whom."""

from dataclasses import replace

import pytest
from pages_for_tests import SPECS
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.app import entering
from sisfoh_desktop.app.lock_screen import Curtain, LockDialog
from sisfoh_desktop.app.login_dialog import LoginDialog, PasswordDialog
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, passwords, recovery, users
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.next_panel import BEFORE_WORK

ADMIN, CLERK, NEWCOMER = "tres gatos y un tejado", "lluvia sobre el caplina", "olivos de la yarada"
WITH_RIGHTS = (
    replace(SPECS[0], rights=frozenset({"kardex.move"})),
    replace(SPECS[1], rights=frozenset({"office.manage"})),
)
ESCAPE = Qt.Key.Key_Escape


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def with_users(base, clock):
    """The base with an administrator, a clerk of the kardex and somebody with a one-time code; the code."""
    db, now = Database.open(base), clock.now()
    users.add_user(
        db,
        actor=Actor("tecnico"),
        now=now,
        user=User("acastro", "ANA CASTRO PRUEBA", "OGTI"),
        roles=["administrator"],
        password=ADMIN,
    )
    admin = access.log_in(db, now=now, login="acastro", password=ADMIN).actor
    for login, name, roles, password in (
        ("rquispe", "ROSA QUISPE PRUEBA", ["kardex_clerk", "reader"], CLERK),
        ("kprueba", "KARINA SOLA PRUEBA", ["kardex_clerk"], CLERK),
        ("lnuevo", "LUIS NUEVO PRUEBA", ["reader"], ""),
    ):
        user = User(login, name, "ULE")
        user_id = users.add_user(db, actor=admin, now=now, user=user, roles=roles, password=password)
    code = recovery.recover(db, actor=admin, now=now, user_id=user_id).code
    db.close()
    return code


@pytest.fixture
def window(make_window, base, with_users, qtbot):
    made = make_window(base, WITH_RIGHTS)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def enter(window, settle):
    """Come in, as at the keyboard; the dialog."""

    def come_in(login: str, password: str) -> LoginDialog:
        settle()
        dialog = window.findChild(LoginDialog)
        dialog.form.set_values({"login": login, "password": password})
        dialog.try_submit()
        settle()
        return dialog

    return come_in


@pytest.fixture
def trail(base):
    """Actions and users of the trail, oldest first."""

    def read() -> list[tuple[str, str]]:
        allow_current_thread()
        db = Database.open(base)
        with db.reading() as session:
            found = session.query(AuditEntryRow.action, AuditEntryRow.actor).order_by(AuditEntryRow.id).all()
        db.close()
        return [(action, actor) for action, actor in found]

    return read


def press(window, key=Qt.Key.Key_A) -> None:
    """A key as the system gives it to the window, before any widget."""
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "a"))


def offered(window) -> list[str]:
    return [button.accessibleName() for button in window.rail.buttons if not button.isHidden()]


def orders(window) -> set[str]:
    return {
        action.text().partition("\t")[0].replace("&", "")
        for action in window.menu.actions()
        if action.isVisible() and action.text()
    }


# -- without users ---------------------------------------------------------------------------------------


def test_without_users_one_works_at_once_and_the_foot_says_so(make_window, base):
    window = make_window(base, WITH_RIGHTS)
    assert window.findChild(LoginDialog) is None
    assert window.status_line.user.text() == "Usuario único de este equipo: ana"
    assert "sin contraseña" in window.status_line.user.toolTip()
    assert window.desk.actor.rights is None
    assert offered(window) == ["Planes", "Oficina"]
    assert not {"Bloquear", "Salir de la sesión", "Cambiar mi contraseña…"} & orders(window)
    window.entering.lock_now()
    assert window.findChild(LockDialog) is None


def test_the_first_user_of_the_base_ends_the_open_door(make_window, base, clock, settle, tasks):
    window = make_window(base, WITH_RIGHTS)
    tasks.run_change(
        lambda: users.add_user(
            window.desk.db,
            actor=window.desk.actor,
            now=clock.now(),
            user=User("acastro", "ANA CASTRO PRUEBA"),
            roles=["administrator"],
            password=ADMIN,
        ),
        {"people"},
    )
    settle()
    dialog = window.findChild(LoginDialog)
    assert dialog.banner.label.text() == entering.NOW_WITH_USERS
    assert window.desk is None


def test_typed_text_is_not_taken_away_by_the_first_user(make_window, base, clock, settle, tasks):
    window = make_window(base, SPECS)
    window.stack.page.unsaved = True
    tasks.run_change(
        lambda: users.add_user(
            window.desk.db,
            actor=window.desk.actor,
            now=clock.now(),
            user=User("acastro", "ANA CASTRO PRUEBA"),
            roles=["administrator"],
            password=ADMIN,
        ),
        {"people"},
    )
    settle()
    assert window.findChild(LoginDialog) is None
    assert window.stack.page.unsaved
    window.stack.page.unsaved = False


# -- coming in -------------------------------------------------------------------------------------------


def test_nobody_works_before_the_log_in(window, settle):
    settle()
    dialog = window.findChild(LoginDialog)
    assert dialog.isVisible()
    assert window.desk is None
    assert window.stack.page is None
    assert offered(window) == []
    dialog.reject()
    settle()
    assert window.stack.placeholder.label.text() == entering.NOBODY_IN
    window.stack.placeholder.button.click()
    settle()
    assert window.findChild(LoginDialog).isVisible()


def test_whoever_comes_in_works_with_their_own_rights(window, enter):
    enter("RQuispe ", CLERK)
    assert window.desk.actor.user == "rquispe"
    assert "kardex.move" in window.desk.actor.rights
    assert window.status_line.user.text() == "Usuario: rquispe (Encargado del kardex y 1 más)"
    assert {"Bloquear", "Salir de la sesión", "Cambiar mi contraseña…"} <= orders(window)
    assert PcSettings.load().user == "rquispe"


def test_a_refusal_says_why_and_keeps_the_user_but_not_the_password(window, enter):
    dialog = enter("rquispe", "no era esta")
    assert dialog.isVisible()
    assert "no son correctos" in dialog.banner.label.text()
    assert dialog.form.value("login") == "rquispe"
    assert dialog.form.fields["password"].is_empty()
    assert dialog.typed == ""
    assert window.desk is None
    enter("rquispe", CLERK)
    assert window.desk is not None


def test_pages_of_others_are_neither_shown_nor_reached(window, enter, settle):
    enter("kprueba", CLERK)
    assert offered(window) == ["Planes"]
    window.stack.show_page(1)
    assert window.stack.number == 0
    assert not window.stack.show_record("office", 1)
    assert any("Oficina" in toast.accessibleName() for toast in window.findChildren(Toast))
    pages = [one.title for one in window.orders.search.known_findings() if one.kind == "Páginas"]
    assert pages == ["Planes"]


def test_whoever_reads_sees_every_page(window, enter):
    enter("rquispe", CLERK)
    assert offered(window) == ["Planes", "Oficina"]


def test_a_one_time_code_asks_for_a_password_before_anything_else(window, enter, with_users, settle):
    enter("lnuevo", with_users.lower())
    dialog = window.findChild(PasswordDialog)
    assert dialog.isVisible()
    assert window.desk is None
    for typed, again, told in (
        ("corta", "corta", "muy corta"),
        (NEWCOMER, "otra cosa distinta", "no son iguales"),
    ):
        dialog.form.set_values({"new": typed, "again": again})
        dialog.try_submit()
        settle()
        errors = " ".join(field.error for field in dialog.form.fields.values())
        assert told in errors
    dialog.form.set_values({"new": NEWCOMER, "again": NEWCOMER})
    dialog.try_submit()
    settle()
    assert window.desk.actor.user == "lnuevo"


def test_whoever_does_not_choose_a_password_is_out(window, enter, with_users, settle, trail):
    enter("lnuevo", with_users)
    window.findChild(PasswordDialog).reject()
    settle()
    assert window.desk is None
    assert window.findChild(LoginDialog).isVisible()
    assert trail()[-1] == ("session.out", "lnuevo")


def test_the_own_password_is_changed_from_the_menu(window, enter, settle):
    enter("rquispe", CLERK)
    window.orders.actions["Cambiar mi contraseña…"].trigger()
    dialog = window.findChild(PasswordDialog)
    dialog.form.set_values({"old": "no era esta", "new": NEWCOMER, "again": NEWCOMER})
    dialog.try_submit()
    settle()
    assert "no son correctos" in dialog.form.fields["old"].error
    dialog.form.set_values({"old": CLERK, "new": NEWCOMER, "again": NEWCOMER})
    dialog.try_submit()
    settle()
    window.entering.log_out()
    enter("rquispe", NEWCOMER)
    assert window.desk.actor.user == "rquispe"


# -- the lock --------------------------------------------------------------------------------------------


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


# -- going out -------------------------------------------------------------------------------------------


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
