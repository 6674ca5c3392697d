"""What start-up does not load: heavy libraries wait for the first use, and a command without a window has no Qt."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPER = {"reportlab", "pyhanko", "openpyxl", "pypdfium2", "pikepdf"}
HEAVY = {"sqlalchemy", "alembic", "pyqtgraph", "numpy", "docx", "lxml", *PAPER}
REPORT = "\nimport json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"


def loaded_after(code: str, own_folder: Path) -> set[str]:
    """Top-level names that a fresh interpreter holds after `code`; the last printed line is ours."""
    env = {**os.environ, "SISFOH_DATOS": str(own_folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code + REPORT]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [("sisfoh_desktop.app.start", HEAVY), ("sisfoh_desktop.app.cli", {"PySide6", *HEAVY})],
)
def test_importing_the_way_in_loads_nothing_heavy(module: str, kept_out: set[str], tmp_path: Path):
    assert loaded_after(f"import {module}", tmp_path) & kept_out == set()


def test_a_command_without_a_window_loads_neither_qt_nor_paper(tmp_path: Path):
    """The whole way from `python -m sisfoh_desktop`, not only the import."""
    command = ["sisfoh-desktop", "plazo", "--desde", "2024-03-08", "--dias", "3", "--json"]
    code = f"""
import runpy, sys
sys.argv = {command!r}
try:
    runpy.run_module("sisfoh_desktop", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
"""
    assert loaded_after(code, tmp_path) & {"PySide6", "pyqtgraph", "alembic", *PAPER} == set()
