"""F1 in the real window: each page and each tab has a page of the help of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.help_topics import bare_tab, help_index, help_topics, topic_of_page
from sisfoh_desktop.qtkit.help_dialog import HelpDialog

TOPICS = {topic.key for topic in help_topics()}
RECORDS = [("expedientes", 1), ("plans", 1), ("resoluciones", 1)]


@pytest.fixture
def window(make_window, practice, settle):
    window = make_window(str(practice), PAGES)
    window.settle = settle
    settle()
    return window


def outer_tabs(page):
    return next((one for one in page.findChildren(QTabWidget) if one.isVisible()), None)


def explained(page, words):
    """Whether a page of the help says in the index that it explains this tab."""
    return any(
        bare_tab(words) in one.tabs and one.page in (page, "") for one in help_index() if one.topic in TOPICS
    )


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_every_page_and_every_tab_has_its_help(window, spec):
    for kind, record in [(spec.key, 0), *(one for one in RECORDS if one[0] == spec.key)]:
        window.stack.show_record(kind, record)
        window.settle()
        assert topic_of_page(spec.key) in TOPICS
        tabs = outer_tabs(window.stack.page)
        if tabs is None or spec.key == "responsibilities":  # the tabs of the duty's side have the page's help
            continue
        missing = [
            tabs.tabText(at) for at in range(tabs.count()) if not explained(spec.key, tabs.tabText(at))
        ]
        assert missing == []


def test_f1_opens_the_page_of_the_tab_on_view(window, qtbot):
    window.stack.show_record("kardex", 0)
    window.settle()
    window.stack.page.show_tab("trace")
    window.settle()
    QTest.keyClick(window, Qt.Key.Key_F1)
    (shown,) = window.findChildren(HelpDialog)
    assert shown.shown == "kardex-trace"
    shown.close()


def test_every_command_with_a_key_is_in_the_key_map(window):
    keys = next(topic.text for topic in help_topics() if topic.key == "keys")
    from sisfoh_desktop.qtkit.commands import key_words

    for command in window.orders.commands:
        if command.keys:
            assert key_words(command.keys[0]) in keys, command.text
