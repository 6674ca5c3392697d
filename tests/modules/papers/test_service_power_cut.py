"""The power goes in the middle of numbering, freezing or signing, fifty times: register and archive agree afterwards.

And eight processes at once on both databases: every number once, none skipped, whoever dies in between.
"""

import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from power_cut import Nursery, Order

from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import fields_of
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NumberState, PaperState

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed by signal")

CUTS = {"number": 14, "freeze": 18, "sign": 18}
HARDLY_ANY = 6  # of the fifty may end their work before the nursery's stroke reaches them


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    with Nursery(tmp_path_factory.mktemp("nursery")) as one:
        yield one


@pytest.fixture
def certificate(tmp_path, pki):
    path = tmp_path / "firma.p12"
    path.write_bytes(pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"))
    return {"certificate": str(path), "password": pki.password}


def new_series(db, actor, now):
    return service.create_series(
        db, actor=actor, now=now, kind="resolucion_gm", title="Resolución", mask="{n:03d}-{year}-GM/MPT"
    )


def target_of(db):
    return str(db.path) if db.is_sqlite else db.url.render_as_string(hide_password=False)


def assert_whole(target, archive: Archive):
    """What an office finds when it starts the PC again."""
    db = Database.open(target)
    try:
        assert [check for check in check_database(db) if not check.ok] == []
        assert service.check_numbers(db) == []
        assert service.check_archive(db, archive) == []
        for line in service.list_papers(db):
            paper = service.load_paper(db, line.id)
            fields = {field.name: field.signed for field in fields_of(archive.get(paper.current_sha256))}
            assert fields == {signer.field: signer.signed_at is not None for signer in paper.signers}
            signed = sum(fields.values())
            assert paper.state is (PaperState.FROZEN, PaperState.SIGNING, PaperState.SIGNED)[signed]
        return [
            (line.text, line.state) for series in service.list_series(db) for line in register(db, series.id)
        ]
    finally:
        db.close()


def register(db, series_id):
    return service.number_register(db, series_id, 2024)


def test_fifty_power_cuts_leave_a_base_and_an_archive_that_agree(
    db, actor, now, tmp_path, nursery, certificate
):
    series_id = new_series(db, actor, now)
    archive = Archive(tmp_path / "archivo")
    target = target_of(db)
    db.close()
    chance = random.Random(29)

    def order(job, subject, **changes):
        values = {"target": target, "archive": str(archive.folder), "job": job, "subject": subject}
        return Order(**values, series_id=series_id, **certificate, **changes)

    cut, beats_seen, numbers = 0, set(), []
    for job, cuts in CUTS.items():
        [whole] = nursery.run(order(job, f"{job}-entera"))
        assert whole.code == 0, whole.said
        for turn in range(cuts):
            # spread over the whole work, each a little off its place; every third is struck from outside
            at = 1 + (turn * whole.beats) // cuts + chance.randrange(max(1, whole.beats // cuts))
            [end] = nursery.run(
                order(job, job, first=turn, die_at=min(at, whole.beats), struck=turn % 3 == 2)
            )
            assert end.killed or end.code == 0, end.said
            cut += end.killed
            beats_seen.add((job, end.beats))
            after = assert_whole(target, archive)
            assert [text for text, _ in after][: len(numbers)] == [text for text, _ in numbers], (
                "none is lost"
            )
            numbers = after
    assert sum(CUTS.values()) - HARDLY_ANY <= cut
    assert len(beats_seen) > cut // 2, "the moments differ"

    # whoever was interrupted does the same again: the number it had reserved comes back to it
    reserved = len(numbers)
    [end] = nursery.run(order("freeze", "freeze", rounds=CUTS["freeze"]))
    assert end.code == 0, end.said
    [end] = nursery.run(order("sign", "sign-ultima", rounds=4))
    assert end.code == 0, end.said
    assert_whole(target, archive)
    again = Database.open(target)
    lines = register(again, series_id)
    assert [line.first for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) <= reserved + CUTS["freeze"]
    for line in service.list_papers(again, [PaperState.SIGNED]):
        assert service.verify_paper(again, archive, paper_id=line.id).sound
    assert service.list_papers(again, [PaperState.SIGNED])
    again.close()

    leftovers = list(archive.folder.rglob("*.tmp"))
    assert archive.tidy(datetime.now(UTC)) == 0, "a write may still be under way"
    assert archive.tidy(datetime.now(UTC) + timedelta(days=2)) == len(leftovers)
    assert list(archive.folder.rglob("*.tmp")) == []
    assert_whole(target, archive)


@pytest.mark.parametrize("job", ["number", "freeze"])
def test_eight_processes_at_once_get_each_number_once(either_db, actor, now, tmp_path, nursery, job):
    series_id = new_series(either_db, actor, now)
    archive = Archive(tmp_path / "archivo")
    orders = [
        Order(target_of(either_db), str(archive.folder), job, f"p{worker}", series_id, rounds=4)
        for worker in range(8)
    ]
    ends = nursery.run(*orders)
    assert [end.code for end in ends] == [0] * 8, [end.said for end in ends]
    lines = register(either_db, series_id)
    assert [line.first for line in lines] == list(range(1, 33))
    assert {line.state for line in lines} == {NumberState.RESERVED}
    papers = service.list_papers(either_db)
    assert len({paper.number_text for paper in papers}) == len(papers) == (32 if job == "freeze" else 0)
    assert_whole(target_of(either_db), archive)


def test_a_process_that_dies_among_eight_leaves_no_silent_hole(either_db, actor, now, tmp_path, nursery):
    series_id = new_series(either_db, actor, now)
    archive = Archive(tmp_path / "archivo")

    def order(worker, **changes):
        return Order(
            target_of(either_db), str(archive.folder), "freeze", f"p{worker}", series_id, rounds=3, **changes
        )

    [alone] = nursery.run(order("sola"))
    places = (alone.beats // 5, alone.beats // 2, alone.beats * 4 // 5)
    orders = [order(worker, die_at=places[worker] if worker < 3 else 0) for worker in range(8)]
    ends = nursery.run(*orders)
    assert [end.killed for end in ends] == [True] * 3 + [False] * 5
    assert [end.code for end in ends[3:]] == [0] * 5, [end.said for end in ends]
    assert_whole(target_of(either_db), archive)
    before = len(register(either_db, series_id))
    for worker in range(3):  # they start again and do what they had not done
        [end] = nursery.run(order(f"{worker}-otra"))
        assert end.code == 0, end.said
    lines = register(either_db, series_id)
    assert [line.first for line in lines] == list(range(1, before + 10))
    assert all(line.explanation for line in lines)
    assert_whole(target_of(either_db), archive)


def test_the_archive_keeps_what_is_not_surely_left_over(tmp_path):
    archive = Archive(tmp_path / "archivo")
    sha256 = archive.put(b"%PDF-1.4")
    folder = archive.path(sha256).parent
    left, other = folder / f".{sha256}.x1.tmp", folder / ".nota.tmp"
    for path in (left, other):
        path.write_bytes(b"%PD")
        os.utime(path, (0, 0))
    assert archive.tidy(datetime.now(UTC)) == 1
    assert (left.exists(), other.exists()) == (False, True)
    assert archive.get(sha256) == b"%PDF-1.4"
    assert Archive(Path(tmp_path / "ninguno")).tidy(datetime.now(UTC)) == 0
