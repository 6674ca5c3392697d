"""Reads and writes of papers: takes a session, gives back facts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import check_updated, update_version
from sisfoh_desktop.modules.papers.rules import (
    NewSigner,
    NumberState,
    Paper,
    PaperLine,
    PaperSigner,
    PaperState,
    ReservedNumber,
    Series,
    SeriesYear,
    SignerRole,
)
from sisfoh_desktop.modules.papers.tables import (
    PaperNumberRow,
    PaperRevisionRow,
    PaperRow,
    PaperSeriesRow,
    PaperSeriesYearRow,
    PaperSignerRow,
)


def list_series(session: Session) -> list[Series]:
    rows = session.scalars(select(PaperSeriesRow).order_by(PaperSeriesRow.title))
    return [_series(row) for row in rows]


def find_series(session: Session, kind: str) -> Series | None:
    row = session.scalar(select(PaperSeriesRow).where(PaperSeriesRow.kind == kind))
    return None if row is None else _series(row)


def load_series(session: Session, series_id: int) -> Series:
    row = session.get(PaperSeriesRow, series_id)
    if row is None:
        raise RuleError(
            "series_unknown",
            "La serie de números no existe; no se cambió nada. Créela en Papeles, Registro de números.",
        )
    return _series(row)


def add_series(session: Session, *, kind: str, title: str, mask: str) -> int:
    row = PaperSeriesRow(kind=kind, title=title, mask=mask, version=1)
    session.add(row)
    session.flush()
    return row.id


def find_series_year(session: Session, series_id: int, year: int) -> SeriesYear | None:
    row = session.get(PaperSeriesYearRow, (series_id, year))
    if row is None:
        return None
    return SeriesYear(row.series_id, row.year, row.last_number, row.start_after, row.start_reason)


def list_years(session: Session, series_id: int) -> list[int]:
    years = select(PaperSeriesYearRow.year).where(PaperSeriesYearRow.series_id == series_id)
    return list(session.scalars(years.order_by(PaperSeriesYearRow.year.desc())))


def record_series_start(session: Session, series_id: int, year: int, last_number: int, reason: str) -> None:
    """Move the counter of a year that gave out nothing yet; StaleRow when somebody just took a number of it."""
    if find_series_year(session, series_id, year) is None:
        _open_year(session, series_id, year)
    counter = PaperSeriesYearRow
    updated = session.execute(
        update(counter)
        .where(
            counter.series_id == series_id,
            counter.year == year,
            counter.last_number == counter.start_after,
            counter.last_number <= last_number,
        )
        .values(last_number=last_number, start_after=last_number, start_reason=reason)
        .returning(counter.series_id)
    ).all()
    check_updated(len(updated))


def find_open_reservation(session: Session, series_id: int, year: int, subject: str) -> ReservedNumber | None:
    """A number of this series and year that `subject` reserved and no paper took yet."""
    row = session.scalar(
        select(PaperNumberRow)
        .outerjoin(PaperRow, PaperRow.number_id == PaperNumberRow.id)
        .where(
            PaperNumberRow.series_id == series_id,
            PaperNumberRow.year == year,
            PaperNumberRow.subject == subject,
            PaperNumberRow.state == NumberState.RESERVED,
            PaperRow.id.is_(None),
        )
    )
    return None if row is None else ReservedNumber(row.id, row.series_id, row.year, row.number, row.text)


def add_number(
    session: Session, series: Series, year: int, *, subject: str, now: datetime, user: str
) -> ReservedNumber:
    """The next number of the series: the counter row is locked by its own UPDATE until the commit."""
    if find_series_year(session, series.id, year) is None:
        _open_year(session, series.id, year)
    number = session.execute(
        update(PaperSeriesYearRow)
        .where(PaperSeriesYearRow.series_id == series.id, PaperSeriesYearRow.year == year)
        .values(last_number=PaperSeriesYearRow.last_number + 1)
        .returning(PaperSeriesYearRow.last_number)
    ).scalar_one()
    number_text = NumberMask(series.mask).format(number, year)
    row = PaperNumberRow(
        series_id=series.id,
        year=year,
        number=number,
        text=number_text,
        state=NumberState.RESERVED,
        subject=subject,
        explanation="Reservado al congelar.",
        reserved_at=now,
        reserved_by=user,
    )
    session.add(row)
    session.flush()
    return ReservedNumber(row.id, series.id, year, number, number_text)


def load_number(session: Session, number_id: int) -> ReservedNumber:
    row = session.get(PaperNumberRow, number_id)
    if row is None:
        raise RuleError(
            "number_unknown", "El número reservado no existe; no se cambió nada. Vuelva a congelar."
        )
    return ReservedNumber(row.id, row.series_id, row.year, row.number, row.text)


def claim_number(session: Session, number_id: int) -> None:
    """Make sure that no paper has the number yet, and keep others away from it until the commit; StaleRow if one has.

    Two people may freeze the same draft at once: both were given its one reserved number.
    """
    session.execute(select(PaperNumberRow.id).where(PaperNumberRow.id == number_id).with_for_update())
    taken = session.scalar(select(PaperRow.id).where(PaperRow.number_id == number_id))
    check_updated(1 if taken is None else 0)


def list_numbers(session: Session, series_id: int, year: int) -> list[tuple[int, NumberState, str]]:
    rows = session.execute(
        select(PaperNumberRow.number, PaperNumberRow.state, PaperNumberRow.explanation).where(
            PaperNumberRow.series_id == series_id, PaperNumberRow.year == year
        )
    )
    return [(number, NumberState(state), explanation) for number, state, explanation in rows]


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
    )


def find_paper_id(session: Session, *, kind: str, number_text: str) -> int | None:
    """The living paper with this number, or the newest annulled one."""
    return session.scalar(
        select(PaperRow.id)
        .where(PaperRow.kind == kind, PaperRow.number_text == number_text)
        .order_by(PaperRow.state == PaperState.ANNULLED, PaperRow.id.desc())
        .limit(1)
    )


def find_paper_by_sha256(session: Session, sha256: str) -> int | None:
    """The paper of which these bytes are a revision."""
    return session.scalar(select(PaperRevisionRow.paper_id).where(PaperRevisionRow.sha256 == sha256))


def record_signature(
    session: Session,
    *,
    paper: Paper,
    slot: PaperSigner,
    expected_version: int,
    state: PaperState,
    sha256: str,
    certificate_name: str,
    now: datetime,
    user: str,
) -> None:
    values = {"state": state, "current_sha256": sha256}
    update_version(session, PaperRow, paper.id, expected_version, values)
    session.execute(
        update(PaperSignerRow)
        .where(PaperSignerRow.id == slot.id)
        .values(signed_at=now, certificate_name=certificate_name)
    )
    revision = session.scalar(
        select(func.max(PaperRevisionRow.revision)).where(PaperRevisionRow.paper_id == paper.id)
    )
    _add_revision(session, paper.id, (revision or 0) + 1, sha256, now, user)
    if state is PaperState.SIGNED:
        _record_state_of_number(session, paper.id, NumberState.FIXED, f"{paper.title}.")


def record_annulment(session: Session, *, paper: Paper, expected_version: int, reason: str) -> None:
    values = {"state": PaperState.ANNULLED, "annul_reason": reason}
    update_version(session, PaperRow, paper.id, expected_version, values)
    _record_state_of_number(session, paper.id, NumberState.ANNULLED, f"Anulado: {reason}")


def list_papers(session: Session, states: Sequence[PaperState] = ()) -> list[PaperLine]:
    """Papers, newest first; one query for the papers and one for their rounds."""
    query = select(PaperRow).order_by(PaperRow.frozen_at.desc(), PaperRow.id.desc())
    rounds = select(PaperSignerRow).order_by(PaperSignerRow.paper_id, PaperSignerRow.turn)
    if states:
        query = query.where(PaperRow.state.in_(states))
        rounds = rounds.join(PaperRow, PaperRow.id == PaperSignerRow.paper_id).where(
            PaperRow.state.in_(states)
        )
    by_paper: dict[int, list[PaperSigner]] = {}
    for signer in session.scalars(rounds):
        by_paper.setdefault(signer.paper_id, []).append(_signer(signer))
    return [_line(row, by_paper.get(row.id, [])) for row in session.scalars(query)]


def list_archived(session: Session) -> list[tuple[str, str]]:
    """(number as printed, SHA-256) of every revision that the archive must hold."""
    rows = session.execute(
        select(PaperRow.number_text, PaperRevisionRow.sha256)
        .join(PaperRow, PaperRow.id == PaperRevisionRow.paper_id)
        .order_by(PaperRow.id, PaperRevisionRow.revision)
    )
    return [(number_text, sha256) for number_text, sha256 in rows]


def _record_state_of_number(session: Session, paper_id: int, state: NumberState, explanation: str) -> None:
    """The number that the paper bears, if it bears one."""
    number_id = select(PaperRow.number_id).where(PaperRow.id == paper_id).scalar_subquery()
    session.execute(
        update(PaperNumberRow)
        .where(PaperNumberRow.id == number_id)
        .values(state=state, explanation=explanation)
    )


def _open_year(session: Session, series_id: int, year: int) -> None:
    # two PCs may open the year at the same moment; the one that comes second finds the row and goes on
    session.execute(
        text(
            "INSERT INTO paper_series_year (series_id, year, last_number, start_after, start_reason) "
            "VALUES (:series_id, :year, 0, 0, '') ON CONFLICT DO NOTHING"
        ),
        {"series_id": series_id, "year": year},
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
    session.execute(insert(PaperRevisionRow).values(**values))


def _series(row: PaperSeriesRow) -> Series:
    return Series(row.id, row.kind, row.title, row.mask, row.version)


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
    )


def _line(row: PaperRow, signers: Sequence[PaperSigner]) -> PaperLine:
    open_round = row.state in (PaperState.FROZEN, PaperState.SIGNING)
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
    )
