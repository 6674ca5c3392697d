"""The draft on its way to a lawyer's word processor and back: exported, compared block by block, taken in part."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import PrintedAct, ReadBack, Resolucion
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion, save_resolucion
from sisfoh_desktop.modules.resoluciones.service.gathering import Surroundings, gather


def draft_docx(db: Database, resolucion_id: int) -> bytes:
    """The kept draft as a .docx; RuleError once it is frozen, since then its PDF is what counts."""
    from sisfoh_desktop.modules.resoluciones import sheet

    resolucion = load_resolucion(db, resolucion_id)
    rules.check_can_edit(resolucion)
    around = gather(db, resolucion)
    names = rules.block_names(resolucion.blocks, resolucion.headings.style)
    entity = office.load_municipality(db).name
    return sheet.draft_docx(resolucion, _printed(resolucion, around), around.values, names, entity)


def read_back(db: Database, resolucion_id: int, data: bytes) -> ReadBack:
    """A returned .docx against the draft, block by block; nothing is changed.

    RuleError when the file cannot be taken (not a .docx, protected, with macros, far too large, another paper) or
    the act is no longer a draft.
    """
    from sisfoh_desktop.modules.resoluciones import sheet

    resolucion = load_resolucion(db, resolucion_id)
    rules.check_can_edit(resolucion)
    around = gather(db, resolucion)
    blocks, act = resolucion.blocks, _printed(resolucion, around)
    keys = {*around.values, *(key for block in blocks for key in rules.chips_of(block.text))}
    tags = [rules.block_tag(index, block) for index, block in enumerate(blocks)]
    sums = [tag.rpartition("-")[2] for tag in tags]
    by_sum = {one: index for index, one in enumerate(sums) if sums.count(one) == 1}
    returned = sheet.read_draft(
        data,
        chips={rules.chip_tag(key): key for key in keys},
        origins={**by_sum, **{tag: index for index, tag in enumerate(tags)}},
        kinds={index: block.kind for index, block in enumerate(blocks)},
        fixed=sheet.fixed_lines(act),
        tables=sum(len(block.tables) + bool(block.details) for block in act.blocks),
    )
    changes = rules.compare_returned(blocks, around.values, returned.parts, resolucion.headings.style)
    notes = list(returned.notes)
    if returned.stale:
        notes.insert(
            0,
            "El borrador cambió después de exportarse: lo que aquí difiere puede ser más nuevo que el Word.",
        )
    order = [change.index for change in changes if change.index is not None]
    if order != sorted(order):
        notes.append(
            "El Word trae partes en otro orden; el orden se cambia en el programa, con Subir y Bajar."
        )
    return ReadBack(resolucion.version, changes, returned.remarks, tuple(notes))


def apply_read_back(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    read: ReadBack,
    taken: Collection[int],
    expected_version: int,
    file_name: str = "",
    token: str | None = None,
) -> int:
    """Keep those changes (places in `read.changes`) that a person chose; returns the draft's new version.

    RuleError when nothing was chosen that can be taken; StaleRow when somebody saved the draft since it was read.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    resolucion = load_resolucion(db, resolucion_id)
    check_updated(1 if resolucion.version == read.version == expected_version else 0)
    blocks = rules.with_taken(resolucion.blocks, read.changes, taken)
    if blocks == resolucion.blocks:
        raise RuleError(
            "nothing_taken", "No se eligió ningún cambio que se pueda traer; el borrador quedó como estaba."
        )
    return save_resolucion(
        db,
        actor=actor,
        now=now,
        resolucion=replace(resolucion, blocks=blocks),
        expected_version=expected_version,
        reason=f"Traído de Word: {file_name}" if file_name else "Traído de Word",
        token=token,
    )


def _printed(resolucion: Resolucion, around: Surroundings) -> PrintedAct:
    return rules.printed_act(
        resolucion,
        around.values,
        place=around.place,
        tables=around.tables,
        documents=around.documents,
        signers=around.signers,
        lenient=True,
    )
