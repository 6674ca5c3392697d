"""How far an act has come after its signature, and what comes next."""

from collections.abc import Sequence
from enum import StrEnum

from sisfoh_desktop.modules.papers.rules import Paper, PaperState
from sisfoh_desktop.modules.resoluciones.rules.delivery.notification import Notification, all_settled
from sisfoh_desktop.modules.resoluciones.rules.delivery.publication import Publication
from sisfoh_desktop.modules.resoluciones.rules.delivery.remission import Remission


class DeliveryStep(StrEnum):
    """What to do next, in this order: the cargos go out first, and come back while the rest is done."""

    PREPARE = "prepare"
    PRINT = "print"
    LETTER = "letter"
    SIGN_LETTER = "sign_letter"
    SEND = "send"
    PUBLISH = "publish"
    COLLECT = "collect"
    DONE = "done"


def letter_open(paper: Paper | None) -> bool:
    """Whether an oficio can still be made: there is none, or its paper was annulled."""
    return paper is None or paper.state is PaperState.ANNULLED


def next_delivery_step(
    notifications: Sequence[Notification],
    *,
    remission: Remission | None,
    letter: Paper | None,
    must_remit: bool,
    publications: Sequence[Publication],
) -> DeliveryStep:
    """The step that an act is at. `must_remit` is False where nothing has to be sent to the national body."""
    if not notifications:
        return DeliveryStep.PREPARE
    if any(one.printed_at is None and not one.settled and not one.served for one in notifications):
        return DeliveryStep.PRINT
    sent = remission is not None and remission.sending is not None
    if must_remit and not sent:
        if letter is None or letter_open(letter):
            return DeliveryStep.LETTER
        return DeliveryStep.SEND if letter.state is PaperState.SIGNED else DeliveryStep.SIGN_LETTER
    if not publications:
        return DeliveryStep.PUBLISH
    return DeliveryStep.DONE if all_settled(notifications) else DeliveryStep.COLLECT
