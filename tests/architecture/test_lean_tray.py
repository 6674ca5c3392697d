"""What Mi bandeja loads, and that what is mapped late is there when something is written, copied or checked."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.base import whole_metadata
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.transfer import transfer
from sisfoh_desktop.modules.inbox import service as inbox

TODAY = date(2024, 6, 3)
NOT_AT_REST = (
    "reportlab", "pyhanko", "asn1crypto", "openpyxl", "docx", "lxml", "pypdfium2", "alembic", "keyring", "psycopg",
    "sqlalchemy.dialects.postgresql", "sisfoh_desktop.app.all_tables", "sisfoh_desktop.app.all_words",
    "sisfoh_desktop.documents.signing", "sisfoh_desktop.documents.page",
    *(f"sisfoh_desktop.modules.resoluciones.{part}" for part in (
        "rules.coherence", "rules.review", "rules.models", "rules.rectifying_words", "rules.delivery.remission",
        "service.drafts", "service.review", "service.issuing", "service.signing", "service.delivery.gathering",
        "tables.models", "tables.review", "tables.versions")),
    *(f"sisfoh_desktop.modules.kardex.{part}" for part in (
        "service.catalogue", "service.registering", "service.actas", "store.register", "store.trace",
        "tables.actas", "tables.counts")),
    *(f"sisfoh_desktop.modules.poi.{part}" for part in (
        "rules.importing", "rules.row_checks", "rules.column_mapping", "service.importing", "store.importing",
        "sheet", "report")),
    *(f"sisfoh_desktop.modules.papers.service.{part}" for part in ("numbers", "signing", "verifying", "outside")),
    *(f"sisfoh_desktop.modules.{part}" for part in (
        "expedientes.tables.details", "office.tables.catalogues", "papers.tables.numbers", "papers.tables.revisions",
        "plans.tables.parts", "resoluciones.tables.parts", "responsibilities.tables.snapshots")),
    "asyncio.events", "ssl", "email",
    *(f"sisfoh_desktop.modules.{name}.report" for name in ("expedientes", "kardex", "plans", "responsibilities")),
)  # fmt: skip


def told_after(code: str, base: str, own_folder: Path) -> dict[str, list[str]]:
    """What `code`, run by a fresh interpreter on `db`, leaves in `told`; the program's window opens a base so."""
    source = f"""
import json, sys
from datetime import date
from sisfoh_desktop.app import wiring
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.basics.settings import PcSettings
settings = PcSettings(archive_folder={str(own_folder)!r})
db = wiring.open_base({base!r}, settings=settings, now=SystemClock().now()).db
told = {{}}
{code}
db.close()
print(json.dumps(told))
"""
    env = {**os.environ, "SISFOH_DATOS": str(own_folder), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", source], env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


TRAY = f"""
from sisfoh_desktop.modules.inbox import service as inbox
tray = inbox.load_tray(db, today=date({TODAY.year}, {TODAY.month}, {TODAY.day}), actor=Actor("prueba"))
told["tasks"] = [repr(task) for task in tray.tasks]
told["modules"] = sorted(sys.modules)
from sisfoh_desktop.db.base import Base
told["mapped"] = sorted(Base.metadata.tables)
"""


@pytest.fixture
def opened_before(practice: Path, tmp_path: Path) -> Path:
    """The first opening seals its ledgers, which is writing; the second and all later ones only read."""
    told_after("", str(practice), tmp_path)
    return practice


@pytest.fixture(params=["sqlite", "postgresql"])
def either_office(request: pytest.FixtureRequest, opened_before: Path) -> str:
    """The practice office: its file, or the address of the same on a server."""
    if request.param == "sqlite":
        return str(opened_before)
    server: Database = request.getfixturevalue("postgres_db")
    source = Database.open(opened_before)
    transfer(source, server.url.render_as_string(hide_password=False))
    source.close()
    return server.url.render_as_string(hide_password=False)


def test_the_tray_is_the_same_with_only_its_own_tables_mapped(either_office: str, tmp_path: Path):
    told = told_after(TRAY, either_office, tmp_path)
    db = Database.open(either_office)  # here, in the tests, every table is mapped
    tasks = inbox.load_tray(db, today=TODAY, actor=Actor("prueba")).tasks
    db.close()
    assert told["tasks"] == [repr(task) for task in tasks]
    assert tasks
    late = {"act_model", "kardex_acta", "kardex_count", "resolucion_acceptance", "resolucion_version"}
    assert late <= whole_metadata().tables.keys()
    assert late & set(told["mapped"]) == set()


def test_the_tray_loads_nothing_that_drafts_signs_imports_or_prints(opened_before: Path, tmp_path: Path):
    loaded = told_after(TRAY, str(opened_before), tmp_path)["modules"]
    wrong = [name for name in loaded if any(name == out or name.startswith(f"{out}.") for out in NOT_AT_REST)]
    assert wrong == []


ALL_TABLES = {
    "what writes": """
from sisfoh_desktop.db.base import Base
with db.transaction():
    told["known"] = sorted(Base.metadata.tables)
""",
    "what copies": """
from sisfoh_desktop.db.table_digests import office_tables
with db.reading() as session:
    told["known"] = sorted(table.name for table in office_tables(session.connection()))
""",
    "what lists the personal data": """
from sisfoh_desktop.modules.safekeeping.store.inventory import schema_columns
told["known"] = sorted({column.table for column in schema_columns()})
""",
}


@pytest.mark.parametrize("asked", ALL_TABLES)
def test_whoever_needs_all_tables_has_them(asked: str, opened_before: Path, tmp_path: Path):
    code = TRAY + ALL_TABLES[asked]
    assert told_after(code, str(opened_before), tmp_path)["known"] == sorted(whole_metadata().tables)
