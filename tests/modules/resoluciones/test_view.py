"""The page of resoluciones over the real services; the whole way to six signatures is in test_view_signing.py."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from searching import found

from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import SignerRole, State
from sisfoh_desktop.modules.resoluciones.view.dialogs import PlaceDialog
from sisfoh_desktop.modules.resoluciones.view.new_act import NewDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason
from sisfoh_desktop.qtkit.sign_dialog import SignChoice, SignDialog
from sisfoh_desktop.qtkit.theme import theme

Key = Qt.Key


# --- list ---


def test_an_empty_office_is_told_where_acts_come_from(screen):
    seen = screen()
    assert "Todavía no hay resoluciones" in seen.page.list.empty_label.text()
    assert seen.page.next_step().button == "Nueva resolución"
    seen.page.list.empty_button.click()
    seen.settle()
    assert "Todavía no hay expedientes" in seen.refusals()[0]


def test_a_new_act_is_redacted_from_an_expediente_with_its_usual_answers(screen, case, db):
    seen = screen()
    seen.will(NewDialog)
    assert seen.page.new_record()
    seen.settle()
    assert "PLAN DE PRUEBA 2024" in seen.said[0]
    assert "4 documentos" in seen.said[0]
    made = seen.page.record.act
    assert (made.dated, made.state) == (date(2024, 3, 8), State.DRAFT)
    assert seen.page.record_open
    assert [row[:1] + row[3:] for row in seen.page.list.as_seen()[1]] == [
        ["Sin número", "Borrador", "", "Terminar el borrador"]
    ]


def test_the_list_tells_how_far_each_round_has_come(screen, case, archive):
    resolucion_id = case.draft()
    service.freeze_resolucion(
        case.db, archive, actor=case.desk["actor"], now=case.desk["now"],
        resolucion_id=resolucion_id, expected_version=1,
    )  # fmt: skip
    seen = screen()
    assert [row[:1] + row[3:] for row in seen.page.list.as_seen()[1]] == [
        ["091-2024-GM/MPP", "Congelada", "0 de 4", "Abog. HUAMÁN PEÑA MARÍA ROSA"]
    ]
    assert seen.page.next_step().button == "Abrir para firmar"
    assert [hit.record_id for hit in found(seen.desk, "resoluciones", "091-2024")] == [resolucion_id]
    assert found(seen.desk, "resoluciones", "nada de esto") == []


def test_enter_opens_the_chosen_act_and_esc_steps_back(screen, case):
    case.draft()
    seen = screen()
    seen.key(seen.page.list.view, Key.Key_Return)
    record = seen.page.record
    assert seen.page.record_open
    names = [row[0] for row in record.text.list.as_seen()[1]]
    assert names[0] == "Vistos"
    assert names[-5:] == [
        "Artículo segundo",
        "Artículo tercero",
        "Artículo cuarto",
        "Cierre",
        "Con copia (C.c.)",
    ]
    seen.key(record.text.list.view, Key.Key_Return)
    assert record.text.panel.editor.hasFocus()
    assert seen.page.cancel()
    assert record.text.list.view.hasFocus()
    assert seen.page.cancel()
    assert not seen.page.record_open
    assert not seen.page.cancel()


# --- before the freeze ---


def test_what_stops_the_freeze_is_the_reason_and_leads_to_its_place(draft, case, db):
    record = draft.page.record
    act = service.load_resolucion(db, draft.id)
    blocks = list(act.blocks)
    blocks[1] = replace(blocks[1], text="Que, {plan.ghost}.")
    late = replace(act, blocks=tuple(blocks), dated=act.dated + timedelta(days=30))
    service.save_resolucion(**case.desk, resolucion=late, expected_version=act.version)
    draft.page.reload()
    draft.settle()
    step = draft.page.next_step()
    assert (step.button, step.enabled) == ("Congelar y numerar", False)
    assert "todavía no llega" in step.reason
    assert "1 más" in step.reason
    assert not draft.page.freeze_action.isEnabled()
    draft.key(record.text.list.view, Key.Key_F9)
    assert record.tabs.currentWidget() is record.findings
    assert record.findings.list.as_seen()[1][1][1] == "Considerando 1"
    record.findings.list.select(record.findings.list.rows()[1].key)
    draft.key(record.findings.list.view, Key.Key_Return)
    assert record.tabs.currentWidget() is record.text
    assert "usa un dato" in record.text.panel.problems.text().lower()


def test_documents_registered_later_are_brought_into_the_text(draft, case, db):
    case.register("OGPP", "GM", "777-2024-OGPP/MPP", date(2024, 3, 6))
    draft.page.reload()
    draft.settle()
    assert "no cuenta un documento" in draft.page.next_step().text
    draft.will(MessageDialog)
    draft.page.bring_action.trigger()
    draft.settle()
    told = [block.text for block in service.load_resolucion(db, draft.id).blocks]
    key = expedientes.load_expediente(db, case.expediente_id).documents[-1].key
    assert any(f"{{doc.{key}.cite}}" in text for text in told)


def test_the_round_is_chosen_and_ordered_while_it_is_a_draft(draft, case, db):
    record = draft.page.record
    record.tabs.setCurrentWidget(record.signers)
    units = [row[2] for row in record.signers.list.as_seen()[1]]
    record.signers.list.select(1)
    draft.key(record.signers.list.view, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [row[2] for row in record.signers.list.as_seen()[1]] == [units[1], units[0], *units[2:]]
    draft.will(MessageDialog)
    draft.key(record.signers.list.view, Key.Key_Delete)
    draft.fill(PlaceDialog, unit_id=case.units["OGAJ"], role=SignerRole.AUTHOR)
    record.signers.list.select(1)
    record.signers.edit()
    draft.page.save()
    draft.settle()
    places = service.load_resolucion(db, draft.id).places
    assert places[-1].role is SignerRole.AUTHOR
    assert sum(place.role is SignerRole.AUTHOR for place in places) == 1


def test_the_page_shows_the_draft_as_it_stands_unsaved(draft, text_of):
    record = draft.page.record
    record.text.list.select(1)
    draft.qtbot.keyClicks(record.text.panel.editor, "INEDITO ")
    record.tabs.setCurrentWidget(record.page)
    draft.qtbot.waitUntil(lambda: record.page.pane is not None and record.page.pane.pages > 0)
    draft.settle()
    words = text_of(record.page.pane.pdf)
    assert "INEDITO" in words
    assert "PROYECTO" in words
    assert draft.page.preview()
    draft.settle()
    preview = draft.shown(PreviewDialog)
    assert "borrador" in preview.windowTitle()
    preview.close()


# --- freeze, sign, verify ---


def test_freezing_names_the_number_and_annulling_gives_the_draft_back(draft, case, db):
    record = draft.page.record
    draft.step()
    assert record.saved.state is State.DRAFT
    assert papers.number_register(db, case.series_id, 2024)[-1].last == 90
    draft.will(MessageDialog)
    draft.step()
    assert "091-2024-GM/MPP" in draft.said[-1]
    assert record.saved.state is State.FROZEN
    assert record.text.panel.editor.isReadOnly()
    assert record.tabs.currentWidget() is record.signers
    assert not record.text.add_action.isEnabled()
    assert "Le toca firmar" in record.signers.list.as_seen()[1][0]
    draft.fill(SavingReason, reason="Error en la fecha")
    draft.page.annul_action.trigger()
    draft.settle()
    assert record.saved.state is State.DRAFT
    assert not record.text.panel.editor.isReadOnly()
    register = papers.number_register(db, case.series_id, 2024)
    assert register[-1].state is NumberState.ANNULLED


@pytest.mark.parametrize("fault", ["password", "file"])
def test_a_certificate_that_cannot_be_used_gives_its_sentence_and_changes_nothing(
    draft, pki, tmp_path, monkeypatch, fault
):
    path = tmp_path / "firma.p12"
    path.write_bytes(pki.person("HUAMÁN PEÑA MARÍA ROSA", "40000002"))
    draft.will(MessageDialog)
    draft.step()
    choice = SignChoice("p12", "otra clave" if fault == "password" else pki.password, path=str(path))
    if fault == "file":
        path.unlink()
    monkeypatch.setattr(SignDialog, "ask", lambda *_args, **_more: choice)
    draft.step()
    said = draft.refusals()
    assert len(said) == 1
    assert "contraseña" in said[0] if fault == "password" else "No se pudo leer" in said[0]
    paper = draft.page.record.data.view.paper
    assert all(signer.signed_at is None for signer in paper.signers)
    assert draft.page.next_step().enabled


# --- manners ---


def test_models_keep_qt_s_rules(draft, qtmodeltester):
    record = draft.page.record
    for table in (draft.page.list, record.text.list, record.signers.list, record.findings.list):
        qtmodeltester.check(table.model)


@pytest.mark.parametrize("frozen", [False, True])
def test_letters_are_taken_once_and_every_control_has_a_name(draft, frozen):
    if frozen:
        draft.will(MessageDialog)
        draft.step()
    buttons = [one for one in draft.page.findChildren(QAbstractButton) if one.isVisible()]
    tabs = draft.page.record.tabs
    texts = [one.text() for one in buttons]
    texts += [tabs.tabText(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]
    texts += [action.text() for action in draft.page.page_actions()[:3]]
    letters = [letter for text in texts for letter in letters_of([text])]
    assert len(letters) == len(set(letters))
    assert all(one.accessibleName() or one.text() for one in buttons)
    assert draft.page.record.text.panel.editor.accessibleName() == "Texto de Vistos"


def test_the_list_of_parts_widens_with_the_letters(draft, qapp):
    theme().start(qapp, "light")
    listed = draft.page.record.text.list
    draft.page.resize(1040, 640)
    draft.settle()
    before = listed.width()
    try:
        theme().set_scale(140)
        draft.settle()
        assert listed.width() > 1.3 * before
        assert listed.view.horizontalScrollBar().maximum() == 0
    finally:
        theme().set_scale(100)
    draft.settle()
    assert abs(listed.width() - before) <= 2


def test_the_page_stands_beside_the_text_where_there_is_room(draft):
    record = draft.page.record
    assert record.tabs.indexOf(record.page) >= 0
    draft.page.resize(1500, 800)
    draft.settle()
    assert record.tabs.indexOf(record.page) < 0
    assert record.page.isVisible()
    draft.page.resize(880, 640)
    draft.settle()
    assert record.tabs.indexOf(record.page) >= 0
