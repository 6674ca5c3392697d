"""The signature zone: whole, on the last page, with text above it, and its boxes where they are drawn."""

import re

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.page import page_break
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Column, ruled_table
from sisfoh_desktop.documents.text import paragraph

MM = 72 / 25.4
SENTENCE = "Que, la unidad propone el plan de trabajo y lo eleva para su aprobación. "


def _slots(approvals: int = 5) -> list[SignatureSlot]:
    slots = [
        SignatureSlot(f"VB{n}_U{n}", "visto_bueno", f"PERSONA NÚMERO {n}", f"Cargo {n}", f"Unidad {n}")
        for n in range(1, approvals + 1)
    ]
    return [*slots, SignatureSlot("AUTOR_GM", "author", "AUTORA DEL ACTO", "Gerente Municipal", "Gerencia")]


def test_each_signer_stands_with_name_position_and_unit(build, words) -> None:
    built = build([paragraph(SENTENCE * 3), signature_zone(_slots())])
    page = words(built.pdf)[-1]
    assert "Firmado por: AUTORA DEL ACTO Gerente Municipal Gerencia" in page
    for number in range(1, 6):
        for text in (f"PERSONA NÚMERO {number}", f"Cargo {number}", f"Unidad {number}"):
            assert text in page
    assert page.count("V° B° – Firmado por:") == 5
    assert page.index("AUTORA") < page.index("PERSONA NÚMERO 1")


def test_boxes_lie_on_the_last_page_apart_and_inside_the_margins(build) -> None:
    built = build([paragraph(SENTENCE * 30), signature_zone(_slots())])
    assert set(built.boxes) == {slot.field for slot in _slots()}
    boxes = list(built.boxes.values())
    for box in boxes:
        assert box.page == built.pages - 1
        assert 25 * MM - 1 <= box.x1 < box.x2 <= 190 * MM + 1
        assert 20 * MM <= box.y1 < box.y2 <= 842 - 22 * MM
        assert box.x2 - box.x1 > 40 * MM
        assert box.y2 - box.y1 > 12 * MM
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one.x2 <= other.x1 or other.x2 <= one.x1 or one.y2 <= other.y1 or other.y2 <= one.y1
            assert apart


@pytest.mark.parametrize("paragraphs", range(1, 22))
def test_two_lines_of_text_at_least_stand_above_the_zone(build, letters, paragraphs: int) -> None:
    built = build(
        [*(paragraph(SENTENCE * 4) for _ in range(paragraphs)), signature_zone(_slots())], legend=""
    )
    _assert_two_lines_above(built, letters)


@pytest.mark.parametrize("filler", range(24, 44))
def test_one_line_closings_take_more_text_with_them(build, letters, filler: int) -> None:
    story = [paragraph(f"línea {number}", "left") for number in range(filler)]
    built = build([*story, paragraph("CÚMPLASE", "centred"), signature_zone(_slots())], legend="")
    _assert_two_lines_above(built, letters)


@pytest.mark.parametrize("rows", range(30, 52, 2))
def test_the_end_of_a_table_is_text_above_the_zone(build, letters, rows: int) -> None:
    table = ruled_table([Column("N°", 12), Column("F")], [[str(n), f"fila {n}"] for n in range(rows)])
    _assert_two_lines_above(build([table, signature_zone(_slots())], legend=""), letters)


def test_a_tall_last_row_gives_lines_to_the_zone_when_it_may_be_cut(build, letters) -> None:
    table = ruled_table([Column("N°", 12), Column("F")], [["1", [SENTENCE * 2] * 20]], break_rows_over_mm=90)
    built = build([table, paragraph("CÚMPLASE", "centred"), signature_zone(_slots())], legend="")
    assert {box.page for box in built.boxes.values()} == {built.pages - 1}
    _assert_two_lines_above(built, letters)


def _assert_two_lines_above(built, letters) -> None:
    page = built.pages - 1
    assert {box.page for box in built.boxes.values()} == {page}
    top = max(box.y2 for box in built.boxes.values())
    above = {
        round(bottom)
        for number, sign, _, bottom, _, _ in letters(built.pdf)
        # Below the head of the later pages; a baseline each, letters that hang lower left out.
        if number == page
        and top < bottom < 842 - 20 * MM
        and re.fullmatch(r"[A-Za-z0-9]", sign)
        and sign not in "gpqyj"
    }
    lines = []
    for height in sorted(above):
        if not lines or height - lines[-1] > 5:
            lines.append(height)
    assert len(lines) >= 2


def test_nothing_above_is_allowed_where_there_is_nothing(build) -> None:
    built = build([paragraph("x"), page_break(), signature_zone(_slots())])
    assert {box.page for box in built.boxes.values()} == {1}


def test_more_signers_than_a_page_holds_take_two(build) -> None:
    built = build([paragraph(SENTENCE * 3), signature_zone(_slots(40))])
    assert len(built.boxes) == 41
    assert all(box.y1 > 20 * MM for box in built.boxes.values())


def test_a_zone_in_the_middle_is_remembered_on_its_page(build) -> None:
    built = build([paragraph(SENTENCE), signature_zone(_slots(1)), page_break(), paragraph("anexo")])
    assert {box.page for box in built.boxes.values()} == {0}


def test_long_names_wrap_within_their_block(build, letters) -> None:
    slot = SignatureSlot("VB1", "visto_bueno", "X" * 90, "Y" * 90, "Z" * 90)
    built = build([paragraph(SENTENCE), signature_zone([slot])], legend="")
    box = built.boxes["VB1"]
    for _, sign, left, _, right, _ in letters(built.pdf):
        if sign in "XYZ":
            assert box.x1 - 1 <= left
            assert right <= box.x2 + 1


@pytest.mark.parametrize("field", ["", "con espacio", "con.punto", "ñ", "x" * 61, "a/b"])
def test_field_names_that_pdf_readers_misread_are_refused(field: str) -> None:
    with pytest.raises(RuleError) as refusal:
        signature_zone([SignatureSlot(field, "author", "N", "C")])
    assert refusal.value.code == "field_name_invalid"


def test_a_field_twice_is_refused() -> None:
    with pytest.raises(RuleError) as refusal:
        signature_zone([SignatureSlot("A", "author", "N", "C"), SignatureSlot("A", "visto_bueno", "M", "D")])
    assert refusal.value.code == "field_name_repeated"
