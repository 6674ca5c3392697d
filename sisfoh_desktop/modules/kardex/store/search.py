"""What «Buscar en todo» finds of the kardex: forms, people, places, campaigns, papers, documents of movements."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind
from sisfoh_desktop.modules.kardex.rules.facts import HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.tables import (
    KardexActaRow,
    KardexCampaignRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexMovementRow,
)


def list_findable(session: Session, campaign_id: int) -> list[RecordHit]:
    """Forms of a campaign (0: of none), holders, campaigns and papers."""
    form, holder, campaign = KardexFormTypeRow, KardexHolderRow, KardexCampaignRow
    forms = session.execute(
        select(form.id, form.code, form.title).where(form.campaign_id == campaign_id).order_by(form.code)
    )
    holders = session.execute(
        select(holder.id, holder.name, holder.kind, holder.document).order_by(holder.name)
    ).all()
    campaigns = session.execute(select(campaign.id, campaign.name).order_by(campaign.id.desc()))
    names = {row.id: row.name for row in holders}
    acta = KardexActaRow
    papers = session.execute(
        select(acta.id, acta.kind, acta.dated, acta.holder_id, acta.note).order_by(acta.id.desc())
    )
    return [
        *(
            RecordHit("kardex.type", row.id, f"{row.code} · {row.title}", "Formulario del kardex")
            for row in forms
        ),
        *(
            RecordHit(
                "kardex.holder",
                row.id,
                row.name,
                f"Custodia de formularios · {HolderKind(row.kind).label}",
                row.document,
            )
            for row in holders
        ),
        *(RecordHit("kardex.campaign", row.id, row.name, "Campaña del kardex") for row in campaigns),
        *(
            RecordHit(
                "kardex.acta",
                row.id,
                f"{ActaKind(row.kind).label} del {format_date(row.dated)}",
                names.get(row.holder_id, "Documento del kardex"),
                row.note,
            )
            for row in papers
        ),
    ]


def find_movements(session: Session, typed: str, most: int) -> list[RecordHit]:
    """The newest movements whose document or note holds what was typed."""
    movement = KardexMovementRow
    rows = session.execute(
        select(
            movement.id, movement.number, movement.kind, movement.moved_on, movement.document, movement.note
        )
        .where(
            or_(
                movement.document.icontains(typed, autoescape=True),
                movement.note.icontains(typed, autoescape=True),
            )
        )
        .order_by(movement.id.desc())
        .limit(most)
    )
    return [
        RecordHit(
            "kardex.movement",
            row.id,
            row.document or row.note,
            f"Movimiento {row.number} · {MovementKind(row.kind).label} · {format_date(row.moved_on)}",
            row.note,
        )
        for row in rows
    ]


def find_dni(session: Session, dni: str) -> list[RecordHit]:
    """The people with this DNI."""
    holder = KardexHolderRow
    rows = session.execute(
        select(holder.id, holder.name, holder.kind).where(holder.dni == dni).order_by(holder.id)
    )
    return [
        RecordHit(
            "kardex.holder", row.id, row.name, f"Custodia de formularios · {HolderKind(row.kind).label}"
        )
        for row in rows
    ]
