"""A window over a long list: pages joined at both ends, what lies far away let go, asked for once."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.qtkit.paged_model import PagedModel
from sisfoh_desktop.qtkit.row_model import FACT_ROLE, Column


@dataclass(frozen=True)
class Fact:
    id: int


def facts(first, last):
    return [Fact(number) for number in range(first, last + 1)]


@pytest.fixture
def model(qapp):
    return PagedModel(
        [
            Column("N°", lambda fact: str(fact.id), align="right", tip=lambda fact: f"número {fact.id}"),
            Column(
                "Estado", lambda fact: "vence\npronto", tone=lambda fact: "warn" if fact.id == 1 else None
            ),
        ],
        most=100,
    )


def held(model):
    return [fact.id for fact in model.facts]


def test_qt_finds_no_fault_with_it(model, qtmodeltester):
    model.set_page(facts(51, 90), earlier=True, later=True)
    qtmodeltester.check(model)
    model.add_earlier(facts(1, 50), earlier=False)
    model.add_later(facts(91, 150), later=False)
    qtmodeltester.check(model)


def test_an_empty_model_is_sound(model, qtmodeltester):
    qtmodeltester.check(model)
    assert model.rowCount() == 0


def test_what_a_cell_says(model):
    model.set_page(facts(1, 2), earlier=False)
    index = model.index(0, 1)
    assert index.data() == "▲ vence pronto"
    assert model.index(1, 1).data() == "vence pronto"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "número 2"
    assert model.index(1, 0).data(FACT_ROLE) == Fact(2)
    assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "N°"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_pages_join_in_order(model):
    model.set_page(facts(41, 60), earlier=True)
    model.add_earlier(facts(21, 40), earlier=True)
    model.add_later(facts(61, 70), later=False)
    assert held(model) == list(range(21, 71))
    assert model.earlier
    assert not model.later


def test_no_more_is_held_than_fits(model):
    model.set_page(facts(101, 180), earlier=True)
    model.add_earlier(facts(61, 100), earlier=True)
    assert held(model) == list(range(61, 161))
    assert model.later
    model.add_later(facts(161, 190), later=False)
    assert held(model) == list(range(91, 191))
    assert model.earlier
    assert not model.later


def test_each_page_is_asked_for_once(model, qtbot):
    asked = []
    model.earlier_wanted.connect(lambda: asked.append("earlier"))
    model.later_wanted.connect(lambda: asked.append("later"))
    model.set_page(facts(1, 3), earlier=True, later=True)
    model.want_earlier()
    model.want_earlier()
    model.want_later()
    assert asked == ["earlier"]
    model.add_earlier([], earlier=False)
    model.want_earlier()
    model.want_later()
    assert asked == ["earlier", "later"]
    model.stop_waiting()
    model.want_later()
    assert asked == ["earlier", "later", "later"]
