"""What a clerk may do to the blocks: add, remove, move, rewrite; the order of the parts stays that of an act."""

from collections.abc import Sequence
from dataclasses import replace

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.papers.rules import SignerRole
from sisfoh_desktop.modules.resoluciones.rules.chips import pieces_of
from sisfoh_desktop.modules.resoluciones.rules.facts import (
    TABLE_CHAIN,
    TABLE_DETAILS,
    ArticleStyle,
    Block,
    BlockKind,
    SignerPlace,
    article_head,
)

MAX_BLOCKS = 400
MAX_TEXT = 30_000
MAX_MATTER = 2_000
MAX_LINE = 300
MAX_PLACES = 20
_SINGLE = (BlockKind.VISTOS, BlockKind.CLOSING, BlockKind.COPIES)
_ORDER = list(BlockKind)


def clean_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks as they will be kept; RuleError for half a chip, an empty or endless text, or a lost order."""
    if len(blocks) > MAX_BLOCKS:
        raise RuleError(
            "too_many_blocks",
            f"La resolución pasa de {MAX_BLOCKS} bloques; no se guardó. Junte o quite algunos.",
        )
    ranks = [_ORDER.index(block.kind) for block in blocks]
    single = [kind for kind in _SINGLE if sum(block.kind is kind for block in blocks) != 1]
    if ranks != sorted(ranks) or single:
        raise RuleError(
            "blocks_order",
            "Los bloques perdieron su orden (vistos, considerandos, estando, artículos, cierre, copias); no se "
            "guardó. Descarte los cambios y vuelva a hacerlos.",
        )
    return tuple(_clean(block, name) for block, name in zip(blocks, block_names(blocks), strict=True))


def block_names(blocks: Sequence[Block], style: str = ArticleStyle.WORDS) -> list[str]:
    """How each block is called in the list and in sentences: `Considerando 3`, `ARTÍCULO SEGUNDO`."""
    names = []
    counts = dict.fromkeys(BlockKind, 0)
    for block in blocks:
        counts[block.kind] += 1
        number = counts[block.kind]
        if block.kind is BlockKind.ARTICLE:
            names.append(article_head(number, style).rstrip(":.-–— "))
        elif block.kind is BlockKind.CONSIDERANDO:
            names.append(f"{block.kind.label} {number}")
        else:
            names.append(block.kind.label)
    return names


def can_move(blocks: Sequence[Block], index: int, step: int) -> bool:
    """Whether the block may change places with its neighbour: only within its own part."""
    other = index + step
    return 0 <= other < len(blocks) and blocks[other].kind is blocks[index].kind


def moved(blocks: Sequence[Block], index: int, step: int) -> tuple[Block, ...]:
    """The blocks with this one a place up (-1) or down (1); unchanged where it may not move."""
    result = list(blocks)
    if can_move(blocks, index, step):
        result[index], result[index + step] = result[index + step], result[index]
    return tuple(result)


def can_remove(blocks: Sequence[Block], index: int) -> bool:
    """VISTOS, closing and C.c. stay; the others may go."""
    return blocks[index].kind not in _SINGLE


def without(blocks: Sequence[Block], index: int) -> tuple[Block, ...]:
    """The blocks without this one; unchanged where it must stay."""
    return tuple(b for place, b in enumerate(blocks) if place != index or not can_remove(blocks, index))


def can_add(kind: BlockKind) -> bool:
    return kind not in _SINGLE


def with_new(blocks: Sequence[Block], kind: BlockKind, after: int) -> tuple[tuple[Block, ...], int]:
    """The blocks with an empty one of `kind` after index `after` (or at the end of its part), and its index."""
    rank = _ORDER.index(kind)
    last = max((place for place, block in enumerate(blocks) if _ORDER.index(block.kind) <= rank), default=-1)
    place = after + 1 if 0 <= after < len(blocks) and blocks[after].kind is kind else last + 1
    return (*blocks[:place], Block(kind, ""), *blocks[place:]), place


def rewritten(blocks: Sequence[Block], index: int, text: str) -> tuple[Block, ...]:
    """The blocks with another text in this one."""
    return tuple(replace(b, text=text) if place == index else b for place, b in enumerate(blocks))


def clean_matter(matter: str) -> str:
    """What the act is about, as it completes "sobre …" in VISTOS: one line without the words around it."""
    kept = clean_text(
        matter, what="el asunto de la resolución", limit=MAX_MATTER, required=True, one_line=True
    )
    pieces_of(kept)
    return kept


def clean_line(text: str, what: str, *, required: bool = True) -> str:
    return clean_text(text, what=what, limit=MAX_LINE, required=required, one_line=True)


def check_places(places: Sequence[SignerPlace]) -> tuple[SignerPlace, ...]:
    """The round: vistos buenos in order, each unit once, and one author, who signs last."""
    authors = [place for place in places if place.role is SignerRole.AUTHOR]
    if len(authors) != 1:
        raise RuleError(
            "author_missing",
            "La ronda necesita un autor, y solo uno; no se guardó. Indique quién firma el acto.",
        )
    if len({place.unit_id for place in places}) != len(places):
        raise RuleError(
            "signer_twice", "Una misma unidad aparece dos veces en la ronda; no se guardó. Quite la repetida."
        )
    if len(places) > MAX_PLACES:
        raise RuleError(
            "too_many_signers",
            f"La ronda pasa de {MAX_PLACES} firmantes; no se guardó. Quite los que sobran.",
        )
    vistos = [place for place in places if place.role is SignerRole.VISTO_BUENO]
    return tuple(
        replace(place, position=clean_line(place.position, "el cargo", required=False))
        for place in (*vistos, *authors)
    )


def _clean(block: Block, name: str) -> Block:
    required = block.kind is not BlockKind.COPIES
    text = clean_text(block.text, what=f"el texto de «{name}»", limit=MAX_TEXT, required=required)
    lines = [line.strip() for line in text.split("\n")]
    text = "\n".join(line for line in lines if line)
    pieces_of(text)
    if block.table not in ("", TABLE_CHAIN, TABLE_DETAILS):
        raise ValueError(f"unknown table {block.table!r}")
    return replace(block, text=text)
