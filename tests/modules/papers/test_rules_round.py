"""Refusing, ink, what changed, and whose signature is waited for."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules import (
    Change,
    ChangeKind,
    Paper,
    PaperSigner,
    PaperState,
    Route,
    SignerRole,
    check_can_annul,
    check_can_refuse,
    check_can_sign,
    check_ink,
    check_returned_identity,
    check_scan_pages,
    check_signed_pages,
    ink_line,
    next_signer,
    pages_text,
    parse_pages,
    passages,
    people_of,
    place_in_ink,
    route_words,
    text_changes,
    waiting_places,
)

MOMENT = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
TODAY = MOMENT.date()


def signer(order, *, signed=False, **changes):
    made = PaperSigner(
        order, order, f"F{order}", SignerRole.VISTO_BUENO, f"Persona {order}", "Jefe", f"Unidad {order}", "",
        MOMENT if signed else None, "",
    )  # fmt: skip
    return replace(made, **changes)


def paper(*signers, state=PaperState.SIGNING, **changes):
    made = Paper(
        1,
        "k",
        "Oficio de prueba",
        "091-2024-GM/MPT",
        TODAY,
        "r:1",
        state,
        5,
        "a",
        "a",
        MOMENT,
        "",
        1,
        signers,
    )
    return replace(made, **changes)


def code(call, *args):
    with pytest.raises(RuleError) as caught:
        call(*args)
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def test_who_has_not_signed_may_observe_with_a_reason():
    open_round = paper(signer(1, signed=True), signer(2), signer(3))
    assert check_can_refuse(open_round, 3, "No cuadra").order == 3
    assert code(check_can_refuse, open_round, 1, "No cuadra") == "already_signed"
    assert code(check_can_refuse, open_round, 2, " ") == "reason_missing"
    assert code(check_can_refuse, open_round, 9, "No cuadra") == "signer_unknown"


def test_an_observed_version_is_closed_and_says_who_closed_it():
    observed = paper(
        signer(1, refused_at=MOMENT, refuse_reason="No cuadra"), state=PaperState.REFUSED, number_text=""
    )
    assert observed.refusal.refuse_reason == "No cuadra"
    assert next_signer(observed) is None
    with pytest.raises(RuleError, match="Persona 1 observó Oficio de prueba"):
        check_can_sign(observed, 1)
    assert code(check_can_annul, observed, "motivo") == "already_refused"
    assert code(check_can_sign, paper(signer(1), state=PaperState.REFUSED), 1) == "paper_refused"
    assert paper(signer(1)).refusal is None


def test_a_signature_brought_back_is_of_the_person_expected():
    check_returned_identity(signer(1), "QUIEN SEA", "")
    check_returned_identity(signer(1, dni="40000001"), "QUISPE", "40000001")
    assert code(check_returned_identity, signer(1, dni="40000001"), "OTRO", "40000002") == "other_person"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1-6", (1, 2, 3, 4, 5, 6)),
        ("1, 3 – 5", (1, 3, 4, 5)),
        ("2 y 1", (1, 2)),
        ("6;6;1-2", (1, 2, 6)),
        (" Todas ", (1, 2, 3, 4, 5, 6)),
    ],
)
def test_pages_as_people_write_them(typed, expected):
    assert parse_pages(typed, 6) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", "pages_missing"), (" , ", "pages_missing"), ("toda", "pages_invalid"), ("1-", "pages_invalid"),
     ("0", "pages_outside"), ("3-2", "pages_outside"), ("7", "pages_outside"), ("999999", "pages_invalid")],
)  # fmt: skip
def test_pages_that_are_none(typed, expected):
    assert code(parse_pages, typed, 6) == expected


@given(st.sets(st.integers(1, 60), min_size=1))
def test_pages_come_back_as_they_were_kept(pages):
    assert parse_pages(pages_text(tuple(sorted(pages))), 60) == tuple(sorted(pages))


def test_the_pages_signed_include_the_one_of_the_box():
    seven = replace(paper(signer(1)), pages=7)
    check_signed_pages(seven, (7,))
    check_signed_pages(seven, (1, 7))
    with pytest.raises(RuleError, match="está en la página 7 y se dijo que firmó 1-6; no se registró"):
        check_signed_pages(seven, (1, 2, 3, 4, 5, 6))


def test_the_scan_shows_every_page_signed():
    check_scan_pages(1, 1)
    check_scan_pages(6, 8)
    with pytest.raises(RuleError, match="Se firmaron 6 páginas y el escaneo tiene 1; no se registró"):
        check_scan_pages(6, 1)


def test_ink_is_of_a_day_on_which_the_print_existed():
    check_ink(paper(signer(1)), TODAY, "", TODAY)
    assert code(check_ink, paper(signer(1)), date(2024, 3, 9), "", TODAY) == "ink_in_future"
    assert code(check_ink, paper(signer(1)), date(2024, 3, 7), "", TODAY) == "ink_before_freeze"
    assert code(check_ink, paper(signer(1)), TODAY, "x" * 501, TODAY) == "note_long"


def test_the_words_of_each_route():
    by_hand = signer(1, signed=True, route=Route.INK, signed_on=TODAY, pages="1-5")
    assert place_in_ink(paper(by_hand), 1) == by_hand
    assert code(place_in_ink, paper(signer(1)), 1) == "not_in_ink"
    assert code(place_in_ink, paper(signer(1)), 7) == "not_in_ink"
    line = ink_line(by_hand)
    assert (line.signed_at, line.integrity, line.route) == (
        "08/03/2024, págs. 1-5", "Escaneo guardado", "En tinta",
    )  # fmt: skip
    assert ink_line(replace(by_hand, pages="7")).signed_at == "08/03/2024, pág. 7"
    assert ink_line(replace(by_hand, signed_on=None)).signed_at.startswith("sin fecha")
    assert route_words(Route.INSIDE) == "No acreditado ante IOFE"
    assert route_words(None) == "No es de la ronda"


def test_a_text_that_only_runs_on_differently_is_no_change():
    before = passages(["Que se aprueba el plan\nde trabajo. Que se", "comunica; y se archiva."])
    after = passages(["Que se aprueba el plan de", "trabajo. Que se comunica;\ny se archiva."])
    assert before == after == ["Que se aprueba el plan de trabajo.", "Que se comunica;", "y se archiva."]
    assert text_changes(before, after) == []


def test_changes_in_the_order_of_the_new_version():
    changes = text_changes(["Uno.", "Dos.", "Tres.", "Cuatro."], ["Cero.", "Uno.", "DOS.", "Tres."])
    assert changes == [
        Change(ChangeKind.ADDED, "", "Cero."),
        Change(ChangeKind.CHANGED, "Dos.", "DOS."),
        Change(ChangeKind.REMOVED, "Cuatro.", ""),
    ]
    assert text_changes(["Uno."], ["A.", "B."]) == [Change(ChangeKind.CHANGED, "Uno.", "A. B.")]


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_nothing_added_or_removed_is_left_out(before, after):
    changes = text_changes(before, after)
    gone = " ".join(change.before for change in changes).split()
    came = " ".join(change.after for change in changes).split()
    assert len(before) - len(gone) == len(after) - len(came)
    assert (changes == []) == (before == after)


def test_whom_the_rounds_wait_for():
    first = paper(signer(1, signed=True), signer(2, officer_id=7), signer(3))
    second = paper(signer(2, officer_id=7), signer(3), state=PaperState.FROZEN, number_text="")
    places = [*waiting_places(first), *waiting_places(second)]
    assert [(one.slot.order, one.before, one.signed) for one in places] == [
        (2, "", 1), (3, "Persona 2", 1), (2, "", 0), (3, "Persona 2", 0),
    ]  # fmt: skip
    assert [(one.key, one.waiting) for one in people_of(places)] == [
        ("officer:7", 2), ("Persona 3|Unidad 3", 0),
    ]  # fmt: skip
    assert (places[0].name, places[2].name) == ("091-2024-GM/MPT", "Oficio de prueba")
    assert waiting_places(paper(signer(1), state=PaperState.ANNULLED)) == []
