"""The round of the acta on view: signed here, outside or in ink, or observed, with the orders that every paper has."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.kardex.rules.actas import ActaRoute
from sisfoh_desktop.modules.kardex.service import actas
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, Route, next_signer
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.paper_round import PaperRound
from sisfoh_desktop.qtkit.round_orders import Change


def emitted_for(db: Any, acta_id: int, paper: Paper) -> ActaRoute:
    """How an acta is to be signed: as its first signature was, else as it was printed for (on the worker)."""
    routes = [signer.route for signer in paper.signers if signer.signed_at is not None]
    if routes:
        return ActaRoute.INK if routes[0] is Route.INK else ActaRoute.DIGITAL
    return actas.route_of_acta(db, acta_id)


class ActaRound(PaperRound):
    """`paper` tells the acta on view (None while busy) and `change` runs the tab's changes."""

    def __init__(self, desk: Desk, over: QWidget, paper: Callable[[], Paper | None], change: Change) -> None:
        super().__init__(
            desk,
            over,
            paper,
            change,
            papers=papers,
            next_signer=next_signer,
            touches=("kardex", "papers"),
            after_refusal="Sus movimientos esperan otra acta con el mismo número.",
        )
