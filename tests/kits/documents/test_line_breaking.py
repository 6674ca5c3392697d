"""Text set in lines without a paragraph: nothing is lost, nothing is wider than its place."""

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.documents.fonts import REGULAR, register_fonts, text_width
from sisfoh_desktop.documents.line_breaking import filled, wrapped

register_fonts()


@given(st.lists(st.text("abc ñM", min_size=1, max_size=40), max_size=8), st.integers(20, 200))
def test_lines_hold_every_letter_and_fit(texts: list[str], width: int) -> None:
    words = " ".join(texts).split()
    lines = filled(words, REGULAR, 8, width)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(text_width(line, REGULAR, 8) <= width for line in lines)


def test_a_word_longer_than_a_line_is_cut_and_goes_on() -> None:
    lines = wrapped("de SUPERCALIFRAGILISTICO fin", REGULAR, 8, 60)
    assert lines[0] == "de"
    assert "".join(lines).replace(" ", "") == "deSUPERCALIFRAGILISTICOfin"
    assert len(lines) > 2


def test_nothing_takes_no_line() -> None:
    assert wrapped(" \n ", REGULAR, 8, 60) == ()
