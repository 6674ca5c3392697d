"""Reads and writes of handovers and their lists of systems."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.handover import tables
from sisfoh_desktop.modules.handover.rules.checks import kept_sections, read_sections
from sisfoh_desktop.modules.handover.rules.facts import Credential, Handover, Person
from sisfoh_desktop.modules.handover.tables import HandoverRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

_DRAFT, _ISSUED = "draft", "issued"


def list_handovers(session: "Session") -> list[Handover]:
    """The newest first, each with its systems."""
    rows = list(session.scalars(select(HandoverRow).order_by(HandoverRow.id.desc())))
    systems = _systems(session, [row.id for row in rows])
    return [_handover(row, systems.get(row.id, ())) for row in rows]


def list_to_take(session: "Session", user_id: int) -> list[Handover]:
    """Those whose acta was issued to this user and that nobody went through yet, the oldest first."""
    rows = session.scalars(
        select(HandoverRow)
        .where(
            HandoverRow.receiver_user_id == user_id,
            HandoverRow.state == _ISSUED,
            HandoverRow.taken_at.is_(None),
        )
        .order_by(HandoverRow.id)
    )
    return [_handover(row, ()) for row in rows]


def list_proposing_end(session: "Session") -> list[Handover]:
    """Those whose acta was issued and that propose to end the access of whoever left."""
    rows = session.scalars(
        select(HandoverRow)
        .where(
            HandoverRow.state == _ISSUED,
            HandoverRow.proposes_end.is_(True),
            HandoverRow.leaver_user_id.is_not(None),
        )
        .order_by(HandoverRow.id)
    )
    return [_handover(row, ()) for row in rows]


def load_handover(session: "Session", handover_id: int) -> Handover:
    """RuleError `handover_unknown`."""
    row = session.get(HandoverRow, handover_id, populate_existing=True)
    if row is None:
        raise RuleError(
            "handover_unknown",
            "Esa entrega de cargo no existe en esta base; no se cambió nada. Actualice con F5.",
        )
    return _handover(row, _systems(session, [row.id]).get(row.id, ()))


def add_handover(session: "Session", handover: Handover, *, now: datetime, user: str) -> int:
    """A new draft; its id."""
    done = cast(
        "CursorResult[Any]",
        session.execute(
            insert(HandoverRow).values(
                **_values(handover),
                state=_DRAFT,
                paper_id=None,
                drawn_at=now,
                drawn_by=user,
                taken_at=None,
                taken_by="",
                version=1,
            )
        ),
    )
    key = done.inserted_primary_key
    assert key is not None
    _put_systems(session, int(key[0]), handover.credentials)
    return int(key[0])


def save_handover(session: "Session", handover: Handover) -> int:
    """The draft over the version that was seen; the new one, or StaleRow."""
    version = update_version(session, HandoverRow, handover.id, handover.version, _values(handover))
    _put_systems(session, handover.id, handover.credentials)
    return version


def record_issue(session: "Session", handover_id: int, version: int, paper_id: int) -> None:
    """Its acta was issued; StaleRow."""
    update_version(session, HandoverRow, handover_id, version, {"state": _ISSUED, "paper_id": paper_id})


def record_reopening(session: "Session", handover_id: int, version: int) -> None:
    """A draft again, without an acta; StaleRow."""
    update_version(
        session,
        HandoverRow,
        handover_id,
        version,
        {"state": _DRAFT, "paper_id": None, "taken_at": None, "taken_by": ""},
    )


def record_taking(session: "Session", handover_id: int, version: int, now: datetime, user: str) -> None:
    """Whoever receives went through it; StaleRow."""
    update_version(session, HandoverRow, handover_id, version, {"taken_at": now, "taken_by": user})


def drop_draft(session: "Session", handover_id: int, version: int) -> None:
    """Take a draft away with its systems; StaleRow."""
    update_version(session, HandoverRow, handover_id, version, {"state": _DRAFT})
    session.execute(
        delete(tables.HandoverCredentialRow).where(tables.HandoverCredentialRow.handover_id == handover_id)
    )
    session.execute(delete(HandoverRow).where(HandoverRow.id == handover_id))


def _put_systems(session: "Session", handover_id: int, credentials: Sequence[Credential]) -> None:
    session.execute(
        delete(tables.HandoverCredentialRow).where(tables.HandoverCredentialRow.handover_id == handover_id)
    )
    rows = [
        {
            "handover_id": handover_id,
            "position": position,
            "system": one.system,
            "account": one.account,
            "place": one.place,
            "custodian": one.custodian,
        }
        for position, one in enumerate(credentials, 1)
    ]
    if rows:
        session.execute(insert(tables.HandoverCredentialRow), rows)


def _systems(session: "Session", ids: Iterable[int]) -> dict[int, tuple[Credential, ...]]:
    rows = session.scalars(
        select(tables.HandoverCredentialRow)
        .where(tables.HandoverCredentialRow.handover_id.in_(list(ids)))
        .order_by(tables.HandoverCredentialRow.handover_id, tables.HandoverCredentialRow.position)
    )
    found: dict[int, tuple[Credential, ...]] = {}
    for row in rows:
        one = Credential(row.system, row.account, row.place, row.custodian, row.id)
        found[row.handover_id] = (*found.get(row.handover_id, ()), one)
    return found


def _values(handover: Handover) -> dict[str, Any]:
    return {
        **_person_values("leaver", handover.leaver),
        **_person_values("receiver", handover.receiver),
        "handed_on": handover.handed_on,
        "reason": handover.reason,
        "document": handover.document,
        "note": handover.note,
        "holder_id": handover.holder_id,
        "proposes_end": handover.proposes_end,
        "sections": kept_sections(handover.sections),
    }


def _person_values(who: str, person: Person) -> dict[str, Any]:
    return {
        f"{who}_name": person.name,
        f"{who}_position": person.position,
        f"{who}_unit": person.unit,
        f"{who}_user_id": person.user_id,
        f"{who}_officer_id": person.officer_id,
    }


def _handover(row: HandoverRow, credentials: tuple[Credential, ...]) -> Handover:
    return Handover(
        leaver=Person(
            row.leaver_name,
            row.leaver_position,
            row.leaver_unit,
            row.leaver_user_id,
            row.leaver_officer_id,
        ),
        receiver=Person(
            row.receiver_name,
            row.receiver_position,
            row.receiver_unit,
            row.receiver_user_id,
            row.receiver_officer_id,
        ),
        handed_on=row.handed_on,
        reason=row.reason,
        document=row.document,
        note=row.note,
        holder_id=row.holder_id,
        sections=read_sections(row.sections),
        credentials=credentials,
        proposes_end=row.proposes_end,
        id=row.id,
        version=row.version,
        is_draft=row.state == _DRAFT,
        paper_id=row.paper_id,
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by,
        taken_at=row.taken_at,
        taken_by=row.taken_by,
    )
