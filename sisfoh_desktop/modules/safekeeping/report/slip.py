"""The slip of a copy: what was copied, the head of the trail, what to compare later. Loads reportlab.

It is printed and kept on paper apart from the PC: a trail that somebody cut afterwards no longer ends as it says.
Nobody's papers are on it, so it bears no number of a series and is not archived.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.safekeeping.rules.backups import size_words
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupLine

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "CONSTANCIA DE RESPALDO"
_COLUMNS = (Column("", width_mm=52), Column(""))


def slip_pdf(
    line: BackupLine,
    base: str,
    next_due: "date",
    letterhead: "Letterhead",
    *,
    watermark: str = "",
) -> bytes:
    """One page; `base` names the base that was copied, `next_due` when the next copy is due at the latest."""
    backup = line.backup
    moment = backup.made_at.astimezone(LIMA)
    story: list[Flowable] = [
        bookmark(_TITLE.capitalize(), "constancia"),
        paragraph(_TITLE, "act"),
        paragraph(f"Copia del {format_date(moment.date())}, {moment:%H:%M} h", "centred"),
        space(3),
        _facts(
            (
                ("Base copiada", base),
                ("Hecha por", f"{backup.made_by or 'Sin nombre'} ({backup.occasion.label.lower()})"),
                ("Archivo", backup.file_name),
                ("Quedó en", backup.place),
                ("Tamaño", f"{size_words(backup.byte_count)} ({format_number(backup.byte_count)} bytes)"),
                ("Contraseña", "Sí: sin ella no se abre" if backup.encrypted else "No lleva"),
                ("Filas copiadas y comparadas", format_number(backup.row_count)),
                ("Archivos de papeles", format_number(backup.paper_count)),
                ("Huella SHA-256 del archivo", in_groups(backup.sha256)),
            )
        ),
        space(4),
        paragraph("El historial en ese momento", "heading"),
        _facts(
            (
                ("Anotaciones", format_number(backup.entry_count)),
                ("Cabeza de la cadena", in_groups(backup.entry_hash)),
            )
        ),
        paragraph(
            f"Si más adelante la anotación N° {format_number(backup.entry_count)} del historial no tiene esta huella, "
            "o ya no existe, alguien cambió o cortó el historial fuera del programa. Compárelas en Resguardo, "
            "«Historial general».",
        ),
        paragraph("Ensayo de restauración", "heading"),
        paragraph(_tried(line)),
        paragraph(f"La próxima copia corresponde, a más tardar, el {format_date(next_due)}."),
        paragraph(
            "Guarde esta hoja en un lugar distinto de aquel en que se guarda la copia.",
            "note",
        ),
        signature_zone(
            [SignatureSlot("RESPONSABLE", "author", backup.made_by or " ", "Responsable del respaldo")]
        ),
    ]
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"Constancia de respaldo {backup.file_name}",
        author=letterhead.entity,
        foot_number="Constancia de respaldo",
        watermark=watermark,
    )
    return build_paper(story, paper_format).pdf


def in_groups(sha256: str) -> str:
    """All 64 signs in groups of eight, to be read aloud and compared."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def _tried(line: BackupLine) -> str:
    tried = line.rehearsal
    if tried is None:
        return "Esta copia todavía no se ensayó."
    day = format_date(tried.tried_at.astimezone(LIMA).date())
    return f"{day}: {tried.detail}"


def _facts(facts: tuple[tuple[str, str], ...]) -> "Flowable":
    rows: list[Row] = [[Cell(label, bold=True), value] for label, value in facts]
    return ruled_table(_COLUMNS, rows, font_size=9)
