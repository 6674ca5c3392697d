"""Where the time went, and the folios of the index: the parts add up to the whole."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.expedientes import rules
from sisfoh_desktop.modules.expedientes.rules import Document, DocumentEntry, DocumentKind, Party

CALENDAR = Calendar()
START = date(2024, 2, 13)
DGFIS = Party("Dirección General de Focalización", "DGFIS")
UNITS = {
    siglas: Party(siglas, siglas, number)
    for number, siglas in enumerate(("ULE", "SGD", "GDES", "OPIOI", "OGPP", "OGAJ", "GM"), start=1)
}


def document(number: int, on: date, sender: Party, receiver: Party, folios: int | None = None) -> Document:
    entry = DocumentEntry(
        DocumentKind.INFORME, f"{number}-2024-X/MPT", on, sender, receiver, "Asunto", folios=folios
    )
    return Document(number, 1, f"d{number}", entry, datetime(2024, 3, 8, tzinfo=LIMA), "prueba")


def chain(*steps: tuple[int, int, str, str]) -> list[Document]:
    return [
        document(number, date(2024, month, day), UNITS.get(sender, DGFIS), UNITS[receiver])
        for number, (month, day, sender, receiver) in enumerate(steps, start=1)
    ]


REAL = chain(
    (1, 12, "DGFIS", "GM"),
    (2, 13, "ULE", "SGD"),
    (2, 16, "SGD", "GDES"),
    (2, 16, "GDES", "OGPP"),
    (2, 22, "OPIOI", "OGPP"),
    (2, 23, "OGPP", "OGAJ"),
    (2, 28, "OGAJ", "OGPP"),
    (2, 29, "OGPP", "OGAJ"),
    (3, 4, "OGAJ", "GM"),
)


def test_the_real_file_took_24_days_and_went_back_once() -> None:
    spent = rules.where_time_went(REAL, CALENDAR, date(2024, 3, 8))
    assert spent is not None
    assert (spent.calendar_days, spent.since) == (24, START)
    assert [(one.party.label, one.calendar_days, len(one.stays)) for one in spent.holders] == [
        ("SGD", 3, 1),
        ("GDES", 0, 1),
        ("OGPP", 8, 2),
        ("OGAJ", 9, 2),
        ("GM", 4, 1),
    ]
    (loop,) = spent.loops
    assert (loop.sent_by.label, loop.sent_to.label, loop.since, loop.until) == (
        "OGAJ",
        "OGPP",
        date(2024, 2, 28),
        date(2024, 2, 29),
    )
    assert (loop.calendar_days, loop.workdays) == (1, 1)
    assert [one.id for one in spent.background] == [1]
    assert spent.start_reason == (
        "Se cuenta desde el Informe N° 2-2024-X/MPT del 13/02/2024, el primero que envía una unidad de la entidad; "
        "el anterior es antecedente."
    )


def test_where_the_count_starts_is_said() -> None:
    inside = rules.where_time_went(REAL[1:], CALENDAR, date(2024, 3, 8))
    assert inside is not None
    assert inside.start_reason.endswith("el primer documento del expediente.")
    outside = rules.where_time_went(REAL[:1], CALENDAR, date(2024, 3, 8))
    assert outside is not None
    assert "ninguno lo envía una unidad" in outside.start_reason
    assert outside.calendar_days == 56
    assert rules.where_time_went([], CALENDAR, START) is None
    assert rules.where_time_went(REAL, CALENDAR, date(2024, 1, 1)) is None


def test_what_comes_after_the_end_is_left_out() -> None:
    spent = rules.where_time_went(REAL, CALENDAR, date(2024, 2, 22))
    assert spent is not None
    assert [one.party.label for one in spent.holders] == ["SGD", "GDES", "OGPP"]
    assert spent.calendar_days == 9


@pytest.mark.parametrize(
    ("receivers", "ways"),
    [
        (["A", "B", "C"], []),
        (["A", "B", "A"], [("B", "A", None)]),
        (["A", "B", "A", "B"], [("B", "A", 3)]),
        (["A", "B", "A", "B", "A"], [("B", "A", 3), ("B", "A", None)]),
        (["A", "B", "C", "A", "B", "C", "D"], [("C", "A", 5)]),
        (["A", "B", "C", "A", "D"], [("C", "A", 4)]),
        (["A", "A", "B", "B"], []),
    ],
)
def test_ways_back(receivers: list[str], ways: list[tuple[str, str, int | None]]) -> None:
    parties = {name: Party(name, name, ord(name)) for name in "ABCD"}
    documents = [
        document(number, START + timedelta(days=number), parties["A"], parties[name])
        for number, name in enumerate(receivers)
    ]
    spent = rules.where_time_went(documents, CALENDAR, START + timedelta(days=30))
    assert spent is not None
    assert [
        (loop.sent_by.label, loop.sent_to.label, (loop.until - START).days if loop.until else None)
        for loop in spent.loops
    ] == ways
    assert [stay.sent_back for stay in spent.stays].count(True) == len(ways)


parties = st.sampled_from([*UNITS.values(), DGFIS, Party("Vecinos", "", None, "Ana"), Party("vecinos")])
steps = st.lists(st.tuples(st.integers(0, 200), parties, parties), min_size=1, max_size=14)


@given(steps, st.integers(0, 260))
def test_the_parts_add_up_to_the_whole(rows: list[tuple[int, Party, Party]], last: int) -> None:
    documents = [
        document(number, START + timedelta(days=day), sender, receiver)
        for number, (day, sender, receiver) in enumerate(rows, start=1)
    ]
    until = START + timedelta(days=last)
    spent = rules.where_time_went(documents, CALENDAR, until)
    counted = [one for one in documents if one.entry.on <= until]
    if spent is None:
        assert counted == []
        return
    assert len(spent.background) < len(counted)
    assert (
        sum(one.calendar_days for one in spent.holders) == spent.calendar_days == (until - spent.since).days
    )
    assert sum(one.workdays for one in spent.holders) == spent.workdays
    assert spent.workdays == workdays_between(spent.since, until, CALENDAR)
    assert [stay.since for stay in spent.stays[1:]] == [stay.until for stay in spent.stays[:-1]]
    assert sum(len(one.stays) for one in spent.holders) == len(spent.stays)
    for before, after in zip(spent.stays, spent.stays[1:], strict=False):
        assert before.party.label.casefold() != after.party.label.casefold() or before.party != after.party
    assert sum(stay.sent_back for stay in spent.stays) == len(spent.loops)
    assert all(0 <= loop.calendar_days <= spent.calendar_days for loop in spent.loops)
    assert all(loop.until is not None for loop in spent.loops[:-1])


# -- folios --------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 300), max_size=12))
def test_folios_follow_one_another_without_holes(counts: list[int]) -> None:
    documents = [
        document(number, START + timedelta(days=number), UNITS["ULE"], UNITS["GM"], folios)
        for number, folios in enumerate(counts)
    ]
    lines = rules.folio_index(documents)
    reached = 0
    for line, folios in zip(lines, counts, strict=True):
        assert (line.first, line.last) == (reached + 1, reached + folios)
        reached += folios
    assert rules.total_folios(rules.folio_index(documents)) == (sum(counts), 0)


def test_after_a_document_not_counted_nobody_knows_the_folios() -> None:
    documents = [
        document(number, START + timedelta(days=number), UNITS["ULE"], UNITS["GM"], folios)
        for number, folios in enumerate((12, 1, None, 3))
    ]
    assert [(line.count, line.span) for line in rules.folio_index(documents)] == [
        ("12", "1–12"),
        ("1", "13"),
        ("sin contar", "—"),
        ("3", "—"),
    ]
    assert rules.total_folios(rules.folio_index(documents)) == (16, 1)


def test_the_index_goes_on_with_the_act_and_its_papers() -> None:
    entry = DocumentEntry(
        DocumentKind.INFORME, "1-2024-U/MPT", START, UNITS["ULE"], UNITS["GM"], "x", folios=3
    )
    chain = [Document(1, 1, "d1", entry, datetime(2024, 2, 13, tzinfo=LIMA), "prueba")]
    act = rules.SequelStep(
        START + timedelta(days=9), "Resolución N° 9-2024-GM/MPT", "GM", "", 7, "", is_act=True
    )
    sent = rules.SequelStep(START + timedelta(days=10), "Publicación", "GM", "", None, "", in_index=False)
    lines = rules.folio_index(chain, [sent, act])
    assert [(line.count, line.span) for line in lines] == [("3", "1–3"), ("7", "4–10")]
    assert rules.total_folios(lines) == (10, 0)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2024, 3, 13), "13/03/2024: GM debe remitir copia; Directiva 1."),
        (date(2024, 3, 14), "13/03/2024, vencido hace 1 día hábil: GM debe remitir copia; Directiva 1."),
    ],
)
def test_a_deadline_says_who_must_until_when_and_by_which_norm(today: date, words: str) -> None:
    deadline = rules.SequelDeadline("remitir copia", date(2024, 3, 13), "Directiva 1", None, who="GM")
    assert rules.deadline_words(deadline, CALENDAR, today) == words
