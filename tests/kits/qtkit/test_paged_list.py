"""A long list of which a stretch is held: its columns, its filters, what it copies."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.qtkit.paged_list import PagedList
from sisfoh_desktop.qtkit.row_filters import DAYS, TEXTS, ColumnFilter
from sisfoh_desktop.qtkit.row_memory import Arrangement, list_memory
from sisfoh_desktop.qtkit.row_model import Column


@dataclass(frozen=True)
class Step:
    id: int
    day: date
    who: str
    what: str


STEPS = [
    Step(number, date(2024, 3, 1) + timedelta(number), f"Persona {number % 3}", f"={number}+1")
    for number in range(9)
]
COLUMNS = (
    Column("Día", lambda step: format_date(step.day), sort_key=lambda step: step.day, width=90),
    Column("Quién", lambda step: step.who),
    Column("Qué", lambda step: step.what),
)


@pytest.fixture
def make(qtbot, tmp_path):
    list_memory().start(tmp_path / "listas.json")
    list_memory().use("ana")

    lists = []  # held until the test ends, as a page holds its own

    def one() -> PagedList:
        made = PagedList(COLUMNS, name="Pasos", shares={1: 1, 2: 1}, narrowest=80)
        qtbot.addWidget(made)
        lists.append(made)
        made.resize(500, 300)
        made.show()
        made.model.set_page(STEPS, earlier=False)
        return made

    yield one
    list_memory().start(None)
    list_memory().use("")


def test_a_filtered_column_is_told_and_whoever_reads_keeps_what_fits(make, qtbot):
    steps = make()
    with qtbot.waitSignal(steps.filters_changed):
        steps.set_column_filters(
            {"Quién": ColumnFilter(words="persona 1"), "Día": ColumnFilter(low="2024-03-03")}
        )
    assert [step.id for step in steps.keeper()(STEPS)] == [4, 7]
    assert [button.text() for button in steps.orders.chips.buttons][-1] == "Quitar filtros"
    assert "Quién: contiene «persona 1»" in steps.filters_told()
    with qtbot.waitSignal(steps.filters_changed):
        steps.orders.chips.buttons[-1].click()
    assert steps.keeper() is None
    assert steps.orders.chips.isHidden()


def test_days_are_asked_as_days_even_after_all_rows_are_gone(make):
    steps = make()
    assert steps.filter_choices(0)[0] == DAYS
    steps.model.set_page([], earlier=False)
    steps.set_column_filters({"Día": ColumnFilter(high="2020-01-01")})
    assert steps.filter_choices(0)[0] == DAYS
    assert steps.filter_choices(1) == (TEXTS, [])
    assert steps.has_columns_to_filter()


def test_columns_are_chosen_copied_so_and_remembered(make):
    make().orders.arrange(Arrangement(("Qué", "Día"), ("Quién",)))
    steps = make()
    assert steps.as_seen()[0] == ["Qué", "Día"]
    assert steps.view.isColumnHidden(1)
    steps.view.select_row(2)
    steps.copy()
    assert QGuiApplication.clipboard().text() == "Qué\tDía\n'=2+1\t03/03/2024"


def test_a_view_keeps_columns_and_filters_but_nobody_s_name(make):
    steps = make()
    steps.private_titles = frozenset({"Quién"})
    steps.set_column_filters({"Quién": ColumnFilter(words="flores"), "Día": ColumnFilter(low="2024-03-05")})
    view = steps.orders.seen_now()
    assert list(view.filters) == ["Día"]
    steps.clear_filters()
    steps.orders.show_view(view)
    assert [step.id for step in steps.keeper()(STEPS)] == [4, 5, 6, 7, 8]


def test_its_menu_offers_no_order_but_filters_columns_and_views(make):
    steps = make()
    told = [action.text() for action in steps.build_menu().actions()]
    assert told[0].startswith("&Copiar con encabezados")
    assert {"&Filtrar por columna", "Elegir co&lumnas…", "&Vistas"} <= set(told)
    assert not any("Orden" in one.text() for one in steps.orders.column_menu(0).actions())
