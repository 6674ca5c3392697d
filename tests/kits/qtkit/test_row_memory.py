"""What lists remember for each person of this PC."""

import json

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_memory import MOST_VIEWS, Arrangement, ListMemory, SavedView

VIEW = SavedView(Arrangement(("B", "A"), ("C",)), {"A": ColumnFilter(words="x")}, "B", descending=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "datos" / "listas.json"


def memory(path, user="ana") -> ListMemory:
    made = ListMemory()
    made.start(path)
    made.use(user)
    return made


def test_views_and_columns_come_back_for_the_same_person_and_list(path):
    ana = memory(path)
    ana.keep_view("Planes", "  Los   míos ", VIEW)
    ana.keep_arrangement("Planes", Arrangement(("A", "B"), ("B",)))
    again = memory(path)
    assert again.views("Planes") == {"Los míos": VIEW}
    assert again.arrangement("Planes") == Arrangement(("A", "B"), ("B",))
    assert again.views("Otra") == {}
    assert memory(path, "beto").views("Planes") == {}


def test_two_windows_do_not_undo_each_other(path):
    ana, beto = memory(path), memory(path, "beto")
    ana.views("Planes"), beto.views("Planes")
    ana.keep_view("Planes", "una", VIEW)
    beto.keep_view("Planes", "otra", VIEW)
    assert set(memory(path).views("Planes")) == {"una"}
    assert set(memory(path, "beto").views("Planes")) == {"otra"}


def test_a_view_is_dropped_and_columns_go_back(path):
    ana = memory(path)
    ana.keep_view("Planes", "una", VIEW)
    ana.keep_arrangement("Planes", Arrangement(("A",)))
    ana.drop_view("Planes", "una")
    ana.keep_arrangement("Planes", None)
    assert memory(path).views("Planes") == {}
    assert memory(path).arrangement("Planes") is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_name_that_fits(path, name):
    with pytest.raises(RuleError, match="nombre"):
        memory(path).keep_view("Planes", name, VIEW)


def test_there_is_a_limit_of_views_but_an_old_one_may_be_saved_again(path):
    ana = memory(path)
    for number in range(MOST_VIEWS):
        ana.keep_view("Planes", f"vista {number}", VIEW)
    ana.keep_view("Planes", "vista 0", SavedView())
    with pytest.raises(RuleError, match="Borre antes"):
        ana.keep_view("Planes", "una más", VIEW)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "\0", "[" * 100_000, '{"ana": 3}', '{"ana": {"Planes": NaN}}'),
        '{"ana": {"Planes": {"views": 3, "columns": 1}}}',
        '{"ana": {"Planes": {"views": {"v": 3}}}}',
    ],
)
def test_a_damaged_file_only_costs_the_comfort(path, text):
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    ana = memory(path)
    assert ana.views("Planes") == {}
    assert ana.arrangement("Planes") is None
    ana.keep_view("Planes", "una", VIEW)
    assert json.loads(path.read_text(encoding="utf-8"))["ana"]


def test_half_a_sign_in_the_file_hinders_nobody(path):
    path.parent.mkdir()
    path.write_text('{"ana": {"Planes": {"views": {"\\ud800": {"sorted_by": "\\udfff"}}}}}', encoding="utf-8")
    ana = memory(path)
    ana.keep_view("Planes", "una", VIEW)
    ana.keep_arrangement("Planes", Arrangement(("A",)))
    assert set(memory(path).views("Planes")) == {"?", "una"}


def test_without_a_file_nothing_is_remembered():
    made = ListMemory()
    made.keep_arrangement("Planes", Arrangement(("A",)))
    assert not made.remembers
    assert made.arrangement("Planes") is None


@pytest.mark.parametrize(
    ("arrangement", "seen"),
    [
        (Arrangement(), [0, 1, 2]),
        (Arrangement(("C", "A", "B")), [2, 0, 1]),
        (Arrangement(("C", "A", "B"), ("A",)), [2, 1]),
        (Arrangement(("C", "A")), [2, 0, 1]),  # B is new: it stands after A, as given
        (Arrangement(("Z", "A", "B", "C")), [0, 1, 2]),
        (Arrangement((), ("A", "B", "C")), [0, 1, 2]),
        (Arrangement(("B", "B", "A", "B")), [1, 2, 0]),  # a damaged file shows no column twice
    ],
)
def test_columns_stand_where_they_were_left(arrangement, seen):
    assert arrangement.placed(["A", "B", "C"]) == seen
