"""Processes that hand out overlapping ranges of forms, for the nursery of `power_cut`; each notes what it was told.
Others receive many forms at once.

Run as a program it is the nursery. `archive` of an order is the folder of its notes, `series_id` the type of form;
`subject` names the worker and chooses, with the turn, what it asks for.
"""

import json
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import power_cut

FORMS = 600  # numbers 1 to FORMS lie in the store
MOST = 24  # of one hand-out
BULK = 30_000  # received at once


@dataclass(frozen=True)
class Note:
    """What one worker asked for and was told: the movement's id, or the refusal."""

    subject: str
    first: int
    last: int
    to_holder: int
    movement: int
    again: int
    code: str
    sentence: str


def notes_in(folder: Path) -> list[Note]:
    return [
        Note(**json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]


def _hand_out(db: Any, order: power_cut.Order, subject: str) -> None:
    from datetime import date

    from sisfoh_desktop.basics.errors import RuleError
    from sisfoh_desktop.basics.serials import FormRanges
    from sisfoh_desktop.modules.kardex.rules import HolderKind, MovementKind, NewMovement
    from sisfoh_desktop.modules.kardex.service import catalogue, moving

    chance = random.Random(subject)
    holders = catalogue.list_holders(db)
    people = [holder.id for holder in holders if holder.kind is HolderKind.EMPADRONADOR]
    [store] = [holder.id for holder in holders if holder.kind is HolderKind.WAREHOUSE]
    first = chance.randrange(1, FORMS - MOST)
    last, to_holder = first + chance.randrange(MOST), chance.choice(people)
    wanted = NewMovement(
        kind=MovementKind.HAND_OUT,
        type_id=order.series_id,
        moved_on=date(2024, 3, 8),
        from_holder_id=store,
        to_holder_id=to_holder,
        ranges=FormRanges.single(first, last),
    )
    told: dict[str, Any] = {"movement": 0, "again": 0, "code": "", "sentence": ""}
    try:
        for answer in (
            "movement",
            "again",
        ):  # the second time as if the first answer had been lost on the cable
            told[answer] = moving.register_movement(db, **power_cut._who(), movement=wanted, token=subject)
    except RuleError as refused:
        told |= {"code": refused.code, "sentence": refused.sentence}
    note = {"subject": subject, "first": first, "last": last, "to_holder": to_holder, **told}
    with (Path(order.archive) / f"{order.subject}.jsonl").open("a") as notes:
        notes.write(json.dumps(note) + "\n")
        notes.flush()
        os.fsync(notes.fileno())


def _receive(db: Any, order: power_cut.Order, subject: str) -> None:
    """The BULK numbers of this turn; a form type of six digits has room for 33 turns."""
    from datetime import date

    from sisfoh_desktop.basics.serials import FormRanges
    from sisfoh_desktop.modules.kardex.rules import HolderKind, MovementKind, NewMovement
    from sisfoh_desktop.modules.kardex.service import catalogue, moving

    holders = {holder.kind: holder.id for holder in catalogue.list_holders(db)}
    first = int(subject.rpartition("-")[2]) * BULK + 1
    wanted = NewMovement(
        kind=MovementKind.RECEPTION,
        type_id=order.series_id,
        moved_on=date(2024, 3, 8),
        from_holder_id=holders[HolderKind.GOVERNING_BODY],
        to_holder_id=holders[HolderKind.WAREHOUSE],
        ranges=FormRanges.single(first, first + BULK - 1),
    )
    moving.register_movement(db, **power_cut._who(), movement=wanted, token=subject)


def main() -> None:
    import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules
    from sisfoh_desktop.db.revisions import head_revision
    from sisfoh_desktop.modules.kardex.service import moving  # noqa: F401 - known to every child

    power_cut.JOBS |= {"hand_out": _hand_out, "receive": _receive}
    head_revision()
    power_cut.listen()


if __name__ == "__main__":
    main()
