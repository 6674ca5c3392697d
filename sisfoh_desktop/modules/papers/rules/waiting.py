"""Whose signature the open papers wait for, as each signer sees it. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime

from sisfoh_desktop.modules.papers.rules.paper import Paper, PaperSigner
from sisfoh_desktop.modules.papers.rules.turns import next_signer


@dataclass(frozen=True)
class RoundPerson:
    """Somebody whom open rounds wait for; `key` tells people apart: the officer, or the name and unit as printed."""

    key: str
    label: str
    position: str
    unit: str
    waiting: int


@dataclass(frozen=True)
class WaitingPaper:
    """A paper that one signer has still to sign. `before` is who signs first, empty when it is this signer's turn."""

    id: int
    kind: str
    number_text: str
    title: str
    dated: date
    subject: str
    frozen_at: datetime
    version: int
    edition: int
    replaces_id: int | None
    slot: PaperSigner
    signer_count: int
    signed: int
    pages: int
    before: str

    @property
    def person_key(self) -> str:
        return person_key(self.slot)

    @property
    def name(self) -> str:
        return self.number_text or self.title


def person_key(slot: PaperSigner) -> str:
    """Which person a place waits for."""
    if slot.officer_id is not None:
        return f"officer:{slot.officer_id}"
    return f"{slot.name}|{slot.unit}"


def waiting_places(paper: Paper) -> list[WaitingPaper]:
    """The places of a round that have not signed, in order; each says who signs before it."""
    turn = next_signer(paper)
    if turn is None:
        return []
    return [
        WaitingPaper(
            id=paper.id,
            kind=paper.kind,
            number_text=paper.number_text,
            title=paper.title,
            dated=paper.dated,
            subject=paper.subject,
            frozen_at=paper.frozen_at,
            version=paper.version,
            edition=paper.edition,
            replaces_id=paper.replaces_id,
            slot=slot,
            signer_count=len(paper.signers),
            signed=sum(one.signed_at is not None for one in paper.signers),
            pages=paper.pages,
            before="" if slot.id == turn.id else turn.label,
        )
        for slot in paper.signers
        if slot.signed_at is None
    ]


def people_of(papers: list[WaitingPaper]) -> list[RoundPerson]:
    """The people that these papers wait for, by name, with how many are theirs to sign now."""
    by_key: dict[str, list[WaitingPaper]] = {}
    for paper in papers:
        by_key.setdefault(paper.person_key, []).append(paper)
    people = [
        RoundPerson(
            key,
            mine[0].slot.label,
            mine[0].slot.position,
            mine[0].slot.unit,
            sum(not paper.before for paper in mine),
        )
        for key, mine in by_key.items()
    ]
    return sorted(people, key=lambda person: (person.label.casefold(), person.key))
