"""How a locked datum is drawn inside prose: a coloured box with its value, in as many lines as it needs.

What the person may do with it is in chip_editor.py; what it stands for, in chip_meaning.py.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from sisfoh_desktop.modules.resoluciones.rules import chip_label
from sisfoh_desktop.qtkit.theme import current_tokens, mixed, theme

CHIP_OBJECT = int(QTextFormat.ObjectTypes.UserObject) + 1
CHIP_KEY = int(QTextFormat.Property.UserProperty) + 1
CHIP_SIGN = "\ufffc"  # the one character that stands for a chip in the document
_LINE_HEIGHT = 22  # a box and the gap to the one of the next line
_PADDING = 5
_ROOM_AFTER = 24  # px kept at the end of a line for the comma that follows a long datum
_NARROWEST = 120


def chip_format(key: str) -> QTextCharFormat:
    """The format of a chip's character."""
    made = QTextCharFormat()
    made.setObjectType(CHIP_OBJECT)
    made.setProperty(CHIP_KEY, key)
    return made


def key_of_format(made: QTextFormat) -> str:
    """The key of the chip that has this format; empty for prose."""
    return str(made.property(CHIP_KEY)) if made.objectType() == CHIP_OBJECT else ""


def line_format() -> QTextBlockFormat:
    """The lines of prose at the present text size: far enough apart for the boxes not to touch."""
    made = QTextBlockFormat()
    made.setLineHeight(theme().px(_LINE_HEIGHT), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    made.setBottomMargin(theme().px(6))
    return made


def space_lines(document: QTextDocument) -> None:
    """Give all its lines the height of the present text size.

    Not while something typed can be undone or done again: Qt would count it as a step, or forget those. Such a
    text gets its lines when it is shown the next time.
    """
    if document.isUndoAvailable() or document.isRedoAvailable():
        return
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(line_format())
    document.setUndoRedoEnabled(True)


class ChipDrawer(QPyTextObject):
    """Draws the chips of one document. `values` gives what each stands for; a key without one is missing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: Mapping[str, str] = {}
        self.width = 400.0  # of the text column

    def shown(self, key: str) -> str:
        """What stands in the box."""
        return self.values.get(key) or f"falta {chip_label(key)}"

    def intrinsicSize(self, doc: QTextDocument, _position: int, made: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(doc.defaultFont())
        lines = self._lines(key_of_format(made), metrics)
        padding = theme().px(_PADDING)
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * padding + 2
        # The box stands on the line of the prose: its descent is painted below, where the line has room.
        return QSizeF(width, metrics.ascent() + (len(lines) - 1) * _step(metrics) + 2 + _gap(lines))

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, _position: int, made: QTextFormat
    ) -> None:
        key = key_of_format(made)
        metrics = QFontMetricsF(doc.defaultFont())
        tokens = current_tokens()
        tone = tokens.accent if self.values.get(key) else tokens.danger
        lines = self._lines(key, metrics)
        rect = QRectF(rect)
        box = rect.adjusted(1, _gap(lines), -1, metrics.descent() + 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(doc.defaultFont())
        edge = tokens.text if tokens.high_contrast else mixed(tone, tokens.surface, 0.4)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(mixed(tone, tokens.surface, 0.12)))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(tokens.text))
        for number, line in enumerate(reversed(lines)):
            painter.drawText(
                QPointF(rect.left() + 1 + theme().px(_PADDING), rect.bottom() - number * _step(metrics)), line
            )
        painter.restore()

    def _lines(self, key: str, metrics: QFontMetricsF) -> list[str]:
        """The value in lines no wider than the column, broken between words where that is possible."""
        room = max(self.width - 2 * theme().px(_PADDING) - theme().px(_ROOM_AFTER), theme().px(_NARROWEST))
        lines: list[str] = [""]
        for word in self.shown(key).split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if metrics.horizontalAdvance(longer) <= room:
                lines[-1] = longer
                continue
            if lines[-1]:
                lines.append("")
            while metrics.horizontalAdvance(word) > room and len(word) > 1:
                fits = max(1, int(len(word) * room / metrics.horizontalAdvance(word)))
                lines[-1:] = [word[:fits], ""]
                word = word[fits:]
            lines[-1] = word
        return lines


def _gap(lines: Sequence[str]) -> int:
    """A box of several lines keeps clear of the prose above it."""
    return theme().px(4) if len(lines) > 1 else 0


def _step(metrics: QFontMetricsF) -> float:
    return metrics.lineSpacing() + 2
