"""The slip of a one-time code and the recovery sheet of an administrator, both for an envelope.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date, weekday_name
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.people.rules.facts import RecoverySheet, RecoverySlip

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE, _SHEET = "Clave de un solo uso", "Hoja de recuperación"
_STEPS = (
    "Abra SISFOH Desktop y escriba su usuario; en el lugar de la contraseña, esta clave.",
    "El programa le pedirá una contraseña nueva, de al menos diez letras o cifras, que solo usted sepa.",
    "Con eso la clave deja de valer: rompa esta hoja.",
)
_CARE = (
    "Nadie debe pedírsela por teléfono ni por mensaje. Si llegó abierta, no la use y avise a quien administra los "
    "usuarios."
)


_SHEET_STEPS = (
    "Guárdela en un sobre cerrado y firmado en la solapa, en la caja fuerte o con quien responde de ella.",
    "Si olvida su contraseña, al entrar elija «Olvidé mi contraseña…» y escriba su usuario, esta clave y una nueva.",
    "La clave vale una sola vez y no vence: después de usarla imprima otra hoja y rompa esta.",
)
_SHEET_CARE = (
    "Quien abra el sobre puede entrar como usted; si lo halla abierto, imprima otra hoja: esta deja de valer."
)


def recovery_slip_pdf(slip: RecoverySlip, letterhead: "Letterhead", *, watermark: str = "") -> BuiltPaper:
    """One upright A4 with the code in large signs and what to do with it."""
    made, until = slip.made_at.astimezone(LIMA), slip.until.astimezone(LIMA)
    facts = (
        ("Para", slip.name),
        ("Usuario", slip.login),
        ("Vale hasta", f"{weekday_name(until.date())} {format_date(until.date())}, {until:%H:%M}"),
        ("La emitió", f"{slip.made_by}, {format_date(made.date())} {made:%H:%M}"),
    )
    return _paper(
        _TITLE,
        "CLAVE DE UN SOLO USO PARA ENTRAR AL SISTEMA",
        facts,
        slip.code,
        _STEPS,
        f"{bold('Entréguese en sobre cerrado, solo a la persona nombrada.')} {safe(_CARE)}",
        letterhead,
        f"{_TITLE} de {slip.login}",
        watermark,
    )


def recovery_sheet_pdf(sheet: RecoverySheet, letterhead: "Letterhead", *, watermark: str = "") -> BuiltPaper:
    """The same for who administers the users, to be kept."""
    made = sheet.made_at.astimezone(LIMA)
    facts = (
        ("De", sheet.name),
        ("Usuario", sheet.login),
        ("Impresa", f"{weekday_name(made.date())} {format_date(made.date())}, {made:%H:%M}"),
        ("Vale", "Una sola vez, sin fecha de vencimiento"),
    )
    return _paper(
        _SHEET,
        "HOJA DE RECUPERACIÓN DE QUIEN ADMINISTRA LOS USUARIOS",
        facts,
        sheet.code,
        _SHEET_STEPS,
        f"{bold('Guárdese en sobre cerrado.')} {safe(_SHEET_CARE)}",
        letterhead,
        f"{_SHEET} de {sheet.login}",
        watermark,
    )


def _paper(
    title: str,
    act: str,
    facts: Sequence[tuple[str, str]],
    code: str,
    steps: Sequence[str],
    care: str,
    letterhead: "Letterhead",
    foot: str,
    watermark: str,
) -> BuiltPaper:
    story: list[Flowable] = [
        bookmark(title, "clave"),
        paragraph(act, "act"),
        space(3),
        ruled_table(
            (Column("", width_mm=45), Column("")),
            [[Cell(name, bold=True), told] for name, told in facts],
            font_size=10.5,
        ),
        space(5),
        ruled_table((Column("", align="center"),), [[Cell(code, bold=True, align="center")]], font_size=22),
        space(5),
        *(paragraph(step, "item", label=f"{number}.") for number, step in enumerate(steps, 1)),
        space(3),
        rich_paragraph(care, "left"),
    ]
    around = PaperFormat(
        letterhead=letterhead,
        title=title,
        author=letterhead.entity,
        foot_number=foot,
        watermark=watermark,
        continuation_head=title,
    )
    return build_paper(story, around)
