"""Colours by role: the very tokens of the visual language, readable, and out of the way in high contrast."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

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


def test_there_are_four_sizes_of_text():
    assert [theme().font_px(role) for role in ("caption", "section", "title")] == [11, 15, 20]
    assert theme().font_px() in (12, 13)


def test_screens_use_the_shipped_letters_except_on_windows():
    import sys

    if sys.platform != "win32":
        assert theme_module.installed_family() == "Liberation Sans"


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
