"""Choosing the columns of the POI's wide and stacked lists: what names a row stays, what is seen is copied."""

import pytest
from PySide6.QtGui import QGuiApplication

from sisfoh_desktop.modules.poi.view.quarter_frozen import FrozenTable
from sisfoh_desktop.modules.poi.view.stacked_table import Stack, StackedTable
from sisfoh_desktop.qtkit.row_dialogs import ColumnsDialog
from sisfoh_desktop.qtkit.row_memory import Arrangement, list_memory
from sisfoh_desktop.qtkit.row_table import Column

MONTHS = ("Ene", "Feb", "Mar")


@pytest.fixture(autouse=True)
def remembered(tmp_path):
    list_memory().start(tmp_path / "listas.json")
    list_memory().use("ana")
    yield
    list_memory().start(None)
    list_memory().use("")


def columns(months=MONTHS):
    figures = [Column(title, lambda line: str(line), align="right", width=90) for title in months]
    return [Column("Unidad", lambda line: f"Unidad {line}", width=120), *figures]


def frozen(qtbot):
    table = FrozenTable(columns(), frozen=1, key=lambda line: line, name="Meses")
    qtbot.addWidget(table)
    table.resize(260, 200)
    table.show()
    table.show_lines(columns(), [1, 2], ["Total", "3", "3", "3"])
    return table


def test_what_names_a_row_stays_first_and_the_sums_follow_the_columns(qtbot):
    table = frozen(qtbot)
    table.orders.arrange(Arrangement(("Mar", "Unidad", "Ene"), ("Unidad", "Feb")))
    titles, rows = table.as_seen()
    assert titles == ["Unidad", "Mar", "Ene"]
    assert rows[-1] == ["Total", "3", "3"]
    table.view.filter_header.moveSection(0, 2)
    assert table.view.filter_header.visualIndex(0) == 0
    assert not table.orders.may_hide(0)
    assert frozen(qtbot).as_seen()[0][0] == "Unidad"
    table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith("Unidad\t")


def test_a_month_hidden_stays_so_when_other_months_were_looked_at_and_arranged(qtbot):
    table = frozen(qtbot)
    table.orders.hide_column(2)
    table.show_lines(columns(("Abr", "May")), [1], ["Total", "1", "1"])
    table.orders.hide_column(1)
    assert table.as_seen()[0] == ["Unidad", "May"]
    table.show_lines(columns(), [1, 2], ["Total", "3", "3", "3"])
    assert table.as_seen()[0] == ["Unidad", "Ene", "Mar"]


def test_the_columns_dialog_leaves_those_that_stay_alone(qtbot):
    dialog = ColumnsDialog(["A", "B", "C"], [0, 1, 2], None, pinned=1)
    qtbot.addWidget(dialog)
    dialog.choices.setCurrentRow(1)
    dialog.up.click()
    dialog.choices.setCurrentRow(0)
    dialog.down.click()
    assert dialog.submit()
    assert dialog.chosen == ([0, 1, 2], [])


def test_what_is_told_under_a_column_comes_and_goes_with_it(qtbot):
    listed = [
        Column("Actividad", lambda line: f"Actividad {line}"),
        Column("Código", lambda line: f"AO{line}"),
        Column("Meta", lambda line: str(line), align="right", width=80),
        Column("Avance", lambda line: str(line), align="right", width=80),
    ]
    table = StackedTable(listed, Stack({0: 1}, {0: 2}, {0: 1}), key=lambda line: line, name="Apiladas")
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    table.set_rows([1, 2])
    assert table.as_seen()[0] == ["Actividad", "Código", "Meta", "Avance"]
    table.orders.arrange(Arrangement(("Avance", "Actividad"), ("Meta",)))
    assert table.as_seen()[0] == ["Avance", "Actividad", "Código"]
    assert table.view.isColumnHidden(1)
    table.orders.hide_column(0)
    assert table.as_seen()[0] == ["Avance"]
    assert not table.view.grab().isNull()
