"""Forms that are not where, how or since when a movement needs them; the lines and balances of one that passes."""

import dataclasses
from datetime import date

import pytest
from kardex_requests import (
    BETO,
    CROQUIS,
    FSU,
    HOLDERS,
    NAMES,
    TODAY,
    C,
    H,
    K,
    hand_out,
    refusal,
    request_of,
)

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import balances, custody, moving
from sisfoh_desktop.modules.kardex.rules.facts import HolderKind, LedgerLine, Movement, Piece


def piece(
    first, last, holder=H.WAREHOUSE, condition=C.BLANK, number=31, kind=K.HAND_OUT, day=date(2024, 3, 4)
):
    holder_id = HOLDERS[holder].id if isinstance(holder, HolderKind) else holder.id
    return Piece(FormRange(first, last), holder_id, condition, number, number, number, kind, day)


def check(wanted, *pieces):
    custody.check_custody(
        wanted,
        pieces,
        holder_name=NAMES.__getitem__,
        reception_of=lambda one: "movimiento N° 000001 (Recepción) del 02/03/2024",
    )


def test_a_movement_of_forms_that_are_there_passes():
    check(hand_out(), piece(1, 10))
    check(request_of(K.RECEPTION, H.PRINTER, H.WAREHOUSE))
    check(request_of(K.RECEPTION, H.PRINTER, H.WAREHOUSE), piece(3, 4, H.PRINTER, C.OUTSIDE))
    check(request_of(K.ADJUSTMENT, H.WAREHOUSE, H.WAREHOUSE), piece(1, 10, condition=C.LOST))
    check(request_of(K.ADJUSTMENT, H.WAREHOUSE, BETO), piece(1, 10, condition=C.USED))


RECEPTION = request_of(K.RECEPTION, H.PRINTER, H.WAREHOUSE)


@pytest.mark.parametrize(
    ("wanted", "pieces", "code", "sentence"),
    [
        (
            RECEPTION,
            [piece(3, 5, BETO), piece(6, 6, BETO, number=32)],
            "forms_overlap",
            (
                "Los N° 000003-000006 de FSU ya se recibieron con el movimiento N° 000001 (Recepción) del 02/03/2024; "
                "ahora los tiene EMPADRONADOR DOS PRUEBA por el movimiento N° 000031 (Distribución) del 04/03/2024, y "
                "1 más por otros movimientos; no se registró nada."
            ),
        ),
        (
            RECEPTION,
            [piece(3, 3, number=1, kind=K.RECEPTION, day=date(2024, 3, 2))],
            "forms_overlap",
            (
                "El N° 000003 de FSU ya se recibió con el movimiento N° 000001 (Recepción) del 02/03/2024; no se "
                "registró nada."
            ),
        ),
        (
            hand_out(),
            [piece(1, 6), piece(7, 7, BETO), piece(8, 10)],
            "forms_elsewhere",
            (
                "El N° 000007 de FSU no está en poder de Almacén de prueba: lo tiene EMPADRONADOR DOS PRUEBA por el "
                "movimiento N° 000031 (Distribución) del 04/03/2024; no se registró nada."
            ),
        ),
        (
            hand_out(),
            [piece(1, 8)],
            "forms_unknown",
            "Los N° 000009-000010 de FSU no se han recibido en la oficina; no se registró nada.",
        ),
        (
            hand_out(),
            [piece(1, 9), piece(10, 10, condition=C.OUTSIDE)],
            "forms_unknown",
            "El N° 000010 de FSU no se ha recibido en la oficina; no se registró nada.",
        ),
        (
            hand_out(),
            [piece(1, 4), piece(5, 10, condition=C.ANNULLED, kind=K.ANNULMENT)],
            "forms_condition",
            (
                "Los N° 000005-000010 de FSU están anulados por el movimiento N° 000031 (Anulación) del 04/03/2024 y "
                "«Distribución» pide formularios en la condición «En blanco»; no se registró nada."
            ),
        ),
        (
            request_of(K.TO_QUALITY, H.WAREHOUSE, H.QUALITY),
            [piece(1, 10)],
            "forms_condition",
            (
                "Los N° 000001-000010 de FSU están en blanco por el movimiento N° 000031 (Distribución) del 04/03/2024 "
                "y «Entrega a calidad» pide formularios en la condición «Usado»; no se registró nada."
            ),
        ),
        (
            hand_out(moved_on=date(2024, 3, 3)),
            [piece(1, 10)],
            "moved_on_before_previous",
            (
                "Los N° 000001-000010 de FSU ya tienen el movimiento N° 000031 (Distribución) del 04/03/2024, "
                "posterior a la fecha 03/03/2024; no se registró nada."
            ),
        ),
        (
            request_of(K.ADJUSTMENT, H.WAREHOUSE, H.WAREHOUSE),
            [piece(1, 9, condition=C.LOST), piece(10, 10, condition=C.USED)],
            "adjustment_same",
            "El N° 000010 de FSU ya está como los deja el ajuste; quítelos de él; no se registró nada.",
        ),
        (
            request_of(K.ADJUSTMENT, H.WAREHOUSE, BETO, from_condition=C.BLANK),
            [piece(1, 10, condition=C.DAMAGED)],
            "forms_condition",
            (
                "Los N° 000001-000010 de FSU están deteriorados por el movimiento N° 000031 (Distribución) del "
                "04/03/2024 y «Ajuste» pide formularios en la condición «En blanco»; no se registró nada."
            ),
        ),
    ],
)
def test_forms_that_are_not_as_the_movement_needs(wanted, pieces, code, sentence):
    assert refusal(check, wanted, *pieces) == (code, sentence)


def test_a_lost_number_that_reappears_is_told_and_carries_its_sighting():
    lost = [piece(4, 5, BETO, C.LOST, kind=K.LOSS)]
    with pytest.raises(custody.FormLost) as refused:
        check(hand_out(), piece(1, 3), *lost, piece(6, 10))
    told = refused.value
    assert (told.code, told.type_id, told.ranges) == ("form_lost", 1, FormRanges.single(4, 5))
    assert told.seen_on == TODAY
    assert told.seen_in == "Distribución de Almacén de prueba a Empadronador de prueba"
    assert "Los N° 000004-000005 de FSU están registrados como extraviados" in told.sentence
    assert "movimiento N° 000031 (Extravío) del 04/03/2024" in told.sentence
    with pytest.raises(custody.FormLost) as refused:
        check(request_of(K.USE, BETO, BETO), *lost)
    assert refused.value.seen_in == "Uso de EMPADRONADOR DOS PRUEBA"


def test_many_ranges_are_told_in_short():
    scattered = [piece(number, number, BETO) for number in range(1, 12, 2)]
    _, sentence = refusal(check, hand_out(ranges=FormRanges.of(one.forms for one in scattered)), *scattered)
    assert "000001, 000003, 000005, 000007 y otros (6 en total)" in sentence


def test_articles_without_numbers_must_be_enough():
    wanted = request_of(K.TRANSFER, H.WAREHOUSE, H.ARCHIVE, form_type=CROQUIS)
    custody.check_enough(wanted, 10)
    code, sentence = refusal(custody.check_enough, wanted, 9)
    assert code == "articles_missing"
    assert (
        "tiene 9 de CROQUIS en la condición «En blanco» para el 08/03/2024 y el movimiento pide 10"
        in sentence
    )
    custody.check_enough(request_of(K.RECEPTION, H.PRINTER, H.WAREHOUSE, form_type=CROQUIS), 0)
    assert moving.starting_condition(request_of(K.ARCHIVING, H.WAREHOUSE, H.ARCHIVE)) is C.USED
    assert moving.starting_condition(dataclasses.replace(wanted)) is C.BLANK


# --- lines and balances ---


def test_a_movement_becomes_lines_and_the_lines_balances():
    wanted = request_of(K.RECEPTION, H.PRINTER, H.WAREHOUSE)
    lines = custody.lines_of(wanted, [piece(4, 5, H.GOVERNING_BODY, C.OUTSIDE, number=9)])
    assert [(line.forms.first, line.forms.last, line.previous_id) for line in lines] == [
        (1, 3, None),
        (4, 5, 9),
        (6, 10, None),
    ]
    store = balances.Place(1, HOLDERS[H.WAREHOUSE].id, C.BLANK)
    assert balances.balance_changes(lines) == {store: 10}
    moved = custody.lines_of(
        request_of(K.TRANSFER, H.WAREHOUSE, H.ARCHIVE), [piece(1, 4), piece(5, 10, condition=C.USED)]
    )
    assert [line.after.condition for line in moved] == [C.BLANK, C.USED]
    adjusted = custody.lines_of(request_of(K.ADJUSTMENT, H.WAREHOUSE, H.WAREHOUSE), [piece(1, 10)])
    assert adjusted[0].after == balances.Place(1, HOLDERS[H.WAREHOUSE].id, C.USED)
    [loose] = custody.lines_of(request_of(K.USE, BETO, BETO, form_type=CROQUIS), [])
    assert (loose.forms, loose.form_count, loose.after.condition) == (None, 10, C.USED)
    [kept] = custody.lines_of(request_of(K.RETURN, BETO, H.WAREHOUSE, form_type=CROQUIS), [])
    assert kept.after.condition is C.BLANK


def recorded(kind=K.HAND_OUT, **changes):
    line = LedgerLine(31, 31, 1, FormRange(1, 10), 10, 1, C.BLANK, 20, C.BLANK, 7)
    values = {"id": 31, "number": 31, "kind": kind, "campaign_id": 1, "type_id": 1, "moved_on": TODAY}
    values |= {"from_holder_id": 1, "to_holder_id": 20, "form_count": 10, "document": "", "reason": ""}
    values |= {"witness": "", "note": "", "archive_box": "", "archive_folder": "", "archive_folio": ""}
    values |= {"reverses_id": None, "registered_at": None, "registered_by": "prueba", "lines": (line,)}
    return Movement(**{**values, **changes})


def test_lines_go_back_the_way_they_came():
    movement = recorded()
    [back] = custody.lines_back(movement.lines)
    assert (back.before.holder_id, back.after.holder_id, back.previous_id) == (20, 1, 31)
    loose = dataclasses.replace(movement.lines[0], forms=None)
    assert custody.lines_back([loose])[0].previous_id is None
    there = balances.replay(movement.lines)
    assert there == {balances.Place(1, 1, C.BLANK): -10, balances.Place(1, 20, C.BLANK): 10}


@pytest.mark.parametrize(
    ("movement", "earlier", "reason", "day", "code"),
    [
        (recorded(K.REVERSAL), "", "Error", TODAY, "reversal_of_reversal"),
        (recorded(K.ADJUSTMENT), "", "Error", TODAY, "reversal_of_adjustment"),
        (recorded(), "movimiento N° 000040", "Error", TODAY, "reversal_done"),
        (recorded(), "", "", TODAY, "reason_missing"),
        (recorded(), "", "Error", date(2024, 3, 7), "moved_on_before_previous"),
    ],
)
def test_what_cannot_be_reverted(movement, earlier, reason, day, code):
    told, sentence = refusal(moving.check_can_reverse, movement, earlier, reason, day)
    assert told == code
    assert "movimiento N° 000031" in sentence
    moving.check_can_reverse(recorded(), "", "Error", TODAY)


def test_a_movement_is_not_reverted_over_what_came_later():
    movement = recorded()
    name = moving.movement_name(31, K.HAND_OUT, TODAY)
    custody.check_untouched(FSU, name, movement.lines, [piece(1, 10)])
    used = piece(4, 4, BETO, C.USED, number=33, kind=K.USE)
    code, sentence = refusal(custody.check_untouched, FSU, name, movement.lines, [piece(1, 3), used])
    assert code == "reversal_later"
    assert sentence.startswith(
        "El N° 000004 de FSU tiene después el movimiento N° 000033 (Uso) del 04/03/2024"
    )
    place = balances.Place(1, 20, C.BLANK)
    custody.check_still_there(CROQUIS, name, movement.lines, {place: 10})
    code, sentence = refusal(custody.check_still_there, CROQUIS, name, movement.lines, {place: 4})
    assert code == "articles_missing"
    assert "quedan 4" in sentence
    outside = dataclasses.replace(movement.lines[0], to_condition=C.OUTSIDE)
    custody.check_still_there(CROQUIS, name, [outside], {})
