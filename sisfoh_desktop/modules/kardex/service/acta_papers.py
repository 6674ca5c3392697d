"""What an acta prints, gathered from the base, and the paper made of it. Numbering and freezing are in `actas`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules import actas as rules
from sisfoh_desktop.modules.kardex.rules.acta_rows import acta_rows
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, ActaRoute, Party, ToldMovement
from sisfoh_desktop.modules.kardex.rules.closing import held_sentence, unexplained_sentence
from sisfoh_desktop.modules.kardex.rules.control_sheets import (
    ClosingBook,
    HeldOfType,
    InventoryHolder,
    InventorySheet,
    NoDebt,
    explained,
)
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue, closing, count_papers, counting_cuadre, reading
from sisfoh_desktop.modules.kardex.store import actas as store
from sisfoh_desktop.modules.kardex.store import past_hands
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit

if TYPE_CHECKING:
    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.documents.page import BuiltPaper

UNIT_SIGLAS = "ULE"
UNIT_NAME = "Unidad Local de Empadronamiento"
_ALL_RANGES = 200_000


def kardex_unit(db: Database, on: date) -> Unit | None:
    """The unit that keeps the kardex on that day: the ULE, by its siglas or else by its name."""
    units = office.list_units(db, on)
    by_siglas = office.unit_by_siglas(db, UNIT_SIGLAS, on)
    return by_siglas or next((unit for unit in units if "empadronamiento" in unit.name.casefold()), None)


def unit_name(db: Database, on: date) -> str:
    unit = kardex_unit(db, on)
    return unit.name if unit else UNIT_NAME


def letterhead(db: Database, on: date) -> "Letterhead":
    return office.letterhead(db, on, unit_name(db, on))


def proposed_draft(
    db: Database,
    *,
    kind: ActaKind,
    campaign_id: int,
    today: date,
    movement_ids: Sequence[int] = (),
    holder_id: int = 0,
) -> ActaDraft:
    """An acta as it is proposed: dated as its last movement, or today; the people as far as they are known."""
    ours = _office_party(db, today)
    theirs = Party()
    dated = today
    if kind.tells_movements:
        with db.reading() as session:
            movements = store.load_told(session, list(movement_ids))
        if movements:
            dated = max(one.moved_on for one in movements)
            holders = {one.id: one for one in catalogue.list_holders(db)}
            giver, taker = (
                _party_of(holders.get(one), ours)
                for one in (movements[0].from_holder_id, movements[0].to_holder_id)
            )
            if movements[0].from_holder_id == movements[0].to_holder_id:
                taker = ours if giver != ours else Party()
            return ActaDraft(
                kind, campaign_id, dated, giver, taker if taker != giver else Party(), tuple(movement_ids)
            )
    elif kind is ActaKind.INVENTORY and holder_id:
        theirs = _party_of(catalogue.load_holder(db, holder_id), ours)
        return ActaDraft(kind, campaign_id, dated, theirs if theirs != ours else Party(), ours, (), holder_id)
    return ActaDraft(kind, campaign_id, dated, ours, Party(), (), holder_id)


def build_acta(
    db: Database,
    draft: ActaDraft,
    *,
    number: str,
    movements: Sequence[ToldMovement] = (),
    watermark: str = "",
) -> "BuiltPaper":
    """The paper of a clean draft; RuleError where what it says would not be true (`check_truth`)."""
    sheet = _sheet(db, draft, number, movements)
    head = letterhead(db, draft.dated)
    mark = office.watermark(db, watermark)
    legend = office.legend(db, draft.dated) if draft.route is ActaRoute.DIGITAL else ""
    if draft.kind is ActaKind.INVENTORY:
        from sisfoh_desktop.modules.kardex.report.inventory import inventory_acta_pdf

        inventory = inventory_of(db, draft.campaign_id, draft.holder_id, draft.dated, with_counts=True)
        return inventory_acta_pdf(sheet, inventory, head, watermark=mark)
    if draft.kind is ActaKind.CLOSING:
        from sisfoh_desktop.modules.kardex.report.closing import closing_pdf

        return closing_pdf(
            sheet, closing_book(db, draft.campaign_id, draft.dated), head, legend=legend, watermark=mark
        )
    if draft.kind is ActaKind.NO_DEBT:
        from sisfoh_desktop.modules.kardex.report.no_debt import no_debt_pdf

        return no_debt_pdf(sheet, no_debt_of(db, draft), head, legend=legend, watermark=mark)
    from sisfoh_desktop.modules.kardex.report.acta import acta_pdf

    return acta_pdf(sheet, head, legend=legend, watermark=mark)


def no_debt_of(db: Database, draft: ActaDraft) -> NoDebt:
    """What the constancia of a person tells; RuleError `still_holds` or `holder_without_dni`."""
    holder = catalogue.load_holder(db, draft.holder_id)
    if not holder.kind.is_person:
        raise RuleError(
            "holder_no_person",
            f"{holder.name} no es una persona; la constancia se da a quien recibió formularios.",
        )
    if not holder.dni:
        raise RuleError(
            "holder_without_dni",
            f"{holder.name} no tiene DNI registrado y la constancia lo lleva; no se hizo. Regístrelo en el catálogo.",
        )
    custody = reading.custody_of(db, holder.id, draft.dated)
    rules.check_owes_nothing(holder.name, [one.text for one in custody.held])
    flows = reading.flows(db, campaign_id=draft.campaign_id, holder_id=holder.id)
    return NoDebt(holder, tuple(flows))


def closing_book(db: Database, campaign_id: int, today: date) -> ClosingBook:
    """What the closing acta tells; RuleError `closing_held` or `closing_unexplained` while something is in the way."""
    left = closing.check_closing(db, campaign_id=campaign_id, today=today)
    if left.held:
        raise RuleError("closing_held", held_sentence(left.held))
    if left.unexplained:
        raise RuleError("closing_unexplained", unexplained_sentence(left.unexplained))
    cuadre = counting_cuadre.cuadre(db, campaign_id=campaign_id, today=today, closing=True)
    told = tuple(explained(one) for one in cuadre.differences if one.explained)
    return ClosingBook(tuple(reading.stock(db, campaign_id)), told)


def inventory_of(
    db: Database, campaign_id: int, holder_id: int, on: date, *, with_counts: bool = False
) -> InventorySheet:
    """What the kardex says that each holder of the office has in hand, or the one named.

    `with_counts` sets beside it what their last arqueos found.
    """
    campaign = catalogue.load_campaign(db, campaign_id)
    by_holder = held_by_holder(db, campaign_id, holder_id)
    holders = sorted(
        (one for one in catalogue.list_holders(db) if not one.kind.is_outside),
        key=lambda one: (list(HolderKind).index(one.kind), one.name),
    )
    if holder_id:
        chosen = [one for one in holders if one.id == holder_id]
    else:
        chosen = [one for one in holders if one.id in by_holder]
    inventory = InventorySheet(
        campaign.name, on, tuple(InventoryHolder(one, by_holder.get(one.id, ())) for one in chosen)
    )
    return (
        count_papers.with_counts(db, campaign_id, inventory, everybody=not holder_id)
        if with_counts
        else inventory
    )


def held_by_holder(db: Database, campaign_id: int, holder_id: int = 0) -> dict[int, tuple[HeldOfType, ...]]:
    """What each holder (or one) has in hand of the campaign's types, with the ranges."""
    types = {one.id: one for one in catalogue.list_types(db, campaign_id)}
    with db.reading() as session:
        rows = store.holders_with_forms(session, list(types), holder_id)
    counts: dict[tuple[int, int], list[tuple[Condition, int]]] = {}
    for owner, type_id, condition, count in rows:
        counts.setdefault((owner, type_id), []).append((condition, count))
    found: dict[int, list[HeldOfType]] = {}
    for (owner, type_id), kinds in sorted(counts.items(), key=lambda item: types[item[0][1]].code):
        form = types[type_id]
        ranges = (
            tuple(
                each
                for condition, _ in kinds
                for each in reading.ranges_of(
                    db, type_id=type_id, holder_id=owner, condition=condition, limit=_ALL_RANGES
                )
            )
            if form.serialised
            else ()
        )
        found.setdefault(owner, []).append(HeldOfType(form, ranges, tuple(kinds)))
    return {owner: tuple(held) for owner, held in found.items()}


def held_on(db: Database, types: Mapping[int, FormType], holder_id: int, day: date) -> tuple[HeldOfType, ...]:
    """What a holder had in hand at the end of a past day, by the code of the types."""
    with db.reading() as session:
        ranges = past_hands.ranges_on(session, list(types), holder_id, day)
        counts = past_hands.counts_on(session, list(types), holder_id, day)
    order = list(Condition)
    return tuple(
        HeldOfType(form, tuple(ranges.get(form.id, ())), kinds)
        for form in sorted(types.values(), key=lambda one: one.code)
        if (
            kinds := tuple(
                (condition, counts[form.id, condition])
                for condition in order
                if (form.id, condition) in counts
            )
        )
    )


def _sheet(db: Database, draft: ActaDraft, number: str, movements: Sequence[ToldMovement]) -> ActaSheet:
    types = {one.id: one for one in catalogue.list_types(db, draft.campaign_id)}
    return ActaSheet(
        draft=draft,
        number=number,
        place=office.load_municipality(db).place_name,
        unit=unit_name(db, draft.dated),
        campaign=catalogue.load_campaign(db, draft.campaign_id).name,
        rows=acta_rows(movements, types),
        grounds=words.grounds(movements, types, of_incidents=draft.kind is ActaKind.INCIDENT),
        told=tuple(dict.fromkeys(one.kind for one in movements)),
    )


def _office_party(db: Database, on: date) -> Party:
    """Whoever heads the unit that keeps the kardex; the post alone while nobody is registered."""
    unit = kardex_unit(db, on)
    officer = office.officer_for(db, unit.id, on) if unit else None
    if officer is None:
        return Party(position=f"Responsable de la {unit.name if unit else UNIT_NAME}")
    return Party(officer.full_name, officer.dni or "", officer.full_position)


def _party_of(holder: Holder | None, ours: Party) -> Party:
    if holder is None:
        return Party()
    if holder.kind.is_person:
        return Party(holder.name, holder.dni, holder.kind.label)
    return ours if holder.kind is HolderKind.WAREHOUSE else Party(position=words.outside_position(holder))


def holders_with_forms(db: Database, campaign_id: int) -> set[int]:
    """Who has any sheet of the campaign's types in hand."""
    types = [one.id for one in catalogue.list_types(db, campaign_id)]
    with db.reading() as session:
        return {row[0] for row in store.holders_with_forms(session, types)}
