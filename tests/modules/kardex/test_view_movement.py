"""A registered movement on screen, its reversal, and the adjustments that wait for two approvals."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.service import moving, reading
from sisfoh_desktop.modules.kardex.view.adjust_dialogs import (
    AdjustmentsDialog,
    ApproveDialog,
    ProposeDialog,
    WithdrawDialog,
)
from sisfoh_desktop.modules.kardex.view.movement_dialog import MovementDialog, ReverseDialog
from sisfoh_desktop.qtkit import dialogs
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture(autouse=True)
def leaving(qtbot, monkeypatch):
    """A dialog left with something typed is let go when the test ends."""
    monkeypatch.setattr("sisfoh_desktop.qtkit.messages.ask", lambda *_told, **_more: True)
    yield
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, FormDialog) and dialog.isVisible():
            dialog.reject()


def shown(dialog, qtbot, desk):
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    desk.tasks.wait_idle()
    return dialog


def child(dialog, kind):
    [found] = [one for one in dialog.findChildren(kind) if one.isVisible()]
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return found


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.fixture
def handed(kardex_office):
    kardex_office.receive("004501-005000")
    return kardex_office.hand_out("004501-004516, 004518-004550", kardex_office.ana, document="Acta 7")


def test_a_movement_is_shown_whole(desk, qtbot, kardex_office, handed):
    dialog = shown(MovementDialog(desk, handed), qtbot, desk)
    assert dialog.head.text() == "Distribución de 49 FSU · N° 000002"
    assert dialog.chip.word == "Vigente"
    told = texts(dialog)
    assert "004501-004516, 004518-004550" in told
    assert "Almacén ULE → EMPADRONADOR UNO PRUEBA" in told
    assert "Acta 7" in told
    assert [row[0] for row in dialog.ranges.as_seen()[1]] == ["004501-004516", "004518-004550"]
    with qtbot.waitSignal(dialog.open_tab) as asked:
        dialog.trace_button.click()
    assert asked.args == ["trace", "004501"]


def test_the_first_and_only_movement_is_found_too(desk, qtbot, kardex_office):
    only = kardex_office.receive(40)
    dialog = shown(MovementDialog(desk, only), qtbot, desk)
    assert dialog.head.text() == "Recepción de 40 CROQUIS · N° 000001"
    assert not dialog.trace_button.isEnabled()


def test_it_is_reverted_with_a_reason(desk, qtbot, kardex_office, handed):
    dialog = shown(MovementDialog(desk, handed), qtbot, desk)
    dialog.reverse_button.click()
    asked = child(dialog, ReverseDialog)
    asked.try_submit()
    assert asked.isVisible()
    asked.form.fields["reason"].set_value("Se entregó a otra persona")
    asked.try_submit()
    desk.tasks.wait_idle()
    desk.tasks.wait_idle()
    assert dialog.chip.word == "Revertido por el movimiento N° 000003"
    assert not dialog.reverse_button.isEnabled()
    [line] = reading.register_page(
        desk.db, campaign_id=kardex_office.campaign, kind=MovementKind.REVERSAL
    ).lines
    assert line.reason == "Se entregó a otra persona"


def test_what_went_on_cannot_be_reverted_and_the_later_one_is_named(desk, qtbot, kardex_office, handed):
    kardex_office.move(MovementKind.USE, "004510", kardex_office.ana)
    dialog = shown(MovementDialog(desk, handed), qtbot, desk)
    dialog.reverse_button.click()
    asked = child(dialog, ReverseDialog)
    asked.form.fields["reason"].set_value("Error")
    asked.try_submit()
    desk.tasks.wait_idle()
    assert "N° 000003" in asked.banner.label.text()
    assert asked.form.fields["reason"].raw() == "Error"


@pytest.fixture
def proposed(desk, qtbot, kardex_office, handed):
    dialog = shown(ProposeDialog(desk, kardex_office.campaign, None), qtbot, desk)
    dialog.form.fields["numbers"].set_value("004501-004503")
    for name, holder in (("source", "uno prueba"), ("target", "almacen")):
        dialog.form.fields[name].editor.take_text(holder)
    dialog.source.editor.take_text("EMPADRONADOR UNO")
    dialog.form.fields["after"].set_value(Condition.BLANK)
    dialog.form.fields["reason"].set_value("Estaban en el almacén")
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert not dialog.isVisible()
    [one] = moving.list_adjustments(desk.db, kardex_office.campaign)
    return one


def test_a_proposal_moves_nothing_until_two_people_approve(desk, qtbot, kardex_office, proposed):
    dialog = shown(AdjustmentsDialog(desk, kardex_office.campaign), qtbot, desk)
    assert dialog.list.as_seen()[1][0][2] == "FSU 004501-004503"
    for who in ("RESPONSABLE DE LA ULE", "SUBGERENTE DE PRUEBA"):
        assert len(reading.register_page(desk.db, campaign_id=kardex_office.campaign).lines) == 2
        dialog.try_submit()
        asked = child(dialog, ApproveDialog)
        asked.form.set_values({"approver": who, "position": "Cargo de prueba"})
        asked.try_submit()
        desk.tasks.wait_idle()
        assert "Falta el documento" in asked.form.fields["document"].error
        asked.form.fields["document"].set_value("Memorando de prueba")
        asked.try_submit()
        desk.tasks.wait_idle()
        desk.tasks.wait_idle()
        assert asked.banner.label.text() == ""
    assert dialog.list.as_seen()[1][0][-1] == "Aprobado"
    assert not dialog.primary_button.isEnabled()
    assert len(reading.register_page(desk.db, campaign_id=kardex_office.campaign).lines) == 3


def test_a_proposal_is_withdrawn_with_its_reason(desk, qtbot, kardex_office, proposed, monkeypatch):
    dialog = shown(AdjustmentsDialog(desk, kardex_office.campaign), qtbot, desk)
    dialog.withdraw_button.click()
    asked = child(dialog, WithdrawDialog)
    asked.form.fields["reason"].set_value("Aparecieron")
    asked.try_submit()
    desk.tasks.wait_idle()
    desk.tasks.wait_idle()
    assert dialog.list.as_seen()[1][0][-1] == "Retirado"
    told = []
    monkeypatch.setattr(
        HistoryDialog,
        "show_for",
        lambda _over, _tasks, name, load: told.append((name, [line.what for line in load()])),
    )
    dialog.history_button.click()
    ((name, lines),) = told
    assert name == f"Ajuste N° {proposed.id}"
    assert len(lines) == 2, "proposed and withdrawn"


def test_numbers_that_cannot_be_read_are_told_under_their_field(desk, qtbot, kardex_office):
    dialog = shown(ProposeDialog(desk, kardex_office.campaign, None), qtbot, desk)
    dialog.form.fields["numbers"].set_value("cien")
    dialog.source.editor.take_text("EMPADRONADOR UNO")
    dialog.target.editor.take_text("almacen")
    dialog.form.fields["after"].set_value(Condition.BLANK)
    dialog.form.fields["reason"].set_value("Prueba")
    dialog.try_submit()
    assert "no se entiende" in dialog.form.fields["numbers"].error


def test_an_empty_list_offers_to_propose(desk, qtbot, kardex_office):
    dialog = shown(AdjustmentsDialog(desk, kardex_office.campaign), qtbot, desk)
    dialog.list.empty_button.click()
    assert child(dialog, ProposeDialog).isVisible()


@pytest.mark.parametrize("scale", [100, 160])
def test_a_movement_is_seen_whole_on_a_small_screen(desk, qapp, qtbot, handed, monkeypatch, scale):
    theme().start(qapp, "light", scale=scale)
    monkeypatch.setattr(dialogs, "largest", lambda _dialog: QSize(1318, 704))
    try:
        dialog = shown(MovementDialog(desk, handed), qtbot, desk)
        QApplication.processEvents()
        body = dialog.tabs.parentWidget()
        [area] = [one for one in dialog.findChildren(QScrollArea) if one.widget() is body]
        assert area.verticalScrollBar().maximum() == 0
        assert dialog.ranges.view.viewport().height() >= 2 * dialog.ranges.view.sizeHintForRow(0)
    finally:
        theme().set_scale(100)
