"""The list in memory: one pass for filter and order, checked by Qt's own model tester."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from sisfoh_desktop.qtkit.row_model import FACT_ROLE, Column, RowTableModel


@dataclass(frozen=True)
class Household:
    id: int
    surname: str
    people: int | None
    state: str = "Vigente"


FACTS = [
    Household(1, "Ochoa", 3),
    Household(2, "Núñez", 10, "Vencido"),
    Household(3, "Ñaupas", None),
    Household(4, "Navarro", 2),
]
COLUMNS = [
    Column("Apellido", lambda fact: fact.surname),
    Column(
        "Personas",
        lambda fact: "" if fact.people is None else str(fact.people),
        lambda fact: fact.people,
        "right",
    ),
    Column(
        "Estado", lambda fact: fact.state, tone=lambda fact: "danger" if fact.state == "Vencido" else "ok"
    ),
]


def made(facts=FACTS) -> RowTableModel:
    model = RowTableModel(COLUMNS)
    model.set_rows(facts)
    return model


def test_qt_accepts_the_model(qtmodeltester):
    model = made()
    qtmodeltester.check(model)
    model.set_filter("n")
    model.sort_by(0)
    qtmodeltester.check(model)


def test_the_fact_of_a_row_comes_by_its_role():
    model = made()
    model.sort_by(0)
    assert model.index(0, 0).data(FACT_ROLE) is FACTS[3]


def test_numbers_sort_as_numbers_and_unknown_ones_last():
    model = made()
    model.sort_by(1)
    assert [fact.id for fact in model.facts_seen()] == [4, 1, 2, 3]


def test_filter_and_order_survive_new_rows():
    model = made()
    model.set_filter("nu")
    model.sort_by(0)
    model.set_rows([*FACTS, Household(5, "Nuñoa", 1)])
    assert [fact.surname for fact in model.facts_seen()] == ["Núñez", "Nuñoa"]
    model.set_filter("")
    assert model.rowCount() == model.total == 5


def test_taking_letters_off_the_filter_brings_rows_back():
    model = made()
    model.set_filter("nav")
    model.set_filter("n")
    assert model.rowCount() == 4  # every row holds an n, also in "Vigente"


def test_a_state_is_read_without_its_colour_and_searched_without_its_shape():
    model = made()
    assert model.index(1, 2).data() == "■ Vencido"
    assert model.index(1, 2).data(Qt.ItemDataRole.ForegroundRole) is not None
    model.set_filter("vencido")
    assert model.rowCount() == 1


def test_numbers_stand_at_the_right():
    model = made()
    alignment = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight


def test_a_text_of_several_lines_stays_on_one():
    model = RowTableModel([Column("Asunto", str)])
    model.set_rows(["uno\ndos"])
    assert model.index(0, 0).data() == "uno dos"


def test_texts_folded_in_slices_are_searched_whole():
    model = made([Household(number, f"Apellido {number}", number) for number in range(50)])
    assert not model.prepare_search(20)
    assert not model.prepare_search(20)
    model.set_filter("apellido 49")
    assert model.rowCount() == 1
    assert model.prepare_search(20)
