"""Colours by role: the very tokens of the visual language, readable, and out of the way in high contrast."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollBar,
    QTableWidget,
    QWidget,
)

from sisfoh_desktop.qtkit import theme as theme_module
from sisfoh_desktop.qtkit.stylesheet import stylesheet
from sisfoh_desktop.qtkit.theme import (
    DARK,
    LIGHT,
    SCALES,
    Tokens,
    contrast,
    current_tokens,
    mixed,
    nearest_scale,
    theme,
)

TEXTS = ("text", "text_dim", "accent", "ok", "warn", "danger", "practice")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("surface", ["surface", "surface_2"])
def test_every_text_is_readable_on_every_surface(tokens: Tokens, text: str, surface: str):
    assert contrast(getattr(tokens, text), getattr(tokens, surface)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_buttons_selections_chips_and_banners(tokens: Tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.practice) >= 4.5
    for text in TEXTS:
        selected = mixed(tokens.accent, tokens.surface, 0.12)
        if text in ("text", "text_dim"):
            assert contrast(getattr(tokens, text), selected) >= 4.5
        chip = mixed(getattr(tokens, text), tokens.surface, 0.08)
        assert contrast(getattr(tokens, text), chip) >= 4.5
    assert contrast(tokens.text, mixed(tokens.danger, tokens.surface, 0.08)) >= 4.5


def test_the_tokens_are_those_of_the_visual_language():
    assert (LIGHT.surface, LIGHT.surface_2, LIGHT.line) == ("#FFFFFF", "#F4F5F7", "#D9DCE1")
    assert (LIGHT.text, LIGHT.text_dim, LIGHT.accent) == ("#1B1F24", "#5B6470", "#1D5FA8")
    assert (LIGHT.ok, LIGHT.warn, LIGHT.danger, LIGHT.practice) == (
        "#1B7A4B",
        "#9A5B00",
        "#B3261E",
        "#6D3FA0",
    )
    assert (DARK.surface, DARK.surface_2, DARK.line) == ("#1E2124", "#26292D", "#3A3F45")
    assert (DARK.text, DARK.text_dim, DARK.accent) == ("#E8EAED", "#A3ABB5", "#6FB1FF")
    assert (DARK.ok, DARK.warn, DARK.danger, DARK.practice) == ("#5CC98F", "#F2B04C", "#FF8A80", "#C39BEB")


def test_contrast_agrees_with_the_known_extremes():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_dark_is_put_on_and_taken_off(qapp):
    theme().set_scheme("dark")
    assert QApplication.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface)
    theme().set_scheme("light")
    assert QApplication.palette().color(QPalette.ColorRole.Base) == QColor(LIGHT.surface)


def test_practice_takes_its_own_accent():
    theme().set_practice(True)
    assert current_tokens().accent == LIGHT.practice
    theme().set_practice(False)
    assert current_tokens().accent == LIGHT.accent


def test_high_contrast_leaves_the_systems_palette_alone(monkeypatch, qapp):
    monkeypatch.setattr(theme_module, "system_high_contrast", lambda _app: True)
    theme().set_scheme("system")
    assert current_tokens().high_contrast
    assert not any(token in qapp.styleSheet() for token in (LIGHT.accent, LIGHT.danger, DARK.accent))
    monkeypatch.undo()
    theme().set_scheme("light")
    assert LIGHT.accent in qapp.styleSheet()


def test_high_contrast_shows_where_a_scroll_bar_stands(monkeypatch, qtbot):
    monkeypatch.setattr(theme_module, "system_high_contrast", lambda _app: True)
    theme().set_scheme("system")
    bar = QScrollBar(Qt.Orientation.Vertical)
    qtbot.addWidget(bar)
    bar.setRange(0, 100)
    bar.setPageStep(100)
    bar.resize(bar.sizeHint().width(), 200)
    picture = bar.grab().toImage()
    middle = picture.width() // 2
    handle, ground = (picture.pixelColor(middle, at).name() for at in (40, 160))
    assert contrast(handle, ground) >= 4.5
    monkeypatch.undo()
    theme().set_scheme("light")


@pytest.mark.parametrize("high_contrast", [False, True])
def test_no_box_is_drawn_where_two_scroll_bars_meet(monkeypatch, qtbot, high_contrast):
    monkeypatch.setattr(theme_module, "system_high_contrast", lambda _app: high_contrast)
    theme().set_scheme("system" if high_contrast else "light")
    table = QTableWidget(50, 20)
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    picture = table.grab().toImage()
    upright, level = table.verticalScrollBar(), table.horizontalScrollBar()
    assert upright.isVisible()
    assert level.isVisible()
    right, top = upright.mapTo(table, upright.rect().topLeft()).x(), level.mapTo(table, QPoint(0, 0)).y()
    inside = {
        picture.pixelColor(right + x, top + y).name()
        for x in range(upright.width())
        for y in range(level.height())
    }
    monkeypatch.undo()
    theme().set_scheme("light")
    assert len(inside) == 1


def test_high_contrast_breaks_the_edge_of_what_cannot_be_used_yet(monkeypatch, qtbot):
    monkeypatch.setattr(theme_module, "system_high_contrast", lambda _app: True)
    theme().set_scheme("system")
    button, field = QPushButton("Cifrar"), QLineEdit()
    button.setProperty("role", "primary")
    for control in (button, field):
        qtbot.addWidget(control)
        control.resize(120, 30)
        edges = []
        for usable in (True, False):
            control.setEnabled(usable)
            picture = control.grab().toImage()
            edges.append({picture.pixelColor(at, 0).name() for at in range(20, 100)})
        whole, broken = edges
        assert len(whole) == 1
        assert len(broken) > 1
    monkeypatch.undo()
    theme().set_scheme("light")


@pytest.fixture
def in_high_contrast(monkeypatch):
    """Dressed as on a system in high contrast; the tokens."""
    with monkeypatch.context() as patched:
        patched.setattr(theme_module, "system_high_contrast", lambda _app: True)
        theme().set_scheme("system")
        yield current_tokens()
    theme().set_scheme("light")


def edge_of(control: QWidget) -> set[str]:
    """The colours along the top edge of a control, its corners left out."""
    control.resize(120, 30)
    picture = control.grab().toImage()
    return {picture.pixelColor(at, 0).name() for at in range(20, 100)}


def test_high_contrast_writes_every_state_in_the_colour_of_text(in_high_contrast: Tokens):
    for tone in ("ok", "warn", "danger", "dim", "accent", "practice"):
        assert in_high_contrast.tone(tone) == in_high_contrast.text  # type: ignore[arg-type]


@pytest.mark.usefixtures("in_high_contrast")
def test_high_contrast_tells_what_is_only_read_from_what_is_written(qtbot):
    field = QLineEdit("Gerencia Municipal")
    qtbot.addWidget(field)
    assert len(edge_of(field)) == 1
    field.setReadOnly(True)
    assert len(edge_of(field)) > 1


@pytest.mark.usefixtures("in_high_contrast")
def test_high_contrast_shows_which_field_is_refused(qtbot):
    field, refused = QLineEdit("Tacna"), QLineEdit("Tacna")
    refused.setProperty("state", "error")
    pictures = []
    for one in (field, refused):
        qtbot.addWidget(one)
        one.resize(120, 30)
        pictures.append(one.grab().toImage())
    assert pictures[0] != pictures[1]


@pytest.mark.usefixtures("in_high_contrast")
def test_high_contrast_tells_a_mark_that_cannot_be_set_from_one_that_can(qtbot):
    mark = QCheckBox()
    qtbot.addWidget(mark)
    usable = mark.grab().toImage()
    mark.setEnabled(False)
    assert mark.grab().toImage() != usable


def test_high_contrast_frames_the_list_that_has_the_focus_in_two_pixels(in_high_contrast: Tokens, qtbot):
    held = QListWidget()
    qtbot.addWidget(held)
    held.resize(200, 200)
    held.show()
    held.setFocus()
    qtbot.waitUntil(held.hasFocus)
    picture = held.grab().toImage()
    assert {picture.pixelColor(at, 100).name().upper() for at in (0, 1)} == {in_high_contrast.accent}


@pytest.mark.parametrize(("asked", "given"), [(100, 100), (10, 100), (500, 160), (130, 125)])
def test_text_sizes_stay_within_what_is_offered(asked: int, given: int):
    assert nearest_scale(asked) == given
    assert SCALES[0] == 100
    assert SCALES[-1] == 160


def test_text_grows_with_the_scale(qtbot):
    label = QLabel("SISFOH")
    qtbot.addWidget(label)
    small = label.sizeHint().height()
    theme().set_scale(160)
    label.ensurePolished()
    assert label.sizeHint().height() > small
    assert theme().font_px() == round(theme().font_px() / theme().scale * 160)


def test_the_pictures_of_buttons_grow_with_their_words(qtbot):
    button = QPushButton("Imprimir…")
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.iconSize().width() == 16
    theme().set_scale(160)
    button.ensurePolished()
    assert button.iconSize().width() == 26


def test_there_are_four_sizes_of_text():
    assert [theme().font_px(role) for role in ("caption", "section", "title")] == [11, 15, 20]
    assert theme().font_px() in (12, 13)


def test_screens_use_the_shipped_letters_except_on_windows():
    import sys

    if sys.platform != "win32":
        assert theme_module.installed_family() == "Liberation Sans"


@pytest.mark.parametrize(("has_it", "family"), [(True, "Segoe UI"), (False, "Liberation Sans")])
def test_on_windows_the_letters_are_its_own_or_the_shipped_ones_but_always_named(monkeypatch, has_it, family):
    monkeypatch.setattr(theme_module.sys, "platform", "win32")
    monkeypatch.setattr(theme_module.QFontDatabase, "hasFamily", lambda name: has_it and name == "Segoe UI")
    assert theme_module.load_fonts() == family


def test_focus_is_two_pixels_wide():
    sheet = stylesheet(theme())
    for control in ("QPushButton:focus", "QLineEdit:focus", "QAbstractItemView:focus", "QToolButton:focus"):
        assert "border: 2px solid" in sheet[sheet.index(control) :].partition("}")[0]


def test_every_named_token_is_a_colour(qtbot):
    for name in theme_module.token_names():
        assert QColor(getattr(LIGHT, name)).isValid(), name
    button = QPushButton("Guardar")
    qtbot.addWidget(button)
    assert not button.grab().isNull()
