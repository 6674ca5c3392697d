"""The Firmas tab of a frozen act: signed in ink, sent out, and observed back to a draft of the same number."""

import pytest
from filling import fills
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage, flows
from sisfoh_desktop.qtkit.ink_dialog import InkDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.refuse_dialog import RefuseDialog


@pytest.fixture
def settle(practice_desk):
    def wait():
        for _ in range(5):
            practice_desk.tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def page(qtbot, practice_desk, settle, monkeypatch):
    """The page on the frozen act of the practice office."""
    monkeypatch.setattr(MessageDialog, "exec", lambda dialog: QDialog.DialogCode.Accepted)
    made = ResolucionesPage(practice_desk)
    qtbot.addWidget(made)
    practice_desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
    made.resize(880, 640)
    made.show()
    settle()
    made.show_record("resoluciones", 1)
    settle()
    return made


def rows(page):
    return page.record.signers.list.as_seen()[1]


def test_ink_out_and_observed(page, settle, practice_desk, tmp_path, monkeypatch):
    record = page.record
    assert record.saved.state is State.FROZEN
    number = record.saved.number_text
    assert all(action.isEnabled() for action in page.round.actions)
    scan = tmp_path / "escaneo.png"
    Image.new("RGB", (40, 60), "white").save(scan)
    last = str(record.data.view.paper.pages)
    fills(monkeypatch, practice_desk.tasks, InkDialog, path=str(scan))
    page.round.orders.ink_action.trigger()
    settle()
    assert rows(page)[0][-2:] == ["Firmó 08/03/2024", f"En tinta, pág. {last}"]
    out = tmp_path / "sale.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.round.orders.export_action.trigger()
    settle()
    paper = record.data.view.paper
    assert out.read_bytes() == papers.paper_bytes(practice_desk.db, practice_desk.archive, paper.id)
    assert rows(page)[1][-1].startswith("Salió el 08/03/2024")
    assert page.next_step().button == "Traer de vuelta…", "what went out comes back before the next one signs"
    author = paper.signers[-1]
    offered = []
    met = fills(
        monkeypatch,
        practice_desk.tasks,
        RefuseDialog,
        act=lambda dialog: offered.append(dialog.form.fields["signer_id"].editor.count()),
        signer_id=author.id,
        reason="El monto no cuadra.",
    )
    page.round.orders.refuse_action.trigger()
    settle()
    assert met[0].title == f"Observar la resolución {number}"
    assert offered == [5], "whoever has signed does not observe"
    assert (record.saved.state, record.saved.draft_round) == (State.DRAFT, 2)
    assert not any(action.isEnabled() for action in page.round.actions)
    assert f"Conserva el número {number}" in page.next_step().text
    observed = papers.load_paper(practice_desk.db, paper.id)
    assert observed.refusal.label == author.label


def test_an_observed_version_is_frozen_again_under_its_own_number(page, settle, practice_desk, monkeypatch):
    number = page.record.saved.number_text
    author = page.record.data.view.paper.signers[-1]
    fills(monkeypatch, practice_desk.tasks, RefuseDialog, signer_id=author.id, reason="El monto no cuadra.")
    page.round.orders.refuse_action.trigger()
    settle()
    said = []
    monkeypatch.setattr(flows, "ask", lambda _over, title, text, *_more, **_named: said.append((title, text)))
    page.freeze_action.setEnabled(True)
    page.freeze_action.trigger()
    settle()
    assert said[0][0] == f"¿Congelar con el número {number}?"
    assert f"Conserva el número {number}; será su versión 2." in said[0][1]


def test_the_units_of_a_frozen_round_are_spelled_as_the_office_does(page):
    unit = [column.title for column in page.record.signers.list.model.columns].index("Unidad")
    assert [row[unit] for row in rows(page)] == ["OGAJ", "OGPPyMI", "GDES", "SGDSyPV", "OGACyGD", "GM"]


def test_names_are_read_whole_and_siglas_stand_for_the_units(page):
    table = page.record.signers.list
    page.resize(870, 640)
    columns = [column.title for column in table.model.columns]
    room = {title: table.view.columnWidth(number) for number, title in enumerate(columns)}
    metrics = table.view.fontMetrics()
    for row in rows(page):
        for title in ("Unidad", "Quién", "Cargo"):
            assert metrics.horizontalAdvance(row[columns.index(title)]) + 16 <= room[title], row
    assert rows(page)[0][columns.index("Unidad")] == "OGAJ"
    first = table.model.index(0, columns.index("Unidad"))
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Oficina General de Asesoría Jurídica"
    assert "Oficina General de Asesoría Jurídica" in page.record.signers.who.text()
