"""Reads and writes of campaigns, types of forms and holders, and what was already moved of each."""

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.kardex.rules.catalogue import TypeUse
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.tables import (
    KardexCampaignRow,
    KardexFormRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

    from sisfoh_desktop.db.base import Base


# --- campaigns ---


def list_campaigns(session: "Session") -> list[Campaign]:
    """The newest first."""
    query = select(KardexCampaignRow).order_by(
        KardexCampaignRow.starts_on.desc(), KardexCampaignRow.id.desc()
    )
    return [_campaign(row) for row in session.scalars(query)]


def load_campaign(session: "Session", campaign_id: int) -> Campaign:
    """RuleError `campaign_unknown`."""
    row = session.get(KardexCampaignRow, campaign_id, populate_existing=True)
    if row is None:
        raise RuleError("campaign_unknown", "Esa campaña no existe en esta base; actualice con F5.")
    return _campaign(row)


def add_campaign(session: "Session", campaign: Campaign) -> int:
    return _insert(session, KardexCampaignRow, {**_values(campaign), "last_movement": 0})


def save_campaign(session: "Session", campaign: Campaign) -> int:
    """Write it over the version that was seen; the new one, or StaleRow."""
    return update_version(session, KardexCampaignRow, campaign.id, campaign.version, _values(campaign))


def campaign_days(session: "Session", campaign_id: int) -> tuple[date | None, date | None]:
    """The days of the first and the last movement of a campaign."""
    types = session.scalars(
        select(KardexFormTypeRow.id).where(KardexFormTypeRow.campaign_id == campaign_id)
    ).all()
    ends = [_moved_days(session, type_id) for type_id in types]
    days = [day for pair in ends for day in pair if day is not None]
    return (min(days), max(days)) if days else (None, None)


# --- types of forms ---


def list_types(session: "Session", campaign_id: int) -> list[FormType]:
    """In the order in which they were entered."""
    query = (
        select(KardexFormTypeRow)
        .where(KardexFormTypeRow.campaign_id == campaign_id)
        .order_by(KardexFormTypeRow.id)
    )
    return [_form_type(row) for row in session.scalars(query)]


def load_type(session: "Session", type_id: int) -> FormType:
    """RuleError `form_type_unknown`."""
    row = session.get(KardexFormTypeRow, type_id, populate_existing=True)
    if row is None:
        raise RuleError("form_type_unknown", "Ese formulario no existe en esta base; actualice con F5.")
    return _form_type(row)


def add_type(session: "Session", form_type: FormType) -> int:
    return _insert(session, KardexFormTypeRow, _values(form_type))


def save_type(session: "Session", form_type: FormType) -> int:
    """As `save_campaign`."""
    return update_version(session, KardexFormTypeRow, form_type.id, form_type.version, _values(form_type))


def type_use(session: "Session", type_id: int) -> TypeUse:
    """What was already done with a type."""
    first, last = _moved_days(session, type_id)
    highest = session.scalar(
        select(KardexFormRow.number)
        .where(KardexFormRow.form_type_id == type_id)
        .order_by(KardexFormRow.number.desc())
        .limit(1)
    )
    return TypeUse(first, last, highest)


def _moved_days(session: "Session", type_id: int) -> tuple[date | None, date | None]:
    # one row from each end of the index; min() and max() together would read all of it
    moved = select(KardexMovementRow.moved_on).where(KardexMovementRow.form_type_id == type_id).limit(1)
    return (
        session.scalar(moved.order_by(KardexMovementRow.moved_on)),
        session.scalar(moved.order_by(KardexMovementRow.moved_on.desc())),
    )


# --- holders ---


def list_holders(session: "Session") -> list[Holder]:
    """All that ever were, by name."""
    query = select(KardexHolderRow).order_by(KardexHolderRow.name, KardexHolderRow.id)
    return [_holder(row) for row in session.scalars(query)]


def load_holder(session: "Session", holder_id: int) -> Holder:
    """RuleError `holder_unknown`."""
    row = session.get(KardexHolderRow, holder_id, populate_existing=True)
    if row is None:
        raise RuleError("holder_unknown", "Esa persona o lugar no existe en esta base; actualice con F5.")
    return _holder(row)


def add_holder(session: "Session", holder: Holder) -> int:
    return _insert(session, KardexHolderRow, _values(holder))


def save_holder(session: "Session", holder: Holder) -> int:
    """As `save_campaign`."""
    return update_version(session, KardexHolderRow, holder.id, holder.version, _values(holder))


def has_moved(session: "Session", holder_id: int) -> bool:
    """Whether the holder gave or took in any movement."""
    moved = select(KardexMovementRow.id).limit(1)
    return any(
        session.scalar(moved.where(column == holder_id)) is not None
        for column in (KardexMovementRow.from_holder_id, KardexMovementRow.to_holder_id)
    )


# --- rows and facts ---


def _campaign(row: KardexCampaignRow) -> Campaign:
    return Campaign(**{field.name: getattr(row, field.name) for field in fields(Campaign)})


def _form_type(row: KardexFormTypeRow) -> FormType:
    return FormType(**{field.name: getattr(row, field.name) for field in fields(FormType)})


def _holder(row: KardexHolderRow) -> Holder:
    values = {field.name: getattr(row, field.name) for field in fields(Holder)}
    return Holder(**{**values, "kind": HolderKind(row.kind)})


def _values(fact: Campaign | FormType | Holder) -> dict[str, Any]:
    values = {
        field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in ("id", "version")
    }
    if isinstance(fact, Holder):
        values["kind"] = fact.kind.value
    return values


def _insert(session: "Session", row_class: "type[Base]", values: dict[str, Any]) -> int:
    done = cast("CursorResult[Any]", session.execute(insert(row_class).values(**values, version=1)))
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])
