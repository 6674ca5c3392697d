"""The round of a frozen paper, as every paper of the office is signed: what is told of its place, what each order does.

The service of papers is handed in, since this kit knows no module; what asks and answers is in `round_orders`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.round_orders import Change, RoundAnswers, RoundCalls, RoundOrders, RoundPlace


class PaperRound(QObject):
    """Gives the orders over a page; `paper` tells the one on view (None while busy), `change` runs the page's changes.

    `papers` is the service of papers, `next_signer` says whose turn it is in a paper. `after_refusal` is what a paper
    that was observed leaves to be done.
    """

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        paper: Callable[[], Any],
        change: Change,
        *,
        papers: Any,
        next_signer: Callable[[Any], Any],
        touches: Iterable[str],
        after_refusal: str,
    ) -> None:
        super().__init__(over)
        self._desk, self._over, self._paper = desk, over, paper
        self._papers, self._next_signer, self._after_refusal = papers, next_signer, after_refusal
        answers = RoundAnswers(self._on_signed, self._on_exported, self._on_refused)
        self.orders = RoundOrders(
            desk, over, self._subject, change, answers, papers.warm_signing, touches=touches
        )

    def _subject(self) -> tuple[RoundPlace, RoundCalls] | None:
        paper = self._paper()
        slot = self._next_signer(paper) if paper is not None else None
        if paper is None or slot is None:
            return None
        waiting = [one for one in paper.signers if one.signed_at is None]
        place = round_place(
            paper.name,
            slot,
            pages=paper.pages,
            count=len(paper.signers),
            signed=len(paper.signers) - len(waiting),
            waiting=waiting,
        )
        return place, round_calls(self._desk, self._papers, paper.id, slot.id, paper.version)

    def _on_signed(self, paper: Any) -> None:
        turn = self._next_signer(paper)
        follows = f"Sigue {turn.label}." if turn is not None else "Están todas las firmas."
        Toast.show_over(self._over, f"Se registró la firma de {paper.name}. {follows}")

    def _on_exported(self, name: str) -> None:
        Toast.show_over(self._over, f"Se guardó «{name}». Fírmelo fuera y tráigalo de vuelta.")

    def _on_refused(self, paper: Any) -> None:
        Toast.show_over(self._over, f"Se observó {paper.name}. {self._after_refusal}")


def round_place(
    name: str, slot: Any, *, pages: int, count: int, signed: int, waiting: Iterable[Any]
) -> RoundPlace:
    """The place `slot` in the round of the paper called `name`; `waiting` are the places that may observe it."""
    return RoundPlace(
        what=name,
        who=f"{slot.label}, {slot.position}" if slot.position else slot.label,
        label=slot.label,
        motive=slot.motive,
        order=slot.order,
        count=count,
        pages=pages,
        signer_id=slot.id,
        waiting=tuple((one.id, one.label) for one in waiting),
        signed=signed,
        file_name=f"{name.replace('/', '-')}_{slot.field}.pdf",
    )


def round_calls(desk: Desk, papers: Any, paper_id: int, signer_id: int, version: int) -> RoundCalls:
    """What each order does with a place of a paper, on the worker; the moment is that of the order."""
    db, archive = desk.db, desk.archive
    turn: dict[str, Any] = {"paper_id": paper_id, "signer_id": signer_id, "expected_version": version}

    def who() -> dict[str, Any]:
        return {"actor": desk.actor, "now": desk.clock.now()}

    def export() -> bytes:
        out = papers.export_for_signing(db, archive, **who(), paper_id=paper_id, signer_id=signer_id)
        data: bytes = out.data
        return data

    return RoundCalls(
        sign=lambda choice: papers.sign_paper(
            db, archive, **who(), open_signer=papers.chosen_certificate(choice), **turn
        ),
        export=export,
        bring_back=lambda data: papers.bring_back_paper(db, archive, **who(), data=data, **turn),
        ink=lambda choice, scan: papers.record_ink_signature(
            db,
            archive,
            **who(),
            signed_on=choice.signed_on,
            pages=choice.pages,
            scan=scan,
            note=choice.note,
            **turn,
        ),
        refuse=lambda choice: papers.refuse_paper(
            db, **who(), reason=choice.reason, **(turn | {"signer_id": choice.signer_id})
        ),
    )
