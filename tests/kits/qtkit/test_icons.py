"""Line icons in the colour of the theme."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtWidgets import QToolButton

from sisfoh_desktop.basics.paths import data_root, resource
from sisfoh_desktop.qtkit import icons
from sisfoh_desktop.qtkit import theme as theme_module
from sisfoh_desktop.qtkit.theme import DARK, LIGHT, current_tokens, theme

PACKAGE = data_root() / "sisfoh_desktop"
SHIPPED = sorted(path.stem for path in resource("icons").glob("*.svg"))


def colours(picture) -> set[str]:
    image = picture.toImage()
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_icon_can_be_drawn(name: str):
    assert not icons.pixmap(name, size=40).toImage().allGray() or colours(icons.pixmap(name, size=40))


def test_an_icon_follows_the_theme(qtbot):
    button = QToolButton()
    qtbot.addWidget(button)
    icons.set_icon(button, "search", "danger")
    assert LIGHT.danger in colours(button.icon().pixmap(40))
    theme().set_scheme("dark")
    assert DARK.danger in colours(button.icon().pixmap(40))
    theme().set_scheme("light")


def test_in_high_contrast_the_icon_of_a_chosen_row_is_seen_on_it(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(theme_module, "system_high_contrast", lambda _app: True)
        theme().set_scheme("system")
        tokens = current_tokens()
        assert colours(icons.icon("search").pixmap(40, QIcon.Mode.Selected)) == {tokens.on_accent}
    theme().set_scheme("light")


def test_a_deleted_button_does_not_stop_the_others(qtbot):
    action = QAction("Buscar")
    icons.set_icon(action, "search")
    gone = QToolButton()
    icons.set_icon(gone, "search")
    import shiboken6

    shiboken6.delete(gone)
    theme().set_scheme("dark")
    assert not action.icon().isNull()
    theme().set_scheme("light")


def test_a_missing_file_leaves_an_empty_icon_and_no_stop():
    assert not icons.icon("no-such-icon").isNull()


def test_every_icon_that_the_code_names_is_shipped():
    named: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for pattern in (
            r'(?:set_icon\([^,()]+,|\bicon\(|\bpixmap\()\s*"([a-z0-9-]+)"',
            r'icon(?:_name)?="([a-z0-9-]+)"',
            r'PageSpec\("[^"]+", "[^"]+", "([a-z0-9-]+)"',
            r'Finding\("[^"]+", "([a-z0-9-]+)"',
        ):
            named.update(re.findall(pattern, text))
    assert named <= set(SHIPPED), sorted(named - set(SHIPPED))


def test_the_licence_stands_beside_the_icons():
    assert "ISC License" in Path(resource("icons", "LICENSE")).read_text(encoding="utf-8")
