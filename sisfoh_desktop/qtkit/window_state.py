"""What the window itself remembers: its size and place, the text size, the last page. Never data of the office."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    """A small file of the window's own; an unreadable or unwritable one only costs the comfort."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """As QWidget.saveGeometry gives it; empty the first time."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    @property
    def scale(self) -> int:
        """Text size in per cent."""
        text = str(self._settings.value("scale", "100"))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 100

    @scale.setter
    def scale(self, value: int) -> None:
        self._settings.setValue("scale", value)

    @property
    def toured(self) -> tuple[str, ...]:
        """Who was offered the guided tour on this PC."""
        value = self._settings.value("toured", [])
        return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)

    @toured.setter
    def toured(self, people: tuple[str, ...]) -> None:
        self._settings.setValue("toured", list(people))

    def save(self) -> None:
        """Write the file now."""
        self._settings.sync()
