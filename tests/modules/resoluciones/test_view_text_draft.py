"""The text of a draft survives a power cut: kept while it is typed, offered when the act is opened again."""

from dataclasses import replace

import pytest

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.modules.resoluciones.rules import BlockKind
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts
from sisfoh_desktop.qtkit.messages import MessageDialog


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def power_cut(draft, screen):
    """What is typed is kept, the window is gone without a word, and the same act is opened again."""

    def again():
        draft.page.record.draft.keep()
        drafts.settle()
        seen = screen()
        seen.open(draft.id)
        return seen.page.record

    return again


def kept(box, seen):
    drafts.settle()
    return box.find(f"resolucion:text:{seen.id}")


def test_what_was_typed_is_offered_and_comes_back(draft, power_cut, box):
    before = draft.page.record.act.blocks
    draft.page.record.text.list.select(1)
    draft.qtbot.keyClicks(draft.page.record.text.panel.editor, "Antes del corte. ")
    typed = draft.page.record.act.blocks
    record = power_cut()
    assert record.act.blocks == before, "nothing comes back by itself"
    assert record.draft.offer.isVisible()
    assert len(record.draft.offer.differences.as_seen()[1]) == 1
    record.draft.offer.take_button.click()
    assert record.act.blocks == typed
    assert record.is_modified()
    assert record.header.unsaved.isVisible()
    assert kept(box, draft) is not None, "it is not saved yet"


def test_parts_that_were_added_come_back_in_their_place(draft, power_cut):
    text = draft.page.record.text
    text.add(BlockKind.ARTICLE)
    draft.qtbot.keyClicks(text.panel.editor, "Publicar.")
    typed = draft.page.record.act.blocks
    record = power_cut()
    record.draft.offer.take_button.click()
    assert record.act.blocks == typed


def test_a_part_that_has_no_place_any_more_is_added(draft, power_cut, box):
    text = draft.page.record.text
    text.list.select(1)
    draft.qtbot.keyClicks(text.panel.editor, "Antes del corte. ")
    record = power_cut()
    found = record.draft.offer._draft
    lost = replace(found, fields=(replace(found.fields[0], name="99"),))
    count = len(record.act.blocks)
    record.draft.take(lost)
    assert len(record.act.blocks) == count + 1
    assert any(block.text.startswith("Antes del corte.") for block in record.act.blocks)


def test_a_damaged_part_brings_nothing(draft, power_cut):
    draft.qtbot.keyClicks(draft.page.record.text.panel.editor, "x")
    record = power_cut()
    found = record.draft.offer._draft
    before = record.act.blocks
    for typed in ("{", "[1]", '["otro", "", "", null, "escrito"]', True):
        record.draft.take(replace(found, fields=(replace(found.fields[0], typed=typed),)))
        assert record.act.blocks == before


def test_saving_or_leaving_on_purpose_keeps_nothing(draft, box):
    editor = draft.page.record.text.panel.editor
    draft.qtbot.keyClicks(editor, "x")
    draft.page.record.draft.keep()
    assert kept(box, draft) is not None
    assert draft.page.save()
    draft.settle()
    draft.page.record.draft.keep()
    assert kept(box, draft) is None
    draft.qtbot.keyClicks(editor, "y")
    draft.page.record.draft.keep()
    draft.will(MessageDialog)
    draft.page.record.text.focus_list()
    draft.page.cancel()
    assert not draft.page.record_open
    assert kept(box, draft) is None


def test_an_offer_that_was_not_answered_stays(draft, power_cut, box, monkeypatch):
    draft.qtbot.keyClicks(draft.page.record.text.panel.editor, "x")
    record = power_cut()
    draft.qtbot.keyClicks(record.text.panel.editor, "otra cosa")
    record.draft.keep()
    assert "otra cosa" not in kept(box, draft).fields[0].after
    record.draft.leave()
    assert kept(box, draft) is not None
    assert record.draft.offer is None


def test_what_is_not_wanted_goes_after_a_question(draft, power_cut, box, monkeypatch):
    draft.qtbot.keyClicks(draft.page.record.text.panel.editor, "x")
    record = power_cut()
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    record.draft.offer.drop_button.click()
    assert not record.draft.offer.isVisible()
    assert kept(box, draft) is None
