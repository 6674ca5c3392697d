"""Lists of the kardex's papers and of the movements that wait for one; which paper an acta is."""

from collections.abc import Sequence

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaDesk, ActaLine, suggestions
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind, ActaRoute, ToldMovement
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.store import actas as store
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, PaperLine, PaperState

MOST_ACTAS = 500
MOST_WAITING = 1000
WITHDRAWN = (PaperState.ANNULLED, PaperState.REFUSED)
PAPER_KINDS = tuple(kind.paper_kind for kind in ActaKind)


def acta_desk(
    db: Database, campaign_id: int, *, most_waiting: int = MOST_WAITING, most_made: int = MOST_ACTAS
) -> ActaDesk:
    """What waits for an acta and what was made, the newest of each, and whether there are older ones."""
    withdrawn = {line.id for line in papers.list_papers(db, WITHDRAWN, kinds=PAPER_KINDS)}
    names = {one.id: one.name for one in catalogue.list_holders(db)}
    codes = {one.id: one.code for one in catalogue.list_types(db, campaign_id)}
    with db.reading() as session:
        waiting = store.list_waiting(session, campaign_id, withdrawn, most_waiting + 1)
        rows = store.list_actas(session, campaign_id, most_made + 1)
        kept = rows[:most_made]
        movements = store.movements_of(session, [row[0] for row in kept])
    lines = {line.id: line for line in papers.list_papers(db, ids=[row[1] for row in kept])}
    return ActaDesk(
        tuple(suggestions(waiting[:most_waiting], names, codes)),
        tuple(_line(row, lines[row[1]], movements.get(row[0], ())) for row in kept if row[1] in lines),
        most_waiting if len(waiting) > most_waiting else 0,
        most_made if len(rows) > most_made else 0,
    )


def closing_acta(db: Database, campaign_id: int) -> str:
    """The number of the campaign's living closing acta, the newest; empty while there is none."""
    with db.reading() as session:
        rows = store.list_closings(session, campaign_id)
    lines = {line.id: line for line in papers.list_papers(db, ids=[row[1] for row in rows])}
    living = (lines[row[1]] for row in rows if row[1] in lines)
    return next((line.number_text for line in living if line.state not in WITHDRAWN), "")


def acta_of_movement(db: Database, movement_id: int) -> ActaLine | None:
    """The living acta that tells a movement, None while there is none."""
    with db.reading() as session:
        found = store.papers_of_movements(session, [movement_id]).get(movement_id, ())
    for paper_id in reversed(found):
        paper = papers.load_paper(db, paper_id)
        if paper.state not in WITHDRAWN:
            acta_id = acta_of_paper(db, paper_id)
            with db.reading() as session:
                row = store.load_acta(session, acta_id)
                movements = store.movements_of(session, [acta_id])
            return _line(row, _as_line(paper), movements.get(acta_id, ()))
    return None


def told_movements(db: Database, movement_ids: Sequence[int]) -> list[ToldMovement]:
    """The movements that somebody wants an acta of, by number."""
    with db.reading() as session:
        return store.load_told(session, list(movement_ids))


def load_acta_paper(db: Database, acta_id: int) -> Paper:
    """The paper of an acta with its round; RuleError `acta_unknown`."""
    return papers.load_paper(db, paper_of_acta(db, acta_id))


def route_of_acta(db: Database, acta_id: int) -> ActaRoute:
    """How an acta that exists was meant to be signed when it was printed."""
    with db.reading() as session:
        return store.load_route(session, acta_id)


def paper_of_acta(db: Database, acta_id: int) -> int:
    """The paper that an acta is; RuleError `acta_unknown`."""
    with db.reading() as session:
        paper_id = store.paper_of(session, acta_id)
    if paper_id is None:
        raise RuleError("acta_unknown", "Esa acta no existe en la base; no se cambió nada. Actualice con F5.")
    return paper_id


def acta_of_paper(db: Database, paper_id: int) -> int:
    """The acta of a paper that is known to be one."""
    with db.reading() as session:
        acta_id = store.find_by_paper(session, paper_id)
    assert acta_id is not None  # written in the commit that froze the paper
    return acta_id


def _as_line(paper: Paper) -> PaperLine:
    turn = next((one for one in paper.signers if one.signed_at is None), None)
    return PaperLine(
        paper.id,
        paper.number_text,
        paper.title,
        paper.dated,
        paper.subject,
        paper.state,
        paper.frozen_at,
        sum(one.signed_at is not None for one in paper.signers),
        len(paper.signers),
        turn.label if turn else "",
        paper.version,
        paper.edition,
    )


def _line(row: store.ActaRecord, paper: PaperLine, movement_ids: tuple[int, ...]) -> ActaLine:
    acta_id, paper_id, kind, dated, holder_id, made_by = row
    return ActaLine(
        id=acta_id,
        paper_id=paper_id,
        kind=kind,
        number_text=paper.number_text,
        title=paper.title,
        dated=dated,
        holder_id=holder_id,
        made_by=made_by,
        movement_ids=movement_ids,
        state=paper.state.value,
        living=paper.state not in WITHDRAWN,
        signed_count=paper.signed_count,
        signer_count=paper.signer_count,
        next_signer=paper.next_signer if paper.state not in WITHDRAWN else "",
    )
