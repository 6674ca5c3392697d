"""Campaigns, types of forms and those who can hold them: entering and correcting them, who is in force on a day."""

import tomllib
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.access_log import record_view
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import catalogue as rules
from sisfoh_desktop.modules.kardex.rules import holders
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service.history import history
from sisfoh_desktop.modules.kardex.service.in_force import register_holder_check, why_not_in_force_in
from sisfoh_desktop.modules.kardex.store import catalogue as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "add_campaign",
    "add_holder",
    "add_type",
    "current_campaign",
    "end_holder",
    "history",
    "list_campaigns",
    "list_holders",
    "list_types",
    "load_campaign",
    "load_holder",
    "load_type",
    "register_holder_check",
    "reveal_dni",
    "save_campaign",
    "save_holder",
    "save_type",
    "start_kardex",
    "why_not_in_force_in",
]

_Fact = Campaign | FormType | Holder


# --- campaigns ---


def list_campaigns(db: Database) -> list[Campaign]:
    """The newest first."""
    with db.reading() as session:
        return store.list_campaigns(session)


def load_campaign(db: Database, campaign_id: int) -> Campaign:
    """RuleError `campaign_unknown`."""
    with db.reading() as session:
        return store.load_campaign(session, campaign_id)


def current_campaign(db: Database, today: date) -> Campaign | None:
    """The campaign to work on (`rules.current_of`); None in an office without kardex."""
    return rules.current_of(list_campaigns(db), today)


def start_kardex(
    db: Database, *, actor: Actor, now: datetime, campaign: Campaign, token: str | None = None
) -> int:
    """The first campaign, the types that the program proposes and the places of every office; the campaign's id.

    RuleError `kardex_started` where there is a campaign already; FileFailed when the shipped list is damaged.
    """
    rows = _shipped_rows()

    def change(session: "Session") -> int:
        if store.list_campaigns(session):
            raise RuleError(
                "kardex_started", "El kardex de esta oficina ya está iniciado; actualice con F5 para verlo."
            )
        campaign_id = _add_campaign_in(session, actor, now, campaign)
        for form_type in rules.shipped_types(rows, campaign_id):
            _add_type_in(session, actor, now, form_type)
        there = {holder.kind for holder in store.list_holders(session)}
        for place in holders.FIRST_PLACES:
            if place.kind not in there:
                _add_holder_in(session, actor, now, place)
        return campaign_id

    return db.run_once(token, change)


def add_campaign(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    campaign: Campaign,
    copy_types_from: int = 0,
    token: str | None = None,
) -> int:
    """A new open campaign, with the types of another one if asked; its id."""

    def change(session: "Session") -> int:
        campaign_id = _add_campaign_in(session, actor, now, campaign)
        if copy_types_from:
            added = store.load_campaign(session, campaign_id)
            source = store.list_types(session, store.load_campaign(session, copy_types_from).id)
            for form_type in rules.copied_types(source, added):
                _add_type_in(session, actor, now, form_type)
        return campaign_id

    return db.run_once(token, change)


def save_campaign(
    db: Database, *, actor: Actor, now: datetime, campaign: Campaign, token: str | None = None
) -> None:
    """Correct name, days and bands over `campaign.version`; closing and opening again are not done here.

    RuleError as in `rules.check_campaign_change`, StaleRow when somebody changed it first.
    """

    def change(session: "Session") -> None:
        before = store.load_campaign(session, campaign.id)
        asked = replace(campaign, closed_on=before.closed_on, closing_document=before.closing_document)
        after = rules.clean_campaign(asked)
        first, last = store.campaign_days(session, campaign.id)
        rules.check_campaign_change(before, after, store.list_campaigns(session), first, last)
        store.save_campaign(session, after)
        _record(session, actor, now, "kardex_campaign.save", before, after)

    db.run_once(token, change)


def _add_campaign_in(session: "Session", actor: Actor, now: datetime, campaign: Campaign) -> int:
    cleaned = rules.clean_campaign(replace(campaign, closed_on=None, closing_document="", id=0))
    rules.check_new_campaign(cleaned, store.list_campaigns(session))
    campaign_id = store.add_campaign(session, cleaned)
    _record(session, actor, now, "kardex_campaign.add", None, replace(cleaned, id=campaign_id))
    return campaign_id


# --- types of forms ---


def list_types(db: Database, campaign_id: int, on: date | None = None) -> list[FormType]:
    """The types of a campaign in the order entered; with `on`, only those in use on that day."""
    with db.reading() as session:
        types = store.list_types(session, campaign_id)
    return [one for one in types if on is None or rules.is_valid_type(one, on)]


def load_type(db: Database, type_id: int) -> FormType:
    """RuleError `form_type_unknown`."""
    with db.reading() as session:
        return store.load_type(session, type_id)


def add_type(
    db: Database, *, actor: Actor, now: datetime, form_type: FormType, token: str | None = None
) -> int:
    """A new type of an open campaign; its id."""
    return db.run_once(token, lambda session: _add_type_in(session, actor, now, form_type))


def save_type(
    db: Database, *, actor: Actor, now: datetime, form_type: FormType, token: str | None = None
) -> None:
    """Correct a type over `form_type.version`; what was moved under it limits what may change.

    RuleError as in `rules.check_form_type_change`, StaleRow when somebody changed it first.
    """

    def change(session: "Session") -> None:
        before = store.load_type(session, form_type.id)
        after = rules.clean_form_type(form_type)
        rules.check_form_type_change(
            before,
            after,
            store.load_campaign(session, before.campaign_id),
            store.list_types(session, before.campaign_id),
            store.type_use(session, before.id),
        )
        store.save_type(session, after)
        _record(session, actor, now, "kardex_form_type.save", before, after)

    db.run_once(token, change)


def _add_type_in(session: "Session", actor: Actor, now: datetime, form_type: FormType) -> int:
    cleaned = rules.clean_form_type(replace(form_type, id=0))
    campaign = store.load_campaign(session, cleaned.campaign_id)
    rules.check_new_form_type(cleaned, campaign, store.list_types(session, campaign.id))
    type_id = store.add_type(session, cleaned)
    _record(session, actor, now, "kardex_form_type.add", None, replace(cleaned, id=type_id))
    return type_id


# --- holders ---


def list_holders(db: Database, on: date | None = None, kinds: Collection[HolderKind] = ()) -> list[Holder]:
    """Who can hold forms, by name; with `on` only those in force by their dates, with `kinds` only those."""
    with db.reading() as session:
        everybody = store.list_holders(session)
    return [one for one in everybody if (on is None or one.in_force(on)) and (not kinds or one.kind in kinds)]


def load_holder(db: Database, holder_id: int) -> Holder:
    """RuleError `holder_unknown`."""
    with db.reading() as session:
        return store.load_holder(session, holder_id)


def reveal_dni(db: Database, *, actor: Actor, now: datetime, holder_id: int, reason: str) -> str:
    """The whole DNI of a person, once it is noted who asks and why.

    RuleError `not_allowed` without the right `personal.view`, `reason_missing`, `dni_not_kept`.
    """
    check_right(actor, "personal.view")
    holder = load_holder(db, holder_id)
    if not holder.dni:
        raise RuleError("dni_not_kept", "Esta persona no tiene DNI registrado; no hay nada que mostrar.")
    record_view(
        db, actor=actor, now=now, subject=f"kardex_holder:{holder_id}", person=holder.name, reason=reason
    )
    return holder.dni


def add_holder(db: Database, *, actor: Actor, now: datetime, holder: Holder, token: str | None = None) -> int:
    """A new person or place; its id."""
    return db.run_once(token, lambda session: _add_holder_in(session, actor, now, holder))


def save_holder(
    db: Database, *, actor: Actor, now: datetime, holder: Holder, token: str | None = None
) -> None:
    """Correct a person or place over `holder.version`.

    RuleError as in `holders.check_holder_change`, StaleRow when somebody changed it first.
    """

    def change(session: "Session") -> None:
        before = store.load_holder(session, holder.id)
        after = holders.clean_holder(holder)
        moved = store.has_moved(session, before.id)
        holders.check_holder_change(before, after, store.list_holders(session), has_moved=moved)
        store.save_holder(session, after)
        _record(session, actor, now, "kardex_holder.save", before, after)

    db.run_once(token, change)


def end_holder(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    holder_id: int,
    expected_version: int,
    until: date,
    reason: str,
    token: str | None = None,
) -> None:
    """Note the last day of a person or place and why; the reason stays in the trail.

    Forms still in hand do not stop it: who asks shows `reading.custody_of` first.
    """

    def change(session: "Session") -> None:
        before = store.load_holder(session, holder_id)
        after, why = holders.check_end(before, until, reason)
        holders.check_new_holder(after, store.list_holders(session))
        store.save_holder(session, replace(after, version=expected_version))
        _record(session, actor, now, "kardex_holder.end", before, after, why)

    db.run_once(token, change)


def _add_holder_in(session: "Session", actor: Actor, now: datetime, holder: Holder) -> int:
    cleaned = holders.clean_holder(replace(holder, id=0))
    holders.check_new_holder(cleaned, store.list_holders(session))
    holder_id = store.add_holder(session, cleaned)
    _record(session, actor, now, "kardex_holder.add", None, replace(cleaned, id=holder_id))
    return holder_id


# --- inside ---


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    before: _Fact | None,
    after: _Fact,
    reason: str = "",
) -> None:
    """One entry of the trail: a new record whole, of a corrected one the fields that changed.

    Another DNI is told even where the figures that are shown stayed the same.
    """
    told = _plain(after)
    if isinstance(before, Holder) and isinstance(after, Holder) and after.dni not in ("", before.dni):
        told["dni"] = f"{told['dni']} (cambió)"
    old, new = changed_fields(None if before is None else _plain(before), told)
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"{action.partition('.')[0]}:{after.id}",
        before=old,
        after=new,
        reason=reason,
    )


def _plain(fact: _Fact) -> dict[str, Any]:
    values = asdict(fact)
    if isinstance(fact, Holder):
        values = {**values, "kind": fact.kind.value, "dni": mask_dni(fact.dni)}
    return {name: value for name, value in values.items() if name not in ("id", "version")}


@cache
def _shipped_rows() -> tuple[dict[str, Any], ...]:
    path = resource("data", "national", "form_types.toml")
    try:
        return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["row"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error
