"""Any text prints: markup as letters, controls gone, unknown letters visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.documents.text import bold, clean, one_line, paragraph, rich_paragraph, safe, unprintable


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("S/\u202f312\u2009656.00", "S/\u00a0312\u00a0656.00"),
        ("co\u0301digo N\u0303", "código Ñ"),
        ("guion\u2011duro", "guion-duro"),
        ("una\r\ndos\rtres\u2028cuatro", "una\ndos\ntres\ncuatro"),
        ("a\tb\x00\x07\u200bc\u202e", "a bc"),
        ("hola 😀 漢字 \ud800", "hola □ □□ □"),
        ("N° 5, 2º y 3ª – “cita” €", "N° 5, 2º y 3ª – “cita” €"),
    ],
)
def test_text_is_cleaned_for_the_typeface(typed: str, printed: str) -> None:
    assert clean(typed) == printed


def test_a_text_of_several_lines_stands_on_one() -> None:
    assert one_line("  informe\r\n del\tPOI \u2028 2019 ") == "informe del POI 2019"


def test_letters_that_the_typeface_lacks_can_be_told_beforehand() -> None:
    assert unprintable("firma 😀 y 漢 y 😀") == "😀漢"
    assert unprintable("ñandú & <b> S/ 5.00\n") == ""


def test_markup_in_text_is_escaped() -> None:
    assert safe("<b>x</b> & y\nz") == "&lt;b&gt;x&lt;/b&gt; &amp; y<br/>z"
    assert bold("a & b") == "<b>a &amp; b</b>"


@pytest.mark.parametrize(
    "typed",
    ["<b>no es negrita</b> & Cía.", "<para>", "</font>", "a < b > c", "&amp;", "]]>", "&#0;", "<br/>"],
)
def test_markup_prints_as_letters(build, words, typed: str) -> None:
    assert typed in words(build([paragraph(typed)]).pdf)[0]


def test_bold_parts_and_labels_print(build, words) -> None:
    story = [
        rich_paragraph(f"{safe('Suma & sigue: ')}{bold('S/ 5 <i>')}"),
        paragraph("deber", "item", label="a."),
    ]
    page = words(build(story).pdf)[0]
    assert "Suma & sigue: S/ 5 <i>" in page
    assert "a. deber" in page


@given(st.text(max_size=60))
def test_no_text_breaks_a_paragraph(text: str) -> None:
    paragraph(text).wrap(200, 1000)
    assert "\x00" not in clean(text)
