"""Trimestre: what departs from the plan first, then the office's own table, by unit, by measure, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.modules.poi.rules.facts import ActivityYear, PoiYear
from sisfoh_desktop.modules.poi.rules.follow_up import last_begun
from sisfoh_desktop.modules.poi.service import evidence, reading
from sisfoh_desktop.modules.poi.service.motives import list_motives
from sisfoh_desktop.modules.poi.view import quarter_columns as columns
from sisfoh_desktop.modules.poi.view.quarter_bar import Cut, QuarterBar, cut_reached
from sisfoh_desktop.modules.poi.view.quarter_detail import ActivityDialog
from sisfoh_desktop.modules.poi.view.quarter_frozen import FrozenTable
from sisfoh_desktop.modules.poi.view.quarter_lines import QuarterLists, Shown, quarter_lists
from sisfoh_desktop.modules.poi.view.quarter_words import (
    chosen_words,
    exception_words,
    remaining_words,
    summary_words,
    total_words,
)
from sisfoh_desktop.modules.poi.view.stacked_table import Stack, StackedTable
from sisfoh_desktop.modules.poi.view.tab import NO_ACTIVITIES, NO_PLAN, PoiTab
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.row_table import Column, RowTable

_NO_EXCEPTIONS = "Ninguna actividad se aparta de lo programado en este corte."
_NOTHING_LEFT = "No falta nada para cumplir lo programado en el trimestre."


_CUT_OFF = ("table", "units")  # lists whose names may not fit; the others tell them whole


@dataclass(frozen=True)
class _Loaded:
    lists: QuarterLists
    cut: Cut
    motives: Mapping[str, str]
    reached: int  # the last month that has begun, or that has anything executed; 0 for none


def _load(db: Any, plan_id: int, cut: Cut | None, today: date) -> _Loaded:
    year = reading.load_year(db, plan_id)
    motives = {motive.code: motive.label for motive in list_motives()}
    reached = max(year.last_executed, last_begun(year.plan.year, today))
    return _again(year, cut or cut_reached(year.last_executed, reached), motives, reached)


def _again(year: PoiYear, cut: Cut, motives: Mapping[str, str], reached: int) -> _Loaded:
    return _Loaded(quarter_lists(year, cut.until, motives, begun=reached > 0), cut, motives, reached)


class QuarterTab(PoiTab):
    """Five lists over one cut of the year; Enter opens an activity's own year."""

    key = "quarter"
    title = "Trimestre"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: _Loaded | None = None
        self._plan_shown = 0
        self._cut: Cut | None = None
        self._filled: set[str] = set()
        self._wanted = 0
        self.bar = QuarterBar()
        self.bar.cut_chosen.connect(self._on_cut)
        self.bar.view_chosen.connect(lambda _key: self._show_view())
        self.summary = _plain_label("Resumen del corte")
        self.chosen = _plain_label("Actividad elegida")
        self.total = _plain_label("Totales de la tabla")
        self.total.setProperty("role", "caption")
        self.lists: dict[str, RowTable] = {
            "exceptions": self._stacked(
                columns.exception_columns(), columns.EXCEPTION_STACK, "Excepciones", _NO_EXCEPTIONS
            ),
            "table": FrozenTable(
                columns.table_columns(9),
                frozen=columns.FROZEN,
                key=lambda line: line.key,
                name="Tabla del trimestre",
                noun=("actividad", "actividades"),
                empty_text=NO_ACTIVITIES,
                empty_button="Ir a programación",
                on_empty=lambda: self.open_tab.emit("programme", None),
            ),
            "units": FrozenTable(
                columns.unit_columns((), ()),
                frozen=1,
                key=lambda line: line.key,
                name="Por unidad",
                noun=("unidad", "unidades"),
                empty_text=NO_ACTIVITIES,
            ),
            "measures": self._list(
                columns.measure_columns(),
                "Por unidad de medida",
                NO_ACTIVITIES,
                ("unidad de medida", "unidades de medida"),
            ),
            "remaining": self._stacked(
                columns.remaining_columns(),
                columns.REMAINING_STACK,
                "Lo que falta para el trimestre",
                _NOTHING_LEFT,
            ),
        }
        for key, titles in (
            ("exceptions", columns.EXCEPTION_TITLES),
            ("measures", columns.MEASURE_TITLES),
            ("remaining", columns.REMAINING_TITLES),
        ):
            self.lists[key].view.filter_header.whole_titles = dict(titles)
        for key in ("exceptions", "table", "remaining"):
            self.lists[key].activated.connect(lambda line: self.open_activity(line.row))
        self.lists["table"].filter_box.textChanged.connect(lambda _typed: self._say_cut())
        self.lists["units"].activated.connect(self._on_unit)
        self.lists["measures"].activated.connect(self._on_measure)
        self.detail_action = QAction("Ver activi&dad", self)
        self.detail_action.setToolTip(
            "Los doce meses de la actividad elegida, sus motivos y su evidencia (Intro)"
        )
        self.detail_action.triggered.connect(lambda: self.open_chosen())
        self.report_action = QAction("I&nforme", self)
        self.report_action.setToolTip("El informe del trimestre de este corte, para firmar")
        self.report_action.triggered.connect(lambda: self._ask_report())
        for key in ("exceptions", "table", "remaining"):
            self.lists[key].menu_actions = [self.detail_action]
        for key in _CUT_OFF:
            self.lists[key].selection_changed.connect(lambda _line: self._show_chosen())
        self._build_layout()
        self._refresh_actions()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        if self.plan is None:
            self._show_nothing()
            return
        if self.plan.id != self._plan_shown:
            self._plan_shown, self._cut = self.plan.id, None  # another year: the cut that it has reached
        ask = partial(_load, self.desk.db, self.plan.id, self._cut, self.desk.clock.now().date())
        self.desk.tasks.run_query(ask, partial(self._on_loaded, self.plan.id), owner=self)

    def show_part(self, part: Any) -> None:
        """Show the activity with this id, or choose the view or the cut by name."""
        if isinstance(part, int):
            self._wanted = part
            self._show_wanted()

    def next_step(self) -> NextStep | None:
        if self._loaded is None:
            return None
        lists = self._loaded.lists
        if not lists.exceptions:
            return None
        first = lists.exceptions[0]
        return NextStep(
            "Mire primero esta actividad",
            exception_words(first, self._loaded.cut),
            "Ver la actividad",
            run=partial(self.open_activity, first.row),
        )

    def actions_of_tab(self) -> list[QAction]:
        return [self.detail_action, self.report_action]

    def table(self) -> RowTable:
        return self.lists[self.bar.view]

    # -- orders ----------------------------------------------------------------------------------------

    def open_chosen(self) -> None:
        """The year of the activity that the cursor is on."""
        line: Shown | None = self.table().selected()
        if line is not None and line.row is not None:
            self.open_activity(line.row)

    def open_activity(self, row: ActivityYear | None) -> None:
        """The year of an activity: months, motives, evidence (read now)."""
        if row is None or self._loaded is None:
            return
        self.desk.tasks.run_query(
            partial(evidence.list_evidence, self.desk.db, row.activity.id),
            partial(self._open_dialog, row),
            owner=self,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _open_dialog(self, row: ActivityYear, found: list[Any]) -> None:
        if self._loaded is None:
            return
        year = self._loaded.lists.year
        dialog = ActivityDialog(year, row, self._loaded.motives, found, self._loaded.reached, self)
        dialog.list.select(self._loaded.cut.until)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            today = self.desk.clock.now().date()
            begun = (year.plan.year, dialog.month) <= (today.year, today.month)
            self.open_tab.emit("follow", (row.activity.id, dialog.month if begun else 0))

    def _on_loaded(self, plan_id: int, loaded: _Loaded) -> None:
        if self.plan is None or self.plan.id != plan_id:
            return
        if self._cut is not None and loaded.cut != self._cut:
            return  # an earlier cut; the one wanted now is on its way
        self._loaded, self._cut = loaded, loaded.cut
        self.bar.offer_until(max(1, loaded.reached))
        self.bar.show_cut(loaded.cut)
        self.bar.show_counts(len(loaded.lists.exceptions), len(loaded.lists.remaining))
        self._filled.clear()
        self._show_view()
        self._show_wanted()
        self.next_step_changed.emit()

    def _show_nothing(self) -> None:
        self._loaded = None
        self.bar.show_counts(0, 0)
        self.summary.setText("")
        self.total.setText("")
        for one in self.lists.values():
            one.set_empty_state(NO_PLAN, "Importar el POI", lambda: self.open_tab.emit("quarantine", None))
            one.set_rows(())
        self._refresh_actions()

    def _on_cut(self, cut: Cut) -> None:
        self._cut = cut
        if self._loaded is not None and self.plan is not None:
            self.desk.tasks.run_query(
                partial(_again, self._loaded.lists.year, cut, self._loaded.motives, self._loaded.reached),
                partial(self._on_loaded, self.plan.id),
                owner=self,
            )

    def _show_view(self) -> None:
        """Show the list on view, filling it if it is not: a list that nobody looks at costs nothing."""
        key = self.bar.view
        if self._loaded is not None and key not in self._filled:
            self._filled.add(key)
            self._fill(key, self._loaded.lists)
        self._stack.setCurrentWidget(self.lists[key])
        self._say_cut()
        self._show_chosen()
        self.setFocusProxy(self.lists[key])
        self._refresh_actions()

    def _say_cut(self) -> None:
        """The sentence over the list, and the sums under the table: of all lines, or of those that a filter leaves."""
        loaded, key = self._loaded, self.bar.view
        said = total = ""
        if loaded is not None:
            words = remaining_words if key == "remaining" else summary_words
            said = words(loaded.lists, loaded.cut)
        if loaded is not None and key == "table":
            model = self.lists[key].model
            seen = model.facts_seen() if model.rowCount() != model.total else None
            total = total_words(loaded.lists, seen)
        self.summary.setText(said)
        self.total.setText(total)
        self.total.setVisible(bool(total))

    def _fill(self, key: str, lists: QuarterLists) -> None:
        table = self.lists[key]
        if not lists.year.activities:
            table.set_empty_state(
                NO_ACTIVITIES, "Ir a programación", lambda: self.open_tab.emit("programme", None)
            )
        elif key in ("exceptions", "remaining"):
            table.set_empty_state(_NO_EXCEPTIONS if key == "exceptions" else _NOTHING_LEFT)
        if key == "table":
            self._fill_frozen(
                key,
                columns.table_columns(lists.until),
                columns.table_titles(lists.until),
                lists.table,
                lists.total_texts,
            )
        elif key == "units":
            used = {at for line in lists.units for at, count in enumerate(line.values[4:]) if count}
            self._fill_frozen(
                key, columns.unit_columns(lists.heads, used), columns.unit_titles(lists.heads), lists.units
            )
        else:
            table.set_rows(
                {"exceptions": lists.exceptions, "measures": lists.measures}.get(key, lists.remaining)
            )
        if table.model.rowCount() and table.selected() is None:
            table.view.select_row(0)

    def _fill_frozen(
        self,
        key: str,
        listed: Sequence[Column],
        titles: Mapping[str, str],
        lines: Sequence[Shown],
        total: Sequence[str] = (),
    ) -> None:
        table = self.lists[key]
        assert isinstance(table, FrozenTable)
        table.view.filter_header.whole_titles = dict(titles)
        table.show_lines(listed, lines, total)

    def _show_wanted(self) -> None:
        """The activity that was asked for, as soon as the table is there."""
        if not self._wanted or self._loaded is None:
            return
        wanted, self._wanted = self._wanted, 0
        self.bar.show_view("table")
        self.lists["table"].select(wanted)

    def _on_unit(self, line: Shown) -> None:
        """A unit's activities in the table."""
        self._show_filtered(line.texts[0])

    def _on_measure(self, line: Shown) -> None:
        self._show_filtered(line.texts[0].partition(" (")[0])

    def _show_filtered(self, text: str) -> None:
        self.bar.show_view("table")
        self.lists["table"].set_filter(text)
        self.lists["table"].view.setFocus()

    def _show_chosen(self) -> None:
        """The line under the cursor without anything cut."""
        cut_off = self._loaded is not None and self.bar.view in _CUT_OFF
        line: Shown | None = self.table().selected() if cut_off else None
        self.chosen.setText(chosen_words(line) if line is not None else "")
        self.chosen.setVisible(bool(self.chosen.text()))

    def _refresh_actions(self) -> None:
        there = self._loaded is not None and bool(self._loaded.lists.year.activities)
        self.detail_action.setEnabled(there and self.bar.view in ("exceptions", "table", "remaining"))
        self.report_action.setEnabled(there)

    def _ask_report(self) -> None:
        if self._loaded is not None:
            self.open_tab.emit("reports", None)

    def _stacked(self, listed: list[Any], stack: Stack, name: str, empty: str) -> RowTable:
        noun = ("actividad", "actividades")
        return StackedTable(listed, stack, key=lambda line: line.key, name=name, noun=noun, empty_text=empty)

    def _list(
        self,
        listed: list[Any],
        name: str,
        empty: str,
        noun: tuple[str, str],
    ) -> RowTable:
        return RowTable(listed, key=lambda line: line.key, name=name, noun=noun, empty_text=empty)

    def _build_layout(self) -> None:
        self._stack = QStackedWidget()
        for one in self.lists.values():
            self._stack.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.summary)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.chosen)
        layout.addWidget(self.total)
        self.total.hide()
        self.setFocusProxy(self.lists["exceptions"])


def _plain_label(name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
