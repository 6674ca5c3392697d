"""Gráficos over the real services: three charts, two filters, the picture, and the same in words."""

from dataclasses import replace
from decimal import Decimal

import pyqtgraph as pg
import pytest
from poi_office import make_poi, small_year
from poi_reports import ReportsOffice
from poi_seed import seed_year
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QTableView

from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS
from sisfoh_desktop.modules.poi.rules.reports import ChartKind
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view.charts_heat import HeatModel
from sisfoh_desktop.modules.poi.view.charts_tab import ChartsTab
from sisfoh_desktop.qtkit import theme as theme_module
from sisfoh_desktop.qtkit.theme import theme

PEOPLE = "GERENCIA DE RECURSOS HUMANOS"


@pytest.fixture
def open_charts(desk, qtbot):
    def open_it(plan_id: int | None) -> ChartsTab:
        tab = ChartsTab(desk)
        qtbot.addWidget(tab)
        tab.asked = []
        tab.open_tab.connect(lambda key, part: tab.asked.append((key, part)))
        tab.plan = plans.load_plan(desk.db, plan_id) if plan_id is not None else None
        tab.resize(846, 590)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return open_it


@pytest.fixture
def charts(open_charts, db, actor, now):
    return open_charts(make_poi(db, actor, now, seed_year()).plan)


def choose(tab, combo, words: str) -> None:
    combo.setCurrentText(words)
    tab.desk.tasks.wait_idle()


def go_to(tab, kind: ChartKind):
    tab.views.setCurrentIndex(list(ChartKind).index(kind))
    tab.desk.tasks.wait_idle()
    return tab._stack.currentWidget()


def test_without_a_unit_of_measure_activities_are_counted(charts):
    assert charts.kind is ChartKind.MONTHS
    assert charts.measures.currentText() == "Todas, sin sumarlas"
    assert "744 de 774 metas mensuales de actividades" in charts.words.text()
    assert charts._drawn.shown.executed[0] == 80


def test_with_one_its_sums_are_drawn(charts):
    choose(charts, charts.measures, "ACCIONES")
    assert "se programaron 4\u00a0914 y se ejecutaron 4\u00a0930 ACCIONES" in charts.words.text()


def test_one_unit_alone(charts):
    choose(charts, charts.units, PEOPLE)
    assert charts.heading.text() == f"Programado y ejecutado por mes, POI 2019. {PEOPLE}."
    assert charts._drawn.shown.activities == 8


def test_the_chart_is_told_in_words_to_who_does_not_see_it(charts):
    for kind in ChartKind:
        chart = go_to(charts, kind)
        assert chart.accessibleName().endswith("POI 2019")
        assert chart.accessibleDescription() == charts.words.text() != ""


def test_the_month_under_the_cursor_is_moved_by_keyboard(charts, qtbot):
    chart = go_to(charts, ChartKind.CUMULATIVE)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert charts.readout.text().startswith("Agosto: programado")
    for _ in range(9):
        qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert charts.readout.text().startswith("Enero:")


def test_a_cell_of_the_map_is_read_without_colour(charts, qtbot):
    view = go_to(charts, ChartKind.HEAT)
    assert isinstance(view, QTableView)
    row = next(at for at in range(24) if view.heat.headerData(at, Qt.Orientation.Vertical) == PEOPLE)
    march = view.heat.index(row, 2)
    assert view.heat.data(march) == "▲ 75"
    view.setCurrentIndex(march)
    assert charts.readout.text() == f"{PEOPLE}, marzo: 6 de 8, 75\u00a0%. En riesgo"
    assert view.heat.data(view.heat.index(row, 11)) == ""


def test_enter_on_a_unit_of_the_map_shows_its_activities(charts, qtbot, desk):
    view = go_to(charts, ChartKind.HEAT)
    row = next(at for at in range(24) if view.heat.headerData(at, Qt.Orientation.Vertical) == PEOPLE)
    view.setCurrentIndex(view.heat.index(row, 2))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    desk.tasks.wait_idle()
    assert charts.units.currentText() == PEOPLE
    assert view.heat.rowCount() == 8
    assert "GESTIONAR EL TRANSITO AL NUEVO REGIMEN DEL SERVICIO CIVIL" in {
        view.heat.headerData(at, Qt.Orientation.Vertical) for at in range(8)
    }


def test_the_map_is_a_sound_model(charts, qtmodeltester):
    view = go_to(charts, ChartKind.HEAT)
    assert isinstance(view.heat, HeatModel)
    qtmodeltester.check(view.heat)


@pytest.mark.parametrize("kind", list(ChartKind))
def test_each_chart_is_copied_as_a_picture_with_its_words(charts, qtbot, kind):
    chart = go_to(charts, kind)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage()
    assert copied.text() == f"{charts.heading.text()}\n{charts.words.text()}"
    image = copied.imageData()
    assert image.width() > 500
    assert image.height() > 300


def test_a_copied_map_holds_the_rows_that_are_out_of_sight(charts):
    view = go_to(charts, ChartKind.HEAT)
    assert view.picture().height() > view.viewport().height()


def test_light_and_dark(charts, qapp):
    grounds = []
    try:
        for scheme in ("light", "dark"):
            theme().start(qapp, scheme)
            grounds.append(charts.picture().toImage().pixelColor(2, 2).lightness())
    finally:
        theme().set_scheme("light")
    assert grounds[0] - grounds[1] > 128


@pytest.mark.parametrize("kind", list(ChartKind))
def test_each_chart_is_a_sheet_in_greys(open_charts, poi_office, archive, desk, kind, monkeypatch):
    ReportsOffice(poi_office, archive)  # a paper bears the name of the municipality
    charts = open_charts(poi_office.plan)
    go_to(charts, kind)
    shown = []
    monkeypatch.setattr(charts, "_show_pdf", shown.append)
    assert charts.preview()
    desk.tasks.wait_idle()
    assert shown[0].startswith(b"%PDF")


def test_the_filters_stay_after_a_reload(charts, desk):
    choose(charts, charts.units, PEOPLE)
    choose(charts, charts.measures, "DOCUMENTOS")
    charts.reload()
    desk.tasks.wait_idle()
    assert (charts.units.currentText(), charts.measures.currentText()) == (PEOPLE, "DOCUMENTOS")
    assert charts._drawn.shown.activities == 1


def test_another_tab_can_ask_for_a_unit(charts, desk):
    charts.show_part(PEOPLE)
    desk.tasks.wait_idle()
    assert charts._drawn.scope.unit_name == PEOPLE


def test_without_a_poi_the_import_is_offered(open_charts):
    tab = open_charts(None)
    assert not tab.copy_action.isEnabled()
    tab._empty.button.click()
    assert tab.asked == [("quarantine", None)]


def test_a_plan_without_activities_leads_to_the_programme(open_charts, db, actor, now):
    tab = open_charts(plans.add_plan(db, actor=actor, now=now, year=now.year))
    tab._empty.button.click()
    assert tab.asked == [("programme", None)]


def test_the_year_on_view_may_be_taken_away(charts, desk):
    charts.plan = None
    charts.reload()
    desk.tasks.wait_idle()
    assert charts._stack.currentWidget() is charts._empty
    assert not charts.print_action.isEnabled()


# -- legible -------------------------------------------------------------------------------------------------


def text_of(chart, start: str):
    return next(
        one
        for one in chart.plot.items()
        if isinstance(one, pg.TextItem) and one.toPlainText().startswith(start)
    )


def test_the_label_of_what_was_executed_stands_clear_of_the_programmed_curve(open_charts, db, actor, now):
    """Also where a little more was done than programmed, and the curve goes on past it."""
    year = small_year()
    more = tuple(
        replace(
            one,
            executed=(
                *((value or Decimal(0)) * Decimal("1.04") for value in one.activity.programmed[:2]),
                *NO_MONTHS[2:],
            ),
        )
        for one in year.activities
    )
    charts = open_charts(make_poi(db, actor, now, replace(year, activities=more)).plan)
    chart = go_to(charts, ChartKind.CUMULATIVE)
    label = text_of(chart, "Ejecutado")
    place = label.mapRectToScene(label.boundingRect())
    box = chart.plot.getPlotItem().vb
    wanted = [float(value or 0) for value in charts._drawn.shown.programmed]
    for step in range(111):
        at, part = divmod(step, 10)
        value = wanted[at] + (wanted[min(at + 1, 11)] - wanted[at]) * part / 10
        assert not place.contains(box.mapViewToScene(QPointF(1 + step / 10, value))), step


def test_nothing_done_yet_is_labelled_inside_the_chart(open_charts, db, actor, now):
    year = small_year()
    none = tuple(replace(one, executed=(Decimal(0), *NO_MONTHS[1:])) for one in year.activities)
    charts = open_charts(make_poi(db, actor, now, replace(year, activities=none)).plan)
    chart = go_to(charts, ChartKind.CUMULATIVE)
    label = text_of(chart, "Ejecutado 0")
    assert (
        label.mapRectToScene(label.boundingRect()).bottom()
        <= chart.plot.getPlotItem().vb.sceneBoundingRect().bottom()
    )


def test_in_high_contrast_the_rules_are_not_taken_for_bars(monkeypatch, charts):
    def rules(chart) -> set[Qt.PenStyle]:
        lines = (one for one in chart.plot.getPlotItem().items if isinstance(one, pg.InfiniteLine))
        return {one.pen.style() for one in lines if one.angle == 0}

    assert rules(go_to(charts, ChartKind.MONTHS)) == {Qt.PenStyle.SolidLine}
    monkeypatch.setattr(theme_module, "system_high_contrast", lambda _app: True)
    theme().set_scheme("system")
    dotted = rules(go_to(charts, ChartKind.MONTHS))
    monkeypatch.undo()
    theme().set_scheme("light")
    assert dotted == {Qt.PenStyle.DotLine}


@pytest.mark.parametrize("kind", [ChartKind.MONTHS, ChartKind.CUMULATIVE])
def test_the_axis_starts_at_a_zero_that_is_written_and_no_share_passes_a_hundred(charts, kind):
    chart = go_to(charts, kind)
    ground = QPixmap(600, 400)
    painter = QPainter(ground)
    told = [text for _place, _flags, text in chart.plot.getAxis("left").generateDrawSpecs(painter)[2]]
    painter.end()
    assert "0" in told
    assert kind is ChartKind.MONTHS or "110" not in told


def test_focus_is_seen_on_a_chart_and_reads_its_month(charts, qtbot):
    chart = go_to(charts, ChartKind.MONTHS)
    charts.views.setFocus()
    plain = chart.grab().toImage().pixelColor(0, 20)
    charts.readout.setText("")
    chart.setFocus()
    assert chart.grab().toImage().pixelColor(0, 20) != plain
    assert charts.readout.text().startswith("Setiembre: ")


def test_the_orders_say_what_they_do(charts):
    assert [action.text().replace("&", "") for action in charts.actions_of_tab()] == [
        "Copiar imagen",
        "Vista previa en grises",
    ]
