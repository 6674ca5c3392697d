"""What Ctrl+K finds: pages, orders and help at once; records of the base when the worker has looked.

How a page finds its records is in its module (`Page.find_records`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.qtkit.page import Desk, PageSpec, RecordHit
from sisfoh_desktop.qtkit.row_order import fold_texts, matching_rows

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.help_dialog import HelpTopic

RECORDS_PER_PAGE = 8
SHORTEST_RECORD_SEARCH = 2


@dataclass(frozen=True)
class Finding:
    """One line of the search: what it is, its words, and what choosing it does (on the GUI thread)."""

    kind: str
    icon: str
    title: str
    detail: str
    run: Callable[[], object]


Answer = Callable[[Sequence[Finding]], object]


def matching(findings: Sequence[Finding], typed: str) -> list[Finding]:
    """The findings whose words hold every word typed, as they were ordered."""
    folded = fold_texts([f"{one.title} {one.detail} {one.kind}" for one in findings])
    return [findings[row] for row in matching_rows(folded, typed)]


def help_findings(topics: Sequence["HelpTopic"], open_topic: Callable[[str], object]) -> list[Finding]:
    """The pages of the help."""
    return [
        Finding("Ayuda", "circle-help", topic.title, "", partial(open_topic, topic.key)) for topic in topics
    ]


def find_records(specs: Sequence[PageSpec], desk: Desk, typed: str) -> list[tuple[PageSpec, RecordHit]]:
    """Ask every page for its records that match. Runs on the worker."""
    if len(typed.strip()) < SHORTEST_RECORD_SEARCH:
        return []
    found: list[tuple[PageSpec, RecordHit]] = []
    for spec in specs:
        hits = spec.load().find_records(desk, typed.strip())
        found += [(spec, hit) for hit in hits[:RECORDS_PER_PAGE]]
    return found
