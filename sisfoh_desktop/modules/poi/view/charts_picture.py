"""A chart as a picture to paste elsewhere."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from sisfoh_desktop.qtkit.theme import current_tokens, theme


def framed(inner: QPixmap, title: str, words: str) -> QPixmap:
    """A picture with its title above it and its words below, on the ground of the theme."""
    tokens = current_tokens()
    pad, ratio = theme().px(12), inner.devicePixelRatio()
    width = round(inner.width() / ratio) + 2 * pad
    head, body = theme().font("section"), theme().font()
    flags = int(Qt.TextFlag.TextWordWrap)
    room = width - 2 * pad
    probe = QPainter(inner)
    heights = []
    for font, text in ((head, title), (body, words)):
        probe.setFont(font)
        heights.append(probe.fontMetrics().boundingRect(0, 0, room, 10_000, flags, text).height())
    probe.end()
    height = round(inner.height() / ratio) + sum(heights) + 4 * pad
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(tokens.surface))
    painter = QPainter(made)
    painter.setPen(QColor(tokens.text))
    painter.setFont(head)
    painter.drawText(pad, pad, room, heights[0], flags, title)
    painter.drawPixmap(pad, 2 * pad + heights[0], inner)
    painter.setFont(body)
    painter.drawText(pad, height - pad - heights[1], room, heights[1], flags, words)
    painter.end()
    return made
