"""Many movements recorded together give the very base that recording them one by one gives, and the same refusals."""

import random
import shutil
from datetime import date

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import moving
from sisfoh_desktop.modules.kardex.service.checking import check_kardex

K = MovementKind
TABLES = {
    "kardex_movement": "id",
    "kardex_line": "id",
    "kardex_form": "form_type_id, number",
    "kardex_balance": "form_type_id, holder_id, condition",
}
ROUTES = (
    (K.RECEPTION, "rector", "store"),
    (K.RECEPTION, "printer", "store"),
    (K.HAND_OUT, "store", "ana"),
    (K.HAND_OUT, "store", "chief"),
    (K.HAND_OUT, "chief", "beto"),
    (K.TRANSFER, "ana", "beto"),
    (K.RETURN, "ana", "store"),
    (K.RETURN, "beto", "chief"),
    (K.USE, "ana", "ana"),
    (K.USE, "beto", "beto"),
    (K.ANNULMENT, "ana", "ana"),
    (K.LOSS, "beto", "beto"),
    (K.DAMAGE, "store", "store"),
    (K.TO_DATA_ENTRY, "ana", "digi"),
    (K.ARCHIVING, "digi", "archive"),
)


def contents(office):
    """Every row of the ledger and what it adds up to; balances that were emptied count as none."""
    with office.db.reading() as session:
        found = {
            table: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY {order}"))]
            for table, order in TABLES.items()
        }
        found["campaign"] = session.execute(text("SELECT last_movement FROM kardex_campaign")).scalar_one()
    found["kardex_balance"] = [row for row in found["kardex_balance"] if row[-1]]
    return found


def bulk(office, movements, progress=lambda done, total: None):
    with office.db.transaction() as session:
        return moving.register_in_bulk(
            session, actor=office.actor, now=office.now, movements=movements, progress=progress
        )


def some_movement(office, chance):
    kind, giver, taker = chance.choice(ROUTES)
    day = date(2024, 3, chance.randint(1, 8))
    giver, taker = getattr(office, giver), getattr(office, taker)
    if chance.random() < 0.15:
        return office.wanted(kind, chance.randint(1, 6), giver, taker, day)
    first = chance.randint(1, 22)
    ranges = FormRanges.of(
        (FormRange(first, first + chance.randint(0, 3)), FormRange(chance.randint(1, 24), 24))
        if chance.random() < 0.2
        else (FormRange(first, first + chance.randint(0, 6)),)
    )
    return office.wanted(kind, ranges, giver, taker, day)


@pytest.fixture
def twin(kardex_office, tmp_path):
    """A second office like the first."""
    path = tmp_path / "gemela.db"
    kardex_office.db.close()
    shutil.copyfile(kardex_office.db.path, path)
    db = Database.open(path)
    yield type(kardex_office)(**{**vars(kardex_office), "db": db})
    db.close()


@pytest.mark.parametrize("seed", range(12))
def test_the_base_is_the_same_as_one_by_one(kardex_office, twin, seed):
    chance = random.Random(seed)
    first_day = date(2024, 3, 1)
    ground = [
        kardex_office.wanted(K.RECEPTION, what, kardex_office.rector, kardex_office.store, first_day)
        for what in ("1-12", 20)
    ]
    accepted, refused = [], []
    for movement in (*ground, *(some_movement(kardex_office, chance) for _ in range(60))):
        try:
            moving.register_movement(
                kardex_office.db, actor=kardex_office.actor, now=kardex_office.now, movement=movement
            )
        except RuleError as error:
            refused.append((len(accepted), movement, error.sentence))
            continue
        accepted.append(movement)
    assert len(accepted) > 5

    at, wrong, sentence = chance.choice(refused)
    before = contents(twin)
    with pytest.raises(RuleError) as told:
        bulk(twin, [*accepted[:at], wrong])
    assert told.value.sentence == sentence
    assert contents(twin) == before

    half = len(accepted) // 2
    bulk(twin, accepted[:half])
    bulk(twin, accepted[half:])
    assert contents(twin) == contents(kardex_office)


def test_both_databases_and_forms_whose_reception_was_reverted(either_kardex):
    office = either_kardex
    received = office.receive("1-30")
    moving.reverse_movement(
        office.db, actor=office.actor, now=office.now, movement_id=received, reason="Se escribió mal"
    )
    ids = bulk(
        office,
        [
            office.wanted(K.RECEPTION, "11-40", office.printer, office.store),
            office.wanted(K.HAND_OUT, "15-35", office.store, office.ana),
            office.wanted(K.USE, "20-25", office.ana, office.ana),
            office.wanted(K.RECEPTION, 9, office.printer, office.store),
        ],
    )
    assert len(set(ids)) == 4
    assert [(check.name, check.detail) for check in check_kardex(office.db) if not check.ok] == []
    assert moving.lowest_free(office.db, type_id=office.fsu, holder_id=office.ana, count=9) == FormRanges.of(
        (FormRange(15, 19), FormRange(26, 29))
    )
    office.move(K.RETURN, "15-19", office.ana, office.store)  # ids go on where the block ended


def test_it_can_be_cancelled_while_it_is_written(kardex_office):
    office = kardex_office
    before = contents(office)

    def stop_late(done, total):
        if done > total * 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        bulk(office, [office.wanted(K.RECEPTION, f"{n}-{n + 9}", office.rector, office.store)
                      for n in range(1, 2000, 10)], stop_late)  # fmt: skip
    assert contents(office) == before
