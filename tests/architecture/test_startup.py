"""What start-up does not load: heavy libraries wait for the first use, and a command without a window has no Qt."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPER = {"reportlab", "pyhanko", "openpyxl", "pypdfium2", "pikepdf"}
MOST_TABLES = 50  # of nearly a hundred, each an eighth of a MiB and 3 ms; a POI of the year maps 7 more
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


def test_importing_after_qt_reads_no_sources(tmp_path: Path):
    """The Qt binding would read, and keep, the text of all that is imported after it."""
    code = """
import linecache
from sisfoh_desktop.qtkit.plain_imports import import_plainly
import_plainly()
before = set(linecache.cache)
import_plainly()
import sqlalchemy.orm
import sisfoh_desktop.qtkit.stylesheet
from PySide6.QtSvg import *
QSvgRenderer()
kept = {name for name in set(linecache.cache) - before if name.endswith(".py")}
assert not kept, sorted(kept)[:5]
"""
    assert "sqlalchemy" in loaded_after(code, tmp_path)


_OPENED = """
import sys
from datetime import date
from sisfoh_desktop.app.wiring import acting, open_base
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.basics.settings import PcSettings
settings = PcSettings.load()
opened = open_base({base!r}, settings=settings, now=SystemClock().now())
"""
_TRAY = """
from sisfoh_desktop.modules.inbox.service import load_tray
assert load_tray(opened.db, today=date(2026, 4, 1), actor=acting(settings)).tasks
from sisfoh_desktop.db.base import Base
mapped = {{one.class_.__name__ for one in Base.registry.mappers}}
written = {{"ActionTokenRow", "HandoverLineRow", "PoiMeasureUnitRow", "PresenceRow", "UserAbsenceRow"}}
assert len(mapped) <= {most} and not mapped & written, sorted(mapped)
whole = {{"_hashlib", "hmac", "selectors", "asyncio.events", "email"}} & set(sys.modules)
assert not whole, whole
"""


def test_the_tray_loads_what_it_reads_and_no_more(tmp_path: Path, practice: Path):
    """What the budget of memory counts: neither OpenSSL nor the tables that only a writer needs."""
    opened = _OPENED.format(base=str(practice))
    loaded_after(opened, tmp_path)  # the first opening seals what stands in the base
    loaded_after(opened + _TRAY.format(most=MOST_TABLES), tmp_path)
