"""The rules that findings name: the list says each one that the program tells, and no other."""

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from poi_rows import figures_of, generated_file, meanings_of, row_of, seed_file

from sisfoh_desktop.modules import poi
from sisfoh_desktop.modules.poi.rules.detective import check_file
from sisfoh_desktop.modules.poi.rules.import_activity import figure_faults
from sisfoh_desktop.modules.poi.rules.importing import FINDING_RULES, NumberCell

MAKERS = {"Finding": 1, "_finding": 1, "Equation": 0}
"""Where the rule stands among the arguments of what makes findings."""


def trees() -> Iterator[ast.Module]:
    folder = Path(poi.__path__[0])
    for path in (*folder.glob("rules/*.py"), *folder.glob("sheet/*.py")):
        if path.name != "importing.py" or path.parent.name == "sheet":
            yield ast.parse(path.read_text(encoding="utf-8"))


def test_every_rule_named_where_a_finding_is_made_is_listed() -> None:
    named = {
        call.args[MAKERS[call.func.id]].value
        for tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MAKERS
        if len(call.args) > MAKERS[call.func.id]
        if isinstance(call.args[MAKERS[call.func.id]], ast.Constant)
    }
    assert len(named) > 10
    assert named <= FINDING_RULES.keys()


def test_no_rule_is_listed_that_nothing_tells() -> None:
    told = {node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert FINDING_RULES.keys() <= told


def test_findings_of_damaged_tables_name_listed_rules() -> None:
    damaged = generated_file(7, units=3, each=4)
    lost = damaged.rows[5]
    values = [cell.value for cell in lost.numbers]
    shifted = row_of([None, *values[:-1]], [cell.meaning for cell in lost.numbers], lost.row)
    checked = [check_file(seed_file()), check_file(type(damaged)(**{**vars(damaged), "rows": (shifted,)}))]
    rules = {one.rule for file in checked for row in file.rows for one in row.findings}
    assert rules
    assert rules <= FINDING_RULES.keys()


@pytest.mark.parametrize(
    ("meaning", "value", "kept"),
    [
        ("e01", "999999999999", True),
        ("e01", "999999999999.5", False),
        ("me01", "999999999999.99", True),
        ("me01", "1000000000000", False),
    ],
)
def test_figures_that_the_follow_up_would_refuse_wait_in_quarantine(
    meaning: str, value: str, kept: bool
) -> None:
    row = row_of(figures_of([5] * 9, [4] * 9), meanings_of(9))
    cell = NumberCell(meaning, value, Decimal(value))
    told = type(row)(row.sheet, row.row, row.texts, (*row.numbers, cell))
    assert [one.rule for one in figure_faults(told)] == ([] if kept else ["cell_unreadable"])
