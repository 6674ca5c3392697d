"""The two charts of months: bars, and the cumulative curve. Loads pyqtgraph: import it when a chart is first drawn.

What they show is reckoned in `rules.charts`; programmed is an outline, executed a fill, both said where they end.
"""

from decimal import Decimal
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.chart_words import month_readout
from sisfoh_desktop.modules.poi.rules.charts import Series
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, last_month
from sisfoh_desktop.modules.poi.rules.percent import percent_figure
from sisfoh_desktop.qtkit.theme import current_tokens, mixed, theme

_WIDE, _NARROW = 0.78, 0.5  # of a month: the outline and the fill
_AIR, _AIR_OF_SHARES = 1.16, 1.09  # over the highest value; of shares there is no line above a hundred
_LOW = 0.08  # of the height: a label under a point so low would fall below the axis
_MOST_MARKS = 10
_LABEL_MONTHS = 2  # how many of them a label reaches over
_FRAME = 2  # px that show the focus
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
        layout.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if self._month:
            self._point_at(self._month)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.accent if self.hasFocus() else tokens.surface))
        painter.end()

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
        above = theme().font_px("caption") // 2 + 2  # the value of the highest line stands half above it
        plot.getPlotItem().layout.setContentsMargins(1, above, 1, 1)
        for name in ("bottom", "left"):
            axis = plot.getAxis(name)
            axis.setPen(tokens.line)
            axis.setTextPen(tokens.text_dim)
            axis.setTickFont(theme().font("caption"))
        plot.setLabel(
            "left", self._noun, color=tokens.text_dim, **{"font-size": f"{theme().font_px('caption')}px"}
        )
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.getAxis("left").setStyle(hideOverlappingLabels=False)  # or the zero at the foot is left out
        marks = _marks(self._top(series))
        plot.getAxis("left").setTicks([[(float(mark), format_quantity(mark)) for mark in marks]])
        # in high contrast they have the colour of the bars' outlines
        ruled = Qt.PenStyle.DotLine if tokens.high_contrast else Qt.PenStyle.SolidLine
        for mark in marks[1:]:  # the axis's own lines would leave that zero out again
            rule = pg.InfiniteLine(pos=float(mark), angle=0, pen=pg.mkPen(tokens.line, style=ruled))
            rule.setZValue(-20)
            plot.addItem(rule)
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
        shares = self._cumulative and series.scope.measure is None
        return (float(max(told, default=Decimal(1))) or 1.0) * (_AIR_OF_SHARES if shares else _AIR)

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
            above = _is_above(series, last, executed=solid) or points["y"][-1] < _LOW * self._top(series)
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


def _marks(top: float) -> list[Decimal]:
    """The values written beside the axis, from zero: steps of 1, 2 or 5 with their zeros, ten of them at the most."""
    power = Decimal(10) ** (Decimal(top / _MOST_MARKS).adjusted())
    step = next(power * part for part in (1, 2, 5, 10) if float(power * part) * _MOST_MARKS >= top)
    return [step * number for number in range(int(Decimal(top) / step) + 1)]


def _is_above(series: Series, month: int, *, executed: bool) -> bool:
    """Whether the curve's last label goes over its end: the higher curve's does where both end together.

    Where what is programmed goes on and soon passes over what was executed, the label goes under it.
    """
    programmed, done = series.programmed[month - 1], series.executed[month - 1]
    if programmed is None or done is None:
        return True
    ends = last_month(series.programmed)
    if executed and ends > month:
        return done > (series.programmed[min(month + _LABEL_MONTHS, ends) - 1] or 0)
    return (done >= programmed) is executed


def _label(value: Decimal | None) -> str:
    if value is None:
        return ""
    return format_quantity(value) if value == value.to_integral_value() else percent_figure(value)
