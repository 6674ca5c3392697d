"""The kardex card: blank forms that came in and went out of some hands, with the balance after each movement. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import CardEntry


@dataclass(frozen=True)
class CardLine:
    """A ledger line that concerns the card: `received` or `issued` is 0, unless it stayed within the same hands.

    `reverses` is the number and kind of the movement that its own one reverts, `reverted_by` the number of the one that
    reverts it (0: none).
    """

    movement_id: int
    movement_number: int
    moved_on: date
    kind: MovementKind
    forms: FormRange | None
    received: int
    issued: int
    counterpart: str
    document: str = ""
    reason: str = ""
    reverses: tuple[int, MovementKind] | None = None
    reverted_by: int = 0


def card_entries(opening: int, lines: Iterable[CardLine]) -> tuple[CardEntry, ...]:
    """One entry for each movement, in the order in which their lines come, with the balance after it."""
    by_movement: dict[int, list[CardLine]] = {}
    for line in lines:
        if line.received != line.issued:
            by_movement.setdefault(line.movement_id, []).append(line)
    entries = []
    balance = opening
    for own in by_movement.values():
        entry = _entry(own, balance)
        balance = entry.balance
        entries.append(entry)
    return tuple(entries)


def _entry(lines: Sequence[CardLine], balance: int) -> CardEntry:
    first = lines[0]
    received, issued = sum(line.received for line in lines), sum(line.issued for line in lines)
    return CardEntry(
        movement_id=first.movement_id,
        movement_number=first.movement_number,
        moved_on=first.moved_on,
        kind=first.kind,
        counterpart=first.counterpart,
        forms=FormRanges.of(line.forms for line in lines if line.forms is not None),
        received=received,
        issued=issued,
        balance=balance + received - issued,
        document=first.document,
        detail=_detail(first),
    )


def _detail(line: CardLine) -> str:
    told = [line.reason] if line.reason else []
    if line.reverses is not None:
        number, kind = line.reverses
        told.insert(0, f"Revierte el movimiento N° {number:06d} ({kind.label})")
    if line.reverted_by:
        told.append(f"Revertido por el movimiento N° {line.reverted_by:06d}")
    return "; ".join(told)
