"""The tab "Base" as somebody uses it: what it says of the base, checking it, encrypting it and back."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

import sisfoh_desktop.app.base_checks  # noqa: F401 - says how the whole base is checked
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db import cipher
from sisfoh_desktop.modules.safekeeping.service import encryption
from sisfoh_desktop.modules.safekeeping.view import cipher_orders
from sisfoh_desktop.modules.safekeeping.view.base_tab import BaseTab
from sisfoh_desktop.modules.safekeeping.view.cipher_dialog import CipherDialog, SheetPreview
from sisfoh_desktop.qtkit.messages import MessageDialog


@pytest.fixture(autouse=True)
def no_keys(quick_envelopes: None) -> Iterator[None]:
    cipher.forget_keys()
    yield
    cipher.forget_keys()


def shown(kind: type):
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None
    )


@pytest.fixture
def tab(practice_desk, qtbot) -> BaseTab:
    made = BaseTab(practice_desk)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.reload()
    practice_desk.tasks.wait_idle()
    qtbot.waitUntil(lambda: made.state is not None)
    return made


def test_it_says_which_base_this_is_and_that_it_is_not_encrypted(tab: BaseTab) -> None:
    assert tab.facts["Base"].text() == "practica.db"
    assert tab.facts["Motor"].text().startswith("SQLite")
    assert tab.chip.word == "Sin cifrar"
    assert "quien se lleve este equipo" in tab.protection.text()
    assert tab.cipher.encrypt_action.isEnabled()
    assert not tab.cipher.decrypt_action.isEnabled()
    assert tab.cipher.decrypt_action.toolTip() == "La base no está cifrada."


def test_checking_lists_every_part_with_its_verdict(tab: BaseTab, qtbot) -> None:
    tab.check_action.trigger()
    qtbot.waitUntil(lambda: tab.check_action.isEnabled() and tab.results.as_seen()[1] != [], timeout=20_000)
    _titles, rows = tab.results.as_seen()
    names = [row[0] for row in rows]
    assert "Integridad" in names
    assert "Auditoría" in names
    assert "Correlativos" in names
    assert all("Bien" in row[1] for row in rows)


def test_the_assistant_asks_for_groups_of_the_sheet_and_then_encrypts(
    tab: BaseTab, qtbot, memory_keyring
) -> None:
    tab.cipher.encrypt_action.trigger()
    qtbot.waitUntil(lambda: shown(CipherDialog) is not None)
    dialog = shown(CipherDialog)
    assert not dialog.primary_button.isEnabled()
    assert dialog.phrase.phrase not in " ".join(
        str(one.text()) for one in dialog.findChildren(type(tab.protection))
    )
    dialog.sheet_button.click()
    qtbot.waitUntil(lambda: shown(SheetPreview) is not None, timeout=10_000)
    preview = shown(SheetPreview)
    assert not preview.save_button.isVisible()
    preview.save_as()
    preview.close()
    qtbot.waitUntil(dialog.primary_button.isEnabled)
    first, second = dialog.places
    dialog.form.fields[f"group{first}"].set_value("XXXXX")
    dialog.form.fields[f"group{second}"].set_value(dialog.phrase.groups[second - 1])
    dialog.try_submit()
    assert dialog.isVisible()
    dialog.form.fields[f"group{first}"].set_value(dialog.phrase.groups[first - 1].lower())
    dialog.try_submit()
    qtbot.waitUntil(lambda: shown(MessageDialog) is not None, timeout=30_000)
    said = shown(MessageDialog)
    assert "La clave está en el llavero" in said.sentence
    said.accept()
    qtbot.waitUntil(lambda: tab.state is not None and tab.state.encrypted)
    assert tab.chip.word == "Cifrada"
    assert tab.cipher.decrypt_action.isEnabled()
    assert not tab.cipher.encrypt_action.isEnabled()


def test_turning_it_off_asks_first(
    tab: BaseTab, practice_desk, qtbot, monkeypatch: pytest.MonkeyPatch, memory_keyring
) -> None:
    who = {"actor": practice_desk.actor, "now": practice_desk.clock.now()}
    phrase = encryption.prepare_phrase(practice_desk.db, **who)
    encryption.encrypt_base(practice_desk.db, **who, phrase=phrase)
    tab.reload()
    qtbot.waitUntil(lambda: tab.state is not None and tab.state.encrypted)
    monkeypatch.setattr(cipher_orders, "ask", lambda *_args, **_more: False)
    tab.cipher.decrypt_action.trigger()
    practice_desk.tasks.wait_idle()
    assert tab.state is not None
    assert tab.state.encrypted
    monkeypatch.setattr(cipher_orders, "ask", lambda *_args, **_more: True)
    tab.cipher.decrypt_action.trigger()
    qtbot.waitUntil(lambda: tab.state is not None and not tab.state.encrypted, timeout=30_000)


def test_who_may_not_never_sees_the_orders(practice_desk, qtbot) -> None:
    practice_desk.actor = Actor("lector", rights=frozenset({"audit.read"}))
    made = BaseTab(practice_desk)
    qtbot.addWidget(made)
    made.reload()
    qtbot.waitUntil(lambda: made.state is not None)
    assert not any(action.isVisible() for action in made.cipher.actions)
    assert made.check_action.isVisible()
