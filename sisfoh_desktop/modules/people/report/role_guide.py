"""The guide of a role: two A4 pages to keep beside the keyboard. Loads reportlab: import it inside functions.

What each role does is data of the program.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.page import PaperFormat, build_paper, page_break, space
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.people.rules.role_notes import RoleNotes

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_EVERYBODY = (
    ("F1", "Ayuda de lo que se ve; dentro, un campo para buscar en toda la ayuda"),
    ("Ctrl+K", "Buscar en todo: registros, páginas, órdenes y ayuda"),
    ("Alt+1 … Alt+9", "Ir a cada página"),
    ("Alt+Intro", "Hacer el siguiente paso"),
    ("Ctrl+G", "Guardar"),
    ("Esc", "Cancelar, o salir del filtro o del diálogo"),
)
_TROUBLE = (
    "Si un botón no se puede usar, el panel «Siguiente paso» dice por qué.",
    "Si el programa rechaza algo, la frase dice qué pasó, qué quedó guardado y qué hacer; lo escrito no se pierde.",
    "Tras un corte de luz, vuelva a entrar: se ofrece lo que se estaba escribiendo.",
    "Si pierde su contraseña, pida una clave de un solo uso a quien administra los usuarios.",
    "Para probar sin riesgo, abra la práctica: menú (F10) › Cambiar de base.",
)


def role_guide_pdf(
    notes: RoleNotes, letterhead: "Letterhead", *, topics: Sequence[str], watermark: str, on: date
) -> bytes:
    """What the role does on the first page; its keys, its help and what to do in trouble on the second."""
    story: list[Flowable] = [
        paragraph(f"Guía de {notes.title}", "act"),
        paragraph(notes.purpose, "left"),
        *_list("Cada día", notes.daily),
        *_list("Cada semana", notes.weekly),
        *_list("De vez en cuando", notes.seldom),
        paragraph("Mis pantallas", "heading"),
        ruled_table(
            [Column("Qué", width_mm=40), Column("Para qué")],
            [[Cell(stop.title, bold=True), stop.text] for stop in notes.stops],
        ),
        page_break(),
        paragraph("Mis teclas", "heading"),
        ruled_table(
            [Column("Tecla", width_mm=40), Column("Qué hace")],
            [[Cell(key, bold=True), use] for key, use in _keys(notes)],
        ),
        space(4),
        *_list("Si algo no sale", _TROUBLE),
        *_list("Dónde está la ayuda", _help(topics)),
    ]
    return build_paper(
        story,
        PaperFormat(
            letterhead=letterhead,
            title=f"Guía de {notes.title}",
            author="SISFOH Desktop",
            foot_number=f"Guía de {notes.title}",
            version_code=format_date(on),
            watermark=watermark,
            continuation_head=f"Guía de {notes.title}",
        ),
    ).pdf


def _keys(notes: RoleNotes) -> list[tuple[str, str]]:
    """The keys of the role, and after them those of everybody."""
    own = {key for key, _use in notes.keys}
    return [*notes.keys, *((key, use) for key, use in _EVERYBODY if key not in own)]


def _help(topics: Sequence[str]) -> list[str]:
    named = "; ".join(topics)
    return [
        f"En la ayuda (F1), lea primero: {named}.",
        "El recorrido guiado de su rol está en el menú (F10) y se encuentra con Ctrl+K.",
    ]


def _list(title: str, lines: Sequence[str]) -> list["Flowable"]:
    return [paragraph(title, "heading"), *(paragraph(line, "item", label="•") for line in lines)]
