"""The report of an incident to the ANPD on paper. Loads reportlab: import it inside functions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, Step, clock_words, moment_words
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import (
    PENDING,
    IncidentReport,
    or_pending,
    place_words,
)

if TYPE_CHECKING:
    from datetime import datetime

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "Informe de incidente de seguridad"
_COLUMNS = (Column("", width_mm=56), Column(""))


def incident_pdf(
    report: IncidentReport,
    letterhead: "Letterhead",
    *,
    slots: Sequence[SignatureSlot] = (),
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The report with the contents of art. 34.2; without slots it is a copy for work."""
    incident, bank, norms = report.incident, report.bank, report.norms
    number = f"{bold(f'INFORME N° {report.number}')}, " if report.number else ""
    registered = moment_words(incident.registered_at) if incident.registered_at else PENDING
    story: list[Flowable] = [
        bookmark(_TITLE, "informe"),
        paragraph("INFORME DE INCIDENTE DE SEGURIDAD DE DATOS PERSONALES", "act"),
        rich_paragraph(f"{number}{safe(place_words(report.place, report.dated))}", "centred"),
        paragraph(
            f"A la Autoridad Nacional de Protección de Datos Personales, según el artículo 34 del "
            f"{norms.regulation.words} ({norms.law.words}).",
            "left",
        ),
        *(paragraph(told, "left") for told in (norms.early_words(report.dated), norms.trust_words()) if told),
        _heading(1, "Quién comunica"),
        _facts(
            (
                ("Titular del banco de datos", or_pending(report.entity)),
                ("Banco de datos", or_pending(bank.name)),
                ("Código de inscripción", or_pending(bank.registration)),
                ("Oficial de datos personales", or_pending(bank.officer_name)),
                ("Contacto", or_pending(bank.officer_contact)),
            )
        ),
        _heading(2, "Qué pasó"),
        _facts(
            (
                ("Incidente", incident.title),
                ("Se supo", moment_words(incident.known_at)),
                ("Se registró", f"{registered}, {incident.registered_by or 'sin nombre'}"),
                ("Las 48 horas terminan", moment_words(incident.due_at)),
                ("Situación del plazo", clock_words(incident, report.made_at)),
                ("Naturaleza", incident.description),
            )
        ),
        _heading(3, "A quiénes afecta"),
        _facts(
            (
                ("Clases de datos", incident.data_kinds),
                ("Datos sensibles", "Sí (Ley 29733, art. 2.5)" if incident.sensitive else "No"),
                ("Titulares afectados", _holders(incident)),
                ("Consecuencias posibles", or_pending(incident.consequences)),
            )
        ),
        _heading(4, "Qué se hizo y qué se propone"),
        _facts((("Medidas", or_pending(incident.measures)),)),
        _heading(5, "Comunicaciones"),
        _facts(
            (
                (Step.AUTHORITY.label, _told(incident.reported_at, incident.report_document)),
                (Step.HOLDERS.label, _told(incident.holders_told_at)),
                (Step.CENTRE.label, _told(incident.centre_told_at)),
            )
        ),
    ]
    if incident.closed:
        story += [_heading(6, "Cierre"), paragraph(incident.closing_note, "left")]
    story.append(space(2))
    story.append(
        paragraph(
            "Lo que dice «Pendiente» no se conoce en la fecha del informe y se completará cuando se sepa.",
            "note",
        )
    )
    if slots:
        story.append(signature_zone(slots))
    foot = f"Informe de incidente N° {report.number}" if report.number else _TITLE
    return build_paper(
        story,
        PaperFormat(
            letterhead=letterhead,
            title=foot,
            author=letterhead.entity,
            foot_number=foot,
            legend=legend,
            watermark=watermark,
            continuation_head=foot,
        ),
    )


def _heading(place: int, words: str) -> "Flowable":
    return paragraph(f"{place}. {words}", "heading")


def _holders(incident: Incident) -> str:
    return PENDING if incident.holder_count is None else format_number(incident.holder_count)


def _told(at: "datetime | None", document: str = "") -> str:
    if at is None:
        return PENDING
    return f"{moment_words(at)}, {document}" if document else moment_words(at)


def _facts(facts: tuple[tuple[str, str], ...]) -> "Flowable":
    rows: list[Row] = [[Cell(label, bold=True), value.splitlines() or [""]] for label, value in facts]
    return ruled_table(_COLUMNS, rows, font_size=9)
