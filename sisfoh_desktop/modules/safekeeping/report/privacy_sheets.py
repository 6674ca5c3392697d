"""Sheets on personal data that carry no number: the notice for the public and the description for the registry.

Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import Facts, Norms, or_pending

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_NOTICE, _DESCRIPTION = "Aviso de privacidad", "Descripción del banco de datos"


def notice_sheet(
    bank: DataBank, entity: str, norms: Norms, day: "date", letterhead: "Letterhead", *, watermark: str = ""
) -> bytes:
    """One page to be put up where the public is attended."""
    story: list[Flowable] = [
        bookmark(_NOTICE, "aviso"),
        paragraph("AVISO DE PRIVACIDAD", "act"),
        paragraph("Cómo tratamos sus datos personales", "centred"),
        space(4),
        _said(
            "Quién es responsable", f"{or_pending(entity)}, titular del banco de datos {_quoted(bank.name)}."
        ),
        _said("Código de inscripción del banco", or_pending(bank.registration)),
        _said("Para qué usamos sus datos", or_pending(bank.purposes)),
        _said("A quiénes se entregan", or_pending(bank.recipients)),
        _said(
            "Por qué no le pedimos su consentimiento",
            f"La municipalidad los recopila para cumplir sus funciones legales ({norms.law.code}, art. 14.1). "
            "Aun así le informa, guarda reserva y los protege (arts. 16, 17 y 18).",
        ),
        _said(
            "Sus derechos",
            "Puede pedir información sobre sus datos, acceder a ellos, corregirlos, suprimirlos u oponerse a su uso.",
        ),
        _said(
            "Ante quién los ejerce",
            f"Oficial de datos personales: {or_pending(bank.officer_name)}. "
            f"Contacto: {or_pending(bank.officer_contact)}.",
        ),
        space(4),
        paragraph(
            f"{norms.law.words}, art. 18, y {norms.regulation.words}. "
            f"{norms.early_words(day)} {norms.trust_words()}".strip(),
            "note",
        ),
    ]
    return _sheet(_NOTICE, story, letterhead, watermark)


def description_sheet(
    facts: Facts, norms: Norms, day: "date", letterhead: "Letterhead", *, watermark: str = ""
) -> bytes:
    """What the registry of personal data banks asks, field by field."""
    rows: list[Row] = [[Cell(label, bold=True), value.splitlines() or [""]] for label, value in facts]
    story: list[Flowable] = [
        bookmark(_DESCRIPTION, "descripcion"),
        paragraph("DESCRIPCIÓN DEL BANCO DE DATOS PARA SU INSCRIPCIÓN", "act"),
        paragraph(f"{norms.regulation.words}, arts. 42 a 45. {norms.early_words(day)}".strip(), "centred"),
        space(3),
        ruled_table((Column("", width_mm=56), Column("")), rows, font_size=9),
        space(2),
        paragraph(
            "Las clases de datos y sus titulares salen del esquema real de la base. La inscripción es gratuita y se "
            "mantiene al día cuando algo de esto cambia.",
            "note",
        ),
    ]
    return _sheet(_DESCRIPTION, story, letterhead, watermark)


def _said(head: str, words: str) -> "Flowable":
    return rich_paragraph(f"{bold(head)}<br/>{safe(words)}", "left")


def _quoted(name: str) -> str:
    return f"«{name}»" if name else f"(nombre: {or_pending(name).lower()})"


def _sheet(title: str, story: "list[Flowable]", letterhead: "Letterhead", watermark: str) -> bytes:
    around = PaperFormat(
        letterhead=letterhead,
        title=title,
        author=letterhead.entity,
        foot_number=title,
        watermark=watermark,
    )
    return build_paper(story, around).pdf
