"""What the kardex asks of the office on a day, for Mi bandeja. Plain Python over the module's other facts."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.modules.kardex.rules.adjusting import Adjustment, AdjustmentState
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, FormType
from sisfoh_desktop.modules.kardex.rules.reading import CustodyLine, StockLine
from sisfoh_desktop.modules.kardex.rules.sightings import Sighting


class PendingKind(StrEnum):
    """The record that a line opens, as the window names it."""

    NUMBER = "kardex.number"
    HOLDER = "kardex.holder"
    TYPE = "kardex.type"
    ADJUSTMENT = "kardex.adjustment"
    CAMPAIGN = "kardex.campaign"


def reappeared(sightings: Iterable[Sighting], types: dict[int, FormType]) -> list[Pending]:
    """Lost forms that were seen again, one line each: somebody has to say what is true."""
    lines: dict[tuple[int, int], Pending] = {}
    for one in sightings:  # the newest first: that one is told
        form_type = types[one.type_id]
        name = f"formulario {form_type.code} N° {form_type.number_text(one.number)}"
        lines.setdefault(
            (one.type_id, one.number),
            Pending(
                PendingKind.NUMBER,
                one.number,
                f"Reapareció el {name}, que figura extraviado",
                f"{one.seen_in}; se vio el {format_date(one.seen_on)}. Revierta el extravío o proponga un ajuste",
                one.seen_on,
            ),
        )
    return list(lines.values())


def held_by_people(lines: Sequence[CustodyLine]) -> list[Pending]:
    """People who are not in force and still have forms, and those who have had blank ones for too long."""
    by_holder: dict[int, list[CustodyLine]] = {}
    for line in lines:
        if line.form_count and (line.not_in_force or line.over_days):
            by_holder.setdefault(line.holder.id, []).append(line)
    found = []
    for holder_id, held in by_holder.items():
        told = ", ".join(f"{line.form_type.code}: {format_number(line.form_count)}" for line in held)
        first = held[0]
        if first.not_in_force:
            found.append(
                Pending(
                    PendingKind.HOLDER,
                    holder_id,
                    f"{first.holder.name} dejó el cargo y tiene formularios",
                    f"{told}. Reciba la devolución; la constancia de no adeudo espera",
                    first.holder.valid_until,
                )
            )
            continue
        oldest = min(held, key=lambda line: line.oldest or date.max)
        due = None if oldest.oldest is None else oldest.oldest + timedelta(days=oldest.most_days)
        found.append(
            Pending(
                PendingKind.HOLDER,
                holder_id,
                f"{first.holder.name} tiene formularios en blanco hace {oldest.days} días",
                f"{told}. La campaña admite {oldest.most_days} días",
                due,
            )
        )
    return found


def short_stock(lines: Iterable[StockLine]) -> list[Pending]:
    """Types of which the warehouse has less than the office wants."""
    return [
        Pending(
            PendingKind.TYPE,
            line.form_type.id,
            f"Quedan pocos formularios {line.form_type.code} en almacén",
            f"Hay {format_number(line.in_stock)} y el mínimo es {format_number(line.minimum)}; pida la reposición",
            None,
        )
        for line in lines
        if line.below_minimum
    ]


def to_approve(adjustments: Iterable[Adjustment], types: dict[int, FormType]) -> list[Pending]:
    """Adjustments that wait for an approval."""
    return [
        Pending(
            PendingKind.ADJUSTMENT,
            one.id,
            f"Ajuste de {types[one.asked.type_id].code} por aprobar",
            f"Tiene {len(one.approvals)} de 2 aprobaciones; {one.asked.reason}",
            None,
        )
        for one in adjustments
        if one.state is AdjustmentState.PROPOSED
    ]


def to_close(campaign: Campaign, today: date) -> list[Pending]:
    """A campaign past its last day that nobody closed."""
    if campaign.closed_on is not None or campaign.ends_on is None or today <= campaign.ends_on:
        return []
    return [
        Pending(
            PendingKind.CAMPAIGN,
            campaign.id,
            f"Cierre la campaña {campaign.name}",
            f"Terminó el {format_date(campaign.ends_on)}; falta su acta de cierre",
            campaign.ends_on,
        )
    ]
