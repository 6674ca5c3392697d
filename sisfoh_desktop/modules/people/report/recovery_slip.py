"""The slip of a one-time code, handed over in a closed envelope. Loads reportlab: import it inside functions."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date, weekday_name
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.people.rules.facts import RecoverySlip

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "Clave de un solo uso"
_STEPS = (
    "Abra SISFOH Desktop y escriba su usuario; en el lugar de la contraseña, esta clave.",
    "El programa le pedirá una contraseña nueva, de al menos diez letras o cifras, que solo usted sepa.",
    "Con eso la clave deja de valer: rompa esta hoja.",
)
_CARE = (
    "Nadie debe pedírsela por teléfono ni por mensaje. Si llegó abierta, no la use y avise a quien administra los "
    "usuarios."
)


def recovery_slip_pdf(slip: RecoverySlip, letterhead: "Letterhead", *, watermark: str = "") -> BuiltPaper:
    """One upright A4 with the code in large signs and what to do with it."""
    made, until = slip.made_at.astimezone(LIMA), slip.until.astimezone(LIMA)
    story: list[Flowable] = [
        bookmark(_TITLE, "clave"),
        paragraph("CLAVE DE UN SOLO USO PARA ENTRAR AL SISTEMA", "act"),
        space(3),
        ruled_table(
            (Column("", width_mm=45), Column("")),
            [
                [Cell("Para", bold=True), slip.name],
                [Cell("Usuario", bold=True), slip.login],
                [
                    Cell("Vale hasta", bold=True),
                    f"{weekday_name(until.date())} {format_date(until.date())}, {until:%H:%M}",
                ],
                [Cell("La emitió", bold=True), f"{slip.made_by}, {format_date(made.date())} {made:%H:%M}"],
            ],
            font_size=10.5,
        ),
        space(5),
        ruled_table(
            (Column("", align="center"),), [[Cell(slip.code, bold=True, align="center")]], font_size=22
        ),
        space(5),
        *(paragraph(step, "item", label=f"{number}.") for number, step in enumerate(_STEPS, 1)),
        space(3),
        rich_paragraph(
            f"{bold('Entréguese en sobre cerrado, solo a la persona nombrada.')} {safe(_CARE)}", "left"
        ),
    ]
    around = PaperFormat(
        letterhead=letterhead,
        title=_TITLE,
        author=letterhead.entity,
        foot_number=f"{_TITLE} de {slip.login}",
        watermark=watermark,
        continuation_head=_TITLE,
    )
    return build_paper(story, around)
