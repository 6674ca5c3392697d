"""The page on the practice case, by keyboard: from the draft to six signatures, verified."""

import pytest
from filling import fills
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.report_dialog import ReportDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason
from sisfoh_desktop.qtkit.sign_dialog import SignChoice, SignDialog


@pytest.fixture
def settle(practice_desk):
    """Wait for the worker and for what its answers start."""

    def wait():
        for _ in range(5):
            practice_desk.tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def page(qtbot, practice_desk, settle, monkeypatch):
    """The page as the window holds it; every question is answered with its verb."""
    monkeypatch.setattr(MessageDialog, "exec", lambda dialog: QDialog.DialogCode.Accepted)
    made = ResolucionesPage(practice_desk)
    qtbot.addWidget(made)
    practice_desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
    made.resize(880, 640)
    made.show()
    made.activateWindow()
    settle()
    return made


def shown(dialog_class):
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, dialog_class) and one.isVisible()
    ]


def accept_as_it_is(qtbot, page, settle, monkeypatch):
    """F9 and, on each finding that blocks, "Aceptar con motivo"."""
    findings = page.record.findings
    fills(monkeypatch, page.desk.tasks, SavingReason, reason="Así consta en el documento original")
    qtbot.keyClick(page.record.text.list.view, Qt.Key.Key_F9)
    while findings.list.rows()[0].weight == "Impide":
        findings.list.select(findings.list.rows()[0].key)
        findings.accept_action.trigger()
        settle()
    assert [row[0] for row in findings.list.as_seen()[1]].count("Aceptada") == 7


def test_from_the_practice_draft_to_six_signatures_verified(
    qtbot, page, settle, practice_desk, pki, tmp_path, monkeypatch
):
    record = page.record
    page.list.set_filter("Sin número")
    page.list.select(page.list.model.fact(0).id)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    settle()
    assert record.saved.state is State.DRAFT
    assert page.next_step().button == "Congelar y numerar"
    assert not page.next_step().enabled, "the source's contradictions are seen to first"
    accept_as_it_is(qtbot, page, settle, monkeypatch)
    assert page.next_step().enabled
    page.next_step().run()
    settle()
    number = NumberMask(papers.list_series(practice_desk.db)[0].mask).format(92, 2024)
    assert (record.saved.number_text, record.saved.state) == (number, State.FROZEN)

    asked = []

    def ask(_parent, what, *, details="", **_more):
        asked.append((what, details))
        path = tmp_path / f"{len(asked)}.p12"
        path.write_bytes(pki.person(f"PERSONA DE PRUEBA {len(asked)}", f"4000000{len(asked)}"))
        return SignChoice("p12", pki.password, path=str(path))

    monkeypatch.setattr(SignDialog, "ask", ask)
    for turn in range(6):
        assert page.next_step().title.startswith("Firmar: sigue")
        states = [row[-2] for row in record.signers.list.as_seen()[1]]
        assert [state.split()[0] for state in states].count("Firmó") == turn
        page.next_step().run()
        settle()
        assert shown(MessageDialog) == []
    assert all(number in what for what, _details in asked)
    assert "Soy el autor del documento" in asked[-1][1]
    assert record.saved.state is State.SIGNED
    assert not page.sign_action.isEnabled()
    assert page.next_step().button == "Preparar notificaciones…"

    page.verify_action.trigger()
    settle()
    (report,) = shown(ReportDialog)
    assert report.chip.word == "6 firmas íntegras; los bytes son los del archivo"
    assert [row[4] for row in report.table.as_seen()[1]] == ["Intacto"] * 6
    assert {row[3] for row in report.table.as_seen()[1]} == {"No acreditado ante IOFE"}
    assert papers.ACCREDITATION_NOTE in [label.text() for label in report.findChildren(QLabel)]
    report.close()
