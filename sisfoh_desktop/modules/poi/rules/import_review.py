"""A checked table against the POI: which of its rows can be taken as they are, what they become, what waits."""

from dataclasses import dataclass, replace

from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES
from sisfoh_desktop.modules.poi.rules.import_activity import quarters_only
from sisfoh_desktop.modules.poi.rules.import_placing import (
    Ground,
    Placed,
    Target,
    activity_key,
    place,
)
from sisfoh_desktop.modules.poi.rules.import_plan import folded
from sisfoh_desktop.modules.poi.rules.import_readings import readings_against
from sisfoh_desktop.modules.poi.rules.importing import CheckedFile, CheckedRow, Finding

_TOLD_EACH = 250  # rows between two words to whoever waits


@dataclass(frozen=True)
class Review:
    """What the rows of a file become. `orders` are the places of all rows in the plan; `accepted` those to store."""

    checked: CheckedFile
    orders: tuple[int, ...]
    accepted: tuple[Placed, ...]
    notes: tuple[str, ...]


def review(checked: CheckedFile, ground: Ground, progress: Progress = silent) -> Review:
    """Place every row that adds up; one that does not agree with the POI waits with the readings it allows."""
    first = ground.last_order + 1
    rows: list[CheckedRow] = []
    accepted: list[Placed] = []
    met: dict[object, list[tuple[str, int]]] = {}  # codes and rows by what tells activities apart
    for number, one in enumerate(checked.rows):
        if number % _TOLD_EACH == 0:
            progress(number, len(checked.rows))
        if one.findings:
            rows.append(one)
            continue
        placed = place(one.row, ground, order=first + number)
        key, code = placed.activity.id or activity_key(placed.activity), folded(placed.activity.code)
        other = next((row for told, row in met.get(key, ()) if told == code or not (told and code)), None)
        if not placed.findings and other is not None:
            placed = replace(placed, findings=(_repeated(placed, other),))
        if placed.findings:
            rows.append(replace(one, findings=placed.findings, readings=readings_against(placed, ground)))
            continue
        met.setdefault(key, []).append((code, one.row.row))
        accepted.append(placed)
        rows.append(one)
    return Review(
        replace(checked, rows=tuple(rows)),
        tuple(range(first, first + len(rows))),
        tuple(accepted),
        (*checked.file.notes, *_notes(checked, ground, accepted)),
    )


def _repeated(placed: Placed, other: int) -> Finding:
    return Finding(
        placed.row.row,
        "activity_repeated",
        f"Fila {placed.row.row}: es la misma actividad que la fila {other}: "
        "la unidad orgánica no puede tener dos iguales.",
        meanings=("title",),
        sheet=placed.row.sheet,
    )


def _notes(checked: CheckedFile, ground: Ground, accepted: list[Placed]) -> list[str]:
    notes = []
    if quarters_only(checked.file.mapping.meanings):
        notes.append(
            "El archivo trae trimestres sin sus meses: lo de cada trimestre se guarda en su último mes."
        )
    ahead = sorted({month for one in accepted for month in one.zeros_ahead})
    if ahead:
        names = ", ".join(MONTH_CODES[month - 1] for month in ahead)
        notes.append(f"Los ceros ejecutados de meses que aún no comienzan ({names}) no se guardan.")
    frozen = sum(bool(one.frozen_changes) for one in accepted)
    if frozen:
        said = counted(frozen, "actividad", "actividades")
        notes.append(
            f"Los meses cerrados conservan lo programado en el POI: el archivo trae otras cifras en {said}."
        )
    if ground.target is Target.NEW_VERSION:
        told = {one.activity.id for one in accepted}
        absent = len(ground.years.keys() - told)
        if absent:
            said = counted(
                absent, "actividad de la versión anterior sigue", "actividades de la versión anterior siguen"
            )
            notes.append(
                f"{said} en el borrador como estaban: el archivo no las trae, o su fila espera en cuarentena."
            )
    return notes
