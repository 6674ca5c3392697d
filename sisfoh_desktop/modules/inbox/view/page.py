"""Inicio: Mi bandeja. What is due and what waits for others, one click from the record."""

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.inbox import service
from sisfoh_desktop.modules.inbox.rules import Group, Task, days_text
from sisfoh_desktop.modules.inbox.rules.first_steps import FirstStep, all_done
from sisfoh_desktop.modules.inbox.view.first_steps_card import FirstStepsCard
from sisfoh_desktop.modules.inbox.view.why_dialog import WhyDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

TONES: dict[Group, Tone] = {
    Group.SETUP: "accent",
    Group.OVERDUE: "danger",
    Group.TODAY: "warn",
    Group.THIS_WEEK: "warn",
    Group.LATER: "dim",
    Group.WAITING: "accent",
    Group.DRAFTS: "dim",
}
_BUTTONS = {
    "expedientes": "Abrir el expediente",
    "resoluciones": "Abrir la resolución",
    "papers": "Ver el documento",
    "plans": "Abrir el plan",
    "responsibilities": "Abrir la matriz",
    "office": "Ir a Oficina",
    "kardex.campaign": "Ver lo que falta para cerrar",
    "kardex.number": "Rastrear el número",
    "kardex.holder": "Ver lo que tiene",
    "kardex.type": "Ver las existencias",
    "kardex.adjustment": "Ver los ajustes",
    "poi.month": "Ir al mes",
    "poi.version": "Ver la versión",
    "poi.quarantine": "Ver las filas",
    "people": "Ir a Personas",
    "people.user": "Ver al usuario",
    "people.review": "Ir a la revisión de accesos",
    "safekeeping.backup": "Ir a los respaldos",
    "safekeeping.incident": "Ver el incidente",
    "safekeeping.privacy": "Ir a los datos personales",
}


class InboxPage(Page):
    """The tray, most urgent first; a row of counters filters it."""

    title = "Mi bandeja"
    touches = frozenset(
        (
            "expedientes",
            "first_day",
            "handover",
            "kardex",
            "office",
            "papers",
            "people",
            "plans",
            "poi",
            "resoluciones",
            "responsibilities",
            "safekeeping",
        )
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._tasks: tuple[Task, ...] = ()
        # nobody is told «Todo al día» of a tray that could not be read
        self._was_read = self._was_asked = False
        self._shown: Group | None = None
        self.list = RowTable(
            [
                Column(
                    "Cuándo",
                    lambda task: task.group.label,
                    lambda task: task.group,
                    tone=lambda task: TONES[task.group],
                    width=132,
                ),
                Column("Asunto", lambda task: task.title),
                Column("Detalle", lambda task: task.detail),
                Column(
                    "Vence",
                    lambda task: format_date(task.due) if task.due else "",
                    lambda task: task.due,
                    "center",
                    96,
                ),
                Column("Plazo", days_text, lambda task: task.days, width=152),
            ],
            name="Mi bandeja",
            noun=("pendiente", "pendientes"),
            empty_text="No hay nada pendiente. Registre un documento o prepare el siguiente plan.",
            empty_button="Ir a Expedientes",
            on_empty=partial(self.open_record.emit, "expedientes", 0),
        )
        self.why_action = QAction("¿Por qué &vence ese día?", self)
        self.why_action.setToolTip("Los días que se contaron, los que no y por qué norma")
        self.why_action.triggered.connect(lambda _checked=False: self._show_why())
        set_icon(self.why_action, "calendar")
        self.list.menu_actions = [self.why_action]
        self.list.activated.connect(self._open)
        self.list.selection_changed.connect(lambda _task: self._on_selected())
        self._counters: dict[Group | None, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for group in (None, *Group):
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setProperty("role", "filter")
            button.clicked.connect(partial(self._show_group, group))
            self._counters[group] = button
            row.addWidget(button)
        row.addStretch(1)
        self._today = QLabel()
        self._today.setProperty("role", "caption")
        row.addWidget(self._today)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        self.first_steps = FirstStepsCard(self._go_on_first_day)
        self._is_set_up = desk.practice
        self._first_day_left = False
        layout.addWidget(self.first_steps)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        self._counters[None].setChecked(True)
        self._refresh_counters()
        self.reload()

    def reload(self) -> None:
        today = self.desk.clock.now().date()
        self._today.setText(f"Hoy, {format_date(today)}")
        self.desk.tasks.run_query(
            partial(
                service.load_tray,
                self.desk.db,
                today=today,
                actor=self.desk.actor,
                backup_folder=self.desk.settings.backup_folder if self.desk.settings else "",
            ),
            self._on_loaded,
            owner=self,
            on_end=self._on_asked,
        )

        if not self._is_set_up:
            self.desk.tasks.run_query(
                partial(service.load_first_steps, self.desk.db, today=today, actor=self.desk.actor),
                self._show_first_steps,
                owner=self,
            )
        if self.desk.first_day_left is not None:
            self.desk.tasks.run_query(
                partial(self.desk.first_day_left, self.desk), self._on_first_day_looked_for, owner=self
            )

    def page_actions(self) -> list[QAction]:
        return [self.why_action]

    def table(self) -> RowTable:
        return self.list

    def next_step(self) -> NextStep | None:
        task = self.list.selected()
        if self._first_day_left and (task is None or task.group is Group.SETUP):
            return NextStep(
                "Primer día",
                "Quedó en el medio: lo escrito se conserva y sigue donde lo dejó.",
                "Continuar el primer día…",
                run=self._go_on_first_day,
            )
        if not self._was_read:
            return self._step_without_a_tray()
        if task is None:
            return NextStep(
                "Todo al día" if not self._tasks else "Elija un pendiente",
                "Con Intro se abre lo elegido; con Ctrl+K se busca cualquier documento.",
                "Abrir",
                enabled=False,
                reason="No hay un pendiente elegido.",
            )
        text = f"{task.detail}. {days_text(task).capitalize()}".strip().rstrip(".") + "."
        return NextStep(task.title, text, _BUTTONS[task.kind], run=partial(self._open, task))

    def counters(self) -> list[QPushButton]:
        """The buttons that filter, "Todo" first."""
        return list(self._counters.values())

    # -- inside ----------------------------------------------------------------------------------------

    def _step_without_a_tray(self) -> NextStep | None:
        """What to do about a tray that did not come; None while it is being fetched."""
        if not self._was_asked:
            return None
        return NextStep(
            "No se pudo leer la bandeja",
            "Lo pendiente no se ve aquí, pero sigue guardado y sus plazos corren.",
            "Leer otra vez",
            run=self.reload,
        )

    def _on_asked(self) -> None:
        self._was_asked = True
        if not self._was_read:
            self.next_step_changed.emit()

    def _show_first_steps(self, steps: tuple[FirstStep, ...]) -> None:
        self._is_set_up = all_done(steps)  # what was set up is not taken out again
        self.first_steps.show_steps(steps)

    def _on_first_day_looked_for(self, left: bool) -> None:
        self._first_day_left = left
        self.next_step_changed.emit()

    def _go_on_first_day(self) -> None:
        if self.desk.first_day is not None:
            self.desk.first_day()
        else:
            self.open_record.emit("office", 0)

    def _on_loaded(self, tray: service.Tray) -> None:
        self._was_read = True
        self._tasks = tray.tasks
        if self._shown is not None and not any(task.group is self._shown for task in tray.tasks):
            self._counters[None].setChecked(True)
            self._shown = None
        self._refresh_counters()
        self._refresh_list()
        self.deadlines_changed.emit(tray.counts.overdue, tray.counts.soon)

    def _refresh_counters(self) -> None:
        for group, button in self._counters.items():
            count = sum(group is None or task.group is group for task in self._tasks)
            named = group.label if group is not None else "Todo"
            button.setText(f"{named}  {count}" if self._was_read else named)
            button.setVisible(group is None or count > 0)

    def _refresh_list(self) -> None:
        shown = [task for task in self._tasks if self._shown is None or task.group is self._shown]
        self.list.set_rows(shown)
        if self.list.selected() is None and shown:
            self.list.select(shown[0].id)
        self._on_selected()

    def _show_group(self, group: Group | None) -> None:
        self._shown = group
        self._refresh_list()

    def _on_selected(self) -> None:
        task = self.list.selected()
        self.why_action.setEnabled(task is not None and task.reckoning is not None)
        self.next_step_changed.emit()

    def _show_why(self) -> None:
        task = self.list.selected()
        if task is not None and task.reckoning is not None:
            WhyDialog(task.title, task.reckoning, self).open()

    def _open(self, task: Task) -> None:
        self.open_record.emit(task.kind, task.record_id)
