"""Offline help: every page can be read, links lead inside, nothing is cut."""

import re

import pytest
from PySide6.QtCore import QUrl

from sisfoh_desktop.qtkit.help_dialog import HelpDialog, help_topics

TOPICS = {topic.key: topic for topic in help_topics()}


@pytest.mark.parametrize(
    "key", ["inbox", "expedientes", "plans", "responsibilities", "resoluciones", "papers", "office", "keys"]
)
def test_every_page_of_the_window_has_its_help(key: str):
    assert TOPICS[key].title
    assert len(TOPICS[key].text) > 200


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_links_lead_to_pages_that_exist(topic):
    for target in re.findall(r"\]\(([^)]+)\)", topic.text):
        assert target.removesuffix(".md") in TOPICS


def test_the_first_steps_come_first():
    assert help_topics()[0].key == "first-steps"


def test_a_topic_is_shown_and_its_links_followed(qtbot):
    dialog = HelpDialog("resoluciones")
    qtbot.addWidget(dialog)
    assert "Congelada" in dialog.browser.toPlainText()
    dialog.browser.anchorClicked.emit(QUrl("papers.md"))
    assert dialog.list.currentItem().text() == "Papeles"


def test_an_unknown_topic_opens_the_first(qtbot):
    dialog = HelpDialog("nada")
    qtbot.addWidget(dialog)
    assert dialog.list.currentRow() == 0


def test_a_page_that_cannot_be_read_is_left_out(tmp_path):
    (tmp_path / "buena.md").write_text("# Buena\ntexto", encoding="utf-8")
    (tmp_path / "mala.md").write_bytes(b"\xff\xfe\xff")
    assert [topic.title for topic in help_topics(tmp_path)] == ["Buena"]
