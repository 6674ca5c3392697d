"""An empty list: one sentence, one button, and on a page that has one, its example."""

import pytest
from PySide6.QtWidgets import QDialog, QVBoxLayout

from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.page import Desk, Page
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class _Shown(Page):
    title = "Planes"
    has_example = True


def list_in(parent) -> RowTable:
    table = RowTable(
        [Column("Nombre", str)],
        key=str,
        name="Planes",
        noun=("plan", "planes"),
        empty_text="Todavía no hay planes.",
        empty_button="Nuevo plan",
        on_empty=lambda: None,
    )
    QVBoxLayout(parent).addWidget(table)
    table.set_rows([])
    return table


@pytest.fixture
def shown(qtbot):
    def build(see_example=None, kind=_Shown):
        page = kind(Desk(None, None, None, see_example=see_example))
        qtbot.addWidget(page)
        table = list_in(page)
        page.resize(600, 400)
        page.show()
        table.set_rows([])
        held.append(page)
        return table

    held = []
    return build


def example(table):
    return table._empty.example_button


def test_the_example_is_offered_and_opened(shown):
    opened = []
    table = shown(lambda: opened.append(True))
    assert table.empty_label.text() == "Todavía no hay planes."
    assert example(table).isVisible()
    example(table).click()
    assert opened == [True]


def test_not_in_practice_nor_where_there_is_none(shown):
    assert not example(shown(None)).isVisible()

    class Bare(_Shown):
        has_example = False

    assert not example(shown(lambda: None, Bare)).isVisible()


def test_not_where_a_filter_hides_what_there_is(shown):
    table = shown(lambda: None)
    table.set_rows(["Plan A"])
    table.filter_box.setText("zzz")
    assert table.empty_button.text().startswith("Quitar")
    assert not example(table).isVisible()


def test_not_in_a_dialog_over_the_page(shown, qtbot):
    page = shown(lambda: None).parent()
    dialog = QDialog(page)
    table = list_in(dialog)
    dialog.show()
    table.set_rows([])
    assert not example(table).isVisible()


@pytest.mark.parametrize("width", [260, 380])
def test_the_sentence_stays_inside_a_narrow_list(qtbot, width: int):
    state = EmptyState(None)
    qtbot.addWidget(state)
    state.resize(width, 200)
    state.show_state("Elija en la lista de la izquierda a quien lo tiene para ver sus rangos.", "")
    assert state.rect().contains(state.label.geometry())
    assert abs(state.label.geometry().center().x() - state.rect().center().x()) <= 1
