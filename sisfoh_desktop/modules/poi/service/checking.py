"""Whether the POI holds together: versions, months, executed cells, imported files, reports. Told, never repaired."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.checks import Check
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.store import checking as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ADVICE = " Restaure el último respaldo o avise a su técnico."


def check_poi(db: Database) -> list[Check]:
    """`poi versiones`: activities of their own plan, one draft at most, closed months kept by each modification.

    `poi seguimiento`: months are as their last closing or reopening left them; executed figures are of an activity in
    sight. `poi importaciones`: the numbers of every file add up to its rows and to its quarantine. `poi informes`:
    the paper of every report is there.
    """
    jobs: list[tuple[str, str, Callable[[Session], list[str]]]] = [
        ("poi versiones", "Cada versión programa actividades de su POI y conserva lo cerrado.", _versions),
        ("poi seguimiento", "Cada mes está como lo dejó su último cierre o reapertura.", _follow_up),
        ("poi importaciones", "Los números de cada archivo suman sus filas.", _imports),
        ("poi informes", "Cada informe del POI tiene su papel.", lambda session: _reports(db, session)),
    ]
    return [_checked(db, name, sound, job) for name, sound, job in jobs]


def _checked(db: Database, name: str, sound: str, job: "Callable[[Session], list[str]]") -> Check:
    try:
        with db.reading() as session:
            findings = job(session)
    except SisfohError as error:
        return Check(name, False, error.sentence)
    if not findings:
        return Check(name, True, sound)
    return Check(name, False, " ".join(findings) + _ADVICE)


def _versions(session: "Session") -> list[str]:
    told = []
    for one in store.plans_with_drafts(session):
        what = f"tiene {one.drafts} borradores" if one.versions else "no tiene ninguna versión"
        told.append(f"El POI {one.year} {what}.")
    told += _listed(
        "Programan actividades que no son de su POI: {}.",
        [_version(one) for one in store.rows_of_other_plans(session)],
    )
    told += _listed(
        "Cambian meses cerrados de la versión de la que parten: {}.",
        [f"{_version(one)} («{one.title[:60]}»)" for one in store.closed_months_that_changed(session)],
    )
    return told


def _follow_up(session: "Session") -> list[str]:
    return [
        *_listed(
            "No tienen sus doce meses: {}.",
            [f"POI {one.year}" for one in store.plans_off_their_months(session)],
        ),
        *_listed(
            "No están como dice su último cierre o reapertura: {}.",
            _months(store.months_off_their_events(session)),
        ),
        *_listed(
            "Se reabrieron sin documento o sin motivo: {}.", _months(store.openings_without_document(session))
        ),
        *_listed(
            "Hay ejecución de una actividad, un mes o una cantidad que no puede ser: {}.",
            [f"actividad {one.activity_id}, mes {one.month}" for one in store.cells_that_cannot_be(session)],
        ),
        *_listed(
            "Hay ejecución de actividades que ya no están en el POI: {}.",
            [
                f"actividad {one.activity_id}, {_month(one.month)} de {one.year}"
                for one in store.cells_out_of_sight(session)
            ],
        ),
    ]


def _imports(session: "Session") -> list[str]:
    told = []
    for one in store.imports_off_their_rows(session):
        if one.counted != one.row_count:
            told.append(f"«{one.file_name}» trae {one.row_count} filas y se contaron {one.counted}.")
        if one.waiting != one.quarantined:
            told.append(
                f"«{one.file_name}» dejó {one.quarantined} filas en cuarentena y hoy están {one.waiting}."
            )
    told += _listed(
        "Los recibió una versión que no es de su POI: {}.",
        [f"«{one.file_name}»" for one in store.imports_of_other_plans(session)],
    )
    told += _listed(
        "Filas en cuarentena resueltas a medias: {}.",
        [f"fila {one.row} de «{one.file_name or '?'}»" for one in store.rows_half_settled(session)],
    )
    return told


def _reports(db: Database, session: "Session") -> list[str]:
    reports = store.list_report_papers(session)
    there = {line.id for line in papers.list_papers(db, ids=[one.paper_id for one in reports])}
    lost = [_report(one) for one in reports if one.paper_id not in there]
    strange = [_report(one) for one in reports if not one.of_plan]
    return [
        *_listed("Falta el papel de: {}.", lost[: store.MOST_TOLD]),
        *_listed("Informan una versión que no es de su POI: {}.", strange[: store.MOST_TOLD]),
    ]


# --- words ---


def _listed(sentence: str, names: Sequence[str]) -> list[str]:
    more = " (puede haber más)" if len(names) == store.MOST_TOLD else ""
    return [sentence.format(f"{', '.join(names)}{more}")] if names else []


def _version(one: Any) -> str:
    return f"POI {one.stage}{f' {one.number}' if one.number else ''} de {one.year}"


def _months(found: Iterable[Any]) -> list[str]:
    return [f"{_month(one.month)} de {one.year}" for one in found]


def _month(month: int) -> str:
    return MONTH_NAMES[month - 1] if 1 <= month <= len(MONTH_NAMES) else f"mes {month}"


def _report(one: Any) -> str:
    quarter = QUARTER_NAMES[one.quarter - 1] if 1 <= one.quarter <= len(QUARTER_NAMES) else str(one.quarter)
    unit = f", {one.unit_name}" if one.unit_name else ""
    return f"el informe del {quarter} trimestre de {one.year}{unit}"
