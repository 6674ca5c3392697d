"""Numbers under pressure: no duplicate and no hole, on both databases."""

import threading

import pytest

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.papers import service, store
from sisfoh_desktop.modules.papers.rules import NewSigner, NumberState, SignerRole

MASK = "{n:03d}-{year}-GM/MPT"


def new_series(db, actor, now, kind="resolucion_gm"):
    return service.create_series(
        db, actor=actor, now=now, kind=kind, title="Resolución de Gerencia", mask=MASK
    )


def reserve(db, actor, now, series_id, subject, year=2024):
    return service.reserve_number(db, actor=actor, now=now, series_id=series_id, year=year, subject=subject)


def test_numbers_follow_one_another_and_start_again_each_year(either_db, actor, now):
    series_id = new_series(either_db, actor, now)
    texts = [reserve(either_db, actor, now, series_id, f"r:{n}").text for n in (1, 2)]
    assert texts == ["001-2024-GM/MPT", "002-2024-GM/MPT"]
    assert reserve(either_db, actor, now, series_id, "r:3", year=2025).text == "001-2025-GM/MPT"
    assert service.list_series_years(either_db, series_id) == [2025, 2024]


def test_a_reservation_that_was_not_used_comes_back_to_its_owner(db, actor, now):
    series_id = new_series(db, actor, now)
    first = reserve(db, actor, now, series_id, "r:1")
    assert reserve(db, actor, now, series_id, "r:1") == first
    assert reserve(db, actor, now, series_id, "r:2").number == first.number + 1


def test_a_series_is_not_started_under_a_number_that_was_just_taken(either_db, actor, now):
    """Between the check and the write somebody may reserve: the counter must not go back nor skip in silence."""
    series_id = new_series(either_db, actor, now)
    reserve(either_db, actor, now, series_id, "r:1")
    with pytest.raises(StaleRow), either_db.transaction() as session:
        store.record_series_start(session, series_id, 2024, 90, "Emitidos antes")
    assert reserve(either_db, actor, now, series_id, "r:2").text == "002-2024-GM/MPT"


def test_many_at_once_get_each_number_once(either_db, actor, now):
    series_id = new_series(either_db, actor, now)
    texts, failures, lock = [], [], threading.Lock()

    def work(worker):
        for turn in range(12):
            try:
                text = reserve(either_db, actor, now, series_id, f"r:{worker}-{turn}").text
                with lock:
                    texts.append(text)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(texts) == [f"{n:03d}-2024-GM/MPT" for n in range(1, 73)]


def test_the_register_says_why_the_series_does_not_start_at_one(db, actor, now):
    series_id = new_series(db, actor, now)
    service.start_series_after(
        db, actor=actor, now=now, series_id=series_id, year=2024, last_number=90, reason="Emitidas antes."
    )
    assert reserve(db, actor, now, series_id, "r:1").text == "091-2024-GM/MPT"
    lines = service.number_register(db, series_id, 2024)
    assert [(line.text, line.state, line.explanation) for line in lines] == [
        ("001-2024-GM/MPT a 090-2024-GM/MPT", NumberState.EARLIER, "Emitidas antes."),
        ("091-2024-GM/MPT", NumberState.RESERVED, "Reservado al congelar."),
    ]
    with pytest.raises(RuleError) as caught:
        service.start_series_after(
            db, actor=actor, now=now, series_id=series_id, year=2024, last_number=95, reason="Otra vez"
        )
    assert caught.value.code == "series_in_use"
    assert service.number_register(db, series_id, 1999) == []
    assert service.check_numbers(db) == []


def test_a_series_exists_once_and_an_unknown_one_is_refused(db, actor, now):
    new_series(db, actor, now)
    for call in (lambda: new_series(db, actor, now), lambda: reserve(db, actor, now, 99, "r:1")):
        with pytest.raises(RuleError):
            call()
    assert [series.kind for series in service.list_series(db)] == ["resolucion_gm"]
    assert service.find_series(db, "otra") is None


def test_the_longest_names_that_the_office_accepts_fit_in_a_paper(either_db, actor, now):
    """PostgreSQL refuses what is too long for its column; a title and a name of 200, an act's name of 300."""
    signer = NewSigner("AUTOR_GM", SignerRole.AUTHOR, "N" * 241, "C" * 300, "U" * 200)
    with either_db.transaction() as session:
        paper_id = store.add_paper(
            session, kind="resolucion", title="T" * 424, number=None, dated=now.date(), subject="r:1", pages=1,
            sha256="0" * 64, signers=[signer], now=now, user=actor.user,
        )  # fmt: skip
    paper = service.load_paper(either_db, paper_id)
    assert (len(paper.title), len(paper.signers[0].name), len(paper.signers[0].position)) == (424, 241, 300)
