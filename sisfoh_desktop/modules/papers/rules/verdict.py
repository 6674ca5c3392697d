"""The words in which a verification is told: integrity, trust and revocation apart. Plain Python."""

from dataclasses import dataclass

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.papers.rules.paper import PaperSigner, Route


@dataclass(frozen=True)
class SignatureLine:
    """One signature in the words that a clerk reads; never says more than was checked."""

    signer: str
    reason: str
    signed_at: str
    integrity: str
    trust: str
    revocation: str
    route: str = ""


def integrity_words(*, intact: bool, modified_after: bool) -> str:
    """What the bytes say of one signature."""
    if not intact:
        return "Alterado"
    return "Cambiado después" if modified_after else "Intacto"


def trust_words(trust: str) -> str:
    """Whether the certificate comes from an authority that this office trusts (`verificar` in the command line)."""
    return {"trusted": "Autoridad conocida", "rejected": "Rechazado"}.get(trust, "Autoridad no comprobada")


def revocation_words(revocation: str) -> str:
    """Whether the certificate was looked up in a list of revoked ones."""
    return {"good": "No revocado", "revoked": "Revocado"}.get(revocation, "No comprobada")


def route_words(route: Route | None) -> str:
    """How it was signed; a signature that no place of the round gave says so."""
    return route.label if route is not None else "No es de la ronda"


def ink_line(signer: PaperSigner) -> SignatureLine:
    """A signature by hand: nothing of it can be checked here but the scan."""
    day = format_date(signer.signed_on) if signer.signed_on else "sin fecha"
    return SignatureLine(
        signer=signer.label,
        reason=signer.motive,
        signed_at=f"{day}, {signer.pages_text}",
        integrity="Escaneo guardado",
        trust="No es digital",
        revocation="No se aplica",
        route=Route.INK.label,
    )
