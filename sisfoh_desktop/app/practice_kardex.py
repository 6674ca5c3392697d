"""The kardex of the practice office: what `resources/data/tacna-2024/kardex.toml` says, entered through the service."""

from datetime import date, datetime, time
from typing import Any

from sisfoh_desktop.app.practice_case import read_case_file
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import (
    Campaign,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
    NewMovement,
)
from sisfoh_desktop.modules.kardex.service import catalogue, moving

_PLACES = {
    "almacen": HolderKind.WAREHOUSE,
    "archivo": HolderKind.ARCHIVE,
    "rector": HolderKind.GOVERNING_BODY,
    "imprenta": HolderKind.PRINTER,
}


def load_kardex(db: Database, actor: Actor) -> None:
    """The campaign, its people and the movements of the pilot, each at its own hour."""
    case = read_case_file("kardex")
    row = case["campaign"]
    campaign_id = catalogue.start_kardex(
        db,
        actor=actor,
        now=_at(row["starts_on"], 8),
        campaign=Campaign(row["name"], row["starts_on"], row["ends_on"]),
    )
    types = {one.code: one for one in catalogue.list_types(db, campaign_id)}
    holders = _enter_people(db, actor, case["holder"], row["starts_on"], row["ends_on"])
    for row in case["movement"]:
        moving.register_movement(
            db, actor=actor, now=_at(row["day"], row["hour"]), movement=_movement_of(row, types, holders)
        )


def _enter_people(
    db: Database, actor: Actor, rows: list[dict[str, Any]], since: date, until: date
) -> dict[str, int]:
    places = {kind: holder.id for holder in catalogue.list_holders(db) for kind in [holder.kind]}
    holders = {slug: places[kind] for slug, kind in _PLACES.items()}
    for row in rows:
        person = Holder(
            HolderKind(row["kind"]),
            row["name"],
            dni=row["dni"],
            valid_from=since,
            valid_until=until,
            document="Contrato de práctica",
            chief_id=holders.get(row["chief"]),
        )
        holders[row["slug"]] = catalogue.add_holder(db, actor=actor, now=_at(since, 9), holder=person)
    return holders


def _movement_of(row: dict[str, Any], types: dict[str, FormType], holders: dict[str, int]) -> NewMovement:
    form = types[row["form"]]
    ranges = parse_ranges(row["numbers"], form.number_width, form.prefix) if row["numbers"] else FormRanges()
    return NewMovement(
        MovementKind(row["kind"]),
        form.id,
        row["day"],
        holders[row["from"]],
        holders[row["to"]],
        ranges=ranges,
        count=row.get("count", 0),
        document=row["document"],
        reason=row.get("reason", ""),
        witness=row.get("witness", ""),
    )


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LIMA)
