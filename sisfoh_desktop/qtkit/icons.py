"""Lucide's line icons, drawn in the colour of the theme. The files and their licence lie in resources/icons."""

import weakref
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.qtkit.theme import current_tokens, theme

ICON_SIZE = 20
_THIN = "1.75"


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon) -> None: ...


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    """The SVG text with a place for its colour; a missing file gives an empty drawing, never a stop."""
    try:
        text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'
    return text.replace('stroke-width="2"', f'stroke-width="{_THIN}"')


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, pixels: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


def pixmap(name: str, role: str = "text", size: int = ICON_SIZE) -> QPixmap:
    """The icon as a picture of `size` logical pixels, sharp at two device pixels each."""
    picture = QPixmap(_pixmap(name, str(getattr(current_tokens(), role)), size * 2))
    picture.setDevicePixelRatio(2)
    return picture


def icon(name: str, role: str = "text", checked_role: str = "") -> QIcon:
    """The icon in the colour of `role`, and of `checked_role` while its button is checked.

    Drawn once, at the largest size that the screens can show; Qt makes it smaller, and pale when disabled.
    """
    tokens = current_tokens()
    pixels = round(theme().px(ICON_SIZE) * QGuiApplication.instance().devicePixelRatio())  # type: ignore[union-attr]
    made = QIcon(_pixmap(name, str(getattr(tokens, role)), pixels))
    if tokens.high_contrast:  # a chosen row takes the system's colour, and its icon that of the words in it
        made.addPixmap(_pixmap(name, tokens.on_accent, pixels), QIcon.Mode.Selected)
    if checked_role:
        made.addPixmap(
            _pixmap(name, str(getattr(tokens, checked_role)), pixels), QIcon.Mode.Normal, QIcon.State.On
        )
    return made


_wearers: "weakref.WeakKeyDictionary[object, tuple[str, str, str]]" = weakref.WeakKeyDictionary()
_listening = False


def set_icon(wearer: _HasIcon, name: str, role: str = "text", checked_role: str = "") -> None:
    """Give a button or an action its icon, and a new one whenever the theme changes."""
    global _listening
    if not _listening:
        _listening = True
        theme().changed.connect(_recolour)
    _wearers[wearer] = (name, role, checked_role)
    wearer.setIcon(icon(name, role, checked_role))


def _recolour() -> None:
    for wearer, wish in list(_wearers.items()):
        try:
            wearer.setIcon(icon(*wish))  # type: ignore[attr-defined]
        except RuntimeError:  # Qt has deleted it, Python not yet
            del _wearers[wearer]


def icon_size() -> QSize:
    """20 px at 100 % text size."""
    return QSize(theme().px(ICON_SIZE), theme().px(ICON_SIZE))
