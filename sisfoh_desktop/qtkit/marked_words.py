"""Words that went and came as rich text: struck through and underlined, never by colour alone."""

from collections.abc import Iterable
from html import escape

from sisfoh_desktop.basics.word_changes import Stretch, StretchKind
from sisfoh_desktop.qtkit.theme import current_tokens


def marked_html(stretches: Iterable[Stretch]) -> str:
    """The stretches as one text in the theme's colours; every sign of them is text, never mark-up."""
    tokens = current_tokens()
    marks = {
        StretchKind.SAME: ("", ""),
        StretchKind.REMOVED: (f'<s style="color:{tokens.danger}">', "</s>"),
        StretchKind.ADDED: (f'<u style="color:{tokens.ok}">', "</u>"),
    }
    return "".join(_inside(one.text, *marks[one.kind]) for one in stretches)


def _inside(text: str, start: str, end: str) -> str:
    return f"{start}{escape(text)}{end}".replace("\n", "<br/>")
