"""The sentences of the POI's papers. Plain Python; what they tell is in `reports.py`."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.money import NBSP, format_number
from sisfoh_desktop.basics.texts import counted, enumerated
from sisfoh_desktop.modules.poi.rules.by_unit import state_heads
from sisfoh_desktop.modules.poi.rules.charts import HeatMap, Scope, Series
from sisfoh_desktop.modules.poi.rules.exceptions import ExceptionLine, Side, side_counts
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, QUARTER_NAMES, Band, Execution
from sisfoh_desktop.modules.poi.rules.reports import ChartKind, QuarterReport
from sisfoh_desktop.modules.poi.rules.states import SHAPE_SIGNS, StateKind, owed_months

_CHARTS = {
    ChartKind.MONTHS: "Programado y ejecutado por mes",
    ChartKind.CUMULATIVE: "Avance acumulado",
    ChartKind.HEAT: "Mapa de cumplimiento por mes",
}


def cut_words(report: QuarterReport) -> tuple[str, str]:
    """Place and date, and until when the figures reach."""
    until = report.table.until
    year = report.plan.year
    last_day = date(year, until, monthrange(year, until)[1])
    where = f"{report.place}, " if report.place else ""
    told = f"Corte: {format_date(last_day)}."
    if report.open_months:
        noun = "Mes sin cerrar" if len(report.open_months) == 1 else "Meses sin cerrar"
        told += f" {noun}: {month_run(report.open_months)} (sus cifras son preliminares)."
    told += _waiting_words(report)
    if report.quarantined:
        rows = counted(
            report.quarantined,
            "fila importada espera su lectura y no está aquí",
            "filas importadas esperan su lectura y no están aquí",
        )
        told += f" Incompleto: {rows}."
    return f"{where}{long_date(report.dated)}", told


def _waiting_words(report: QuarterReport) -> str:
    """The months of the quarter that are left out: in their term, or not begun."""
    year = report.plan.year
    ahead = tuple(one.month for one in report.waiting if date(year, one.month, 1) > report.dated)
    parts = [
        f"{MONTH_NAMES[one.month - 1]} está en plazo hasta el {format_date(one.due_on)}"
        for one in report.waiting
        if one.month not in ahead
    ]
    if ahead:
        parts.append(f"{month_run(ahead)} aún no {'empieza' if len(ahead) == 1 else 'empiezan'}")
    return f" Fuera del corte: {'; '.join(parts)}." if parts else ""


def exceptions_heading(report: QuarterReport) -> str:
    """«Actividades que se apartan de lo programado: 13 de 90»."""
    found, all_of_them = len(report.exceptions), report.whole.activities
    return (
        f"Actividades que se apartan de lo programado: {format_number(found)} de {format_number(all_of_them)}"
    )


def exceptions_sentence(report: QuarterReport) -> str:
    """How many to each side, and how many did what was programmed."""
    if not report.exceptions:
        return "Todas las actividades ejecutaron lo programado al corte."
    counts = side_counts(report.exceptions)
    parts = [
        f"{format_number(counts[side])} {words}"
        for side, words in (
            (Side.BELOW, "por debajo"),
            (Side.PENDING, "con registro pendiente"),
            (Side.UNPROGRAMMED, "con ejecución sin programación"),
            (Side.ABOVE, "por encima"),
        )
        if counts[side]
    ]
    told = enumerated(parts)
    rest = report.whole.activities - len(report.exceptions)
    others = "La otra actividad está" if rest == 1 else f"Las otras {format_number(rest)} están"
    return f"{told[0].upper()}{told[1:]}.{f' {others} como se programó.' if rest else ''}"


def sheet_title(report: QuarterReport) -> str:
    """«FICHA EJECUTIVA DEL POI 2019 AL III TRIMESTRE»."""
    quarter = f"{QUARTER_NAMES[report.quarter - 1]} TRIMESTRE{report.advance_words.upper()}"
    return f"FICHA EJECUTIVA DEL POI {report.plan.year} AL {quarter}"


def grid_heading(report: QuarterReport) -> str:
    """«Ejecución por actividad, enero a setiembre»."""
    return f"Ejecución por actividad, {month_run(tuple(report.table.months))}"


def why_words(line: ExceptionLine, report: QuarterReport) -> list[str]:
    """What is known of a departure: the months owed, the motives and measures; that nobody told one."""
    activity = line.row.activity
    owed = owed_months(activity.programmed, line.row.executed, report.table.months)
    told = [f"Falta registrar {month_run(owed)}{_term_words(owed, report)}."] if owed else []
    told += [words for note in line.notes if (words := note_words(note, report.motives))]
    return told or ["Sin motivo registrado."]


def _term_words(owed: tuple[int, ...], report: QuarterReport) -> str:
    """Until when what is owed may still be told in time; nothing once any of it is overdue."""
    if not all(month in report.terms for month in owed):
        return ""
    return f" (en plazo hasta el {format_date(report.terms[owed[0]])})"


def note_words(note: Execution, motives: Mapping[str, str]) -> str:
    """A month's motive and corrective measure: «Agosto: falta de personal. Medida: contratar.»; empty where none is."""
    motive = motives.get(note.motive, note.motive)
    why = ". ".join(part.strip().rstrip(".") for part in (motive, note.motive_text) if part.strip(" ."))
    measure = note.corrective.strip().rstrip(".")
    words = [f"{why}." if why else "", f"Medida: {measure}." if measure else ""]
    told = " ".join(one for one in words if one)
    month = MONTH_NAMES[note.month - 1]
    return f"{month[0].upper()}{month[1:]}: {told}" if told else ""


def chart_title(kind: ChartKind, year: int) -> str:
    """«Programado y ejecutado por mes, POI 2019»."""
    return f"{_CHARTS[kind]}, POI {year}"


def chart_noun(kind: ChartKind, series: Series) -> str:
    """What stands along the axis: the unit of measure, or what is told where unlike units are not added."""
    if series.scope.measure is not None:
        return series.scope.measure.measure
    return "Actividades" if kind is ChartKind.MONTHS else "% de la meta anual"


def heat_words(shown: HeatMap, bands: Sequence[Band]) -> str:
    """What a cell of the map tells and what the signs used in it mean."""
    used = {(state.kind, state.shape) for row in shown.rows for state in row.cells if state is not None}
    signs = f"{NBSP * 3} ".join(
        f"{SHAPE_SIGNS[head.shape]} {head.label}"
        for head in state_heads(bands)
        if (head.kind, head.shape) in used and head.kind is not StateKind.NOT_PROGRAMMED
    )
    cell = (
        "Cada casilla: de las actividades que la unidad tenía en el mes, las que cumplió."
        if shown.counts
        else "Cada casilla: lo ejecutado en el mes, de lo programado en él."
    )
    return f"{cell} En blanco, nada programado. {signs}".strip()


def scope_words(scope: Scope) -> str:
    """Which unit, and which unit of measure."""
    unit = scope.unit_name or "Todas las unidades orgánicas"
    measure = f", en {scope.measure.measure}" if scope.measure is not None else ""
    return f"{unit}{measure}."


def month_run(months: Sequence[int]) -> str:
    """«enero a setiembre», «julio y agosto», «enero, marzo a mayo y julio»: in order, neighbours told by their ends."""
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    parts: list[str] = []
    for run in runs:
        names = [MONTH_NAMES[month - 1] for month in (run if len(run) < 3 else (run[0], run[-1]))]
        parts += [" a ".join(names)] if len(run) > 2 else names
    return enumerated(parts)
