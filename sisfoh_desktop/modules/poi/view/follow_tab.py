"""The tab «Seguimiento»: what was executed, month by month, typed into a grid and saved at once.

Rows, columns and states are in `follow_rows`, what to do next in `follow_steps`, the orders that ask something in
`follow_orders`. What is typed stays on screen until it is saved, whatever is read anew meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import closing
from sisfoh_desktop.modules.poi.rules.follow_up import FollowedPlan, Motive, has_begun
from sisfoh_desktop.modules.poi.rules.programme import short_name
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.service.motives import list_motives
from sisfoh_desktop.modules.poi.view import follow_rows as rows
from sisfoh_desktop.modules.poi.view.follow_bar import FollowBar
from sisfoh_desktop.modules.poi.view.follow_draft import draft_key, draft_of
from sisfoh_desktop.modules.poi.view.follow_orders import FollowOrders
from sisfoh_desktop.modules.poi.view.follow_rows import Ground
from sisfoh_desktop.modules.poi.view.follow_saving import FollowSaving
from sisfoh_desktop.modules.poi.view.follow_steps import Summary, step_of, summary_of
from sisfoh_desktop.modules.poi.view.programme_words import activity_words
from sisfoh_desktop.modules.poi.view.tab import CLOSE, PLAN, RECORD, PoiTab
from sisfoh_desktop.modules.poi.view.unit_words import siglas_of_units
from sisfoh_desktop.qtkit.grid_caption import GridCaption
from sisfoh_desktop.qtkit.grid_model import GridRow
from sisfoh_desktop.qtkit.grid_table import Grid
from sisfoh_desktop.qtkit.messages import ask
from sisfoh_desktop.qtkit.page import Desk, NextStep, SeenList
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for, why_only_read

_NAMED = 3  # conflicts told one by one
_NO_PLAN = "Todavía no hay un POI: impórtelo o créelo para seguir su ejecución."
_NO_ACTIVITIES = "Este POI todavía no tiene actividades: prográmelas para seguir su ejecución."


@dataclass(frozen=True)
class _Loaded:
    plan_id: int
    followed: FollowedPlan
    motives: tuple[Motive, ...]
    rows: list[GridRow]
    siglas: dict[str, str]


def _load(db: Database, plan_id: int) -> _Loaded:
    """On the worker, the rows too: those of a region would hold the window up."""
    followed = following.load_follow_up(db, plan_id)
    siglas = siglas_of_units(db, followed.plan.year)
    return _Loaded(plan_id, followed, list_motives(), rows.rows_of(followed), siglas)


class FollowTab(PoiTab):
    """One month of the plan for typing, the one before beside it."""

    key = "follow"
    title = "Seguimiento"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.month = 0
        self.ground: Ground | None = None
        self._shown_plan = 0
        self._wanted: Any = None
        self._summary = Summary(1)
        self.told: GridRow | None = None  # whose deviation the message tells
        self.orders = FollowOrders(self)
        self.saving = FollowSaving(self)
        self.bar = FollowBar()
        self.bar.month_chosen.connect(self.show_month)
        self.bar.money_chosen.connect(self.show_money)
        self.grid = Grid(
            [],
            frozen=2,
            name="Ejecución del mes",
            noun=("actividad", "actividades"),
            empty_text=_NO_PLAN,
        )
        self.grid.bar.insertWidget(0, self.bar)
        self.caption = GridCaption(self.grid, lambda row: activity_words(row.fact.activity))
        self.grid.model.edited.connect(self._on_edited)
        self.grid.model.replayed.connect(self._on_replayed)
        self.grid.row_entered.connect(lambda row: self.orders.ask_motive(row))
        self.grid.current_changed.connect(lambda _row: self._refresh_actions())
        self.grid.setEnabled(False)
        self._make_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid, 1)
        self.draft = draft_of(self, layout)
        self.setFocusProxy(self.grid)

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        if self.plan is None:
            self.draft.lose_sight()
            self._shown_plan, self.ground = 0, None
            self.grid.setEnabled(True)
            self.bar.show_nothing()
            self.grid.set_empty_state(
                _NO_PLAN, "Importar el POI", lambda: self.open_tab.emit("quarantine", None)
            )
            self.grid.set_rows([])
            self.refresh()
            return
        self.desk.tasks.run_query(partial(_load, self.desk.db, self.plan.id), self._on_loaded, owner=self)

    def show_part(self, part: Any) -> None:
        """A month (1 to 12), a unit's name, or the cell (activity, month) that another tab asks for."""
        self._wanted = part
        if self.ground is not None and self.plan is not None and self._shown_plan == self.plan.id:
            self._show_wanted()

    def table(self) -> SeenList:
        return self.grid

    def next_step(self) -> NextStep | None:
        ground = self.ground
        if ground is None:
            return None
        if not self.grid.model.total:
            first = NextStep(
                "Programe las actividades",
                _NO_ACTIVITIES,
                "Ir a Programación",
                run=lambda: self.open_tab.emit("programme", None),
            )
            return step_for(self.desk.actor, PLAN, first)
        step = step_of(
            ground,
            self._summary,
            save=self.save,
            go_to=self.go_to,
            ask_motive=self._go_and_ask,
            close=self.orders.close_or_reopen,
            go_on=self.show_month,
            working=self._work_month(),
        )
        if step is None or step.run is None or rows.month_locked(ground, self.month):
            return step  # in a month that takes nothing the step only leads to another
        all_told = not (self._summary.unsaved or self._summary.owed or self._summary.unexplained)
        return step_for(self.desk.actor, CLOSE if all_told else RECORD, step)

    def actions_of_tab(self) -> list[QAction]:
        return [
            self.save_action,
            self.motive_action,
            self.evidence_action,
            self.close_action,
            self.punctuality_action,
            self.events_action,
            self.discard_action,
        ]

    def has_unsaved(self) -> bool:
        return self.grid.model.has_changes()

    def save(self) -> bool:
        """Ctrl+S: all that was typed, in every month, at once."""
        if not self.save_action.isVisible():
            return False
        self.saving.save()
        return True

    # -- what is on view -------------------------------------------------------------------------------

    def show_month(self, month: int) -> None:
        """Show another month; what was typed in this one stays, unsaved."""
        if self.ground is None or not 1 <= month <= 12 or not self.grid.commit():
            return
        self.month = month
        self._show_columns()

    def show_money(self, money: bool) -> None:
        """Soles, or quantities."""
        if self.ground is not None and self.grid.commit():
            self.ground = replace(self.ground, money=money)
            self._show_columns()

    # -- orders ----------------------------------------------------------------------------------------

    def go_to(self, row: GridRow) -> None:
        """Put the cursor on the figure of an activity."""
        self.grid.select(row.key, rows.edited_column(self.month))
        self.grid.view.setFocus()

    def discard(self) -> None:
        """Let go of what was typed and not saved."""
        if self.ground is not None and self.has_unsaved():
            words = self._summary.unsaved_words
            if ask(
                self,
                "¿Descartar lo escrito?",
                f"{words}. Vuelve lo que está guardado.",
                "Descartar",
                danger=True,
            ):
                self.grid.set_rows(rows.rows_of(self.ground.followed))
                self.draft.discard()
                self.refresh()

    # -- loading ---------------------------------------------------------------------------------------

    def _on_loaded(self, loaded: _Loaded) -> None:
        if self.plan is None or loaded.plan_id != self.plan.id:
            return
        fresh = loaded.rows
        same = loaded.plan_id == self._shown_plan
        carried = rows.carry_over(self.grid.model.rows() if same else (), fresh)
        said = self.grid.message.text() if same else ""
        plan, today = loaded.followed.plan, self._today()
        self.ground = Ground(
            loaded.followed,
            loaded.motives,
            frozenset(month for month in range(1, 13) if has_begun(plan.year, month, today)),
            money=self.ground.money if self.ground is not None else False,
            siglas=loaded.siglas,
        )
        if not same:
            self.draft.lose_sight()
            self._shown_plan = loaded.plan_id
            self.month = self._first_month()
        self.grid.setEnabled(not self.saving.busy)
        self.grid.set_empty_state(
            _NO_ACTIVITIES, "Ir a Programación", lambda: self.open_tab.emit("programme", None)
        )
        self.grid.set_rows(fresh)
        self._show_columns()
        if carried.changes:
            self.grid.model.apply(carried.changes, "lo escrito antes de actualizar")
        self.draft.show(draft_key(plan.id), editable=self._takes_figures())
        self._tell_conflicts(carried.conflicts, said)
        self._show_wanted()

    def _tell_conflicts(self, conflicts: tuple[str, ...], said: str) -> None:
        if not conflicts:
            self.grid.tell(said)
            return
        more = f" y {len(conflicts) - _NAMED} más" if len(conflicts) > _NAMED else ""
        self.grid.tell(
            f"Lo suyo sigue sin guardar. {'; '.join(conflicts[:_NAMED])}{more}. Si guarda, queda lo suyo.",
            "warn",
        )

    def _takes_figures(self) -> bool:
        """Whether any month may be written."""
        ground = self.ground
        assert ground is not None
        free = any(not rows.month_locked(ground, month) for month in range(1, 13))
        return free and not why_only_read(self.desk.actor, RECORD)

    def _first_month(self) -> int:
        """The month to work on; of a year that is over or to come, the last or the first."""
        assert self.ground is not None
        found = self._work_month()
        if found is not None:
            return found
        return 12 if 12 in self.ground.begun else max(self.ground.begun, default=1)

    def _work_month(self) -> int | None:
        assert self.ground is not None
        followed = self.ground.followed
        return closing.next_to_close(followed.months, followed.plan.year, self._today())

    def _show_wanted(self) -> None:
        part, self._wanted = self._wanted, None
        if isinstance(part, tuple):
            activity_id, month = part
            self.show_month(month or self.month)
            self.grid.select(activity_id, rows.edited_column(self.month))
        elif isinstance(part, int) and 1 <= part <= 12:
            self.show_month(part)
        elif isinstance(part, str) and part:
            self.grid.filter_box.setText(part)

    def _show_columns(self) -> None:
        ground = self.ground
        assert ground is not None
        before = self.grid.view.active()[1]
        was = self.grid.model.columns
        typing = 0 <= before < len(was) and was[before].kind is not None
        self.bar.show_ground(ground, self.month, self._today())
        self.grid.set_columns(rows.columns_of(ground, self.month), frozen=2)
        why = why_only_read(self.desk.actor, RECORD)
        self.grid.set_read_only(why or rows.month_locked(ground, self.month))
        row = self.grid.current_row()
        if row is not None and typing:
            self.grid.view.select_cell(row.number, rows.edited_column(self.month))
        self.refresh()

    def _go_and_ask(self, row: GridRow) -> None:
        self.go_to(row)
        self.orders.ask_motive(row)

    # -- what changes while typing ---------------------------------------------------------------------

    def _on_edited(self, changed: list[GridRow]) -> None:
        ground = self.ground
        if ground is not None and len(changed) == 1 and not ground.money:
            self._tell_deviation(ground, changed[0])
        self.refresh()

    def _tell_deviation(self, ground: Ground, row: GridRow) -> None:
        """One figure typed that departs from its programme is told at once, without a question in the way."""
        from sisfoh_desktop.modules.poi.view.follow_dialogs import deviation_sentence

        self.told = row if ground.owes_motive(row, self.month) else None
        if self.told is not None:
            said = deviation_sentence(row.fact.activity, rows.cell_of(row, self.month), ground.plan.year)
            name = short_name(row.fact.activity)
            self.grid.tell(f"«{name}», {said[0].lower()}{said[1:]} F7 anota el motivo.", "warn")
        else:
            self.grid.tell("")

    def _on_replayed(self, _rows: list[GridRow], slots: set[int]) -> None:
        """Undo in a month that is not on view shows that month."""
        months = {rows.month_of(place) for place in slots}
        if len(months) == 1 and self.month not in months:
            self.show_month(months.pop())

    def refresh(self) -> None:
        """What the month owes and what is not saved, reckoned once after each change."""
        ground = self.ground
        if ground is None or not self.grid.model.total:
            self._summary = Summary(self.month)
            self.grid.set_foot("")
        else:
            model = self.grid.model
            self._summary = summary_of(ground, self.month, model.rows(), model.changed_rows())
            self.grid.set_foot(self._summary.words)
        self._refresh_actions()
        self.next_step_changed.emit()

    def _today(self) -> date:
        return self.desk.clock.now().date()

    # -- actions ---------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        def action(words: str, tip: str, run: Callable[[], object]) -> QAction:
            made = QAction(words, self)
            made.setToolTip(tip)
            made.triggered.connect(lambda: run())
            return made

        self.save_action = action("Guar&dar", "Guardar todo lo escrito (Ctrl+G)", self.save)
        self.motive_action = action(
            "M&otivo…\tF7", "Por qué la cifra se aparta de lo programado", self.orders.ask_motive
        )
        self.evidence_action = action(
            "&Evidencia…", "Lo que sustenta la cifra elegida", self.orders.show_evidence
        )
        self.close_action = action(
            "&Cerrar el mes…", "Desde el cierre nada se corrige", self.orders.close_or_reopen
        )
        self.punctuality_action = action(
            "P&untualidad…", "Qué unidades informan a tiempo", self.orders.show_punctuality
        )
        self.events_action = action(
            "Cierres y reaperturas…", "Quién cerró y reabrió cada mes", self.orders.show_events
        )
        self.discard_action = action("Descartar lo escrito…", "Volver a lo guardado", self.discard)
        only_for(self.desk.actor, RECORD, self.save_action, self.motive_action, self.discard_action)
        only_for(self.desk.actor, CLOSE, self.close_action)
        self.grid.menu_actions = [self.motive_action, self.evidence_action]
        for keys, run in (
            ("F7", self.orders.ask_motive),
            ("Alt+PgDown", lambda: self.bar.step(1)),
            ("Alt+PgUp", lambda: self.bar.step(-1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda order=run: order())

    def _refresh_actions(self) -> None:
        ground = self.ground
        has_rows = ground is not None and self.grid.model.total > 0
        chosen = self.grid.current_row() is not None
        closed = ground is not None and ground.month(self.month).closed
        unsaved = self._summary.unsaved > 0
        self.save_action.setEnabled(unsaved)
        self.discard_action.setEnabled(unsaved)
        self.motive_action.setEnabled(chosen and not self.grid.model.read_only)
        self.evidence_action.setEnabled(chosen and ground is not None and self.month in ground.begun)
        self.close_action.setText("&Reabrir el mes…" if closed else "&Cerrar el mes…")
        self.close_action.setEnabled(has_rows and ground is not None and self.month in ground.begun)
        self.punctuality_action.setEnabled(has_rows)
        self.events_action.setEnabled(ground is not None)
