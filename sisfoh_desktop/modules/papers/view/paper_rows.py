"""The columns of emitted papers and of their rounds: states and routes in words."""

from collections.abc import Mapping
from textwrap import shorten

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.papers.rules import PaperSigner, PaperState, Route, SignerRole
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

STATE_WORDS: dict[PaperState, tuple[Tone, str]] = {
    PaperState.FROZEN: ("warn", "Congelada"),
    PaperState.SIGNING: ("accent", "En firma"),
    PaperState.SIGNED: ("ok", "Firmada"),
    PaperState.ANNULLED: ("dim", "Anulada"),
    PaperState.REFUSED: ("danger", "Observada"),
}
# an inside signature is sound but not accredited, and its colour says that something is missing
_REASON_LETTERS = 28  # of an observation in its cell; the tooltip has it whole
SHORT_ROLES = {
    SignerRole.VISTO_BUENO: "V° B°",
    SignerRole.PARTY: "Parte",
    SignerRole.AUTHOR: "Autor",
}
ROUTE_TONES: dict[Route, Tone] = {Route.INSIDE: "warn", Route.OUTSIDE: "ok", Route.INK: "accent"}


def paper_columns() -> list[Column]:
    return [
        Column("N°", lambda line: line.number_text),
        Column("Documento", lambda line: line.title),
        Column("Fecha", lambda line: format_date(line.dated), lambda line: line.dated, "center", 96),
        Column(
            "Estado",
            state_text,
            lambda line: list(PaperState).index(line.state),
            tone=lambda line: STATE_WORDS[line.state][0],
            width=140,
        ),
        Column(
            "Firmas",
            lambda line: f"{line.signed_count} de {line.signer_count}",
            lambda line: line.signed_count,
            "right",
            72,
        ),
        Column("Espera a", lambda line: line.next_signer),
    ]


def round_columns(siglas: Mapping[str, str]) -> list[Column]:
    """`siglas` gives those of a unit as the office writes them, by what its signature field bears: capitals."""
    return [
        Column("Orden", lambda signer: str(signer.order), lambda signer: signer.order, "right", 60),
        Column("Quién", lambda signer: who_text(signer, siglas.get(signer.siglas, signer.siglas))),
        Column("Cargo", post_text),
        Column("Firma", lambda signer: SHORT_ROLES[signer.role], width=64, tip=lambda signer: signer.motive),
        Column("Firmó", signed_text, lambda signer: signer.signed_at, "center"),
        Column(
            "Cómo",
            lambda signer: shorten(route_text(signer), _REASON_LETTERS, placeholder="…"),
            tone=lambda signer: ROUTE_TONES.get(signer.route, "danger" if signer.refused_at else "dim"),
            tip=route_text,
        ),
        Column("Certificado", proof_text),
    ]


def who_text(signer: PaperSigner, siglas: str) -> str:
    """The unit's siglas before the person, or before its name while nobody is registered."""
    return f"{siglas} · {signer.label}" if siglas else signer.label


def state_text(line: object) -> str:
    """The state, and which version of its matter it is from the second on."""
    word = STATE_WORDS[line.state][1]  # type: ignore[attr-defined]
    edition = line.edition  # type: ignore[attr-defined]
    return f"{word} (v. {edition})" if edition > 1 else word


def post_text(signer: PaperSigner) -> str:
    """The post, and the document that appoints whoever holds it."""
    return f"{signer.position}, por {signer.appointed_by}" if signer.appointed_by else signer.position


def signed_text(signer: PaperSigner) -> str:
    """When it was signed; by hand only the day is known."""
    if signer.route is Route.INK and signer.signed_on is not None:
        return format_date(signer.signed_on)
    return f"{signer.signed_at:%d/%m/%Y %H:%M}" if signer.signed_at else "pendiente"


def route_text(signer: PaperSigner) -> str:
    """How it was signed or why not."""
    if signer.route is not None:
        return signer.route.label
    if signer.refused_at is not None:
        return f"Observó: {signer.refuse_reason}"
    return f"Salió el {signer.exported_at:%d/%m/%Y %H:%M}" if signer.exported_at else ""


def proof_text(signer: PaperSigner) -> str:
    """The name in the certificate, or who registered the ink and of which pages."""
    if signer.route is Route.INK:
        return f"{signer.pages_text.capitalize()}; registró {signer.recorded_by}"
    return signer.certificate_name
