"""Series and their numbers: make them, say where they go on, reserve, and the register of a year.

A number is given by the program (`reserve_number`), or explained by hand: used by a document made outside it
(`register_outside`) or never to be used (`annul_number`).
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.file_kinds import file_kind
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import (
    NumberLine,
    NumberState,
    OutsideDocument,
    PaperState,
    ReservedNumber,
    Series,
)

_LARGEST_SCAN = 25_000_000
_STATES_OF_PAPERS = {
    PaperState.FROZEN: NumberState.RESERVED,
    PaperState.SIGNING: NumberState.RESERVED,
    PaperState.SIGNED: NumberState.FIXED,
    PaperState.ANNULLED: NumberState.ANNULLED,
}


def list_series(db: Database) -> list[Series]:
    with db.reading() as session:
        return store.list_series(session)


def create_series(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    title: str,
    mask: str,
    last_number: int = 0,
    reason: str = "",
    token: str | None = None,
) -> int:
    """A new series of numbers; `kind` is its key, `mask` like `{n:03d}-{year}-GM/MPT`.

    With a `last_number` it goes on after it in the year of `now`, in the same commit; `reason` says where those
    numbers were used, as in `start_series_after`.
    """
    rules.check_series(title, mask)

    def change(session: Session) -> int:
        if store.find_series(session, kind) is not None:
            raise RuleError(
                "series_exists", f"Ya existe la serie «{title}»; no se creó otra. Use la que hay."
            )
        series_id = store.add_series(session, kind=kind, title=title, mask=mask)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="series.create",
            subject=f"series:{series_id}",
            after={"kind": kind, "title": title, "mask": mask},
        )
        if last_number:
            _start(session, actor, now, series_id, now.year, last_number, reason)
        return series_id

    return db.run_once(token, change)


def find_series(db: Database, kind: str) -> Series | None:
    with db.reading() as session:
        return store.find_series(session, kind)


def start_series_after(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    year: int,
    last_number: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Say that numbers up to `last_number` were used before this program; the reason stays in the register."""

    def change(session: Session) -> None:
        _start(session, actor, now, series_id, year, last_number, reason)

    db.run_once(token, change)


def _start(
    session: Session, actor: Actor, now: datetime, series_id: int, year: int, last_number: int, reason: str
) -> None:
    state = store.find_series_year(session, series_id, year)
    rules.check_series_start(state, last_number, reason)
    store.record_series_start(session, series_id, year, last_number, reason.strip())
    record_audit(
        session,
        actor=actor,
        now=now,
        action="series.start",
        subject=f"series:{series_id}",
        after={"year": year, "last_number": last_number},
        reason=reason,
    )


def list_series_years(db: Database, series_id: int) -> list[int]:
    with db.reading() as session:
        return store.list_years(session, series_id)


def number_register(db: Database, series_id: int, year: int) -> list[NumberLine]:
    """Every number of the year with its state and explanation, holes included."""
    with db.reading() as session:
        series = store.load_series(session, series_id)
        state = store.find_series_year(session, series_id, year)
        if state is None:
            return []
        return rules.register_lines(state, series.mask, store.list_numbers(session, series_id, year))


def reserve_number(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    year: int,
    subject: str,
    still_due: Callable[[Session], object] | None = None,
    token: str | None = None,
) -> ReservedNumber:
    """The next number for `subject`; one that it reserved before and never used is given back to it.

    `still_due` looks once more, in the same transaction, and raises where no number is to be spent any more.
    """

    def change(session: Session) -> int:
        if still_due is not None:
            still_due(session)
        earlier = store.find_open_reservation(session, series_id, year, subject)
        if earlier is not None:
            return earlier.id
        series = store.load_series(session, series_id)
        number = store.add_number(session, series, year, subject=subject, now=now, user=actor.user)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="number.reserve",
            subject=subject,
            after={"number": number.text},
        )
        return number.id

    number_id = db.run_once(token, change)
    with db.reading() as session:
        return store.load_number(session, number_id)


def number_kept(db: Database, series_id: int, year: int, subject: str) -> str:
    """The number that `subject` reserved and will take again (its paper was observed); empty when there is none."""
    with db.reading() as session:
        kept = store.find_open_reservation(session, series_id, year, subject)
        return kept.text if kept is not None else ""


def next_number(db: Database, series_id: int, year: int) -> int:
    """The number that follows the last one given in the year."""
    with db.reading() as session:
        known = store.find_series_year(session, series_id, year)
        return known.last_number + 1 if known else 1


def keep_scan(archive: Archive, path: Path) -> str:
    """Keep the scan of a document made outside; its SHA-256.

    RuleError for what is no PDF or picture, or too large; FileFailed when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_SCAN + 1)
    except OSError:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; no se registró nada. Revise que el archivo siga ahí."
        ) from None
    if len(data) > _LARGEST_SCAN:
        raise RuleError(
            "scan_too_large",
            f"El archivo escaneado pasa de {_LARGEST_SCAN // 1_000_000} MB; no se guardó. "
            "Vuelva a escanearlo con menos resolución.",
        )
    if file_kind(data) is None:
        raise RuleError(
            "scan_unreadable",
            "El archivo no es un PDF ni una imagen JPG o PNG; no se guardó. Elija el documento escaneado.",
        )
    return archive.put(data)


def register_outside(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    year: int,
    number: int,
    dated: date,
    title: str,
    reason: str,
    scan_sha256: str = "",
    token: str | None = None,
) -> int:
    """Say that a document made outside this program used a number; `reason` says where and why. The number's id.

    Only the next number, a hole or a reserved one that no paper took: RuleError otherwise, nothing changes then.
    `scan_sha256` is what `keep_scan` answered.
    """
    given = OutsideDocument(dated, title, reason, scan_sha256)

    def change(session: Session) -> int:
        series = store.load_series(session, series_id)
        document = rules.checked_outside(given, year, now.date())
        number_id = _explain(
            session,
            series,
            year,
            number,
            state=NumberState.OUTSIDE,
            explanation=f"Hecho fuera del programa: {document.reason}",
            actor=actor,
            now=now,
            action="number.outside",
            reason=document.reason,
            told={"dated": document.dated, "title": document.title, "scan": document.scan_sha256},
        )
        store.add_outside(session, number_id, document)
        return number_id

    return db.run_once(token, change)


def annul_number(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    year: int,
    number: int,
    reason: str,
    token: str | None = None,
) -> int:
    """Say why a number will never be used: reserved and not taken, a hole, or the next one. The number's id.

    The next reservation does not give it out again. RuleError when it is used or explained already.
    """

    def change(session: Session) -> int:
        rules.check_reason(reason)
        return _explain(
            session,
            store.load_series(session, series_id),
            year,
            number,
            state=NumberState.ANNULLED,
            explanation=f"Anulado: {reason.strip()}",
            actor=actor,
            now=now,
            action="number.annul",
            reason=reason.strip(),
            told={},
        )

    return db.run_once(token, change)


def numbers_pdf(db: Database, *, series_id: int, year: int, today: date) -> bytes:
    """The register of a year on paper, holes said as holes, with its counts at the foot."""
    from sisfoh_desktop.modules.papers import report

    return report.numbers_pdf(
        find_series_by_id(db, series_id),
        year,
        number_register(db, series_id, year),
        office.letterhead(db, today),
        today=today,
        watermark=office.watermark(db),
    )


def numbers_workbook(db: Database, *, series_id: int, year: int) -> bytes:
    """The register of a year as an .xlsx workbook."""
    from sisfoh_desktop.modules.papers import sheet

    return sheet.numbers_workbook(
        find_series_by_id(db, series_id),
        year,
        number_register(db, series_id, year),
        mark=office.watermark(db),
    )


def find_series_by_id(db: Database, series_id: int) -> Series:
    """The series, or RuleError `series_unknown`."""
    with db.reading() as session:
        return store.load_series(session, series_id)


def check_numbers(db: Database) -> list[str]:
    """One Spanish sentence for each number that its register lacks, or that does not agree with its paper."""
    problems = []
    for series in list_series(db):
        for year in list_series_years(db, series.id):
            problems += [
                f"{line.text} ({series.title}) falta en el registro."
                for line in number_register(db, series.id, year)
                if line.state is NumberState.MISSING
            ]
    with db.reading() as session:
        claims = store.list_claims(session)
    for text, state, printed, paper_state in claims:
        if printed != text:
            problems.append(f"El documento que lleva el número {text} imprime {printed}.")
        if state is not _STATES_OF_PAPERS[paper_state]:
            problems.append(
                f"{text} figura como {state} en el registro, pero su documento está {paper_state}."
            )
    return problems


def _explain(
    session: Session,
    series: Series,
    year: int,
    number: int,
    *,
    state: NumberState,
    explanation: str,
    actor: Actor,
    now: datetime,
    action: str,
    reason: str,
    told: dict[str, object],
) -> int:
    """Check that the number is open and write what became of it, with the trail."""
    entry = store.find_entry(session, series.id, year, number)
    known = store.find_series_year(session, series.id, year)
    rules.check_number_open(known, entry, number, series.mask, year)
    number_id = store.explain_number(
        session,
        series,
        year,
        number,
        state=state,
        explanation=explanation,
        subject=f"series:{series.id}",
        now=now,
        user=actor.user,
    )
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"number:{number_id}",
        before={"state": entry.state} if entry else None,
        after={"number": store.load_number(session, number_id).text, "state": state, **told},
        reason=reason,
    )
    return number_id
