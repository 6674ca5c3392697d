"""Markup that somebody typed is text: in labels of pages and dialogs, in tooltips."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.page import Page
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.print_many import ManyItem, PrintManyDialog
from sisfoh_desktop.qtkit.row_chips import FilterChips

HOSTILE = [
    "<b>Rosa</b>",
    "<img src='file:///etc/hosts'>",
    "<h1>x",
    "a < b & c",
    "&amp;",
    "<qt>x</qt>",
    "<i>dos\nlíneas",
    "{0} %s",
    "🙂",
]


def seen(tip: str) -> str:
    """What Qt draws for a tooltip."""
    if "<" not in tip:  # Qt takes nothing else for markup
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_tooltip_shows_every_sign(qtbot, typed):
    assert seen(plain_tip(typed)) == typed
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(typed)
    assert seen(label.toolTip()) == typed


@pytest.mark.parametrize("typed", HOSTILE)
def test_chips_and_lists_of_papers_tell_what_was_typed(qtbot, typed):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.show_filters({"Plan": typed})
    assert seen(chips.buttons[0].toolTip()) == f"Quitar: {typed}"
    dialog = PrintManyDialog([ManyItem(typed, "uno.pdf", bytes, True)], "cargo")
    qtbot.addWidget(dialog)
    assert seen(dialog.list.item(0).toolTip()) == typed


def a_label_in(parent: QWidget) -> QLabel:
    label = QLabel(HOSTILE[0])
    QVBoxLayout(parent).addWidget(label)
    return label


def test_labels_of_a_dialog_are_plain_once_it_is_seen(qtbot):
    dialog = TaskDialog("Prueba", primary="Aceptar")
    qtbot.addWidget(dialog)
    body = QWidget()
    label = a_label_in(body)
    marked = QLabel("<b>nuestro</b>", body)
    marked.setTextFormat(Qt.TextFormat.RichText)
    dialog.set_body(body)
    dialog.show()
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert marked.textFormat() is Qt.TextFormat.RichText


def test_labels_of_a_page_are_plain_once_it_is_seen(desk, qtbot):
    page = Page(desk)
    qtbot.addWidget(page)
    label = a_label_in(page)
    page.show()
    assert label.textFormat() is Qt.TextFormat.PlainText
