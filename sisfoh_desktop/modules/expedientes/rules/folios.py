"""The foliated index: which folios each document takes, for as long as every one before it was counted.

The papers that follow the chain (the act, its oficio, its cargos) take the folios after it, by their day.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sisfoh_desktop.modules.expedientes.rules.chain import in_chain_order
from sisfoh_desktop.modules.expedientes.rules.facts import Document
from sisfoh_desktop.modules.expedientes.rules.sequel import SequelStep, not_registered

UNCOUNTED = "sin contar"


@dataclass(frozen=True)
class FolioLine:
    """A paper of the index, as registered or as what followed. `first`, `last`: its folios, None when unknown."""

    paper: Document | SequelStep
    first: int | None
    last: int | None

    @property
    def folios(self) -> int | None:
        """How many it has; None while nobody counted them."""
        return _folios(self.paper)

    @property
    def span(self) -> str:
        """`13–24`, `7`, or «—» when they cannot be known."""
        if self.first is None:
            return "—"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def count(self) -> str:
        """How many folios it has, or «sin contar»."""
        return UNCOUNTED if self.folios is None else str(self.folios)


def folio_index(documents: Sequence[Document], steps: Sequence[SequelStep] = ()) -> list[FolioLine]:
    """The papers oldest first with their folios; after one that was not counted nobody knows the numbers."""
    lines: list[FolioLine] = []
    reached: int | None = 0
    for paper in in_file_order(documents, [step for step in steps if step.in_index]):
        folios = _folios(paper)
        if reached is None or folios is None:
            reached = None
            lines.append(FolioLine(paper, None, None))
        else:
            lines.append(FolioLine(paper, reached + 1, reached + folios))
            reached += folios
    return lines


def in_file_order(documents: Sequence[Document], steps: Sequence[SequelStep]) -> list[Document | SequelStep]:
    """The chain and what followed it by day; on one day the documents first."""
    papers: list[Document | SequelStep] = [*in_chain_order(documents), *not_registered(steps, documents)]
    return sorted(papers, key=lambda paper: paper.entry.on if isinstance(paper, Document) else paper.day)


def total_folios(lines: Sequence[FolioLine]) -> tuple[int, int]:
    """(folios counted, papers that were not counted)."""
    counted = [line.folios for line in lines if line.folios is not None]
    return sum(counted), len(lines) - len(counted)


def _folios(paper: Document | SequelStep) -> int | None:
    return paper.entry.folios if isinstance(paper, Document) else paper.folios
