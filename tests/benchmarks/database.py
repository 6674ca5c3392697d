"""A save as services make it (token, version, trail, one durable commit) against its bare writes by SQLAlchemy Core."""

import shutil
import tempfile
import uuid
from datetime import date, datetime
from pathlib import Path
from typing import Any

from measuring import Line, Measure, in_turn, line, timed
from sqlalchemy import MetaData, insert, update

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.engine import make_engine, target_url
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Norm, NormKind

_NOW, _CLERK = datetime(2024, 3, 8, 10, tzinfo=LIMA), Actor("prueba", "ULE")
_NORM = Norm("Ley 1", "Norma de prueba", NormKind.LAW, valid_from=date(2024, 1, 1))
_IN_A_ROW = 20


def measure(rounds: int) -> list[Line]:
    """One changed row, on SQLite, each side on its own copy with the same durability."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "nuestra.db", Path(folder) / "par.db"
        db = Database.create(ours)
        office.add_norm(db, actor=_CLERK, now=_NOW, norm=_NORM)
        db.close()
        shutil.copyfile(ours, theirs)
        db, engine, known = Database.open(ours), make_engine(target_url(theirs)), MetaData()
        known.reflect(engine, only=["norm", "audit_head", "audit_entry", "action_token"])
        saves = in_turn(rounds * 3, _our_saves(db, known.tables["norm"]), _bare_writes(engine, known.tables))
        db.close()
        engine.dispose()
    return [
        line(saves, "un guardado: versión, ficha y rastro", "las mismas escrituras, SQLAlchemy Core", 1.5)
    ]


def _our_saves(db: Database, norm: Any) -> Measure:
    """`Database.run_once` around an update of the expected version with its audit entry."""
    version = 1

    def change(session: Any) -> int:
        same = (norm.c.id == 1) & (norm.c.version == version)
        values = {"title": f"Título {version}", "version": version + 1}
        check_updated(session.execute(update(norm).where(same).values(values)).rowcount)
        told = {"action": "office.norm.save", "before": {"version": version}, "after": values}
        record_audit(session, actor=_CLERK, now=_NOW, subject="norm:1", **told)
        return version + 1

    def save() -> None:
        nonlocal version
        version = db.run_once(str(uuid.uuid4()), change)

    return timed(save, _IN_A_ROW)


def _bare_writes(engine: Any, tables: Any) -> Measure:
    """The same five writes in one transaction; no session, no look for an earlier token, no chain of hashes."""
    norm, head, version = tables["norm"], tables["audit_head"], 1
    entry = {"at": _NOW.replace(tzinfo=None), "actor": "prueba", "office": "ULE", "subject": "norm:1"}
    entry |= {"before": "{}", "after": "{}", "action": "office.norm.save", "reason": ""}

    def save() -> None:
        nonlocal version
        version += 1
        own = {"id": version, "previous_hash": f"{version - 1:064d}", "hash": f"{version:064d}"}
        with engine.begin() as connection:
            same = (norm.c.id == 1) & (norm.c.version == version - 1)
            connection.execute(update(norm).where(same).values(title=f"Título {version}", version=version))
            connection.execute(update(head).where(head.c.id == 1).values(entries=version))
            connection.execute(insert(tables["audit_entry"]).values(**entry, **own))
            connection.execute(update(head).where(head.c.id == 1).values(hash=own["hash"]))
            token = {"token": str(uuid.uuid4()), "result": str(version)}
            connection.execute(insert(tables["action_token"]).values(**token))

    return timed(save, _IN_A_ROW)
