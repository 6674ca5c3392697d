"""Who reports on time, unit by unit and month by month; and how the plan's months were closed and opened."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.poi.rules.closing import EventKind
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, MONTH_NAMES, PoiPlan
from sisfoh_desktop.modules.poi.rules.punctuality import Punctuality, Report, UnitPunctuality
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.service.punctuality import punctuality
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[Report, Tone] = {
    Report.ON_TIME: "ok",
    Report.LATE: "warn",
    Report.OVERDUE: "danger",
    Report.PENDING: "dim",
    Report.IMPORTED: "accent",
}


class PunctualityDialog(TaskDialog):
    """Twelve months of each unit; a month to come and one without programme say nothing."""

    usual_width = 1240

    def __init__(self, desk: Desk, plan: PoiPlan, parent: QWidget | None = None) -> None:
        super().__init__(
            f"Puntualidad de las unidades, {plan.year}", primary="Cerrar", wide=True, parent=parent
        )
        self.cancel_button.hide()
        self.told = QLabel()
        self.told.setProperty("role", "caption")
        self.told.setWordWrap(True)
        self.list = RowTable(
            [
                Column("Unidad orgánica", lambda one: one.unit_name),
                Column(
                    "A tiempo",
                    lambda one: f"{one.on_time} de {one.judged}" if one.judged else "—",
                    lambda one: (one.on_time / one.judged if one.judged else 2, one.unit_name),
                    "right",
                    72,
                ),
                *(_month_column(month) for month in range(1, 13)),
            ],
            key=lambda one: one.unit_name,
            name="Puntualidad por unidad y mes",
            noun=("unidad", "unidades"),
            empty_text="El POI no tiene actividades: todavía no hay a quién juzgar.",
        )
        self.list.setMinimumHeight(360)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.told)
        box.addWidget(self.list, 1)
        self.set_body(body)
        today = desk.clock.now().date()
        desk.tasks.run_query(partial(punctuality, desk.db, plan.id, today), self._on_loaded, owner=self)

    def _on_loaded(self, found: Punctuality) -> None:
        self.list.set_rows(found.units)
        self.list.refit()
        self.told.setText(
            f"Al {format_date(found.today)}. Cuenta el día en que se informó por primera vez cada cifra programada, "
            "contra el día en que debía cerrarse el mes. De lo importado no se sabe qué día se informó: no cuenta."
        )
        self.fit()


def _month_column(month: int) -> Column:
    def words(unit: UnitPunctuality) -> str:
        one = unit.months[month - 1]
        if one.report is Report.LATE:
            return f"{one.late_days} d"
        if one.report in (Report.PENDING, Report.OVERDUE):
            return f"Falta{'n' if one.pending > 1 else ''} {one.pending}"
        return {Report.ON_TIME: "Sí", Report.IMPORTED: "Imp."}.get(one.report, "")

    def order(unit: UnitPunctuality) -> tuple[int, int]:
        one = unit.months[month - 1]
        return one.late_days, one.pending

    return Column(
        MONTH_CODES[month - 1],
        words,
        order,
        width=78,
        tone=lambda unit: _TONES.get(unit.months[month - 1].report),
    )


class EventsDialog(TaskDialog):
    """Closings and reopenings, the newest first."""

    usual_width = 860

    def __init__(self, desk: Desk, plan: PoiPlan, parent: QWidget | None = None) -> None:
        super().__init__(f"Cierres y reaperturas, {plan.year}", primary="Cerrar", wide=True, parent=parent)
        self.cancel_button.hide()
        self.list = RowTable(
            _event_columns(),
            name="Cierres y reaperturas",
            noun=("registro", "registros"),
            empty_text="Todavía no se cerró ningún mes.",
        )
        self.list.setMinimumHeight(300)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list)
        self.set_body(body)
        desk.tasks.run_query(
            partial(following.month_events, desk.db, plan.id), self.list.set_rows, owner=self
        )


def _event_columns() -> list[Column]:
    return [
        Column("Mes", lambda one: MONTH_NAMES[one.month - 1].capitalize(), lambda one: one.month, width=92),
        Column("Qué", lambda one: one.kind.label, width=104, tone=_event_tone),
        Column(
            "Día",
            lambda one: format_date(one.happened_at.astimezone(LIMA).date()),
            lambda one: one.happened_at,
            "center",
            92,
        ),
        Column("Quién", lambda one: one.happened_by, width=96),
        Column("Quedaba", _owed, width=150),
        Column(
            "Documento y motivo", lambda one: ". ".join(part for part in (one.document, one.reason) if part)
        ),
    ]


def _event_tone(one: Any) -> Tone:
    return "ok" if one.kind is EventKind.CLOSING else "warn"


def _owed(one: Any) -> str:
    parts = []
    if one.pending:
        parts.append(f"{one.pending} sin informar")
    if one.unexplained:
        parts.append(f"{one.unexplained} sin motivo")
    return ", ".join(parts)
