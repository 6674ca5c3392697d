"""How the module that wrote a paper changes its own rows in the same commit.

A module gives a hook with its call, or says once for its kind of papers what follows a signature or a refusal: then
those papers can be signed from any list, also several at once. Hooks touch nothing but the session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules import Paper, PaperSigner

# called with the session and the paper's id
Hook = Callable[[Session, int], None]


@dataclass(frozen=True)
class Moment:
    """Who acts and when."""

    actor: Actor
    now: datetime


# both get the paper as it was before, and the place that signed or refused
AfterSigning = Callable[[Session, Moment, Paper, PaperSigner], None]


def _nothing(_session: Session, _moment: Moment, _paper: Paper, _slot: PaperSigner) -> None:
    """For papers whose signatures change no row of the module that wrote them."""


@dataclass(frozen=True)
class KindHooks:
    """What follows in the rows of the module that writes a kind of papers; nothing unless it says so."""

    signed: AfterSigning = _nothing
    refused: AfterSigning = _nothing


_kinds: dict[str, KindHooks] = {}


def register_kind(kind: str, hooks: KindHooks) -> None:
    """Say, when the writing module is imported, what follows the signatures of its papers."""
    _kinds[kind] = hooks


def hooks_of(paper: Paper) -> KindHooks:
    """What its kind registered; RuleError when it can only be signed on the page that it comes from."""
    hooks = _kinds.get(paper.kind)
    if hooks is None:
        raise RuleError(
            "signed_elsewhere",
            f"{paper.name} se firma en la página de donde salió; no se cambió nada. Ábrala con «Abrir origen».",
        )
    return hooks


def signed_hook(paper: Paper, slot: PaperSigner, moment: Moment, given: Hook | None) -> Hook:
    """The hook of this call, or else the one of the kind; RuleError as in `hooks_of` when neither was said."""
    if given is not None:
        return given
    hooks = hooks_of(paper)
    return lambda session, _paper_id: hooks.signed(session, moment, paper, slot)


def refused_hook(paper: Paper, slot: PaperSigner, moment: Moment, given: Hook | None) -> Hook:
    """As `signed_hook`, for a refusal."""
    if given is not None:
        return given
    hooks = hooks_of(paper)
    return lambda session, _paper_id: hooks.refused(session, moment, paper, slot)
