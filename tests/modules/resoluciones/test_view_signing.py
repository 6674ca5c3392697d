"""The page on the practice case, by keyboard: from the draft to six signatures, verified."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.report_dialog import ReportDialog
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
        states = [row[-1] for row in record.signers.list.as_seen()[1]]
        assert [state.split()[0] for state in states].count("Firmó") == turn
        page.next_step().run()
        settle()
        assert shown(MessageDialog) == []
    assert all(number in what for what, _details in asked)
    assert "Soy el autor del documento" in asked[-1][1]
    assert record.saved.state is State.SIGNED
    assert not page.sign_action.isEnabled()
    assert page.next_step().button == "Verificar firmas"

    qtbot.keyClick(record.signers.list.view, Qt.Key.Key_F9)
    settle()
    (report,) = shown(ReportDialog)
    assert report.chip.word == "6 firmas íntegras; los bytes son los del archivo"
    assert [row[3] for row in report.table.as_seen()[1]] == ["Intacto"] * 6
    assert papers.ACCREDITATION_NOTE in [label.text() for label in report.findChildren(QLabel)]
    report.close()
