"""The style sheet that Fusion wears over our palette: edges, states and sizes of controls, from the tokens."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.qtkit.theme import mixed

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.theme import Theme

_CHIP_TONES = ("ok", "warn", "danger", "dim", "accent", "practice")


def stylesheet(theme: "Theme") -> str:
    """The whole sheet for the theme's tokens and text size; in high contrast only the system's own colours."""
    return _sizes(theme) + (_edges(theme) if theme.tokens.high_contrast else _colours(theme))


def _mark(name: str, dark: bool) -> str:
    """Path of a small mark that style sheets take from a file (they cannot recolour one)."""
    return resource("icons", f"mark-{name}-{'dark' if dark else 'light'}.svg").as_posix()


def _sizes(theme: "Theme") -> str:
    px = theme.px
    return f"""
QLabel[role="caption"] {{ font-size: {theme.font_px("caption")}px; }}
QLabel[role="section"] {{ font-size: {theme.font_px("section")}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {theme.font_px("title")}px; font-weight: 600; }}
QLabel[chip] {{ border-radius: {px(7)}px; padding: {px(1)}px {px(8)}px; }}
QPushButton {{
  padding: {px(4)}px {px(12)}px; min-height: {px(20)}px; border-radius: 4px; icon-size: {px(16)}px;
}}
QLineEdit, QComboBox {{
  padding: {px(3)}px {px(6)}px; min-height: {px(20)}px; border-radius: 4px;
}}
QLineEdit[fit="cell"] {{ padding: {px(3)}px 1px; }}
QPlainTextEdit, QTextEdit {{ padding: {px(2)}px; border-radius: 4px; }}
QListWidget::item {{ padding: 0 {px(6)}px; }}
QTableWidget::item {{ padding: 0 5px; }}
QHeaderView::section {{ padding: {px(4)}px 8px; font-weight: 600; }}
QToolTip {{ padding: {px(4)}px; }}
"""


def _edges(theme: "Theme") -> str:
    """High contrast: Fusion's own edges vanish on black, so every control gets one in a colour of the system."""
    px = theme.px
    return f"""
QPushButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView, QToolButton {{
  border: 1px solid palette(window-text);
}}
QPushButton:focus, QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus,
QAbstractItemView:focus, QToolButton:focus {{ border: 2px solid palette(highlight); }}
QAbstractItemView {{ margin: 1px; }}
QAbstractItemView:focus {{ margin: 0; }}
QToolButton[role="mark"] {{ padding: 0; border: none; }}
QPushButton:disabled, QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only {{
  border: 1px dashed palette(window-text);
}}
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus {{ border: 2px dashed palette(highlight); }}
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"], QTextEdit[state="error"] {{
  border: 3px double palette(window-text);
}}
QLineEdit[state="error"]:focus, QComboBox[state="error"]:focus, QPlainTextEdit[state="error"]:focus,
QTextEdit[state="error"]:focus {{ border: 3px double palette(highlight); }}
QLabel[tone="danger"] {{ font-weight: 600; }}
QPushButton[role="link"] {{
  border: 2px solid transparent; text-align: left; text-decoration: underline; padding: 0; min-height: {px(18)}px;
}}
QPushButton[role="link"]:enabled {{ color: palette(link); }}
QPushButton[role="link"]:focus {{ border: 2px solid palette(highlight); }}
QPushButton[role="filter"] {{ padding: {px(1)}px {px(8)}px; min-height: {px(20)}px; }}
QPushButton[role="primary"] {{ border: 2px solid palette(window-text); font-weight: 600; }}
QPushButton[role="primary"]:disabled {{ border-style: dashed; }}
QPushButton[role="primary"]:focus {{ border: 2px solid palette(highlight); }}
QHeaderView, QHeaderView:focus {{ border: none; }}
QHeaderView::section {{ border: none; border-bottom: 1px solid palette(window-text); }}
QComboBox::drop-down {{ border: none; width: {px(20)}px; }}
QComboBox::down-arrow {{
  image: url("{_mark("chevron", theme.tokens.dark)}"); width: {px(14)}px; height: {px(14)}px;
}}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; padding: {px(2)}px; border: 2px solid transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: palette(highlight); }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTableView::indicator {{
  width: {px(14)}px; height: {px(14)}px; background: palette(base); border: 1px solid palette(window-text);
}}
QRadioButton::indicator {{ border-radius: {px(14) // 2 + 1}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked {{ background: palette(highlight); }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {{
  image: url("{_mark("check", theme.tokens.dark)}");
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-style: dashed; }}
QScrollBar:vertical {{ background: palette(window); width: {px(12)}px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: palette(window); height: {px(12)}px; margin: 0; border: none; }}
QScrollBar::handle {{ background: palette(window-text); border-radius: {px(3)}px; margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: palette(highlight); }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QTabBar::tab {{ padding: {px(4)}px {px(12)}px; border: 2px solid transparent; }}
QTabBar::tab:selected {{ border-color: palette(window-text); font-weight: 600; }}
QTabBar::tab:selected:focus {{ border-color: palette(highlight); }}
QFrame[role="banner"], QFrame[role="toast"], QFrame[role="card"], QFrame[role="bubble"],
QToolTip, QMenu {{
  background: palette(window); border: 1px solid palette(window-text);
}}
QMenu::item:selected {{ background: palette(highlight); color: palette(highlighted-text); }}
QLabel[chip] {{ border: 1px solid palette(window-text); }}
QLabel[chip=""] {{ border: none; }}
#rail QToolButton {{ text-align: left; padding: {px(6)}px {px(8)}px; border: 1px solid transparent; }}
#rail QToolButton:checked {{ border: 2px solid palette(window-text); font-weight: 600; }}
#rail QToolButton:focus {{ border: 2px solid palette(highlight); }}
#rail, #nextPanel, #topBar, #nextBar, QStatusBar {{ border: 1px solid palette(window-text); }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ padding: 0 {px(8)}px; }}
#practiceWords {{ font-weight: 600; }}
#practiceFrame[practice="true"] {{ border: 4px double palette(window-text); }}
QToolButton[menuless="true"] {{ border: 1px solid palette(window-text); border-radius: 4px; padding: {px(3)}px; }}
QToolButton[menuless="true"]:focus {{ border: 2px solid palette(highlight); padding: {px(3) - 1}px; }}
QToolButton[menuless="true"]::menu-indicator {{ image: none; }}
"""


def _colours(theme: "Theme") -> str:
    t = theme.tokens
    px = theme.px
    hover = mixed(t.text, t.surface, 0.06)
    hover_2 = mixed(t.text, t.surface_2, 0.06)
    pressed = mixed(t.text, t.surface, 0.12)
    edge = mixed(t.text_dim, t.surface, 0.55)
    faint = mixed(t.text_dim, t.surface, 0.7)
    chosen = mixed(t.accent, t.surface, 0.12)
    chosen_2 = mixed(t.accent, t.surface_2, 0.12)
    primary_hover = mixed(t.text if not t.dark else t.surface, t.accent, 0.15)
    chips = "".join(
        f'QLabel[chip="{tone}"] {{ color: {t.tone(tone)}; background: {mixed(t.tone(tone), t.surface, 0.08)};'  # type: ignore[arg-type]
        f" border: 1px solid {mixed(t.tone(tone), t.surface, 0.35)}; }}\n"  # type: ignore[arg-type]
        for tone in _CHIP_TONES
    )
    tones = "".join(
        f'QLabel[tone="{tone}"] {{ color: {t.tone(tone)}; }}\n'  # type: ignore[arg-type]
        for tone in _CHIP_TONES
    )
    return f"""
QWidget[ground="surface"], QWidget[ground="surface"] > QScrollArea > QWidget > QWidget {{
  background: {t.surface};
}}
QDialog {{ background: {t.surface}; }}
QToolTip {{ color: {t.text}; background: {t.surface}; border: 1px solid {edge}; }}

QPushButton {{
  color: {t.text}; background: {t.surface}; border: 1px solid {edge};
}}
QPushButton:hover:hover {{ background: {hover}; }}
QPushButton:pressed:pressed {{ background: {pressed}; }}
QPushButton:focus:focus {{
  border: 2px solid {t.accent}; padding: {px(4) - 1}px {px(12) - 1}px;
}}
QPushButton:disabled:disabled {{
  color: {faint}; background: {t.surface_2}; border-color: {t.line};
}}
QPushButton[role="primary"] {{
  color: {t.on_accent}; background: {t.accent}; border: 1px solid {t.accent}; font-weight: 600;
}}
QPushButton[role="primary"]:hover {{ background: {primary_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {t.text}; padding: {px(4) - 1}px {px(12) - 1}px; }}
QPushButton[role="primary"]:disabled {{
  color: {t.text_dim}; background: {t.surface_2}; border: 1px solid {t.line};
}}
QPushButton[role="danger"] {{ color: {t.danger}; border-color: {t.danger}; }}
QPushButton[role="link"] {{
  color: {t.accent}; background: transparent; border: 2px solid transparent; text-align: left;
  padding: 0; min-height: {px(18)}px;
}}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border: 2px solid {t.accent}; padding: 0; }}
QPushButton[role="filter"] {{
  color: {t.text}; background: {chosen}; border-color: {t.accent}; padding: {px(1)}px {px(8)}px;
  min-height: {px(20)}px;
}}
QPushButton[role="filter"]:focus {{ border: 2px solid {t.accent}; padding: {max(0, px(1) - 1)}px {px(8) - 1}px; }}
QPushButton[role="search"] {{ color: {t.text_dim}; background: {t.surface_2}; border-color: {t.line}; }}
QPushButton[role="search"]:hover {{ background: {hover_2}; }}
QPushButton[role="search"]:focus {{ border-color: {t.accent}; }}
QToolButton {{ color: {t.text}; border: 1px solid transparent; border-radius: 4px; padding: {px(3)}px; }}
QToolButton:hover {{ background: {hover_2}; }}
QToolButton[role="mark"] {{ padding: 0; border: none; }}
QToolButton:focus {{ border: 2px solid {t.accent}; padding: {px(3) - 1}px; }}

QLineEdit, QComboBox, QPlainTextEdit, QTextEdit {{
  color: {t.text}; background: {t.surface}; border: 1px solid {edge};
  selection-background-color: {t.accent}; selection-color: {t.on_accent};
  placeholder-text-color: {t.text_dim};
}}
QLineEdit:focus, QComboBox:focus {{
  border: 2px solid {t.accent}; padding: {px(3) - 1}px {px(6) - 1}px;
}}
QLineEdit[fit="cell"]:focus {{ padding: {px(3) - 1}px 0; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t.accent}; padding: {px(2) - 1}px; }}
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"], QTextEdit[state="error"] {{
  border-color: {t.danger};
}}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit:read-only,
QPlainTextEdit:read-only {{ background: {t.surface_2}; border-color: {t.line}; }}
QComboBox::drop-down {{ border: none; width: {px(20)}px; }}
QComboBox QAbstractItemView {{
  background: {t.surface}; border: 1px solid {edge}; outline: none;
  selection-background-color: {chosen}; selection-color: {t.text};
}}
QComboBox::down-arrow {{ image: url("{_mark("chevron", t.dark)}"); width: {px(14)}px; height: {px(14)}px; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; padding: {px(2)}px; border: 2px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTableView::indicator {{
  width: {px(14)}px; height: {px(14)}px; background: {t.surface}; border: 1px solid {t.text_dim};
}}
QCheckBox::indicator, QListView::indicator, QTableView::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {px(14) // 2 + 1}px; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {{
  background: {t.accent}; border-color: {t.accent}; image: url("{_mark("check", t.dark)}");
}}
QRadioButton::indicator:checked {{
  width: {px(14) - 8}px; height: {px(14) - 8}px; border: 5px solid {t.accent};
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.line}; }}

QAbstractItemView {{
  background: {t.surface}; border: 1px solid {t.line}; margin: 1px; outline: none;
  selection-background-color: {chosen}; selection-color: {t.text};
}}
QAbstractItemView:focus {{ border: 2px solid {t.accent}; margin: 0; }}
QTableView {{ gridline-color: transparent; }}
QHeaderView, QHeaderView:focus {{ background: {t.surface_2}; border: none; margin: 0; }}
QHeaderView::section {{
  color: {t.text}; background: {t.surface_2}; border: none; border-bottom: 1px solid {t.line};
}}
QHeaderView::section:hover {{ background: {hover_2}; }}

QScrollArea {{ border: none; }}
#paperGround, #readingArea {{ border: 2px solid transparent; }}
#paperGround:focus, #readingArea:focus {{ border-color: {t.accent}; }}
#paperGround, #paperGround > QWidget > QWidget {{ background: {mixed(t.line, t.surface_2, 0.6)}; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {mixed(t.text_dim, t.surface, 0.45)}; border-radius: {px(3)}px; margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {t.text_dim}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QMenu {{ background: {t.surface}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: {px(5)}px {px(24)}px; border-radius: 3px; }}
QMenu::item:selected {{ background: {chosen}; color: {t.text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar::tab {{
  color: {t.text_dim}; padding: {px(6)}px {px(12)}px; border: none; border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:focus {{
  color: {t.accent}; border: 2px solid {t.accent}; padding: {px(6) - 2}px {px(12) - 2}px {px(6)}px;
}}
QTabBar[many="true"]::tab {{ padding: {px(6)}px {max(12, px(7))}px; }}
QTabBar[many="true"]::tab:focus {{ padding: {px(6) - 2}px {max(12, px(7)) - 2}px {px(6)}px; }}
QProgressBar {{
  border: none; background: {t.line}; border-radius: 2px; max-height: 4px; min-height: 4px;
}}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
QSplitter::handle {{ background: {t.line}; }}

QLabel[role="caption"], QLabel[tone="dim"] {{ color: {t.text_dim}; }}
{tones}{chips}
QFrame[role="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; }}
QFrame[role="bubble"] {{ background: {t.surface}; border: 2px solid {t.accent}; border-radius: 6px; }}
QFrame[role="banner"] {{
  background: {mixed(t.danger, t.surface, 0.08)}; border: 1px solid {mixed(t.danger, t.surface, 0.5)};
  border-radius: 4px;
}}
QFrame[role="banner"] QLabel {{ color: {t.text}; background: transparent; }}
QFrame[role="banner"] QPushButton[role="link"] {{ color: {t.danger}; }}
QFrame[role="toast"] {{ background: {t.text}; border-radius: 4px; }}
QFrame[role="toast"] QLabel {{ color: {t.surface}; }}
QFrame[role="toast"] QPushButton {{ color: {mixed(t.accent, t.surface, 0.45)}; }}

#rail {{ background: {t.surface_2}; border-right: 1px solid {t.line}; }}
#rail QToolButton {{
  color: {t.text}; border: 1px solid transparent; border-radius: 4px; text-align: left;
  padding: {px(6)}px {px(8)}px;
}}
#rail QToolButton:hover {{ background: {hover_2}; }}
#rail QToolButton:checked {{ background: {chosen_2}; color: {t.accent}; font-weight: 600; }}
#rail QToolButton:focus {{ border: 2px solid {t.accent}; padding: {px(6) - 1}px {px(8) - 1}px; }}
#topBar {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
#nextPanel {{ background: {t.surface_2}; border-left: 1px solid {t.line}; }}
#nextBar {{ background: {t.surface_2}; border-top: 1px solid {t.line}; }}
#center {{ background: {t.surface}; }}
QStatusBar {{ background: {t.surface_2}; border-top: 1px solid {t.line}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {t.text_dim}; padding: 0 {px(8)}px; }}
QStatusBar QLabel[tone="danger"] {{ color: {t.danger}; }}
QStatusBar QLabel[tone="warn"] {{ color: {t.warn}; }}
QStatusBar QLabel[tone="practice"] {{ color: {t.practice}; font-weight: 600; }}
#practiceWords {{
  background: {t.practice}; color: {t.on_accent}; font-weight: 600; padding: 0 0 {px(3)}px 0;
}}
QToolButton[menuless="true"]::menu-indicator {{ image: none; }}
#practiceFrame[practice="true"] {{ border: 4px solid {t.practice}; }}
"""
