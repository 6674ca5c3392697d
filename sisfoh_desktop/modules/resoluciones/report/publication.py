"""The constancia de publicación: what was published, where, and whether it is the archived file.

It says what was compared and nothing else. Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, Signer
from sisfoh_desktop.modules.resoluciones.rules.delivery import Publication
from sisfoh_desktop.modules.resoluciones.rules.genders import (
    is_feminine,
    of_the,
    short_title,
    steady,
    the,
    the_first,
)

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead


def publication_pdf(
    act: Resolucion,
    publication: Publication,
    letterhead: "Letterhead",
    signer: Signer,
    *,
    place: str,
    dated: "date",
    archived: str = "Huella del archivo firmado",
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The constancia with the box of whoever heads the unit that published; `archived` labels the archived hash."""
    title = "CONSTANCIA DE PUBLICACIÓN"
    entry = publication.entry
    short = short_title(act.title, act.number_text, act.headings.number_word)
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{title} {of_the(act.title)}",
        author=letterhead.entity,
        foot_number=steady(f"Publicación {of_the(short)}"),
        legend=legend,
        watermark=watermark,
        continuation_head=title,
    )
    published = "publicada" if is_feminine(act.title) else "publicado"
    rows = [
        ("Documento", steady(act.title)),
        ("Fecha del documento", format_date(act.dated)),
        ("Dirección de la publicación", entry.url),
        ("Publicado el", format_date(entry.published_on)),
        ("Publicado por", f"{entry.published_by}, {publication.unit}"),
        ("Archivo publicado", _told(publication.file)),
        ("Huella del archivo publicado (SHA-256)", _hash(publication.file.sha256)),
        (f"{archived} (SHA-256)", _hash(publication.archived_sha256)),
        ("Comparación", publication.comparison),
        ("Captura de la página", _told(publication.capture)),
        ("Huella de la captura (SHA-256)", _hash(publication.capture.sha256)),
    ]
    if entry.note:
        rows.append(("Nota", entry.note))
    story: list[Flowable] = [
        bookmark(title, "constancia"),
        paragraph(title, "act"),
        space(3),
        paragraph(
            f"{the_first(publication.unit)} deja constancia de que {steady(the(act.title))}, del "
            f"{long_date(act.dated)}, fue {published} el {long_date(entry.published_on)} en la dirección que se "
            "indica. El archivo publicado y la captura de la página se conservan en el archivo de la entidad con las "
            "huellas siguientes:"
        ),
        ruled_table(
            [Column("Dato", width_mm=52), Column("Detalle")],
            [[Cell(label, bold=True), value] for label, value in rows],
        ),
        space(4),
        paragraph("Se expide la presente para que obre en el expediente."),
        paragraph(f"{place}, {long_date(dated)}", "right"),
        signature_zone([SignatureSlot(signer.field, "author", signer.name, signer.position, signer.unit)]),
    ]
    return build_paper(story, paper_format)


def _told(file: Attachment) -> str:
    pages = "1 página" if file.pages == 1 else f"{file.pages} páginas"
    return f"{file.name}, {pages}, {format_number(file.size)} bytes"


def _hash(sha256: str) -> str:
    """In groups of eight, to be compared by eye."""
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))
