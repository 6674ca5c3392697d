"""«1-3, 5» names pages, and chosen pages are written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.page_ranges import chosen_pages, read_page_ranges, written_ranges


@pytest.mark.parametrize(
    ("typed", "pages", "chosen"),
    [
        ("", 3, (1, 2, 3)),
        ("   ", 2, (1, 2)),
        ("2", 3, (2,)),
        ("1-3, 5", 6, (1, 2, 3, 5)),
        ("5;1 - 2", 6, (1, 2, 5)),
        ("1 a 2, 4 al 5", 6, (1, 2, 4, 5)),
        ("2–3", 6, (2, 3)),
        ("2-9", 3, (2, 3)),
        ("1,1,1-2", 3, (1, 2)),
        ("1\u00a0-\u00a02, 3", 6, (1, 2, 3)),
        ("1-99999", 3, (1, 2, 3)),
    ],
)
def test_typed_ranges(typed, pages, chosen):
    assert chosen_pages(typed, pages) == chosen


@pytest.mark.parametrize(
    "typed",
    ["0", "3-1", "a", "1-", "-2", "1,,2", "1-2-3", "1.5", "٣", "1–٣", "1-999999999", "123456", "1," * 200],
)
def test_what_names_no_page_is_refused(typed):
    with pytest.raises(RuleError) as refused:
        chosen_pages(typed, 9)
    assert refused.value.code == "page_ranges"
    assert "1-3, 5" in refused.value.sentence


def test_pages_beyond_the_last_are_refused_when_there_are_no_others():
    with pytest.raises(RuleError) as refused:
        chosen_pages("7-9", 3)
    assert refused.value.code == "no_pages"


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_written_reads_back(pages):
    chosen = tuple(sorted(pages))
    assert chosen_pages(written_ranges(chosen), 60) == chosen
    assert read_page_ranges(written_ranges(chosen))
