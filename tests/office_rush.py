"""The work of an office until the power goes, for the nursery of `power_cut`: saves, numbers, forms handed out.

Each acknowledged change is noted beside the base before the next one begins. Run as a program it is the nursery.
`archive` of an order is the folder of its notes; `subject` names the desk, `series_id` the type of form.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import power_cut

KINDS = ("save", "number", "hand_out")
FORMS = 10_000  # numbers 1 to FORMS lie in the store


def notes_in(folder: Path) -> list[dict[str, Any]]:
    """What was told as done: the job, the turn and the answer; half a line was told to nobody."""
    told = []
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text().splitlines(keepends=True)
        told.extend(json.loads(line) for line in lines if line.endswith("\n"))
    return told


def _work(db: Any, order: power_cut.Order, subject: str) -> None:
    """One change of each kind; the turn makes them different."""
    turn = int(subject.rpartition("-")[2])
    for job in KINDS:
        answer = globals()[f"_{job}"](db, order, turn)
        note = json.dumps({"job": job, "turn": turn, "answer": answer}) + "\n"
        with (Path(order.archive) / f"{order.subject}.jsonl").open("a") as notes:
            notes.write(note)
            notes.flush()
            os.fsync(notes.fileno())


def _save(db: Any, order: power_cut.Order, turn: int) -> int:
    from sisfoh_desktop.modules.office import service
    from sisfoh_desktop.modules.office.rules import Norm, NormKind

    norm = Norm(f"Ley {turn}", "Norma de prueba", NormKind.LAW, valid_from=date(2024, 1, 1))
    return service.add_norm(db, **power_cut._who(), norm=norm, token=f"norma-{turn}")


def _number(db: Any, order: power_cut.Order, turn: int) -> str:
    from sisfoh_desktop.modules.papers import service

    [series] = service.list_series(db)
    return service.reserve_number(
        db,
        **power_cut._who(),
        series_id=series.id,
        year=2024,
        subject=f"resolucion:{turn}",
        token=f"numero-{turn}",
    ).text


def _hand_out(db: Any, order: power_cut.Order, turn: int) -> int:
    from sisfoh_desktop.basics.serials import FormRanges
    from sisfoh_desktop.modules.kardex.rules import HolderKind, MovementKind, NewMovement
    from sisfoh_desktop.modules.kardex.service import catalogue, moving

    holders = catalogue.list_holders(db)
    [store] = [holder.id for holder in holders if holder.kind is HolderKind.WAREHOUSE]
    person = next(holder.id for holder in holders if holder.kind is HolderKind.EMPADRONADOR)
    wanted = NewMovement(
        kind=MovementKind.HAND_OUT,
        type_id=order.series_id,
        moved_on=date(2024, 3, 8),
        from_holder_id=store,
        to_holder_id=person,
        ranges=FormRanges.single(10 * turn + 1, 10 * turn + 5),
    )
    return moving.register_movement(db, **power_cut._who(), movement=wanted, token=f"entrega-{turn}")


def main() -> None:
    import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules
    from sisfoh_desktop.db.revisions import head_revision
    from sisfoh_desktop.modules.kardex.service import moving  # noqa: F401 - known to every child
    from sisfoh_desktop.modules.office import service  # noqa: F401
    from sisfoh_desktop.modules.papers import service as papers  # noqa: F401

    power_cut.JOBS["office"] = _work
    head_revision()
    power_cut.listen()


if __name__ == "__main__":
    main()
