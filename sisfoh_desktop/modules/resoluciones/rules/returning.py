"""A draft that comes back from a word processor: what of it can be taken, block by block, and what cannot.

Data are never taken from outside: where a locked datum says something else, it is told and stays as it was. How a
.docx is read is in the room `sheet`; here are its paragraphs, already plain.
"""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.word_changes import Stretch, word_changes
from sisfoh_desktop.modules.resoluciones.rules.chips import compose, readable
from sisfoh_desktop.modules.resoluciones.rules.comparing import ChangeKind, align
from sisfoh_desktop.modules.resoluciones.rules.editing import MAX_BLOCKS, block_names, can_remove
from sisfoh_desktop.modules.resoluciones.rules.facts import Block, BlockKind
from sisfoh_desktop.modules.resoluciones.rules.restoring import (
    Altered,
    ReturnedPart,
    ReturnedPiece,
    box_is_true,
    evened,
    flat_pieces,
    headless,
    tidied,
    with_data,
)

_LONGEST_TAG = 60


@dataclass(frozen=True)
class BlockReturn:
    """What came back of one block. `text` is the stored text that taking it would keep.

    `index` is the block's place in the draft, None for a new one; `after` is the place behind which a new one goes
    (-1 for the beginning). `refused` says why it cannot be taken; then it is only shown.
    """

    kind: ChangeKind
    name: str
    block_kind: BlockKind
    index: int | None
    after: int
    text: str
    stretches: tuple[Stretch, ...]
    altered: tuple[Altered, ...] = ()
    refused: str = ""

    @property
    def can_take(self) -> bool:
        return self.kind is not ChangeKind.SAME and not self.refused


@dataclass(frozen=True)
class RemarkBack:
    """A comment that somebody left in the margin."""

    author: str
    text: str
    about: str


@dataclass(frozen=True)
class ReadBack:
    """A returned draft compared with the draft of `version`; `notes` are sentences about what is not read back."""

    version: int
    changes: tuple[BlockReturn, ...]
    remarks: tuple[RemarkBack, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def differing(self) -> tuple[BlockReturn, ...]:
        """Those to look at: changed ones and those with a datum that says something else."""
        return tuple(one for one in self.changes if one.kind is not ChangeKind.SAME or one.altered)


def compare_returned(
    blocks: Sequence[Block],
    values: Mapping[str, str],
    parts: Sequence[ReturnedPart],
    style: str,
) -> tuple[BlockReturn, ...]:
    """Every block against what came back of it, in reading order; RuleError `docx_other` for another paper."""
    told = [readable(block.text, values) for block in blocks]
    parts = [bare for part in parts for bare in _separated(part, blocks, style) if bare.words]
    parts = _by_lines(blocks, told, parts)
    pairs = _pairs(blocks, told, parts)
    if not any(i is not None and j is not None for i, j in pairs):
        raise RuleError(
            "docx_other",
            "Este Word no parece el proyecto de esta resolución: ninguna de sus partes coincide. No se cambió nada; "
            "elija el archivo que se exportó desde aquí.",
        )
    if len(pairs) > MAX_BLOCKS:
        raise RuleError(
            "too_many_blocks",
            f"El Word trae tantos párrafos nuevos que la resolución pasaría de {MAX_BLOCKS} partes; no se cambió "
            "nada. Revise que sea el proyecto de esta resolución.",
        )
    names = block_names(blocks, style)
    found: list[BlockReturn] = []
    after = -1
    for i, j in pairs:
        if i is None:
            assert j is not None
            found.append(_added(parts[j], after, values))
        elif j is None:
            found.append(_removed(blocks, i, names[i], told[i]))
            after = i
        else:
            found.append(_kept(blocks[i], i, names[i], told[i], parts[j], values))
            after = i
    return tuple(found)


def with_taken(
    blocks: Sequence[Block], changes: Sequence[BlockReturn], taken: Collection[int]
) -> tuple[Block, ...]:
    """The draft with those changes (by their place in `changes`) that a person chose and that can be taken."""
    chosen = [change for place, change in enumerate(changes) if place in taken and change.can_take]
    texts = {change.index: change.text for change in chosen if change.kind is ChangeKind.CHANGED}
    gone = {change.index for change in chosen if change.kind is ChangeKind.REMOVED}
    result: list[Block] = []
    fresh = [change for change in chosen if change.kind is ChangeKind.ADDED]
    for index in range(-1, len(blocks)):
        if index >= 0 and index not in gone:
            block = blocks[index]
            result.append(replace(block, text=texts[index]) if index in texts else block)
        result += [Block(change.block_kind, change.text) for change in fresh if change.after == index]
    order = list(BlockKind)
    # a new part that stood among those of another kind goes to the end of its own
    return tuple(sorted(result, key=lambda block: order.index(block.kind)))


def block_tag(index: int, block: Block) -> str:
    """How a block is marked outside: its place and a sum of its text, so that a draft edited since is noticed."""
    return f"bloque-{index + 1}-{zlib.crc32(f'{block.kind}|{block.text}'.encode()):08x}"


def chip_tag(key: str) -> str:
    """How a datum is marked outside; word processors take 64 letters at most."""
    return key if len(key) <= _LONGEST_TAG else f"dato-{zlib.crc32(key.encode()):08x}"


def _pairs(
    blocks: Sequence[Block], told: Sequence[str], parts: Sequence[ReturnedPart]
) -> list[tuple[int | None, int | None]]:
    """Which block became which part: by the tag where it is still there, by the words for the rest."""
    by_tag: dict[int, int] = {}
    for j, part in enumerate(parts):
        if part.origin is not None and part.origin not in by_tag:
            by_tag[part.origin] = j
    # a tag names the same text for both sides, so that aligning by words cannot take it elsewhere
    marks = {i: f"\0{i}" for i in by_tag}
    taken = {j: i for i, j in by_tag.items()}
    old = [(block.kind.value, marks.get(i, told[i])) for i, block in enumerate(blocks)]
    new = [
        (
            (blocks[taken[j]].kind.value, marks[taken[j]])
            if j in taken
            else (part.kind.value if part.kind else "", part.words)
        )
        for j, part in enumerate(parts)
    ]
    return align(old, new)


def _by_lines(
    blocks: Sequence[Block], told: Sequence[str], parts: Sequence[ReturnedPart]
) -> list[ReturnedPart]:
    """Lines that lost the box around them, gathered by the block whose lines they resemble."""
    tagged = {part.origin for part in parts if part.origin is not None}
    old = [(i, line) for i, text in enumerate(told) if i not in tagged for line in text.split("\n")]
    loose = [place for place, part in enumerate(parts) if part.origin is None]
    aligned = align(
        [(blocks[i].kind.value, line) for i, line in old],
        [(kind.value if (kind := parts[place].kind) else "", parts[place].words) for place in loose],
    )
    owner = {loose[j]: old[i][0] for i, j in aligned if i is not None and j is not None}
    result: list[ReturnedPart] = []
    held: list[ReturnedPart] = []  # lines without an owner: new ones, or between two of the same block
    closed: set[int] = set()
    for place, part in enumerate(parts):
        own = owner.get(place)
        last = result[-1] if result else None
        if part.origin is None and own is None:
            held.append(part)
        elif part.origin is None and last is not None and last.origin == own:
            lines = (*last.paragraphs, *(line for one in held for line in one.paragraphs), *part.paragraphs)
            result[-1] = ReturnedPart(last.kind, lines, own)
            held = []
        else:
            result += held
            held = []
            if own is None or own in closed:
                result.append(part)
            else:
                closed.add(own)
                result.append(ReturnedPart(blocks[own].kind, part.paragraphs, own))
    return result + held


def _kept(
    block: Block, index: int, name: str, told: str, part: ReturnedPart, values: Mapping[str, str]
) -> BlockReturn:
    text, altered, whole = with_data(block.text, values, part)
    shown = readable(text, values) if whole else part.words
    changed = evened(text) != evened(block.text) if whole else evened(shown) != evened(told)
    refused = "" if whole else altered[-1].sentence
    if changed and not text and block.kind is not BlockKind.COPIES:
        refused = "El texto volvió vacío; si la parte sobra, quítela en el programa."
    return BlockReturn(
        ChangeKind.CHANGED if changed else ChangeKind.SAME,
        name,
        block.kind,
        index,
        index,
        text,
        word_changes(told, shown),
        altered,
        refused,
    )


def _removed(blocks: Sequence[Block], index: int, name: str, told: str) -> BlockReturn:
    refused = "" if can_remove(blocks, index) else "Esta parte no puede faltar en el acto; se queda."
    return BlockReturn(
        ChangeKind.REMOVED,
        name,
        blocks[index].kind,
        index,
        index,
        "",
        word_changes(told, ""),
        refused=refused,
    )


def _added(part: ReturnedPart, after: int, values: Mapping[str, str]) -> BlockReturn:
    kind = part.kind or BlockKind.CONSIDERANDO
    true = {key for key, value in values.items() if box_is_true(part, key, value)}
    text = tidied(compose(flat_pieces(part, true)))
    refused = ""
    if kind in (BlockKind.VISTOS, BlockKind.CLOSING, BlockKind.COPIES):
        refused = "El acto ya tiene esa parte; escriba lo que falte en la que hay."
    name = f"{kind.label} nuevo"
    return BlockReturn(
        ChangeKind.ADDED, name, kind, None, after, text, word_changes("", part.words), (), refused
    )


def _kind_by_words(part: ReturnedPart, style: str) -> BlockKind | None:
    """What a loose paragraph says of itself counts before the place where it stands."""
    if part.words.startswith("Que,"):
        return BlockKind.CONSIDERANDO
    return BlockKind.ARTICLE if headless(part.words, style) != part.words else part.kind


def _separated(part: ReturnedPart, blocks: Sequence[Block], style: str) -> list[ReturnedPart]:
    """Paragraphs typed inside a block that begin a part of their own, apart; heads of articles taken off."""
    if part.origin is None:
        part = replace(part, kind=_kind_by_words(part, style))
    groups: list[list[tuple[ReturnedPiece, ...]]] = [[]]
    own = readable(blocks[part.origin].text, {}).count("\nQue,") if part.origin is not None else 0
    for place, line in enumerate(part.paragraphs):
        words = "".join(piece.text for piece in line)
        begins = part.kind is BlockKind.ARTICLE and headless(words, style) != words
        if part.kind is BlockKind.CONSIDERANDO and words.lstrip().startswith("Que,") and place:
            begins, own = own <= 0, own - 1
        if begins and groups[-1]:
            groups.append([])
        groups[-1].append(line)
    found = []
    for place, group in enumerate(groups):
        lines = list(group)
        if part.kind in (BlockKind.ARTICLE, None) and lines and lines[0] and not lines[0][0].key:
            first, *rest = lines[0]
            lines[0] = (replace(first, text=headless(first.text, style)), *rest)
        found.append(ReturnedPart(part.kind, tuple(lines), part.origin if place == 0 else None))
    return found
