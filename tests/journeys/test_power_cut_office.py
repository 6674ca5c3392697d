"""The plug is pulled two hundred times while an office saves, numbers and hands out forms on its own PC.

Afterwards the file is whole, the trail and the seals of the ledgers hold, and nothing that was told as done is missing.
"""

import os
import random

import pytest
from kardex_office import make_office
from office_rush import FORMS, notes_in
from power_cut import Nursery, Order
from sqlalchemy import select

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.service.checking import check_kardex
from sisfoh_desktop.modules.kardex.tables import KardexMovementRow
from sisfoh_desktop.modules.office import service as office_service
from sisfoh_desktop.modules.papers import service as papers

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed by signal")

KILLS = 200
TURNS = 3  # of work that each process has before it
MOST_ORDERS = 260  # a stroke of the nursery's may come when the work is done


@pytest.fixture
def nursery(tmp_path):
    with Nursery(tmp_path, "office_rush.py") as one:
        yield one


def missing_from(db, series_id, told):
    """Which of the changes that were told as done the office does not find."""
    norms = {norm.id: norm.code for norm in office_service.list_norms(db)}
    numbers = {line.text for line in papers.number_register(db, series_id, 2024)}
    with db.reading() as session:
        movements = set(session.scalars(select(KardexMovementRow.id)))
    found = {
        "save": lambda note: norms.get(note["answer"]) == f"Ley {note['turn']}",
        "number": lambda note: note["answer"] in numbers,
        "hand_out": lambda note: note["answer"] in movements,
    }
    return [note for note in told if not found[note["job"]](note)]


def test_two_hundred_power_cuts_cost_nothing_that_was_told_as_done(db, actor, now, tmp_path, nursery):
    office = make_office(db, actor, now)
    office.receive(f"1-{FORMS}")
    series_id = papers.create_series(
        db, actor=actor, now=now, kind="resolucion_gm", title="Resolución", mask="{n:03d}-{year}-GM/MPT"
    )
    target, notes = str(db.path), tmp_path / "notas"
    notes.mkdir()
    db.close()

    def order(number, **changes):
        values = {"target": target, "archive": str(notes), "job": "office", "subject": f"p{number}"}
        return Order(**values, series_id=office.fsu, first=number * TURNS, rounds=TURNS, **changes)

    [alone] = nursery.run(order(0))
    assert alone.code == 0, alone.said
    chance, killed = random.Random(6), 0
    for number in range(1, MOST_ORDERS):
        [end] = nursery.run(order(number, die_at=chance.randrange(1, alone.beats), struck=number % 3 == 2))
        assert end.killed or end.code == 0, end.said
        killed += end.killed
        base = Database.open(target)
        assert [check for check in check_database(base) if not check.ok] == []
        told = notes_in(notes)
        assert missing_from(base, series_id, told) == []
        base.close()
        if killed == KILLS:
            break
    assert killed == KILLS
    assert len(told) > KILLS, "there was something to lose"
    base = Database.open(target)
    assert [check for check in check_kardex(base) if not check.ok] == []
    assert papers.check_numbers(base) == []
    numbers = [note["answer"] for note in told if note["job"] == "number"]
    assert len(set(numbers)) == len(numbers), "no number was given twice"
    for note in told:
        if note["job"] == "hand_out":
            given = FormRanges.single(10 * note["turn"] + 1, 10 * note["turn"] + 5)
            assert reading.load_movement(base, note["answer"]).ranges == given
    base.close()
