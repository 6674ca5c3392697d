"""The foliated index: which folios each document takes, for as long as every one before it was counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sisfoh_desktop.modules.expedientes.rules.chain import in_chain_order
from sisfoh_desktop.modules.expedientes.rules.facts import Document

UNCOUNTED = "sin contar"


@dataclass(frozen=True)
class FolioLine:
    """A document of the index. `first` and `last` are its folios; None when they cannot be known."""

    document: Document
    first: int | None
    last: int | None

    @property
    def span(self) -> str:
        """`13–24`, `7`, or «—» when they cannot be known."""
        if self.first is None:
            return "—"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def count(self) -> str:
        """How many folios it has, or «sin contar»."""
        return UNCOUNTED if self.document.entry.folios is None else str(self.document.entry.folios)


def folio_index(documents: Sequence[Document]) -> list[FolioLine]:
    """The documents oldest first with their folios; after one that was not counted nobody knows the numbers."""
    lines: list[FolioLine] = []
    reached: int | None = 0
    for document in in_chain_order(documents):
        folios = document.entry.folios
        if reached is None or folios is None:
            reached = None
            lines.append(FolioLine(document, None, None))
        else:
            lines.append(FolioLine(document, reached + 1, reached + folios))
            reached += folios
    return lines


def total_folios(documents: Sequence[Document]) -> tuple[int, int]:
    """(folios counted, documents that were not counted)."""
    counted = [one.entry.folios for one in documents if one.entry.folios is not None]
    return sum(counted), len(documents) - len(counted)
