"""How Qt wears the tokens of the visual language: palette, fonts, sizes, text scale.

Light and dark follow the system; in high contrast the system's palette rules and ours is off. The practice
mode takes its own accent. The colours themselves are in `tokens`.
"""

import sys
from dataclasses import fields, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.qtkit.tokens import DARK, LIGHT, Tokens, Tone

__all__ = [
    "DARK",
    "LIGHT",
    "ROW_HEIGHT",
    "SCALES",
    "Theme",
    "Tokens",
    "Tone",
    "contrast",
    "current_tokens",
    "installed_family",
    "load_fonts",
    "mixed",
    "nearest_scale",
    "palette_of",
    "system_high_contrast",
    "theme",
    "token_names",
]

SCALES = (100, 110, 125, 140, 160)
ROW_HEIGHT = 28
_WINDOWS_FAMILY = "Segoe UI"
_BASE_SIZES = {"caption": 11, "body": 13, "section": 15, "title": 20}


def mixed(front: str, back: str, share: float) -> str:
    """`front` laid over `back` at `share` (0..1), as an opaque colour."""
    one, two = QColor(front), QColor(back)
    parts = (
        round(a * share + b * (1 - share))
        for a, b in ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    )
    return "#{:02X}{:02X}{:02X}".format(*parts)


def contrast(one: str, two: str) -> float:
    """WCAG contrast ratio of two colours, 1..21."""

    def luminance(colour: str) -> float:
        shown = QColor(colour)
        parts = [
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in (shown.redF(), shown.greenF(), shown.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _tokens_of_palette(palette: QPalette) -> Tokens:
    """High contrast: every role from the system, states told apart by shape and word alone."""

    def name(role: QPalette.ColorRole) -> str:
        return palette.color(role).name().upper()

    text = name(QPalette.ColorRole.WindowText)
    return Tokens(
        surface=name(QPalette.ColorRole.Base),
        surface_2=name(QPalette.ColorRole.Window),
        line=text,
        text=text,
        text_dim=text,
        accent=name(QPalette.ColorRole.Highlight),
        ok=text,
        warn=text,
        danger=text,
        practice=text,
        on_accent=name(QPalette.ColorRole.HighlightedText),
        dark=palette.color(QPalette.ColorRole.Window).lightness() < 128,
        high_contrast=True,
    )


class Theme(QObject):
    """The look in force; one per process. `changed` tells widgets that paint by hand to paint again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scale = 100
        self._scheme = "system"
        self._practice = False
        self._family = ""
        self._system_palette: QPalette | None = None
        self._started = False

    def start(self, app: QApplication, scheme: str = "system", *, scale: int = 100) -> None:
        """Dress the application; from now on it follows the system's light, dark and contrast settings."""
        self._scheme = scheme if scheme in ("light", "dark") else "system"
        self.scale = nearest_scale(scale)
        if not self._started:
            self._started = True
            self._system_palette = app.palette()
            app.setStyle("Fusion")
            hints = app.styleHints()
            hints.colorSchemeChanged.connect(self._on_system_changed)
            accessibility = getattr(hints, "accessibility", None)
            if accessibility is not None:  # Qt 6.10
                accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
            self._family = load_fonts()
        self._dress()

    def set_scheme(self, scheme: str) -> None:
        """Choose "light", "dark" or "system"; takes effect at once."""
        self._scheme = scheme if scheme in ("light", "dark") else "system"
        self._dress()

    def set_practice(self, practice: bool) -> None:
        """Take the practice accent, or give it back."""
        if practice != self._practice:
            self._practice = practice
            self._dress()

    def set_scale(self, scale: int) -> None:
        """Text size in per cent, 100..160; sizes that follow it are asked for again on `changed`."""
        scale = nearest_scale(scale)
        if scale != self.scale:
            self.scale = scale
            self._dress()

    @property
    def practice(self) -> bool:
        return self._practice

    def px(self, pixels: float) -> int:
        """A length at 100 % as pixels at the present text size."""
        return round(pixels * self.scale / 100)

    def font_px(self, role: str = "body") -> int:
        """Pixel size of a text role: caption, body, section, title."""
        base = _BASE_SIZES[role]
        if self._family == _WINDOWS_FAMILY and role == "body":
            base = 12  # Segoe UI 9 pt
        return self.px(base)

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        """The font of a text role."""
        font = QFont(self._family) if self._family else QFont()
        font.setPixelSize(self.font_px(role))
        if bold or role in ("section", "title"):
            font.setWeight(QFont.Weight.DemiBold)
        return font

    # -- inside ----------------------------------------------------------------------------------------

    def _on_system_changed(self) -> None:
        self._dress()

    def _choose_tokens(self, app: QApplication) -> Tokens:
        if system_high_contrast(app):
            return _tokens_of_palette(self._system_palette or app.palette())
        dark = self._scheme == "dark" or (
            self._scheme == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        tokens = DARK if dark else LIGHT
        return replace(tokens, accent=tokens.practice) if self._practice else tokens

    def _dress(self) -> None:
        from sisfoh_desktop.qtkit.stylesheet import stylesheet

        app = QApplication.instance()
        if not isinstance(app, QApplication) or not self._started:
            return
        self.tokens = self._choose_tokens(app)
        app.setFont(self.font())
        if self.tokens.high_contrast and self._system_palette is not None:
            app.setPalette(self._system_palette)
        else:
            app.setPalette(palette_of(self.tokens))
        app.setStyleSheet(stylesheet(self))
        self.changed.emit()


def nearest_scale(scale: int) -> int:
    """The offered text size nearest to the one asked for."""
    return min(SCALES, key=lambda offered: abs(offered - scale))


def system_high_contrast(app: QApplication) -> bool:
    """Whether the person asked the system for high contrast."""
    hints = app.styleHints()  # kept: what it hands out dies with it
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def load_fonts() -> str:
    """The family for screens: Windows' own where it is there, else the shipped sans; "" keeps the system's.

    Always asked for by its name: what Qt puts in the place of a face that is missing may be of any kind.
    """
    if sys.platform == "win32" and QFontDatabase.hasFamily(_WINDOWS_FAMILY):
        return _WINDOWS_FAMILY
    families: list[str] = []
    for face in ("Regular", "Bold"):  # the screens use no italics
        number = QFontDatabase.addApplicationFont(str(resource("fonts", f"LiberationSans-{face}.ttf")))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def palette_of(tokens: Tokens) -> QPalette:
    """Our tokens as Qt's palette."""
    role = QPalette.ColorRole
    palette = QPalette()
    faint = mixed(tokens.text_dim, tokens.surface, 0.7)
    for target, colour in (
        (role.Window, tokens.surface_2),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface_2),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.ToolTipBase, tokens.surface),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.text_dim),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line),
        (role.Dark, tokens.text_dim),
        (role.Shadow, tokens.text_dim),
        (role.Accent, tokens.accent),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(faint))
    return palette


_theme: Theme | None = None


def theme() -> Theme:
    """The theme of this process."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def current_tokens() -> Tokens:
    """The colours in force."""
    return theme().tokens


def token_names() -> tuple[str, ...]:
    """Names of the colour roles, for the gallery and the tests."""
    return tuple(item.name for item in fields(Tokens) if item.type in ("str", str))


def installed_family() -> str:
    """The family that text is really drawn with."""
    return QFontInfo(theme().font()).family()
