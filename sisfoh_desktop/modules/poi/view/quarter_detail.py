"""The year of one activity in a dialog: its twelve months, what was told of them, what proves them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.money import format_amount
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_NAMES,
    ActivityYear,
    Direction,
    GoalKind,
    Nature,
    PoiYear,
    value_to_date,
)
from sisfoh_desktop.modules.poi.rules.follow_up import Evidence
from sisfoh_desktop.modules.poi.rules.percent import percent_text
from sisfoh_desktop.modules.poi.rules.states import State, state_of
from sisfoh_desktop.modules.poi.view.quarter_columns import tone_of
from sisfoh_desktop.modules.poi.view.quarter_lines import motive_words
from sisfoh_desktop.modules.poi.view.stacked_table import Stack, StackedTable
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.screen_room import screen_room
from sisfoh_desktop.qtkit.theme import theme

_ALWAYS = 5  # columns that stand there also when they say nothing: month, figures, state
_TOLD = 176  # px of a motive, a measure, an evidence
_MOST_LINES = 6
_HEAD, _AROUND = 72, 96  # px of title row and count; of the dialog's edges
_ABOVE = 200  # px of the activity's name, the buttons and the edges


@dataclass(frozen=True)
class MonthLine:
    """A month of the activity; `state` is that of the month alone, None while it has not begun."""

    month: int
    programmed: Decimal | None
    executed: Decimal | None
    to_date: str
    state: State | None
    why: str
    measure: str
    evidence: str
    closed: bool


def month_lines(
    year: PoiYear, row: ActivityYear, motives: Mapping[str, str], evidence: Sequence[Evidence], reached: int
) -> list[MonthLine]:
    """The twelve months of an activity; `reached` is the last one that has begun."""
    activity = row.activity
    notes = {note.month: note for note in row.notes}
    closed = {one.month for one in year.months if one.closed}
    lines = []
    for month in range(1, 13):
        note = notes.get(month)
        at = month - 1
        lines.append(
            MonthLine(
                month,
                activity.programmed[at],
                row.executed[at],
                _to_date(row, month),
                state_of(activity.programmed, row.executed, (month,), activity, year.plan.bands)
                if month <= reached
                else None,
                motive_words(note, motives) if note is not None else "",
                note.corrective if note is not None else "",
                "; ".join(_called(one) for one in evidence if one.month == month and not one.withdrawn),
                month in closed,
            )
        )
    return lines


def heading(year: PoiYear, row: ActivityYear) -> str:
    """What the activity is, in short paragraphs."""
    activity = row.activity
    goal = f"Meta anual: {format_quantity(activity.annual) or 'sin decir'} {activity.measure}"
    if activity.goal_kind is GoalKind.STOCK:
        goal += " (acumulado: cada mes dice el nivel alcanzado)"
    if activity.direction is Direction.LESS:
        goal += "; menos es mejor"
    if activity.annual_money is not None:
        goal += f". Meta financiera: {format_amount(activity.annual_money)}"
    called = "CUI" if activity.nature is Nature.INVESTMENT else "Código"
    chain = (
        (called, activity.code),
        ("OEI", activity.oei),
        ("AEI", activity.aei),
        ("Centro de costo", activity.centro_costo),
        ("Categoría", activity.category),
        ("Meta o secuencia", activity.budget_goal),
        ("Ubigeo", activity.ubigeo),
    )
    codes = ". ".join(f"{name}: {text}" for name, text in chain if text)
    return "\n".join(part for part in (activity.title, f"{activity.unit_name}. {goal}.", codes) if part)


class ActivityDialog(TaskDialog):
    """Read only; «Seguimiento» is where its months are told."""

    def __init__(
        self,
        year: PoiYear,
        row: ActivityYear,
        motives: Mapping[str, str],
        evidence: Sequence[Evidence],
        reached: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            f"Actividad {row.activity.order} del {year.poi_version.name} {year.plan.year}",
            primary="&Ir a seguimiento",
            cancel="Cerrar",
            parent=parent,
            wide=True,
        )
        self.head = QLabel(heading(year, row))
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setWordWrap(True)
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines = month_lines(year, row, motives, evidence, reached)
        listed = _columns()
        told = [*listed[:_ALWAYS], *(one for one in listed[_ALWAYS:] if any(map(one.text, lines)))]
        wrapped = [number for number, one in enumerate(told) if one.width is None]
        self.list = StackedTable(
            told,
            Stack({}, dict.fromkeys(wrapped, _MOST_LINES), dict.fromkeys(wrapped, 1), fewest=1),
            key=lambda line: line.month,
            name="Meses de la actividad",
            noun=("mes", "meses"),
            filterable=False,
        )
        wide = sum(one.width or _TOLD for one in told) + _AROUND
        high = self.list.stacked.height_for(1) * len(lines) + theme().px(_HEAD)
        room = screen_room(self)
        self.list.setMinimumSize(
            min(theme().px(wide), room.width() - theme().px(_AROUND)),
            min(high, room.height() - theme().px(_ABOVE)),
        )
        self.list.set_rows(lines)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.head)
        box.addWidget(self.list, 1)
        self.set_body(body)
        self.list.activated.connect(lambda _line: self.try_submit())
        self.list.view.setFocus()

    @property
    def month(self) -> int:
        """The month (1 to 12) that the cursor is on."""
        line: MonthLine | None = self.list.selected()
        return line.month if line is not None else 1


def _to_date(row: ActivityYear, month: int) -> str:
    """What the year comes to by the end of a month: `12 de 14 (85.7 %)`."""
    activity = row.activity
    programmed = value_to_date(activity.programmed, month, activity.goal_kind)
    if row.executed[month - 1] is None:
        return f"de {format_quantity(programmed)}" if programmed is not None else ""
    executed = value_to_date(row.executed, month, activity.goal_kind)
    share = percent_text(100 * executed / programmed) if executed is not None and programmed else ""
    told = f"{format_quantity(executed)} de {format_quantity(programmed) or '0'}"
    return f"{told} ({share})" if share and activity.direction is Direction.MORE else told


def _called(one: Evidence) -> str:
    return (
        f"{one.document} ({one.file_name})"
        if one.document and one.file_name
        else one.document or one.file_name
    )


def _columns() -> list[Column]:
    return [
        Column("Mes", lambda line: MONTH_NAMES[line.month - 1], lambda line: line.month, width=84),
        Column(
            "Prog.", lambda line: format_quantity(line.programmed), lambda line: line.programmed, "right", 72
        ),
        Column("Ejec.", lambda line: format_quantity(line.executed), lambda line: line.executed, "right", 72),
        Column("En el año", lambda line: line.to_date, lambda line: line.month, width=140),
        Column(
            "Estado",
            lambda line: line.state.label if line.state is not None else "",
            width=184,
            tone=lambda line: tone_of(line.state) if line.state is not None else None,
            mark=lambda line: line.state.sign if line.state is not None else "",
        ),
        Column("Motivo", lambda line: line.why),
        Column("Medida", lambda line: line.measure),
        Column("Evidencia", lambda line: line.evidence),
        Column("Cierre", lambda line: "Cerrado" if line.closed else "", width=76),
    ]
