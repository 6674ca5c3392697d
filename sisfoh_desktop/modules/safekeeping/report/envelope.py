"""The sheet with the recovery phrase of an encrypted base, for a sealed envelope: printed once, never archived.

Loads reportlab: import it inside functions.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_GROUPS_A_ROW = 4
_LETTER_POINTS = 18.0


@dataclass(frozen=True)
class EnvelopeSheet:
    """What is printed: the base, the last figures of its mark (to tell envelopes apart), the moment, the groups."""

    base_name: str
    mark: str
    made_at: datetime
    groups: tuple[str, ...] = field(repr=False)


def envelope_pdf(sheet: EnvelopeSheet, letterhead: "Letterhead", *, watermark: str = "") -> BuiltPaper:
    """One page: the phrase in large letters, how it is used, and the lines of whoever keeps the envelope."""
    story: list[Flowable] = [
        paragraph("FRASE DE RECUPERACIÓN DE LA BASE CIFRADA", "act"),
        paragraph("Guárdese en sobre lacrado", "title"),
        space(4),
        rich_paragraph(
            f"Base {bold(sheet.base_name)}, clave {bold(sheet.mark)}. Frase emitida el "
            f"{safe(long_date(sheet.made_at.date()))}, a las {sheet.made_at:%H:%M} horas."
        ),
        space(2),
        _phrase_table(sheet.groups),
        space(2),
        paragraph(
            "Sin I, L, O ni U: lo que parece una O es un cero y lo que parece una I o una L es un uno. "
            "Las mayúsculas, los espacios y los guiones no cuentan.",
            "note",
        ),
        paragraph("Para qué sirve", "heading"),
        paragraph(
            "Abre la base en otro equipo, o en este si se perdió su llavero (se cambió de equipo, de usuario o de "
            "sistema). Quien tenga esta hoja y una copia de la base puede leer todos sus datos personales. "
            "Si se pierde esta hoja y también el equipo, nadie puede recuperar la base."
        ),
        paragraph("Cómo se usa", "heading"),
        paragraph(
            f"Abra {sheet.base_name} con el programa y escriba los ocho grupos cuando los pida.",
            "item",
            label="1.",
        ),
        paragraph(
            f"Junto a la base debe estar el archivo {sheet.base_name}.sobre; va también en cada respaldo.",
            "item",
            label="2.",
        ),
        paragraph(
            "Después de abrir el sobre emita una frase nueva (Resguardo, Base), imprímala y selle otro sobre.",
            "item",
            label="3.",
        ),
        paragraph(
            f"Sin el programa: «age --decrypt {sheet.base_name}.sobre», con la frase en mayúsculas y guiones, "
            "da la clave para abrir el archivo con SQLCipher 4.",
            "item",
            label="4.",
        ),
        paragraph("Custodia del sobre", "heading"),
        _custody_table(),
    ]
    return build_paper(
        story,
        PaperFormat(
            letterhead=letterhead,
            title=f"Frase de recuperación: {sheet.base_name}",
            author=letterhead.entity,
            foot_number=f"Sobre de {sheet.base_name}, clave {sheet.mark}",
            watermark=watermark,
        ),
    )


def _phrase_table(groups: tuple[str, ...]) -> "Flowable":
    columns = [Column(f"Grupo {number + 1}", align="center") for number in range(_GROUPS_A_ROW)]
    first, second = groups[:_GROUPS_A_ROW], groups[_GROUPS_A_ROW:]
    again = [
        Cell(f"Grupo {_GROUPS_A_ROW + number + 1}", align="center", bold=True)
        for number in range(_GROUPS_A_ROW)
    ]
    return ruled_table(
        columns,
        [[Cell(one, bold=True) for one in first], again, [Cell(one, bold=True) for one in second]],
        font_size=_LETTER_POINTS,
    )


def _custody_table() -> "Flowable":
    columns = (
        Column("Lugar de custodia", share=1.4),
        Column("Quien selló: nombre y firma", share=1.6),
        Column("Quien guarda: nombre y firma", share=1.6),
        Column("Fecha", width_mm=22),
    )
    empty = ["\u00a0", "\u00a0", "\u00a0"]
    return ruled_table(columns, [[Cell(empty) for _column in columns] for _line in range(2)])
