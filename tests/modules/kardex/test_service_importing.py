"""Importing a file: what adds up is recorded whole, the rest waits, and a failure leaves nothing behind."""

import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from kardex_office import KardexOffice
from sqlalchemy import func, select

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.modules.kardex.rules.importing import ImportPlan, ImportResult, QuarantineState
from sisfoh_desktop.modules.kardex.service import checking, importing, moving, reading
from sisfoh_desktop.modules.kardex.tables import (
    KardexFormRow,
    KardexImportRow,
    KardexLineRow,
    KardexMovementRow,
    KardexQuarantineRow,
)
from sisfoh_desktop.sheets.workbook import table_workbook

MOVEMENTS = ["Fecha", "Movimiento", "Formulario", "De", "A", "Del", "Al", "Cantidad", "Documento", "Motivo"]
OPENING = ["Formulario", "Del", "Al", "Cantidad", "Tenedor", "Condición", "Fecha", "Documento"]
ANA, BETO = "EMPADRONADOR UNO PRUEBA", "EMPADRONADOR DOS PRUEBA"


def csv_file(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    return "\n".join(";".join(map(str, row)) for row in (heads, *rows)).encode()


def check(office: KardexOffice, data: bytes) -> ImportPlan:
    return importing.check_file(
        office.db, campaign_id=office.campaign, file_name="kardex.csv", data=data, now=office.now
    )


def bring_in(office: KardexOffice, data: bytes, **more: Any) -> ImportResult:
    return importing.import_file(
        office.db,
        actor=office.actor,
        now=office.now,
        campaign_id=office.campaign,
        file_name="kardex.csv",
        data=data,
        **more,
    )


def counts(office: KardexOffice) -> list[int]:
    tables = (KardexMovementRow, KardexLineRow, KardexFormRow, KardexImportRow, KardexQuarantineRow)
    with office.db.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


GOOD = [
    [
        "01/03/2024",
        "Recepción",
        "FSU",
        "Ente rector",
        "Almacén ULE",
        "000001",
        "001000",
        "1000",
        "Guía 1",
        "",
    ],
    ["04/03/2024", "Distribución", "FSU", "", ANA, "1", "50", "50", "Acta 1", ""],
    ["05/03/2024", "Uso", "FSU", ANA, "", "000001", "000040", "40", "", ""],
    ["05/03/2024", "Anulación", "FSU", ANA, "", "000041", "000041", "1", "", "Mal llenada"],
    ["06/03/2024", "Devolución", "FSU", ANA, "Almacén ULE", "000042", "000050", "9", "Acta 2", ""],
]


def test_a_file_that_adds_up_is_recorded_whole(kardex_office: KardexOffice) -> None:
    data = csv_file(MOVEMENTS, GOOD)
    plan = check(kardex_office, data)
    assert (plan.row_count, len(plan.accepted), len(plan.quarantined)) == (5, 5, 0)
    assert counts(kardex_office) == [0, 0, 0, 0, 0], "a review stores nothing"
    result = bring_in(kardex_office, data, expected=plan)
    assert (result.rows, result.accepted, result.quarantined, result.rejected) == (5, 5, 0, 0)
    assert counts(kardex_office)[0] == 5
    trace = reading.trace(kardex_office.db, campaign_id=kardex_office.campaign, text="000041")[0]
    assert [step.kind.value for step in trace.steps] == ["recepcion", "distribucion", "anulacion"]


def test_an_opening_stock_becomes_what_happened_until_then(either_kardex: KardexOffice) -> None:
    rows = [
        ["FSU", "1", "500", "500", "Almacén ULE", "En blanco", "01/03/2024", "Inventario 1"],
        ["FSU", "501", "550", "50", ANA, "En blanco", "01/03/2024", "Inventario 1"],
        ["FSU", "551", "560", "10", BETO, "Usada", "01/03/2024", "Inventario 1"],
        ["FSU", "561", "562", "2", ANA, "Anuladas", "01/03/2024", "Inventario 1"],
        ["FSU", "563", "563", "1", BETO, "Extraviada", "01/03/2024", "Informe 3"],
        ["Croquis", "", "", "200", "Almacén ULE", "", "01/03/2024", "Inventario 1"],
        ["TOTAL FSU", "", "", "563", "", "", "", ""],
    ]
    plan = check(either_kardex, csv_file(OPENING, rows))
    assert [one.findings[0].rule for one in plan.quarantined] == ["condition_missing"]
    rows[5][5] = "En blanco"
    result = bring_in(either_kardex, csv_file(OPENING, rows))
    assert (result.rows, result.accepted, result.totals_checked, result.movements) == (6, 6, 1, 13)
    with either_kardex.db.reading() as session:
        kinds = list(session.scalars(select(KardexMovementRow.kind)))
    assert kinds.count("recepcion") == 6
    assert kinds.count("distribucion") == 4
    assert kinds.count("extravio") == kinds.count("anulacion") == kinds.count("uso") == 1


def test_what_does_not_add_up_waits_with_its_reason_and_proposals(kardex_office: KardexOffice) -> None:
    rows = [
        *GOOD[:2],
        ["05/03/2024", "Uso", "FSU", "EMPADRONADR UNO PRUEBA", "", "1", "10", "10", "", ""],
        ["06/03/2024", "Devolución", "FSU", ANA, "", "5", "8", "4", "", ""],
        ["06/03/2024", "Entrega", "FSU", "Almacén ULE", BETO, "40", "60", "21", "", ""],
        ["31/02/2024", "Uso", "FSU", ANA, "", "20", "21", "2", "", ""],
        ["06/03/2024", "Uso", "FSU", ANA, "", "30", "35", "7.040", "", ""],
        ["", "V°B° del responsable", "", "", "", "", "", "", "", ""],
        ["TOTAL", "", "", "", "", "", "", "1100", "", ""],
    ]
    plan = check(kardex_office, csv_file(MOVEMENTS, rows))
    assert (plan.row_count, len(plan.accepted), len(plan.quarantined), len(plan.rejected)) == (8, 2, 5, 1)
    by_row = {one.row.row: one.findings for one in plan.quarantined}
    assert by_row[4][0].rule == "holder_unknown"
    assert by_row[4][0].candidates[0] == ANA
    assert by_row[5][0].rule == "depends_on_quarantine"
    assert "fila 4" in by_row[5][0].text
    assert by_row[6][0].rule == "forms_elsewhere"
    assert "fila 3" in by_row[6][0].text
    assert by_row[7][0].rule == "date_unreadable"
    assert by_row[8][0].rule == "number_ambiguous"
    assert [finding.rule for finding in plan.totals] == ["total_differs"]
    result = bring_in(kardex_office, csv_file(MOVEMENTS, rows))
    assert result.rows == result.accepted + result.quarantined + result.rejected
    waiting = importing.list_quarantine(kardex_office.db, kardex_office.campaign)
    assert [line.row for line in waiting] == [4, 5, 6, 7, 8]
    assert waiting[0].findings[0].candidates[0] == ANA


def test_the_same_file_twice_is_refused_unless_nothing_of_it_was_recorded(
    kardex_office: KardexOffice,
) -> None:
    good, bad = csv_file(MOVEMENTS, GOOD), csv_file(MOVEMENTS, GOOD[1:2])
    assert bring_in(kardex_office, bad).accepted == 0
    assert bring_in(kardex_office, bad).accepted == 0
    assert len(importing.list_quarantine(kardex_office.db, kardex_office.campaign)) == 1
    bring_in(kardex_office, good)
    before = counts(kardex_office)
    with pytest.raises(RuleError) as refused:
        bring_in(kardex_office, good)
    assert refused.value.code == "import_repeated"
    assert counts(kardex_office) == before


def test_a_corrected_file_is_imported_whole_again_and_only_what_is_new_is_recorded(
    either_kardex: KardexOffice,
) -> None:
    wrong = [*GOOD, ["07/03/2024", "Entrega", "FSU", "", "NADIE", "51", "60", "10", "", ""]]
    assert bring_in(either_kardex, csv_file(MOVEMENTS, wrong)).quarantined == 1
    wrong[-1][4] = BETO
    plan = check(either_kardex, csv_file(MOVEMENTS, wrong))
    assert plan.rejected[0].why == (
        "Ya está registrada con el movimiento N° 000001 (Recepción) del 01/03/2024."
    )
    result = bring_in(either_kardex, csv_file(MOVEMENTS, wrong))
    assert (result.rows, result.accepted, result.quarantined, result.rejected) == (6, 1, 0, 5)
    with pytest.raises(RuleError) as refused:
        bring_in(either_kardex, csv_file(MOVEMENTS, GOOD[:3]))
    assert refused.value.code == "import_empty"


def test_an_answer_lost_on_the_way_does_not_import_twice(kardex_office: KardexOffice) -> None:
    data = csv_file(MOVEMENTS, GOOD)
    first = bring_in(kardex_office, data, token="una-vez")
    assert bring_in(kardex_office, data, token="una-vez") == first


def test_what_changed_since_the_review_is_told(kardex_office: KardexOffice) -> None:
    data = csv_file(MOVEMENTS, GOOD)
    plan = check(kardex_office, data)
    kardex_office.receive("000500-000600", day=date(2024, 3, 1))
    with pytest.raises(RuleError) as refused:
        bring_in(kardex_office, data, expected=plan)
    assert refused.value.code == "import_changed"


def test_cancelled_half_way_changes_nothing(either_kardex: KardexOffice) -> None:
    before = counts(either_kardex)

    def stop(done: int, total: int) -> None:
        if done > 1000:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring_in(either_kardex, csv_file(MOVEMENTS, GOOD), progress=stop)
    assert counts(either_kardex) == before


_KILLED = """
import os, signal, sys
from datetime import datetime
import sisfoh_desktop.app.all_tables
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.service import importing

def die(done, total):
    if done > 1000:
        os.kill(os.getpid(), signal.SIGKILL)

importing.import_file(Database.open(sys.argv[1]), actor=Actor(user="prueba"),
    now=datetime(2024, 3, 8, 10, tzinfo=LIMA), campaign_id=int(sys.argv[2]), file_name="kardex.csv",
    data=sys.stdin.buffer.read(), progress=die)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_half_way_changes_nothing(kardex_office: KardexOffice) -> None:
    before = counts(kardex_office)
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(kardex_office.db.path), str(kardex_office.campaign)],
        input=csv_file(MOVEMENTS, GOOD),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -9, ended.stderr.decode()
    assert counts(kardex_office) == before
    assert bring_in(kardex_office, csv_file(MOVEMENTS, GOOD)).accepted == 5


@pytest.mark.parametrize("seed", range(4))
def test_the_ledger_records_whatever_the_review_accepted(kardex_office: KardexOffice, seed: int) -> None:
    """Random years, mostly wrong: the real ledger takes every accepted row, and its own checks stay sound."""
    chance = random.Random(seed)
    kardex_office.receive("1-300", day=date(2024, 3, 1))
    kinds = (
        "Ingreso",
        "Entrega",
        "Entrega",
        "Devolución",
        "Uso",
        "Uso",
        "Anulación",
        "Transferencia",
        "Extravío",
    )
    rows = []
    for _ in range(300):
        kind, first = chance.choice(kinds), chance.randint(1, 400)
        one, other = chance.choice(
            ((ANA, BETO), (BETO, ANA), (BETO, "NADIE") if chance.random() < 0.1 else (ANA, BETO))
        )
        source = "" if kind in ("Ingreso", "Entrega") else one
        target = {"Entrega": other, "Transferencia": other}.get(kind, "")
        document = "Informe 1" if kind == "Extravío" or chance.random() < 0.5 else ""
        day = date(2024, 3, 1) + timedelta(days=chance.randint(0, 7))
        last = first + chance.randint(0, 8)
        rows.append([f"{day:%d/%m/%Y}", kind, "FSU", source, target, first, last, "", document, "Prueba"])
    result = bring_in(kardex_office, csv_file(MOVEMENTS, rows))
    assert result.rows == 300 == result.accepted + result.quarantined + result.rejected
    assert result.accepted > 15
    assert [check.detail for check in checking.check_kardex(kardex_office.db) if not check.ok] == []


def test_a_failure_half_way_changes_nothing(
    kardex_office: KardexOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(kardex_office)

    def broken(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the disk went away")

    monkeypatch.setattr(importing.store, "add_import", broken)
    with pytest.raises(RuntimeError):
        bring_in(kardex_office, csv_file(MOVEMENTS, GOOD))
    assert counts(kardex_office) == before


def test_a_row_in_quarantine_is_recorded_once_corrected(kardex_office: KardexOffice) -> None:
    rows = [*GOOD[:2], ["05/03/2024", "Uso", "FSU", "OTRA PERSONA", "", "1", "10", "10", "", ""]]
    bring_in(kardex_office, csv_file(MOVEMENTS, rows))
    [line] = importing.list_quarantine(kardex_office.db, kardex_office.campaign)

    def settle(texts: dict[str, str]) -> int:
        return importing.settle_quarantine(
            kardex_office.db,
            actor=kardex_office.actor,
            now=kardex_office.now,
            quarantine_id=line.id,
            expected_version=line.version,
            texts=texts,
        )

    with pytest.raises(RuleError) as refused:
        settle(dict(line.texts))
    assert refused.value.code == "holder_unknown"
    assert settle({**line.texts, "source": ANA}) == 1
    [done] = importing.list_quarantine(kardex_office.db, kardex_office.campaign, pending_only=False)
    assert done.state is QuarantineState.REGISTERED
    assert importing.count_pending(kardex_office.db, kardex_office.campaign) == 0
    with pytest.raises(RuleError) as refused:
        settle({**line.texts, "source": ANA})
    assert refused.value.code == "quarantine_settled"


def test_a_row_in_quarantine_is_discarded_with_a_reason(kardex_office: KardexOffice) -> None:
    bring_in(kardex_office, csv_file(MOVEMENTS, GOOD[1:2]))
    [line] = importing.list_quarantine(kardex_office.db, kardex_office.campaign)
    discard = {"actor": kardex_office.actor, "now": kardex_office.now, "quarantine_id": line.id}
    with pytest.raises(RuleError):
        importing.discard_quarantine(kardex_office.db, **discard, expected_version=line.version, reason=" ")
    with pytest.raises(StaleRow):
        importing.discard_quarantine(kardex_office.db, **discard, expected_version=9, reason="Repetida")
    importing.discard_quarantine(
        kardex_office.db, **discard, expected_version=line.version, reason="Repetida en la hoja"
    )
    [done] = importing.list_quarantine(kardex_office.db, kardex_office.campaign, pending_only=False)
    assert (done.state, done.settled_reason) == (QuarantineState.DISCARDED, "Repetida en la hoja")


def test_a_lost_form_in_a_file_leaves_its_sighting(kardex_office: KardexOffice) -> None:
    kardex_office.receive("1-10", day=date(2024, 3, 1))
    kardex_office.hand_out("1-10", kardex_office.ana, day=date(2024, 3, 2))
    kardex_office.move(moving.MovementKind.LOSS, "5", kardex_office.ana, day=date(2024, 3, 3))
    rows = [["05/03/2024", "Uso", "FSU", ANA, "", "4", "6", "3", "", ""]]
    assert bring_in(kardex_office, csv_file(MOVEMENTS, rows)).quarantined == 1
    assert [one.number for one in moving.list_sightings(kardex_office.db, kardex_office.campaign)] == [5]


def test_a_year_of_movements_out_of_order(kardex_office: KardexOffice) -> None:
    """Grouped by person instead of by day, as offices keep them: the days decide, and the balances are exact."""
    office = replace(kardex_office, now=kardex_office.now + timedelta(days=140))
    rows: list[list[str]] = [["01/03/2024", "Ingreso", "FSU", "", "", "1", "6000", "6000", "Guía", ""]]
    for person, start in ((ANA, 1), (BETO, 3001)):
        for week in range(20):
            first = start + week * 50
            day = date(2024, 3, 4) + timedelta(weeks=week)
            used = day + timedelta(days=4)
            rows += [
                [f"{used:%d/%m/%Y}", "Uso", "FSU", person, "", str(first), str(first + 44), "45", "", ""],
                [
                    f"{used:%d/%m/%Y}",
                    "Devolución",
                    "FSU",
                    person,
                    "",
                    str(first + 45),
                    str(first + 49),
                    "5",
                    "",
                    "",
                ],
                [f"{day:%d/%m/%Y}", "Entrega", "FSU", "", person, str(first), str(first + 49), "50", "", ""],
            ]
    plan = check(office, csv_file(MOVEMENTS, rows))
    assert [one.findings for one in plan.quarantined] == []
    result = bring_in(office, csv_file(MOVEMENTS, rows))
    assert (result.accepted, result.movements) == (121, 121)
    [fsu] = [one for one in reading.stock(office.db, office.campaign) if one.form_type.code == "FSU"]
    assert (fsu.received, fsu.used, fsu.in_hand, fsu.in_stock) == (6000, 1800, 0, 4200)
    assert all(check.ok for check in checking.check_kardex(office.db))


def test_the_template_reads_back_as_both_tables(kardex_office: KardexOffice) -> None:
    with pytest.raises(RuleError) as refused:
        bring_in(kardex_office, importing.template_workbook())
    assert refused.value.code == "import_empty"
    heads = {
        (column.layout.label, column.title)
        for column in check(kardex_office, importing.template_workbook()).columns
    }
    assert ("Saldo inicial", "En poder de") in heads
    assert ("Movimientos", "Movimiento") in heads


def test_a_workbook_is_read_as_well(kardex_office: KardexOffice) -> None:
    book = table_workbook("Kardex", MOVEMENTS, [[*row] for row in GOOD])
    assert len(check(kardex_office, book).accepted) == 5
