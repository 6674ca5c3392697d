"""What an acta may tell, who signs it and in which words."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import (
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
    acta_words,
)
from sisfoh_desktop.modules.kardex.rules import actas as rules
from sisfoh_desktop.modules.kardex.rules.acta_rows import acta_rows, suggestions
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet
from sisfoh_desktop.modules.kardex.rules.actas import (
    ActaDraft,
    ActaKind,
    ActaRoute,
    Party,
    ToldMovement,
    ToldPiece,
)

DAY = date(2024, 3, 8)
STORE = Party("RESPONSABLE DE PRUEBA", "40000020", "Responsable de la ULE")
ANA = Party("EMPADRONADOR UNO PRUEBA", "40000011", "Empadronador")
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1)
CROQUIS = FormType(1, "CROQUIS", "CROQUIS", serialised=False, number_width=0, layout_version="2024", id=3)
TYPES = {1: FSU, 3: CROQUIS}
DRAFT = ActaDraft(ActaKind.DELIVERY, 1, DAY, STORE, ANA, (7,))


def movement(movement_id=7, kind=MovementKind.HAND_OUT, first=101, last=200, **changes):
    told = ToldMovement(
        movement_id,
        movement_id,
        kind,
        1,
        1,
        DAY,
        1,
        2,
        last - first + 1,
        pieces=(ToldPiece(FormRange(first, last), last - first + 1, Condition.BLANK),),
    )
    return replace(told, **changes)


def refusal(run):
    with pytest.raises(RuleError) as refused:
        run()
    return refused.value.code


def test_a_draft_is_cleaned():
    draft = replace(DRAFT, note="  con tablero  ", movement_ids=(7, 7), gives=replace(STORE, name=" A  B "))
    kept = rules.clean_draft(draft, DAY)
    assert (kept.note, kept.movement_ids, kept.gives.name) == ("con tablero", (7,), "A B")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dated": date(2024, 3, 9)}, "acta_in_future"),
        ({"movement_ids": ()}, "acta_without_movements"),
        ({"kind": ActaKind.CLOSING, "dated": date(2024, 3, 7)}, "acta_of_today"),
        ({"kind": ActaKind.NO_DEBT}, "acta_without_holder"),
        ({"kind": ActaKind.INVENTORY, "route": ActaRoute.DIGITAL}, "acta_route"),
        ({"receives": Party()}, "text_missing"),
        ({"receives": replace(ANA, dni="4000")}, "dni_invalid"),
        ({"receives": replace(ANA, position="")}, "text_missing"),
        ({"receives": replace(ANA, dni=STORE.dni)}, "acta_same_signer"),
        ({"note": "x" * 2001}, "text_too_long"),
    ],
)
def test_a_draft_that_cannot_be_printed_is_refused(changes, code):
    assert refusal(lambda: rules.clean_draft(replace(DRAFT, **changes), DAY)) == code


def test_a_constancia_has_one_signer_and_no_movements():
    draft = replace(DRAFT, kind=ActaKind.NO_DEBT, holder_id=3)
    kept = rules.clean_draft(draft, DAY)
    assert (kept.receives, kept.movement_ids) == (Party(), ())
    assert [place.field for place in acta_words.places(kept)] == ["AUTOR_EXPIDE"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ([], "movement_unknown"),
        ([movement(reverted=True)], "acta_movement_reverted"),
        ([movement(kind=MovementKind.RETURN)], "acta_mixed_kinds"),
        ([movement(kind=MovementKind.USE)], "acta_mixed_kinds"),
        ([movement(campaign_id=2)], "acta_other_campaign"),
        ([movement(moved_on=date(2024, 3, 9))], "acta_before_movement"),
    ],
)
def test_movements_that_fit_in_no_acta(told, code):
    assert refusal(lambda: rules.check_movements(DRAFT, told, {})) == code


def test_one_giver_and_one_receiver():
    draft = replace(DRAFT, movement_ids=(7, 8))
    rules.check_movements(draft, [movement(7), movement(8, MovementKind.TRANSFER)], {})
    others = [movement(7), movement(8, to_holder_id=3)]
    assert refusal(lambda: rules.check_movements(draft, others, {})) == "acta_mixed_parties"


def test_a_movement_of_a_living_acta_is_refused_by_name():
    with pytest.raises(RuleError, match="movimiento N° 000007 ya está en el acta N° 001"):
        rules.check_movements(DRAFT, [movement()], {7: "el acta N° 001"})


def test_whoever_speaks_for_the_office_signs_last():
    delivery = acta_words.places(DRAFT)
    assert [(place.field, place.party) for place in delivery] == [
        ("VB1_RECIBE", ANA),
        ("AUTOR_ENTREGA", STORE),
    ]
    returned = acta_words.places(replace(DRAFT, kind=ActaKind.RETURN, gives=ANA, receives=STORE))
    assert [(place.field, place.caption) for place in returned] == [
        ("VB1_DEVUELVE", "Devolví conforme"),
        ("AUTOR_RECIBE", "Recibí conforme"),
    ]


@pytest.mark.parametrize("kind", list(ActaKind))
def test_every_kind_has_its_words(kind):
    draft = replace(DRAFT, kind=kind, receives=Party() if kind.is_constancia else ANA)
    places = acta_words.places(draft)
    assert [place.field.partition("_")[0] for place in places][-1] == "AUTOR"
    assert len({place.field for place in places}) == len(places) == (1 if kind.is_constancia else 2)
    assert len(kind.value) <= 20
    assert kind.paper_kind == f"kardex_{kind.value}"
    if not kind.is_constancia:
        sheet = ActaSheet(draft, "001", "Prueba", "Unidad Local", "Campaña 2024")
        assert sheet.title.endswith("DE FORMULARIOS")
        assert ANA.name in acta_words.opening(sheet)
        assert acta_words.closing(sheet).endswith("en señal de conformidad.")


def test_each_movement_kind_knows_its_acta():
    assert rules.acta_kind_of(MovementKind.LOSS) is ActaKind.INCIDENT
    assert rules.acta_kind_of(MovementKind.TO_QUALITY) is ActaKind.DELIVERY
    for kind in (MovementKind.USE, MovementKind.ADJUSTMENT, MovementKind.REVERSAL):
        assert rules.acta_kind_of(kind) is None


def test_opening_says_where_when_and_who():
    sheet = ActaSheet(
        replace(DRAFT, at=time(9, 5)), "001", "Prueba", "Unidad Local de Empadronamiento", "Campaña 2024"
    )
    told = acta_words.opening(sheet).replace("\u00a0", " ")
    assert told.startswith(
        "En la ciudad de Prueba, siendo las 09:05 horas del día 08 de marzo de 2024, se reúnen en la Unidad Local de "
        "Empadronamiento, de una parte, RESPONSABLE DE PRUEBA, con DNI N° 40000020, Responsable de la ULE, quien "
        "entrega; y de la otra parte, EMPADRONADOR UNO PRUEBA"
    )
    blank = acta_words.opening(replace(sheet, draft=DRAFT))
    assert "siendo las ______ horas" in blank
    digital = acta_words.opening(replace(sheet, draft=replace(DRAFT, route=ActaRoute.DIGITAL)))
    assert "Prueba, el día 08 de marzo de 2024, se reúnen" in digital
    assert "en el Área" in acta_words.opening(replace(sheet, unit="Área de Empadronamiento"))


@pytest.mark.parametrize(
    ("route", "said"),
    [(ActaRoute.INK, "en dos ejemplares de un mismo tenor"), (ActaRoute.DIGITAL, "firman digitalmente")],
)
def test_closing_says_how_it_is_signed(route, said):
    sheet = ActaSheet(replace(DRAFT, route=route), "001", "Prueba", "", "Campaña")
    assert said in acta_words.closing(sheet)


def test_rows_join_what_is_consecutive_and_name_the_type_once():
    told = [
        movement(7, first=101, last=150),
        movement(8, first=151, last=200),
        movement(9, first=301, last=310),
        movement(10, type_id=3, form_count=4, pieces=(ToldPiece(None, 4, Condition.BLANK),)),
        movement(11, first=400, last=400, pieces=(ToldPiece(FormRange(400, 400), 1, Condition.USED),)),
    ]
    rows = acta_rows(told, {1: FSU, 3: CROQUIS})
    assert [(row.form, row.first, row.last, row.form_count, row.condition) for row in rows] == [
        ("CROQUIS (2024)", "", "", 4, "En blanco"),
        ("FSU, Ficha Socioeconómica Única", "000101", "000200", 100, "En blanco"),
        ("FSU", "000301", "000310", 10, "En blanco"),
        ("FSU", "000400", "000400", 1, "Usado"),
    ]


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 40)), min_size=1, max_size=12))
def test_rows_tell_every_number_once(starts):
    ranges = FormRanges.of(FormRange(first, first + more) for first, more in starts)
    told = [movement(number, first=one.first, last=one.last) for number, one in enumerate(ranges, start=1)]
    rows = acta_rows(reversed(told), {1: FSU})
    assert [(int(row.first), int(row.last)) for row in rows] == [(one.first, one.last) for one in ranges]
    assert sum(row.form_count for row in rows) == ranges.count


def test_totals_in_figures_and_words():
    rows = acta_rows([movement(first=1, last=16391)], {1: FSU})
    sheet = ActaSheet(DRAFT, "001", "Prueba", "", "Campaña", rows)
    assert acta_words.total(sheet).replace("\u00a0", " ") == (
        "Son 16 391 (dieciséis mil trescientos noventa y un) formularios."
    )
    assert acta_words.total(replace(sheet, rows=rows[:0])).startswith("Son 0 (cero)")
    one = acta_rows([movement(first=1, last=1)], {1: FSU})
    assert acta_words.total(replace(sheet, rows=one)) == "Es 1 (un) formulario."


def test_grounds_tell_why_and_name_every_movement():
    told = [
        movement(7),
        movement(8, MovementKind.TRANSFER),
        movement(9, document="Memorando N° 12."),
        movement(12, document="Memorando N° 12."),
        movement(10, MovementKind.RETURN, reason="Fin de contrato"),
    ]
    assert [one.replace("\u00a0", " ") for one in acta_words.grounds(told, TYPES, of_incidents=False)] == [
        "Movimiento N° 000008, transferencia, 08/03/2024.",
        "Movimientos N° 000009, 000012, 08/03/2024: documento: Memorando N° 12.",
        "Movimiento N° 000010, 08/03/2024: motivo: Fin de contrato.",
        "Otro movimiento del kardex: 000007.",
    ]
    two = acta_words.grounds(
        [movement(7), movement(11), movement(8, document="Oficio")], TYPES, of_incidents=False
    )
    assert two[-1] == "Otros movimientos del kardex: 000007, 000011."
    assert acta_words.grounds([movement(7)], TYPES, of_incidents=False) == ("Movimiento del kardex: 000007.",)
    assert acta_words.movements_words(told[:1]) == "Movimiento del kardex: 000007."
    assert acta_words.movements_words(told[:2]) == "Movimientos del kardex: 000007, 000008."
    assert acta_words.movements_words([]) == ""


def test_incidents_say_which_form_each_reason_is_of():
    annulled = movement(10, MovementKind.ANNULMENT, 101, 101, reason="Mal llenada", witness="JEFE DE PRUEBA")
    lost = movement(11, MovementKind.LOSS, 117, 117, document="Informe N° 1")
    counted = movement(12, MovementKind.LOSS, type_id=3, form_count=4, document="Informe N° 1")
    counted = replace(counted, pieces=(ToldPiece(None, 4, Condition.LOST),))
    told = acta_words.grounds([annulled, lost, counted], TYPES, of_incidents=True)
    assert [one.replace("\u00a0", " ") for one in told] == [
        "Movimiento N° 000010, anulación, FSU 000101, 08/03/2024: motivo: Mal llenada; testigo: JEFE DE PRUEBA.",
        "Movimientos N° 000011, 000012, extravío, FSU 000117 y CROQUIS (4), 08/03/2024: documento: Informe N° 1.",
    ]
    (alone,) = acta_words.grounds([annulled], TYPES, of_incidents=True)
    assert "anulación, 08/03/2024" in alone


@pytest.mark.parametrize(
    ("happened", "name", "purpose"),
    [
        ([MovementKind.LOSS], "Acta de extravío", "dejar constancia del extravío de los formularios"),
        (
            [MovementKind.DAMAGE, MovementKind.ANNULMENT],
            "Acta de anulación y deterioro",
            "dejar constancia de la anulación y del deterioro de los formularios",
        ),
        (
            [],
            "Acta de anulación, extravío o deterioro",
            "dejar constancia de lo ocurrido con los formularios",
        ),
    ],
)
def test_an_incident_is_called_by_what_happened(happened, name, purpose):
    draft = replace(DRAFT, kind=ActaKind.INCIDENT)
    sheet = ActaSheet(draft, "001", "Prueba", "Unidad Local", "Campaña", told=tuple(happened))
    assert sheet.title == f"{name.upper()} DE FORMULARIOS"
    assert purpose in acta_words.opening(sheet)


@pytest.mark.parametrize("kind", [kind for kind in ActaKind if not kind.is_constancia])
def test_no_sentence_says_de_el(kind):
    opening = acta_words.opening(ActaSheet(replace(DRAFT, kind=kind), "1", "Prueba", "Programa Social", "C"))
    assert " de el " not in opening
    assert " a el " not in opening
    assert "en el Programa Social" in opening
    assert opening.endswith("a continuación:")


def test_what_is_not_blank_is_received_to_be_kept_and_not_to_be_used():
    blank = ActaSheet(DRAFT, "001", "Prueba", "", "C", acta_rows([movement()], TYPES))
    assert "los que no utilice incluidos" in acta_words.closing(blank)
    used = movement(pieces=(ToldPiece(FormRange(101, 200), 100, Condition.USED),))
    assert "utilice" not in acta_words.closing(replace(blank, rows=acta_rows([used], TYPES)))


@pytest.mark.parametrize(
    ("holder", "position"),
    [
        (Holder(HolderKind.GOVERNING_BODY, "Ente rector"), "Representante del ente rector"),
        (Holder(HolderKind.GOVERNING_BODY, "MIDIS"), "Representante de MIDIS"),
        (Holder(HolderKind.PRINTER, "Imprenta"), "Representante de la imprenta"),
        (Holder(HolderKind.ARCHIVE, "Archivo"), "Responsable del archivo"),
    ],
)
def test_who_speaks_for_a_place(holder, position):
    assert acta_words.outside_position(holder) == position


def test_suggestions_leave_out_what_has_no_acta():
    told = [
        movement(7),
        movement(8),
        movement(9, MovementKind.USE),
        movement(10, reverted=True),
        movement(11, moved_on=date(2024, 3, 7)),
    ]
    found = suggestions(told, {1: "Almacén", 2: "ANA"}, {1: "FSU"})
    assert [(one.moved_on.day, one.numbers, one.form_count) for one in found] == [
        (8, (7, 8), 200),
        (7, (11,), 100),
    ]
    assert (found[0].from_name, found[0].to_name, found[0].types) == ("Almacén", "ANA", "FSU")


def test_what_is_owed_is_named():
    rules.check_owes_nothing("ANA", [])
    with pytest.raises(RuleError, match="ANA todavía tiene FSU 000101; CROQUIS: 4"):
        rules.check_owes_nothing("ANA", ["FSU 000101", "CROQUIS: 4"])


def test_the_series_is_proposed_with_the_siglas_of_the_office():
    assert rules.series_proposal("M P T") == ("Actas y constancias del kardex", "{n:03d}-{year}-ULE/MPT")
    assert rules.series_proposal(" ")[1] == "{n:03d}-{year}-ULE/MUNI"


def test_a_party_never_shows_its_dni_in_a_log():
    assert STORE.dni not in repr(STORE)
    assert not Party()
    assert STORE
