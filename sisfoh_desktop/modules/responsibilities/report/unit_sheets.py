"""A sheet for each unit with its functions in full, who answers and until when, and under a cut line the slip that
the unit signs when it receives the sheet. Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, register_fonts
from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, page_break
from sisfoh_desktop.documents.tables import Column, ruled_table
from sisfoh_desktop.documents.text import clean, paragraph
from sisfoh_desktop.modules.responsibilities.rules import Duty, Frequency, Matrix, MatrixUnit

if TYPE_CHECKING:
    from sisfoh_desktop.documents.letterhead import Letterhead

_COLUMNS = (
    Column("LETRA", width_mm=14, align="center"),
    Column("FUNCIÓN"),
    Column("RESPONSABLE", width_mm=36),
    Column("PLAZO", width_mm=27),
)
_FOOT = "Hoja de funciones"
_UNDER_WHOLE_MM = 40  # a function that is not taller goes whole to the next page


def unit_sheets_pdf(
    matrix: Matrix,
    units: Sequence[MatrixUnit],
    letterhead: "Letterhead",
    *,
    watermark: str = "",
) -> bytes:
    """One sheet after the other, each from a new page."""
    story: list[Flowable] = []
    for unit in units:
        if story:
            story.append(page_break())
        story += _sheet(matrix, unit)
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{_FOOT}: {matrix.title}",
        author=letterhead.entity,
        foot_number=_FOOT,
        watermark=watermark,
        continuation_head=_FOOT,
    )
    return build_paper(story, paper_format).pdf


def _sheet(matrix: Matrix, unit: MatrixUnit) -> list[Flowable]:
    name = f"{unit.number:02d} {unit.name}"
    rows = [
        (f"{duty.letter}.", duty.text, duty.responsible or "Por designar", deadline(duty))
        for duty in unit.duties
    ]
    return [
        bookmark(name, f"unidad-{unit.number}"),
        paragraph("HOJA DE FUNCIONES", "act"),
        paragraph(name, "title"),
        paragraph(matrix.title, "centred"),
        paragraph(
            "Según el Anexo N°\u00a001 del plan, corresponde a esta unidad orgánica cumplir las funciones siguientes:"
        ),
        ruled_table(_COLUMNS, rows, break_rows_over_mm=_UNDER_WHOLE_MM),
        ReceiptSlip(unit.name, matrix.title, len(unit.duties)),
    ]


def deadline(duty: Duty) -> str:
    """Until when, and how often, in words; "Sin plazo ni frecuencia" when neither was fixed."""
    parts = []
    if duty.due is not None:
        parts.append(f"Hasta el {format_date(duty.due)}")
    if duty.frequency is Frequency.WEEKLY:
        parts.append("Evidencia cada semana")
    elif duty.frequency is Frequency.MONTHLY:
        parts.append("Evidencia cada mes")
    return ". ".join(parts) or "Sin plazo ni frecuencia"


class ReceiptSlip(Flowable):
    """What the unit fills in and gives back; it is not parted from its cut line."""

    _GAP = 5 * mm
    _LINE = 11 * mm
    _SIGNATURE = 26 * mm

    def __init__(self, unit: str, plan: str, duties: int) -> None:
        super().__init__()
        counted = "1 función" if duties == 1 else f"{duties} funciones"
        self._says = (
            f"Recibí la hoja de funciones de {unit} ({counted}), según el Anexo N°\u00a001 del plan: {plan}."
        )

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        return self._GAP

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        register_fonts()
        self._told = paragraph(clean(self._says), "left")
        _, self._told_height = self._told.wrap(width, height)
        self.width = width
        self.height = 26 + self._told_height + 6 + 2 * self._LINE + self._SIGNATURE
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        y = self.height - 4
        canvas.setDash(3, 3)
        canvas.setLineWidth(0.5)
        canvas.line(0, y, self.width, y)
        canvas.setDash()
        canvas.setFont(REGULAR, 7)
        canvas.drawCentredString(self.width / 2, y - 8, "cortar por aquí")
        canvas.setFont(BOLD, 10)
        y -= 20
        canvas.drawString(0, y, "CARGO DE RECEPCIÓN")
        y -= 6 + self._told_height
        self._told.drawOn(canvas, 0, y)
        y -= 4
        half = self.width / 2
        self._box(0, y, half, self._LINE, "Nombres y apellidos")
        self._box(half, y, half, self._LINE, "DNI")
        y -= self._LINE
        self._box(0, y, half, self._LINE, "Cargo")
        self._box(half, y, half, self._LINE, "Fecha y hora de recepción")
        y -= self._LINE
        self._box(0, y, half, self._SIGNATURE, "Firma")
        self._box(half, y, half, self._SIGNATURE, "Sello de la unidad orgánica")
        canvas.restoreState()

    def _box(self, x: float, top: float, width: float, height: float, caption: str) -> None:
        self.canv.setLineWidth(0.5)
        self.canv.rect(x, top - height, width, height)
        self.canv.setFont(REGULAR, 7)
        self.canv.drawString(x + 3, top - 8, caption)
