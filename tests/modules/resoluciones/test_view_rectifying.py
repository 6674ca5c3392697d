"""Rectifying from the page: a signed act's own words, the draft that opens, the chain in both heads."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton
from searching import found

from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import MaterialError, SignerRole, State
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.modules.resoluciones.view.rectify_dialog import RectifyDialog
from sisfoh_desktop.qtkit.mnemonics import letters_of


@pytest.fixture
def signed(case, archive, pki):
    """An act with one signature, its author's."""
    resolucion_id = case.draft()
    act = service.load_resolucion(case.db, resolucion_id)
    author = tuple(place for place in act.places if place.role is SignerRole.AUTHOR)
    service.save_resolucion(**case.desk, resolucion=replace(act, places=author), expected_version=act.version)
    service.freeze_resolucion(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=resolucion_id,
        expected_version=act.version + 1,
    )
    paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
    signer = open_pkcs12(pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"), pki.password)
    service.sign_resolucion(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=resolucion_id,
        signer_id=paper.signers[0].id,
        expected_version=paper.version,
        open_signer=lambda: nullcontext(signer),
    )
    return resolucion_id


@pytest.fixture
def page(desk, qtbot, signed):
    made = ResolucionesPage(desk)
    qtbot.addWidget(made)
    desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
    made.resize(1000, 700)
    made.show()
    made.show_record("resoluciones", signed)
    settle(desk)
    return made


def settle(desk):
    for _ in range(6):
        desk.tasks.wait_idle()


def test_from_the_printed_words_to_a_draft_and_back_through_the_chain(desk, page, signed, monkeypatch):
    def rectify(dialog):
        cursor = dialog.printed.editor.textCursor()
        start = dialog.printed.editor.toPlainText().index("10784-2024")
        cursor.setPosition(start)
        cursor.setPosition(start + len("10784-2024"), QTextCursor.MoveMode.KeepAnchor)
        dialog.printed.editor.setTextCursor(cursor)
        dialog.take_selected()
        dialog.form.fields["must_say"].set_value("16784-2024")
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(RectifyDialog, "exec", rectify)
    assert page.rectify.rectify_action in page.page_actions()
    page.rectify.rectify_action.trigger()
    settle(desk)
    draft = page.record.saved
    assert draft.state is State.DRAFT
    assert draft.id != signed
    assert page.record.header.chain.words() == ["Rectifica la N° 091-2024-GM/MPP"]
    assert service.rectifications_of(desk.db, draft.id).errors == (
        MaterialError("los vistos", "10784-2024", "16784-2024"),
    )
    page.record.header.chain.links[0].click()
    settle(desk)
    assert page.record.saved.id == signed
    assert page.record.header.chain.words() == ["Rectificación en borrador"]
    page.cancel()
    settle(desk)
    rows = {row[0]: row[1] for row in page.list.as_seen()[1]}
    assert rows["091-2024-GM/MPP"].startswith("En rectificación: ")
    assert rows["Sin número"].startswith("Rectificación de error material")
    assert signed in [hit.record_id for hit in found(desk, "resoluciones", "en rectificación")]


def test_the_errors_of_a_draft_are_changed_in_the_same_dialog(desk, page, case, archive, signed, monkeypatch):
    draft = service.create_rectification(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=signed,
        errors=[MaterialError("los vistos", "10784-2024", "16784-2024")],
    )
    page.show_record("resoluciones", draft)
    settle(desk)

    def change(dialog):
        assert dialog.has_unsaved() is False
        dialog.list.select(0)
        dialog.remove_error()
        dialog.form.set_values(
            {"where": "el artículo 1", "says": "S/ 312 656.00", "must_say": "S/ 312 665.00"}
        )
        assert dialog.add_error()
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(RectifyDialog, "exec", change)
    assert page.rectify.errors_action.isEnabled()
    page.rectify.errors_action.trigger()
    settle(desk)
    assert [one.says for one in service.rectifications_of(desk.db, draft).errors] == ["S/ 312 656.00"]
    assert any("312 665.00" in block.text for block in page.record.saved.blocks)


def test_what_the_act_did_not_print_is_refused_and_nothing_typed_is_lost(desk, page, archive, signed):
    source = service.rectifiable_act(desk.db, archive, signed, date(2024, 3, 8))
    dialog = RectifyDialog(desk, source, parent=page)
    dialog.try_submit()
    assert dialog.form.fields["says"].error
    dialog.form.set_values({"says": "lo que nunca dijo", "must_say": "otra cosa"})
    dialog.try_submit()
    settle(desk)
    assert "no está en lo que imprimió" in dialog.banner.label.text()
    assert dialog.list.rows()[0].error.says == "lo que nunca dijo"
    assert dialog.base.fields["base"].value().startswith("el artículo 212 del Texto Único Ordenado")


def test_a_draft_or_an_act_without_chain_has_no_such_order(desk, page, case):
    page.show_record("resoluciones", case.draft())
    settle(desk)
    assert page.rectify.actions() == []
    assert page.record.header.chain.isHidden()


def test_no_letter_is_used_twice_in_the_dialog(desk, page, archive, signed):
    source = service.rectifiable_act(desk.db, archive, signed, date(2024, 3, 8))
    dialog = RectifyDialog(desk, source, parent=page)
    forms = (dialog.where, dialog.form, dialog.base)
    texts = [field.label.text() for form in forms for field in form.fields.values()]
    texts += [button.text() for button in dialog.findChildren(QAbstractButton)]
    marked = [one for one in texts if letters_of([one])]
    assert len(letters_of(marked)) == len(marked)
