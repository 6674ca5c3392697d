"""«Olvidé mi contraseña…» at the log-in: the only administrator gets in by the sheet; refusals keep what helps."""

import pytest
from pages_for_tests import SPECS
from PySide6.QtWidgets import QPushButton

from sisfoh_desktop.app.forgotten_dialog import ForgottenDialog
from sisfoh_desktop.app.login_dialog import LoginDialog
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, passwords, sheets, users
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.mnemonics import bare_text

PASSWORD, NEW = "tres gatos y un tejado", "chicha morada con limón"


@pytest.fixture
def code(base, clock, monkeypatch):
    """The base with its only administrator; the code of their sheet."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    db, now = Database.open(base), clock.now()
    user = User("acastro", "ANA CASTRO PRUEBA", "OGTI")
    users.add_user(db, actor=Actor("tecnico"), now=now, user=user, roles=["administrator"], password=PASSWORD)
    admin = access.log_in(db, now=now, login="acastro", password=PASSWORD).actor
    sheet = sheets.make_sheet(db, actor=admin, now=now, password=PASSWORD)
    db.close()
    return sheet.code


@pytest.fixture
def window(make_window, base, code, qtbot):
    made = make_window(base, SPECS[:1])
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def opened(window, settle) -> ForgottenDialog:
    settle()
    login = window.findChild(LoginDialog)
    login.form.set_values({"login": "acastro"})
    button = next(one for one in login.findChildren(QPushButton) if "mi contraseña" in bare_text(one.text()))
    button.click()
    return login.findChild(ForgottenDialog)


def answer(dialog, settle, code, new=NEW, again=NEW):
    dialog.form.set_values({"code": code, "new": new, "again": again})
    dialog.try_submit()
    settle()


def test_the_sheet_and_a_new_password_let_the_administrator_in(window, settle, code):
    dialog = opened(window, settle)
    assert dialog.form.fields["login"].raw() == "acastro"  # not asked twice
    answer(dialog, settle, code)
    assert window.desk.actor.user == "acastro"
    assert window.desk.actor.may("people.manage")
    assert any("Imprima otra" in toast.accessibleName() for toast in window.findChildren(Toast))
    window.entering.log_out()
    again = opened(window, settle)
    answer(again, settle, code, "otra frase bien larga", "otra frase bien larga")
    assert "ya se usó" in again.form.fields["code"].error
    assert window.desk is None


def test_a_refusal_stands_under_its_field_and_what_was_typed_stays(window, settle, code):
    dialog = opened(window, settle)
    answer(dialog, settle, code, NEW, "otra cosa distinta")
    assert "no son iguales" in dialog.form.fields["again"].error
    answer(dialog, settle, code, "corta", "corta")
    assert "muy corta" in dialog.form.fields["new"].error
    answer(dialog, settle, "0000-0000-0000-0000")
    assert "no son correctos" in dialog.form.fields["code"].error
    assert dialog.form.fields["code"].raw() == "0000-0000-0000-0000"
    assert dialog.isVisible()
    answer(dialog, settle, code)
    assert window.desk.actor.user == "acastro"


def test_whoever_turns_back_is_at_the_log_in(window, settle):
    dialog = opened(window, settle)
    dialog.reject()
    settle()
    assert window.findChild(LoginDialog).isVisible()
    assert window.desk is None
