"""The blank row of the register survives a power cut: kept while it is typed, offered when the register opens again."""

from dataclasses import replace

import pytest
from kardex_clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view import KardexPage, register_tab
from sisfoh_desktop.modules.kardex.view import page as kardex_page
from sisfoh_desktop.qtkit import crash_dialog, messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts

Key = Qt.Key
TYPED = "|rec|FSU|ente||004501-005000|||Guia 12-2024"


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def power_cut(clerk, qtbot, kardex_office):
    """What is typed is kept, the window is gone without a word, and the register is opened again."""

    def again() -> Clerk:
        clerk.tab.draft.keep()
        drafts.settle()
        clerk.page.hide()
        return Clerk(clerk.desk, qtbot, kardex_office)

    return again


def kept(box, office):
    drafts.settle()
    return box.find(f"kardex:row:{office.campaign}")


def test_the_row_is_offered_and_comes_back_as_typed(clerk, power_cut, box, kardex_office):
    clerk.keys(TYPED)
    typed = clerk.cells()
    seen = power_cut()
    assert seen.cells() == {"day": "08/03/2024"}, "nothing comes back by itself"
    offer = seen.tab.draft.offer
    assert offer.isVisible()
    assert ["Documento", "", "Guia 12-2024"] in offer.differences.as_seen()[1]
    offer.take_button.click()
    assert not offer.isVisible()
    assert seen.cells() == typed
    assert seen.at() == "day"
    assert seen.tab.has_unsaved()
    assert kept(box, kardex_office) is not None, "it is not registered yet"
    seen.keys(Key.Key_Return)
    assert [line.ranges_text for line in seen.lines()] == ["004501-005000"]
    assert kept(box, kardex_office) is None


def test_what_cannot_be_read_comes_back_as_it_was_typed(clerk, power_cut):
    clerk.keys("|rec|FSU|quien sabe||45x")
    seen = power_cut()
    seen.tab.draft.offer.take_button.click()
    assert (seen.cells()["source"], seen.cells()["first"]) == ("quien sabe", "45x")
    seen.keys(Key.Key_Return)
    assert not seen.lines()
    assert "«quien sabe»" in seen.row.message.text()


def test_the_observation_comes_back_where_it_is_seen(clerk, power_cut):
    clerk.keys("|rec|FSU", Key.Key_F7, "Dos cajas mojadas")
    seen = power_cut()
    seen.tab.draft.offer.take_button.click()
    assert seen.row.fields["note"].isVisible()
    assert seen.cells()["note"] == "Dos cajas mojadas"


def test_registering_or_emptying_keeps_nothing(clerk, box, kardex_office):
    clerk.keys(TYPED)
    clerk.tab.draft.keep()
    assert kept(box, kardex_office) is not None
    clerk.keys(Key.Key_Return)
    assert kept(box, kardex_office) is None, "at once: what was registered is never offered"
    clerk.keys("|dis|FSU")
    clerk.tab.draft.keep()
    assert kept(box, kardex_office) is not None
    clerk.keys(Key.Key_Escape)
    if clerk.tab.has_unsaved():  # the first one closed the list of proposals
        clerk.keys(Key.Key_Escape)
    clerk.tab.draft.keep()
    assert kept(box, kardex_office) is None
    clerk.keys("-")
    clerk.tab.draft.keep()
    assert kept(box, kardex_office) is None, "the date alone is no movement"


def test_a_dni_is_masked_in_every_field(clerk, box, kardex_office):
    clerk.keys("|rec|FSU|40000099||40000099|||Guia 40000099.", Key.Key_F7, "DNI40000099")
    clerk.tab.draft.keep()
    found = kept(box, kardex_office)
    assert {one.name for one in found.fields} >= {"source", "first", "document", "note"}
    assert not any("40000099" in text for one in found.fields for text in (one.typed, one.after))
    assert "4*****99" in next(one.typed for one in found.fields if one.name == "note")


def test_a_form_of_eight_figures_keeps_its_number(clerk, box, kardex_office, do):
    [form_type] = [
        one for one in catalogue.list_types(clerk.desk.db, kardex_office.campaign) if one.code == "FSU"
    ]
    do(catalogue.save_type, form_type=replace(form_type, number_width=8))
    clerk.page.reload()
    clerk.keys("|rec|FSU|ente||00004501")
    clerk.tab.draft.keep()
    assert "00004501" in [one.typed for one in kept(box, kardex_office).fields]


def test_a_row_with_something_in_it_is_not_written_over(clerk, power_cut, box, kardex_office):
    clerk.keys(TYPED)
    seen = power_cut()
    seen.keys("|dis|FSU|")
    mine = seen.cells()
    seen.tab.draft.keep()
    seen.tab.draft.offer.take_button.click()
    assert seen.cells() == mine
    assert "vacíela con Esc" in seen.row.message.text()
    assert seen.tab.draft.offer.isVisible()
    assert any(one.typed == "Guia 12-2024" for one in kept(box, kardex_office).fields)
    seen.row.cancel()
    seen.tab.draft.offer.take_button.click()
    assert seen.cells()["document"] == "Guia 12-2024"


def test_an_offer_that_was_not_answered_stays(clerk, power_cut, box, kardex_office):
    clerk.keys(TYPED)
    seen = power_cut()
    seen.tab.draft.leave()
    assert kept(box, kardex_office) is not None
    seen.tab.draft.follow(f"kardex:row:{kardex_office.campaign}")
    seen.tab.draft.leave()  # before it could be painted
    assert kept(box, kardex_office) is not None


def test_what_is_not_wanted_goes_after_a_question(clerk, power_cut, box, kardex_office, monkeypatch):
    clerk.keys(TYPED)
    seen = power_cut()
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    seen.tab.draft.offer.drop_button.click()
    assert not seen.tab.draft.offer.isVisible()
    assert kept(box, kardex_office) is None


def test_a_foreign_field_brings_nothing(clerk, power_cut):
    clerk.keys(TYPED)
    seen = power_cut()
    found = seen.tab.draft.offer._draft
    one = found.fields[0]
    strange = (replace(one, name="otro"), replace(one, name="kind", typed=True), replace(one, name="42"))
    seen.tab.draft.take(replace(found, fields=strange))
    assert seen.cells() == {"day": "08/03/2024"}


def test_who_only_looks_is_offered_nothing(clerk, power_cut, qtbot, box, kardex_office):
    clerk.keys(TYPED)
    power_cut()
    page = KardexPage(replace(clerk.desk, actor=Actor("lector", rights=frozenset({"pages.read"}))))
    qtbot.addWidget(page)
    page.show()
    clerk.desk.tasks.wait_idle()
    assert page.tab().draft.offer is None
    assert kept(box, kardex_office) is not None


def test_the_offer_stands_whole_above_the_row(clerk, power_cut):
    clerk.keys(TYPED)
    seen = power_cut()
    QApplication.processEvents()
    offer = seen.tab.draft.offer
    assert offer.geometry().bottom() < seen.row.geometry().top()
    assert offer.height() >= offer.heightForWidth(offer.width())
    assert seen.row.geometry().bottom() <= seen.tab.height()


@pytest.mark.parametrize("error", [ValueError("fecha"), DatabaseUnavailable("La base no responde.")])
@pytest.mark.parametrize(("module", "read"), [(kardex_page, "_load"), (register_tab, "load_register")])
def test_a_kardex_that_did_not_come_is_not_done(desk, qtbot, kardex_office, monkeypatch, error, module, read):
    told: list[object] = []
    monkeypatch.setattr(crash_dialog, "report_crash", lambda error, *_rest: told.append(error))
    monkeypatch.setattr(messages, "show_error", lambda *_said: told.append(error))

    def fails(*_args, **_more):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(module, read, fails)
        page = KardexPage(desk)
        qtbot.addWidget(page)
        page.show()
        assert page.next_step() is None, "while it is fetched"
        desk.tasks.wait_idle()
    assert told == [error]
    step = page.next_step()
    assert step.title == "No se pudo leer el kardex"
    if page.tab() is not None:
        assert page.tab().list.empty.isVisible()
        assert page.tab().list.empty.button.text() == step.button
    step.run()
    desk.tasks.wait_idle()
    assert page.next_step().title != step.title
    assert "No se pudo" not in page.tab().list.empty.label.text()
