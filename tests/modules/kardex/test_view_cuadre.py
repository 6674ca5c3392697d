"""The Cuadre tab over the real services, mostly by keyboard: what it shows, explains, brings and closes."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import Found, NewCount
from sisfoh_desktop.modules.kardex.service import catalogue, counting
from sisfoh_desktop.modules.kardex.view.count_dialog import CountDialog
from sisfoh_desktop.modules.kardex.view.count_import import ImportDialog
from sisfoh_desktop.modules.kardex.view.count_list import CountsDialog
from sisfoh_desktop.modules.kardex.view.cuadre_closing import BlockedDialog, CloseDialog, ReopenDialog
from sisfoh_desktop.modules.kardex.view.cuadre_explain import ExplainDialog
from sisfoh_desktop.modules.kardex.view.cuadre_period import Span
from sisfoh_desktop.modules.kardex.view.cuadre_tab import CuadreTab

FIRST, LATER, TODAY = date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 8)


@pytest.fixture
def open_cuadre(desk, kardex_office, qtbot):
    """The tab as the page shows it: in front, reloaded after each change."""

    def open_it(campaign: int | None = None) -> CuadreTab:
        tab = CuadreTab(desk)
        qtbot.addWidget(tab)
        tab.asked = []
        tab.open_tab.connect(lambda key, part: tab.asked.append((key, part)))
        desk.tasks.changed.connect(lambda touched: tab.reload() if "kardex" in touched else None)
        tab.campaign_id = kardex_office.campaign if campaign is None else campaign
        tab.resize(846, 600)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.reload()
        settle(desk)
        return tab

    return open_it


@pytest.fixture
def worked(kardex_office):
    """Ana got 1-20 on the 4th and used 1-10 on the 5th; Beto got 21-30."""
    office = kardex_office
    office.receive("1-500", date(2024, 3, 1))
    office.hand_out("1-20", office.ana, FIRST)
    office.hand_out("21-30", office.beto, FIRST)
    office.move(MovementKind.USE, "1-10", office.ana, day=LATER)
    return office


@pytest.fixture
def answering(monkeypatch, desk):
    """Each dialog that is opened is filled by the given function, submitted, and awaited."""

    def use(fill) -> list[QDialog]:
        met: list[QDialog] = []

        def run(dialog) -> int:
            met.append(dialog)
            dialog.show()
            settle(desk)
            fill(dialog)
            dialog.try_submit()
            settle(desk)
            done = dialog.result()
            dialog.hide()
            return done

        for kind in (
            CountDialog,
            ImportDialog,
            CountsDialog,
            ExplainDialog,
            BlockedDialog,
            CloseDialog,
            ReopenDialog,
        ):
            monkeypatch.setattr(kind, "exec", run)
        return met

    return use


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def cells(table) -> list[list[str]]:
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def miss(office, *, upto: int = 18) -> None:
    """An arqueo of Ana that saw her blank ones up to a number."""
    found = (Found(Condition.BLANK, FormRanges.single(11, upto)),)
    count = NewCount(office.fsu, office.ana, TODAY, "Acta 1", found)
    counting.record_count(office.db, actor=office.actor, now=office.now, count=count)


def sheet_file(folder: Path, *numbers: object) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["N° de ficha"])
    for number in numbers:
        book.active.append([number])
    out = io.BytesIO()
    book.save(out)
    path = folder / "digitado.xlsx"
    path.write_bytes(out.getvalue())
    return path


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


# -- counting ------------------------------------------------------------------------------------------


def test_ctrl_n_registers_an_arqueo(open_cuadre, worked, answering, desk):
    tab = open_cuadre()

    def fill(dialog: CountDialog) -> None:
        form = dialog.form
        form.fields["holder"].set_value(worked.ana)
        form.fields["document"].set_value("Acta de arqueo 1")
        form.fields[Condition.BLANK.value].set_value("11-19")
        form.fields[Condition.USED.value].set_value("ninguno")

    answering(fill)
    assert tab.new_record()
    settle(desk)
    assert sorted(row[2] for row in cells(tab.list)) == ["FSU 000001-000010", "FSU 000020"]


def test_a_wrong_number_is_told_under_its_field(open_cuadre, worked, answering, desk):
    tab = open_cuadre()

    def fill(dialog: CountDialog) -> None:
        dialog.form.fields["holder"].set_value(worked.ana)
        dialog.form.fields["document"].set_value("Acta")
        dialog.form.fields[Condition.BLANK.value].set_value("20-11")

    met = answering(fill)
    tab.record_count()
    settle(desk)
    assert "menor que el primero" in met[0].form.fields[Condition.BLANK.value].error
    assert counting.list_counts(worked.db, worked.campaign) == []


def test_an_arqueo_can_correct_the_former_one_of_that_person(open_cuadre, worked, answering, desk):
    miss(worked)
    tab = open_cuadre()

    def fill(dialog: CountDialog) -> None:
        form = dialog.form
        form.fields["holder"].set_value(worked.beto)
        assert dialog.replaces.editor.count() == 1
        form.fields["holder"].set_value(worked.ana)
        assert dialog.replaces.editor.count() == 2
        dialog.replaces.editor.setCurrentIndex(1)
        form.fields["document"].set_value("Acta 2")
        form.fields[Condition.BLANK.value].set_value("11-20")

    answering(fill)
    tab.record_count()
    settle(desk)
    assert cells(tab.list) == []
    assert [one.stands for one in counting.list_counts(worked.db, worked.campaign)] == [True, False]


def test_the_counts_are_listed(open_cuadre, worked, answering, desk):
    miss(worked)
    tab = open_cuadre()
    met = answering(lambda _dialog: None)
    tab.counts_action.trigger()
    settle(desk)
    [row] = met[0].list.as_seen()[1]
    assert row[1:4] == ["Arqueo", "FSU", "EMPADRONADOR UNO PRUEBA"]
    assert row[6] == "Vale"


# -- what was digitised --------------------------------------------------------------------------------


def test_a_file_is_looked_at_and_brought(open_cuadre, worked, answering, desk, tmp_path, monkeypatch):
    path = sheet_file(tmp_path, *range(1, 10))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab = open_cuadre()
    seen: list[str] = []
    answering(lambda dialog: seen.append(dialog.summary.text()))
    tab.import_action.trigger()
    settle(desk)
    assert seen == ["9 números en 9 filas."]
    assert [row[1:3] for row in cells(tab.list)] == [["Usado sin digitar", "FSU 000010"]]
    assert cells(tab.people)[1][10] == "9"
    assert tab.cuts.text() == "Digitado: FSU hasta el 08/03/2024 (9 en 1 archivo)."


def test_a_file_with_faults_cannot_be_brought(open_cuadre, worked, answering, desk, tmp_path, monkeypatch):
    path = sheet_file(tmp_path, 1, "???")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab = open_cuadre()
    met = answering(lambda dialog: None)
    tab.bring_digitised()
    settle(desk)
    [dialog] = met
    assert not dialog.primary_button.isEnabled()
    assert "corríjalas" in dialog.summary.text()
    assert dialog.findings.as_seen()[1][0][:2] == ["3", "Por corregir"]
    assert counting.list_counts(worked.db, worked.campaign) == []


def test_a_file_that_is_none_says_so(open_cuadre, worked, answering, desk, tmp_path, monkeypatch):
    path = tmp_path / "nada.xlsx"
    path.write_bytes(b"%PDF-1.7 no es una hoja")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab = open_cuadre()
    told: list[str] = []
    met = answering(lambda dialog: told.append(dialog.banner.label.text()))
    tab.bring_digitised()
    settle(desk)
    assert "PDF" in told[0]
    assert not met[0].primary_button.isEnabled()


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
