"""The round of the report on view: signed here, outside or in ink, or observed, with the orders of every paper."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, next_signer
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.paper_round import PaperRound
from sisfoh_desktop.qtkit.round_orders import Change


class ReportRound(PaperRound):
    """`paper` tells the report on view (None while busy) and `change` runs the tab's changes."""

    def __init__(self, desk: Desk, over: QWidget, paper: Callable[[], Paper | None], change: Change) -> None:
        super().__init__(
            desk,
            over,
            paper,
            change,
            papers=papers,
            next_signer=next_signer,
            touches=("poi", "papers"),
            after_refusal="Puede emitir otro con el mismo número.",
        )
