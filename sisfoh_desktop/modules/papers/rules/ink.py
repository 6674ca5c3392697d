"""What is registered of a signature by hand: the day, the pages, a note. Plain Python."""

import re
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules.paper import Paper
from sisfoh_desktop.modules.papers.rules.reasons import REASON_LIMIT

_PART = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


def parse_pages(text: str, count: int) -> tuple[int, ...]:
    """The pages of "1-6" or "1, 3-5", in order and once each; RuleError for what is not a page of the paper."""
    found: set[int] = set()
    parts = [part.strip() for part in re.split(r"[,;]| y ", text) if part.strip()]
    for part in parts:
        match = _PART.fullmatch(part)
        if match is None:
            raise RuleError(
                "pages_invalid",
                f"«{part}» no dice páginas; no se registró. Escriba, por ejemplo, 1-{count}, o 1, 3-5.",
            )
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= count:
            raise RuleError(
                "pages_outside",
                f"«{part}» no es del documento, que tiene {count} páginas; no se registró. Corrija las páginas.",
            )
        found.update(range(first, last + 1))
    if not found:
        raise RuleError(
            "pages_missing", "Falta decir qué páginas se firmaron; no se registró. Escriba, por ejemplo, 1-6."
        )
    return tuple(sorted(found))


def pages_text(pages: tuple[int, ...]) -> str:
    """`1-3, 5` of (1, 2, 3, 5)."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def check_ink(paper: Paper, signed_on: date, note: str, today: date) -> None:
    """Nobody signs a print before its paper was frozen, nor tomorrow."""
    frozen_on = paper.frozen_at.date()
    if signed_on > today:
        raise RuleError(
            "ink_in_future",
            f"La firma no puede ser del {format_date(signed_on)}, que todavía no llega; no se registró. "
            "Corrija la fecha.",
        )
    if signed_on < frozen_on:
        raise RuleError(
            "ink_before_freeze",
            f"{paper.name} se congeló el {format_date(frozen_on)} y lo firmado antes es otra versión; no se "
            "registró. Imprima la congelada y fírmela.",
        )
    if len(note) > REASON_LIMIT:
        raise RuleError(
            "note_long",
            f"La nota pasa de {REASON_LIMIT} letras; no se registró. Resúmala y vuelva a intentar.",
        )
