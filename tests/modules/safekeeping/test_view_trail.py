"""The tab of the trail: what it shows, its filters, its pages, the extract's dialog."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.safekeeping.rules.extract import LIST_COLUMNS
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailKind
from sisfoh_desktop.modules.safekeeping.view import trail_extract
from sisfoh_desktop.modules.safekeeping.view.trail_extract import ExtractDialog
from sisfoh_desktop.modules.safekeeping.view.trail_tab import TrailTab
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_memory import Arrangement


@pytest.fixture
def open_tab(qtbot):
    def make(desk) -> TrailTab:
        tab = TrailTab(desk)
        qtbot.addWidget(tab)
        tab.resize(900, 600)
        tab.show()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return make


def choose(combo, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))


def test_it_tells_the_newest_first_with_its_detail(open_tab, practice_desk):
    tab = open_tab(practice_desk)
    titles, rows = tab.as_seen()
    assert titles == list(LIST_COLUMNS)  # each of them has its columns in the workbook
    assert ["Kardex", "Movimiento registrado", "Movimiento 15"] in [row[2:5] for row in rows]
    assert "Sello" not in {row[3] for row in rows}
    first = tab.list.selected()
    assert f"Anotación N° {first.id}" in tab.details.toPlainText()
    assert first.action in tab.details.toPlainText()
    assert "Cabeza de la cadena" in tab.foot.text()


def test_filters_narrow_and_are_taken_off(open_tab, practice_desk):
    tab = open_tab(practice_desk)
    every = len(tab.as_seen()[1])
    choose(tab.filters.part, "Kardex")
    practice_desk.tasks.wait_idle()
    assert {row[2] for row in tab.as_seen()[1]} == {"Kardex"}
    choose(tab.filters.kind, TrailKind.PRINT.label)
    practice_desk.tasks.wait_idle()
    assert not tab.list.empty.isHidden()
    assert "Ninguna anotación" in tab.list.empty.label.text()
    tab.list.empty.button.click()
    practice_desk.tasks.wait_idle()
    assert len(tab.as_seen()[1]) == every
    assert tab.list.empty.isHidden()
    assert tab.filters.clear_button.isHidden()


def test_days_typed_upside_down_are_said_in_the_list(open_tab, practice_desk):
    tab = open_tab(practice_desk)
    tab.filters.since.setText("8/3/24")
    tab.filters.until.setText("1/3/24")
    tab.filters.until.editingFinished.emit()
    practice_desk.tasks.wait_idle()
    assert "anterior al primero" in tab.list.empty.label.text()
    tab.filters.until.setText("no es un día")
    tab.filters.until.editingFinished.emit()
    practice_desk.tasks.wait_idle()
    assert tab.filters.until.property("state") == "error"
    assert tab.cancel()
    assert not tab.cancel()


def test_older_entries_come_on_the_way_down(open_tab, desk, now):
    with desk.db.transaction() as session:
        for number in range(450):
            record_audit(
                session,
                actor=Actor("ana"),
                now=now + timedelta(minutes=number),
                action="plan.save",
                subject=f"plan:{number}",
            )
    tab = open_tab(desk)
    assert len(tab.as_seen()[1]) == 200
    for _ in range(3):
        bar = tab.view.verticalScrollBar()
        bar.setValue(bar.maximum())
        desk.tasks.wait_idle()
    records = [row[4] for row in tab.as_seen()[1]]
    assert records == [f"Plan {number}" for number in reversed(range(450))]


def test_a_change_shows_at_once_at_the_top(open_tab, desk, now):
    tab = open_tab(desk)
    assert tab.as_seen()[1] == []

    def change() -> None:
        with desk.db.transaction() as session:
            record_audit(session, actor=Actor("ana"), now=now, action="plan.save", subject="plan:1")

    desk.tasks.run_change(change, {"plans"})
    desk.tasks.wait_idle()
    desk.tasks.wait_idle()
    assert [row[4] for row in tab.as_seen()[1]] == ["Plan 1"]


def test_who_may_not_read_it_sees_a_sentence_and_no_order(open_tab, practice_desk):
    practice_desk.actor = Actor("ana", rights=frozenset({"kardex.move"}))
    tab = open_tab(practice_desk)
    assert tab.as_seen()[1] == []
    assert "no tiene permiso" in tab.list.empty.label.text()
    assert tab.actions_of_tab() == []
    assert tab.table() is None


def test_exporting_saves_all_that_the_filters_find(open_tab, practice_desk, tmp_path: Path, monkeypatch):
    target = tmp_path / "historial"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    tab = open_tab(practice_desk)
    choose(tab.filters.part, "Planes")
    practice_desk.tasks.wait_idle()
    found = len(tab.as_seen()[1])
    assert tab.export_list()
    practice_desk.tasks.wait_idle()
    sheet = openpyxl.load_workbook(target.with_suffix(".xlsx")).active
    told = [cell.value for cell in sheet["A"]]
    assert sheet.max_row == 1 + found + 3
    assert any("PRÁCTICA" in str(one) for one in told[-2:])


@pytest.fixture
def dialog(open_tab, practice_desk):
    tab = open_tab(practice_desk)
    tab.orders.ask_extract()
    practice_desk.tasks.wait_idle()
    (made,) = tab.findChildren(ExtractDialog)
    return tab, made


def test_the_first_extract_asks_for_its_series_and_is_emitted(dialog, practice_desk):
    tab, made = dialog
    assert made.form.value("mask") == "001-2024-EH-ULE/MPT"
    made.form.fields["signer"].set_value(1)
    made.try_submit()
    practice_desk.tasks.wait_idle()
    (line,) = papers.list_papers(practice_desk.db, kinds=["audit_extract"])
    assert line.number_text == "001-2024-EH-ULE/MPT"
    tab.orders.ask_extract()
    practice_desk.tasks.wait_idle()
    assert "mask" not in tab.findChildren(ExtractDialog)[-1].form.fields


def test_wrong_answers_stay_in_the_dialog(dialog, practice_desk, now):
    _tab, made = dialog
    made.form.fields["signer"].set_value(1)
    made.form.fields["since"].set_value(now.date())
    made.form.fields["until"].set_value(now.date() - timedelta(days=5))
    made.try_submit()
    assert "anterior" in made.form.fields["until"].error
    made.form.fields["until"].set_value(None)
    made.form.fields["mask"].set_value("sin cifras")
    made.try_submit()
    assert made.form.fields["mask"].error
    made.form.fields["mask"].set_value("001-2024-EH/MPT")
    made.form.fields["since"].set_value(now.date() + timedelta(days=400))
    made.try_submit()
    practice_desk.tasks.wait_idle()
    assert "Ninguna anotación" in made.banner.label.text()
    assert papers.list_papers(practice_desk.db, kinds=["audit_extract"]) == []


def test_an_office_without_officers_is_told(open_tab, desk, monkeypatch):
    from sisfoh_desktop.modules.safekeeping.view import trail_extract

    told = []
    monkeypatch.setattr(trail_extract, "show_error", lambda _over, sentence, _title: told.append(sentence))
    tab = open_tab(replace(desk))
    tab.orders.ask_extract()
    desk.tasks.wait_idle()
    assert "Regístrelos en Oficina" in told[0]


def test_cancelled_nothing_is_emitted_and_the_form_is_still_there(dialog, practice_desk, monkeypatch):
    _tab, made = dialog
    made.form.fields["signer"].set_value(1)
    run = trail_extract.ProgressDialog.run_change

    def run_and_cancel(*args, **more):
        shown = run(*args, **more)
        shown.cancel()
        return shown

    with monkeypatch.context() as patched:
        patched.setattr(trail_extract.ProgressDialog, "run_change", run_and_cancel)
        made.try_submit()
        practice_desk.tasks.wait_idle()
        made.preview_button.click()
        practice_desk.tasks.wait_idle()
    assert "Se canceló" in made.banner.label.text()
    assert made.form.value("mask") == "001-2024-EH-ULE/MPT"
    assert papers.list_papers(practice_desk.db, kinds=["audit_extract"]) == []
    made.try_submit()
    practice_desk.tasks.wait_idle()
    assert len(papers.list_papers(practice_desk.db, kinds=["audit_extract"])) == 1


def test_a_cancelled_workbook_leaves_no_file_and_no_word(open_tab, practice_desk, tmp_path, monkeypatch):
    target = tmp_path / "historial.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    tab = open_tab(practice_desk)
    before = len(tab.as_seen()[1])
    tab.export_list()
    tab.findChild(ProgressDialog).cancel()
    practice_desk.tasks.wait_idle()
    tab.reload()
    practice_desk.tasks.wait_idle()
    assert list(tmp_path.glob("historial*")) == []
    assert len(tab.as_seen()[1]) == before


def test_a_filtered_column_looks_through_the_whole_trail_and_the_workbook_follows(
    open_tab, practice_desk, monkeypatch, tmp_path, qtbot
):
    tab = open_tab(practice_desk)
    every = len(tab.as_seen()[1])
    tab.list.set_column_filters({"Qué": ColumnFilter(words="movimiento registrado")})
    qtbot.waitUntil(lambda: not tab.list.model.later)
    practice_desk.tasks.wait_idle()
    rows = tab.as_seen()[1]
    assert rows
    assert {row[3] for row in rows} == {"Movimiento registrado"}
    assert f"{len(rows)} a la vista" in tab.foot.text()
    target = tmp_path / "historial.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    tab.export_list()
    qtbot.waitUntil(target.exists)
    practice_desk.tasks.wait_idle()
    sheet = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert sum("Movimiento registrado" in row for row in sheet) == len(rows)
    assert any("contiene «movimiento registrado»" in str(cell) for row in sheet for cell in row)
    assert tab.cancel()
    practice_desk.tasks.wait_idle()
    assert len(tab.as_seen()[1]) == every + 1, "the workbook just made is told there too"


def test_the_workbook_has_the_columns_that_are_seen_in_their_order_and_says_which_are_hidden(
    open_tab, practice_desk, monkeypatch, tmp_path, qtbot
):
    tab = open_tab(practice_desk)
    tab.list.orders.arrange(Arrangement(("Qué", "Cuándo", "Quién", "Antes → Después"), ("Parte", "Registro")))
    assert tab.list.titles_seen() == ["Qué", "Cuándo", "Quién", "Antes → Después"]
    target = tmp_path / "historial.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    tab.export_list()
    qtbot.waitUntil(target.exists)
    practice_desk.tasks.wait_idle()
    sheet = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert [cell for cell in sheet[0] if cell] == [
        *("N°", "Qué se hizo", "Fecha y hora", "Usuario", "Oficina", "Antes → después", "Motivo"),
        *("Acción", "Sobre", "Huella", "Huella anterior"),
    ]
    assert any("sin las columnas Parte y Registro" in str(cell) for row in sheet for cell in row)
    tab.list.orders.arrange(None)


def test_the_extract_on_paper_follows_the_columns_that_are_filtered_and_says_so(
    open_tab, practice_desk, qtbot
):
    tab = open_tab(practice_desk)
    tab.list.set_column_filters({"Qué": ColumnFilter(words="movimiento registrado")})
    qtbot.waitUntil(lambda: not tab.list.model.later)
    practice_desk.tasks.wait_idle()
    found = len(tab.as_seen()[1])
    tab.orders.ask_extract()
    practice_desk.tasks.wait_idle()
    (made,) = tab.findChildren(ExtractDialog)
    made.form.fields["signer"].set_value(1)
    made.try_submit()
    practice_desk.tasks.wait_idle()
    (line,) = papers.list_papers(practice_desk.db, kinds=["audit_extract"])
    assert "Qué: contiene «movimiento registrado»" in line.title
    document = pypdfium2.PdfDocument(papers.paper_bytes(practice_desk.db, practice_desk.archive, line.id))
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    said = " ".join(said.split()).replace("\u00a0", " ")
    assert f"{found} anotaciones de las" in said
    assert "contiene «movimiento registrado»" in said
    assert "Base abierta" not in said
    assert said.count("Movimiento registrado") == found
