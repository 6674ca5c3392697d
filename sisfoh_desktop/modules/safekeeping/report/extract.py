"""The extract of the trail on paper. Loads reportlab: import it inside functions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.progress import Progress, ToldRows, silent
from sisfoh_desktop.documents.page import A4_WIDE, BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.safekeeping.rules import extract as rules
from sisfoh_desktop.modules.safekeeping.rules.extract import Extract
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailLine

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_COLUMNS = (
    Column("N°", width_mm=14, align="right"),
    Column("Fecha y hora", width_mm=29, align="center"),
    Column("Quién", width_mm=28),
    Column("Qué se hizo", share=2.0),
    Column("Antes → después, y motivo", share=3.2),
    Column("Huella", width_mm=24),
)
_LONGEST_CELL = 700


def extract_pdf(
    extract: Extract,
    letterhead: "Letterhead",
    *,
    slots: Sequence[SignatureSlot] = (),
    legend: str = "",
    watermark: str = "",
    progress: Progress = silent,
) -> BuiltPaper:
    """The extract on A4 on its side; without slots it is a copy for work. `progress` counts the rows set on it."""
    number = f"{bold(f'EXTRACTO N° {extract.number}')}, " if extract.number else ""
    story: list[Flowable] = [
        bookmark(rules.TITLE.capitalize(), "extracto"),
        paragraph(rules.TITLE, "act"),
        rich_paragraph(f"{number}{safe(rules.place_words(extract))}", "centred"),
        rich_paragraph(f"{bold('Contiene:')} {safe(rules.scope_words(extract))}", "left"),
        rich_paragraph(
            f"{bold(f'Huella de la anotación N° {extract.entry_count}, la última:')} "
            f"{safe(rules.head_words(extract.head))}",
            "left",
        ),
        rich_paragraph(f"{bold('Comprobación:')} {safe(' '.join(extract.verdict))}", "left"),
        paragraph(rules.made_words(extract), "left"),
        space(2),
        bookmark("Anotaciones", "anotaciones"),
        ruled_table(_COLUMNS, ToldRows([_row(line) for line in extract.lines], progress), font_size=7.5),
        space(2),
        paragraph("Cómo comprobarlo", "heading"),
        paragraph(rules.verification_words(extract)),
    ]
    if slots:
        story.append(signature_zone(slots))
    foot = f"Extracto N° {extract.number}" if extract.number else "Extracto del historial"
    return build_paper(
        story,
        PaperFormat(
            letterhead=letterhead,
            title=f"{rules.TITLE.capitalize()}{f' N° {extract.number}' if extract.number else ''}",
            author=letterhead.entity,
            foot_number=foot,
            version_code=f"Cabeza {extract.head[: rules.SHORT_HASH]}",
            legend=legend,
            watermark=watermark,
            continuation_head=f"{rules.TITLE}\n{foot}",
            sheet=A4_WIDE,
        ),
    )


def _row(line: TrailLine) -> Row:
    what = f"{line.what}: {line.record}" if line.record else line.what
    return (
        str(line.id),
        rules.moment_words(line.at),
        " · ".join(part for part in (line.person, line.office) if part) or "—",
        f"{line.part}. {what}" if line.part else what,
        _cut(line.summary) or "—",
        line.hash[: rules.SHORT_HASH],
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}… (sigue en el libro de Excel)"
