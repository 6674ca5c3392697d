"""What Ctrl+K finds."""

from pages_for_tests import SPECS

from sisfoh_desktop.app.search import Finding, find_records, help_findings, matching
from sisfoh_desktop.qtkit.help_dialog import HelpTopic
from sisfoh_desktop.qtkit.page import Desk

DESK = Desk(db=None, archive=None, tasks=None)


def finding(title: str, kind: str = "Página") -> Finding:
    return Finding(kind, "x", title, "", lambda: None)


def test_words_match_without_accents_in_any_order():
    known = [finding("Vista previa", "Orden"), finding("Resoluciones"), finding("Ñandú")]
    assert [one.title for one in matching(known, "previa vista")] == ["Vista previa"]
    assert [one.title for one in matching(known, "nandu")] == ["Ñandú"]
    assert matching(known, "") == known


def test_records_come_with_their_page():
    found = find_records(SPECS[:2], DESK, " Tacna ")
    assert [(spec.key, hit.record_id) for spec, hit in found] == [("plans", 7)]


def test_a_single_letter_asks_nothing_of_the_base():
    assert find_records(SPECS[:2], DESK, "t") == []


def test_a_help_page_opens_itself():
    opened: list[str] = []
    help_findings([HelpTopic("keys", "Teclas", "")], opened.append)[0].run()
    assert opened == ["keys"]
