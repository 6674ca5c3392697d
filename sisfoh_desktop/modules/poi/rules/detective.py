"""The whole table examined: every row with what does not add up and its readings ranked, and what its sums say.

Rows are checked one by one, then all readings are weighed together against the rows of sums: where the readings of
several rows are open, those that bring the sums nearest go first, then the likeliest, then the simplest. Nothing is
ever applied here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import product

from sisfoh_desktop.basics.texts import enumerated
from sisfoh_desktop.modules.poi.rules.alike_rows import Figures, Sums, figures_of
from sisfoh_desktop.modules.poi.rules.facts import months_of_quarter
from sisfoh_desktop.modules.poi.rules.import_plan import folded
from sisfoh_desktop.modules.poi.rules.import_words import place_words
from sisfoh_desktop.modules.poi.rules.importing import (
    CheckedFile,
    CheckedRow,
    FileRow,
    Finding,
    PoiFile,
    month_meaning,
)
from sisfoh_desktop.modules.poi.rules.reading_words import lead_words
from sisfoh_desktop.modules.poi.rules.readings import (
    SHOWN_WEAKER,
    Candidate,
    Damage,
    candidates_of,
    reading_of,
)
from sisfoh_desktop.modules.poi.rules.row_checks import (
    Habits,
    check_row,
    holds,
    layout_of_row,
    texts_missing,
    values_of,
)
from sisfoh_desktop.modules.poi.rules.total_scopes import (
    Column,
    Exchange,
    Options,
    Scope,
    columns_of,
    exchanged,
    exchanges_of,
)
from sisfoh_desktop.modules.poi.rules.totals import findings_of
from sisfoh_desktop.modules.poi.rules.weighing import Case, Weighing

_SPARSE_SHARE = Decimal("0.1")
_MOST_CANDIDATES = 20


def check_file(file: PoiFile) -> CheckedFile:
    """Every row and row of sums of a table examined; rows keep their order. Seconds for 20 000 rows."""
    figures = figures_of(file.rows)
    habits = _habits(file.rows, figures)
    sums = Sums(habits)
    found: dict[int, list[Finding]] = {}
    for place, (row, own) in enumerate(zip(file.rows, figures, strict=True)):
        if sums.of(row, own)[1] or own.unreadable or texts_missing(row, file.mapping):
            found[place] = list(check_row(row, file.mapping, habits))
    cases = {}
    candidates: dict[tuple[Figures, int, str], tuple[list[Candidate], list[Candidate]]] = {}
    for place in found:
        row, own = file.rows[place], figures[place]
        layout = sums.of(row, own)[0]
        key = own, id(layout), row.text("measure")
        if key not in candidates:
            candidates[key] = candidates_of(row, layout)
        cases[place] = Case(*candidates[key])
    weighing = Weighing(file, cases, habits, [one.values for one in figures])
    weighing.fill_from_totals()
    weighing.settle()
    options = weighing.options()
    examined = [(scope, columns_of(scope, options)) for scope in weighing.scopes]
    total_findings = findings_of(examined, file.rows, options, habits)
    for place, exchange in _exchanges(examined, weighing, options).items():
        found.setdefault(place, []).append(_exchange(weighing, place, exchange))
    for place, finding in _repeated(file.rows):
        found.setdefault(place, []).append(finding)
    rows = tuple(
        _checked(weighing, place, found[place]) if place in found else CheckedRow(row)
        for place, row in enumerate(file.rows)
    )
    return CheckedFile(file, rows, total_findings)


def habits_of(rows: Sequence[FileRow]) -> Habits:
    """How the table is written: columns that no row fills, and sums whose parts more than a tenth leave blank."""
    return _habits(rows, figures_of(rows))


def _habits(rows: Sequence[FileRow], figures: Sequence[Figures]) -> Habits:
    if not rows:
        return Habits()
    filled = {
        cell.meaning
        for one in dict.fromkeys(figures)
        for cell in one.row.numbers
        if cell.text or cell.value is not None
    }
    empty = {cell.meaning for cell in rows[0].numbers if cell.meaning not in filled}
    strict = Habits(frozenset(empty - _beside_told_months(empty)))
    sums = Sums(strict)
    blank: Counter[str] = Counter()
    for row, own in zip(rows, figures, strict=True):
        layout, wrong = sums.of(row, own)
        for one in wrong:
            if holds(replace(one, sparse=True), own.values):
                blank[layout.meanings[one.result]] += 1
    return Habits(
        strict.unused, frozenset(one for one, times in blank.items() if times > len(rows) * _SPARSE_SHARE)
    )


def _beside_told_months(empty: Set[str]) -> set[str]:
    """Empty months of a quarter in which another month is told: zeros left blank, no columns out of use."""
    found = set()
    for executed, money in product((False, True), repeat=2):
        for quarter in range(1, 5):
            months = {month_meaning(executed, month, money=money) for month in months_of_quarter(quarter)}
            if not months <= empty:
                found |= months & empty
    return found


def _exchanges(
    examined: Sequence[tuple[Scope, Mapping[int, Column]]], weighing: Weighing, options: Options
) -> dict[int, Exchange]:
    """The rows that alone explain two columns of a row of sums."""
    found: dict[int, Exchange] = {}
    for scope, columns in examined:
        for one in exchanges_of(scope, weighing.rows, options, columns):
            if len(one.suspects) == 1 and one.suspects[0] not in weighing.cases:
                found.setdefault(one.suspects[0], one)
    return found


def _exchange(weighing: Weighing, place: int, exchange: Exchange) -> Finding:
    """Two figures of a row that adds up either way: exchanged, or as they stand."""
    row = weighing.rows[place]
    layout, values = layout_of_row(row, weighing.habits), values_of(row)
    first, second = exchange.first, exchange.second
    changed = exchanged(values, exchange)
    said = lead_words(layout, first, second, values)
    stays = "Se deja como está: el errado sería el TOTAL"
    weighing.cases[place] = Case(
        [
            Candidate(changed, Damage.SWAPPED, first, second, (said,)),
            Candidate(values, Damage.KEPT, first, second, (stays,)),
        ],
        [],
    )
    weighing.against[place, changed], weighing.against[place, values] = False, True
    both = (layout.meanings[first], layout.meanings[second])
    total = exchange.scope.total.row
    text = f"Fila {row.row}: {said}; sus sumas no lo notan, pero el TOTAL de la fila {total} solo se cumple al revés."
    names = [place_words(one) for one in both]
    expected, as_found = enumerated(names[::-1]), enumerated(names)
    return Finding(row.row, "cells_swapped", text, expected, as_found, both, sheet=row.sheet)


def _checked(weighing: Weighing, place: int, findings: Sequence[Finding]) -> CheckedRow:
    """The row with its findings and readings, the first finding saying which readings there are."""
    row = weighing.rows[place]
    case = weighing.cases.get(place, Case([], []))
    layout = layout_of_row(row, weighing.habits)
    strong, weak = (
        tuple(reading_of(one, row, layout, weighing.against.get((place, one.values))) for one in several)
        for several in (case.strong, case.weak[:SHOWN_WEAKER])
    )
    moved = _moved(row, case)
    told = [moved, *findings] if moved is not None else list(findings)
    if strong:
        told[0] = replace(told[0], candidates=tuple(one.words for one in strong[:_MOST_CANDIDATES]))
    return CheckedRow(row, tuple(told), strong, weak)


def _moved(row: FileRow, case: Case) -> Finding | None:
    """The finding that says in one sentence what happened to a row; None where its own findings say it."""
    numbers = [cell for cell in row.numbers if cell.meaning]
    told = sum(not cell.blank for cell in numbers)
    best = case.several[0] if case.several else None
    if best is None or (not case.strong and best.damage is not Damage.LOST):
        return None
    what, rule = _damage_words(best, whole=bool(case.strong))
    if not what:
        return None
    if not case.strong:
        ways = "ningún error por sí solo lo explica"
    else:
        ways = "una sola lectura" if len(case.strong) == 1 else f"{len(case.strong)} lecturas posibles"
    about = tuple(
        cell.meaning
        for cell, value in zip(row.numbers, best.values, strict=True)
        if cell.meaning and value != cell.value
    )
    text = f"Fila {row.row}: {what} ({ways})."
    return Finding(row.row, rule, text, f"{len(numbers)} valores", f"{told} valores", about, sheet=row.sheet)


def _damage_words(best: Candidate, *, whole: bool) -> tuple[str, str]:
    if best.damage is Damage.LOST and not whole:
        return "falta un valor y además otro no cuadra", "cell_lost"
    if best.damage is Damage.LOST:
        if best.last == 0:
            return "los valores están corridos un lugar a la izquierda", "row_shifted"
        return "falta un valor y los que siguen están corridos un lugar a la izquierda", "cell_lost"
    if best.damage in (Damage.DOUBLED, Damage.EXTRA):
        return "sobra una celda y los valores que siguen están corridos un lugar a la derecha", "row_shifted"
    if best.damage is Damage.SWAPPED and not best.assumptions[0].endswith("parecen intercambiados"):
        return f"dos valores parecen intercambiados: {best.assumptions[0]}", "cells_swapped"
    return "", ""


def _repeated(rows: Sequence[FileRow]) -> list[tuple[int, Finding]]:
    """Rows that name an activity that another row has named already, by its code or by all its words."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for place, row in enumerate(rows):
        code = folded(row.text("code"))
        names = ("unit_name", "title", "category", "measure", "oei", "aei", "budget_goal", "centro_costo")
        key = (code,) if code else tuple(folded(row.text(name)) for name in names)
        if not code and not row.text("title").strip():
            continue
        first = rows[seen.setdefault(key, place)]
        if first is row:
            continue
        same = "con los mismos valores" if values_of(first) == values_of(row) else "con otros valores"
        text = f"Fila {row.row}: la actividad ya está en la fila {first.row}, {same}."
        found.append(
            (
                place,
                Finding(
                    row.row, "activity_repeated", text, "una vez", "repetida", ("title",), sheet=row.sheet
                ),
            )
        )
    return found
