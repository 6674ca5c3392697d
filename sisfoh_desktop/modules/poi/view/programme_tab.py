"""Programación: the goals of each activity by month. A draft is written in its grid, an approved version is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.poi.rules.facts import Activity, PoiVersion, Stage
from sisfoh_desktop.modules.poi.view.activity_history import history_action
from sisfoh_desktop.modules.poi.view.programme_draft import draft_key, draft_of
from sisfoh_desktop.modules.poi.view.programme_loading import LoadedProgramme, load_programme
from sisfoh_desktop.modules.poi.view.programme_orders import ProgrammeOrders
from sisfoh_desktop.modules.poi.view.programme_rows import (
    FROZEN,
    Balances,
    Programme,
    activity_of,
    columns_of,
    row_of,
)
from sisfoh_desktop.modules.poi.view.programme_saving import ProgrammeSaving
from sisfoh_desktop.modules.poi.view.programme_steps import next_step_of
from sisfoh_desktop.modules.poi.view.programme_words import (
    activity_words,
    notice_of,
    version_words,
    why_read_only,
)
from sisfoh_desktop.modules.poi.view.tab import PLAN, PoiTab
from sisfoh_desktop.qtkit.grid_caption import GridCaption
from sisfoh_desktop.qtkit.grid_model import GridRow
from sisfoh_desktop.qtkit.grid_table import Grid
from sisfoh_desktop.qtkit.messages import ask_destroy
from sisfoh_desktop.qtkit.page import Desk, NextStep, SeenList
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, why_only_read

_READING = "Se está leyendo la programación…"


@dataclass(frozen=True)
class _Aside:
    """Unsaved rows of a version that is not on view now."""

    rows: tuple[GridRow, ...]
    removed: tuple[GridRow, ...]


class ProgrammeTab(PoiTab):
    """The grid of a version. Unsaved work stays while another version or year is looked at."""

    key = "programme"
    title = "Programación"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: LoadedProgramme | None = None
        self._plan_id = 0
        self._wanted_version = 0
        self._wanted_activity = 0
        self._aside: dict[int, _Aside] = {}
        self.balances = Balances(Programme(PoiVersion(0, 0, Stage.APPROVED, 0)))
        # Made before the grid: Tab comes to them first.
        self.version_box = QComboBox(self)
        self.version_box.setAccessibleName("Versión del POI")
        self.version_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.version_box.activated.connect(self._on_version_chosen)
        self.kind_box = QComboBox(self)
        self.kind_box.setAccessibleName("Qué se programa")
        self.kind_box.addItems(["Meta física", "Meta financiera (S/)"])
        self.kind_box.currentIndexChanged.connect(self._on_kind_chosen)
        self.open_box = QCheckBox("Solo las que no cuadran", self)
        self.open_box.toggled.connect(self._on_open_toggled)
        self.grid = Grid(
            self._columns(money=False),
            frozen=FROZEN,
            name="Programación por actividad y mes",
            noun=("actividad", "actividades"),
            empty_text=_READING,
            parent=self,
        )
        self.caption = GridCaption(self.grid, lambda row: activity_words(row.fact))
        self.saving = ProgrammeSaving(self)
        self.orders = ProgrammeOrders(self)
        for place, widget in enumerate((self.version_box, self.kind_box, self.open_box)):
            self.grid.bar.insertWidget(place, widget)
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setProperty("tone", "dim")
        self.notice.setAccessibleName("Estado de la versión")
        self.grid.model.edited.connect(self._on_edited)
        self.grid.row_entered.connect(lambda _row: self.orders.edit_activity())
        self.grid.current_changed.connect(lambda _row: self._enable())
        self._build_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(self.grid, 1)
        self.draft = draft_of(self, layout, row=1)
        self.setFocusProxy(self.grid)
        self._enable()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        plan_id = self.plan.id if self.plan is not None else 0
        if plan_id != self._plan_id:
            self._put_aside()
            self._plan_id, self._wanted_version = plan_id, 0
        self.desk.tasks.run_query(
            partial(load_programme, self.desk.db, plan_id, self._wanted_version),
            partial(self._on_loaded, plan_id, self._wanted_version),
            owner=self,
        )

    def show_part(self, part: Any) -> None:
        """An activity by its id, or ("version", id)."""
        if isinstance(part, tuple) and part[0] == "version":
            self.show_version(part[1])
        elif isinstance(part, int) and not self.grid.select(part):
            self._wanted_activity = part

    def next_step(self) -> NextStep | None:
        return next_step_of(self)

    def actions_of_tab(self) -> list[QAction]:
        return [
            self.save_action,
            self.add_action,
            self.edit_action,
            self.remove_action,
            self.discard_action,
            self.history_action,
        ]

    def table(self) -> SeenList:
        return self.grid

    def has_unsaved(self) -> bool:
        return bool(self._aside) or self.grid.model.has_changes() or self.grid.view.editor is not None

    def new_record(self) -> bool:
        return self.orders.add_activity()

    def save(self) -> bool:
        if not self.save_action.isVisible():
            return False
        self.saving.save()
        return True

    # -- what is on view -------------------------------------------------------------------------------

    @property
    def version(self) -> PoiVersion | None:
        """The version on view."""
        return self._loaded.version if self._loaded is not None else None

    @property
    def versions(self) -> Sequence[PoiVersion]:
        """Every version of the plan on view."""
        return self._loaded.versions if self._loaded is not None else ()

    @property
    def money(self) -> bool:
        """Whether soles are on view."""
        return self.kind_box.currentIndex() == 1

    def show_version(self, version_id: int) -> None:
        """Show another version of the plan; unsaved work on this one stays."""
        if self.version is None or version_id != self.version.id:
            self._put_aside()
        self._wanted_version = version_id
        self.reload()

    def take_fresh(self, loaded: LoadedProgramme) -> None:
        """Show these activities as they are saved, whatever stood here."""
        self._aside.pop(loaded.version.id if loaded.version is not None else 0, None)
        self.grid.set_rows(row_of(one) for one in loaded.activities)
        self._take(loaded)

    def take_rows(self, loaded: LoadedProgramme, rows: Sequence[GridRow], removed: Sequence[GridRow]) -> None:
        """Show these rows with what is unsaved in them."""
        self.grid.model.restore_rows(rows, removed)
        self._take(loaded)

    def refresh(self) -> None:
        """What depends on the rows: counts, actions, the next step."""
        self.grid.set_foot(self.balances.sentence(), "warn" if self.balances.open_rows() else None)
        self._enable()
        self.next_step_changed.emit()

    def lock(self) -> None:
        """Take the state of the version and of the saving over into the grid."""
        self.grid.set_read_only(
            why_only_read(self.desk.actor, PLAN) or self.saving.reason or why_read_only(self.version)
        )
        self.draft.hold(self.saving.busy)
        self._enable()

    def discard(self) -> None:
        """Go back to what is saved, of every version."""
        if ask_destroy(
            self,
            "los cambios sin guardar",
            "La programación vuelve a ser la última que se guardó.",
            "Descartar",
        ):
            self._aside.clear()
            if self._loaded is not None:
                self.take_fresh(self._loaded)
            self.draft.discard()
            self.reload()

    # -- inside ----------------------------------------------------------------------------------------

    def _columns(self, *, money: bool) -> list[Any]:
        return columns_of(lambda: self.balances.programme, money=money)

    def _build_actions(self) -> None:
        def action(text: str, tip: str, run: Any) -> QAction:
            made = QAction(text, self)
            made.setToolTip(tip)
            made.triggered.connect(lambda _checked=False: run())
            return made

        self.save_action = action("Guar&dar", "Guardar la programación (Ctrl+G)", self.save)
        self.add_action = action(
            "&Nueva actividad…", "Agregar una actividad (Ctrl+N)", self.orders.add_activity
        )
        self.edit_action = action(
            "Datos de la &actividad…", "Todos los datos de la actividad elegida", self.orders.edit_activity
        )
        self.remove_action = action(
            "&Quitar…", "Quitar del borrador las actividades elegidas", self.orders.remove_activities
        )
        self.discard_action = action(
            "Descartar los &cambios…", "Volver a lo último que se guardó", self.discard
        )
        changing = (self.save_action, self.add_action, self.edit_action, self.remove_action)
        only_for(self.desk.actor, PLAN, *changing, self.discard_action)
        self.history_action = history_action(self, self._chosen)
        self.grid.menu_actions = [self.edit_action, self.add_action, self.remove_action, self.history_action]

    def _chosen(self) -> Activity | None:
        row = self.grid.current_row()
        return activity_of(row) if row is not None else None

    def _enable(self) -> None:
        free = not self.grid.model.read_only and self.version is not None
        chosen = self.grid.current_row() is not None
        unsaved = self.has_unsaved()
        before = [one.isEnabled() for one in self.actions_of_tab()]
        self.save_action.setEnabled(free and unsaved)
        self.add_action.setEnabled(free)
        self.edit_action.setEnabled(free and chosen)
        self.remove_action.setEnabled(free and chosen)
        self.discard_action.setEnabled(unsaved and not self.saving.busy)
        self.history_action.setEnabled(chosen)
        if before != [one.isEnabled() for one in self.actions_of_tab()]:
            self.actions_changed.emit()

    def _put_aside(self) -> None:
        """Keep unsaved rows while something else is on view."""
        model, version = self.grid.model, self.version
        self.grid.commit()
        if version is not None and model.has_changes():
            self._aside[version.id] = _Aside(tuple(model.rows()), tuple(model.removed_rows()))
        self.draft.put_aside()
        self._loaded = None
        self.grid.set_empty_state(_READING)
        self.grid.set_rows(())
        self.lock()

    def _on_loaded(self, plan_id: int, wanted: int, loaded: LoadedProgramme) -> None:
        if (plan_id, wanted) != (self._plan_id, self._wanted_version):
            return  # another one was asked for meanwhile
        version = loaded.version
        self.orders.offer_measures(loaded.measures)
        aside = self._aside.pop(version.id, None) if version is not None else None
        same = self.version is not None and version is not None and self.version.id == version.id
        if aside is not None:
            self.take_rows(loaded, aside.rows, aside.removed)
            self.grid.tell("Siguen aquí los cambios que dejó sin guardar.", "warn")
        elif same and (self.grid.model.has_changes() or self.grid.view.editor is not None):
            self._take(loaded)  # what is typed stays; the save tells if somebody else saved first
        else:
            said, tone = self.grid.message.text(), self.grid.message.property("tone")
            self.take_fresh(loaded)
            if same and said:  # what the reload follows, the saving most of all
                self.grid.tell(said, tone or None)

    def _take(self, loaded: LoadedProgramme) -> None:
        self._loaded = loaded
        self.version_box.clear()
        for one in reversed(loaded.versions):
            self.version_box.addItem(version_words(one, loaded.versions), one.id)
        version = loaded.version
        self.version_box.setCurrentIndex(self.version_box.findData(version.id) if version is not None else -1)
        self.version_box.setEnabled(bool(loaded.versions))
        if loaded.programme is not None:
            self.balances.programme, self.balances.known = loaded.programme, loaded.balances
        self.notice.setText(notice_of(loaded.programme))
        self.notice.setVisible(bool(self.notice.text()))
        self.saving.end()
        self.lock()
        key = draft_key(version) if version is not None else ""
        self.draft.show(key, editable=not self.grid.model.read_only)
        if version is None:
            self.grid.set_empty_state(
                "Todavía no hay un POI de este año: impórtelo del Excel en que la oficina lo lleva, o créelo.",
                "Ir a Importación",
                partial(self.open_tab.emit, "quarantine", None),
            )
        elif version.is_draft:
            self.grid.set_empty_state(
                "Este borrador no tiene actividades todavía.",
                "Agregar una actividad" if self.add_action.isVisible() else "",
                self.new_record,
            )
        else:
            self.grid.set_empty_state("Esta versión no tiene actividades.")
        self.balances.count_all(self.grid.model.rows())
        self.refresh()
        if self._wanted_activity and self.grid.model.total:
            self.grid.select(self._wanted_activity)
            self._wanted_activity = 0

    def _on_edited(self, rows: list[GridRow]) -> None:
        present = set(map(id, self.grid.model.rows())) if len(rows) != 1 or rows[0].number < 0 else None
        self.balances.update(rows, lambda row: present is None or id(row) in present)
        self.refresh()

    def _on_version_chosen(self, _number: int) -> None:
        self.show_version(self.version_box.currentData())

    def _on_kind_chosen(self, _number: int) -> None:
        self.balances.money = self.money
        self.grid.set_columns(self._columns(money=self.money))
        self.balances.count_all(self.grid.model.rows())
        if self.open_box.isChecked():
            self._on_open_toggled(True)
        self.refresh()

    def _on_open_toggled(self, only: bool) -> None:
        if self.grid.commit():
            self.grid.model.set_condition(self.balances.is_open if only else None)
            self.refresh()
