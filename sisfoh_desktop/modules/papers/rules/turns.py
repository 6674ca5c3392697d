"""Whose turn it is, who may sign, refuse or annul, and the state after it. Plain Python."""

from collections.abc import Sequence

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules.paper import (
    NewSigner,
    Paper,
    PaperSigner,
    PaperState,
    Route,
    SignerRole,
)
from sisfoh_desktop.modules.papers.rules.reasons import check_reason

OPEN_STATES = (PaperState.FROZEN, PaperState.SIGNING)


def check_round(signers: Sequence[NewSigner]) -> None:
    """A round has distinct fields and ends with its one author."""
    if not signers or signers[-1].role is not SignerRole.AUTHOR:
        raise RuleError(
            "author_missing", "Falta el autor al final de la ronda; no se congeló. Agregue quién firma."
        )
    if sum(signer.role is SignerRole.AUTHOR for signer in signers) > 1:
        raise RuleError("two_authors", "La ronda tiene más de un autor; no se congeló. Deje uno solo.")
    if len({signer.field for signer in signers}) != len(signers):
        raise RuleError(
            "signer_twice",
            "Una misma oficina aparece dos veces en la ronda; no se congeló. Quite la repetida.",
        )


def next_signer(paper: Paper) -> PaperSigner | None:
    """Whose turn it is: the first place of the round without signature."""
    if paper.state not in OPEN_STATES:
        return None
    return next((signer for signer in paper.signers if signer.signed_at is None), None)


def last_signer(paper: Paper) -> PaperSigner:
    """Who signed last; of a paper that somebody signed."""
    return [signer for signer in paper.signers if signer.signed_at is not None][-1]


def check_can_sign(paper: Paper, signer_id: int) -> PaperSigner:
    """The place that may sign now, or RuleError: closed, complete, already signed, or not its turn."""
    slot = _waiting_place(paper, signer_id)
    turn = next_signer(paper)
    if turn is not None and turn.id != slot.id:
        raise RuleError(
            "not_your_turn",
            f"Antes que {slot.label} firma {turn.label}; no se cambió nada. Los vistos buenos van en orden "
            "y el autor firma al final.",
        )
    return slot


def check_can_refuse(paper: Paper, signer_id: int, reason: str) -> PaperSigner:
    """Whoever has still to sign may observe the paper with a reason, in their turn or before it."""
    check_reason(reason)
    return _waiting_place(paper, signer_id)


def _waiting_place(paper: Paper, signer_id: int) -> PaperSigner:
    """The place of an open round that has not signed yet."""
    if paper.state is PaperState.ANNULLED:
        raise RuleError(
            "paper_annulled",
            f"{paper.name} está anulada y ya no se firma; no se cambió nada. "
            "Firme el documento que la reemplaza.",
        )
    if paper.state is PaperState.REFUSED:
        who = paper.refusal.label if paper.refusal else "Un firmante"
        raise RuleError(
            "paper_refused",
            f"{who} observó {paper.name} y esta versión ya no se firma; no se cambió nada. "
            "Firme la versión siguiente cuando se congele.",
        )
    if paper.state is PaperState.SIGNED:
        raise RuleError(
            "paper_complete",
            f"{paper.name} ya tiene todas sus firmas; no se cambió nada. No hace falta firmar.",
        )
    slot = next((signer for signer in paper.signers if signer.id == signer_id), None)
    if slot is None:
        raise RuleError(
            "signer_unknown", "Ese firmante no es de este documento; no se cambió nada. Actualice con F5."
        )
    if slot.signed_at is not None:
        raise RuleError(
            "already_signed",
            f"{slot.label} ya firmó {paper.name}; no se cambió nada. Siga con el siguiente.",
        )
    return slot


def check_signer_identity(slot: PaperSigner, certificate_name: str, certificate_dni: str) -> None:
    """The certificate must be of the person expected, as far as the office registered their DNI."""
    if slot.dni and certificate_dni != slot.dni:
        raise RuleError(
            "other_person",
            f"El certificado es de {certificate_name} y aquí firma {slot.label}; no se firmó. "
            "Use el certificado de esa persona o registre al encargado en Oficina.",
        )


def check_returned_identity(slot: PaperSigner, certificate_name: str, certificate_dni: str) -> None:
    """As `check_signer_identity`, for a signature that was made in another program."""
    if slot.dni and certificate_dni != slot.dni:
        raise RuleError(
            "other_person",
            f"Lo firmó {certificate_name} y aquí firma {slot.label}. No se trajo nada y el documento sigue como "
            "estaba. Que firme esa persona, o registre al encargado en Oficina antes de congelar.",
        )


def place_in_ink(paper: Paper, signer_id: int) -> PaperSigner:
    """The place, when it was signed by hand."""
    slot = next((signer for signer in paper.signers if signer.id == signer_id), None)
    if slot is None or slot.route is not Route.INK:
        raise RuleError(
            "not_in_ink", f"Esa firma de {paper.name} no fue en tinta y no tiene escaneo; elija otra firma."
        )
    return slot


def state_after_signing(paper: Paper, slot: PaperSigner) -> PaperState:
    """Signed once the author has signed; else the round goes on."""
    return PaperState.SIGNED if slot.role is SignerRole.AUTHOR else PaperState.SIGNING


def check_can_annul(paper: Paper, reason: str) -> None:
    """A paper can be annulled with a reason until its author has signed."""
    check_reason(reason)
    if paper.state is PaperState.SIGNED:
        raise RuleError(
            "signed_stays",
            f"{paper.name} ya está firmada y no se anula aquí; no se cambió nada. "
            "Un acto firmado se corrige con otra resolución.",
        )
    if paper.state is PaperState.ANNULLED:
        raise RuleError(
            "already_annulled", f"{paper.name} ya estaba anulada; no se cambió nada. Actualice con F5."
        )
    if paper.state is PaperState.REFUSED:
        raise RuleError(
            "already_refused",
            f"{paper.name} ya fue observada y espera su versión siguiente; no se cambió nada. Actualice con F5.",
        )
