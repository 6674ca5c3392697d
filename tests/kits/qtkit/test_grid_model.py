"""Rows and typed cells in memory: what is refused, one step of undo for each thing done, what there is to save."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.grid_model import (
    MONEY,
    QUANTITY,
    CellChange,
    GridColumn,
    GridModel,
    GridRow,
    text_kind,
)


def total(row: GridRow) -> str:
    return str(sum(value for value in row.values[:3] if value is not None))


COLUMNS = [
    GridColumn("Actividad", lambda row: row.fact, stretch=True),
    GridColumn("ENE", slot=0, kind=QUANTITY, name="enero"),
    GridColumn("FEB", slot=1, kind=QUANTITY, name="febrero", locked=lambda row: "Febrero está cerrado."),
    GridColumn("MAR", slot=2, kind=QUANTITY, name="marzo"),
    GridColumn("Nota", slot=3, kind=text_kind(10)),
    GridColumn("Total", total, align="right", tone=lambda row: "ok" if row.values[0] else "danger"),
]


@pytest.fixture
def model() -> GridModel:
    made = GridModel(COLUMNS, frozen=1)
    made.set_rows(
        GridRow(number, name, [Decimal(number), Decimal(2), None, None])
        for number, name in enumerate(["Visitar hogares", "Remitir fichas", "Ñañez: notificar"])
    )
    return made


def seen(model: GridModel, row: int) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_qt_accepts_the_model(model, qtmodeltester):
    qtmodeltester.check(model)
    model.type_text(0, 1, "7,040")
    model.set_filter("hogares")
    qtmodeltester.check(model)


def test_what_is_typed_becomes_a_number_and_sums_follow(model):
    assert model.type_text(1, 1, "7,040")
    assert seen(model, 1) == ["Remitir fichas", "7\u00a0040", "2", "", "", "● 7042"]
    assert model.index(1, 1).data(Qt.ItemDataRole.EditRole) == "7040"


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (1, "7.040", "quantity_ambiguous"),
        (1, "doce", "quantity_invalid"),
        (2, "3", "cell_locked"),
        (0, "Otro", "cell_locked"),
        (5, "9", "cell_locked"),
        (4, "once letras", "text_too_long"),
    ],
)
def test_what_cannot_be_typed_is_refused_and_nothing_changes(model, column, text, code):
    before = seen(model, 1)
    with pytest.raises(RuleError) as refused:
        model.type_text(1, column, text)
    assert refused.value.code == code
    assert refused.value.sentence
    assert seen(model, 1) == before
    assert not model.undo_stack.canUndo()


def test_a_blank_is_no_zero(model):
    model.type_text(0, 1, "  ")
    assert model.row(0).values[0] is None
    assert not model.type_text(0, 1, "")  # it was blank already
    model.type_text(0, 1, "0")
    assert model.row(0).values[0] == 0


def test_everything_done_is_one_step_with_a_name(model, qtbot):
    with qtbot.waitSignal(model.edited) as told:
        changes = [CellChange(model.row(number), slot, Decimal(9)) for number in range(3) for slot in (0, 2)]
        model.apply(changes, "pegar 6 celdas")
    assert [row.key for row in told.args[0]] == [0, 1, 2]
    assert model.undo_stack.count() == 1
    assert model.undo_stack.undoText() == "pegar 6 celdas"
    model.undo_stack.undo()
    assert [row.values[0] for row in model.rows()] == [0, 1, 2]
    assert not model.has_changes()
    model.undo_stack.redo()
    assert [row.values[2] for row in model.rows()] == [9, 9, 9]


def test_a_paste_tells_the_view_once(model):
    told = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: told.append("reset"))
    model.apply([CellChange(model.row(number), 0, Decimal(5)) for number in (0, 2)], "pegar 2 celdas")
    assert told == [(0, 2)]


def test_rows_come_go_and_come_back(model):
    model.insert_row(GridRow("nueva", "Otra", [None] * 4, new=True), "agregar «Otra»")
    assert [row.key for row in model.changed_rows()] == ["nueva"]
    model.remove_rows([model.row(0), model.row(3)], "quitar 2 actividades")
    assert [row.key for row in model.rows()] == [1, 2]
    assert [row.key for row in model.removed_rows()] == [0]  # the new one was never saved
    model.undo_stack.undo()
    assert [row.key for row in model.rows()] == [0, 1, 2, "nueva"]
    assert [row.number for row in model.rows()] == [0, 1, 2, 3]
    model.undo_stack.undo()
    assert not model.has_changes()


def test_a_row_gets_other_data_and_gives_them_back(model):
    row = model.row(0)
    model.change_fact(row, "Visitar viviendas", "cambiar los datos", [Decimal(4), *row.values[1:]])
    assert seen(model, 0)[:2] == ["Visitar viviendas", "4"]
    assert row.is_changed
    model.undo_stack.undo()
    assert seen(model, 0)[:2] == ["Visitar hogares", "0"]
    assert not row.is_changed


def test_undo_reaches_rows_that_a_filter_hides(model):
    model.type_text(1, 1, "8")
    model.set_filter("nanez")
    assert [row.fact for row in model.seen()] == ["Ñañez: notificar"]
    model.undo_stack.undo()
    model.set_filter("")
    assert seen(model, 1)[1] == "1"


def test_only_rows_that_meet_a_condition(model):
    model.set_condition(lambda row: row.values[0] > 0)
    assert [row.key for row in model.seen()] == [1, 2]
    model.type_text(0, 1, "0")
    assert [row.key for row in model.seen()] == [1, 2]  # corrected, it stays in sight
    model.insert_row(GridRow("nueva", "Otra", [Decimal(0)] * 4, new=True), "agregar")
    assert [row.key for row in model.seen()] == [2, "nueva"]


def test_a_read_only_grid_says_why(model):
    model.set_read_only("La versión está aprobada.")
    assert model.why_locked(0, 1) == "La versión está aprobada."
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, 1), "5")


def test_a_sign_of_its_own_stands_before_the_colour(model):
    model.set_columns(
        [GridColumn("Estado", total, tone=lambda _row: "danger", mark=lambda _row: "×")], frozen=0
    )
    assert model.cell(1, 0)[0].startswith("× ")
    assert model.cell(1, 0)[1] == "danger"


def test_each_cell_is_told_in_words(model):
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(1, 1).data(spoken) == "enero: 1 · Remitir fichas"
    assert model.index(1, 3).data(spoken) == "marzo: en blanco · Remitir fichas"
    assert model.index(0, 5).data(spoken) == "Total: ■ 2 · Visitar hogares"
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Febrero está cerrado."
    assert model.headerData(1, Qt.Orientation.Horizontal, spoken) == "enero"


def test_saved_rows_are_no_changes(model):
    model.type_text(0, 1, "5")
    model.remove_rows([model.row(2)], "quitar 1 fila")
    model.mark_saved()
    assert not model.has_changes()
    assert not model.undo_stack.canUndo()


def test_rows_put_aside_come_back_with_what_was_unsaved(model):
    model.type_text(0, 1, "5")
    model.remove_rows([model.row(2)], "quitar 1 fila")
    rows, removed = model.rows(), model.removed_rows()
    model.set_rows([])
    assert not model.has_changes()
    model.restore_rows(rows, removed)
    assert [row.key for row in model.changed_rows()] == [0]
    assert [row.key for row in model.removed_rows()] == [2]


def test_other_columns_over_the_same_rows_keep_the_steps(model):
    model.type_text(0, 1, "5")
    model.set_columns([GridColumn("Soles", slot=3, kind=MONEY)], frozen=0)
    model.type_text(0, 0, "312 656.00")
    assert seen(model, 0) == ["312\u00a0656.00"]
    model.undo_stack.undo()
    model.undo_stack.undo()
    assert not model.has_changes()
