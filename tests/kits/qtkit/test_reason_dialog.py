"""Personal data are shown only after a reason, and the datum goes with its window."""

import pytest
from PySide6.QtGui import QGuiApplication

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit import reason_dialog
from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog, ShownDatum, reveal_dni


@pytest.fixture
def given() -> list[str]:
    """The reasons that were acted on."""
    return []


@pytest.fixture
def dialog(qtbot, given) -> ReasonDialog:
    made = ReasonDialog(
        "Ver el DNI completo",
        "Se mostrará el DNI de Ana.",
        lambda reason, _dialog: given.append(reason),
        primary="Ver el DNI",
    )
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["", "   ", "ver", "x       y"])
def test_a_reason_that_says_nothing_keeps_it_open(dialog, given, typed):
    dialog.form.fields["reason"].set_value(typed)
    dialog.try_submit()
    assert dialog.isVisible()
    assert dialog.form.fields["reason"].error
    assert given == []


def test_a_reason_is_taken_as_one_line(dialog, given):
    dialog.form.fields["reason"].set_value("Pedido\n del  OCI")
    dialog.try_submit()
    assert given == ["Pedido del OCI"]
    assert dialog.isVisible()  # until what it asks for is done


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


@pytest.fixture
def answered(monkeypatch, tasks):
    """Each dialog gets this reason, and the worker's answer; then whoever sits there leaves. What it showed."""
    seen = []

    def answer(dialog):
        dialog.form.fields["reason"].set_value("Pedido del OCI")
        dialog.try_submit()
        tasks.wait_idle()
        seen.append((dialog.form.fields["reason"].raw(), dialog.banner.label.text()))
        return dialog.result()

    monkeypatch.setattr(ReasonDialog, "exec", answer)
    return seen


def test_a_dni_is_revealed_after_its_reason(over, tasks, answered):
    asked = []

    def reveal(reason: str) -> str:
        asked.append(reason)
        return "40000001"

    reveal_dni(over, tasks, "Ana Prueba", reveal)
    (shown,) = over.findChildren(ShownDatum)
    assert (asked, shown.datum.text()) == (["Pedido del OCI"], "40000001")
    shown.accept()


def test_without_a_reason_nothing_is_asked_of_the_base(over, tasks, monkeypatch):
    monkeypatch.setattr(ReasonDialog, "exec", lambda _self: ReasonDialog.DialogCode.Rejected)
    reveal_dni(over, tasks, "Ana", lambda _reason: pytest.fail("asked"))
    tasks.wait_idle()
    assert over.findChildren(ShownDatum) == []


def test_a_refusal_is_said_where_the_reason_still_stands_and_nothing_is_shown(over, tasks, answered):
    def refuse(_reason: str) -> str:
        raise RuleError("not_allowed", "Su usuario no tiene permiso para esto.")

    reveal_dni(over, tasks, "Ana", refuse)
    assert answered == [("Pedido del OCI", "Su usuario no tiene permiso para esto.")]
    assert over.findChildren(ShownDatum) == []


def test_the_limits_are_those_of_the_trail():
    from sisfoh_desktop.db import access_log

    assert reason_dialog.SHORTEST_REASON == access_log.SHORTEST_REASON
    assert reason_dialog.LONGEST_REASON == access_log.LONGEST_REASON
