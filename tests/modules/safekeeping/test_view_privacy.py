"""The tab "Datos personales" as somebody uses it."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import SECURITY_KIND
from sisfoh_desktop.modules.safekeeping.service import privacy
from sisfoh_desktop.modules.safekeeping.view.privacy_dialogs import BankDialog
from sisfoh_desktop.modules.safekeeping.view.privacy_emit import EmitDialog
from sisfoh_desktop.modules.safekeeping.view.privacy_tab import PrivacyTab
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog
from sisfoh_desktop.qtkit.preview import PreviewDialog


@pytest.fixture
def open_tab(qtbot):
    def make(desk) -> PrivacyTab:
        tab = PrivacyTab(desk)
        qtbot.addWidget(tab)
        tab.resize(1000, 700)
        tab.show()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return make


def dialog_of(tab, kind, tasks):
    tasks.wait_idle()
    return next(one for one in tab.findChildren(kind) if one.isVisible())


def test_it_tells_what_is_missing_and_what_the_base_holds(open_tab, practice_desk):
    tab = open_tab(practice_desk)
    assert tab.facts["Oficial"].text() == "Pendiente"
    assert tab.chip.word == "Incompleto"
    assert "código de inscripción" in tab.gaps.text()
    assert tab.next_step().button == "Datos del banco…"
    rows = {row[0]: row for row in tab.inventory.as_seen()[1]}
    assert "DNI" in rows["Tenedores de formularios"][2]
    assert rows["Tenedores de formularios"][4] == "11"
    assert "Sí" in rows["Ausencias de los usuarios"][3]
    assert [row[0] for row in tab.places.as_seen()[1]] == [
        "Archivo de papeles",
        "Borradores",
        "Registro técnico",
        "Respaldos",
    ]
    tab.inventory.select("kardex_holder")
    assert "DNI (DNI de la persona)" in tab.detail.text()
    assert "Para qué:" in tab.detail.text()


def test_the_bank_is_described_and_the_next_step_moves_on(open_tab, practice_desk):
    tab = open_tab(practice_desk)
    tab.bank_action.trigger()
    dialog = dialog_of(tab, BankDialog, practice_desk.tasks)
    dialog.try_submit()
    assert dialog.isVisible()
    dialog.form.set_values(
        {
            "name": "Banco <i>uno</i>",
            "registration": "RNPDP 1",
            "officer_name": "Ana Prueba",
            "officer_contact": "datos@muni.test",
            "purposes": "Empadronar",
            "recipients": "Nadie",
            "measures": "Llave",
        }
    )
    dialog.try_submit()
    practice_desk.tasks.wait_idle()
    assert privacy.load_bank(practice_desk.db).version == 1
    tab.reload()
    practice_desk.tasks.wait_idle()
    assert tab.facts["Banco de datos"].text() == "Banco <i>uno</i>"
    assert tab.chip.word == "Completo"
    assert tab.next_step().button == "Documento de seguridad…"


def test_what_a_colleague_saved_meanwhile_is_compared_field_by_field(
    open_tab, practice_desk, now, monkeypatch
):
    tab = open_tab(practice_desk)
    tab.edit_bank()
    dialog = dialog_of(tab, BankDialog, practice_desk.tasks)
    theirs = DataBank("Banco", officer_name="Rosa")
    privacy.save_bank(practice_desk.db, actor=Actor("rosa"), now=now, bank=theirs, expected_version=0)
    seen = []

    def ask(clashes, **_told):
        seen.extend(clash.key for clash in clashes)

    monkeypatch.setattr(ConflictDialog, "ask", ask)
    dialog.form.set_values({"name": "Banco mío"})
    dialog.try_submit()
    practice_desk.tasks.wait_idle()
    assert seen == ["0.name", "0.officer_name"]
    assert dialog.isVisible()
    assert dialog.form.value("name") == "Banco mío"
    assert privacy.load_bank(practice_desk.db) == replace(theirs, version=1)
    dialog.form.mark_saved()
    dialog.reject()


def test_the_security_document_is_looked_at_and_emitted(open_tab, practice_desk, qtbot):
    tab = open_tab(practice_desk)
    tab.security_action.trigger()
    dialog = dialog_of(tab, EmitDialog, practice_desk.tasks)
    assert dialog.form.value("mask") == "001-2024-DS-ULE/MPT"
    dialog.try_submit()
    assert dialog.isVisible()  # nobody was chosen to sign
    day = practice_desk.clock.now().date()
    dialog.form.set_values({"signer": office.officer_choices(practice_desk.db, day)[0][0]})
    dialog.preview_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(PreviewDialog)), timeout=15_000)
    dialog.findChildren(PreviewDialog)[0].close()
    dialog.try_submit()
    practice_desk.tasks.wait_idle()
    (paper,) = papers.list_papers(practice_desk.db, kinds=[SECURITY_KIND])
    assert paper.number_text == "001-2024-DS-ULE/MPT"


def test_the_notice_is_shown_and_the_description_copied(open_tab, practice_desk, qtbot):
    tab = open_tab(practice_desk)
    tab.notice_action.trigger()
    qtbot.waitUntil(lambda: bool(tab.findChildren(PreviewDialog)), timeout=15_000)
    tab.findChildren(PreviewDialog)[0].close()
    tab.copy_action.trigger()
    practice_desk.tasks.wait_idle()
    assert "Denominación del banco: Pendiente" in QApplication.clipboard().text()


def test_without_the_right_it_is_only_read(open_tab, practice_desk):
    practice_desk.actor = Actor("luis", rights=frozenset({"pages.read"}))
    tab = open_tab(practice_desk)
    seen = [action.text() for action in tab.actions_of_tab() if action.isVisible()]
    assert seen == [
        "A&viso de privacidad",
        "Descripción para inscribir",
        "Copiar la descripción",
        "Historial",
    ]
    assert tab.next_step() is None
