"""What a list puts on the clipboard: its cells by tabs, as a spreadsheet takes them."""

from collections.abc import Iterable, Sequence

from sisfoh_desktop.basics.shown_columns import bare_figure

_FORMULA_STARTS, _SIGNS = ("=", "@"), ("+", "-")


def clipboard_text(lines: Iterable[Sequence[str]]) -> str:
    """The lines, the heads among them, in the form in which Excel and LibreOffice paste cells."""
    return "\n".join("\t".join(_cell(text) for text in line) for line in lines)


def _cell(text: str) -> str:
    """A cell for the clipboard: one line, figures to reckon with; what would be run as a formula stays text."""
    plain = " ".join(bare_figure(text).split())
    runs = plain[:1] in _FORMULA_STARTS or (plain[:1] in _SIGNS and not plain[1:2].isdigit())
    return f"'{plain}" if runs else plain
