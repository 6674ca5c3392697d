"""Where a copied block falls in a grid, what changes, what is refused and why; the preview that a person sees."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.cell_blocks import block_text, parse_block
from sisfoh_desktop.qtkit.grid_model import QUANTITY, GridColumn, GridModel, GridRow
from sisfoh_desktop.qtkit.grid_paste import PastePlan, plan_paste, planned_changes
from sisfoh_desktop.qtkit.grid_paste_dialog import PasteDialog

CLOSED = "Marzo está cerrado."
COLUMNS = [
    GridColumn("Actividad", lambda row: row.fact, stretch=True, names_row=True),
    GridColumn("ENE", slot=0, kind=QUANTITY, name="enero"),
    GridColumn("FEB", slot=1, kind=QUANTITY, name="febrero"),
    GridColumn("MAR", slot=2, kind=QUANTITY, name="marzo", locked=lambda row: CLOSED),
    GridColumn("Total", lambda row: str(sum(row.values)), align="right"),
]


def made(rows: int = 4) -> GridModel:
    model = GridModel(COLUMNS, frozen=1)
    model.set_rows(GridRow(number, f"Act {number}", [Decimal(number)] * 3) for number in range(rows))
    return model


def plan(model: GridModel, text: str, *area: int) -> PastePlan:
    return plan_paste(model, parse_block(text), area)  # type: ignore[arg-type]


def after(model: GridModel, planned: PastePlan) -> list[list[int]]:
    model.apply_columns(planned.columns, "pegar")
    return [[int(value) for value in row.values] for row in model.rows()]


def test_a_block_begins_at_the_top_left_corner():
    model = made()
    planned = plan(model, "7\t8\r\n9\t10\r\n", 1, 1, 1, 1)
    assert planned.area == (1, 1, 2, 2)
    assert after(model, planned) == [[0, 0, 0], [7, 8, 1], [9, 10, 2], [3, 3, 3]]


def test_one_value_fills_the_selected_block():
    model = made()
    assert after(model, plan(model, "5", 0, 1, 3, 2)) == [[5, 5, 0], [5, 5, 1], [5, 5, 2], [5, 5, 3]]


def test_a_block_repeats_where_it_divides_the_selected_one():
    model = made()
    assert after(model, plan(model, "5\n6\n", 0, 1, 3, 1)) == [[5, 0, 0], [6, 1, 1], [5, 2, 2], [6, 3, 3]]


def test_blanks_are_pasted_as_blanks_and_equal_cells_are_no_change():
    model = made()
    planned = plan(model, "\n1\n2\n3\n", 0, 1, 0, 1)
    assert planned.cells == 1
    assert planned.unchanged == 3
    model.apply_columns(planned.columns, "pegar")
    assert model.row(0).values[0] is None


def test_each_refused_cell_has_its_place_and_reason():
    planned = plan(made(), "7.040\tx\t9\t99\n-1\t5\t1\t3\n", 1, 1, 1, 1)
    told = {(one.row_name, one.column_name): one.reason for one in planned.rejected}
    assert "dos maneras" in told["2. Act 1", "enero"]
    assert told["2. Act 1", "febrero"] == "«x» no es un número."
    assert told["2. Act 1", "marzo"] == CLOSED
    assert "se calcula" in told["2. Act 1", "Total"]
    assert "negativo" in told["3. Act 2", "enero"]
    assert told["3. Act 2", "marzo"] == CLOSED
    assert planned.cells == 1  # febrero of the second row


def test_whole_rows_copied_from_here_go_back_without_a_refusal():
    model = made()
    copied = block_text(
        [[column.plain(model.row(number)) for column in COLUMNS] for number in range(model.rowCount())]
    )
    model.type_text(2, 1, "50")
    model.type_text(2, 2, "")
    planned = plan(model, copied.replace("Act 2\t2\t2\t2\t6", "ACT  2\t2\t2\t2\t"), 0, 0, 0, 0)
    assert planned.rejected == ()
    assert planned.cells == 2


def test_the_heads_of_the_columns_are_not_pasted():
    model = made()
    planned = plan(model, "Ene\tFEB\n7\t8\n", 0, 1, 0, 1)
    assert planned.heads_dropped
    assert after(model, planned)[0] == [7, 8, 0]
    assert not plan(made(), "7\tFEB\n7\t8\n9\t9\n", 0, 1, 0, 1).heads_dropped


def test_what_falls_outside_is_told_and_blank_cells_outside_are_not():
    planned = plan(made(2), "1\n2\n3\n\n5\n", 1, 1, 1, 1)
    assert planned.area == (1, 1, 1, 1)
    assert planned.outside == 3
    assert [one.text for one in planned.rejected] == ["2", "3", "5"]
    wide = plan(made(2), "1\t2\t3\t4\t5\n", 0, 3, 0, 3)
    assert wide.outside == 3


def test_a_grid_that_is_read_only_takes_nothing():
    model = made()
    model.set_read_only("Aprobada.")
    planned = plan(model, "9\t9\n", 0, 1, 0, 1)
    assert planned.cells == 0
    assert {one.reason for one in planned.rejected} == {"Aprobada."}


@given(
    st.lists(
        st.lists(st.sampled_from(["", "5", "7,040", "7.040", "x", " 3 "]), min_size=2, max_size=2),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 3),
    st.integers(0, 4),
)
def test_every_copied_cell_is_accounted_for_and_undo_gives_all_back(rows, top, left):
    model = made()
    planned = plan(model, block_text(rows), top, left, top, left)
    inside = [
        (row, column)
        for row in range(top, min(4, top + len(rows)))
        for column in range(left, min(5, left + 2))
    ]
    refused_inside = len(planned.rejected) - min(planned.outside, 200)
    if not planned.heads_dropped:
        assert planned.cells + planned.unchanged + refused_inside == len(inside)
    before = [list(row.values) for row in model.rows()]
    model.apply_columns(planned.columns, "pegar")
    model.undo_stack.undo()
    assert [row.values for row in model.rows()] == before


# -- what the person sees ---------------------------------------------------------------------------------


def shown(table) -> list[list[str]]:
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def test_the_preview_tells_old_and_new_and_why_not(qtbot):
    model = made()
    planned = plan(model, "7,040\t7.040\n\t2\n", 1, 1, 1, 1)
    dialog = PasteDialog(model, planned)
    qtbot.addWidget(dialog)
    assert shown(dialog.changes) == [
        ["2. Act 1", "enero", "1", "7 040"],
        ["3. Act 2", "enero", "2", "en blanco"],
    ]
    assert shown(dialog.refusals)[0][:3] == ["2. Act 1", "febrero", "7.040"]
    assert dialog.primary_button.text().replace("&", "") == "Pegar 2 celdas"
    assert dialog.summary.text() == (
        "Cambian 2 celdas; 1 celda copiada no se puede pegar: su lugar queda como estaba; 1 ya era igual."
    )


def test_a_preview_with_nothing_to_do_offers_no_paste(qtbot):
    model = made()
    dialog = PasteDialog(model, plan(model, "x\ty\n", 1, 1, 1, 1))
    qtbot.addWidget(dialog)
    assert dialog.primary_button.text().replace("&", "") == "Entendido"
    assert dialog.lists.currentWidget() is dialog.refusals
    dialog.try_submit()
    assert dialog.result() == PasteDialog.DialogCode.Rejected


def test_changes_are_listed_row_by_row():
    model = made()
    planned = plan(model, "7\t8\n9\t10\n", 0, 1, 0, 1)
    told = [(one.row_name, one.column_name, one.after) for one in planned_changes(model, planned.changes)]
    assert told == [
        ("1. Act 0", "enero", "7"),
        ("1. Act 0", "febrero", "8"),
        ("2. Act 1", "enero", "9"),
        ("2. Act 1", "febrero", "10"),
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_the_dialog_agrees_in_number(qtbot, count):
    model = made()
    dialog = PasteDialog(model, plan(model, "x\n" * count + "77\n", 0, 1, 0, 1))
    qtbot.addWidget(dialog)
    assert dialog.lists.tabText(1).replace("&", "") == f"No se pegan ({count})"
