"""What was typed outlives the program: whole, by base and person, never in the way of the work."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics import drafts as kept
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.drafts import KEPT_FOR, Draft, DraftBox, DraftField
from sisfoh_desktop.basics.errors import FileFailed

NOW = datetime(2024, 3, 8, 10, 42, tzinfo=LIMA)
FIELD = DraftField("0.title", "Título", "Antes", "Después", "Después")


@pytest.fixture
def box(tmp_path):
    return DraftBox("oficina.db", "ana", tmp_path)


def _draft(key="UnitDialog: Nueva", at=NOW, fields=(FIELD,)):
    return Draft(key, "Nueva unidad", at, fields)


def test_a_draft_comes_back_as_it_was_and_goes_when_the_form_is_done(box):
    box.keep(_draft())
    assert box.find("UnitDialog: Nueva") == _draft()
    assert box.list(NOW) == [_draft()]
    box.remove("UnitDialog: Nueva")
    assert box.find("UnitDialog: Nueva") is None
    assert box.list(NOW) == []
    box.remove("UnitDialog: Nueva")


def test_half_a_sign_that_was_pasted_is_kept_like_any_other(box):
    broken = _draft(fields=(DraftField("0.title", "Título", "", "\ud83dÑ", "\ud83dÑ"),))
    box.keep(broken)
    assert box.find(broken.key) == broken


BLANK = DraftField("0.note", "Nota", "", "\n  \n", "\n  \n")


def test_blank_lines_alone_are_nothing_to_recover(box):
    box.keep(_draft())
    box.keep(_draft(fields=(BLANK,)))  # what had been typed was taken out again
    assert box.find(_draft().key) is None
    assert not list(box.folder.glob("*.json"))


def test_blank_lines_that_an_earlier_version_kept_are_swept_away(box, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(DraftField, "is_blank", False)
        box.keep(_draft(fields=(BLANK,)))
        assert box.list(NOW)
    assert box.find(_draft().key) is None
    assert box.list(NOW) == []
    assert not list(box.folder.glob("*.json"))


def test_what_was_erased_is_something_to_recover(box):
    erased = _draft(fields=(BLANK, DraftField("0.title", "Título", "Antes", "", "")))
    box.keep(erased)
    assert box.list(NOW) == [erased]


def test_what_cannot_be_removed_hides_no_other_draft(box):
    for name in ("0" * 24, "f" * 24):
        (box.folder / f"{name}.json").mkdir(parents=True)
    box.keep(_draft())
    assert box.list(NOW) == [_draft()]


def test_the_later_draft_of_a_form_takes_the_place_of_the_earlier(box):
    box.keep(_draft())
    later = _draft(at=NOW + timedelta(seconds=2), fields=(FIELD, DraftField("0.b", "B", "no", "sí", True)))
    box.keep(later)
    assert box.list(NOW) == [later]


def test_bases_and_people_do_not_see_one_anothers_drafts(box, tmp_path):
    box.keep(_draft())
    assert DraftBox("oficina.db", "rosa", tmp_path).list(NOW) == []
    assert DraftBox("otra.db", "ana", tmp_path).list(NOW) == []
    assert DraftBox("oficina.db", "ana", tmp_path).list(NOW) == [_draft()]


def test_old_and_damaged_drafts_are_swept_away(box, tmp_path):
    box.keep(_draft("viejo", NOW - KEPT_FOR - timedelta(days=1)))
    box.keep(_draft("bueno"))
    box.keep(_draft("dañado"))
    path = box._path("dañado")
    whole = path.read_bytes()
    forged = whole.replace(b'"label": "', b'"label": ["').replace(b'", "before"', b'"], "before"')
    assert forged != whole
    for damaged in (b"", b"{", b"[]", b'{"key": 1}', b"[" * 100_000, whole[:-5], forged, b"\xff\xfe"):
        path.write_bytes(damaged)
        assert box.find("dañado") is None
    assert [one.key for one in box.list(NOW)] == ["bueno"]
    assert len(list(tmp_path.rglob("*.json"))) == 1


def test_only_its_owner_may_read_a_draft(box):
    box.keep(_draft())
    assert box._path("UnitDialog: Nueva").stat().st_mode & 0o077 == 0


def test_a_full_disk_costs_the_draft_and_nothing_else(box, monkeypatch):
    def full(_path, _data):
        raise FileFailed("El disco está lleno.")

    monkeypatch.setattr(kept, "atomic_write", full)
    box.keep(_draft())
    assert box.list(NOW) == []


@given(st.text(), st.text(), st.one_of(st.text(), st.booleans()))
def test_any_text_survives(tmp_path_factory, key, title, typed):
    box = DraftBox("b", "u", tmp_path_factory.mktemp("d"))
    draft = Draft(key, title, NOW, (DraftField("0.a", title, f"Antes: {key}", str(typed), typed),))
    try:
        key.encode()
        title.encode()
        str(typed).encode()
    except UnicodeEncodeError:
        return
    box.keep(draft)
    assert box.find(key) == draft
