"""The two charts of months: bars, and the cumulative curve. Loads pyqtgraph: import it when a chart is first drawn.

What they show is reckoned in `rules.charts`; programmed is an outline, executed a fill, both said where they end.
"""

from decimal import Decimal
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.chart_words import month_readout
from sisfoh_desktop.modules.poi.rules.charts import Series
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES
from sisfoh_desktop.modules.poi.rules.percent import cut_percent
from sisfoh_desktop.qtkit.theme import current_tokens, mixed, theme

_WIDE, _NARROW = 0.78, 0.5  # of a month: the outline and the fill
_AIR = 1.16  # over the highest value
_TICKS = [(month, code) for month, code in enumerate(MONTH_CODES, 1)]


class MonthChart(QWidget):
    """A chart over twelve months. `read` tells the month under the cursor in words; Left and Right move it."""

    read = Signal(str)

    def __init__(self, *, cumulative: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cumulative = cumulative
        self._series: Series | None = None
        self._month = 0
        self.plot: Any = pg.PlotWidget(self)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setXRange(0.4, 12.9 if cumulative else 12.6, padding=0)
        self.plot.getAxis("bottom").setTicks([_TICKS])
        self.plot.scene().sigMouseMoved.connect(self._on_mouse)
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._line.setZValue(-10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        theme().changed.connect(self._draw)

    def show_series(self, series: Series, noun: str) -> None:
        """Draw these values; `noun` is what the axis counts."""
        self._series, self._noun = series, noun
        self._month = series.last_executed
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self._point_at(min(12, max(1, self._month + step)))

    # -- inside ----------------------------------------------------------------------------------------

    def _on_mouse(self, place: QPointF) -> None:
        month = round(self.plot.getPlotItem().vb.mapSceneToView(place).x())
        if 1 <= month <= 12 and month != self._month:
            self._point_at(month)

    def _point_at(self, month: int) -> None:
        self._month = month
        self._line.setPos(month)
        self._line.setVisible(True)
        if self._series is not None:
            self.read.emit(month_readout(self._series, month))

    def _draw(self) -> None:
        series = self._series
        if series is None:
            return
        tokens = current_tokens()
        plot = self.plot
        plot.clear()
        plot.setBackground(tokens.surface)
        for name in ("bottom", "left"):
            axis = plot.getAxis(name)
            axis.setPen(tokens.line)
            axis.setTextPen(tokens.text_dim)
            axis.setTickFont(theme().font("caption"))
        plot.setLabel(
            "left", self._noun, color=tokens.text_dim, **{"font-size": f"{theme().font_px('caption')}px"}
        )
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.showGrid(x=False, y=True, alpha=0.15)
        plot.setYRange(0, self._top(series), padding=0)
        self._line.setPen(pg.mkPen(mixed(tokens.text_dim, tokens.surface, 0.4), style=Qt.PenStyle.DotLine))
        self._line.setVisible(bool(self._month))
        plot.addItem(self._line)
        if self._month:
            self._line.setPos(self._month)
        if self._cumulative:
            self._draw_curves(series)
        else:
            self._draw_bars(series)

    def _top(self, series: Series) -> float:
        """The value at the upper edge."""
        told = [value for value in (*series.programmed, *series.executed) if value is not None]
        return (float(max(told, default=Decimal(1))) or 1.0) * _AIR

    def _draw_bars(self, series: Series) -> None:
        tokens = current_tokens()
        self.plot.addItem(
            pg.BarGraphItem(
                **_points(series.programmed, "height"),
                width=_WIDE,
                brush=None,
                pen=pg.mkPen(tokens.text_dim, width=1.4),
            )
        )
        self.plot.addItem(
            pg.BarGraphItem(
                **_points(series.executed, "height"),
                width=_NARROW,
                brush=tokens.accent,
                pen=pg.mkPen(tokens.accent),
            )
        )
        counted = series.scope.measure is None
        outline, fill = ("con algo programado", "cumplidas") if counted else ("programado", "ejecutado")
        self._write(
            f"□ {outline}   ■ {fill}", 12.5, self._top(series), tokens.text_dim, anchor=(1.0, 0.0), bold=True
        )
        for month in range(1, 13):
            programmed, executed = series.programmed[month - 1], series.executed[month - 1]
            top = max((value for value in (programmed, executed) if value is not None), default=None)
            if top is None:
                continue
            if executed is None:
                text = f"({_label(programmed)})"
            elif executed == programmed:
                text = _label(executed)
            else:
                text = f"{_label(executed)}/{_label(programmed) or '–'}"
            self._write(text, month, float(top), tokens.text, anchor=(0.5, 1.0))

    def _draw_curves(self, series: Series) -> None:
        tokens = current_tokens()
        for values, colour, style, name in (
            (series.programmed, tokens.text_dim, Qt.PenStyle.DashLine, "Programado"),
            (series.executed, tokens.accent, Qt.PenStyle.SolidLine, "Ejecutado"),
        ):
            points = _points(values, "y")
            if not points["x"]:
                continue
            solid = style is Qt.PenStyle.SolidLine
            self.plot.plot(
                **points,
                pen=pg.mkPen(colour, width=2.4 if solid else 1.8, style=style),
                symbol="o" if solid else "s",
                symbolSize=7,
                symbolBrush=colour if solid else tokens.surface,
                symbolPen=colour,
            )
            last = points["x"][-1]
            value = values[last - 1]
            above = _is_above(series, last, executed=solid)
            self._write(
                f"{name} {_label(value)}{'' if series.scope.measure else ' %'}",
                last,
                points["y"][-1],
                colour,
                anchor=(1.0 if last > 9 else 0.0, 1.15 if above else -0.15),
                bold=True,
            )

    def _write(
        self, text: str, x: float, y: float, colour: str, *, anchor: tuple[float, float], bold: bool = False
    ) -> None:
        item = pg.TextItem(text, color=QColor(colour), anchor=anchor)
        font = QFont(theme().font("caption", bold=bold))
        item.setFont(font)
        item.setPos(x, y)
        self.plot.addItem(item)


def _points(values: tuple[Decimal | None, ...], name: str) -> dict[str, list[Any]]:
    told = [(month, float(value)) for month, value in enumerate(values, 1) if value is not None]
    return {"x": [month for month, _value in told], name: [value for _month, value in told]}


def _is_above(series: Series, month: int, *, executed: bool) -> bool:
    """Whether the curve's last label goes over its end: the higher curve's does."""
    programmed, done = series.programmed[month - 1], series.executed[month - 1]
    if programmed is None or done is None:
        return True
    return (done >= programmed) is executed


def _label(value: Decimal | None) -> str:
    if value is None:
        return ""
    return format_quantity(value) if value == value.to_integral_value() else cut_percent(value)
