"""Opening an encrypted base on a PC without its key: in the window by the phrase, on the command line as well."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from sisfoh_desktop.app import cli
from sisfoh_desktop.app.unlock_dialog import UnlockDialog, offer_unlock
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.recovery_phrase import new_phrase
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.cipher import KeyMissing, find_key
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.service import encryption
from sisfoh_desktop.qtkit.tasks import Tasks


@pytest.fixture
def sealed(practice: Path, actor: Actor, now: datetime) -> Iterator[tuple[Path, str]]:
    """An encrypted practice base whose key nobody remembers, and its phrase."""
    db = Database.open(practice)
    phrase = encryption.prepare_phrase(db, actor=actor, now=now)
    encryption.encrypt_base(db, actor=actor, now=now, phrase=phrase)
    db.close()
    cipher.forget_keys()
    yield practice, phrase.phrase
    cipher.forget_keys()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.wait_idle()
    made.close()


def test_a_wrong_phrase_stays_in_the_dialog_and_the_right_one_opens(
    sealed: tuple[Path, str], tasks: Tasks, qtbot, memory_keyring: dict[tuple[str, str], str]
) -> None:
    path, phrase = sealed
    dialog = UnlockDialog(path, tasks=tasks)
    qtbot.addWidget(dialog)
    dialog.open()
    field = dialog.form.fields["phrase"]
    for typed in ("", "ABCDE-12345", new_phrase()):
        field.set_value(typed)
        dialog.try_submit()
        qtbot.waitUntil(lambda: bool(field.error) and dialog.primary_button.isEnabled(), timeout=20_000)
        assert dialog.isVisible()
    field.set_value(phrase.lower())
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.try_submit()
    assert find_key(path) is not None
    assert len(memory_keyring) == 1
    assert field.raw() == ""
    assert field.typed() is None


def test_only_a_missing_key_asks_for_the_phrase(sealed: tuple[Path, str], tasks: Tasks, qtbot) -> None:
    from PySide6.QtWidgets import QWidget

    over = QWidget()
    qtbot.addWidget(over)
    said: list[str] = []

    def offer(error) -> bool:
        return offer_unlock(
            error,
            tasks=tasks,
            parent=over,
            then=lambda: said.append("again"),
            otherwise=lambda: said.append("other"),
        )

    assert not offer(FileFailed("No."))
    assert offer(KeyMissing(sealed[0]))
    dialog = over.findChild(UnlockDialog)
    assert dialog is not None
    dialog.reject()
    assert said == ["other"]


def test_commands_take_the_phrase_from_the_environment(
    sealed: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, phrase = sealed
    assert cli.main(["comprobar", "--base", str(path), "--json"]) == 4
    told = capsys.readouterr()
    assert "está cifrada" in told.err
    assert "Traceback" not in told.err
    monkeypatch.setenv(cipher.VARIABLE, phrase)
    assert cli.main(["comprobar", "--base", str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"cifrado", "integridad", "auditoría"} <= {check["name"] for check in report["checks"]}
    assert report["ok"]
