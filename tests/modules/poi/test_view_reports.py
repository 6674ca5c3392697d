"""The tab of the reports over the real services: what is reported, emitting, the round, workbooks."""

import openpyxl
import pytest
from filling import fills
from poi_reports import MANAGER, PLANNER, ReportsOffice, scan
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from sisfoh_desktop.modules.poi.rules.reports import ReportKind
from sisfoh_desktop.modules.poi.service import plans, reports
from sisfoh_desktop.modules.poi.view.page import PoiPage
from sisfoh_desktop.modules.poi.view.reports_dialogs import EmitDialog
from sisfoh_desktop.modules.poi.view.reports_tab import ReportsTab
from sisfoh_desktop.qtkit.ink_dialog import InkDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.open_dialog import AnnulDialog
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.series_form import SeriesDialog


@pytest.fixture
def office(poi_office, archive):
    made = ReportsOffice(poi_office, archive)
    made.start_series()
    return made


@pytest.fixture
def tab(office, desk, qtbot):
    yield from _tab(desk, qtbot, plans.load_plan(office.db, office.poi.plan))


def _tab(desk, qtbot, plan):
    tab = ReportsTab(desk)
    qtbot.addWidget(tab)
    tab.plan = plan
    tab.resize(862, 600)
    tab.show()
    load(tab)
    yield tab
    for dialog in tab.findChildren(QDialog):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.hide()


def load(tab):
    tab.reload()
    settle(tab)


def settle(tab):
    for _ in range(4):
        tab.desk.tasks.wait_idle()


def cells(tab):
    return [[cell.replace("\u00a0", " ") for cell in row] for row in tab.made.as_seen()[1]]


def dialog_of(tab, kind):
    settle(tab)
    found = [one for one in tab.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__}"
    return found[-1]


def emit(tab, qtbot):
    """The report as it is proposed, by keyboard alone."""
    assert tab.new_record()
    dialog = dialog_of(tab, EmitDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(tab)
    load(tab)


def test_it_proposes_the_last_quarter_told_and_says_the_version(tab):
    assert tab.quarter.currentText() == "I trimestre"
    assert tab.unit.currentText() == "Todo el plan"
    assert tab.unit.count() == 4
    assert "POI aprobado, sin resolución registrada" in tab.version.text()
    assert cells(tab) == []
    assert tab.next_step().button == "Emitir…"


def test_emitted_by_keyboard_it_waits_for_its_author(tab, qtbot):
    emit(tab, qtbot)
    row = cells(tab)[0]
    assert row[0] == "001-2024-OPP/MPP"
    assert row[2:] == ["I", "Informe trimestral", "POI aprobado", "Por firmar", PLANNER]
    assert tab.next_step().title == "Falta firmar 001-2024-OPP/MPP"


def test_a_sheet_of_a_unit_with_a_visto_bueno(tab, office):
    tab.unit.setCurrentIndex(1)
    assert not tab.book_action.isEnabled()
    tab.emit_action.trigger()
    dialog = dialog_of(tab, EmitDialog)
    assert dialog.windowTitle() == "Emitir ficha ejecutiva"
    assert dialog.form.value("author") == office.planner
    dialog.form.fields["approval_1"].set_value(office.manager)
    dialog.try_submit()
    settle(tab)
    load(tab)
    assert cells(tab)[0][3] == f"Ficha ejecutiva: {office.poi.activity(0).unit_name}"
    assert cells(tab)[0][6] == MANAGER


def test_nobody_signs_twice(tab, office):
    tab.emit_action.trigger()
    dialog = dialog_of(tab, EmitDialog)
    dialog.form.fields["approval_2"].set_value(office.planner)
    dialog.try_submit()
    assert dialog.isVisible()
    assert "dos veces" in dialog.form.fields["approval_1"].error_label.text()


def test_previews_of_the_copy_and_of_the_project(tab):
    assert tab.preview()
    preview = dialog_of(tab, PreviewDialog)
    assert preview.windowTitle() == "Informe trimestral del POI 2024 al I trimestre"
    preview.close()
    tab.emit_action.trigger()
    dialog = dialog_of(tab, EmitDialog)
    dialog.preview_button.click()
    preview = dialog_of(tab, PreviewDialog)
    assert preview.windowTitle().startswith("Proyecto:")
    preview.close()
    assert reports.list_reports(tab.desk.db, tab.plan.id) == []


def test_a_quarter_without_figures_is_refused_and_the_dialog_stays(tab):
    tab.quarter.setCurrentIndex(3)
    tab.emit_action.trigger()
    dialog = dialog_of(tab, EmitDialog)
    dialog.try_submit()
    settle(tab)
    assert "no se registró ningún mes" in dialog.banner.label.text()
    assert dialog.primary_button.isEnabled()


def test_without_a_series_it_is_confirmed_first(poi_office, archive, desk, qtbot):
    office = ReportsOffice(poi_office, archive)
    for tab in _tab(desk, qtbot, plans.load_plan(office.db, office.poi.plan)):
        tab.emit_action.trigger()
        series = dialog_of(tab, SeriesDialog)
        assert series.form.value("mask") == "001-2024-OPP/MPP"
        series.form.fields["last_number"].set_value(4)
        series.try_submit()
        dialog_of(tab, EmitDialog).try_submit()
        settle(tab)
        load(tab)
        assert cells(tab)[0][0] == "005-2024-OPP/MPP"


def test_without_officers_it_says_where_to_register_them(poi_office, desk, qtbot):
    for tab in _tab(desk, qtbot, plans.load_plan(poi_office.db, poi_office.plan)):
        tab.emit_action.trigger()
        box = dialog_of(tab, MessageDialog)
        words = " ".join(label.text() for label in box.findChildren(type(box.banner.label)))
        assert "Regístrelos en Oficina" in words
        box.close()


def test_the_ink_round_ends_it(tab, qtbot, monkeypatch, tmp_path):
    emit(tab, qtbot)
    path = tmp_path / "informe.png"
    path.write_bytes(scan())
    fills(monkeypatch, tab.desk.tasks, InkDialog, path=str(path))
    tab.round.orders.ink_action.trigger()
    settle(tab)
    load(tab)
    assert cells(tab)[0][5:] == ["Firmado", ""]
    assert not tab.annul_action.isEnabled()
    assert tab.next_step().button == "Emitir…"


def test_annulled_with_a_reason(tab, qtbot):
    emit(tab, qtbot)
    tab.annul_action.trigger()
    dialog = dialog_of(tab, AnnulDialog)
    dialog.form.fields["reason"].set_value("Se registró mal un mes.")
    dialog.try_submit()
    settle(tab)
    load(tab)
    assert cells(tab)[0][5] == "Anulado"


def test_workbooks_are_saved(tab, monkeypatch, tmp_path):
    path = tmp_path / "trimestre"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    tab.book_action.trigger()
    settle(tab)
    sheet = openpyxl.load_workbook(path.with_suffix(".xlsx"), data_only=True)["POI"]
    assert (
        sheet["A1"].value == "PLAN OPERATIVO INSTITUCIONAL 2024 - EJECUCIÓN AL I TRIMESTRE (AVANCE A FEBRERO)"
    )
    path = tmp_path / "plan.xlsx"
    tab.plan_action.trigger()
    settle(tab)
    assert openpyxl.load_workbook(path)["POI"].max_row == 4 + 12 + 1


def test_a_paper_asked_for_elsewhere_is_chosen(tab, office):
    first = office.freeze()
    office.freeze(kind=ReportKind.UNIT, unit_name=office.poi.activity(0).unit_name)
    subject = next(one.subject for one in reports.list_reports(office.db, office.poi.plan) if one.id == first)
    tab.show_part(int(subject.partition(":")[2]))
    load(tab)
    assert tab.made.selected().id == first
    assert tab.show_action.isEnabled()
    tab.made.activated.emit(tab.made.selected())
    dialog_of(tab, PreviewDialog).close()


def test_without_a_plan_there_is_nothing_to_do(desk, qtbot):
    for tab in _tab(desk, qtbot, None):
        assert tab.next_step() is None
        assert not tab.new_record()
        assert not tab.preview()


def test_model(tab, qtmodeltester):
    qtmodeltester.check(tab.made.model)


def test_the_origin_of_a_report_of_another_year_opens_that_year(office, desk, qtbot):
    office.freeze()
    (line,) = reports.list_reports(office.db, office.poi.plan)
    other = plans.add_plan(office.db, **office.who, year=2025)
    page = PoiPage(desk)
    qtbot.addWidget(page)
    page.show()
    desk.tasks.wait_idle()
    page.bar.chosen.emit(other)
    desk.tasks.wait_idle()
    assert page.bar.combo.currentText() == "POI 2025"
    page.show_record("poi.report", int(line.subject.partition(":")[2]))
    qtbot.waitUntil(lambda: isinstance(page.tab(), ReportsTab) and page.tab().made.selected() is not None)
    tab = page.tab()
    assert isinstance(tab, ReportsTab)
    assert tab.plan.year == 2024
    assert tab.made.selected().id == line.id


def test_without_a_poi_the_import_is_offered_and_without_activities_the_programme(
    desk, qtbot, db, actor, now
):
    asked = []
    for year in (None, now.year):
        plan = plans.load_plan(db, plans.add_plan(db, actor=actor, now=now, year=year)) if year else None
        for tab in _tab(desk, qtbot, plan):
            tab.open_tab.connect(lambda key, _part: asked.append(key))
            load(tab)
            tab.made.empty_button.click()
    assert asked == ["quarantine", "programme"]
