"""The places of the round as rows: who, as what, in which order, and how far the round has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers.rules import Paper, PaperSigner, Route, next_signer
from sisfoh_desktop.modules.resoluciones.rules import SignerPlace, SignerRole
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

_UNNAMED = "Quien dirija la unidad"
# an inside signature is sound but not accredited, and its colour says that something is missing
_ROUTE_TONES: dict[Route, Tone] = {Route.INSIDE: "warn", Route.OUTSIDE: "ok", Route.INK: "accent"}
_REASON_LETTERS = 28  # of an observation in its cell; its whole is below the list
SHORT_ROLES = {SignerRole.VISTO_BUENO: "V° B°", SignerRole.AUTHOR: "Autor"}
ROLE_WORDS = {SignerRole.VISTO_BUENO: "Visto bueno", SignerRole.AUTHOR: "Autor del acto"}


@dataclass(frozen=True)
class Head:
    """A unit and whoever heads it on the act's date; `name` is empty when nobody is registered."""

    unit_id: int
    siglas: str
    unit: str
    name: str = ""
    position: str = ""


@dataclass(frozen=True)
class SignerRow:
    """A place in the round; `key` is its place, from 1."""

    key: int
    role: SignerRole
    unit: str
    name: str
    position: str
    tone: Tone
    state: str
    certificate: str = ""
    route: Route | None = None
    proof: str = ""
    siglas: str = ""

    @property
    def how(self) -> str:
        """By which route and its proof, or why it was observed."""
        return f"{self.route.label}{self.proof}" if self.route else self.proof

    @property
    def told(self) -> str:
        """The whole row in a sentence, for what its cells cut or shorten."""
        who = ", ".join(part for part in (self.name or _UNNAMED, self.position) if part)
        how = f" {self.how}." if self.how else ""
        return f"{ROLE_WORDS[self.role]} de {self.unit}: {who}. {self.state}.{how}".replace("..", ".")


def signer_columns() -> list[Column]:
    return [
        Column("N°", lambda row: str(row.key), lambda row: row.key, "right", 40),
        Column("Firma", lambda row: SHORT_ROLES[row.role], width=64, tip=lambda row: ROLE_WORDS[row.role]),
        Column("Unidad", lambda row: row.siglas or row.unit, width=92, tip=lambda row: row.unit),
        Column("Quién", lambda row: row.name or _UNNAMED),
        Column("Cargo", lambda row: row.position),
        Column("Estado", lambda row: row.state, tone=lambda row: row.tone),
        Column(
            "Cómo",
            lambda row: shorten(row.how, _REASON_LETTERS, placeholder="…"),
            tone=lambda row: _ROUTE_TONES.get(row.route, "dim"),
            tip=lambda row: row.how,
        ),
    ]


def load_heads(db: Any, on: date) -> tuple[Head, ...]:
    """Every unit in force on that day with its head, "(e)" before the holder of the post."""
    officers = [line.officer for line in office.list_officers(db, on) if line.officer.head]
    heads = {one.unit_id: one for one in sorted(officers, key=lambda one: one.acting)}
    found = []
    for unit in office.list_units(db, on):
        head = heads.get(unit.id)
        found.append(
            Head(
                unit.id,
                unit.siglas,
                unit.name,
                head.full_name if head else "",
                head.full_position if head else "",
            )
        )
    return tuple(found)


def rows_of_places(places: Sequence[SignerPlace], heads: Sequence[Head]) -> list[SignerRow]:
    """The round of a draft."""
    by_unit = {head.unit_id: head for head in heads}
    rows = []
    for number, place in enumerate(places, start=1):
        head = by_unit.get(place.unit_id, Head(place.unit_id, "", "La unidad ya no está vigente"))
        unknown_author = place.role is SignerRole.AUTHOR and not head.name
        rows.append(
            SignerRow(
                number,
                place.role,
                head.unit,
                head.name,
                place.position or head.position,
                "danger" if unknown_author else "dim",
                "Falta el titular" if unknown_author else "Firmará",
                siglas=head.siglas,
            )
        )
    return rows


def rows_of_paper(paper: Paper, heads: Sequence[Head]) -> list[SignerRow]:
    """The round of a frozen paper; a signature field bears the siglas in capitals, here they are the office's."""
    turn = next_signer(paper)
    siglas = {head.siglas.upper(): head.siglas for head in heads}
    rows = []
    for signer in paper.signers:
        tone: Tone = "dim"
        state = "Espera su turno"
        if signer.signed_at is not None:
            tone, state = "ok", f"Firmó {_moment(signer)}"
        elif signer.refused_at is not None:
            tone, state = "danger", f"Observó {signer.refused_at:%d/%m/%Y}"
        elif turn is not None and signer.id == turn.id:
            tone, state = "accent", "Le toca firmar"
        rows.append(
            SignerRow(
                signer.order,
                signer.role,
                signer.unit,
                signer.name,
                f"{signer.position}, por {signer.appointed_by}" if signer.appointed_by else signer.position,
                tone,
                state,
                signer.certificate_name,
                signer.route,
                _proof(signer),
                siglas.get(signer.siglas, signer.siglas),
            )
        )
    return rows


def _moment(signer: PaperSigner) -> str:
    """When it was signed; by hand only the day is known."""
    if signer.route is Route.INK and signer.signed_on is not None:
        return format_date(signer.signed_on)
    return f"{signer.signed_at:%d/%m/%Y %H:%M}" if signer.signed_at else ""


def _proof(signer: PaperSigner) -> str:
    """The pages signed by hand; for whoever has not signed, that the paper went out or why it was observed."""
    if signer.signed_at is not None:
        return f", {signer.pages_text}" if signer.route is Route.INK else ""
    if signer.refused_at is not None:
        return signer.refuse_reason
    return f"Salió el {signer.exported_at:%d/%m/%Y %H:%M}" if signer.exported_at else ""
