"""The month on view in figures and words: what is owed, what has no motive, what is not saved, what to do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES
from sisfoh_desktop.modules.poi.rules.follow_up import month_name
from sisfoh_desktop.modules.poi.view.follow_rows import Ground, changed_cells, month_locked
from sisfoh_desktop.qtkit.grid_model import GridRow
from sisfoh_desktop.qtkit.page import NextStep


@dataclass(frozen=True)
class Summary:
    """Of a month as it stands on screen; rows in the order of the plan."""

    month: int
    programmed: int = 0
    owed: tuple[GridRow, ...] = ()
    unexplained: tuple[GridRow, ...] = ()
    unsaved: int = 0

    @property
    def unsaved_words(self) -> str:
        return counted(self.unsaved, "celda sin guardar", "celdas sin guardar")

    @property
    def words(self) -> str:
        """`Marzo: 7 de 11 programadas con cifra · 5 desvíos sin motivo`."""
        told = self.programmed - len(self.owed)
        parts = [
            f"{MONTH_NAMES[self.month - 1].capitalize()}: {told} de {self.programmed} programadas con cifra"
        ]
        if self.unexplained:
            parts.append(counted(len(self.unexplained), "desvío sin motivo", "desvíos sin motivo"))
        if self.unsaved:
            parts.append(self.unsaved_words)
        return " · ".join(parts)


def summary_of(ground: Ground, month: int, rows: Sequence[GridRow], changed: Sequence[GridRow]) -> Summary:
    """Of all rows, filtered or not; `changed` are those that differ from what is saved."""
    return Summary(
        month,
        sum(bool(row.fact.activity.programmed[month - 1]) for row in rows),
        tuple(row for row in rows if ground.owes_figure(row, month)),
        tuple(row for row in rows if ground.owes_motive(row, month)),
        len(changed_cells(changed)),
    )


def step_of(
    ground: Ground,
    summary: Summary,
    *,
    save: Callable[[], object],
    go_to: Callable[[GridRow], object],
    ask_motive: Callable[[GridRow], object],
    close: Callable[[], object],
    go_on: Callable[[int], object],
    working: int | None,
) -> NextStep | None:
    """The one thing to do now; None in a month that takes nothing while no other does.

    `working` is the month to work on (1 to 12; None: there is none), where `go_on` leads.
    """
    if summary.unsaved:
        return NextStep(
            "Guarde lo escrito",
            f"{summary.unsaved_words}. Nadie más lo ve hasta que lo guarde (Ctrl+G).",
            "Guardar",
            run=save,
        )
    locked = month_locked(ground, summary.month)
    if locked:
        if working is None:
            return None
        return NextStep(
            f"Siga con {month_name(working, ground.plan.year)}",
            f"{locked.partition('. ')[0].rstrip('.')}. El mes que se registra es {MONTH_NAMES[working - 1]}.",
            f"Ir a {MONTH_NAMES[working - 1]}",
            run=lambda: go_on(working),
        )
    name = month_name(summary.month, ground.plan.year)
    if summary.owed:
        told = counted(
            len(summary.owed), "actividad programada no tiene", "actividades programadas no tienen"
        )
        return NextStep(
            f"Registre {name}",
            f"{told} cifra ejecutada. El cero se escribe; en blanco es que todavía no se informó.",
            "Ir a la primera",
            run=lambda: go_to(summary.owed[0]),
        )
    if summary.unexplained:
        first = summary.unexplained[0]
        told = counted(len(summary.unexplained), "desvío no tiene", "desvíos no tienen")
        return NextStep(
            "Anote los motivos",
            f"{told} motivo en {name}. Empiece por: {first.fact.activity.title}.",
            "Anotar el primero",
            run=lambda: ask_motive(first),
        )
    return NextStep(
        f"Cierre {name}",
        "Todo está informado y todo desvío tiene su motivo. Ciérrelo para que nadie lo cambie.",
        "Cerrar el mes",
        run=close,
    )
