"""«Retorno del día»: the line, the five fields, what stays, and one commit for all."""

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.view.day_return_dialog import DayReturnDialog


@pytest.fixture(autouse=True)
def leaving(monkeypatch):
    """A dialog left with something typed is let go when the test ends."""
    monkeypatch.setattr("sisfoh_desktop.qtkit.messages.ask", lambda *_told, **_more: True)


@pytest.fixture
def dialog(desk, qtbot, kardex_office, leaving):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004600", kardex_office.ana)
    made = DayReturnDialog(desk, kardex_office.campaign, holder_id=kardex_office.ana)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    desk.tasks.wait_idle()
    yield made
    desk.tasks.wait_idle()
    made.reject()


def write(dialog, **texts):
    for name, text in texts.items():
        dialog.form.fields[name].set_value(text)
    dialog.desk.tasks.wait_idle()


def error(dialog, name):
    return dialog.form.fields[name].error


def lines(kardex_office):
    return reading.register_page(kardex_office.db, campaign_id=kardex_office.campaign).lines


def test_it_tells_what_the_person_has(dialog):
    assert dialog.left.text() == "Quedan en su poder: 004501-004600 (100 FSU)"


def test_one_line_is_shared_out_by_enter_and_enter_in_the_last_field_registers(
    dialog, qtbot, kardex_office, desk
):
    qtbot.keyClicks(dialog.line.editor, "004501-004550 usadas menos 004517 anulada; el resto en blanco")
    qtbot.keyClick(dialog.line.editor, Qt.Key.Key_Return)
    assert dialog.form.fields["used"].raw() == "004501-004516, 004518-004550"
    assert dialog.form.fields["annulled"].raw() == "004517"
    assert dialog.form.fields["blank"].raw() == "004551-004600"
    assert dialog.left.text() == "Tenía 100 en blanco. Quedan en su poder: ninguno"
    write(dialog, annulled_reason="Mal llenada", document="Hoja de control 5")
    dialog.form.jump_to("document")
    qtbot.keyClick(dialog.form.fields["document"].editor, Qt.Key.Key_Return)
    desk.tasks.wait_idle()
    assert not dialog.isVisible()
    assert [(one.kind, one.form_count) for one in lines(kardex_office)[2:]] == [
        (MovementKind.USE, 49),
        (MovementKind.ANNULMENT, 1),
        (MovementKind.RETURN, 50),
    ]
    blank = reading.ranges_of(
        desk.db, type_id=kardex_office.fsu, holder_id=kardex_office.ana, condition=Condition.BLANK
    )
    assert blank == []


def test_what_stays_is_told_while_one_types(dialog):
    write(dialog, used="4501-4550 menos 4517", lost="4560")
    assert "004517, 004551-004559, 004561-004600 (50 FSU)" in dialog.left.text()


def test_the_same_number_in_two_fields_is_told_under_the_second(dialog):
    write(dialog, used="4501-4550", annulled="4550")
    assert "004550 también está en «Usados»" in error(dialog, "annulled")


def test_numbers_of_others_are_told_at_once(dialog):
    write(dialog, blank="4590-4610")
    assert error(dialog, "blank").startswith("No tiene en su poder 004601-004610")


def test_a_line_that_cannot_be_read_stays_as_written(dialog, qtbot):
    qtbot.keyClicks(dialog.line.editor, "4501-4510 quien sabe")
    qtbot.keyClick(dialog.line.editor, Qt.Key.Key_Return)
    assert "Falta decir" in dialog.line.error
    assert dialog.line.raw() == "4501-4510 quien sabe"


def test_reasons_and_the_report_are_asked_for(dialog, kardex_office):
    write(dialog, annulled="4501", damaged="4502", lost="4503")
    dialog.try_submit()
    assert error(dialog, "annulled_reason")
    assert error(dialog, "damaged_reason")
    assert error(dialog, "lost_document")
    assert len(lines(kardex_office)) == 2


def test_an_empty_return_is_not_registered(dialog, kardex_office):
    dialog.try_submit()
    assert "ningún número" in error(dialog, "used")
    assert len(lines(kardex_office)) == 2


def test_a_refusal_keeps_everything_and_nothing_is_half_registered(dialog, desk, kardex_office):
    write(dialog, used="4501-4550", blank="4551-4600")
    kardex_office.move(MovementKind.TRANSFER, "004560", kardex_office.ana, kardex_office.beto)
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert "004560" in dialog.banner.label.text()
    assert dialog.form.fields["used"].raw() == "4501-4550"
    assert len(lines(kardex_office)) == 3


def test_leaving_with_something_typed_asks_first(dialog, monkeypatch):
    asked = []
    monkeypatch.setattr("sisfoh_desktop.qtkit.messages.ask", lambda *told, **_more: bool(asked.append(told)))
    write(dialog, used="4501")
    dialog.reject()
    assert dialog.isVisible()
    assert asked
    monkeypatch.setattr("sisfoh_desktop.qtkit.messages.ask", lambda *_told, **_more: True)
