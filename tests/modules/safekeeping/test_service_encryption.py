"""Encrypting a base as an office does: the envelope, the keyring, the trail, another phrase, back again."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError
from sisfoh_desktop.basics.recovery_phrase import new_phrase
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.cipher import KeyMissing
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of
from sisfoh_desktop.modules.safekeeping.rules.base_state import protection_words
from sisfoh_desktop.modules.safekeeping.service import encryption
from sisfoh_desktop.modules.safekeeping.service.base_state import look_at_base


@pytest.fixture(autouse=True)
def no_keys(quick_envelopes: None) -> Iterator[None]:
    cipher.forget_keys()
    yield
    cipher.forget_keys()


def path_of(db: Database) -> Path:
    assert db.path is not None
    return db.path


def actions(db: Database) -> list[str]:
    with db.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT action FROM audit_entry ORDER BY id").all()
    return [row[0] for row in rows]


def test_an_office_encrypts_loses_its_pc_and_opens_by_the_envelope(
    db: Database, actor: Actor, now: datetime, memory_keyring: dict[tuple[str, str], str]
) -> None:
    path = path_of(db)
    assert not look_at_base(db).encrypted
    phrase = encryption.prepare_phrase(db, actor=actor, now=now)
    assert phrase.phrase not in repr(phrase)
    done = encryption.encrypt_base(db, actor=actor, now=now, phrase=phrase)
    assert done.key_kept
    assert done.plain_copies == ()
    state = look_at_base(db)
    assert (state.encrypted, state.key_kept, state.envelope) == (True, True, True)
    assert "llavero" in protection_words(state)
    assert actions(db)[-1] == "base.encrypt"
    assert {check.name: check.ok for check in check_database(db)}["cifrado"]
    assert all(check.ok for check in check_database(db))
    db.close()
    memory_keyring.clear()  # another PC
    cipher.forget_keys()
    with pytest.raises(KeyMissing):
        Database.open(path)
    with pytest.raises(RuleError, match="no abre esta base"):
        encryption.unlock_base(path, new_phrase(), remember=True)
    assert not memory_keyring
    assert encryption.unlock_base(path, phrase.phrase, remember=True)
    assert len(memory_keyring) == 1
    cipher.forget_keys()
    again = Database.open(path)
    assert actions(again)[-1] == "base.encrypt"
    again.close()


def test_without_a_keyring_the_phrase_is_asked_each_time(db: Database, actor: Actor, now: datetime) -> None:
    phrase = encryption.prepare_phrase(db, actor=actor, now=now)
    assert not encryption.encrypt_base(db, actor=actor, now=now, phrase=phrase).key_kept
    assert "pide la frase" in protection_words(look_at_base(db))
    db.close()
    cipher.forget_keys()
    assert not encryption.unlock_base(path_of(db), phrase.phrase, remember=True)
    assert actions(db)[-1] == "base.encrypt"


def test_another_phrase_replaces_the_earlier_one(db: Database, actor: Actor, now: datetime) -> None:
    first = encryption.prepare_phrase(db, actor=actor, now=now)
    encryption.encrypt_base(db, actor=actor, now=now, phrase=first)
    second = encryption.prepare_phrase(db, actor=actor, now=now)
    assert second.key == first.key
    encryption.renew_phrase(db, actor=actor, now=now, phrase=second)
    assert actions(db)[-1] == "base.envelope"
    with pytest.raises(RuleError, match="la anterior ya no vale"):
        encryption.unlock_base(path_of(db), first.phrase, remember=False)
    encryption.unlock_base(path_of(db), second.phrase, remember=False)


def test_turning_it_off_keeps_what_opens_the_earlier_copies(
    db: Database, actor: Actor, now: datetime, memory_keyring: dict[tuple[str, str], str]
) -> None:
    phrase = encryption.prepare_phrase(db, actor=actor, now=now)
    encryption.encrypt_base(db, actor=actor, now=now, phrase=phrase)
    encryption.decrypt_base(db, actor=actor, now=now)
    assert not look_at_base(db).encrypted
    assert actions(db)[-2:] == ["base.encrypt", "base.decrypt"]
    assert envelope_of(path_of(db)).exists()
    assert memory_keyring
    with pytest.raises(RuleError, match="no está cifrada"):
        encryption.decrypt_base(db, actor=actor, now=now)


def test_copies_that_open_without_a_key_are_named(db: Database, actor: Actor, now: datetime) -> None:
    path = path_of(db)
    left = path.with_name("oficina.antes-de-0026.20240101-100000.db")
    db.close()
    left.write_bytes(path.read_bytes())
    phrase = encryption.prepare_phrase(db, actor=actor, now=now)
    assert encryption.encrypt_base(db, actor=actor, now=now, phrase=phrase).plain_copies == (left.name,)
    assert look_at_base(db).plain_copies == (left.name,)


def test_who_may_not_cannot(db: Database, now: datetime) -> None:
    reader = Actor("lector", rights=frozenset({"audit.read"}))
    with pytest.raises(RuleError) as told:
        encryption.prepare_phrase(db, actor=reader, now=now)
    assert told.value.code == "not_allowed"
    mine = encryption.prepare_phrase(db, actor=Actor("x"), now=now)
    for job in (encryption.encrypt_base, encryption.renew_phrase):
        with pytest.raises(RuleError) as told:
            job(db, actor=reader, now=now, phrase=mine)
        assert told.value.code == "not_allowed"
    with pytest.raises(RuleError):
        encryption.decrypt_base(db, actor=reader, now=now)
    assert not envelope_of(path_of(db)).exists()


def test_a_base_in_use_elsewhere_stays_plain_and_gets_no_envelope(
    db: Database, actor: Actor, now: datetime
) -> None:
    phrase = encryption.prepare_phrase(db, actor=actor, now=now)
    other = Database.open(path_of(db))
    try:
        with other.reading() as session:
            session.connection().exec_driver_sql("SELECT 1 FROM audit_head").all()
            with pytest.raises(DatabaseUnavailable, match="abierta en otra ventana"):
                encryption.encrypt_base(db, actor=actor, now=now, phrase=phrase)
    finally:
        other.close()
    assert not look_at_base(db).encrypted
    assert not envelope_of(path_of(db)).exists()


def test_a_base_on_a_server_says_who_encrypts_it(postgres_db: Database, actor: Actor, now: datetime) -> None:
    with pytest.raises(RuleError, match="administra el servidor"):
        encryption.prepare_phrase(postgres_db, actor=actor, now=now)
    state = look_at_base(postgres_db)
    assert not state.local
    assert state.engine.startswith("PostgreSQL")
    assert state.byte_count


def test_the_sheet_has_the_phrase_and_the_groups_asked_for_are_compared(
    practice_db: Database, actor: Actor, now: datetime
) -> None:
    phrase = encryption.prepare_phrase(practice_db, actor=actor, now=now)
    pdf = encryption.phrase_pdf(practice_db, phrase)
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    assert all(group in text for group in phrase.groups)
    assert phrase.mark in text
    encryption.check_group(phrase, 3, phrase.groups[2].lower())
    with pytest.raises(RuleError, match="El grupo 3 no es el de la hoja"):
        encryption.check_group(phrase, 3, phrase.groups[3])
