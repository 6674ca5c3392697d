"""The sums that a file brings with it, compared with its own rows: a row lost or added on the way shows here. Pure."""

import re
from collections.abc import Sequence

from sisfoh_desktop.modules.kardex.rules.importing import Finding, TotalRow
from sisfoh_desktop.modules.kardex.rules.importing_names import Names, plain_words
from sisfoh_desktop.modules.kardex.rules.importing_rows import ReadRow

_SUM = re.compile(r"^(sub ?total(es)?|total(es)?( general(es)?| parcial(es)?)?|suman?|van)\b")
_CARRIED = re.compile(r"^vienen\b")


def is_total(text: str) -> bool:
    """Whether a row that begins so is one of sums, and no row of forms."""
    return _SUM.match(plain_words(text)) is not None


def is_carried(text: str) -> bool:
    """«VIENEN»: what the page before already told."""
    return _CARRIED.match(plain_words(text)) is not None


def is_partial(text: str) -> bool:
    """Whether the next sum begins after this one."""
    return plain_words(text).startswith(("subtotal", "sub total", "total parcial"))


def check_totals(totals: Sequence[TotalRow], rows: Sequence[ReadRow], names: Names) -> list[Finding]:
    """The sums that the rows above them do not give; quantities count as written, or else by their numbers."""
    found: list[Finding] = []
    codes = {plain_words(form_type.code): form_type for form_type in names.types}
    for total in totals:
        words = _SUM.sub("", plain_words(total.label)).strip()
        of_type = codes.get(words)
        real = sum(
            one.row.count if one.row.count is not None else one.count
            for one in rows
            if one.row.sheet == total.sheet
            and total.since <= one.row.row < total.row
            and (of_type is None or one.form_type == of_type)
        )
        if real != total.count:
            found.append(
                Finding(
                    total.row,
                    "total_differs",
                    f"El total de la fila {total.row} dice {total.count} y las filas que suma dan {real}; puede "
                    "faltar o sobrar una fila.",
                    expected=str(total.count),
                    found=str(real),
                    field="count",
                    sheet=total.sheet,
                )
            )
    return found
