"""What an order writes from a base is noted in the trail, as the window notes its own; a refusal writes nothing."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import list_entries

CLOCK = FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA))
ORDERS = [
    ("informe", "kardex", "--tipo", "FSU", "-o", "tarjeta.pdf"),
    ("informe", "poi", "--anio", "2024", "--trimestre", "1", "-o", "poi.pdf"),
    ("informe", "poi", "--anio", "2024", "--trimestre", "1", "-o", "poi.xlsx"),
    ("informe", "resolucion", "--proyecto", "-o", "proyecto.pdf"),
    ("informe", "hoja-ruta", "-o", "hoja.pdf"),
    ("informe", "linea-tiempo", "-o", "linea.pdf"),
]


def run(practice: Path, folder: Path, order, capsys):
    """The exit code and what was answered."""
    *words, name = order
    arguments = [*words, str(folder / name), "--base", str(practice), "--json"]
    code = cli.main(arguments, clock=CLOCK)
    return code, json.loads(capsys.readouterr().out)


def noted(practice: Path):
    db = Database.open(practice)
    with db.reading() as session:
        entries = list_entries(session, actions="export.")
    db.close()
    return entries


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order[-1])
def test_what_leaves_by_an_order_is_in_the_trail(practice, tmp_path, capsys, order):
    before = len(noted(practice))
    code, told = run(practice, tmp_path, order, capsys)
    assert code == 0, told
    entries = noted(practice)
    assert len(entries) == before + 1
    (entry,) = [one for one in entries if one.after.get("file_name") == order[-1]]
    written = (tmp_path / order[-1]).read_bytes()
    assert entry.action == "export.paper"
    assert entry.after["sha256"] == told["sha256"] == hashlib.sha256(written).hexdigest()
    assert entry.after["title"]


def test_what_cannot_be_noted_does_not_leave(practice, tmp_path, capsys, monkeypatch):
    def away(*_args, **_more):
        raise DatabaseUnavailable("El servidor no responde; no se cambió nada.")

    monkeypatch.setattr("sisfoh_desktop.db.access_log.record_saved", away)
    code, told = run(practice, tmp_path, ORDERS[0], capsys)
    assert (code, told["error"]) == (4, "El servidor no responde; no se cambió nada.")
    assert not (tmp_path / ORDERS[0][-1]).exists()
