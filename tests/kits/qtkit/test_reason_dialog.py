"""Personal data are shown only after a reason, and the datum goes with its window."""

import pytest
from PySide6.QtGui import QGuiApplication

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit import messages, reason_dialog
from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog, ShownDatum, reveal_dni


@pytest.fixture
def dialog(qtbot) -> ReasonDialog:
    made = ReasonDialog("Ver el DNI completo", "Se mostrará el DNI de Ana.", primary="Ver el DNI")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["", "   ", "ver", "x       y"])
def test_a_reason_that_says_nothing_keeps_it_open(dialog, typed):
    dialog.form.fields["reason"].set_value(typed)
    dialog.try_submit()
    assert dialog.isVisible()
    assert dialog.form.fields["reason"].error


def test_a_reason_is_taken_as_one_line(qtbot, monkeypatch):
    def answer(self):
        self.form.fields["reason"].set_value("Pedido\n del  OCI")
        self.try_submit()
        return self.values

    monkeypatch.setattr(ReasonDialog, "ask_values", answer)
    assert ReasonDialog.ask(None, "Ver", "Se verá.", primary="Ver") == "Pedido del OCI"


def test_leaving_gives_none(monkeypatch, qtbot):
    monkeypatch.setattr(ReasonDialog, "exec", lambda _self: ReasonDialog.DialogCode.Rejected)
    assert ReasonDialog.ask(None, "Ver", "Se verá.", primary="Ver") is None


def test_the_datum_is_shown_with_its_copy_button(qtbot):
    shown = ShownDatum("DNI de Ana", "40000001", "Quedó anotado.")
    qtbot.addWidget(shown)
    shown.show()
    assert shown.datum.text() == "40000001"
    shown.copy_button.click()
    assert QGuiApplication.clipboard().text() == "40000001"
    shown.primary_button.click()
    assert not shown.isVisible()


@pytest.fixture
def over(qtbot):
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_dni_is_revealed_after_its_reason(over, tasks, monkeypatch):
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: "Pedido del OCI")
    asked = []

    def reveal(reason: str) -> str:
        asked.append(reason)
        return "40000001"

    reveal_dni(over, tasks, "Ana Prueba", reveal)
    tasks.wait_idle()
    (shown,) = over.findChildren(ShownDatum)
    assert (asked, shown.datum.text()) == (["Pedido del OCI"], "40000001")
    shown.accept()


def test_without_a_reason_nothing_is_asked_of_the_base(over, tasks, monkeypatch):
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: None)
    reveal_dni(over, tasks, "Ana", lambda _reason: pytest.fail("asked"))
    tasks.wait_idle()
    assert over.findChildren(ShownDatum) == []


def test_a_refusal_is_said_and_nothing_shown(over, tasks, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence, *_more: told.append(sentence))
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: "Pedido del OCI")

    def refuse(_reason: str) -> str:
        raise RuleError("not_allowed", "Su usuario no tiene permiso para esto.")

    reveal_dni(over, tasks, "Ana", refuse)
    tasks.wait_idle()
    assert told == ["Su usuario no tiene permiso para esto."]
    assert over.findChildren(ShownDatum) == []


def test_the_limits_are_those_of_the_trail():
    from sisfoh_desktop.db import access_log

    assert reason_dialog.SHORTEST_REASON == access_log.SHORTEST_REASON
    assert reason_dialog.LONGEST_REASON == access_log.LONGEST_REASON
