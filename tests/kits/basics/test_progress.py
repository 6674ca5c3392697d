"""How far a long action is: each row is told once, and a refusal of the one who looks ends it there."""

import pytest

from sisfoh_desktop.basics.progress import Cancelled, ToldRows, tell_each


@pytest.fixture
def told():
    return []


@pytest.fixture
def progress(told):
    return lambda done, total: told.append((done, total))


def test_rows_read_one_by_one_are_told_once_each(told, progress):
    assert list(ToldRows("abc", progress)) == ["a", "b", "c"]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_rows_are_read_and_told_as_none(told, progress):
    assert list(ToldRows([], progress)) == []
    assert told == []


def test_a_stretch_of_rows_is_as_it_was_given(told, progress):
    rows = ToldRows([1, 2, 3], progress)
    assert (len(rows), rows[1:], rows[-1]) == (3, [2, 3], 3)
    assert told == [(3, 3)]


def test_whoever_looks_may_stop_the_rows_and_the_items():
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    read = []
    for rows in (ToldRows([1, 2, 3], stop), tell_each([1, 2, 3], 3, stop)):
        with pytest.raises(Cancelled):
            read.extend(rows)
    assert read == [1, 1, 2]
