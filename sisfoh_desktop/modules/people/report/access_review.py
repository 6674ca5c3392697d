"""The record of a review of accesses: every user with roles, last entry and what was decided.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.documents.page import A4_WIDE, BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.people.rules.facts import AccessReview, Decision, ReviewLine
from sisfoh_desktop.modules.people.rules.reviews import outcome_words
from sisfoh_desktop.modules.people.rules.roles import role_title

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "Revisión de accesos"
_COLUMNS = (
    Column("N°", width_mm=9, align="center"),
    Column("Usuario", width_mm=24),
    Column("Nombre, cargo y oficina", share=1.5),
    Column("Roles", share=1.2),
    Column("Estado", width_mm=25),
    Column("Última entrada", width_mm=24, align="center"),
    Column("Decisión", width_mm=25),
    Column("Observación", share=1.2),
)


def access_review_pdf(
    review: AccessReview,
    letterhead: "Letterhead",
    *,
    place: str = "",
    slots: Sequence[SignatureSlot] = (),
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The record on A4 on its side; without slots it is a copy for work."""
    moment = review.reviewed_at.astimezone(LIMA)
    number = f"{bold(f'CONSTANCIA N° {review.number_text}')}, " if review.number_text else ""
    where = f"{place}, {long_date(moment.date())}" if place else long_date(moment.date())
    story: list[Flowable] = [
        bookmark(_TITLE, "revision"),
        paragraph("REVISIÓN DE ACCESOS AL SISTEMA", "act"),
        rich_paragraph(f"{number}{safe(where)}", "centred"),
        rich_paragraph(
            f"El {format_date(moment.date())} a las {moment:%H:%M} {bold(review.reviewed_by)} revisó los accesos de "
            f"{safe(_users(len(review.lines)))} y los roles de cada uno. {bold(outcome_words(review))}",
            "left",
        ),
        ruled_table(
            _COLUMNS, [_row(place, line) for place, line in enumerate(review.lines, 1)], font_size=8.5
        ),
        space(2),
    ]
    if review.note:
        story.append(rich_paragraph(f"{bold('Observación:')} {safe(review.note)}", "left"))
    story.append(
        paragraph(
            "Revisión semestral de privilegios que pide el artículo 46 del Reglamento de la Ley N°\u00a029733, Ley de "
            "Protección de Datos Personales (Decreto Supremo N°\u00a0016-2024-JUS). Lo que se decidió cesar quedó sin "
            "acceso al registrarse esta revisión; los roles por cambiar se cambian en el sistema, que guarda en su "
            "historial quién lo hizo y cuándo.",
            "left",
        )
    )
    if slots:
        story.append(signature_zone(slots))
    foot = f"{_TITLE} N° {review.number_text}" if review.number_text else _TITLE
    around = PaperFormat(
        letterhead=letterhead,
        title=_TITLE,
        author=letterhead.entity,
        foot_number=foot,
        legend=legend,
        watermark=watermark,
        continuation_head=foot,
        sheet=A4_WIDE,
    )
    return build_paper(story, around)


def _users(count: int) -> str:
    return "1 usuario" if count == 1 else f"{count} usuarios"


def _row(place: int, line: ReviewLine) -> "list[str | Cell | list[str]]":
    who = [line.name, " · ".join(part for part in (line.position, line.office) if part)]
    state = line.state.label
    if line.valid_to is not None:
        state = f"{state}, hasta el {format_date(line.valid_to)}"
    last = line.last_login_at.astimezone(LIMA) if line.last_login_at else None
    return [
        str(place),
        line.login,
        [part for part in who if part],
        [role_title(key) for key in line.roles] or "Ninguno",
        state,
        f"{format_date(last.date())} {last:%H:%M}" if last else "Nunca",
        Cell(line.decision.label, bold=line.decision is not Decision.KEEP),
        line.note,
    ]
