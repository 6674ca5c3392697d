"""The draft of an act as it is written: blocks, data, saving, and what two people typed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import BlockKind
from sisfoh_desktop.modules.resoluciones.view.conflict import ConflictDialog
from sisfoh_desktop.modules.resoluciones.view.dialogs import ActDialog
from sisfoh_desktop.modules.resoluciones.view.insert_dialog import InsertDialog
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import MessageDialog

Key = Qt.Key


def test_what_is_typed_is_kept_literally_by_saving_and_marked_until_then(draft, db):
    record = draft.page.record
    record.text.list.select(1)
    draft.qtbot.keyClicks(record.text.panel.editor, "<b>&nbsp;</b> & {plan.amount} ")
    record.text.panel.editor.insertPlainText("ñandú 𝄞 ")
    assert record.header.unsaved.isVisible()
    assert draft.page.has_unsaved()
    assert draft.page.next_step().button == "Guardar"
    assert draft.page.save()
    draft.settle()
    assert not record.header.unsaved.isVisible()
    assert not draft.page.has_unsaved()
    kept = service.load_resolucion(db, draft.id).blocks[1].text
    assert kept.startswith("<b>&nbsp;</b> & {{plan.amount}} ñandú 𝄞 Que,")
    assert not draft.page.save()


def test_leaving_with_unsaved_text_asks_and_stays_by_default(draft):
    record = draft.page.record
    draft.qtbot.keyClicks(record.text.panel.editor, "x")
    record.text.focus_list()
    draft.page.cancel()
    assert draft.page.record_open
    draft.will(MessageDialog)
    record.text.focus_list()
    draft.page.cancel()
    assert not draft.page.record_open


def test_blocks_are_added_moved_and_removed_by_key(draft, db):
    text = draft.page.record.text
    view = text.list.view
    view.setFocus()
    text.list.select(1)
    draft.key(view, Key.Key_Insert)
    assert (text.blocks[2].kind, text.blocks[2].text) == (BlockKind.CONSIDERANDO, "")
    assert text.panel.editor.hasFocus()
    draft.qtbot.keyClicks(text.panel.editor, "Que, uno {llave}.")
    text.focus_list()
    draft.key(view, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert text.blocks[1].text == "Que, uno {{llave}}."
    text.list.select(2)
    gone = text.blocks[2]
    draft.key(view, Key.Key_Delete)
    assert gone in text.blocks
    draft.will(MessageDialog)
    draft.key(view, Key.Key_Delete)
    assert "«Considerando 2»" in draft.said[-1]
    assert gone not in text.blocks
    assert draft.page.save()
    draft.settle()
    assert service.load_resolucion(db, draft.id).blocks == text.blocks
    text.list.select(0)
    assert not any(one.isEnabled() for one in (text.up_action, text.down_action, text.remove_action))


def test_f4_puts_a_datum_at_the_caret(draft):
    text = draft.page.record.text
    text.list.select(1)

    def choose(dialog):
        dialog.list.set_filter("monto en cifras")
        dialog.try_submit()

    draft.will(InsertDialog, choose)
    text.focus_text()
    draft.key(text.panel.editor, Key.Key_F4)
    assert text.blocks[1].text.startswith("{plan.amount}Que,")
    assert "S/\u00a0312\u00a0656.00" in text.panel.foot.text()


def test_an_empty_block_is_refused_with_its_name_and_stays_on_screen(draft, db):
    text = draft.page.record.text
    text.list.select(1)
    text.add()
    assert draft.page.save()
    draft.settle()
    assert "«Considerando 2»" in draft.refusals()[0]
    assert text.blocks[2].text == ""
    assert draft.page.has_unsaved()


def test_the_data_of_the_act_name_articles_as_they_will_be_printed(draft, db):
    from sisfoh_desktop.modules.resoluciones.rules import ArticleStyle

    draft.fill(ActDialog, style=ArticleStyle.NUMERIC, initials="JQN/mrh")
    draft.page.frame_action.trigger()
    names = [row[0] for row in draft.page.record.text.list.as_seen()[1]]
    assert "Artículo 1" in names
    draft.page.save()
    draft.settle()
    assert service.load_resolucion(db, draft.id).headings.initials == "JQN/mrh"


# --- two people ---


def someone_saves(case, resolucion_id, matter="otro asunto"):
    act = service.load_resolucion(case.db, resolucion_id)
    service.save_resolucion(**case.desk, resolucion=replace(act, matter=matter), expected_version=act.version)


@pytest.mark.parametrize("choice", ["mine", "theirs", "stay"])
def test_a_save_in_between_loses_nothing_that_was_typed(draft, case, choice):
    record = draft.page.record
    record.text.list.select(1)
    draft.qtbot.keyClicks(record.text.panel.editor, "MÍO ")
    someone_saves(case, draft.id)
    act = {"mine": TaskDialog.try_submit, "theirs": lambda d: d.theirs_button.click(), "stay": None}[choice]
    draft.will(ConflictDialog, act)
    assert draft.page.save()
    draft.settle()
    kept = service.load_resolucion(case.db, draft.id)
    assert "otra persona" in draft.said[-1]
    if choice == "mine":
        assert kept.blocks[1].text.startswith("MÍO ")
        assert not draft.page.has_unsaved()
    else:
        assert kept.matter == "otro asunto"
        assert record.text.blocks[1].text.startswith("MÍO ") is (choice == "stay")
        assert draft.page.has_unsaved() is (choice == "stay")


def test_a_reload_over_typed_text_says_so_and_keeps_it(draft, case):
    record = draft.page.record
    draft.qtbot.keyClicks(record.text.panel.editor, "MÍO ")
    someone_saves(case, draft.id)
    draft.page.reload()
    draft.settle()
    assert "Otra persona guardó" in record.header.banner.label.text()
    assert record.text.blocks[0].text.startswith("MÍO ")
