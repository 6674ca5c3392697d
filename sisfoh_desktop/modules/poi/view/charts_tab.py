"""Gráficos: programmed against executed by month, the cumulative curve, the map of units by months; in words too."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from sisfoh_desktop.modules.poi.rules import charts as rules
from sisfoh_desktop.modules.poi.rules.by_measure import measure_keys
from sisfoh_desktop.modules.poi.rules.chart_words import cumulative_words, heat_words, month_words
from sisfoh_desktop.modules.poi.rules.charts import HeatMap, Scope, Series
from sisfoh_desktop.modules.poi.rules.facts import PoiYear
from sisfoh_desktop.modules.poi.rules.report_words import chart_noun, chart_title, scope_words
from sisfoh_desktop.modules.poi.rules.reports import ChartKind
from sisfoh_desktop.modules.poi.service import reading
from sisfoh_desktop.modules.poi.view.charts_heat import HeatView
from sisfoh_desktop.modules.poi.view.charts_picture import framed
from sisfoh_desktop.modules.poi.view.tab import NO_ACTIVITIES, NO_PLAN, PoiTab
from sisfoh_desktop.qtkit.clipboard import new_mime_data
from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.charts_plot import MonthChart

VIEWS = {
    ChartKind.MONTHS: "Por m&es",
    ChartKind.CUMULATIVE: "&Acumulado",
    ChartKind.HEAT: "Mapa de &calor",
}
_KINDS = tuple(VIEWS)
_ALL_UNITS = "Todas las unidades"
_ALL_MEASURES = "Todas, sin sumarlas"
_RECKON: dict[ChartKind, Callable[[PoiYear, Scope], Series | HeatMap]] = {
    ChartKind.MONTHS: rules.month_series,
    ChartKind.CUMULATIVE: rules.cumulative,
    ChartKind.HEAT: rules.heat_map,
}


@dataclass(frozen=True)
class _Drawn:
    """What one chart shows now."""

    kind: ChartKind
    scope: Scope
    shown: Series | HeatMap


def _load(db: Any, plan_id: int) -> PoiYear:
    import pyqtgraph  # noqa: F401 - half a second that the window does not have to wait for

    return reading.load_year(db, plan_id)


def _reckon(year: PoiYear, kind: ChartKind, scope: Scope) -> _Drawn:
    return _Drawn(kind, scope, _RECKON[kind](year, scope))


class ChartsTab(PoiTab):
    """One chart at a time, over one unit and one unit of measure or all of them."""

    key = "charts"
    title = "Gráficos"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._year: PoiYear | None = None
        self._drawn: _Drawn | None = None
        self._empty_tab = ""  # where the button of an empty tab leads
        self._charts: dict[ChartKind, MonthChart | HeatView] = {}
        self.views = QTabBar()
        self.views.setDocumentMode(True)
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setUsesScrollButtons(False)
        self.views.setAccessibleName("Gráfico")
        for words in VIEWS.values():
            self.views.addTab(words)
        self.views.currentChanged.connect(lambda _at: self._redraw())
        self.units = self._combo("Unidad orgánica del gráfico")
        self.measures = self._combo("Unidad de medida del gráfico")
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.words = QLabel()
        self.words.setAccessibleName("Lo que dice el gráfico")
        self.readout = QLabel()
        self.readout.setProperty("tone", "dim")
        self.readout.setAccessibleName("Bajo el cursor")
        for label in (self.heading, self.words, self.readout):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.copy_action = QAction("Copiar i&magen", self)
        self.copy_action.setToolTip("Copia el gráfico con su título y lo que dice (Ctrl+C)")
        self.copy_action.triggered.connect(lambda: self.copy())
        self.print_action = QAction("Vista p&revia en grises", self)
        self.print_action.setToolTip("El gráfico en una hoja para imprimir, dibujado en grises (Ctrl+P)")
        self.print_action.triggered.connect(lambda: self.preview())
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, lambda: self.copy())
        copying.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._build_layout()
        self._refresh_actions()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        if self.plan is None:
            self._year = self._drawn = None
            self._say_empty(NO_PLAN, "Importar el POI", "quarantine")
            return
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self.plan.id), partial(self._on_loaded, self.plan.id), owner=self
        )

    def show_part(self, part: Any) -> None:
        """Look at the unit with this name."""
        if isinstance(part, str):
            at = self.units.findData(part)
            if at >= 0:
                self.units.setCurrentIndex(at)

    def actions_of_tab(self) -> list[QAction]:
        return [self.copy_action, self.print_action]

    def preview(self) -> bool:
        """The chart as a sheet in greys."""
        if self._drawn is None or self._year is None:
            return False
        from sisfoh_desktop.modules.poi.service import reports

        ask = partial(
            reports.chart_pdf,
            self.desk.db,
            self._year,
            self._drawn.kind,
            self._drawn.scope,
            now=self.desk.clock.now(),
        )
        self.desk.tasks.run_query(ask, self._show_pdf, owner=self)
        return True

    # -- orders ----------------------------------------------------------------------------------------

    @property
    def kind(self) -> ChartKind:
        """The chart on view."""
        return _KINDS[self.views.currentIndex()]

    def copy(self) -> None:
        """Put the chart on the clipboard as a picture, and what it says as text beside it."""
        if self._drawn is None:
            return
        made = new_mime_data()
        made.setImageData(self.picture().toImage())
        made.setText(f"{self.heading.text()}\n{self.words.text()}")
        QGuiApplication.clipboard().setMimeData(made)
        Toast.show_over(self, "Se copió el gráfico.")

    def picture(self) -> QPixmap:
        """The chart on view with its title above and what it says below."""
        chart = self._charts[self.kind]
        inner = chart.picture() if isinstance(chart, HeatView) else chart.plot.grab()
        return framed(inner, self.heading.text(), self.words.text())

    # -- inside ----------------------------------------------------------------------------------------

    def _on_loaded(self, plan_id: int, year: PoiYear) -> None:
        if self.plan is None or self.plan.id != plan_id:
            return
        self._year = year
        if not year.activities:
            self._drawn = None
            self._say_empty(NO_ACTIVITIES, "Ir a programación", "programme")
            return
        self._offer(self.units, _ALL_UNITS, [(name, name) for name in rules.unit_names(year)])
        self._offer(self.measures, _ALL_MEASURES, [(key.name, key) for key in measure_keys(year)])
        self._redraw()

    def _offer(self, combo: QComboBox, everything: str, offered: list[tuple[str, Any]]) -> None:
        """Fill a filter, keeping what was chosen if it is still there."""
        kept = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem(everything, None)
        for name, data in offered:
            combo.addItem(name, data)
        found = next((at for at in range(combo.count()) if combo.itemData(at) == kept), 0)
        combo.setCurrentIndex(found)
        combo.blockSignals(False)

    def _redraw(self) -> None:
        if self._year is None or not self._year.activities:
            return
        scope = Scope(self.units.currentData() or "", self.measures.currentData())
        self.desk.tasks.run_query(partial(_reckon, self._year, self.kind, scope), self._draw, owner=self)

    def _draw(self, drawn: _Drawn) -> None:
        wanted = Scope(self.units.currentData() or "", self.measures.currentData())
        if drawn.kind is not self.kind or drawn.scope != wanted or self._year is None:
            return  # an earlier wish; the present one is on its way
        self._drawn = drawn
        chart = self._chart(drawn.kind)
        title = chart_title(drawn.kind, self._year.plan.year)
        self.heading.setText(f"{title}. {scope_words(drawn.scope)}")
        self.readout.setText("")
        if isinstance(drawn.shown, HeatMap):
            assert isinstance(chart, HeatView)
            self.words.setText(heat_words(drawn.shown))
            chart.show_map(drawn.shown)
        else:
            tell = month_words if drawn.kind is ChartKind.MONTHS else cumulative_words
            self.words.setText(tell(drawn.shown))
            assert not isinstance(chart, HeatView)
            chart.show_series(drawn.shown, chart_noun(drawn.kind, drawn.shown))
        chart.setAccessibleName(title)
        chart.setAccessibleDescription(self.words.text())
        self._stack.setCurrentWidget(chart)
        self.setFocusProxy(chart)
        self._refresh_actions()

    def _chart(self, kind: ChartKind) -> "MonthChart | HeatView":
        """The widget of a chart, made when it is first looked at: the drawing library is not small."""
        if kind not in self._charts:
            self._charts[kind] = made = self._heat() if kind is ChartKind.HEAT else _month_chart(kind)
            made.read.connect(self.readout.setText)
            self._stack.addWidget(made)
        return self._charts[kind]

    def _heat(self) -> HeatView:
        made = HeatView()
        made.entered.connect(self.show_part)  # Enter on a unit: its activities
        return made

    def _say_empty(self, sentence: str, button: str, tab: str) -> None:
        self.heading.setText("")
        self.words.setText("")
        self.readout.setText("")
        self._empty_tab = tab
        self._stack.setCurrentWidget(self._empty)
        self._empty.show_state(sentence, button)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        for action in (self.copy_action, self.print_action):
            action.setEnabled(self._drawn is not None)
        for combo in (self.units, self.measures):
            combo.setEnabled(self._year is not None and bool(self._year.activities))

    def _show_pdf(self, pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            self.heading.text(),
            file_name=f"grafico-poi-{self._year.plan.year if self._year else ''}.pdf",
            kind="poi",
            over=self,
        )

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(15)
        combo.currentIndexChanged.connect(lambda _at: self._redraw())
        return combo

    def _build_layout(self) -> None:
        self._stack = QStackedWidget()
        self._empty = EmptyState(self._stack)
        self._empty.button.clicked.connect(lambda: self.open_tab.emit(self._empty_tab, None))
        self._stack.addWidget(self._empty)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.views)
        top.addStretch(1)
        for text, combo in (("&Unidad:", self.units), ("Me&dida:", self.measures)):
            label = QLabel(text)
            label.setBuddy(combo)
            top.addWidget(label)
            top.addWidget(combo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.heading)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.words)
        layout.addWidget(self.readout)


def _month_chart(kind: ChartKind) -> "MonthChart":
    from sisfoh_desktop.modules.poi.view.charts_plot import MonthChart

    return MonthChart(cumulative=kind is ChartKind.CUMULATIVE)
