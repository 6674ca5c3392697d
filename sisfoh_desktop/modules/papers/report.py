"""The register of numbers on paper: every number of a year, each explained, and how many there are of each kind.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.document_numbers import example_of
from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.papers.rules import NumberLine, NumberState, Series, count_states

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

TITLE = "REGISTRO DE CORRELATIVOS"
_COLUMNS = (
    Column("Número", width_mm=36),
    Column("Estado", width_mm=24),
    Column("Fecha", width_mm=20, align="center"),
    Column("Documento"),
    Column("Explicación"),
)


def numbers_pdf(
    series: Series,
    year: int,
    lines: Sequence[NumberLine],
    letterhead: "Letterhead",
    *,
    today: date,
    watermark: str = "",
) -> bytes:
    """The register of a series in a year as it is on `today`; holes stand in it as holes."""
    heading = f"{series.title}, año {year}"
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{TITLE}: {heading}",
        author=letterhead.entity,
        foot_number=f"Correlativos {year}",
        watermark=watermark,
        continuation_head=f"{TITLE}\n{heading}",
    )
    story: list[Flowable] = [
        bookmark(TITLE.capitalize(), "correlativos"),
        paragraph(TITLE, "act"),
        paragraph(heading, "title"),
        paragraph(f"Números como {example_of(series.mask, year)}. Registro al {format_date(today)}.", "left"),
        paragraph(_verdict(lines), "left"),
    ]
    if lines:
        story.append(ruled_table(_COLUMNS, [_row(line) for line in lines], foot=_foot(lines), font_size=8.0))
        story.append(space(2))
    return build_paper(story, paper_format).pdf


def _verdict(lines: Sequence[NumberLine]) -> str:
    if not lines:
        return "La serie todavía no dio números en este año."
    holes = [line.text for line in lines if line.state is NumberState.MISSING]
    if not holes:
        return "Ningún número falta: cada uno tiene su documento o su explicación."
    named = ", ".join(holes[:10]) + (f" y {len(holes) - 10} más" if len(holes) > 10 else "")
    if len(holes) == 1:
        return f"Falta explicar 1 número: {named}."
    return f"Falta explicar {len(holes)} números: {named}."


def _row(line: NumberLine) -> Row:
    hole = line.state is NumberState.MISSING
    state = "HUECO: sin explicación" if hole else line.state.value.capitalize()
    dated = format_date(line.dated) if line.dated else ""
    explanation = "" if line.explanation.rstrip(".") == line.title.rstrip(".") else line.explanation
    told = explanation[:1].upper() + explanation[1:]
    return (line.text, Cell(state, bold=hole), dated, line.title, told)


def _foot(lines: Sequence[NumberLine]) -> list[Row]:
    told = "; ".join(f"{state.value}: {count}" for state, count in count_states(lines))
    total = sum(line.count for line in lines)
    return [
        (
            Cell(
                f"Total de números: {total}. {told.capitalize()}.",
                span=len(_COLUMNS),
                bold=True,
                align="left",
            ),
        )
    ]
