"""The tab of findings over the real services: seen by F9, gone to by Enter, accepted with a reason, taken back."""

from dataclasses import replace

import pytest
from filling import AWAY, fills, loses_the_base_once
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from sisfoh_desktop.modules.resoluciones import rules, service
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.modules.resoluciones.view.review_flows import select_excerpt
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.saving_reason import SavingReason

Key = Qt.Key


@pytest.fixture
def settle(practice_desk):
    def wait():
        for _ in range(5):
            practice_desk.tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def page(qtbot, practice_desk, settle):
    made = ResolucionesPage(practice_desk)
    qtbot.addWidget(made)
    practice_desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
    made.resize(1100, 700)
    made.show()
    made.activateWindow()
    settle()
    return made


@pytest.fixture
def opened(page, practice_db, settle):
    """Opens the draft of the practice office, or its frozen act."""

    def open_act(state: State):
        line = next(one for one in service.list_resoluciones(practice_db) if one.state is state)
        page.show_record("resoluciones", line.id)
        settle()
        return line.id

    return open_act


def chips(page) -> list[str]:
    return [row[0] for row in page.record.findings.list.as_seen()[1]]


def choose(page, code: str, word: str = ""):
    findings = page.record.findings.list
    row = next(one for one in findings.rows() if one.key[0] == code and word in one.sentence)
    findings.select(row.key)
    return row


def test_f9_lists_what_stops_the_freeze_then_what_is_doubtful_then_style(qtbot, page, opened):
    opened(State.DRAFT)
    qtbot.keyClick(page.record.text.list.view, Key.Key_F9)
    assert page.record.tabs.currentWidget() is page.record.findings
    assert page.record.findings.list.view.hasFocus()
    seen = chips(page)
    assert seen == ["Impide"] * 7 + ["Aviso"] * 6 + ["Estilo"] * 11
    assert page.record.tabs.tabText(page.record.tabs.indexOf(page.record.findings)) == "&Observaciones (24)"
    step = page.next_step()
    assert not step.enabled
    assert "6 más" in step.reason


def test_enter_goes_to_the_words_and_again_to_the_next_place(qtbot, page, opened, settle):
    opened(State.DRAFT)
    record = page.record
    choose(page, "unit_name_differs")
    qtbot.keyClick(record.findings.list.view, Key.Key_Return)
    assert record.tabs.currentWidget() is record.text
    assert record.text.list.selected().name == "Artículo tercero"
    assert record.text.panel.editor.textCursor().selectedText() == (
        "Sub Gerencia de Desarrollo Social y Participación Social"
    )
    choose(page, "document_registry_differs")
    parts = []
    for _ in range(2):
        record.findings.list.activated.emit(record.findings.list.selected())
        parts.append(record.text.list.selected().name)
    assert parts == ["Vistos", "Considerando 10"]
    asked = []
    page.open_record.connect(lambda kind, record_id: asked.append((kind, record_id)))
    record.findings.list.activated.emit(record.findings.list.selected())
    assert asked == [("expedientes", record.data.view.expediente.id)], (
        "the third place is the document itself"
    )
    record.findings.list.activated.emit(record.findings.list.selected())
    assert record.text.list.selected().name == "Vistos", "and round again"


def test_a_datum_that_holds_the_words_is_selected_whole(page, opened):
    opened(State.DRAFT)
    choose(page, "document_number_differs")
    page.record.findings.list.activated.emit(page.record.findings.list.selected())
    cursor = page.record.text.panel.editor.textCursor()
    assert cursor.selectedText() == "\ufffc"
    assert not select_excerpt(page.record.text.panel.editor, "no está en ninguna parte", {})
    assert not select_excerpt(page.record.text.panel.editor, "", {})


def test_places_outside_the_text_open_their_page(page, opened):
    opened(State.DRAFT)
    asked = []
    page.open_record.connect(lambda kind, _id: asked.append(kind))
    choose(page, "period_before_approval")
    page.record.findings.list.activated.emit(page.record.findings.list.selected())
    choose(page, "publisher_not_in_annex")
    for _ in range(2):
        page.record.findings.list.activated.emit(page.record.findings.list.selected())
    choose(page, "unit_name_differs")
    for _ in range(2):
        page.record.findings.list.activated.emit(page.record.findings.list.selected())
    assert asked == ["plans", "responsibilities", "office"]


def test_accepted_with_a_reason_it_stays_in_sight_with_who_and_why(page, opened, settle, monkeypatch):
    draft = opened(State.DRAFT)
    findings = page.record.findings
    row = choose(page, "amount_malformed")
    met = loses_the_base_once(
        monkeypatch, page.desk.tasks, SavingReason, page.desk.db, "run_once", reason="Así vino el oficio"
    )
    findings.accept_action.trigger()
    settle()
    assert [(one.title, one.refusal, one.kept["reason"]) for one in met] == [
        ("Aceptar la observación", AWAY, "Así vino el oficio")
    ]
    seen = chips(page)
    assert (seen.count("Impide"), seen[-1]) == (6, "Aceptada")
    assert findings.list.selected().weight == "Impide", "on to the next"
    findings.list.select(row.key)
    assert "La aceptó prueba el 08/03/2024: «Así vino el oficio»" in findings.detail.text()
    assert not findings.accept_action.isEnabled()
    assert findings.withdraw_action.isEnabled()
    met = fills(monkeypatch, page.desk.tasks, SavingReason)  # taking back needs no reason
    findings.withdraw_action.trigger()
    settle()
    assert "La aceptó prueba: «Así vino el oficio»." in met[0].told
    assert chips(page).count("Impide") == 7
    assert [one.withdrawn for one in service.list_acceptances(page.desk.db, draft)] == [False, True]


def test_an_acceptance_needs_its_reason(page, opened, settle, monkeypatch):
    opened(State.DRAFT)
    choose(page, "amount_malformed")
    met = fills(monkeypatch, page.desk.tasks, SavingReason, reason="  ")
    page.record.findings.accept_action.trigger()
    settle()
    assert "Motivo" in met[0].refusal
    assert "Aceptada" not in chips(page)


def test_given_up_nothing_changes(page, opened, settle, monkeypatch):
    opened(State.DRAFT)
    choose(page, "amount_malformed")
    fills(monkeypatch, page.desk.tasks, SavingReason, leave=True)
    page.record.findings.accept_action.trigger()
    settle()
    assert "Aceptada" not in chips(page)


def test_what_is_typed_and_not_saved_must_be_saved_first(page, opened, settle, monkeypatch):
    said = []
    monkeypatch.setattr(
        "sisfoh_desktop.modules.resoluciones.view.review_flows.show_error", lambda *told: said.append(told[1])
    )
    opened(State.DRAFT)
    choose(page, "amount_malformed")
    page.record.text.panel.editor.insertPlainText("algo ")
    page.record.findings.accept_action.trigger()
    settle()
    assert "Guarde primero" in said[0]


def test_a_finding_that_somebody_cured_meanwhile_is_refused_in_a_sentence(
    page, opened, settle, practice_db, practice_desk, now, monkeypatch
):
    draft = opened(State.DRAFT)
    choose(page, "unit_name_differs")

    def cured(_dialog):
        act = service.load_resolucion(practice_db, draft)
        place = next(i for i, block in enumerate(act.blocks) if "Participación Social" in block.text)
        fixed = act.blocks[place].text.replace("Participación Social", "Participación Vecinal")
        practice_desk.tasks.run_change(
            lambda: service.save_resolucion(
                practice_db,
                actor=practice_desk.actor,
                now=now,
                resolucion=replace(act, blocks=rules.rewritten(act.blocks, place, fixed)),
                expected_version=act.version,
            ),
            set(),
        )

    met = fills(monkeypatch, practice_desk.tasks, SavingReason, act=cured, reason="Así consta")
    page.record.findings.accept_action.trigger()
    settle()
    assert "ya no existe" in met[0].refusal
    assert met[0].kept["reason"] == "Así consta"


def test_of_a_frozen_act_the_findings_are_only_read(qtbot, page, opened, settle):
    opened(State.FROZEN)
    qtbot.keyClick(page.record.signers.list.view, Key.Key_F9)
    findings = page.record.findings
    assert page.record.tabs.currentWidget() is findings
    assert chips(page).count("Aceptada") == 7
    assert not findings.accept_action.isEnabled()
    assert not findings.withdraw_action.isEnabled()
    assert "congelado" in findings.note.text()
    assert page.next_step().enabled


def test_no_two_buttons_on_view_share_a_letter(page, opened):
    opened(State.DRAFT)
    page.record.show_findings()
    buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    tabs = page.record.tabs
    texts = [one.text() for one in buttons]
    texts += [tabs.tabText(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]
    texts += [action.text() for action in page.page_actions()[:3]]
    letters = [letter for text in texts for letter in letters_of([text])]
    assert len(letters) == len(set(letters)), sorted(letters)
