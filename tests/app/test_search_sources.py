"""Where Ctrl+K finds the records of a base: on the practice case, by every kind of word, for every kind of person."""

import pytest
from sqlalchemy import text

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.app.search_sources import FINDERS, RecordSearch
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.access_log import record_dni_search
from sisfoh_desktop.modules.kardex.rules import Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.qtkit.page import Desk

ALL = [spec.key for spec in PAGES]


@pytest.fixture
def desk(practice_db, clock) -> Desk:
    return Desk(db=practice_db, archive=None, tasks=None, clock=clock, actor=Actor("ana", "ULE"))


def found(desk: Desk, typed: str, pages=ALL) -> list[RecordHit]:
    return [hit for one in RecordSearch().find(desk, pages, typed) for hit in one.best.hits]


def kinds(desk: Desk, typed: str, pages=ALL) -> set[str]:
    return {hit.kind for hit in found(desk, typed, pages)}


def test_every_page_that_holds_records_says_where_they_are():
    kept = {spec.key for spec in PAGES} - {"inbox", "handover"}
    assert set(FINDERS) >= kept


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("plan", "plans"),
        ("empadronamiento", "responsibilities"),
        ("237-2024-OGAJ", "expedientes"),
        ("ogaj", "unit"),
        ("30435", "norm"),
        ("considerando", "resoluciones"),
    ],
)
def test_the_practice_case_is_found_by_its_words(desk, typed, kind):
    assert kind in kinds(desk, typed)


def test_capitals_and_accents_do_not_matter(desk):
    assert kinds(desk, "RESOLUCION") == kinds(desk, "resolución")


def test_a_page_that_is_not_offered_is_not_searched(desk):
    assert kinds(desk, "ogaj", ["expedientes"]) <= {"expedientes"}


def test_one_letter_asks_nothing_of_the_base(desk):
    assert found(desk, " o ") == []


@pytest.mark.parametrize(
    "typed",
    [
        "\0\0",
        "\ud800\ud800",
        "\u0301\u0301",
        "\u200b\u202e",
        "%%",
        "__",
        "\\\\",
        "' OR 1=1 --",
        "NEAR(",
        "😀😀",
    ],
)
def test_signs_that_name_nothing_find_nothing(desk, typed):
    assert found(desk, typed) == []


def test_a_sign_that_is_not_seen_parts_words(desk):
    assert kinds(desk, "plan\0trabajo") == kinds(desk, "plan trabajo") != set()


def test_what_is_known_is_read_again_only_after_a_change_that_touches_it(desk):
    reads = []
    finder = Finder(
        lambda _db, _today: reads.append(1) or [RecordHit("plan", 7, "Tacna")], frozenset({"plans"})
    )
    search = RecordSearch({"plans": lambda: finder})
    for _ in range(3):
        assert search.find(desk, ["plans", "office"], "tacna")
    search.forget({"papers"})
    search.find(desk, ["plans"], "tacna")
    assert len(reads) == 1
    search.forget({"plans"})
    search.find(desk, ["plans"], "tacna")
    search.forget()
    search.find(desk, ["plans"], "tacna")
    assert len(reads) == 3


def test_what_changes_while_it_is_read_is_read_again(desk):
    reads = []

    def slow(_db, _today):
        reads.append(1)
        search.forget({"plans"})
        return [RecordHit("plan", 7, "Tacna")]

    search = RecordSearch({"plans": lambda: Finder(slow, frozenset({"plans"}))})
    search.find(desk, ["plans"], "tacna")
    search.find(desk, ["plans"], "tacna")
    assert len(reads) == 2


# -- a person by the whole DNI ---------------------------------------------------------------------------


@pytest.fixture
def person(desk) -> int:
    holder = Holder(kind=HolderKind.EMPADRONADOR, name="PERSONA DE PRUEBA", dni="40000001")
    return catalogue.add_holder(desk.db, actor=desk.actor, now=desk.clock.now(), holder=holder)


def entries(desk: Desk) -> list[str]:
    with desk.db.reading() as session:
        return [
            str(row)
            for row in session.execute(text("select * from audit_entry where action = 'personal.search'"))
        ]


def test_a_whole_dni_finds_its_person_masked_and_is_noted(desk, person):
    (hit,) = found(desk, "40000001")
    assert (hit.kind, hit.record_id, hit.title) == ("kardex.holder", person, "PERSONA DE PRUEBA")
    assert "40000001" not in f"{hit.title} {hit.detail}"
    (entry,) = entries(desk)
    assert f"kardex.holder:{person}" in entry
    assert "40000001" not in entry


def test_a_dni_that_nobody_has_is_noted_too(desk):
    assert found(desk, "40000009") == []
    assert len(entries(desk)) == 1


def test_part_of_a_dni_finds_nobody_and_is_not_noted(desk, person):
    assert "kardex.holder" not in kinds(desk, "4000000")
    assert entries(desk) == []


def test_whoever_sees_no_page_with_dni_does_not_look_for_one(desk, person):
    assert found(desk, "40000001", ["plans", "papers"]) == []
    assert entries(desk) == []


def test_a_reader_may_look_for_a_dni_and_it_is_noted(desk):
    reader = Actor("lector", "", frozenset({"pages.read"}))
    record_dni_search(desk.db, actor=reader, now=desk.clock.now(), dni="4*****01", found=[])
    assert len(entries(desk)) == 1
