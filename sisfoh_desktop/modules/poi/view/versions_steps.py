"""What to do now with the versions of a plan, in words: complete, correct or approve the draft, or start another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import PoiVersion
from sisfoh_desktop.modules.poi.rules.versions import ActivityFindings, possible_stages
from sisfoh_desktop.modules.poi.service.versions import VersionsOverview
from sisfoh_desktop.qtkit.page import NextStep


@dataclass(frozen=True)
class Orders:
    """What the buttons of the step run."""

    import_file: Callable[[], object]
    correct: Callable[[], object]
    approve: Callable[[], object]
    start: Callable[[], object]


def step_of(
    overview: VersionsOverview,
    found: Sequence[ActivityFindings] | None,
    orders: Orders,
    quarantined: int = 0,
) -> NextStep | None:
    """The step; `found` is None while the draft is still being checked, `quarantined` are imported rows that wait."""
    draft = overview.draft
    if draft is not None:
        count = overview.counts.get(draft.id, 0)
        return _step_of_draft(draft, count, found, orders, quarantined)
    shown = overview.on_view
    if shown is None:
        return None
    return NextStep(
        f"El {shown.name} está vigente",
        "Para cambiarlo empiece una versión nueva: es una copia completa, que se aprueba con su resolución y "
        "conserva los meses cerrados.",
        "Nueva versión…",
        enabled=bool(possible_stages(overview.versions, overview.months)),
        reason="Los doce meses están cerrados.",
        run=orders.start,
    )


def _step_of_draft(
    draft: PoiVersion,
    count: int,
    found: Sequence[ActivityFindings] | None,
    orders: Orders,
    quarantined: int,
) -> NextStep:
    if quarantined:
        return NextStep(
            "Resuelva la cuarentena",
            (
                f"1 fila importada espera que alguien decida cómo se lee; mientras tanto no está en el {draft.name}. "
                "Con «Aprobar…» puede seguir sin ella."
                if quarantined == 1
                else f"{counted(quarantined, 'fila', 'filas')} importadas esperan que alguien decida cómo se leen; "
                f"mientras tanto no están en el {draft.name}. Con «Aprobar…» puede seguir sin ellas."
            ),
            "Ir a Importación",
            run=orders.import_file,
        )
    if not count:
        return NextStep(
            f"Complete el {draft.name}",
            "El borrador no tiene actividades: impórtelas de su Excel o escríbalas en «Programación».",
            "Importar",
            run=orders.import_file,
        )
    if found:
        many = counted(len(found), "actividad no cuadra", "actividades no cuadran")
        return NextStep(
            f"Corrija el {draft.name}",
            f"{many}: abajo dice qué le falta a cada una. Cuando cuadren, se aprueba con su resolución.",
            "Ir a Programación",
            run=orders.correct,
        )
    return NextStep(
        f"Apruebe el {draft.name}",
        f"{counted(count, 'actividad cuadra', 'actividades cuadran')}. Anote la resolución que lo aprueba y desde ese "
        "momento el seguimiento y los informes van por él.",
        "Aprobar…",
        enabled=found is not None,
        reason="Comprobando la programación…",
        run=orders.approve,
    )
