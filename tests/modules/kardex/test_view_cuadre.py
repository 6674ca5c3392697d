"""The Cuadre tab over the real services, mostly by keyboard: what it shows, explains and closes."""

from datetime import date, datetime

import pytest
from kardex_cuadre import TODAY, cells, miss, settle, worked_week
from kardex_office import KardexOffice
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.cuadre_closing import CloseDialog
from sisfoh_desktop.modules.kardex.view.cuadre_period import Span
from sisfoh_desktop.modules.kardex.view.cuadre_tab import CuadreTab


@pytest.fixture
def worked(kardex_office: KardexOffice) -> KardexOffice:
    return worked_week(kardex_office)


# -- what is shown -------------------------------------------------------------------------------------


def test_each_person_has_a_line_that_adds_up(open_cuadre, worked):
    tab = open_cuadre()
    assert cells(tab.people) == [
        ["EMPADRONADOR DOS PRUEBA", "FSU", "0", "10", "0", "0", "0", "0", "0", "10", "—", "Cuadra"],
        ["EMPADRONADOR UNO PRUEBA", "FSU", "0", "20", "10", "0", "0", "0", "0", "10", "—", "Cuadra"],
    ]
    assert tab.people.model.cell(0, 11) == ("● Cuadra", "ok")
    assert tab.list.empty_label.text().startswith("El libro cuadra. Importe lo digitado")
    assert tab.list.empty_button.text() == "Importar lo digitado…"
    assert tab.cuts.text() == "Todavía no se importó lo digitado: usado y digitado no se comparan."
    assert tab.next_step().title == "Importe lo digitado"


def test_a_difference_is_a_row_with_its_sentence(open_cuadre, worked):
    miss(worked)
    tab = open_cuadre()
    assert cells(tab.list) == [
        [
            "Grave",
            "Falta en el arqueo",
            "FSU 000019-000020",
            "2",
            "EMPADRONADOR UNO PRUEBA",
            "08/03/2024",
            "Sin explicar",
        ]
    ]
    assert tab.list.model.cell(0, 0) == ("■ Grave", "danger")
    assert tab.people.model.cell(1, 11) == ("■ 1 por ver", "danger")
    assert "movimiento N° 000002 (Distribución) del 04/03/2024" in tab.detail.sentence.text()
    step = tab.next_step()
    assert step.title == "Aclare las diferencias"
    assert step.text.startswith("1 sin explicar, 1 grave. Empiece por: FSU 000019-000020")


def test_a_day_a_week_and_a_person_narrow_the_lists(open_cuadre, worked, desk):
    miss(worked)
    tab = open_cuadre()
    tab.bar.choose_span(Span.DAY)
    settle(desk)
    assert tab.bar.words.text() == "viernes"
    assert [row[:4] for row in cells(tab.people)] == [
        ["EMPADRONADOR DOS PRUEBA", "FSU", "10", "0"],
        ["EMPADRONADOR UNO PRUEBA", "FSU", "10", "0"],
    ]
    assert len(cells(tab.list)) == 1
    tab.bar.before.click()
    settle(desk)
    assert tab.bar.day.value() == date(2024, 3, 7)
    assert cells(tab.list) == []
    tab.bar.choose_span(Span.WEEK)
    settle(desk)
    assert tab.bar.words.text() == "04/03 a 10/03"
    assert len(cells(tab.list)) == 1
    tab.show_part(worked.beto)
    settle(desk)
    assert [row[0] for row in cells(tab.people)] == ["EMPADRONADOR DOS PRUEBA"]
    assert cells(tab.list) == []


def test_a_person_asked_for_before_the_first_load_is_chosen_then(desk, kardex_office, worked, qtbot):
    tab = CuadreTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = worked.campaign
    tab.show_part(worked.beto)
    tab.reload()
    settle(desk)
    assert [row[0] for row in cells(tab.people)] == ["EMPADRONADOR DOS PRUEBA"]


def test_the_types_are_called_formularios(open_cuadre, worked):
    tab = open_cuadre()
    assert tab.bar.type.itemText(0) == "Todos los formularios"
    assert "Form." in [column.title for column in tab.people.model.columns]
    assert tab.people.view.filter_header.whole_titles["Form."] == "Formulario"


def test_a_typed_day_counts_when_the_field_is_left(open_cuadre, worked, desk, qtbot):
    tab = open_cuadre()
    tab.bar.choose_span(Span.DAY)
    settle(desk)
    tab.bar.day.editor.selectAll()
    qtbot.keyClicks(tab.bar.day.editor, "5/3/24")
    qtbot.keyClick(tab.bar.day.editor, Qt.Key.Key_Return)
    settle(desk)
    assert tab.bar.words.text() == "martes"
    assert cells(tab.people)[1][2:5] == ["20", "0", "10"]


def test_a_number_jumps_to_its_life(open_cuadre, worked):
    miss(worked)
    tab = open_cuadre()
    tab.detail.trace_button.click()
    assert tab.asked == [("trace", "000019")]


def test_without_a_campaign_nothing_can_be_done(open_cuadre):
    tab = open_cuadre(0)
    assert not any(action.isEnabled() for action in tab.actions_of_tab())
    assert tab.next_step() is None
    assert cells(tab.people) == []
    tab.people.empty_button.click()
    assert tab.asked == [("register", None)]


# -- explaining ----------------------------------------------------------------------------------------


def test_enter_explains_and_an_empty_text_takes_it_back(open_cuadre, worked, answering, qtbot, desk):
    miss(worked)
    tab = open_cuadre()
    said = {"text": "Las tiene el jefe", "document": "Informe 5"}
    met = answering(
        lambda dialog: [dialog.form.fields[name].set_value(value) for name, value in said.items()]
    )
    tab.list.view.setFocus()
    qtbot.keyClick(tab.list.view, Qt.Key.Key_Return)
    settle(desk)
    assert met[0].windowTitle() == "Explicar: falta en el arqueo"
    assert cells(tab.list)[0][-1] == "Explicada"
    assert tab.list.model.cell(0, 6) == ("● Explicada", "ok")
    assert tab.detail.said.text() == "Explicada por prueba el 08/03/2024: Las tiene el jefe (Informe 5)"
    assert cells(tab.people)[1][-1] == "Cuadra"
    assert tab.next_step().title == "Importe lo digitado"
    said.update(text="", document="")
    tab.detail.explain_button.click()
    settle(desk)
    assert cells(tab.list)[0][-1] == "Sin explicar"


def test_an_explanation_without_words_is_asked_again(open_cuadre, worked, answering, desk):
    miss(worked)
    tab = open_cuadre()
    met = answering(lambda _dialog: None)
    tab.explain()
    settle(desk)
    assert "Escriba qué pasó con estos formularios." in met[0].form.fields["text"].error


# -- closing -------------------------------------------------------------------------------------------


def test_what_is_in_the_way_of_closing_is_listed_and_leads_there(open_cuadre, worked, answering, desk):
    miss(worked)
    tab = open_cuadre()
    met = answering(lambda _dialog: None)
    tab.close_action.trigger()
    settle(desk)
    [blocked] = met
    assert [row[0] for row in blocked.list.as_seen()[1]] == [
        "En poder: en blanco",
        "En poder: en blanco",
        "En poder: usado",
        "Falta en el arqueo",
    ]
    assert tab.asked == [("custody", worked.beto)]


def test_a_campaign_is_closed_and_opened_again(open_cuadre, worked, answering, desk):
    worked.move(MovementKind.RETURN, "11-20", worked.ana, worked.store)
    worked.move(MovementKind.RETURN, "21-30", worked.beto, worked.store)
    worked.move(MovementKind.ARCHIVING, "1-10", worked.ana, worked.archive)
    tab = open_cuadre()
    met = answering(lambda dialog: dialog.form.fields["document"].set_value("Acta de cierre 1"))
    tab.close_action.trigger()
    settle(desk)
    assert [type(one) for one in met] == [CloseDialog]
    assert catalogue.load_campaign(worked.db, worked.campaign).closed_on == TODAY
    assert tab.close_action.text() == "Rea&brir campaña…"
    assert not tab.count_action.isEnabled()
    assert not tab.import_action.isEnabled()
    tab.close_action.trigger()
    settle(desk)
    assert catalogue.load_campaign(worked.db, worked.campaign).closed_on is None
    assert tab.count_action.isEnabled()


def test_days_pass_and_what_is_held_too_long_comes_up(desk, open_cuadre, worked):
    desk.clock = FixedClock(datetime(2024, 3, 25, 10, tzinfo=LIMA))
    tab = open_cuadre()
    assert {row[1] for row in cells(tab.list)} == {"Muchos días en poder", "Usado sin entregar"}
