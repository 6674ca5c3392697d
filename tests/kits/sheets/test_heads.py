"""Heads are found by what they say."""

from sisfoh_desktop.sheets.heads import HeadFinder, head_words
from sisfoh_desktop.sheets.reading import Row, Sheet

FINDER = HeadFinder(
    {"day": ("fecha",), "first": ("del", "desde"), "last": ("al",), "count": ("cantidad", "n de fichas")},
    (frozenset({"day", "first"}),),
)


def sheet(*rows: tuple) -> Sheet:
    return Sheet("Hoja", tuple(Row(number, row) for number, row in enumerate(rows, 1) if row))


def test_headings_compare_without_accents_signs_or_brackets() -> None:
    assert head_words(" N.° de FÍCHAS (unid.) ") == "n de fichas"


def test_titles_above_order_and_synonyms_are_free() -> None:
    [head] = FINDER.heads(
        sheet(("KARDEX 2024",), ("Cantidad (u.)", None, "DESDE", "Fecha:"), (1, None, 2, 3))
    )
    assert head.row == 2
    assert head.columns == {"count": 1, "first": 3, "day": 4}
    assert head.titles["first"] == "DESDE"


def test_a_head_may_take_two_rows() -> None:
    [head] = FINDER.heads(sheet(("Fecha", "Numeración", None), (None, "Del", "Al"), ("x", "1", "2")))
    assert head.row == 2
    assert head.columns == {"day": 1, "first": 2, "last": 3}


def test_a_table_may_repeat_its_head() -> None:
    found = FINDER.heads(sheet(("Fecha", "Del"), (1, 2), ("Fecha", "Del"), (3, 4)))
    assert [head.row for head in found] == [1, 3]


def test_a_sheet_without_head_has_none() -> None:
    assert list(FINDER.heads(sheet(("Fecha", "Monto"), (1, 2)))) == []
