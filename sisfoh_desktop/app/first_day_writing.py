"""What the first day stores, in three steps that are each whole: the office, its first user, its first copy.

A step that was stored is not stored again: after a failure (or another day) the assistant goes on with the next. All
of it runs on the worker.
"""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.texts import counted

if TYPE_CHECKING:
    from sisfoh_desktop.app.first_day_people import FirstCopy, FirstUser
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.modules.office.rules.first_day import FirstDay, OfficeStanding, Province, UnitTemplate
    from sisfoh_desktop.qtkit.page import Desk


def look_at_office(
    db: "Database", now: datetime
) -> "tuple[OfficeStanding, tuple[Province, ...], tuple[UnitTemplate, ...], bool, bool]":
    """What the office has, what it may start from, whether it has users and a copy."""
    from sisfoh_desktop.modules.office.service import first_day
    from sisfoh_desktop.modules.people.service import access
    from sisfoh_desktop.modules.safekeeping.service import backups

    return (
        first_day.load_standing(db, now.date()),
        first_day.provinces(),
        first_day.unit_templates(),
        access.has_users(db),
        backups.standing(db).last is not None,
    )


def enter_office(db: "Database", *, actor: Actor, now: datetime, entered: "FirstDay", token: str) -> str:
    """Municipality, units, officers and days off in one transaction; what was stored, in words."""
    from sisfoh_desktop.modules.office.service import first_day

    if any((entered.municipality, entered.units, entered.officers, entered.holidays)):
        first_day.enter_first_day(db, actor=actor, now=now, entered=entered, token=token)
    parts = [
        "municipalidad" if entered.municipality is not None else "",
        counted(len(entered.units), "unidad", "unidades") if entered.units else "",
        counted(len(entered.officers), "responsable", "responsables") if entered.officers else "",
        counted(len(entered.holidays), "feriado", "feriados") if entered.holidays else "",
    ]
    return ", ".join(part for part in parts if part) or "la oficina, como estaba"


def enter_user(db: "Database", *, actor: Actor, now: datetime, first: "FirstUser", token: str) -> str:
    """The first administrator; their login."""
    from sisfoh_desktop.modules.people.service import users

    user = replace(first.user, office=first.user.office or actor.office)
    users.add_user(
        db, actor=actor, now=now, user=user, roles=user.roles, password=first.password, token=token
    )
    return user.login


def make_copy(desk: "Desk", *, now: datetime, wish: "FirstCopy", login: str) -> str:
    """The first copy, in the name of the new administrator where there is one; the name of its file."""
    import sisfoh_desktop.app.all_tables  # noqa: F401 - a copy holds every table, those of pages not opened yet too
    from sisfoh_desktop.modules.people.service import access
    from sisfoh_desktop.modules.safekeeping.rules.facts import Occasion
    from sisfoh_desktop.modules.safekeeping.service import backups

    known = access.actor_now(desk.db, login, now.date()) if login else None
    actor = known if known is not None and known.may("backup.make") else desk.actor
    made = backups.make_backup(
        desk.db,
        desk.archive,
        actor=actor,
        now=now,
        folder=wish.folder,
        occasion=Occasion.DEMAND,
        password=wish.password,
    )
    return made.file_name
