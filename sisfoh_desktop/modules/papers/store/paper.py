"""Reads and writes of papers, their rounds and revisions: takes a session, gives back facts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.papers import tables
from sisfoh_desktop.modules.papers.rules import (
    OPEN_STATES,
    GivenSignature,
    NewSigner,
    NumberState,
    Paper,
    PaperLine,
    PaperSigner,
    PaperState,
    ReservedNumber,
    Route,
    SignerRole,
)
from sisfoh_desktop.modules.papers.tables import PaperRow, PaperSignerRow

_WITHDRAWN = (PaperState.ANNULLED, PaperState.REFUSED)
_AT_A_TIME = 500  # ids in one question


def add_paper(
    session: Session,
    *,
    kind: str,
    title: str,
    number: ReservedNumber | None,
    dated: date,
    subject: str,
    pages: int,
    sha256: str,
    signers: Sequence[NewSigner],
    now: datetime,
    user: str,
) -> int:
    """Keep a frozen paper; it follows the version of the same matter that was refused or annulled before it."""
    before = _version_before(session, kind, subject)
    paper = PaperRow(
        kind=kind,
        title=title,
        number_id=number.id if number else None,
        number_text=number.text if number else "",
        dated=dated,
        subject=subject,
        state=PaperState.FROZEN,
        pages=pages,
        frozen_sha256=sha256,
        current_sha256=sha256,
        frozen_at=now,
        frozen_by=user,
        annul_reason="",
        edition=before.edition + 1 if before else 1,
        replaces_id=before.id if before else None,
        version=1,
    )
    session.add(paper)
    session.flush()
    session.execute(
        insert(PaperSignerRow),
        [
            {
                "paper_id": paper.id,
                "turn": turn,
                "field": signer.field,
                "role": signer.role,
                "officer_id": signer.officer_id,
                "name": signer.name,
                "position": signer.position,
                "unit": signer.unit,
                "dni": signer.dni,
                "signed_at": None,
                "certificate_name": "",
                "acting": signer.acting,
                "appointed_by": signer.appointed_by,
            }
            for turn, signer in enumerate(signers, start=1)
        ],
    )
    _add_revision(session, paper.id, 0, sha256, now, user)
    return paper.id


def load_paper(session: Session, paper_id: int) -> Paper:
    row = session.get(PaperRow, paper_id)
    if row is None:
        raise RuleError(
            "paper_unknown", "Ese documento no existe en la base; no se cambió nada. Actualice con F5."
        )
    signers = session.scalars(
        select(PaperSignerRow).where(PaperSignerRow.paper_id == paper_id).order_by(PaperSignerRow.turn)
    )
    return _paper(row, signers)


def find_paper_id(session: Session, *, kind: str, number_text: str) -> int | None:
    """The living paper with this number, or the newest annulled or refused one."""
    return session.scalar(
        select(PaperRow.id)
        .where(PaperRow.kind == kind, PaperRow.number_text == number_text)
        .order_by(PaperRow.state.in_(_WITHDRAWN), PaperRow.id.desc())
        .limit(1)
    )


def find_paper_by_sha256(session: Session, sha256: str) -> int | None:
    """The paper of which these bytes are a revision."""
    revisions = select(tables.PaperRevisionRow.paper_id).where(tables.PaperRevisionRow.sha256 == sha256)
    return session.scalar(revisions.order_by(tables.PaperRevisionRow.paper_id.desc()).limit(1))


def record_signature(
    session: Session,
    *,
    paper: Paper,
    slot: PaperSigner,
    given: GivenSignature,
    expected_version: int,
    state: PaperState,
    now: datetime,
    user: str,
) -> None:
    """Write how a place was signed; the bytes get a revision more unless it was by hand."""
    values = {"state": state, "current_sha256": given.sha256}
    update_version(session, PaperRow, paper.id, expected_version, values)
    session.execute(
        update(PaperSignerRow)
        .where(PaperSignerRow.id == slot.id)
        .values(
            signed_at=given.signed_at,
            certificate_name=given.certificate_name,
            route=given.route,
            signed_field=given.field,
            signed_on=given.signed_on,
            pages=given.pages,
            scan_sha256=given.scan_sha256,
            note=given.note,
            recorded_by=user,
        )
    )
    if given.sha256 != paper.current_sha256:
        revision = session.scalar(
            select(func.max(tables.PaperRevisionRow.revision)).where(
                tables.PaperRevisionRow.paper_id == paper.id
            )
        )
        _add_revision(session, paper.id, (revision or 0) + 1, given.sha256, now, user)
    if state is PaperState.SIGNED:
        _record_state_of_number(session, paper.id, NumberState.FIXED, f"{paper.title}.")


def record_export(session: Session, signer_id: int, now: datetime) -> None:
    """The paper went out for this place; it does not change by that."""
    session.execute(update(PaperSignerRow).where(PaperSignerRow.id == signer_id).values(exported_at=now))


def record_refusal(
    session: Session,
    *,
    paper: Paper,
    slot: PaperSigner,
    expected_version: int,
    reason: str,
    now: datetime,
    user: str,
) -> None:
    """The version is closed and its number waits for the next one of the same matter."""
    update_version(session, PaperRow, paper.id, expected_version, {"state": PaperState.REFUSED})
    session.execute(
        update(PaperSignerRow)
        .where(PaperSignerRow.id == slot.id)
        .values(refused_at=now, refuse_reason=reason, recorded_by=user)
    )
    explanation = f"Reservado: se observó la versión {paper.edition} y la siguiente lleva el mismo número."
    _record_state_of_number(session, paper.id, NumberState.RESERVED, explanation)


def record_annulment(session: Session, *, paper: Paper, expected_version: int, reason: str) -> None:
    values = {"state": PaperState.ANNULLED, "annul_reason": reason}
    update_version(session, PaperRow, paper.id, expected_version, values)
    _record_state_of_number(session, paper.id, NumberState.ANNULLED, f"Anulado: {reason}")


def list_papers(
    session: Session,
    states: Sequence[PaperState] = (),
    *,
    kinds: Collection[str] = (),
    ids: Collection[int] | None = None,
) -> list[PaperLine]:
    """Papers, newest first; one query for the papers and one for their rounds, for every so many `ids`.

    Of these states and kinds (all when none is given), and no others than `ids` when they are given.
    """
    if ids is None:
        return _lines(session, _fitting(states, kinds))
    wanted = sorted(set(ids))
    found: list[PaperLine] = []
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        found += _lines(session, [*_fitting(states, kinds), PaperRow.id.in_(part)])
    return sorted(found, key=lambda line: (line.frozen_at, line.id), reverse=True)


def _fitting(states: Sequence[PaperState], kinds: Collection[str]) -> list[ColumnElement[bool]]:
    asked = ((PaperRow.state, states), (PaperRow.kind, sorted(kinds)))
    return [column.in_(wanted) for column, wanted in asked if wanted]


def _lines(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[PaperLine]:
    query = select(PaperRow).where(*conditions).order_by(PaperRow.frozen_at.desc(), PaperRow.id.desc())
    rounds = select(PaperSignerRow).order_by(PaperSignerRow.paper_id, PaperSignerRow.turn)
    if conditions:
        rounds = rounds.join(PaperRow, PaperRow.id == PaperSignerRow.paper_id).where(*conditions)
    by_paper: dict[int, list[PaperSigner]] = {}
    for signer in session.scalars(rounds):
        by_paper.setdefault(signer.paper_id, []).append(_signer(signer))
    return [_line(row, by_paper.get(row.id, [])) for row in session.scalars(query)]


def list_rounds(session: Session) -> list[Paper]:
    """Every paper whose round is open, the oldest first; one query for the papers and one for their signers."""
    rounds = session.scalars(
        select(PaperSignerRow)
        .join(PaperRow, PaperRow.id == PaperSignerRow.paper_id)
        .where(PaperRow.state.in_(OPEN_STATES))
        .order_by(PaperSignerRow.paper_id, PaperSignerRow.turn)
    )
    by_paper: dict[int, list[PaperSignerRow]] = {}
    for signer in rounds:
        by_paper.setdefault(signer.paper_id, []).append(signer)
    papers = select(PaperRow).where(PaperRow.state.in_(OPEN_STATES)).order_by(PaperRow.frozen_at, PaperRow.id)
    return [_paper(row, by_paper.get(row.id, [])) for row in session.scalars(papers)]


def list_revisions(session: Session, paper_id: int) -> list[str]:
    """The SHA-256 of each revision of a paper, the frozen one first."""
    revisions = select(tables.PaperRevisionRow.sha256).where(tables.PaperRevisionRow.paper_id == paper_id)
    return list(session.scalars(revisions.order_by(tables.PaperRevisionRow.revision)))


def list_archived(session: Session) -> list[tuple[str, str]]:
    """(name of the paper, SHA-256) of every revision and every scan that the archive must hold."""
    revisions = session.execute(
        select(PaperRow.number_text, tables.PaperRevisionRow.sha256)
        .join(PaperRow, PaperRow.id == tables.PaperRevisionRow.paper_id)
        .order_by(PaperRow.id, tables.PaperRevisionRow.revision)
    )
    scans = session.execute(
        select(PaperRow.number_text, PaperSignerRow.unit, PaperSignerRow.scan_sha256)
        .join(PaperRow, PaperRow.id == PaperSignerRow.paper_id)
        .where(PaperSignerRow.scan_sha256 != "")
        .order_by(PaperRow.id, PaperSignerRow.turn)
    )
    return [
        *((number_text, sha256) for number_text, sha256 in revisions),
        *((f"{number_text}, firma en tinta de {unit}", sha256) for number_text, unit, sha256 in scans),
    ]


def _version_before(session: Session, kind: str, subject: str) -> PaperRow | None:
    """The newest paper of the same matter, if it was withdrawn and nothing followed it yet."""
    newest = session.scalar(
        select(PaperRow)
        .where(PaperRow.kind == kind, PaperRow.subject == subject)
        .order_by(PaperRow.id.desc())
        .limit(1)
    )
    return newest if newest is not None and newest.state in _WITHDRAWN else None


def _record_state_of_number(session: Session, paper_id: int, state: NumberState, explanation: str) -> None:
    """The number that the paper bears, if it bears one."""
    number_id = select(PaperRow.number_id).where(PaperRow.id == paper_id).scalar_subquery()
    session.execute(
        update(tables.PaperNumberRow)
        .where(tables.PaperNumberRow.id == number_id)
        .values(state=state, explanation=explanation)
    )


def _add_revision(
    session: Session, paper_id: int, revision: int, sha256: str, now: datetime, user: str
) -> None:
    values: dict[str, Any] = {
        "paper_id": paper_id,
        "revision": revision,
        "sha256": sha256,
        "made_at": now,
        "made_by": user,
    }
    session.execute(insert(tables.PaperRevisionRow).values(**values))


def _paper(row: PaperRow, signers: Iterable[PaperSignerRow]) -> Paper:
    return Paper(
        id=row.id,
        kind=row.kind,
        title=row.title,
        number_text=row.number_text,
        dated=row.dated,
        subject=row.subject,
        state=PaperState(row.state),
        pages=row.pages,
        frozen_sha256=row.frozen_sha256,
        current_sha256=row.current_sha256,
        frozen_at=row.frozen_at,
        annul_reason=row.annul_reason,
        version=row.version,
        signers=tuple(_signer(signer) for signer in signers),
        edition=row.edition,
        replaces_id=row.replaces_id,
    )


def _signer(row: PaperSignerRow) -> PaperSigner:
    return PaperSigner(
        id=row.id,
        order=row.turn,
        field=row.field,
        role=SignerRole(row.role),
        name=row.name,
        position=row.position,
        unit=row.unit,
        dni=row.dni,
        signed_at=row.signed_at,
        certificate_name=row.certificate_name,
        officer_id=row.officer_id,
        acting=row.acting,
        appointed_by=row.appointed_by,
        route=Route(row.route) if row.route else None,
        signed_field=row.signed_field,
        exported_at=row.exported_at,
        signed_on=row.signed_on,
        pages=row.pages,
        scan_sha256=row.scan_sha256,
        note=row.note,
        recorded_by=row.recorded_by,
        refused_at=row.refused_at,
        refuse_reason=row.refuse_reason,
    )


def _line(row: PaperRow, signers: Sequence[PaperSigner]) -> PaperLine:
    open_round = row.state in OPEN_STATES
    waiting = [signer for signer in signers if signer.signed_at is None]
    return PaperLine(
        id=row.id,
        number_text=row.number_text,
        title=row.title,
        dated=row.dated,
        subject=row.subject,
        state=PaperState(row.state),
        frozen_at=row.frozen_at,
        signed_count=len(signers) - len(waiting),
        signer_count=len(signers),
        next_signer=waiting[0].label if open_round and waiting else "",
        version=row.version,
        edition=row.edition,
    )
