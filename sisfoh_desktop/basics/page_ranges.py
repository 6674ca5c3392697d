"""Which pages of a document are meant by «1-3, 5», and how chosen pages are written."""

import re
from collections.abc import Iterable

from sisfoh_desktop.basics.errors import RuleError

LONGEST_RANGES = 200  # characters
_PART = re.compile(r"([0-9]{1,5})(?:\s*(?:-|–|a|al)\s*([0-9]{1,5}))?")


def read_page_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of pages, from 1, as typed: `1-3, 5` is ((1, 3), (5, 5)); nothing typed is every page, ().

    RuleError `page_ranges` for anything else, also for page 0 and for a stretch that runs backwards.
    """
    typed = text.strip()
    if not typed:
        return ()
    stretches = []
    for part in re.split(r"[,;]", typed) if len(typed) <= LONGEST_RANGES else ("",):
        found = _PART.fullmatch(part.strip().lower())
        first = int(found[1]) if found else 0
        last = int(found[2] or found[1]) if found else 0
        if not 1 <= first <= last:
            raise RuleError(
                "page_ranges",
                f"«{typed[:40]}» no dice qué páginas: escriba números y rangos separados por comas, como 1-3, 5.",
            )
        stretches.append((first, last))
    return tuple(stretches)


def chosen_pages(text: str, pages: int) -> tuple[int, ...]:
    """The pages that `text` names in a document of so many, in the document's order, each once; every page for "".

    What lies beyond the last page is left out. RuleError `page_ranges`, `no_pages` when none is left.
    """
    stretches = read_page_ranges(text)
    if not stretches:
        return tuple(range(1, pages + 1))
    chosen = {page for first, last in stretches for page in range(first, min(last, pages) + 1)}
    if not chosen:
        raise RuleError(
            "no_pages",
            f"El documento termina en la página {pages} y no tiene ninguna de las pedidas; no se imprimió nada.",
        )
    return tuple(sorted(chosen))


def written_ranges(pages: Iterable[int]) -> str:
    """Pages in words: (1, 2, 3, 5) is `1 a 3, 5`."""
    stretches: list[list[int]] = []
    for page in pages:
        if stretches and page == stretches[-1][1] + 1:
            stretches[-1][1] = page
        else:
            stretches.append([page, page])
    return ", ".join(str(first) if first == last else f"{first} a {last}" for first, last in stretches)
