"""Trimestre over the real services: exceptions first, the office's table, every list by keyboard."""

from dataclasses import replace

from poi_lists import cells
from poi_office import make_poi, small_year
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view.quarter_bar import Cut
from sisfoh_desktop.modules.poi.view.quarter_tab import QuarterTab

TRANSIT = "GESTIONAR EL TRANSITO AL NUEVO REGIMEN DEL SERVICIO CIVIL"


# -- exceptions first ----------------------------------------------------------------------------------------


def test_the_thirteen_exceptions_of_the_seed_stand_first_with_0_of_6_at_the_head(seed_tab):
    assert seed_tab.bar.view == "exceptions"
    assert seed_tab.bar.cut == Cut(9)
    rows = cells(seed_tab.lists["exceptions"])
    assert len(rows) == 13
    assert rows[0] == [
        "Crítico",
        "GERENCIA DE RECURSOS HUMANOS",
        TRANSIT,
        "DOCUMENTOS",
        "6",
        "0",
        "−6",
        "0 %",
        "",
    ]
    assert rows[-1][5] == "103"
    assert seed_tab.bar.views.tabText(0) == "E&xcepciones (13)"


def test_a_state_is_told_by_sign_word_and_colour(seed_tab):
    model = seed_tab.lists["exceptions"].model
    assert model.cell(0, 0) == ("■ Crítico", "danger")
    assert model.cell(1, 0) == ("▲ En riesgo", "warn")
    assert model.cell(12, 0) == ("◊ Exceso", "accent")


def test_the_cut_is_said_in_a_sentence(seed_tab):
    assert seed_tab.summary.text() == (
        "13 de 90 actividades se apartan de lo programado al III trimestre: 9 por debajo, 4 por encima. "
        "POI aprobado, sin resolución registrada."
    )


def test_the_first_exception_is_the_next_step(seed_tab):
    step = seed_tab.next_step()
    assert step.text == f"{TRANSIT} (GERENCIA DE RECURSOS HUMANOS): 0 de 6 al III trimestre. Crítico."


def test_motive_and_measure_stand_beside(open_tab, poi_office):
    poi_office.execute(2, 3, 4, motive="staff", motive_text="renunció una persona", corrective="Contratar")
    tab = open_tab(poi_office.plan)
    tab.bar.cut_chosen.emit(Cut(3))
    tab.desk.tasks.wait_idle()
    row = next(row for row in cells(tab.lists["exceptions"]) if row[2] == "Atender audiencias vecinales")
    assert row[-1] == "MAR: Falta de personal: renunció una persona · Medida: Contratar"
    listed = tab.lists["exceptions"]
    row = next(at for at, row in enumerate(cells(listed)) if row[2] == "Atender audiencias vecinales")
    assert " ".join(listed.stacked.lines_of(row, 8)) == cells(listed)[row][-1], (
        "the motive is wrapped, not cut"
    )
    assert listed.view.rowHeight(row) >= listed.stacked.height_for(len(listed.stacked.lines_of(row, 8)))


def test_an_exception_is_read_whole_at_the_width_of_the_window(seed_tab):
    """State, activity, unit and figures of all thirteen, without a scroll bar to the side."""
    listed = seed_tab.lists["exceptions"]
    assert listed.view.horizontalScrollBar().maximum() == 0
    for row, told in enumerate(cells(listed)):
        assert "…" not in " ".join(listed.stacked.lines_of(row, 2)), told[2]
        assert "…" not in " ".join(listed.stacked.lines_of(row, 0)), told[0]
        assert listed.view.fontMetrics().horizontalAdvance(told[1]) <= listed.view.columnWidth(2)


def test_a_pending_state_is_told_whole(small_tab):
    listed = small_tab.lists["exceptions"]
    row = next(at for at, told in enumerate(cells(listed)) if told[0].startswith("Pendiente"))
    assert " ".join(listed.stacked.lines_of(row, 0)) == "… Pendiente de registro"


def test_what_stands_under_another_is_heard_copied_and_ordered(seed_tab):
    listed = seed_tab.lists["exceptions"]
    heard = listed.model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == f"{TRANSIT} (GERENCIA DE RECURSOS HUMANOS)"
    assert listed.as_seen()[0][:4] == ["Estado", "Unidad", "Actividad", "U. M."]
    listed.sort_by(1)
    assert cells(listed)[0][1] == "ESCUELA SAT"
    assert listed.view.rowHeight(0) >= listed.stacked.height_for(2)


def test_of_a_year_to_come_nothing_is_owed(open_tab, db, actor, now):
    office = make_poi(db, actor, now, replace(small_year(now.year + 1), activities=untold(small_year())))
    tab = open_tab(office.plan)
    assert tab.summary.text().startswith(
        f"El año {now.year + 1} todavía no empieza: no hay nada que comparar."
    )
    assert cells(tab.lists["exceptions"]) == []
    tab.bar.show_view("table")
    assert {row[-1] for row in cells(tab.lists["table"])} == {""}
    tab.bar.show_view("measures")
    assert cells(tab.lists["measures"])


def untold(year):
    return tuple(replace(one, executed=NO_MONTHS, notes=()) for one in year.activities)


# -- the cut -------------------------------------------------------------------------------------------------


def test_another_cut_is_chosen_by_keyboard(seed_tab, desk, qtbot):
    seed_tab.bar.cuts.setFocus()
    qtbot.keyClick(seed_tab.bar.cuts, Qt.Key.Key_Up)
    desk.tasks.wait_idle()
    assert seed_tab.bar.cut == Cut(6)
    assert len(cells(seed_tab.lists["exceptions"])) < 13
    assert "al II trimestre" in seed_tab.summary.text()


def test_a_month_is_a_cut_too(seed_tab, desk):
    seed_tab.bar.cuts.setCurrentText("Hasta agosto")
    desk.tasks.wait_idle()
    assert "programado hasta agosto" in seed_tab.summary.text()
    seed_tab.bar.show_view("table")
    titles = seed_tab.lists["table"].as_seen()[0]
    assert "AGO E" in titles
    assert "SEP E" not in titles


def test_the_cut_stays_after_a_reload(seed_tab, desk):
    seed_tab.bar.cuts.setCurrentText("I trimestre")
    desk.tasks.wait_idle()
    seed_tab.reload()
    desk.tasks.wait_idle()
    assert seed_tab.bar.cut == Cut(3)


def test_a_year_opens_at_the_last_month_with_anything_executed(small_tab):
    assert small_tab.bar.cut == Cut(2, by_quarter=False)
    assert small_tab.bar.cuts.currentText() == "Hasta febrero"
    assert "se apartan de lo programado hasta febrero: " in small_tab.summary.text()


def test_what_has_not_begun_is_not_offered(small_tab):
    """In March nothing of April is owed yet."""
    cuts = small_tab.bar.cuts
    offered = [
        cuts.itemText(at)
        for at in range(cuts.count())
        if cuts.model().item(at).isEnabled() and cuts.itemText(at)
    ]
    assert offered == ["I trimestre", "Hasta enero", "Hasta febrero", "Hasta marzo"]


def test_of_a_past_year_every_cut_is_offered(seed_tab):
    cuts = seed_tab.bar.cuts
    assert all(cuts.model().item(at).isEnabled() for at in range(cuts.count()) if cuts.itemText(at))


# -- the table -----------------------------------------------------------------------------------------------


def test_the_table_is_the_one_that_the_office_keeps(seed_tab):
    seed_tab.bar.show_view("table")
    titles, rows = seed_tab.lists["table"].as_seen()
    assert titles[:5] == ["Unidad", "Actividad", "U. M.", "Meta", "ENE P"]
    assert titles[-7:] == ["I prog.", "I ejec.", "II prog.", "II ejec.", "III prog.", "III ejec.", "Estado"]
    assert len(rows) == 91  # the row of sums goes with what is copied or exported
    total = [cell.replace("\u00a0", " ") for cell in rows[-1]]
    assert total[1] == "TOTAL (suma de unidades distintas)"
    assert total[3] == "7 040"
    assert total[-7:-1] == ["1 726", "1 722", "1 745", "1 745", "1 747", "1 761"]


def test_the_sums_are_said_below_the_table_and_nowhere_else(seed_tab):
    assert not seed_tab.total.isVisible()
    seed_tab.bar.show_view("table")
    assert seed_tab.total.isVisible()
    assert "III trimestre 1\u00a0747 / 1\u00a0761" in seed_tab.total.text()


def test_a_filtered_table_has_no_row_of_sums_and_says_what_its_own_lines_come_to(seed_tab):
    seed_tab.bar.show_view("table")
    seed_tab.lists["table"].set_filter("transito nuevo")
    assert [row[1] for row in cells(seed_tab.lists["table"])] == [TRANSIT]
    assert seed_tab.total.text() == (
        "Lo que se ve (DOCUMENTOS): meta anual 7; programado / ejecutado: "
        "I trimestre 2 / 0; II trimestre 2 / 0; III trimestre 2 / 0."
    )
    seed_tab.lists["table"].set_filter("recursos humanos")
    assert seed_tab.total.text().startswith("Lo que se ve (suma de unidades distintas): meta anual ")
    seed_tab.lists["table"].set_filter("nada de esto")
    assert not seed_tab.total.isVisible()
    seed_tab.lists["table"].set_filter("")
    assert seed_tab.total.text().startswith("TOTAL (suma de unidades distintas): meta anual 7\u00a0040")


def test_unit_and_activity_stay_while_the_months_pass(seed_tab, qtbot):
    seed_tab.bar.show_view("table")
    table = seed_tab.lists["table"]
    table.view.setFocus()
    assert not table._body.isVisible()
    qtbot.keyClick(table.view, Qt.Key.Key_Right)
    bar = table.view.horizontalScrollBar()
    assert bar.value() == table.view.columnWidth(2)
    assert table._body.isVisible()
    assert table._body.width() == table.view.columnWidth(0) + table.view.columnWidth(1)
    qtbot.keyClick(table.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(table.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() == 0
    assert not table._body.isVisible()


def test_a_click_on_a_frozen_title_orders_by_it(seed_tab, qtbot):
    seed_tab.bar.show_view("table")
    table = seed_tab.lists["table"]
    table.view.horizontalScrollBar().setValue(300)
    qtbot.mouseClick(table._head, Qt.MouseButton.LeftButton, pos=table._head.rect().center())
    assert table.model.order == (1, False)


def test_the_rows_are_copied_with_their_heads(seed_tab, qtbot):
    seed_tab.bar.show_view("table")
    table = seed_tab.lists["table"]
    table.view.selectAll()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Unidad\tActividad\tU. M.\tMeta\tENE P")
    assert len(lines) == 91


# -- the other lists -----------------------------------------------------------------------------------------


def test_units_are_counted_by_state(seed_tab):
    seed_tab.bar.show_view("units")
    titles, rows = seed_tab.lists["units"].as_seen()
    assert titles == [
        "Unidad",
        "Activ.",
        "Cumplidas",
        "Avance",
        "■ Crítico",
        "▲ En riesgo",
        "● Conforme",
        "◊ Exceso",
    ]
    assert len(rows) == 24


def test_enter_on_a_unit_shows_its_activities(seed_tab, qtbot):
    seed_tab.bar.show_view("units")
    units = seed_tab.lists["units"]
    units.select("GERENCIA DE RECURSOS HUMANOS")
    units.view.setFocus()
    qtbot.keyClick(units.view, Qt.Key.Key_Return)
    assert seed_tab.bar.view == "table"
    assert len(cells(seed_tab.lists["table"])) == 8


def test_the_unit_under_the_cursor_is_told_whole(seed_tab):
    seed_tab.bar.show_view("units")
    units = seed_tab.lists["units"]
    name = next(row[0] for row in cells(units) if len(row[0]) > 30)
    units.select(name)
    assert seed_tab.chosen.text() == f"{name}."
    seed_tab.bar.show_view("measures")
    assert not seed_tab.chosen.isVisible()


def test_only_what_is_alike_is_added(seed_tab):
    seed_tab.bar.show_view("measures")
    rows = cells(seed_tab.lists["measures"])
    assert rows[0] == ["ACCIONES", "80", "6 632", "4 914", "4 930", "100.3 %", "Exceso", "12"]
    assert next(row for row in rows if row[0] == "DOCUMENTOS")[6] == "Crítico"


def test_what_is_left_for_the_quarter(seed_tab):
    seed_tab.bar.show_view("remaining")
    rows = cells(seed_tab.lists["remaining"])
    assert len(rows) == 9
    assert next(row for row in rows if row[1] == TRANSIT)[3:] == ["6", "0", "6", "6", "", ""]
    assert seed_tab.summary.text() == (
        "9 de 90 actividades no llegan a lo programado al III trimestre; las 9 ya van atrasadas."
    )


def test_months_that_nobody_told_are_named(small_tab):
    small_tab.bar.show_view("remaining")
    visits = next(row for row in cells(small_tab.lists["remaining"]) if row[1] == "Visitar hogares")
    assert visits[3:] == ["150", "50", "100", "50", "50", "FEB"]


def test_what_is_late_is_told_apart_from_what_is_still_to_come(small_tab):
    """At the end of February: 10 and 6 of 10 and 10, and March's 10 to come."""
    small_tab.bar.show_view("remaining")
    rows = {row[1]: row[3:] for row in cells(small_tab.lists["remaining"])}
    assert rows["Atender audiencias vecinales"] == ["30", "16", "14", "4", "10", ""]
    assert rows["Dirigir sesiones de concejo"] == ["6", "4", "2", "", "2", ""]
    late = sum(bool(row[3]) for row in rows.values())
    assert small_tab.summary.text().endswith(
        f"no llegan a lo programado al I trimestre; {late} ya van atrasadas hasta febrero, lo demás es de marzo."
    )


# -- what the page asks --------------------------------------------------------------------------------------


def test_an_activity_found_elsewhere_is_shown_in_the_table(small_tab, poi_office):
    small_tab.show_part(poi_office.ids[5])
    assert small_tab.bar.view == "table"
    assert small_tab.table().selected().key == poi_office.ids[5]


def test_an_activity_asked_for_before_the_year_came_is_shown(desk, qtbot, poi_office):
    tab = QuarterTab(desk)
    qtbot.addWidget(tab)
    tab.plan = plans.load_plan(desk.db, poi_office.plan)
    tab.reload()
    tab.show_part(poi_office.ids[5])
    desk.tasks.wait_idle()
    assert tab.table().selected().key == poi_office.ids[5]


def test_the_report_of_the_cut_is_asked_for(seed_tab):
    seed_tab.report_action.trigger()
    assert seed_tab.asked == [("reports", None)]


def test_without_a_poi_the_import_is_offered(open_tab):
    tab = open_tab(None)
    assert not tab.detail_action.isEnabled()
    tab.lists["exceptions"].empty_button.click()
    assert tab.asked == [("quarantine", None)]


def test_a_plan_without_activities_leads_to_the_programme(open_tab, db, actor, now):
    plan_id = plans.add_plan(db, actor=actor, now=now, year=now.year)
    tab = open_tab(plan_id)
    assert tab.bar.cut == Cut(now.month - 1, by_quarter=False)
    tab.lists["exceptions"].empty_button.click()
    assert tab.asked == [("programme", None)]


def test_the_chosen_activity_stays_after_a_reload(seed_tab, desk):
    seed_tab.lists["exceptions"].view.select_row(4)
    chosen = seed_tab.table().selected().key
    seed_tab.reload()
    desk.tasks.wait_idle()
    assert seed_tab.table().selected().key == chosen


def test_every_list_has_a_name_for_who_does_not_see_it(seed_tab):
    assert all(one.view.accessibleName() for one in seed_tab.lists.values())
    assert seed_tab.bar.cuts.accessibleName()
