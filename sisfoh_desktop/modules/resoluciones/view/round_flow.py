"""The round of the act on view: signed here, outside or in ink, or observed, with the orders that every paper has."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, last_signer, next_signer
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.view.changes import ISSUED_TOUCHES
from sisfoh_desktop.modules.resoluciones.view.steps import who_signs
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.round_orders import RoundAnswers, RoundCalls, RoundOrders, RoundPlace


class RoundFlow(QObject):
    """Gives the orders of the round; `paper` tells the one on view (None while busy) and `change` runs the page's."""

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
            touches=ISSUED_TOUCHES,
        )

    @property
    def actions(self) -> list[QAction]:
        """All but signing, which stands in the bar above."""
        return [action for action in self.orders.actions if action is not self.orders.sign_action]

    def _subject(self) -> tuple[RoundPlace, RoundCalls] | None:
        paper = self._paper()
        slot = next_signer(paper) if paper is not None else None
        if paper is None or slot is None:
            return None
        resolucion_id = int(paper.subject.partition(":")[2])
        place = RoundPlace(
            what=f"la resolución {paper.number_text}",
            who=who_signs(slot),
            label=slot.label,
            motive=slot.motive,
            order=slot.order,
            count=len(paper.signers),
            pages=paper.pages,
            signer_id=slot.id,
            waiting=tuple((one.id, one.label) for one in paper.signers if one.signed_at is None),
            signed=sum(one.signed_at is not None for one in paper.signers),
            file_name=f"{paper.number_text.replace('/', '-')}_{slot.field}.pdf",
        )
        db, archive = self._desk.db, self._desk.archive
        turn: dict[str, Any] = {
            "resolucion_id": resolucion_id,
            "signer_id": slot.id,
            "expected_version": paper.version,
        }
        who = self._who
        calls = RoundCalls(
            sign=lambda choice: service.sign_resolucion(
                db, archive, **who(), open_signer=papers.chosen_certificate(choice), **turn
            ),
            export=lambda: (
                service.export_resolucion(
                    db, archive, **who(), resolucion_id=resolucion_id, signer_id=slot.id
                ).data
            ),
            bring_back=lambda data: service.bring_back_resolucion(db, archive, **who(), data=data, **turn),
            ink=lambda choice, scan: service.record_ink_on_resolucion(
                db,
                archive,
                **who(),
                signed_on=choice.signed_on,
                pages=choice.pages,
                scan=scan,
                note=choice.note,
                **turn,
            ),
            refuse=lambda choice: service.refuse_resolucion(
                db, **who(), reason=choice.reason, **(turn | {"signer_id": choice.signer_id})
            ),
        )
        return place, calls

    def _on_signed(self, paper: Paper) -> None:
        turn = next_signer(paper)
        follows = f"Sigue {turn.label}." if turn is not None else "Están todas las firmas."
        Toast.show_over(self._over, f"Firmó {last_signer(paper).signed_by}. {follows}")

    def _on_exported(self, name: str) -> None:
        Toast.show_over(self._over, f"Se guardó «{name}». Fírmelo fuera y tráigalo de vuelta.")

    def _on_refused(self, paper: Paper) -> None:
        Toast.show_over(
            self._over,
            f"Se observó {paper.number_text}. La resolución es borrador otra vez y conservará su número.",
        )

    def _who(self) -> dict[str, Any]:
        return {"actor": self._desk.actor, "now": self._desk.clock.now()}
