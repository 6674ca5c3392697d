"""When a campaign may be closed and opened again. Plain Python."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.basics.texts import clean_text, counted
from sisfoh_desktop.modules.kardex.rules.counting import COUNTABLE
from sisfoh_desktop.modules.kardex.rules.cuadre import Closing, HeldAtClosing
from sisfoh_desktop.modules.kardex.rules.differences import Difference
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, Condition
from sisfoh_desktop.modules.kardex.rules.telling import Office, TypeFacts

_NAMED = 3  # of each sort, in the sentence of a refusal


def held_by_people(office: Office, types: Sequence[TypeFacts]) -> list[HeldAtClosing]:
    """What persons have to hand back, by name, type and condition."""
    held: list[HeldAtClosing] = []
    for facts in types:
        ranges: defaultdict[tuple[int, Condition], list[FormRange]] = defaultdict(list)
        for one in facts.standings.all:
            ranges[one.past.holder_id, one.past.condition].append(one.forms)
        for (holder_id, condition), count in facts.balances.items():
            if count and condition in COUNTABLE and holder_id in office.people:
                forms = FormRanges.of(ranges[holder_id, condition])
                held.append(
                    HeldAtClosing(office.holders[holder_id], facts.form_type, condition, forms, count)
                )
    return sorted(held, key=lambda one: (one.holder.name, one.form_type.code, one.condition.value))


def check_can_close(
    closing: Closing, document: str, closed_on: date, *, today: date, last: date | None
) -> str:
    """The document as it is kept. `last` is the day of the campaign's last movement.

    RuleError `campaign_closed`, `closing_future`, `closing_too_early`, `closing_held`, `closing_unexplained`, or for
    the document.
    """
    campaign = closing.campaign
    if campaign.closed_on is not None:
        raise RuleError(
            "campaign_closed",
            f"La campaña «{campaign.name}» ya se cerró el {format_date(campaign.closed_on)}.",
        )
    kept = clean_text(document, what="el acta de cierre", limit=500, required=True, one_line=True)
    if closed_on > today:
        raise RuleError(
            "closing_future", f"El cierre lleva fecha {format_date(closed_on)}, que todavía no llega."
        )
    earliest = max(campaign.starts_on, last or campaign.starts_on)
    if closed_on < earliest:
        raise RuleError(
            "closing_too_early",
            f"El cierre lleva fecha {format_date(closed_on)} y hay movimientos hasta el {format_date(earliest)}; "
            "ponga un día posterior.",
        )
    if closing.held:
        raise RuleError("closing_held", held_sentence(closing.held))
    if closing.unexplained:
        raise RuleError("closing_unexplained", unexplained_sentence(closing.unexplained))
    return kept


def held_sentence(held: Sequence[HeldAtClosing]) -> str:
    """Names who holds what."""
    forms = sum(one.form_count for one in held)
    people = len({one.holder.id for one in held})
    told = "; ".join(_short(one.text) for one in held[:_NAMED]) + _and_more(len(held) - _NAMED)
    return (
        f"La campaña no se puede cerrar: {counted(people, 'persona tiene', 'personas tienen')} "
        f"{counted(forms, 'formulario', 'formularios')} en su poder ({told}). Registre su devolución o lo que pasó."
    )


def unexplained_sentence(differences: Sequence[Difference]) -> str:
    """Names the first differences that nobody has explained."""
    named = [f"{one.kind.label} {one.type_code} {one.ranges_text}".strip() for one in differences[:_NAMED]]
    told = "; ".join(_short(one) for one in named) + _and_more(len(differences) - _NAMED)
    return (
        f"La campaña no se puede cerrar: {counted(len(differences), 'diferencia sigue', 'diferencias siguen')} sin "
        f"explicar ({told}). Corríjalas o explíquelas en Cuadre."
    )


def check_can_reopen(campaign: Campaign, document: str) -> str:
    """The document as it is kept. RuleError `campaign_open`, or for the document."""
    if campaign.closed_on is None:
        raise RuleError(
            "campaign_open", f"La campaña «{campaign.name}» está abierta; no hay nada que reabrir."
        )
    return clean_text(
        document, what="el documento que ordena reabrir", limit=500, required=True, one_line=True
    )


def _and_more(count: int) -> str:
    return f" y {count} más" if count > 0 else ""


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:89]}…"
