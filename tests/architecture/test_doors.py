"""What the import contracts cannot say: each module has one door, and every list of the modules names the same ones."""

import re
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sisfoh_desktop"
MODULES = "sisfoh_desktop.modules"


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("sisfoh_desktop", exclude_type_checking_imports=True, cache_dir=None)


def office_modules() -> set[str]:
    """The folders under `modules/`, empty ones and caches aside."""
    return {file.parent.name for file in (PACKAGE / "modules").glob("*/*.py")}


def with_room(room: str) -> set[str]:
    """The modules that have this room, as a file or as a folder."""
    found = [
        *(PACKAGE / "modules").glob(f"*/{room}.py"),
        *(PACKAGE / "modules").glob(f"*/{room}/__init__.py"),
    ]
    return {path.relative_to(PACKAGE / "modules").parts[0] for path in found}


def place(name: str) -> tuple[str, str] | None:
    """(module, room) of a dotted name below `modules`; the room is "" for the folder itself."""
    parts = name.removeprefix(f"{MODULES}.").split(".")
    return None if not name.startswith(f"{MODULES}.") else (parts[0], parts[1] if len(parts) > 1 else "")


def imports(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    """Every import inside the program, as (importer, imported)."""
    return [
        (importer, imported)
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    ]


def test_a_module_enters_another_only_by_its_service_or_reads_its_rules(graph: grimp.ImportGraph):
    through_the_window = []
    for importer, imported in imports(graph):
        here, there = place(importer), place(imported)
        if here and there and here[0] != there[0] and there[1] not in ("service", "rules"):
            through_the_window.append(f"{importer} -> {imported}")
    assert through_the_window == []


def test_a_service_uses_only_its_own_store_report_and_sheet(graph: grimp.ImportGraph):
    strangers = []
    for importer, imported in imports(graph):
        there = place(imported)
        if there and there[1] in ("store", "report", "sheet"):
            here = place(importer)
            if here is None or here[0] != there[0] or here[1] not in ("service", there[1]):
                strangers.append(f"{importer} -> {imported}")
    assert strangers == []


def test_module_folders_re_export_nothing(graph: grimp.ImportGraph):
    """An import in `modules/<task>/__init__.py` would be a second door that no contract watches."""
    folders = [MODULES, *(f"{MODULES}.{name}" for name in sorted(office_modules()))]
    assert [name for name in folders if graph.find_modules_directly_imported_by(name)] == []


def test_the_window_and_the_command_line_enter_by_service_rules_or_view(graph: grimp.ImportGraph):
    wrong = []
    for importer, imported in imports(graph):
        there = place(imported)
        if not importer.startswith("sisfoh_desktop.app") or there is None or importer.endswith(".all_tables"):
            continue
        if there[1] not in ("service", "rules", "view"):
            wrong.append(f"{importer} -> {imported}")
    assert wrong == []


def test_all_tables_imports_every_table(graph: grimp.ImportGraph):
    imported = graph.find_modules_directly_imported_by("sisfoh_desktop.app.all_tables")
    assert {place(name) for name in imported if place(name)} == {
        (name, "tables") for name in with_room("tables")
    }


def test_every_list_names_the_same_modules():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    pages = (PACKAGE / "app" / "pages.py").read_text(encoding="utf-8")
    named_pages = set(re.findall(r"\bmodules\.(\w+)(?:\.view| import view)\b", pages))
    folders = office_modules()
    assert set(contracts[2]["layers"]) == folders, "contract 3 of pyproject.toml"
    assert {path.parent.name for path in (ROOT / "tests" / "modules").glob("*/test_*.py")} == folders, (
        "tests/modules"
    )
    assert named_pages == with_room("view"), "app/pages.py"


def test_tests_of_a_module_are_named_after_its_rooms():
    unknown = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests" / "modules").glob("*/test_*.py")
        if not re.match(r"test_(rules|tables|store|service|report|sheet|view)(_|\.py$)", path.name)
    ]
    assert unknown == []


def test_migrations_stand_alone():
    """A migration of 2024 must run unchanged under the program of any later year."""
    steps = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    assert steps
    pattern = re.compile(r"^\s*(?:import|from)\s+sisfoh_desktop\b", re.MULTILINE)
    assert [step.name for step in steps if pattern.search(step.read_text(encoding="utf-8"))] == []
