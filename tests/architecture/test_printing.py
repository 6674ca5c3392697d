"""Every paper that is shown or printed names its kind, so that the printer which took the last one is proposed."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from sisfoh_desktop.modules.papers.view.printing import kind_of

ROOT = Path(__file__).parents[2] / "sisfoh_desktop"
SHOWING = {"PreviewDialog", "open_preview", "PrintManyDialog", "print_many"}
KITS = {"preview.py", "print_many.py"}
# the drill of the self-test prints to a file; it remembers no printer
APART = {"self_test_window.py"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.name in KITS | APART:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWING:
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node


@pytest.mark.parametrize(("place", "call"), [pytest.param(*one, id=one[0]) for one in calls()])
def test_it_names_the_kind_of_paper(place, call):
    assert any(keyword.arg == "kind" for keyword in call.keywords), f"{place} shows a paper of no kind"


@pytest.mark.parametrize(
    "subject",
    [
        *("resolucion:7", "handover:1", "poi.report:-71", "access_review:2024-03-08"),
        *("kardex.movement:3", "kardex.holder:2", "kardex.campaign:1"),
        *("audit:1-60", "data_bank:1", "incident:4"),
    ],
)
def test_papeles_prints_it_under_the_kind_of_the_page_that_it_comes_from(subject):
    """The printer remembered on one page is the one proposed on the other."""
    printed = {
        keyword.value.value
        for _place, call in calls()
        for keyword in call.keywords
        if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant)
    }
    assert kind_of([SimpleNamespace(subject=subject)]) in printed


def test_papers_of_one_page_are_of_one_kind_and_others_are_documents():
    subjects = ["kardex.movement:3", "kardex.holder:2"]
    assert kind_of([SimpleNamespace(subject=one) for one in subjects]) == "acta"
    assert kind_of([SimpleNamespace(subject=one) for one in [*subjects, "resolucion:7"]]) == "documento"
