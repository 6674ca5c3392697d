"""The round, its turns, and the register of numbers."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules import (
    NewSigner,
    NumberEntry,
    NumberState,
    Paper,
    PaperSigner,
    PaperState,
    SeriesYear,
    SignerRole,
    check_can_annul,
    check_can_sign,
    check_round,
    check_series,
    check_series_start,
    check_signer_identity,
    next_signer,
    register_lines,
    state_after_signing,
)

MOMENT = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
MASK = "{n:03d}-{year}-GM/MPT"


def signer(order, *, role=SignerRole.VISTO_BUENO, signed=False, dni="", name=""):
    return PaperSigner(
        order, order, f"F{order}", role, name, "Jefe", f"Unidad {order}", dni, MOMENT if signed else None, ""
    )


def paper(*signers, state=PaperState.FROZEN):
    return Paper(
        1,
        "k",
        "Título",
        "091-2024-GM/MPT",
        date(2024, 3, 8),
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


def code(call, *args):
    with pytest.raises(RuleError) as caught:
        call(*args)
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def test_the_round_goes_in_order_and_the_author_closes_it():
    first, second = signer(1, signed=True), signer(2)
    author = signer(3, role=SignerRole.AUTHOR)
    whole = paper(first, second, author, state=PaperState.SIGNING)
    assert next_signer(whole) == second
    assert check_can_sign(whole, 2) == second
    assert code(check_can_sign, whole, 3) == "not_your_turn"
    assert code(check_can_sign, whole, 1) == "already_signed"
    assert code(check_can_sign, whole, 9) == "signer_unknown"
    assert state_after_signing(whole, second) is PaperState.SIGNING
    assert state_after_signing(whole, author) is PaperState.SIGNED
    assert second.motive == "Doy V° B°"
    assert author.motive == "Soy el autor del documento"


@pytest.mark.parametrize(
    ("state", "expected"), [(PaperState.SIGNED, "paper_complete"), (PaperState.ANNULLED, "paper_annulled")]
)
def test_a_closed_paper_is_not_signed(state, expected):
    closed = paper(signer(1), state=state)
    assert code(check_can_sign, closed, 1) == expected
    assert next_signer(closed) is None


def test_a_complete_round_has_nobody_next():
    assert next_signer(paper(signer(1, signed=True))) is None


def test_the_certificate_must_be_of_the_person_expected():
    check_signer_identity(signer(1), "QUIEN SEA", "")
    check_signer_identity(signer(1, dni="40000001"), "QUISPE", "40000001")
    assert code(check_signer_identity, signer(1, dni="40000001"), "OTRO", "40000002") == "other_person"


def test_a_round_needs_one_author_at_the_end_and_no_field_twice():
    visto = NewSigner("VB1", SignerRole.VISTO_BUENO, "", "Jefe", "Legal")
    author = NewSigner("AUTOR", SignerRole.AUTHOR, "", "Gerente", "GM")
    check_round([visto, author])
    check_round([author])
    assert code(check_round, []) == "author_missing"
    assert code(check_round, [author, visto]) == "author_missing"
    assert code(check_round, [author, author]) == "two_authors"
    assert code(check_round, [visto, visto, author]) == "signer_twice"


def test_annulling_needs_a_reason_and_an_unsigned_paper():
    check_can_annul(paper(signer(1)), "Error en el monto")
    assert code(check_can_annul, paper(signer(1)), "  ") == "reason_missing"
    assert code(check_can_annul, paper(signer(1)), "x" * 501) == "reason_long"
    assert code(check_can_annul, paper(signer(1), state=PaperState.SIGNED), "m") == "signed_stays"
    assert code(check_can_annul, paper(signer(1), state=PaperState.ANNULLED), "m") == "already_annulled"


def test_a_series_needs_a_title_and_a_sound_mask():
    check_series("Resolución", MASK)
    assert code(check_series, " ", MASK) == "series_title"
    assert code(check_series, "x" * 201, MASK) == "series_title"
    with pytest.raises(RuleError):
        check_series("Resolución", "sin número")


def test_a_series_starts_forward_only_and_before_it_is_used():
    check_series_start(None, 90, "Antes del programa")
    check_series_start(SeriesYear(1, 2024, 10, 10, "x"), 90, "Antes del programa")
    assert code(check_series_start, None, -1, "m") == "number_range"
    assert code(check_series_start, None, 1_000_000, "m") == "number_range"
    assert code(check_series_start, None, 90, "") == "reason_missing"
    assert code(check_series_start, SeriesYear(1, 2024, 95, 95, ""), 90, "m") == "number_backwards"
    assert code(check_series_start, SeriesYear(1, 2024, 92, 90, ""), 95, "m") == "series_in_use"


@given(
    start=st.integers(0, 40),
    count=st.integers(0, 60),
    holes=st.sets(st.integers(1, 60)),
)
def test_the_register_explains_every_number_once(start, count, holes):
    last = start + count
    given_out = [
        NumberEntry(number, NumberState.FIXED, "Emitido.")
        for number in range(start + 1, last + 1)
        if number - start not in holes
    ]
    lines = register_lines(SeriesYear(1, 2024, last, start, "Antes del programa."), MASK, given_out)
    covered = [number for line in lines for number in range(line.first, line.last + 1)]
    assert covered == list(range(1, last + 1))
    missing = {line.first for line in lines if line.state is NumberState.MISSING}
    assert missing == set(range(start + 1, last + 1)) - {entry.number for entry in given_out}
    assert all(line.explanation for line in lines)


def test_the_numbers_before_the_program_stand_in_one_line():
    lines = register_lines(
        SeriesYear(1, 2024, 91, 90, "Antes."), MASK, [NumberEntry(91, NumberState.RESERVED, "Reservado.")]
    )
    assert [line.text for line in lines] == ["001-2024-GM/MPT a 090-2024-GM/MPT", "091-2024-GM/MPT"]
    single = register_lines(SeriesYear(1, 2024, 1, 1, "Antes."), MASK, [])
    assert single[0].text == "001-2024-GM/MPT"
