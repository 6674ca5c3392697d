"""How a review of accesses is shown line by line: while it is made, and afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.people.rules.facts import AccessReview, Decision, ReviewLine
from sisfoh_desktop.modules.people.rules.roles import role_title
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[Decision | None, Tone] = {
    Decision.KEEP: "ok",
    Decision.CHANGE: "accent",
    Decision.END: "danger",
    None: "warn",
}
_PAPER_WORDS: dict[str, tuple[Tone, str]] = {
    PaperState.FROZEN: ("accent", "Por firmar"),
    PaperState.SIGNING: ("accent", "En firma"),
    PaperState.SIGNED: ("ok", "Firmada"),
    PaperState.REFUSED: ("danger", "Observada"),
    PaperState.ANNULLED: ("dim", "Anulada"),
}


@dataclass(frozen=True)
class DraftLine:
    """A user under review; `decision` is None until somebody decided."""

    line: ReviewLine
    decision: Decision | None = None
    note: str = ""


def draft_columns() -> list[Column]:
    """Of the list in which it is decided."""
    return [
        Column("Nombre", lambda draft: draft.line.name),
        Column("Usuario", lambda draft: draft.line.login, width=96),
        Column("Roles", lambda draft: _roles(draft.line)),
        Column("Última entrada", lambda draft: _last(draft.line), align="center", width=120),
        Column(
            "Decisión",
            lambda draft: draft.decision.label if draft.decision is not None else "Por decidir",
            tone=lambda draft: _TONES[draft.decision],
            width=128,
        ),
        Column("Observación", lambda draft: draft.note),
    ]


def line_columns() -> list[Column]:
    """Of what was decided."""
    return [
        Column("Nombre", lambda line: line.name),
        Column("Usuario", lambda line: line.login, width=96),
        Column("Roles que tenía", _roles),
        Column("Última entrada", _last, align="center", width=120),
        Column(
            "Decisión", lambda line: line.decision.label, tone=lambda line: _TONES[line.decision], width=128
        ),
        Column("Observación", lambda line: line.note),
    ]


def review_columns() -> list[Column]:
    """Of the reviews made."""
    return [
        Column(
            "Fecha",
            lambda review: review.reviewed_at.astimezone(LIMA).strftime("%d/%m/%Y %H:%M"),
            lambda review: review.reviewed_at,
            align="center",
            width=136,
        ),
        Column("La hizo", lambda review: review.reviewed_by, width=120),
        _count("Se mantienen", Decision.KEEP),
        _count("Cambian", Decision.CHANGE),
        _count("Cesan", Decision.END),
        Column("Constancia", lambda review: review.number_text or "—"),
        Column(
            "Firma",
            lambda review: paper_state(review)[1],
            tone=lambda review: paper_state(review)[0] if review.paper_state else None,
            width=120,
        ),
    ]


def paper_state(review: AccessReview) -> tuple[Tone, str]:
    """The state of its printed record, for a chip."""
    return _PAPER_WORDS.get(review.paper_state, ("dim", review.paper_state or "sin constancia"))


def _count(title: str, decision: Decision) -> Column:
    def text(review: AccessReview) -> str:
        return str(review.count(decision))

    return Column(
        title,
        text,
        lambda review: review.count(decision),
        align="right",
        width=108 if decision is Decision.KEEP else 80,
    )


def _roles(line: ReviewLine) -> str:
    return _titles(line.roles)


def _titles(roles: Sequence[str]) -> str:
    return ", ".join(role_title(key) for key in roles)


def _last(line: ReviewLine) -> str:
    at = line.last_login_at
    return at.astimezone(LIMA).strftime("%d/%m/%Y") if at is not None else "nunca"
