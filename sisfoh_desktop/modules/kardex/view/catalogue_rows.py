"""Columns of the three lists of the catalogue, and the state of each row on a day."""

from collections.abc import Callable, Mapping
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.holders import END_NOTICE_DAYS
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

Today = Callable[[], date]
_ORDER = list(HolderKind)


def campaign_state(campaign: Campaign, today: date) -> tuple[Tone, str]:
    """Open, not begun yet, past its last day, or closed."""
    if campaign.closed_on is not None:
        return "dim", f"Cerrada el {format_date(campaign.closed_on)}"
    if today < campaign.starts_on:
        return "accent", f"Empieza el {format_date(campaign.starts_on)}"
    if campaign.ends_on is not None and campaign.ends_on < today:
        return "warn", "Terminó: falta cerrarla"
    return "ok", "Abierta"


def type_state(form_type: FormType, today: date) -> tuple[Tone, str]:
    """In use or not."""
    if form_type.valid_from is not None and today < form_type.valid_from:
        return "accent", f"Desde el {format_date(form_type.valid_from)}"
    if form_type.valid_until is not None and form_type.valid_until < today:
        return "dim", f"Hasta el {format_date(form_type.valid_until)}"
    return "ok", "En uso"


def holder_state(holder: Holder, today: date) -> tuple[Tone, str]:
    """In force, about to end, ended, or not begun yet."""
    if holder.valid_from is not None and today < holder.valid_from:
        return "accent", f"Desde el {format_date(holder.valid_from)}"
    in_force = "En funciones" if holder.kind.is_person else "En uso"
    if holder.valid_until is None:
        return "ok", in_force
    left = (holder.valid_until - today).days
    if left < 0:
        ended = "Cesó" if holder.kind.is_person else "Fuera de uso"
        return "danger" if holder.kind.is_person else "dim", f"{ended} el {format_date(holder.valid_until)}"
    if left == 0:
        return "warn", "Termina hoy"
    if left <= END_NOTICE_DAYS:
        return "warn", "Termina mañana" if left == 1 else f"Termina en {left} días"
    return "ok", in_force


def campaign_columns(today: Today) -> list[Column]:
    return [
        Column("Campaña", lambda one: one.name),
        Column("Desde", lambda one: format_date(one.starts_on), lambda one: one.starts_on, "center", 96),
        Column("Hasta", lambda one: _date(one.ends_on), lambda one: one.ends_on or date.max, "center", 96),
        Column(
            "Días en poder",
            lambda one: str(one.most_days_in_hand),
            lambda one: one.most_days_in_hand,
            "right",
            112,
        ),
        Column(
            "Anulados",
            lambda one: f"{one.most_annulled_percent} %",
            lambda one: one.most_annulled_percent,
            "right",
            88,
        ),
        Column(
            "Estado",
            lambda one: campaign_state(one, today())[1],
            tone=lambda one: campaign_state(one, today())[0],
            width=184,
        ),
    ]


def type_columns(today: Today) -> list[Column]:
    return [
        Column("Código", lambda one: one.code, width=112),
        Column("Nombre", lambda one: one.title),
        Column("Número", number_words, width=104),
        Column(
            "Paquete", lambda one: format_number(one.bundle_size), lambda one: one.bundle_size, "right", 80
        ),
        Column(
            "Mínimo",
            lambda one: format_number(one.minimum_stock) if one.minimum_stock else "—",
            lambda one: one.minimum_stock,
            "right",
            80,
        ),
        Column("Hoja", lambda one: one.layout_version or "—", width=72),
        Column(
            "Uso",
            lambda one: type_state(one, today())[1],
            tone=lambda one: type_state(one, today())[0],
            width=144,
        ),
    ]


def holder_columns(today: Today, names: Mapping[int, str]) -> list[Column]:
    """`names` of all holders by id, kept up to date by the tab."""
    return [
        Column("Nombre", lambda one: one.name),
        Column("Función", lambda one: one.kind.label, lambda one: _ORDER.index(one.kind), width=128),
        Column("DNI", lambda one: mask_dni(one.dni) or "—", align="center", width=88, personal=True),
        Column("Jefe de brigada", lambda one: names.get(one.chief_id or 0, "—")),
        Column("Documento", lambda one: one.document or "—"),
        Column(
            "Estado",
            lambda one: holder_state(one, today())[1],
            lambda one: one.valid_until or date.max,
            tone=lambda one: holder_state(one, today())[0],
            width=160,
        ),
    ]


def holder_order(holder: Holder, today: date) -> tuple[bool, int, str]:
    """Those in force first, then by function and name."""
    ended = holder.valid_until is not None and holder.valid_until < today
    return (ended, _ORDER.index(holder.kind), holder.name.casefold())


def number_words(form_type: FormType) -> str:
    """`A-000001` as the first number would be printed, or that it has none."""
    return form_type.number_text(1) if form_type.serialised else "Sin número"


def period_text(first: date | None, last: date | None) -> str:
    """`del 01/03/2024 al 31/07/2024`, or with one end, or ""."""
    if first is not None and last is not None:
        return f"del {format_date(first)} al {format_date(last)}"
    if first is not None:
        return f"desde el {format_date(first)}"
    return f"hasta el {format_date(last)}" if last is not None else ""


def _date(day: date | None) -> str:
    return format_date(day) if day is not None else "—"
