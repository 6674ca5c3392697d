"""The notes of each role and its guide: two A4 pages exactly, whatever the role and the office."""

import tomllib
from datetime import date

import pytest

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.help_topics import help_topics
from sisfoh_desktop.documents.rendering import page_count
from sisfoh_desktop.modules.people.rules.role_notes import DEFAULT_NOTES, notes_of
from sisfoh_desktop.modules.people.rules.roles import ROLES
from sisfoh_desktop.modules.people.service import guides

ON = date(2024, 3, 8)
KEYS = [notes.key for notes in guides.role_notes()]


def texts(pdf: bytes) -> list[str]:
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("key", KEYS)
def test_the_guide_of_a_role_has_two_pages_with_all_it_says(key, db, practice_db):
    notes = next(one for one in guides.role_notes() if one.key == key)
    for base in (db, practice_db):
        pdf = guides.role_guide_bytes(base, key, ON)
        assert page_count(pdf) == 2
        first, second = texts(pdf)
        for line in (*notes.daily, *notes.weekly, *notes.seldom):
            assert " ".join(line.split()) in first
        for stop in notes.stops:
            assert stop.title in first
        for key_words, use in notes.keys:
            assert key_words in second
            assert use in second
        for word in ("Ctrl+K", "F1", "Dónde está la ayuda"):
            assert word in second


def test_a_guide_carries_the_head_of_its_office_and_the_mark_of_practice(practice_db, db):
    ours, new = guides.role_guide_bytes(practice_db, "signer", ON), guides.role_guide_bytes(db, "signer", ON)
    assert "Municipalidad Provincial de Tacna" in texts(ours)[0]
    assert "PRÁCTICA, SIN VALOR" in texts(ours)[0].replace("PRÁCTICA,SIN", "PRÁCTICA, SIN")
    assert "Municipalidad" not in texts(new)[0]


def test_the_same_guide_has_the_same_bytes(practice_db):
    assert guides.role_guide_bytes(practice_db, "reader", ON) == guides.role_guide_bytes(
        practice_db, "reader", ON
    )


@pytest.mark.parametrize("notes", guides.role_notes(), ids=KEYS)
def test_the_notes_name_help_and_pages_that_exist(notes):
    known = {topic.key for topic in help_topics()}
    assert set(notes.topics) <= known
    assert 5 <= len(notes.stops) <= 8
    assert all(stop.targets for stop in notes.stops)


def test_each_person_has_notes():
    every = guides.role_notes()
    for role in ROLES:
        assert [role.key in one.roles for one in notes_of(every, (role.key,))] == [True]
    both = notes_of(every, ("ule_head", "administrator"))
    assert [one.key for one in both] == ["administrator", "ule_head"]
    assert [one.key for one in notes_of(every, ())] == [DEFAULT_NOTES]


def test_an_unknown_role_is_refused(db):
    with pytest.raises(RuleError) as refused:
        guides.role_guide_bytes(db, "alcalde", ON)
    assert refused.value.code == "role_unknown"


def test_a_damaged_file_is_told_and_nothing_else_fails(tmp_path, monkeypatch):
    (tmp_path / "tours.toml").write_text("[[tour]]\nkey = 1\n", encoding="utf-8")
    assert tomllib.loads((tmp_path / "tours.toml").read_text())
    monkeypatch.setattr(guides, "resource", lambda *parts: tmp_path / parts[-1])
    guides.role_notes.cache_clear()
    try:
        with pytest.raises(FileFailed, match="Vuelva a instalar"):
            guides.role_notes()
    finally:
        guides.role_notes.cache_clear()
