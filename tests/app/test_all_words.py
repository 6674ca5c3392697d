"""The trail of the whole office knows the words of every module, and takes each action for one of them."""

from pathlib import Path

from sisfoh_desktop.app.all_words import PARTS
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.history_words import known_parts, part_of_action

MODULES = Path(__file__).resolve().parents[2] / "sisfoh_desktop" / "modules"


def test_every_module_with_words_hands_them_over():
    with_words = {path.parts[-3] for path in MODULES.glob("*/rules/history.py")}
    assert {part.key for part in PARTS} == with_words
    assert known_parts() == PARTS


def test_parts_are_called_and_ordered_as_their_pages():
    pages = {spec.key: spec.title for spec in PAGES}
    keys = [spec.key for spec in PAGES]
    assert all(pages[part.key] == part.title for part in PARTS)
    assert [part.key for part in PARTS] == sorted((part.key for part in PARTS), key=keys.index)


def test_an_action_finds_its_part_also_a_new_one_of_its_kind():
    assert part_of_action("kardex.move").key == "kardex"
    assert part_of_action("kardex.invented").key == "kardex"
    assert part_of_action("session.in").key == "people"
    assert part_of_action("nothing.known") is None
