"""Doors that import what is behind them when it is asked for: the three lists of each door name the same."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import sisfoh_desktop
from sisfoh_desktop.basics.late_names import import_all, late_names

PACKAGE = Path(sisfoh_desktop.__file__).parent
DOORS = sorted(
    ".".join(path.relative_to(PACKAGE.parent).parent.parts)
    for path in PACKAGE.rglob("__init__.py")
    if "late_names(" in path.read_text(encoding="utf-8")
)


def written_lists(door: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the door names for mypy and what it imports when asked, as {name: file}."""
    path = PACKAGE.parent.joinpath(*door.split(".")) / "__init__.py"
    for_mypy, asked = {}, {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{door}."):
            for_mypy |= {alias.name: node.module.removeprefix(f"{door}.") for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "late_names":
            files = ast.literal_eval(node.args[1])
            asked = {name: file for file, names in files.items() for name in names.split()}
    return for_mypy, asked


def test_there_are_doors_to_look_at():
    assert "sisfoh_desktop.modules.papers.service" in DOORS


@pytest.mark.parametrize("door", DOORS)
def test_what_a_door_says_it_gives_it_gives(door: str):
    for_mypy, asked = written_lists(door)
    module = import_module(door)
    assert asked == for_mypy
    assert set(asked) <= set(module.__all__)
    import_all(module)
    for name, file in asked.items():
        assert getattr(module, name) is getattr(import_module(f"{door}.{file}"), name)


@pytest.mark.parametrize("door", DOORS)
def test_no_name_is_that_of_a_file_whose_import_would_take_its_place(door: str):
    folder = PACKAGE.parent.joinpath(*door.split("."))
    files = {path.stem for path in folder.iterdir() if path.suffix in ("", ".py")}
    assert files & set(written_lists(door)[1]) == set()


def test_a_name_that_nobody_gives_is_refused_as_python_does():
    with pytest.raises(AttributeError, match="'papers' has no attribute 'sign'"):
        late_names("papers", {"signing": "sign_paper"})("sign")


def test_what_is_put_in_the_place_of_a_function_is_seen_at_the_door(monkeypatch):
    from sisfoh_desktop.modules.papers import service
    from sisfoh_desktop.modules.papers.service import numbers

    before = service.list_series
    monkeypatch.setattr(numbers, "list_series", "another")
    assert service.list_series == "another"
    monkeypatch.undo()
    assert service.list_series is before


def test_a_page_brings_what_its_keys_will_ask_for():
    """Imported on the worker: the window never waits for it."""
    asked = (
        "import sys\n"
        "from sisfoh_desktop.basics.late_names import open_doors\n"
        "import sisfoh_desktop.modules.papers.view\n"
        "behind = 'sisfoh_desktop.modules.papers.service.outside'\n"
        "before = behind in sys.modules\n"
        "open_doors('sisfoh_desktop.modules.papers.view')\n"
        "print(before, behind in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
