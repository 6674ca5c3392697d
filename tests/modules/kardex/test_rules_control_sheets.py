"""What control sheets, inventories and the closing tell: rows of an arqueo, boxes to tick, differences."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.control_sheets import (
    MOST_TICKED,
    DailySheet,
    ExplainedDifference,
    HeldOfType,
    counted_rows,
    explained,
    range_words,
)
from sisfoh_desktop.modules.kardex.rules.differences import Difference, DifferenceKind, Explanation
from sisfoh_desktop.modules.kardex.rules.reading import HeldRange

DAY = date(2024, 3, 8)
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1)


@given(
    st.lists(st.tuples(st.integers(1, 200), st.integers(0, 20)), max_size=6),
    st.lists(st.tuples(st.integers(1, 200), st.integers(0, 20)), max_size=6),
)
def test_counted_rows_tell_every_number_expected_or_found(expected, found):
    expected, found = (
        FormRanges.of(FormRange(first, first + more) for first, more in some) for some in (expected, found)
    )
    rows = counted_rows(FSU, Condition.BLANK, expected, found)
    assert sum(row.expected for row in rows) == expected.count
    assert sum(row.found for row in rows) == found.count
    differing = FormRanges.of(forms for row in rows for forms in row.differing)
    assert differing == (expected - found) | (found - expected)


def test_an_acta_tells_what_was_found_and_not_what_to_do():
    said = Explanation("Se contó dos veces.", "Informe N° 1", datetime(2024, 3, 8, tzinfo=UTC), "prueba")
    difference = Difference(
        kind=DifferenceKind.COUNTED_MISSING,
        type_id=1,
        type_code="FSU",
        ranges=FormRanges.single(1, 2),
        ranges_text="",
        number_text="",
        form_count=2,
        holder_id=1,
        holder_name="",
        other_id=0,
        day=DAY,
        finding="FSU 000001-000002 (2 en total): no se encontraron.",
        advice="Repita el arqueo.",
        ledger="",
        fingerprint="",
    )
    assert explained(difference) == ExplainedDifference(
        "FSU 000001-000002 (2 en total): no se encontraron.", ""
    )
    told = explained(replace(difference, explanation=said))
    assert (told.explanation, told.document) == (said.text, said.document)
    assert difference.sentence == "FSU 000001-000002 (2 en total): no se encontraron. Repita el arqueo."


def test_numbers_that_are_too_many_get_no_boxes():
    def sheet(last):
        held = HeldRange(FormRange(1, last), Condition.BLANK, DAY, 1, 1)
        of_type = HeldOfType(FSU, (held,), ((Condition.BLANK, last), (Condition.USED, 2)))
        holder = Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR UNO PRUEBA", id=2)
        return DailySheet("Campaña", DAY, holder, "", (of_type,))

    assert sheet(MOST_TICKED).ticked[0][1][-1] == MOST_TICKED
    assert sheet(MOST_TICKED + 1).ticked == ()
    assert sheet(5).held[0].form_count == 7
    assert sheet(5).held[0].count_of(Condition.USED) == 2


def test_a_single_number_is_no_range():
    assert range_words(FSU, FormRange(7, 7)) == "000007"
    assert range_words(FSU, FormRange(7, 9)) == "000007-000009"
