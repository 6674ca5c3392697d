"""What a movement is refused for by itself, and with which sentence; what each kind may do."""

import dataclasses
from datetime import date
from itertools import product

import pytest
from kardex_requests import (
    BETO,
    CAMPAIGN,
    CROQUIS,
    FSU,
    HOLDERS,
    TODAY,
    C,
    H,
    K,
    hand_out,
    refusal,
    request_of,
)

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import moving
from sisfoh_desktop.modules.kardex.rules.moving import checked_request
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS

# --- from whom to whom ---

ROUTES = {
    K.RECEPTION: {(H.GOVERNING_BODY, H.WAREHOUSE), (H.PRINTER, H.WAREHOUSE)},
    K.HAND_OUT: set(
        product((H.WAREHOUSE, H.CREW_CHIEF), (H.CREW_CHIEF, H.EMPADRONADOR, H.DIGITADOR, H.QUALITY))
    ),
    K.TRANSFER: set(product(set(H) - {H.GOVERNING_BODY, H.PRINTER}, repeat=2)),
    K.RETURN: {
        (H.WAREHOUSE, H.GOVERNING_BODY),
        *product((H.CREW_CHIEF, H.EMPADRONADOR, H.DIGITADOR, H.QUALITY), (H.WAREHOUSE, H.CREW_CHIEF)),
    },
    K.TO_DATA_ENTRY: {(one, H.DIGITADOR) for one in set(H) - {H.GOVERNING_BODY, H.PRINTER}},
    K.TO_QUALITY: {(one, H.QUALITY) for one in set(H) - {H.GOVERNING_BODY, H.PRINTER}},
    K.ARCHIVING: {(one, H.ARCHIVE) for one in set(H) - {H.GOVERNING_BODY, H.PRINTER}},
    K.ADJUSTMENT: set(product(H, repeat=2)),
}
PLACES = {
    K.USE: {H.CREW_CHIEF, H.EMPADRONADOR, H.DIGITADOR, H.QUALITY},
    K.ANNULMENT: set(H) - {H.GOVERNING_BODY, H.PRINTER},
    K.LOSS: set(H) - {H.GOVERNING_BODY, H.PRINTER},
    K.DAMAGE: set(H) - {H.GOVERNING_BODY, H.PRINTER},
    K.WRITE_OFF: {H.WAREHOUSE, H.ARCHIVE},
}


@pytest.mark.parametrize("kind", ROUTES)
def test_each_kind_goes_from_whom_to_whom(kind):
    for source, target in product(H, repeat=2):
        other = dataclasses.replace(HOLDERS[target], id=90)  # never the same holder as the source
        wanted = request_of(kind, source, other)
        if (source, target) in ROUTES[kind]:
            assert checked_request(wanted, TODAY).movement == wanted.movement
        else:
            code, sentence = refusal(checked_request, wanted, TODAY)
            assert code == "holder_kind"
            assert f"«{kind.label}»" in sentence


@pytest.mark.parametrize("kind", PLACES)
def test_what_happens_in_place_happens_where(kind):
    for place in H:
        wanted = request_of(kind, place, place)
        if place in PLACES[kind]:
            assert checked_request(wanted, TODAY).movement == wanted.movement
        else:
            assert refusal(checked_request, wanted, TODAY)[0] == "holder_kind"
    place = min(PLACES[kind])
    assert refusal(checked_request, request_of(kind, place, BETO), TODAY)[0] == "holder_in_place"


def test_every_kind_has_its_line_in_the_table_but_the_reversal():
    assert set(TRANSITIONS) == set(K) - {K.REVERSAL}
    assert (
        refusal(checked_request, request_of(K.REVERSAL, H.WAREHOUSE, H.ARCHIVE), TODAY)[0] == "movement_kind"
    )
    moved = {kind: transition.after for kind, transition in TRANSITIONS.items() if transition.after}
    assert moved == {
        K.RECEPTION: C.BLANK,
        K.USE: C.USED,
        K.ANNULMENT: C.ANNULLED,
        K.LOSS: C.LOST,
        K.DAMAGE: C.DAMAGED,
        K.WRITE_OFF: C.WRITTEN_OFF,
    }


def test_nobody_gives_to_themselves():
    code, sentence = refusal(checked_request, request_of(K.TRANSFER, H.WAREHOUSE, H.WAREHOUSE), TODAY)
    assert code == "holder_same"
    assert "Almacén de prueba" in sentence


# --- days ---


@pytest.mark.parametrize(
    ("wanted", "code", "words"),
    [
        (hand_out(moved_on=date(2024, 3, 9)), "moved_on_future", "todavía no llega: hoy es 08/03/2024"),
        (hand_out(moved_on=date(2024, 2, 29)), "moved_on_before_campaign", "el 01/03/2024"),
        (
            hand_out(campaign=dataclasses.replace(CAMPAIGN, closed_on=TODAY)),
            "campaign_closed",
            "cerrada desde el 08/03/2024",
        ),
        (
            hand_out(campaign=dataclasses.replace(CAMPAIGN, ends_on=date(2024, 3, 7))),
            "moved_on_after_campaign",
            "terminó el 07/03/2024",
        ),
        (
            hand_out(form_type=dataclasses.replace(FSU, valid_from=date(2024, 3, 9))),
            "type_not_valid",
            "desde el 09/03/2024",
        ),
        (
            hand_out(form_type=dataclasses.replace(FSU, valid_until=date(2024, 3, 7))),
            "type_not_valid",
            "hasta el 07/03/2024",
        ),
    ],
)
def test_days_that_are_refused(wanted, code, words):
    told = refusal(checked_request, wanted, TODAY)
    assert told[0] == code
    assert words in told[1]


def test_what_settles_forms_may_come_after_the_last_days():
    over = dataclasses.replace(CAMPAIGN, ends_on=date(2024, 3, 7))
    old = dataclasses.replace(FSU, valid_from=date(2024, 3, 1), valid_until=date(2024, 3, 7))
    for kind, target in ((K.RETURN, H.WAREHOUSE), (K.USE, H.EMPADRONADOR), (K.LOSS, H.EMPADRONADOR)):
        checked_request(request_of(kind, H.EMPADRONADOR, target, campaign=over, form_type=old), TODAY)


# --- forms, papers, conditions ---


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (hand_out(ranges=FormRanges()), "numbers_missing"),
        (hand_out(count=9), "count_differs"),
        (hand_out(ranges=FormRanges.single(999_999, 1_000_000)), "serial_too_long"),
        (hand_out(form_type=CROQUIS, ranges=FormRanges.single(1)), "numbers_not_expected"),
        (hand_out(form_type=CROQUIS, count=0), "count_missing"),
        (hand_out(form_type=CROQUIS, count=-3), "count_missing"),
        (hand_out(form_type=CROQUIS, count=1_000_001), "forms_too_many"),
        (hand_out(document="x" * 201), "text_too_long"),
        (hand_out(note="a\x00b"), "text_unprintable"),
        (hand_out(from_condition=C.USED), "condition_not_moved"),
        (hand_out(to_condition=C.USED), "condition_given"),
        (request_of(K.LOSS, H.ARCHIVE, H.ARCHIVE, document=" "), "document_missing"),
        (request_of(K.WRITE_OFF, H.ARCHIVE, H.ARCHIVE, document=""), "document_missing"),
        (request_of(K.WRITE_OFF, H.ARCHIVE, H.ARCHIVE, reason=""), "reason_missing"),
        (request_of(K.ANNULMENT, H.ARCHIVE, H.ARCHIVE, reason="\n"), "reason_missing"),
        (request_of(K.DAMAGE, H.ARCHIVE, H.ARCHIVE, reason=""), "reason_missing"),
        (request_of(K.ADJUSTMENT, H.ARCHIVE, H.WAREHOUSE, reason=""), "reason_missing"),
        (request_of(K.ARCHIVING, H.WAREHOUSE, H.ARCHIVE, archive_box=""), "box_missing"),
        (request_of(K.ADJUSTMENT, H.ARCHIVE, H.WAREHOUSE, to_condition=None), "condition_missing"),
        (request_of(K.ADJUSTMENT, H.ARCHIVE, H.WAREHOUSE, to_condition=C.OUTSIDE), "condition_missing"),
        (request_of(K.ADJUSTMENT, H.ARCHIVE, H.WAREHOUSE, form_type=CROQUIS), "condition_missing"),
        (request_of(K.ADJUSTMENT, H.ARCHIVE, H.ARCHIVE, from_condition=C.USED), "adjustment_same"),
    ],
)
def test_what_is_missing_or_too_much(wanted, code):
    with pytest.raises(RuleError) as refused:
        checked_request(wanted, TODAY)
    assert refused.value.code == code
    assert "no se registró nada" in refused.value.sentence or "No se cambió nada" in refused.value.sentence


def test_texts_are_kept_clean_and_the_count_may_repeat_the_numbers():
    kept = checked_request(hand_out(document="  Guía\n 1 ", count=10, to_condition=None), TODAY)
    assert kept.movement.document == "Guía 1"
    checked_request(request_of(K.USE, BETO, BETO, to_condition=C.USED), TODAY)
    with pytest.raises(RuleError) as refused:
        moving.check_in_force("EMPADRONADOR UNO PRUEBA dejó de estar en funciones el 05/03/2024")
    assert refused.value.code == "holder_not_in_force"
    moving.check_in_force("")
    assert hand_out().changes_hands
    assert not request_of(K.USE, BETO, BETO).changes_hands
    assert not request_of(K.ADJUSTMENT, BETO, BETO).changes_hands
