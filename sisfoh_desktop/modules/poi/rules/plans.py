"""Checks of the plan of a year, its semaphore and tolerances, and of units of measure; what a new plan starts with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from sisfoh_desktop.basics.cell_blocks import plain_quantity
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, without_accents
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, Band, MeasureUnit, MonthState, PoiPlan

FIRST_YEAR, LAST_YEAR = 2009, 2100  # since the SINAPLAN exists (DLeg 1088, 2008)
TONES: Mapping[str, str] = {
    "bad": "Rojo",
    "warn": "Ámbar",
    "good": "Verde",
    "info": "Azul",
    "mute": "Gris",
}
SHAPES: Mapping[str, str] = {
    "square": "■ Cuadrado",
    "triangle": "▲ Triángulo",
    "circle": "● Círculo",
    "diamond": "◊ Rombo",
    "ring": "○ Anillo",
    "cross": "× Aspa",
}
MOST_BANDS = 6
_HUNDRED = Decimal(100)
_PERCENT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?")


@dataclass(frozen=True)
class Proposal:
    """What a new plan starts with. `source` says where the semaphore comes from; `due_day` is of the next month."""

    bands: tuple[Band, ...]
    tolerance_below: Decimal
    tolerance_above: Decimal
    due_day: int
    due_norm: str
    source: str


def proposal_of(shipped: Mapping[str, Any]) -> Proposal:
    """The proposal in the program's own list; KeyError, TypeError or ValueError where that is damaged."""
    try:
        bands = tuple(
            Band(row["label"], Decimal(row["lower"]), bool(row["inclusive"]), row["tone"], row["shape"])
            for row in shipped["band"]
        )
        limits = shipped["tolerances"]
        below, above = Decimal(limits["below"]), Decimal(limits["above"])
    except InvalidOperation as error:
        raise ValueError("a band or a tolerance that is no number") from error
    closing = shipped["closing"]
    return Proposal(bands, below, above, int(closing["day"]), closing["norm"], shipped["semaphore"]["source"])


def new_plan(year: int, title: str, proposal: Proposal) -> PoiPlan:
    """The plan of a year as it starts. RuleError as in `clean_plan`."""
    return clean_plan(
        PoiPlan(
            id=0,
            year=year,
            title=title.strip() or f"Plan Operativo Institucional {year}",
            bands=proposal.bands,
            tolerance_below=proposal.tolerance_below,
            tolerance_above=proposal.tolerance_above,
        )
    )


def due_dates(year: int, due_day: int) -> tuple[MonthState, ...]:
    """The twelve months of a year, each to be closed by that day of the next month (RPCD 00084-2022, num. 3.4)."""
    following = [date(year, month + 1, due_day) for month in range(1, 12)] + [date(year + 1, 1, due_day)]
    return tuple(MonthState(0, month, due_on) for month, due_on in enumerate(following, start=1))


def clean_plan(plan: PoiPlan) -> PoiPlan:
    """The plan as it will be kept; RuleError `year_invalid`, `tolerance_invalid`, `bands_…` or as in `basics.texts`."""
    _check_year(plan.year, str(plan.year))
    for tolerance, words in ((plan.tolerance_below, "por debajo"), (plan.tolerance_above, "por encima")):
        _check_per_cent(tolerance, "tolerance_invalid", f"La tolerancia {words}", _HUNDRED)
    return replace(
        plan,
        title=clean_name(plan.title, what="el nombre del POI", limit=200),
        bands=clean_bands(plan.bands),
    )


def clean_bands(bands: Sequence[Band]) -> tuple[Band, ...]:
    """A semaphore from the lowest band up; RuleError `bands_missing`, `bands_too_many`, `bands_start`, `bands_equal`,
    `band_lower_invalid`, `band_unknown_look`."""
    if not bands:
        raise RuleError("bands_missing", "El semáforo necesita al menos una banda; no se guardó nada.")
    if len(bands) > MOST_BANDS:
        raise RuleError(
            "bands_too_many", f"El semáforo admite hasta {MOST_BANDS} bandas; una las que sobran."
        )
    kept = tuple(
        replace(band, label=clean_name(band.label, what="el nombre de la banda", limit=40))
        for band in sorted(bands, key=lambda band: (band.lower, not band.inclusive))
    )
    for band in kept:
        _check_per_cent(band.lower, "band_lower_invalid", f"El límite de «{band.label}»", _HUNDRED)
        if band.tone not in TONES or band.shape not in SHAPES:
            raise RuleError(
                "band_unknown_look",
                f"La banda «{band.label}» pide un color o una figura que no hay; elija de la lista.",
            )
    if kept[0].lower != 0 or not kept[0].inclusive:
        raise RuleError(
            "bands_start",
            f"La banda más baja, «{kept[0].label}», debe empezar en 0 % inclusive: si no, una actividad sin avance "
            "quedaría sin color. No se guardó nada.",
        )
    for low, high in pairwise(kept):
        same = without_accents(low.label) == without_accents(high.label)
        if (low.lower, low.inclusive) == (high.lower, high.inclusive) or same:
            raise RuleError(
                "bands_equal",
                f"Las bandas «{low.label}» y «{high.label}» tienen el mismo "
                f"{'nombre' if same else 'límite'}; cambie una. No se guardó nada.",
            )
    if len({(band.tone, band.shape) for band in kept}) < len(kept) or len({b.shape for b in kept}) < len(
        kept
    ):
        raise RuleError(
            "bands_same_shape",
            "Dos bandas tienen la misma figura: en una impresión en grises no se distinguirían. Elija otra.",
        )
    return kept


def parse_year(text: str) -> int:
    """A year as typed; RuleError `year_invalid`."""
    typed = text.strip()
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    _check_year(year, typed[:20])
    return year


def parse_percent(text: str, what: str) -> Decimal:
    """A per cent as typed: `95`, `97.5`, `97,5 %`; RuleError `percent_invalid`, which names `what`."""
    typed = text.strip().removesuffix("%").strip().replace(",", ".")
    if not _PERCENT.fullmatch(typed):
        raise RuleError(
            "percent_invalid",
            f"{what}: «{text.strip()[:30]}» no es un por ciento; escriba por ejemplo 95 o 97.5.",
        )
    return Decimal(typed)


def band_ranges(bands: Sequence[Band]) -> tuple[str, ...]:
    """What each band covers, in words: «de 75 a menos de 95 %», the last one «de 95 % a más»."""
    told = []
    for number, band in enumerate(bands):
        start = f"{'de' if band.inclusive else 'más de'} {plain_quantity(band.lower)}"
        above = bands[number + 1] if number + 1 < len(bands) else None
        if above is None:
            told.append(f"{start} % a más")
        else:
            end = "menos de" if above.inclusive else "hasta"
            told.append(f"{start} {'a ' if above.inclusive else ''}{end} {plain_quantity(above.lower)} %")
    return tuple(told)


def check_new_year(year: int, plans: Sequence[PoiPlan]) -> None:
    """RuleError `plan_exists`."""
    if any(plan.year == year for plan in plans):
        raise RuleError(
            "plan_exists", f"El POI {year} ya existe; elíjalo en la lista de años. No se creó otro."
        )


def current_of(plans: Sequence[PoiPlan], today: date) -> PoiPlan | None:
    """The plan to work on: this year's, else the newest of the years before, else the first to come."""
    past = [plan for plan in plans if plan.year <= today.year]
    if past:
        return max(past, key=lambda plan: plan.year)
    return min(plans, key=lambda plan: plan.year, default=None)


def check_due(month: MonthState, year: int) -> None:
    """RuleError `due_too_early`: a month cannot be due before it is over, nor later than a year after."""
    ends = date(year + month.month // 12, month.month % 12 + 1, 1)
    if not ends <= month.due_on <= ends.replace(year=ends.year + 1):
        name = MONTH_NAMES[month.month - 1]
        raise RuleError(
            "due_invalid",
            f"El día para cerrar {name} debe venir después de ese mes y antes de un año; no se cambió nada.",
        )


def clean_measure(measure: MeasureUnit) -> MeasureUnit:
    """The unit of measure as it will be kept; RuleError as in `basics.texts`."""
    return replace(
        measure,
        name=clean_name(measure.name, what="el nombre de la unidad de medida", limit=120),
        code=clean_name(measure.code, what="el código de CEPLAN", limit=20, required=False),
    )


def check_measure(measure: MeasureUnit, others: Sequence[MeasureUnit]) -> None:
    """RuleError `measure_exists` where another one has its name (accents and capitals aside) or its code."""
    for other in others:
        if other.id == measure.id:
            continue
        if without_accents(other.name) == without_accents(measure.name):
            raise RuleError(
                "measure_exists", f"La unidad de medida «{other.name}» ya está en el catálogo; úsela."
            )
        if measure.code and other.code == measure.code:
            raise RuleError(
                "measure_code_taken",
                f"El código {measure.code} ya es de «{other.name}»; corrija uno de los dos.",
            )


def _check_year(year: int, shown: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleError(
            "year_invalid",
            f"«{shown}» no es el año de un POI: escriba uno entre {FIRST_YEAR} y {LAST_YEAR}. No se guardó nada.",
        )


def _check_per_cent(value: Decimal, code: str, what: str, most: Decimal) -> None:
    whole = value.is_finite() and (value * 10_000).to_integral_value() == value * 10_000
    if not whole or not 0 <= value <= most:
        raise RuleError(code, f"{what} debe ser un por ciento de 0 a {most}, con hasta cuatro decimales.")
