"""The import contracts of pyproject.toml: they hold, none is softened, and each one bites on a planted violation."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name(
    "lint-imports.exe" if sys.platform == "win32" else "lint-imports"
)

# A house in which every room holds one forbidden import: file -> what it imports.
BROKEN_HOUSE = {
    "basics/money.py": ["reportlab.lib", "sisfoh_desktop.db.base"],
    "db/base.py": ["PySide6.QtCore", "sisfoh_desktop.documents.page"],
    "documents/page.py": [],
    "sheets/workbook.py": ["sisfoh_desktop.modules.office.rules"],
    "qtkit/forms.py": ["sqlalchemy"],
    "shelf/anything.py": [],
    "app/all_tables.py": ["sisfoh_desktop.modules.office.tables"],
    "app/cli.py": ["sisfoh_desktop.modules.office.store"],
    "modules/office/rules.py": ["alembic", "sisfoh_desktop.modules.office.tables"],
    "modules/office/tables.py": ["openpyxl"],
    "modules/office/store.py": ["sisfoh_desktop.documents.page", "sisfoh_desktop.modules.office.report"],
    "modules/office/report.py": ["pyqtgraph"],
    "modules/office/service.py": [
        "sisfoh_desktop.modules.inbox.service",
        "sisfoh_desktop.modules.office.tables",
    ],
    "modules/office/lists.py": [],
    "modules/inbox/service.py": [],
    "modules/inbox/tables.py": ["sisfoh_desktop.modules.office.tables"],
    "modules/inbox/rules/states.py": ["sqlalchemy"],
    "modules/inbox/store/lists.py": ["sisfoh_desktop.sheets.workbook"],
    "modules/inbox/view/page.py": ["alembic.command", "sisfoh_desktop.modules.office.report"],
    "modules/attic/rules.py": [],
}

# Contract number -> what its report must name.
FINDINGS = {
    1: ["sisfoh_desktop.basics.money -> sisfoh_desktop.db.base", "shelf"],
    2: [
        "sisfoh_desktop.modules.office.store -> sisfoh_desktop.modules.office.report",
        "sisfoh_desktop.modules.office.rules -> sisfoh_desktop.modules.office.tables",
        "lists",
    ],
    3: ["sisfoh_desktop.modules.office.service -> sisfoh_desktop.modules.inbox.service", "attic"],
    4: [
        "sisfoh_desktop.basics.money -> reportlab",
        "sisfoh_desktop.modules.office.rules -> alembic",
        "sisfoh_desktop.modules.inbox.rules.states -> sqlalchemy",
    ],
    5: ["sisfoh_desktop.db.base -> PySide6", "sisfoh_desktop.modules.office.report -> pyqtgraph"],
    6: ["sisfoh_desktop.qtkit.forms -> sqlalchemy", "sisfoh_desktop.modules.inbox.view.page -> alembic"],
    7: [
        "sisfoh_desktop.modules.office.service -> sisfoh_desktop.modules.office.tables",
        "sisfoh_desktop.modules.inbox.tables -> sisfoh_desktop.modules.office.tables",
    ],
    8: [
        "sisfoh_desktop.app.cli -> sisfoh_desktop.modules.office.store",
        "sisfoh_desktop.modules.inbox.view.page -> sisfoh_desktop.modules.office.report",
    ],
    9: [
        "sisfoh_desktop.modules.office.tables -> openpyxl",
        "sisfoh_desktop.modules.office.store -> sisfoh_desktop.documents.page",
        "sisfoh_desktop.modules.inbox.store.lists -> sisfoh_desktop.sheets.workbook",
    ],
}


def settings() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def lint_imports(folder: Path) -> tuple[int, str]:
    """Exit code and report of the linter over the `sisfoh_desktop` that lies in `folder`."""
    done = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def build_house(folder: Path, files: Mapping[str, list[str]]) -> Path:
    """A package of that shape beside a copy of the project file."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    package = folder / "sisfoh_desktop"
    ordered = settings()["contracts"][2]["layers"]
    rooms = {f"modules/{name}/__init__.py": [] for name in ordered} | dict(files)
    for name, imports in rooms.items():
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"import {module}\n" for module in imports), encoding="utf-8")
        for parent in file.relative_to(folder).parents[:-1]:
            (folder / parent / "__init__.py").touch()
    return folder


def test_the_contracts_hold():
    code, report = lint_imports(ROOT)
    assert code == 0, report


def test_the_nine_contracts_are_there_and_none_is_softened():
    contracts = settings()["contracts"]
    assert [contract["name"].split()[0] for contract in contracts] == [str(n) for n in range(1, 10)]
    for contract in contracts:
        assert "ignore_imports" not in contract, contract["name"]
    assert all(contracts[n]["exhaustive"] for n in range(3))
    assert contracts[0]["exhaustive_ignores"] == ["__main__"]


@pytest.fixture(scope="module")
def broken_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    code, report = lint_imports(build_house(tmp_path_factory.mktemp("house"), BROKEN_HOUSE))
    assert code == 1, report
    return report


@pytest.mark.parametrize("number", FINDINGS)
def test_each_contract_names_what_breaks_it(broken_report: str, number: int):
    names = [contract["name"] for contract in settings()["contracts"]]
    assert re.search(rf"{re.escape(names[number - 1])} BROKEN", broken_report), broken_report
    details = broken_report.split("Broken contracts", 1)[1]
    parts = re.split(r"^(\d) .*\n-+$", details, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for finding in FINDINGS[number]:
        assert finding in sections[str(number)], sections[str(number)]


def test_a_house_in_order_passes(tmp_path: Path):
    house = {
        "basics/money.py": [],
        "db/base.py": ["sqlalchemy", "sisfoh_desktop.basics.money"],
        "documents/page.py": ["reportlab.lib"],
        "sheets/workbook.py": ["openpyxl"],
        "qtkit/forms.py": ["PySide6.QtWidgets"],
        "app/all_tables.py": ["sisfoh_desktop.modules.office.tables"],
        "modules/office/tables.py": ["sisfoh_desktop.db.base", "sisfoh_desktop.modules.office.rules"],
        "modules/office/store.py": ["sqlalchemy", "sisfoh_desktop.modules.office.tables"],
        "modules/office/report.py": ["sisfoh_desktop.documents.page"],
        "modules/office/service.py": [
            "sisfoh_desktop.modules.office.store",
            "sisfoh_desktop.modules.office.report",
        ],
        "modules/inbox/view/page.py": [
            "PySide6.QtWidgets",
            "sisfoh_desktop.qtkit.forms",
            "sisfoh_desktop.modules.office.service",
            "sisfoh_desktop.modules.office.rules",
        ],
    }
    code, report = lint_imports(build_house(tmp_path, house))
    assert code == 0, report
