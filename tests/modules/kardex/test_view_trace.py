"""Rastreo over the real services, by keyboard alone: a number, who has it, its whole life."""

from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import actas, moving
from sisfoh_desktop.modules.kardex.view.trace_field import neighbour
from sisfoh_desktop.modules.kardex.view.trace_tab import TraceTab

FIRST, LATER, LAST = date(2024, 3, 4), date(2024, 3, 6), date(2024, 3, 7)


@pytest.fixture
def tab(desk, kardex_office, qtbot) -> TraceTab:
    made = TraceTab(desk)
    qtbot.addWidget(made)
    made.asked = []
    made.open_tab.connect(lambda key, part: made.asked.append((key, part)))
    made.campaign_id = kardex_office.campaign
    made.resize(846, 560)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def traced(kardex_office):
    """5 000 FSU received and 600 handed out to Ana on the 4th; 50 S100."""
    kardex_office.receive("000001-005000", FIRST)
    kardex_office.hand_out("004501-005000", kardex_office.ana, FIRST)
    kardex_office.receive("00001-00050", FIRST, type_id=kardex_office.s100)
    return kardex_office


@pytest.fixture
def type_number(tab, qtbot):
    """Type a number into the field, as it is, and press Enter."""

    def type_it(text: str) -> None:
        tab.field.line.selectAll()
        qtbot.keyClicks(tab.field.line, text)
        qtbot.keyClick(tab.field.line, Qt.Key.Key_Return)
        tab.desk.tasks.wait_idle()

    return type_it


def said(tab) -> str:
    return tab.sentence.text().replace("\u00a0", " ")


def what(tab) -> list[str]:
    return [row[2] for row in tab.list.as_seen()[1]]


@pytest.mark.parametrize("typed", ["4517", "004517", "FSU 4517", "fsu 004517"])
def test_a_number_in_any_form_tells_who_has_it(tab, traced, type_number, typed):
    type_number(typed)
    assert said(tab) == (
        "El formulario FSU N° 004517 lo tiene EMPADRONADOR UNO PRUEBA desde el 04/03/2024, en blanco "
        "(movimiento N° 000002)."
    )
    assert tab.chip.word == "En blanco"
    assert tab.field.text == "FSU 004517"
    assert tab.list.as_seen()[1][1][:5] == [
        "04/03/2024",
        "000002",
        "Distribución",
        "Almacén ULE → EMPADRONADOR UNO PRUEBA",
        "En blanco",
    ]


def test_the_warehouse_and_the_archive_are_places(tab, traced, type_number):
    type_number("fsu 1")
    assert said(tab) == (
        "El formulario FSU N° 000001 está en Almacén ULE desde el 04/03/2024, en blanco (movimiento N° 000001)."
    )
    traced.move(MovementKind.USE, "004600", traced.ana, day=LATER)
    traced.move(MovementKind.ARCHIVING, "004600", traced.ana, traced.archive, LAST, archive_folder="7")
    type_number("fsu 4600")
    assert said(tab) == (
        "El formulario FSU N° 004600 está en Archivo desde el 07/03/2024, usado (movimiento N° 000005), "
        "Caja 1, archivador 7."
    )


def test_forms_that_left_say_how(tab, traced, type_number, db, actor, now):
    traced.move(MovementKind.WRITE_OFF, "000010", traced.store, day=LATER)
    traced.move(MovementKind.RETURN, "000020", traced.store, traced.rector, LATER)
    reception = traced.receive("00060-00070", LATER, type_id=traced.s100)
    moving.reverse_movement(db, actor=actor, now=now, movement_id=reception, reason="Se escribió mal")
    type_number("fsu 10")
    assert (
        said(tab)
        == "El formulario FSU N° 000010 se dio de baja el 06/03/2024 en Almacén ULE (movimiento N° 000004)."
    )
    type_number("fsu 20")
    assert (
        said(tab)
        == "El formulario FSU N° 000020 volvió a Ente rector el 06/03/2024, en blanco (movimiento N° 000005)."
    )
    type_number("s100 65")
    assert said(tab).startswith(
        "El formulario S100 N° 00065 no está en la oficina: su recepción se revirtió el"
    )


def test_what_happened_in_place_keeps_the_day_of_arrival(tab, traced, type_number):
    traced.move(MovementKind.USE, "004517", traced.ana, day=LATER)
    type_number("4517")
    assert said(tab) == (
        "El formulario FSU N° 004517 lo tiene EMPADRONADOR UNO PRUEBA desde el 04/03/2024 "
        "(movimiento N° 000002), usado desde el 06/03/2024 (movimiento N° 000004)."
    )


def test_the_whole_life_is_listed_and_told(tab, traced, type_number):
    traced.move(MovementKind.ANNULMENT, "004517", traced.ana, day=LATER, witness="TESTIGO UNO PRUEBA")
    type_number("4517")
    assert what(tab) == ["Recepción", "Distribución", "Anulación"]
    assert tab.list.selected().kind is MovementKind.ANNULMENT
    assert "Motivo: Ficha mal llenada. Testigo: TESTIGO UNO PRUEBA." in tab.details.text()


def test_a_reverted_step_is_struck_through_and_said(tab, traced, type_number, db, actor, now):
    returned = traced.move(MovementKind.RETURN, "004517", traced.ana, traced.store, LATER)
    moving.reverse_movement(db, actor=actor, now=now, movement_id=returned, reason="Era de otra persona")
    type_number("4517")
    assert what(tab) == ["Recepción", "Distribución", "Devolución (sin efecto)", "Reversión"]
    rows = tab.list.rows()
    assert [bool(row.reverted_by_number) for row in rows] == [False, False, True, False]
    middle = tab.list.view.rowViewportPosition(2) + tab.list.view.rowHeight(2) // 2
    left = tab.list.view.columnViewportPosition(2) + 12
    other = tab.list.view.rowViewportPosition(1) + tab.list.view.rowHeight(1) // 2
    drawn = tab.strikes.grab().toImage()
    assert drawn.pixelColor(left, middle) != drawn.pixelColor(2, middle)
    assert drawn.pixelColor(left, other) == drawn.pixelColor(2, other)


def test_a_lost_form_that_reappears_raises_an_alert(tab, traced, type_number):
    loss = traced.move(MovementKind.LOSS, "004517", traced.ana, day=LATER)
    type_number("4517")
    assert "figura extraviado desde el 06/03/2024; quien respondía por él es EMPADRONADOR" in (said(tab))
    assert not tab.alert.isVisible()
    assert tab.next_step() is None
    with pytest.raises(RuleError):
        traced.move(MovementKind.RETURN, "004517", traced.ana, traced.store, LAST)
    tab.reload()
    tab.desk.tasks.wait_idle()
    assert tab.alert.isVisible()
    assert tab.alert_label.text().startswith(
        "Reapareció el 07/03/2024: Devolución de EMPADRONADOR UNO PRUEBA"
    )
    assert what(tab)[-1] == "Reapareció"
    assert tab.list.model.cell(3, 2) == ("■ Reapareció", "danger")
    step = tab.next_step()
    assert step.title == "Aclare el extravío"
    step.run()
    assert tab.asked == [("register", loss)]


def test_a_number_of_several_types_shows_each(tab, traced, type_number, qtbot):
    type_number("17")
    assert tab.types.isVisible()
    assert [row[:2] for row in tab.types.as_seen()[1]] == [["FSU", "000017"], ["S100", "00017"]]
    assert [row[2] for row in tab.types.as_seen()[1]] == ["Almacén ULE", "Almacén ULE"]
    assert "FSU N° 000017" in said(tab)
    tab.types.view.setFocus()
    qtbot.keyClick(tab.types.view, Qt.Key.Key_Down)
    assert "S100 N° 00017" in said(tab)
    type_number("4517")
    assert not tab.types.isVisible()


def test_an_unknown_number_says_which_there_are(tab, traced, type_number):
    type_number("5001")
    assert said(tab) == (
        "El N° 5001 no se recibió en esta campaña; los que hay son: de FSU, 000001-005000; de S100, 00001-00050."
    )
    assert tab.list.rows() == []
    assert not tab.chip.isVisible()
    type_number("S100 4517")
    assert said(tab) == (
        "El N° S100 4517 no se recibió en esta campaña; los que hay son: de S100, 00001-00050."
    )


def test_what_is_no_number_is_refused_in_one_sentence(tab, traced, type_number):
    type_number("hola")
    assert "no se entiende" in said(tab)


def test_an_office_without_receptions_says_so(tab, type_number):
    type_number("4517")
    assert said(tab) == (
        "El N° 4517 no existe: en esta campaña no se recibió todavía ningún formulario con número."
    )


def test_the_arrows_go_to_the_neighbours(tab, traced, type_number, qtbot):
    type_number("4501")
    qtbot.keyClick(tab.field.line, Qt.Key.Key_Up)
    tab.desk.tasks.wait_idle()
    assert tab.field.text == "FSU 004500"
    assert "está en Almacén ULE" in said(tab)
    for _ in range(2):
        qtbot.keyClick(tab.field.line, Qt.Key.Key_Down)
        tab.desk.tasks.wait_idle()
    assert tab.field.text == "FSU 004502"
    type_number("s100 1")
    qtbot.keyClick(tab.field.line, Qt.Key.Key_Up)
    tab.desk.tasks.wait_idle()
    assert tab.field.text == "S100 00001"


@pytest.mark.parametrize(
    ("text", "step", "other"),
    [("004517", 1, "004518"), ("FSU 4517", -1, "FSU 4516"), ("1", -1, ""), ("S100", 1, ""), ("", 1, "")],
)
def test_neighbours_of_what_was_typed(text, step, other):
    assert neighbour(text, step) == other


def test_numbers_of_this_session_can_be_looked_up_again(tab, traced, type_number):
    assert not tab.field.recent_button.isEnabled()
    for number in ("4501", "4502", "4501"):
        type_number(number)
    assert tab.field.remembered == ("FSU 004501", "FSU 004502")
    type_number("9999999")
    tab.field.recent_menu.actions()[1].trigger()
    tab.desk.tasks.wait_idle()
    assert "N° 004502" in said(tab)


def test_ctrl_f_goes_to_the_field(tab, traced, type_number):
    type_number("4517")
    tab.list.view.setFocus()
    tab.table().focus_filter()
    assert tab.field.line.hasFocus()


def test_a_movement_with_an_acta_names_it(tab, traced, type_number, monkeypatch):
    paper = SimpleNamespace(number_text="ACTA N° 003-2024-PRUEBA", title="Acta de entrega")
    monkeypatch.setattr(actas, "acta_of_movement", lambda _db, id_: paper if id_ == 2 else None)
    type_number("4517")
    assert [row[5] for row in tab.list.as_seen()[1]] == ["", "ACTA N° 003-2024-PRUEBA"]


def test_enter_on_a_step_opens_its_movement(tab, traced, type_number, qtbot):
    type_number("4517")
    tab.list.view.setFocus()
    qtbot.keyClick(tab.list.view, Qt.Key.Key_Return)
    assert tab.asked == [("register", tab.list.rows()[1].movement_id)]


def test_another_tab_or_the_search_brings_a_number(tab, traced):
    tab.show_part("S100 00017")
    tab.desk.tasks.wait_idle()
    assert "S100 N° 00017 está en Almacén ULE" in said(tab)


def test_esc_empties_the_field(tab, traced, type_number):
    assert not tab.cancel()
    type_number("4517")
    assert tab.cancel()
    assert (tab.field.text, tab.list.rows()) == ("", [])
    assert tab.field.line.hasFocus()
    assert said(tab).startswith("Escriba el número")
