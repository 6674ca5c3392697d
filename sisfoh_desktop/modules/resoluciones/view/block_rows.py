"""The blocks of an act as rows of its list: name, first words, and whether something is missing in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones.rules import (
    TABLE_CHAIN,
    TABLE_DETAILS,
    Block,
    BlockKind,
    Origin,
    Problem,
    Resolucion,
    block_names,
    chip_label,
    pieces_of,
)
from sisfoh_desktop.qtkit.row_table import Column

ORIGIN_WORDS = {
    Origin.LEGAL_BASE: "Base legal",
    Origin.DOCUMENT: "De los documentos del expediente",
    Origin.PLAN: "Sobre el plan",
    Origin.MODEL: "De la resolución modelo",
    Origin.WRITTEN: "Escrito aquí",
}
TABLE_WORDS = {
    "": "nada",
    TABLE_CHAIN: "el cuadro funcional programático",
    TABLE_DETAILS: "el detalle del documento",
}
_SNIPPET = 160


@dataclass(frozen=True)
class BlockRow:
    """A block in its place; `problems` are the sentences about it, as last checked."""

    index: int
    name: str
    block: Block
    words: str
    problems: tuple[str, ...] = ()


def block_columns() -> list[Column]:
    return [
        Column(
            "Parte",
            lambda row: row.name,
            lambda row: row.index,
            width=140,
            tone=lambda row: "danger" if row.problems else None,
        ),
        Column("Comienza", lambda row: row.words),
    ]


def rows_of(
    resolucion: Resolucion, values: Mapping[str, str], problems: Mapping[Block, tuple[str, ...]]
) -> list[BlockRow]:
    """The rows of an act; `problems` by the block that they were found in."""
    names = block_names(resolucion.blocks, resolucion.headings.style)
    return [
        BlockRow(index, _short(name), block, beginning(block, values), problems.get(block, ()))
        for index, (block, name) in enumerate(zip(resolucion.blocks, names, strict=True))
    ]


def problems_by_block(resolucion: Resolucion, problems: Sequence[Problem]) -> dict[Block, tuple[str, ...]]:
    """The sentences about each block, without the name that they begin with."""
    found: dict[Block, tuple[str, ...]] = {}
    names = block_names(resolucion.blocks, resolucion.headings.style)
    for problem in problems:
        if problem.block is None:
            continue
        sentence = problem.sentence.removeprefix(f"{names[problem.block]}: ")
        block = resolucion.blocks[problem.block]
        found[block] = (*found.get(block, ()), sentence[:1].upper() + sentence[1:])
    return found


def beginning(block: Block, values: Mapping[str, str]) -> str:
    """The first words with their data, without the "Que, mediante" that considerandos begin with."""
    try:
        pieces = pieces_of(block.text)
    except RuleError:
        return block.text[:_SNIPPET]
    told = ""
    for piece in pieces:
        told += (values.get(piece.key) or f"[{chip_label(piece.key)}]") if piece.key else piece.text
        if len(told) > _SNIPPET:
            break
    told = " ".join(told[:_SNIPPET].split())
    if block.kind is BlockKind.CONSIDERANDO:
        told = told.removeprefix("Que, ").removeprefix("mediante ")
    return told or "(vacío)"


def _short(name: str) -> str:
    """As the narrow list says it: `Artículo segundo`, `Estando`."""
    if name == BlockKind.ESTANDO.label:
        return "Estando"
    return name.capitalize() if name.isupper() else name
