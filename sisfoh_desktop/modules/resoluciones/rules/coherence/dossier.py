"""The dossier of an act as it is printed: its blocks in plain text with the names by which a person calls them."""

from collections.abc import Sequence
from dataclasses import replace

from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import ActBlock, Dossier
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import quoted_spans
from sisfoh_desktop.modules.resoluciones.rules.editing import block_names
from sisfoh_desktop.modules.resoluciones.rules.facts import Resolucion
from sisfoh_desktop.modules.resoluciones.rules.printing import PrintedAct, PrintedBlock
from sisfoh_desktop.modules.resoluciones.rules.values import ChainTable


def dossier_of(
    resolucion: Resolucion, act: PrintedAct, around: Dossier, *, quotes_errors: bool = False
) -> Dossier:
    """`around` with the blocks of the act; `act` is `resolucion` printed, gaps marked or not.

    With `quotes_errors` (an act that rectifies another) what stands between quotation marks is left out: it repeats
    the error on purpose.
    """
    names = block_names(resolucion.blocks, resolucion.headings.style)
    blocks = tuple(
        ActBlock(
            index,
            block.kind,
            _spoken(name),
            _without_quotes(_text_of(printed)) if quotes_errors else _text_of(printed),
            block.document_id,
            (*_rows(printed.tables), *_details(printed)),
        )
        for index, (block, printed, name) in enumerate(zip(resolucion.blocks, act.blocks, names, strict=True))
    )
    return replace(around, blocks=blocks)


def _text_of(printed: PrintedBlock) -> str:
    first, *others = printed.paragraphs
    return "\n".join((f"{printed.verb}{first}", *others))


def _without_quotes(text: str) -> str:
    for start, end in quoted_spans(text):
        text = f"{text[: start + 1]}{'…' * (end - start - 2)}{text[end - 1 :]}"
    return text


def _rows(tables: Sequence[ChainTable]) -> list[str]:
    """The rows of the functional tables, a line each."""
    rows = []
    for table in tables:
        rows += [f"{head}: {value}" for head, value in table.above]
        rows.append(" | ".join(table.heads))
        rows += [" | ".join(" ".join(cell.split("\n")) for cell in row) for row in table.rows]
        if table.total is not None:
            rows.append(f"{table.total[0]}: {table.total[1]}")
    return rows


def _details(printed: PrintedBlock) -> list[str]:
    return [f"{detail.label}: {detail.code} {detail.text}".strip() for detail in printed.details]


def _spoken(name: str) -> str:
    """`Artículo tercero`, as sentences say it."""
    return name.capitalize() if name.isupper() else name
