"""Filtering by a column, choosing columns, and named views: what is seen is what is copied and exported."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.row_dialogs import ColumnFilterDialog, ColumnsDialog, SaveViewDialog
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_memory import Arrangement, list_memory
from sisfoh_desktop.qtkit.row_table import Column, RowTable


@dataclass(frozen=True)
class Plan:
    id: int
    title: str
    state: str
    opened: date
    homes: int
    dni: str = ""


PLANS = [
    Plan(1, "Calana", "Vigente", date(2024, 3, 1), 1_200, "40000001"),
    Plan(2, "Ciudad Nueva", "Borrador", date(2024, 3, 8), 16_391),
    Plan(3, "Pocollay", "Vigente", date(2024, 4, 2), 800),
]
COLUMNS = [
    Column("Plan", lambda plan: plan.title),
    Column("Estado", lambda plan: plan.state),
    Column("Inicio", lambda plan: format_date(plan.opened), lambda plan: plan.opened, "center"),
    Column("Hogares", lambda plan: str(plan.homes), lambda plan: plan.homes, "right"),
    Column("DNI", lambda plan: plan.dni, personal=True),
]


@pytest.fixture
def remembered(tmp_path):
    list_memory().start(tmp_path / "listas.json")
    list_memory().use("ana")
    yield list_memory()
    list_memory().start(None)
    list_memory().use("")


@pytest.fixture
def make(qtbot, remembered):
    kept = []

    def made() -> RowTable:
        table = RowTable(COLUMNS, name="Planes", noun=("plan", "planes"))
        kept.append(table)
        qtbot.addWidget(table)
        table.resize(800, 400)
        table.set_rows(PLANS)
        with qtbot.waitActive(table):
            table.show()
        return table

    return made


@pytest.fixture
def table(make) -> RowTable:
    return make()


def titles(table: RowTable) -> list[str]:
    return [row[table.as_seen()[0].index("Plan")] for row in table.as_seen()[1]]


def answering(monkeypatch, dialog_class, act):
    """When the dialog is shown, do this to it."""

    def run(dialog):
        dialog.show()
        act(dialog)
        return dialog.result()

    monkeypatch.setattr(dialog_class, "exec", run)


def entries(menu) -> dict[str, object]:
    return {one.text().replace("&", ""): one for one in menu.actions()}


def test_a_column_is_filtered_by_some_of_its_values(table, monkeypatch):
    def choose(dialog):
        assert [dialog.choices.item(row).text() for row in range(2)] == ["Borrador  (1)", "Vigente  (2)"]
        dialog.choices.item(1).setCheckState(Qt.CheckState.Checked)
        dialog.try_submit()

    answering(monkeypatch, ColumnFilterDialog, choose)
    table.orders.ask_filter(1)
    assert titles(table) == ["Calana", "Pocollay"]
    assert table.foot.text() == "2 de 3 planes"
    assert [one.text() for one in table.orders.chips.buttons] == ["Estado: Vigente  ✕", "Quitar filtros"]


def test_a_day_and_a_figure_are_asked_from_and_until(table, monkeypatch):
    def from_march_8(dialog):
        dialog.form.set_values({"low": date(2024, 3, 8)})
        dialog.try_submit()

    answering(monkeypatch, ColumnFilterDialog, from_march_8)
    table.orders.ask_filter(2)
    assert titles(table) == ["Ciudad Nueva", "Pocollay"]

    def until_a_thousand(dialog):
        dialog.form.set_values({"high": "1 000"})
        dialog.try_submit()

    answering(monkeypatch, ColumnFilterDialog, until_a_thousand)
    table.orders.ask_filter(3)
    assert titles(table) == ["Pocollay"]


@pytest.mark.parametrize(("low", "high", "said"), [("20", "10", "antes que"), ("diez", "", "diez")])
def test_bounds_that_make_no_sense_are_refused_and_stay(table, low, high, said):
    dialog = ColumnFilterDialog("Hogares", ColumnFilter(), "figures", [], table)
    dialog.form.set_values({"low": low, "high": high})
    assert not dialog.submit()
    assert any(said in field.error for field in dialog.form.fields.values())
    assert dialog.form.fields["low"].raw() == low


def test_bounds_of_another_kind_in_a_saved_view_leave_the_fields_empty(table):
    dialog = ColumnFilterDialog("Fecha", ColumnFilter(low="5", high="20240308"), "days", [], table)
    assert [dialog.form.fields[name].is_empty() for name in ("low", "high")] == [True, False]


def test_a_chip_takes_its_filter_off_and_the_cursor_goes_to_the_list(table, qtbot):
    table.set_column_filters({"Estado": ColumnFilter(values=("Vigente",)), "Plan": ColumnFilter(words="poc")})
    assert titles(table) == ["Pocollay"]
    qtbot.mouseClick(table.orders.chips.buttons[1], Qt.MouseButton.LeftButton)
    assert titles(table) == ["Calana", "Pocollay"]
    assert table.view.hasFocus()
    qtbot.mouseClick(table.orders.chips.buttons[-1], Qt.MouseButton.LeftButton)
    assert len(titles(table)) == 3
    assert table.orders.chips.isHidden()


def ctrl_z(table: RowTable, qtbot) -> None:
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    qtbot.keyClick(table.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_filters_taken_off_together_come_back_by_ctrl_z(table, qtbot):
    filters = {"Estado": ColumnFilter(values=("Vigente",)), "Plan": ColumnFilter(words="poc")}
    table.set_column_filters(filters)
    qtbot.mouseClick(table.orders.chips.buttons[-1], Qt.MouseButton.LeftButton)
    assert len(titles(table)) == 3
    ctrl_z(table, qtbot)
    assert titles(table) == ["Pocollay"]
    assert table.model.column_filters == filters
    assert len(table.orders.chips.buttons) == 3


def test_a_view_that_was_dropped_comes_back_by_ctrl_z(table, qtbot, remembered, monkeypatch):
    view = table.orders.seen_now()
    remembered.keep_view("Planes", "una", view)
    monkeypatch.setattr(messages, "ask_destroy", lambda *_words: True)
    table.orders.drop_view("una")
    assert remembered.views("Planes") == {}
    ctrl_z(table, qtbot)
    assert remembered.views("Planes") == {"una": view}


def test_filters_hold_with_typing_with_reading_again_and_with_order(table):
    table.set_column_filters({"Estado": ColumnFilter(values=("Vigente",))})
    table.set_filter("c")
    table.set_filter("ca")
    table.sort_by(0, descending=True)
    table.set_rows([*PLANS, Plan(4, "Cairani", "Vigente", date(2024, 5, 1), 5)])
    assert titles(table) == ["Calana", "Cairani"]
    table.set_filter("")
    assert titles(table) == ["Pocollay", "Calana", "Cairani"]


def test_nothing_left_says_so_and_offers_the_way_back(table, qtbot):
    table.set_column_filters({"Plan": ColumnFilter(words="zzz")})
    assert table.empty_label.text() == "Nada coincide con los filtros puestos."
    qtbot.mouseClick(table.empty_button, Qt.MouseButton.LeftButton)
    assert len(titles(table)) == 3


def test_a_record_asked_for_is_shown_even_if_a_column_hides_it(table):
    table.set_column_filters({"Estado": ColumnFilter(values=("Borrador",))})
    assert table.select(3)
    assert table.selected().title == "Pocollay"


def test_columns_are_hidden_and_put_in_order_and_so_copied(table, monkeypatch):
    def choose(dialog):
        dialog.choices.item(4).setCheckState(Qt.CheckState.Unchecked)
        dialog.choices.setCurrentRow(1)
        dialog.up.click()
        dialog.try_submit()

    answering(monkeypatch, ColumnsDialog, choose)
    table.orders.choose_columns()
    assert table.as_seen()[0] == ["Estado", "Plan", "Inicio", "Hogares"]
    assert table.as_seen()[1][0] == ["Vigente", "Calana", "01/03/2024", "1200"]
    assert table.view.isColumnHidden(4)
    assert table.view.filter_header.visualIndex(1) == 0
    table.copy()
    assert QApplication.clipboard().text().startswith("Estado\tPlan\tInicio\tHogares\n")
    assert not table.view.horizontalScrollBar().maximum()
    assert not table.view.grab().isNull()


def test_a_list_keeps_at_least_one_column(table):
    dialog = ColumnsDialog(["A", "B"], [0, 1], table)
    for row in (0, 1):
        dialog.choices.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.submit()
    assert "al menos una columna" in dialog.banner.label.text()


def test_columns_stay_as_they_were_left_the_next_time(table, make):
    table.orders.arrange(Arrangement(("Hogares", "Plan"), ("DNI",)))
    again = make()
    assert again.as_seen()[0] == ["Hogares", "Plan", "Estado", "Inicio"]
    again.orders.arrange(None)
    assert again.as_seen()[0] == [column.title for column in COLUMNS]
    assert make().as_seen()[0] == [column.title for column in COLUMNS]


def test_a_column_dragged_by_its_head_is_remembered(table, make):
    table.view.filter_header.moveSection(3, 0)
    assert table.as_seen()[0][0] == "Hogares"
    assert make().as_seen()[0][0] == "Hogares"


def test_a_column_is_hidden_from_its_head(table):
    menu = table.orders.column_menu(1)
    entries(menu)["Ocultar esta columna"].trigger()
    assert "Estado" not in table.as_seen()[0]
    entries(table.orders.column_menu(0))["Orden descendente"].trigger()
    assert titles(table) == ["Pocollay", "Ciudad Nueva", "Calana"]


def test_a_view_is_saved_shown_again_and_dropped(table, make, monkeypatch):
    table.set_column_filters({"Estado": ColumnFilter(values=("Vigente",)), "DNI": ColumnFilter(words="4000")})
    table.orders.arrange(Arrangement((), ("Hogares",)))
    table.sort_by(2, descending=True)

    def name_it(dialog):
        assert any("DNI" in label.text() for label in dialog.findChildren(type(table.foot)))
        dialog.form.set_values({"name": "Vigentes"})
        dialog.try_submit()

    answering(monkeypatch, SaveViewDialog, name_it)
    table.orders.save_view()
    assert "4000" not in list_memory()._path.read_text(encoding="utf-8"), "no personal data outside the base"
    table.orders.arrange(None)
    again = make()
    views = entries(entries(again.build_menu())["Vistas"].menu())
    views["Vigentes"].trigger()
    assert titles(again) == ["Pocollay", "Calana"]
    assert "Hogares" not in again.as_seen()[0]
    assert make().as_seen()[0] == [column.title for column in COLUMNS], "a view is for now, not for always"
    monkeypatch.setattr(messages, "ask_destroy", lambda *_a, **_k: True)
    entries(views["Borrar"].menu())["Vigentes…"].trigger()
    assert list_memory().views("Planes") == {}


def test_a_view_that_cannot_be_kept_says_why_and_keeps_the_name(table, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    list_memory().start(tmp_path / "file" / "listas.json")
    dialog = SaveViewDialog(list_memory(), "Planes", table.orders.seen_now(), parent=table)
    dialog.form.set_values({"name": "Vigentes"})
    dialog.try_submit()
    assert dialog.values is None
    assert dialog.form.fields["name"].raw() == "Vigentes"
    assert not dialog.form.summary.isHidden()


def test_the_button_of_the_filter_row_and_the_menu_key_offer_the_same(table, qtbot):
    words = set(entries(table.build_menu()))
    assert {"Filtrar por columna", "Elegir columnas…", "Vistas"} <= words
    asked = []
    table.view.filter_header.menu_asked.connect(asked.append)
    qtbot.mouseClick(table.view.filter_header.orders_button, Qt.MouseButton.LeftButton)
    assert asked
    assert table.view.filter_header.orders_button.accessibleName()
    for popup in QApplication.topLevelWidgets():
        if popup.windowType() == Qt.WindowType.Popup:
            popup.close()


def test_a_list_without_filter_row_offers_none_of_it(qtbot):
    made = RowTable(COLUMNS, filterable=False)
    qtbot.addWidget(made)
    made.set_rows(PLANS)
    assert "Filtrar por columna" not in entries(made.build_menu())
    assert made.view.filter_header.orders_button.isHidden()
