"""Words that went and came: seen without colours, and never taken for mark-up."""

from PySide6.QtGui import QTextDocument

from sisfoh_desktop.basics.word_changes import word_changes
from sisfoh_desktop.qtkit.marked_words import marked_html


def test_what_went_is_struck_and_what_came_is_underlined(qapp):
    html = marked_html(word_changes("Tres meses", "Cinco meses"))
    assert html.count("<s ") == html.count("<u ") == 1
    assert html.index("Tres") < html.index("Cinco") < html.index("meses")


def test_the_texts_own_signs_are_shown_as_typed(qapp):
    document = QTextDocument()
    document.setHtml(marked_html(word_changes("a <b> & c", "a <b> &\nd")))
    assert document.toPlainText() == "a <b> & c\nd"
