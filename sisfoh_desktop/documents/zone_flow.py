"""How the signature zone is drawn and how its boxes are remembered (loads reportlab: use `signature_zone`)."""

import re
from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, register_fonts
from sisfoh_desktop.documents.signature_zone import FieldBox, SignatureSlot
from sisfoh_desktop.documents.text import bold, safe

_FIELD_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_GAP = 4 * mm
_VISTO_BUENO_BOX = 15 * mm  # height; holds the three lines of the visible block at 6 points
_AUTHOR_BOX = 18 * mm
_AUTHOR_WIDTH = 78 * mm
_PER_LINE = 3
_SPACE_ABOVE = 10.0
_LINE_GAP = 7.0

_ROLE_CAPTION = {"author": "", "visto_bueno": "V° B°"}


class ZoneFlow(Flowable):
    """Lines of signer blocks; splits only between lines, and only when it is taller than a page."""

    def __init__(
        self, slots: Sequence[SignatureSlot], lines: list[list[SignatureSlot]] | None = None
    ) -> None:
        super().__init__()
        register_fonts()
        _check_fields(slots)
        self._slots = tuple(slots)
        self._lines = _lines_of(slots) if lines is None else lines

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        return _SPACE_ABOVE

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self._drawn = [
            [(slot, self._caption(slot, _block_width(slot, width))) for slot in line] for line in self._lines
        ]
        self._heights = [
            max(_box_height(slot) + 2 + sum(p.height for p in caption) for slot, caption in line)
            for line in self._drawn
        ]
        self.height = sum(self._heights) + _LINE_GAP * max(0, len(self._heights) - 1)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        used, count = 0.0, 0
        for line_height in self._heights:
            if used + line_height > height:
                break
            used += line_height + _LINE_GAP
            count += 1
        if count in (0, len(self._lines)):
            return []
        return [
            ZoneFlow([slot for line in part for slot in line], part)
            for part in (self._lines[:count], self._lines[count:])
        ]

    def draw(self) -> None:
        top = self.height
        for line, height in zip(self._drawn, self._heights, strict=True):
            widths = [_block_width(slot, self.width) for slot, _ in line]
            left = (self.width - sum(widths) - _GAP * (len(line) - 1)) / 2
            for (slot, caption), width in zip(line, widths, strict=True):
                self._draw_block(slot, caption, left, top, width)
                left += width + _GAP
            top -= height + _LINE_GAP

    def _draw_block(
        self, slot: SignatureSlot, caption: list[Paragraph], left: float, top: float, width: float
    ) -> None:
        canvas = self.canv
        bottom = top - _box_height(slot)
        canvas.saveState()
        canvas.setLineWidth(0.3)
        canvas.setStrokeGray(0.6)
        canvas.setDash(1, 2)
        canvas.rect(left, bottom, width, _box_height(slot))
        canvas.restoreState()
        x, y = canvas.absolutePosition(left, bottom)
        canvas.signature_boxes[slot.field] = FieldBox(
            canvas.getPageNumber() - 1,
            round(x, 2),
            round(y, 2),
            round(x + width, 2),
            round(y + _box_height(slot), 2),
        )
        y = bottom - 2
        for line in caption:
            y -= line.height
            line.drawOn(canvas, left, y)

    @staticmethod
    def _caption(slot: SignatureSlot, width: float) -> list[Paragraph]:
        plain = ParagraphStyle("signer", fontName=REGULAR, fontSize=7.5, leading=9.2, alignment=1)
        strong = ParagraphStyle("signer_name", parent=plain, fontName=BOLD)
        role = _ROLE_CAPTION[slot.role]
        lines = [Paragraph(safe(f"{role} – Firmado por:" if role else "Firmado por:"), plain)]
        lines.append(Paragraph(bold(slot.name), strong))
        lines += [Paragraph(safe(text), plain) for text in (slot.position, slot.unit) if text.strip()]
        for line in lines:
            line.wrap(width, 1000)
        return lines


def _check_fields(slots: Sequence[SignatureSlot]) -> None:
    seen: set[str] = set()
    for slot in slots:
        if not _FIELD_NAME.fullmatch(slot.field):
            raise RuleError(
                "field_name_invalid",
                f"El campo de firma «{slot.field}» no es válido: use solo letras sin tilde, números y guiones. "
                "El documento no se hizo.",
            )
        if slot.field in seen:
            raise RuleError(
                "field_name_repeated",
                f"El campo de firma «{slot.field}» está dos veces en el documento; deje uno por firmante. "
                "El documento no se hizo.",
            )
        seen.add(slot.field)


def _lines_of(slots: Sequence[SignatureSlot]) -> list[list[SignatureSlot]]:
    authors = [slot for slot in slots if slot.role == "author"]
    approvals = [slot for slot in slots if slot.role == "visto_bueno"]
    per_author_line = 2
    lines = [authors[i : i + per_author_line] for i in range(0, len(authors), per_author_line)]
    return lines + [approvals[i : i + _PER_LINE] for i in range(0, len(approvals), _PER_LINE)]


def _box_height(slot: SignatureSlot) -> float:
    return _AUTHOR_BOX if slot.role == "author" else _VISTO_BUENO_BOX


def _block_width(slot: SignatureSlot, width: float) -> float:
    if slot.role == "author":
        return _AUTHOR_WIDTH
    return (width - _GAP * (_PER_LINE - 1)) / _PER_LINE
