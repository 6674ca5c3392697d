"""Words on paper: making any text safe to print, and the paragraph styles by role.

Everything typed by a person or read from a file goes through `safe` (inside markup) or `clean` (outside it), so
that `<b>`, `&`, control signs and letters that the typeface lacks can neither break a paper nor vanish.
"""

import functools
import unicodedata
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from sisfoh_desktop.documents.fonts import BOLD, ITALIC, REGULAR, register_fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

REPLACEMENT = (
    "□"  # printed for each letter that the typeface lacks: visible, so that nobody signs over a hole
)

# Signs with a twin that prints alike; thin spaces become no-break ones so that amounts stay on one line.
_TWINS = str.maketrans(
    {
        "\t": " ",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\u0085": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u2007": "\u00a0",
        "\u2009": "\u00a0",
        "\u202f": "\u00a0",
        "\u2010": "-",
        "\u2011": "-",
    }
)

Role = Literal[
    "text", "act", "title", "heading", "centred", "right", "left", "item", "table", "table_head", "note"
]


def clean(text: str) -> str:
    """`text` as it can be printed: composed letters, no control or invisible signs, □ for unknown letters."""
    return "".join(REPLACEMENT if _unknown(sign) else sign for sign in _normal(text))


def one_line(text: str) -> str:
    """`text` cleaned, its line ends and repeated blanks as single ones."""
    return " ".join(clean(text).split())


def unprintable(text: str) -> str:
    """The letters of `text` that would print as □, each once, in order; empty when all is well."""
    return "".join(dict.fromkeys(sign for sign in _normal(text) if _unknown(sign)))


def safe(text: str) -> str:
    """`text` ready to stand inside paragraph markup: cleaned, `& < >` escaped, line ends as breaks."""
    return escape(clean(text)).replace("\n", "<br/>")


def bold(text: str) -> str:
    """Safe markup of `text` in bold."""
    return f"<b>{safe(text)}</b>"


def paragraph(text: str, role: Role = "text", *, label: str = "") -> "Paragraph":
    """A paragraph of plain `text`; `label` ("a.", "1.") hangs at its left (role "item")."""
    return plain_paragraph(text, style(role), label)


def plain_paragraph(text: str, look: "ParagraphStyle", label: str = "") -> "Paragraph":
    """A paragraph of plain `text` in a style of the caller's own."""
    from sisfoh_desktop.documents.paragraph_flow import SteadyParagraph

    register_fonts()
    cleaned, hanging = clean(text), clean(label) or None
    if "\n" in cleaned:
        return SteadyParagraph(safe(text), look, bulletText=hanging)
    return SteadyParagraph.plain(cleaned, look, hanging)


def rich_paragraph(markup: str, role: Role = "text", *, label: str = "") -> "Paragraph":
    """A paragraph of `markup` put together from `safe` and `bold`; never from raw text."""
    from sisfoh_desktop.documents.paragraph_flow import SteadyParagraph

    register_fonts()
    return SteadyParagraph(markup, style(role), bulletText=clean(label) or None)


@functools.cache
def style(role: Role) -> "ParagraphStyle":
    """The paragraph style of a role (look.md, "Paper"): sizes in points, line 1.35 in running text.

    Roles with `keeps_next` are never left alone at the foot of a page: page.py sees to it.
    """
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    base = ParagraphStyle(
        "text",
        fontName=REGULAR,
        fontSize=10.5,
        leading=14.2,
        alignment=TA_JUSTIFY,
        spaceAfter=7.1,
        allowWidows=0,
        allowOrphans=0,
        bulletFontName=REGULAR,
        bulletFontSize=10.5,
        keeps_next=False,
    )
    changes: dict[str, dict[str, object]] = {
        "text": {},
        "act": {
            "fontName": BOLD,
            "fontSize": 12,
            "leading": 16.2,
            "alignment": TA_CENTER,
            "keeps_next": True,
        },
        "title": {"fontName": BOLD, "alignment": TA_CENTER, "keeps_next": True},
        "heading": {"fontName": BOLD, "alignment": TA_LEFT, "spaceBefore": 4, "keeps_next": True},
        "centred": {"alignment": TA_CENTER},
        "right": {"alignment": TA_RIGHT},
        "left": {"alignment": TA_LEFT},
        "item": {"leftIndent": 18, "spaceAfter": 4},
        "table": {"fontSize": 9, "leading": 11.5, "alignment": TA_LEFT, "spaceAfter": 0, "bulletFontSize": 9},
        "table_head": {
            "fontName": BOLD,
            "fontSize": 8.5,
            "leading": 10.5,
            "alignment": TA_CENTER,
            "spaceAfter": 0,
        },
        "note": {
            "fontName": ITALIC,
            "fontSize": 8,
            "leading": 10.5,
            "alignment": TA_LEFT,
            "spaceAfter": 4,
        },
    }
    return ParagraphStyle(role, parent=base, **changes[role])


def _normal(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_TWINS)
    # Cc are controls; Cf are the invisible ones (zero width, soft hyphen, right-to-left marks).
    return "".join(
        sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf")
    )


def _unknown(sign: str) -> bool:
    return sign != "\n" and ord(sign) not in register_fonts()
