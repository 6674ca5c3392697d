"""The text of an act as a draft of this PC (`qtkit.record_draft`): the parts that differ from the saved, and back."""

import json
from collections.abc import Callable, Sequence

from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Block, BlockKind, Origin, Resolucion
from sisfoh_desktop.modules.resoluciones.view.block_rows import rows_of

DRAFT_TITLE = "Texto"
_WHOLE = "="  # before a field's name: parts were added, moved or removed, and all of them are kept


def draft_key(act: Resolucion) -> str:
    """Under which name its text is kept."""
    return f"resolucion:text:{act.id}"


def differing_parts(saved: Resolucion, act: Resolucion, read: Callable[[str], str]) -> tuple[DraftField, ...]:
    """The parts that were edited and not saved; `read` gives a text as one reads it."""
    if saved.blocks == act.blocks:
        return ()
    whole = [block.kind for block in saved.blocks] != [block.kind for block in act.blocks]
    fields = []
    for row in rows_of(act, {}, {}):
        before = saved.blocks[row.index] if row.index < len(saved.blocks) else None
        if whole or row.block != before:
            said = read(before.text) if before is not None else ""
            name = f"{_WHOLE if whole else ''}{row.index}"
            fields.append(DraftField(name, row.name, said, read(row.block.text), _told(row.block)))
    return tuple(fields)


def restored(blocks: Sequence[Block], draft: Draft) -> tuple[Block, ...]:
    """The parts as they stand with what was kept in them; what has no place any more is a part of its own."""
    kept = [(one.name, block) for one in draft.fields if (block := _block(one.typed)) is not None]
    if kept and all(name.startswith(_WHOLE) for name, _block_kept in kept):
        return tuple(block for _name, block in kept)
    now = tuple(blocks)
    for name, block in kept:
        index = int(name) if name.isascii() and name.isdigit() and len(name) < 6 else len(now)
        if index >= len(now) or now[index].kind is not block.kind:
            now, index = rules.with_new(now, block.kind, -1)
        now = tuple(block if place == index else one for place, one in enumerate(now))
    return now


def _told(block: Block) -> str:
    return json.dumps([block.kind, block.text, block.table, block.document_id, block.origin])


def _block(typed: str | bool) -> Block | None:
    """The part as it was kept; None for a damaged one."""
    try:
        kind, text, table, document_id, origin = json.loads(str(typed))
        number = int(document_id) if document_id is not None else None
        return Block(BlockKind(kind), str(text), str(table), number, Origin(origin))
    except (ValueError, TypeError):
        return None
