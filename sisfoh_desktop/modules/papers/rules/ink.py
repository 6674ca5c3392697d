"""What is registered of a signature by hand: the day, the pages, a note. Plain Python."""

import re
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules.paper import Paper
from sisfoh_desktop.modules.papers.rules.reasons import REASON_LIMIT

_PART = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


def parse_pages(text: str, count: int) -> tuple[int, ...]:
    """The pages of "1-6", "1, 3-5" or "todas", in order and once each; RuleError for what is no page of the paper."""
    if text.strip().casefold() == "todas":
        return tuple(range(1, count + 1))
    found: set[int] = set()
    parts = [part.strip() for part in re.split(r"[,;]| y ", text) if part.strip()]
    for part in parts:
        match = _PART.fullmatch(part)
        if match is None:
            raise RuleError(
                "pages_invalid",
                f"«{part}» no dice páginas; no se registró. Escriba, por ejemplo, {count}, o todas.",
            )
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= count:
            raise RuleError(
                "pages_outside",
                f"«{part}» no es del documento, que tiene {_pages(count)}; no se registró. Corrija las páginas.",
            )
        found.update(range(first, last + 1))
    if not found:
        raise RuleError(
            "pages_missing",
            f"Falta decir qué páginas se firmaron; no se registró. Escriba, por ejemplo, {count}, o todas.",
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


def box_page(paper: Paper) -> int:
    """The page of the signers' boxes: every paper ends in them, whole on its last page."""
    return paper.pages


def check_signed_pages(paper: Paper, pages: tuple[int, ...]) -> None:
    """Whoever signs by hand signs at least the page of the own box."""
    page = box_page(paper)
    if page not in pages:
        raise RuleError(
            "pages_without_box",
            f"El recuadro de la firma está en la página {page} y se dijo que firmó {pages_text(pages)}; no se "
            f"registró. Agregue la página {page}, o pida que se firme en su recuadro.",
        )


def check_scan_pages(signed: int, scanned: int) -> None:
    """The scan shows every page that was signed; a picture is one page."""
    if scanned < signed:
        raise RuleError(
            "scan_short",
            f"Se firmaron {_pages(signed)} y el escaneo tiene {scanned}; no se registró. Escanee en un PDF todas las "
            "hojas firmadas, o corrija las páginas.",
        )


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


def _pages(count: int) -> str:
    return "1 página" if count == 1 else f"{count} páginas"
