"""What the rows of sums of a table say: whether they agree with themselves and with the rows that they add up.

A row of sums is only wrong where it agrees with none of the sums that its rows allow. Two columns that miss by the
same figure name the rows in which the two figures may have changed places: nothing within such a row can tell. Which
rows each one adds up is in `total_scopes`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sisfoh_desktop.basics.texts import enumerated
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import FileRow, Finding
from sisfoh_desktop.modules.poi.rules.row_checks import (
    Habits,
    adds_up,
    failing,
    layout_of,
    reckoned,
    result_words,
    unreadable_of,
    values_of,
)
from sisfoh_desktop.modules.poi.rules.total_scopes import (
    Column,
    Exchange,
    Options,
    Scope,
    columns_of,
    contradicted,
    exchanges_of,
    is_unreliable,
    scopes_of,
)

_MOST_SUSPECTS = 12


def check_totals(
    rows: Sequence[FileRow],
    totals: Sequence[FileRow],
    options: Options | None = None,
    habits: Habits | None = None,
) -> tuple[Finding, ...]:
    """What the rows of sums contradict, each in one sentence.

    `options` are the possible readings of every row; without it all of them count as they stand.
    """
    known = options or Options({place: (values_of(row),) for place, row in enumerate(rows)})
    examined = [(scope, columns_of(scope, known)) for scope in scopes_of(rows, totals, known)]
    return findings_of(examined, rows, known, habits or Habits())


def findings_of(
    examined: Sequence[tuple[Scope, Mapping[int, Column]]],
    rows: Sequence[FileRow],
    options: Options,
    habits: Habits,
) -> tuple[Finding, ...]:
    """The same for rows of sums whose columns are known already."""
    found: list[Finding] = []
    for scope, columns in examined:
        found += _own_findings(scope, rows, habits)
        found += _column_findings(scope, rows, options, columns)
    return tuple(found)


def _own_findings(scope: Scope, rows: Sequence[FileRow], habits: Habits) -> list[Finding]:
    """The row of sums against itself: unreadable or missing cells, months to quarters, programmed to annual goal."""
    total = scope.total
    found = []
    for at in sorted(unreadable_of(total)):
        cell = total.numbers[at]
        text = f"TOTAL de la fila {total.row}: {place_words(cell.meaning)} no se puede leer («{cell.text}»)."
        found.append(_finding(total, "cell_unreadable", text, "un número", cell.text, (cell.meaning,)))
    if not all(adds_up(rows[place]) for place in scope.members):
        return found  # levels do not add up through the months: nor does their row of sums
    layout = layout_of(tuple(cell.meaning for cell in total.numbers), habits=habits)
    values = values_of(total)
    for equation in failing(layout, values):
        result, come_to = values[equation.result], reckoned(equation, values)
        blanks = [at for at in equation.parts if values[at] is None]
        if result is None or (blanks and (come_to is None or come_to == result)):
            continue
        rule = "total_quarter" if equation.rule == "quarter_sum" else "total_annual"
        meanings = tuple(layout.meanings[at] for at in dict.fromkeys(equation.cells))
        text = (
            f"TOTAL de la fila {total.row}: sus propios valores suman {shown_figure(come_to)} y "
            f"{result_words(layout.meanings[equation.result])} dice {shown_figure(result)}."
        )
        found.append(_finding(total, rule, text, shown_figure(come_to), shown_figure(result), meanings))
    return found


def _column_findings(
    scope: Scope, rows: Sequence[FileRow], options: Options, columns: Mapping[int, Column]
) -> list[Finding]:
    """The row of sums against the rows: lost cells, wrong sums, figures exchanged."""
    wrong = contradicted(scope, columns, options)
    found = _lost_totals(scope, rows)
    total, meanings = scope.total, [cell.meaning for cell in rows[0].numbers]
    if is_unreliable(scope, wrong):
        text = (
            f"TOTAL de la fila {total.row}: difiere de la suma de sus {len(scope.members)} filas en {len(wrong)} de "
            f"{len(scope.told)} columnas; parece de otra tabla o corrido, y no se toma como prueba."
        )
        about = tuple(meanings[at] for at in wrong)
        return [*found, _finding(total, "column_total", text, str(len(scope.told)), str(len(wrong)), about)]
    paired: set[int] = set()
    for one in exchanges_of(scope, rows, options, columns):
        paired |= {one.first, one.second}
        found.append(_exchange_finding(one, rows, meanings, scope.told[one.first] - columns[one.first].base))
    for at, sums in wrong.items():
        if at in paired:
            continue
        many = sums.low != sums.high
        come_to = (
            f"entre {shown_figure(sums.low)} y {shown_figure(sums.high)}" if many else shown_figure(sums.low)
        )
        text = (
            f"TOTAL de la fila {total.row}: {place_words(meanings[at])} dice {shown_figure(scope.told[at])} y sus "
            f"{len(scope.members)} filas suman {come_to}."
        )
        blank = [rows[place].row for place in scope.members if options[place][0][at] is None]
        hints = tuple(f"La fila {one} está en blanco en esa columna" for one in blank[:_MOST_SUSPECTS])
        found.append(
            _finding(
                total, "column_total", text, come_to, shown_figure(scope.told[at]), (meanings[at],), hints
            )
        )
    return found


def _exchange_finding(
    one: Exchange, rows: Sequence[FileRow], meanings: Sequence[str], by: Decimal
) -> Finding:
    total, suspects = one.scope.total, [rows[place].row for place in one.suspects]
    places = f"{place_words(meanings[one.first])} y {place_words(meanings[one.second])}"
    shown = enumerated([str(number) for number in suspects[:_MOST_SUSPECTS]])
    more = f" (y {len(suspects) - _MOST_SUSPECTS} más)" if len(suspects) > _MOST_SUSPECTS else ""
    where = f"en la fila {shown}" if len(suspects) == 1 else f"en una de las filas {shown}{more}"
    text = (
        f"TOTAL de la fila {total.row}: {places} difieren de sus filas en {shown_figure(abs(by))}, una de más y otra "
        f"de menos; {where} pueden estar intercambiados."
    )
    told = [one.scope.told[at] for at in (one.first, one.second)]
    sums = [told[0] - by, told[1] + by]
    words = tuple(f"Intercambiar {places} en la fila {number}" for number in suspects[:_MOST_SUSPECTS])
    both = [" y ".join(map(shown_figure, values)) for values in (sums, told)]
    about = (meanings[one.first], meanings[one.second])
    return _finding(total, "cells_swapped", text, both[0], both[1], about, words)


def _lost_totals(scope: Scope, rows: Sequence[FileRow]) -> list[Finding]:
    """Cells that the row of sums leaves blank among others of the same kind that it tells."""
    found = []
    total = scope.total
    meanings = [cell.meaning for cell in rows[0].numbers]
    kinds = {at: _kind(one) for at, one in enumerate(meanings) if one}
    told = {kinds[at] for at in scope.told}
    unreadable = {total.numbers[at].meaning for at in unreadable_of(total)}
    for at, kind in kinds.items():
        if at in scope.told or kind not in told or meanings[at] in unreadable:
            continue
        filled = sum(rows[place].numbers[at].value is not None for place in scope.members)
        if filled * 2 <= len(scope.members):
            continue
        text = (
            f"TOTAL de la fila {total.row}: {place_words(meanings[at])} está en blanco y {filled} de sus "
            f"{len(scope.members)} filas tienen valor."
        )
        found.append(_finding(total, "cell_lost", text, "un total", "en blanco", (meanings[at],)))
    return found


def _kind(meaning: str) -> str:
    return "".join(sign for sign in meaning if not sign.isdigit())


def _finding(
    total: FileRow,
    rule: str,
    text: str,
    expected: str,
    found: str,
    meanings: tuple[str, ...],
    candidates: tuple[str, ...] = (),
) -> Finding:
    return Finding(total.row, rule, text, expected, found, meanings, candidates, total.sheet)
