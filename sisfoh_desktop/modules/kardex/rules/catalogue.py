"""Checks of the catalogue: campaigns and types of forms; who can hold them is in holders.py.

Each `clean_` gives back the fact as it will be stored or refuses it; each `check_` compares it with what is already
there. What was moved under a type limits what may change in it (`TypeUse`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sisfoh_desktop.basics.dates import FIRST_YEAR, LAST_YEAR, format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import MAX_WIDTH, FormRanges, parse_ranges
from sisfoh_desktop.basics.texts import clean_name
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, FormType

# As wide as their columns.
LONGEST = {
    "campaign_name": 160,
    "code": 20,
    "title": 200,
    "prefix": 12,
    "layout_version": 60,
}
MOST_DAYS_IN_HAND = 365
LARGEST_BUNDLE = 100_000
LARGEST_MINIMUM = 10_000_000

_CODE = re.compile(r"[^\W_][\w.-]*")
_PREFIX = re.compile(r"[^\W\d_](?:[\w./-]*(?:[^\W\d]|[./-]))?")


@dataclass(frozen=True)
class TypeUse:
    """What was already done with a type: the days of its first and last movement and its highest number.

    None where nothing was moved, or where the article has no numbers.
    """

    first_day: date | None = None
    last_day: date | None = None
    highest_number: int | None = None

    @property
    def has_moved(self) -> bool:
        return self.first_day is not None


# --- campaigns ---


def clean_campaign(campaign: Campaign) -> Campaign:
    """The campaign with a clean name. RuleError for texts, days upside down or bands that make no sense."""
    check_days(campaign.starts_on, campaign.ends_on, "La campaña")
    _check_number(campaign.most_days_in_hand, "Los días en poder", 1, MOST_DAYS_IN_HAND)
    _check_number(campaign.most_annulled_percent, "El porcentaje de anulados", 0, 100)
    return replace(
        campaign,
        name=clean_name(campaign.name, what="el nombre de la campaña", limit=LONGEST["campaign_name"]),
    )


def check_new_campaign(campaign: Campaign, others: Iterable[Campaign]) -> None:
    """RuleError `campaign_name_taken`."""
    for other in others:
        if other.id != campaign.id and other.name.casefold() == campaign.name.casefold():
            raise RuleError(
                "campaign_name_taken",
                f"Ya hay una campaña llamada «{other.name}»; use otro nombre. No se cambió nada.",
            )


def check_campaign_change(
    before: Campaign,
    after: Campaign,
    others: Iterable[Campaign],
    first_day: date | None,
    last_day: date | None,
) -> None:
    """`first_day` and `last_day` are those of the movements of the campaign; a closed one does not change.

    RuleError `campaign_closed`, `campaign_name_taken`, `campaign_days_moved`.
    """
    check_campaign_open(before)
    check_new_campaign(after, others)
    if first_day is not None and first_day < after.starts_on:
        raise RuleError(
            "campaign_days_moved",
            f"Hay movimientos desde el {format_date(first_day)}: la campaña no puede empezar después. "
            "No se cambió nada.",
        )
    if last_day is not None and after.ends_on is not None and after.ends_on < last_day:
        raise RuleError(
            "campaign_days_moved",
            f"Hay movimientos hasta el {format_date(last_day)}: la campaña no puede terminar antes. "
            "No se cambió nada.",
        )


def check_campaign_open(campaign: Campaign) -> None:
    """RuleError `campaign_closed`."""
    if campaign.closed_on is not None:
        raise RuleError(
            "campaign_closed",
            f"La campaña «{campaign.name}» se cerró el {format_date(campaign.closed_on)} y no se cambia; "
            "si falta registrar algo, reábrala antes con su documento.",
        )


def current_of(campaigns: Iterable[Campaign], today: date) -> Campaign | None:
    """The campaign to work on: an open one running today, else an open one, else the last; None if there is none."""

    def rank(campaign: Campaign) -> tuple[bool, bool, date, int]:
        is_open = campaign.closed_on is None
        running = campaign.starts_on <= today and (campaign.ends_on is None or today <= campaign.ends_on)
        return (is_open, is_open and running, campaign.starts_on, campaign.id)

    return max(campaigns, key=rank, default=None)


# --- types of forms ---


def clean_form_type(form_type: FormType) -> FormType:
    """The type with its code in capitals; an article without numbers has width 0 and no prefix.

    RuleError `code_invalid`, `prefix_invalid`, `number_width_invalid`, a count out of its limits, or days upside down.
    """
    code = clean_name(form_type.code, what="el código del formulario", limit=LONGEST["code"]).upper()
    if not _CODE.fullmatch(code) or len(code) > LONGEST["code"]:
        raise RuleError(
            "code_invalid",
            f"«{code}» no sirve como código: use letras y cifras sin espacios, como FSU o S100.",
        )
    check_days(form_type.valid_from, form_type.valid_until, "El uso del formulario")
    _check_number(form_type.bundle_size, "El paquete", 1, LARGEST_BUNDLE)
    _check_number(form_type.minimum_stock, "La existencia mínima", 0, LARGEST_MINIMUM)
    cleaned = replace(
        form_type,
        code=code,
        title=clean_name(form_type.title, what="el nombre del formulario", limit=LONGEST["title"]),
        layout_version=clean_name(
            form_type.layout_version,
            what="la versión de la hoja",
            limit=LONGEST["layout_version"],
            required=False,
        ),
    )
    if not form_type.serialised:
        return replace(cleaned, number_width=0, prefix="")
    if not 1 <= form_type.number_width <= MAX_WIDTH:
        raise RuleError(
            "number_width_invalid",
            f"El número de un formulario lleva de 1 a {MAX_WIDTH} cifras; revise cuántas trae impresas.",
        )
    prefix = clean_name(
        form_type.prefix, what="lo impreso antes del número", limit=LONGEST["prefix"], required=False
    )
    if prefix and not _prefix_reads_back(prefix, form_type.number_width):
        raise RuleError(
            "prefix_invalid",
            f"«{prefix}» no sirve delante del número, porque al escribirlos juntos no se distinguirían: empiece "
            "por una letra y no termine en cifra, como A- o TAC/.",
        )
    return replace(cleaned, prefix=prefix)


def _prefix_reads_back(prefix: str, width: int) -> bool:
    """Whether numbers printed after it are read as what they are, typed with it or without."""
    if not _PREFIX.fullmatch(prefix):
        return False
    for number in (1, 10**width - 1):
        printed = f"{prefix}{number:0{width}d}"
        for typed in (printed, f"{number:0{width}d}", f"{printed}-{printed}"):
            try:
                if parse_ranges(typed, width, prefix) != FormRanges.single(number):
                    return False
            except RuleError:
                return False
    return True


def check_new_form_type(form_type: FormType, campaign: Campaign, others: Iterable[FormType]) -> None:
    """`others` are the types of its campaign. RuleError `campaign_closed`, `code_taken`."""
    check_campaign_open(campaign)
    for other in others:
        if other.id == form_type.id or other.code.casefold() != form_type.code.casefold():
            continue
        if other.prefix.casefold() == form_type.prefix.casefold():
            series = f" con el prefijo {other.prefix}" if other.prefix else ""
            raise RuleError(
                "code_taken",
                f"El código {other.code}{series} ya es de «{other.title}» en esta campaña; use otro. "
                "No se cambió nada.",
            )


def check_form_type_change(
    before: FormType, after: FormType, campaign: Campaign, others: Iterable[FormType], use: TypeUse
) -> None:
    """RuleError `campaign_closed`, `code_taken`, `form_type_moved`, `number_width_used`, `form_type_days_moved`."""
    check_new_form_type(after, campaign, others)
    if before.campaign_id != after.campaign_id:
        raise RuleError(
            "form_type_moved", "Un formulario no pasa de una campaña a otra; agréguelo en la otra."
        )
    if not use.has_moved:
        return
    if before.serialised != after.serialised or before.prefix != after.prefix:
        what = "si lleva número" if before.serialised != after.serialised else "lo impreso antes del número"
        raise RuleError(
            "form_type_moved",
            f"{before.code} ya tiene movimientos desde el {day_text(use.first_day)}: no se cambia {what}. "
            "Si la imprenta lo cambió, agregue otro formulario.",
        )
    digits = len(str(use.highest_number or 0))
    if after.serialised and after.number_width < digits:
        raise RuleError(
            "number_width_used",
            f"Ya se recibió el N° {before.number_text(use.highest_number or 0)} de {before.code}: el número no "
            f"puede llevar menos de {digits} cifras. No se cambió nada.",
        )
    if use.first_day is not None and after.valid_from is not None and use.first_day < after.valid_from:
        raise RuleError(
            "form_type_days_moved",
            f"{before.code} tiene movimientos desde el {day_text(use.first_day)}: su uso no puede empezar después.",
        )
    if use.last_day is not None and after.valid_until is not None and after.valid_until < use.last_day:
        raise RuleError(
            "form_type_days_moved",
            f"{before.code} tiene movimientos hasta el {day_text(use.last_day)}: su uso no puede terminar antes.",
        )


def is_valid_type(form_type: FormType, day: date) -> bool:
    """Whether forms of this type may be moved on that day."""
    return (form_type.valid_from is None or form_type.valid_from <= day) and (
        form_type.valid_until is None or day <= form_type.valid_until
    )


def copied_types(form_types: Iterable[FormType], campaign: Campaign) -> list[FormType]:
    """The types of an earlier campaign for a new one; those that went out of use before it starts stay behind."""
    return [
        replace(one, campaign_id=campaign.id, valid_from=None, valid_until=None, id=0, version=0)
        for one in form_types
        if one.valid_until is None or one.valid_until >= campaign.starts_on
    ]


def shipped_types(rows: Iterable[Mapping[str, Any]], campaign_id: int) -> list[FormType]:
    """The types that the program proposes; a row with an unknown or missing field is a TypeError."""
    return [clean_form_type(FormType(campaign_id=campaign_id, **row)) for row in rows]


# --- inside ---


def check_days(first: date | None, last: date | None, what: str) -> None:
    """`what` has the days ("La campaña"). RuleError `date_out_of_range` or `dates_upside_down`."""
    for day in (first, last):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise RuleError(
                "date_out_of_range", f"La fecha {format_date(day)} está fuera de lo previsto; revise el año."
            )
    if first is not None and last is not None and last < first:
        raise RuleError(
            "dates_upside_down",
            f"{what} termina el {format_date(last)}, antes de empezar el {format_date(first)}: corrija las fechas.",
        )


def day_text(day: date | None) -> str:
    """The day as sentences say it; "" for none."""
    return format_date(day) if day is not None else ""


def _check_number(number: int, what: str, least: int, most: int) -> None:
    if not least <= number <= most:
        raise RuleError("number_out_of_range", f"{what} va de {least} a {most}; revise el número.")
