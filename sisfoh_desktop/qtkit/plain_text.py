"""What people typed is shown as they typed it: no label and no tooltip takes `<b>` in a name for an order to Qt."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def keep_labels_plain(root: QWidget) -> None:
    """Every label below `root` that would guess shows plain text; one that was told to show markup still does."""
    for label in root.findChildren(QLabel):
        if label.textFormat() is Qt.TextFormat.AutoText:
            label.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(text: str) -> str:
    """The text as a tooltip that shows it sign by sign."""
    if "<" not in text:
        return text
    from html import escape  # its list of entities is half a MiB, and hardly any tip needs it

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
