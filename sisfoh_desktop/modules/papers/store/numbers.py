"""Reads and writes of series and numbers: takes a session, gives back facts."""

from datetime import datetime

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.papers.rules import (
    NumberEntry,
    NumberState,
    OutsideDocument,
    PaperState,
    ReservedNumber,
    Series,
    SeriesYear,
)
from sisfoh_desktop.modules.papers.tables import (
    PaperNumberRow,
    PaperOutsideRow,
    PaperRow,
    PaperSeriesRow,
    PaperSeriesYearRow,
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
    """A number of this series and year that `subject` reserved and no paper holds: none took it, or it was refused."""
    row = session.scalar(
        select(PaperNumberRow)
        .outerjoin(
            PaperRow, (PaperRow.number_id == PaperNumberRow.id) & (PaperRow.state != PaperState.REFUSED)
        )
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
    row = _add_row(
        session,
        series,
        year,
        number,
        state=NumberState.RESERVED,
        subject=subject,
        explanation="Reservado al congelar.",
        now=now,
        user=user,
    )
    return ReservedNumber(row.id, series.id, year, number, number_text)


def explain_number(
    session: Session,
    series: Series,
    year: int,
    number: int,
    *,
    state: NumberState,
    explanation: str,
    subject: str,
    now: datetime,
    user: str,
) -> int:
    """Say what became of a number that `check_number_open` let through; the next one moves the counter. Its id.

    StaleRow when the counter moved since it was read.
    """
    row = _find_row(session, series.id, year, number)
    if row is not None:
        row.state, row.explanation = state, explanation
        session.flush()
        return row.id
    known = find_series_year(session, series.id, year)
    if known is None:
        _open_year(session, series.id, year)
    if number > (known.last_number if known else 0):
        moved = session.execute(
            update(PaperSeriesYearRow)
            .where(
                PaperSeriesYearRow.series_id == series.id,
                PaperSeriesYearRow.year == year,
                PaperSeriesYearRow.last_number == number - 1,
            )
            .values(last_number=number)
            .returning(PaperSeriesYearRow.series_id)
        ).all()
        check_updated(len(moved))
    return _add_row(
        session,
        series,
        year,
        number,
        state=state,
        subject=subject,
        explanation=explanation,
        now=now,
        user=user,
    ).id


def add_outside(session: Session, number_id: int, document: OutsideDocument) -> None:
    session.execute(
        insert(PaperOutsideRow).values(
            number_id=number_id,
            dated=document.dated,
            title=document.title,
            scan_sha256=document.scan_sha256,
        )
    )


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
    state = session.scalar(
        select(PaperNumberRow.state).where(PaperNumberRow.id == number_id).with_for_update()
    )
    taken = session.scalar(
        select(PaperRow.id).where(PaperRow.number_id == number_id, PaperRow.state != PaperState.REFUSED)
    )
    check_updated(1 if taken is None and state == NumberState.RESERVED else 0)


def find_entry(session: Session, series_id: int, year: int, number: int) -> NumberEntry | None:
    """What is stored of a number, or None: a hole, the next one, or one beyond."""
    entries = _entries(session, series_id, year, number)
    return entries[0] if entries else None


def list_numbers(session: Session, series_id: int, year: int) -> list[NumberEntry]:
    """Every stored number of the year with its document, in order."""
    return _entries(session, series_id, year)


def list_scans(session: Session) -> list[tuple[str, str]]:
    """(number as printed, SHA-256) of the scans of documents made outside that the archive must hold."""
    rows = session.execute(
        select(PaperNumberRow.text, PaperOutsideRow.scan_sha256)
        .join(PaperNumberRow, PaperNumberRow.id == PaperOutsideRow.number_id)
        .where(PaperOutsideRow.scan_sha256 != "")
        .order_by(PaperNumberRow.id)
    )
    return [(number_text, sha256) for number_text, sha256 in rows]


def list_claims(session: Session) -> list[tuple[str, NumberState, str, PaperState]]:
    """(text of the number, its state, number that the paper prints, the paper's state) of every paper that holds one.

    A refused version left its number to the next one.
    """
    rows = session.execute(
        select(PaperNumberRow.text, PaperNumberRow.state, PaperRow.number_text, PaperRow.state)
        .join(PaperRow, PaperRow.number_id == PaperNumberRow.id)
        .where(PaperRow.state != PaperState.REFUSED)
        .order_by(PaperRow.id)
    )
    return [
        (number_text, NumberState(number_state), printed, PaperState(state))
        for number_text, number_state, printed, state in rows
    ]


def _entries(session: Session, series_id: int, year: int, number: int | None = None) -> list[NumberEntry]:
    row, paper, outside = PaperNumberRow, PaperRow, PaperOutsideRow
    query = (
        select(
            row.id,
            row.number,
            row.state,
            row.explanation,
            paper.id,
            paper.dated,
            paper.title,
            outside.dated,
            outside.title,
            outside.scan_sha256,
        )
        .outerjoin(paper, (paper.number_id == row.id) & (paper.state != PaperState.REFUSED))
        .outerjoin(outside, outside.number_id == row.id)
        .where(row.series_id == series_id, row.year == year)
        .order_by(row.number)
    )
    if number is not None:
        query = query.where(row.number == number)
    return [
        NumberEntry(
            number=of,
            state=NumberState(state),
            explanation=explanation,
            dated=paper_dated or outside_dated,
            title=paper_title or outside_title or "",
            scan_sha256=scan or "",
            taken=paper_id is not None,
            id=number_id,
        )
        for (
            number_id,
            of,
            state,
            explanation,
            paper_id,
            paper_dated,
            paper_title,
            outside_dated,
            outside_title,
            scan,
        ) in session.execute(query)
    ]


def _find_row(session: Session, series_id: int, year: int, number: int) -> PaperNumberRow | None:
    row = PaperNumberRow
    return session.scalar(
        select(row).where(row.series_id == series_id, row.year == year, row.number == number)
    )


def _add_row(
    session: Session,
    series: Series,
    year: int,
    number: int,
    *,
    state: NumberState,
    subject: str,
    explanation: str,
    now: datetime,
    user: str,
) -> PaperNumberRow:
    row = PaperNumberRow(
        series_id=series.id,
        year=year,
        number=number,
        text=NumberMask(series.mask).format(number, year),
        state=state,
        subject=subject,
        explanation=explanation,
        reserved_at=now,
        reserved_by=user,
    )
    session.add(row)
    session.flush()
    return row


def _open_year(session: Session, series_id: int, year: int) -> None:
    # two PCs may open the year at the same moment; the one that comes second finds the row and goes on
    session.execute(
        text(
            "INSERT INTO paper_series_year (series_id, year, last_number, start_after, start_reason) "
            "VALUES (:series_id, :year, 0, 0, '') ON CONFLICT DO NOTHING"
        ),
        {"series_id": series_id, "year": year},
    )


def _series(row: PaperSeriesRow) -> Series:
    return Series(row.id, row.kind, row.title, row.mask, row.version)
