"""The round of the report on view: signed here, outside or in ink, or observed, with the orders of every paper."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, next_signer
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.round_orders import RoundAnswers, RoundCalls, RoundOrders, RoundPlace


class ReportRound(QObject):
    """Gives the orders; `paper` tells the one on view (None while busy) and `change` runs the tab's changes."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        paper: Callable[[], Paper | None],
        change: Callable[[Callable[[], Any], Callable[[Any], object]], None],
    ) -> None:
        super().__init__(over)
        self._desk, self._over, self._paper = desk, over, paper
        self.orders = RoundOrders(
            desk,
            over,
            self._subject,
            change,
            RoundAnswers(self._on_signed, self._on_exported, self._on_refused),
            papers.warm_signing,
        )

    def _subject(self) -> tuple[RoundPlace, RoundCalls] | None:
        paper = self._paper()
        slot = next_signer(paper) if paper is not None else None
        if paper is None or slot is None:
            return None
        place = RoundPlace(
            what=paper.name,
            who=f"{slot.label}, {slot.position}" if slot.position else slot.label,
            label=slot.label,
            motive=slot.motive,
            order=slot.order,
            count=len(paper.signers),
            pages=paper.pages,
            signer_id=slot.id,
            waiting=tuple((one.id, one.label) for one in paper.signers if one.signed_at is None),
            signed=sum(one.signed_at is not None for one in paper.signers),
            file_name=f"{paper.name.replace('/', '-')}_{slot.field}.pdf",
        )
        db, archive, who = self._desk.db, self._desk.archive, self._who
        turn: dict[str, Any] = {
            "paper_id": paper.id,
            "signer_id": slot.id,
            "expected_version": paper.version,
        }
        calls = RoundCalls(
            sign=lambda choice: papers.sign_paper(
                db, archive, **who(), open_signer=papers.chosen_certificate(choice), **turn
            ),
            export=lambda: (
                papers.export_for_signing(
                    db, archive, **who(), paper_id=turn["paper_id"], signer_id=turn["signer_id"]
                ).data
            ),
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
        return place, calls

    def _on_signed(self, paper: Paper) -> None:
        turn = next_signer(paper)
        follows = f"Sigue {turn.label}." if turn is not None else "Están todas las firmas."
        Toast.show_over(self._over, f"Se registró la firma de {paper.name}. {follows}")

    def _on_exported(self, name: str) -> None:
        Toast.show_over(self._over, f"Se guardó «{name}». Fírmelo fuera y tráigalo de vuelta.")

    def _on_refused(self, paper: Paper) -> None:
        Toast.show_over(self._over, f"Se observó {paper.name}. Puede emitir otro con el mismo número.")

    def _who(self) -> dict[str, Any]:
        return {"actor": self._desk.actor, "now": self._desk.clock.now()}
