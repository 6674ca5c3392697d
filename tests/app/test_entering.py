"""Coming in: without users, by log-in, with a one-time code; what the window then offers to whom."""

import pytest
from entering_people import ADMIN, CLERK, NEWCOMER, WITH_RIGHTS, offered
from pages_for_tests import SPECS

from sisfoh_desktop.app import entering
from sisfoh_desktop.app.lock_screen import LockDialog
from sisfoh_desktop.app.login_dialog import LoginDialog, PasswordDialog
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.qtkit.messages import Toast

pytestmark = pytest.mark.usefixtures("cheap_hashing")


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
