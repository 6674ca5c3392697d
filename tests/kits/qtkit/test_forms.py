"""Forms: values of their own type, errors under the field and on top, nothing typed is ever lost."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QPushButton

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.forms import Form

CLOCK = FixedClock(datetime(2024, 3, 8, 10, 0, tzinfo=LIMA))


@pytest.fixture
def form(qtbot) -> Form:
    made = Form(columns=2, clock=CLOCK)
    made.group("Documento")
    made.text("number", "Número", required=True, max_length=20)
    made.date("day", "Fecha", required=True)
    made.amount("amount", "Importe")
    made.number("sheets", "Folios", minimum=1, maximum=9999)
    made.combo("kind", "Tipo", [("inf", "Informe"), ("mem", "Memorando")], required=True)
    made.check("urgent", "Urgente")
    made.long_text("subject", "Asunto", max_length=50)
    qtbot.addWidget(made)
    made.resize(560, 600)
    with qtbot.waitActive(made):
        made.show()
    return made


def fill(form: Form, **texts: str) -> None:
    for name, text in texts.items():
        form.fields[name].editor.setText(text)


def test_values_come_as_their_own_types(form):
    fill(form, number="237-2024-OGAJ/MPT", day="8/3/24", amount="312,656.00", sheets="12")
    form.fields["kind"].set_value("mem")
    form.fields["urgent"].set_value(True)
    form.fields["subject"].set_value(" Remite plan ")
    assert form.checked() == {
        "number": "237-2024-OGAJ/MPT",
        "day": date(2024, 3, 8),
        "amount": Decimal("312656.00"),
        "sheets": 12,
        "kind": "mem",
        "urgent": True,
        "subject": "Remite plan",
    }


def test_what_was_set_comes_back(form):
    values = {"day": date(2024, 7, 28), "amount": Decimal("1.50"), "sheets": 7, "kind": "inf", "number": "1"}
    form.set_values(values)
    assert not form.is_modified()
    assert {name: form.value(name) for name in values} == values


@pytest.mark.parametrize(
    ("typed", "shown"), [("8/3/24", "08/03/2024"), ("080324", "08/03/2024"), ("hoy", "08/03/2024")]
)
def test_a_date_shows_what_was_understood_on_leaving(form, qtbot, typed, shown):
    editor = form.fields["day"].editor
    editor.setFocus()
    qtbot.keyClicks(editor, typed)
    form.fields["number"].editor.setFocus()
    assert editor.text() == shown


def test_a_wrong_date_is_said_under_the_field_at_once_and_stays_as_typed(form, qtbot):
    field = form.fields["day"]
    field.editor.setFocus()
    qtbot.keyClicks(field.editor, "31/02/2024")
    form.fields["number"].editor.setFocus()
    assert "No existe el 31/02/2024" in field.error_label.text()
    assert field.editor.text() == "31/02/2024"


def test_errors_are_summed_up_and_the_cursor_goes_to_the_first(form):
    assert form.checked() is None
    links = [button for button in form.summary.findChildren(QPushButton) if not button.isHidden()]
    assert [button.text() for button in links] == [
        "Falta «Número»: complételo.", "Falta «Fecha»: complételo.", "Falta «Tipo»: complételo.",
    ]  # fmt: skip
    assert form.fields["number"].editor.hasFocus()
    assert form.fields["number"].error_label.isVisible()


def test_fields_called_alike_are_told_apart_by_their_groups(form):
    for key, group in (("leaver", "Entrega"), ("receiver", "Recibe")):
        form.group(group)
        form.text(key, "Nombres", required=True)
    form.set_values({"number": "1", "day": date(2024, 3, 8), "kind": "inf"})
    assert form.checked() is None
    links = [button for button in form.summary.findChildren(QPushButton) if not button.isHidden()]
    assert [button.text() for button in links] == [
        "Entrega: Falta «Nombres»: complételo.", "Recibe: Falta «Nombres»: complételo.",
    ]  # fmt: skip
    assert form.fields["receiver"].error == "Falta «Nombres»: complételo."


def test_a_line_of_the_summary_jumps_to_its_field(form, qtbot):
    form.checked()
    last = [button for button in form.summary.findChildren(QPushButton) if "Tipo" in button.text()][-1]
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert form.fields["kind"].editor.hasFocus()


def test_correcting_a_field_takes_its_error_away(form, qtbot):
    form.checked()
    qtbot.keyClicks(form.fields["number"].editor, "1")
    assert not form.fields["number"].error_label.isVisible()


def test_too_long_a_text_is_counted_and_refused_but_kept(form):
    fill(form, number="x" * 25, day="hoy")
    field = form.fields["number"]
    assert field.counter.text() == "25 / 20"
    with pytest.raises(RuleError) as refused:
        field.checked_value()
    assert refused.value.code == "text_too_long"
    assert field.raw() == "x" * 25


def test_the_counter_stays_out_of_sight_until_the_limit_is_near(form):
    fill(form, number="x" * 5)
    assert form.fields["number"].counter.text() == ""


def test_an_absurd_paste_is_refused_with_a_sentence(form):
    field = form.fields["subject"]
    field.set_value("antes")
    paste = QMimeData()
    paste.setText("x" * 100_000)
    field.editor.insertFromMimeData(paste)
    assert field.raw() == "antes"
    assert "no se pegó" in field.error_label.text()


@pytest.mark.parametrize("typed", ["0", "10000", "1.5", "doce", "٣", "9" * 30])
def test_a_number_outside_its_limits_is_refused(form, typed):
    fill(form, sheets=typed)
    with pytest.raises(RuleError):
        form.value("sheets")


@pytest.mark.parametrize("typed", ["<b>x</b>", "&amp; & 'x'", "A\u0000B", "🙂" * 5, "‮inverso"])
def test_hostile_text_is_only_text(form, typed):
    fill(form, number=typed)
    assert form.checked() is None  # other fields are missing
    assert form.fields["number"].error == ""


def test_nothing_is_lost_when_choices_change(form):
    form.fields["kind"].set_value("mem")
    form.fields["kind"].set_options([("ofi", "Oficio"), ("mem", "Memorando")])
    assert form.value("kind") == "mem"


def test_an_only_choice_is_taken(qtbot):
    form = Form()
    qtbot.addWidget(form)
    form.combo("unit", "Unidad", [(1, "OGAJ")], required=True)
    assert form.checked() == {"unit": 1}


def test_a_service_refusal_goes_to_its_field_or_to_the_top(form):
    form.show_refusal(RuleError("number_taken", "Ese número ya existe."), {"number_taken": "number"})
    assert form.fields["number"].error == "Ese número ya existe."
    form.show_refusal(RuleError("other", "Otra cosa."), {"number_taken": "number"})
    assert form.fields["number"].error == ""
    assert form.summary.isVisible()


def test_each_field_has_a_name_a_mark_and_a_letter_of_its_own(form):
    letters = [
        (field.editor.text() if name == "urgent" else field.label.text()).partition("&")[2][:1].lower()
        for name, field in form.fields.items()
    ]
    assert all(letters)
    assert len(set(letters)) == len(letters)
    assert form.fields["number"].editor.accessibleName() == "Número, obligatorio"
    assert form.fields["number"].label.text().endswith(" *")


def test_tab_walks_the_fields_in_reading_order(form, qtbot):
    form.fields["number"].editor.setFocus()
    walked = []
    for _ in range(6):
        walked.append(next(name for name, field in form.fields.items() if field.editor.hasFocus()))
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert walked == ["number", "day", "amount", "sheets", "kind", "urgent"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
def test_f4_opens_the_calendar(form, qtbot):
    field = form.fields["day"]
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_F4)
    from PySide6.QtWidgets import QCalendarWidget

    calendar = field.findChild(QCalendarWidget)
    calendar.clicked.emit(calendar.selectedDate())
    assert form.value("day") == date(2024, 3, 8)


def test_the_wheel_does_not_change_a_choice_that_is_only_scrolled_past(form, qtbot):
    from PySide6.QtCore import QEvent, QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    editor = form.fields["kind"].editor
    form.fields["kind"].set_value("inf")
    form.fields["number"].editor.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    assert wheel.type() == QEvent.Type.Wheel
    QApplication.sendEvent(editor, wheel)
    assert form.value("kind") == "inf"


def test_read_only_fields_still_show_their_value(form):
    for field in form.fields.values():
        field.set_read_only(True)
    form.set_values({"number": "12"})
    assert form.value("number") == "12"


def test_two_fields_cannot_share_a_name(form):
    with pytest.raises(ValueError, match="number"):
        form.text("number", "Otra")


def test_a_field_that_is_always_full_is_not_counted(form):
    """A DNI has eight signs: «8 / 8» beside it would only be noise; one too many is told."""
    field = form.text("dni", "DNI", max_length=8)
    field.editor.setText("40000001")
    assert field.counter.text() == ""
    field.editor.setText("400000012")
    assert field.counter.text() == "9 / 8"
