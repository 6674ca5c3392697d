"""The POI of a region (20 000 activities told until September) against what its parts cost by themselves.

Opening the year is measured against the same rows fetched by the standard library, the filter against Qt's ready-made
models, the figures of a quarter against reading the year, the first chart against matplotlib (a bare plot of the same
library where matplotlib is not installed).
"""

import importlib.util
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from measuring import Line, Rounds, in_turn, line, median, timed
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

sys.path.insert(0, str(Path(__file__).parents[1]))  # the years made up for the tests

from poi_office import make_poi
from poi_region import region_year

import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules: the metadata must be whole
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.charts import Scope, month_series
from sisfoh_desktop.modules.poi.rules.facts import PoiYear
from sisfoh_desktop.modules.poi.service import reading
from sisfoh_desktop.modules.poi.view import quarter_columns
from sisfoh_desktop.modules.poi.view.quarter_frozen import FrozenTable
from sisfoh_desktop.modules.poi.view.quarter_lines import QuarterLists, quarter_lists
from sisfoh_desktop.qtkit.theme import theme

ACTIVITIES = 20_000
CHARTED = 88
UNTIL = 9
KEYS = ("s", "su", "sup", "supe", "super", "capacitar", "unidad ejecutora 07", "12", "no hay tal")
_NOW = datetime(2026, 10, 5, 10, tzinfo=LIMA)
_RAW = (
    "SELECT p.*, m.name FROM poi_programme p JOIN poi_measure_unit m ON m.id = p.measure_id ORDER BY p.position",
    "SELECT activity_id, month, physical, money FROM poi_execution",
    "SELECT * FROM poi_execution WHERE motive_text != ''",
)


def measure(rounds: int) -> list[Line]:
    """Open the year, its figures, each key of the filter, the first chart."""
    app = QApplication([])
    theme().start(app, "light")
    what = f"POI de {ACTIVITIES} actividades:"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "region.db"
        db = Database.create(path)
        plan = make_poi(db, Actor("prueba", "ULE"), _NOW, region_year(ACTIVITIES)).plan
        fetched = timed(lambda: _fetched(path))
        read = in_turn(rounds, timed(lambda: reading.load_year(db, plan)), fetched)
        opened = in_turn(rounds, timed(lambda: _opened(reading.load_year(db, plan))), fetched)
        year = reading.load_year(db, plan)
        figures = in_turn(
            rounds,
            timed(lambda: quarter_lists(year, UNTIL, {})),
            timed(lambda: reading.load_year(db, plan)),
        )
        lists = quarter_lists(year, UNTIL, {})
        peer = Path(folder) / "tabla.db"
        _write_peer(peer, lists)
        keys = in_turn(rounds, lambda: _ours(lists), lambda: _peer(peer))
        db.close()
    worst = max(KEYS, key=lambda key: median(keys[0], key) / median(keys[1], key))
    raw, models = "las mismas filas por sqlite3", "QSqlTableModel + QSortFilterProxyModel"
    return [
        line(read, f"{what} leer el año", raw, 5),
        line(opened, f"{what} abrir «Trimestre» (leer, calcular, mostrar)", raw, 12),
        line(figures, f"{what} todas las cifras del trimestre", "leer el año", 2),
        line(keys, f"{what} la tecla menos favorable («{worst}»)", models, 0.4, worst),
        line(keys, f"{what} quitar el filtro", models, 0.6, ""),
        _chart_line(rounds, year),
    ]


# -- the year and its lists ----------------------------------------------------------------------------------


def _fetched(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return sum(len(connection.execute(query).fetchall()) for query in _RAW)


def _opened(year: PoiYear) -> None:
    table = _table(quarter_lists(year, UNTIL, {}))
    table.view.viewport().repaint()
    table.close()
    table.deleteLater()
    QApplication.processEvents()


def _table(lists: QuarterLists) -> FrozenTable:
    table = FrozenTable(quarter_columns.table_columns(UNTIL), frozen=2, key=lambda shown: shown.key)
    table.resize(1100, 620)
    table.show()
    table.show_lines(quarter_columns.table_columns(UNTIL), lists.table, lists.total_texts)
    return table


def _ours(lists: QuarterLists) -> dict[str, float]:
    table = _table(lists)
    return _keys(table, table.view, table.set_filter)


def _write_peer(path: Path, lists: QuarterLists) -> None:
    width = len(lists.table[0].texts)
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE line ({', '.join(f'c{number} TEXT' for number in range(width))})")
        connection.executemany(
            f"INSERT INTO line VALUES ({', '.join('?' * width)})", (shown.texts for shown in lists.table)
        )


def _peer(path: Path) -> dict[str, float]:
    """What Qt offers ready-made; it filters only rows that were fetched, so all are."""
    database = QSqlDatabase.addDatabase("QSQLITE", f"par-{time.monotonic_ns()}")
    database.setDatabaseName(str(path))
    database.open()
    source, proxy, view = QSqlTableModel(db=database), QSortFilterProxyModel(), QTableView()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.setWordWrap(False)
    source.setTable("line")
    source.select()
    while source.canFetchMore():
        source.fetchMore()
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setSourceModel(source)
    view.setModel(proxy)
    view.resize(1100, 620)
    view.show()
    return _keys(view, view, proxy.setFilterFixedString)


def _keys(window: QWidget, view: QTableView, type_in: Callable[[str], Any]) -> dict[str, float]:
    """Milliseconds until the answer to each key is painted, once the list has settled."""
    for _ in range(100):
        QApplication.processEvents()
    laps = {}
    for key in (*KEYS, ""):
        QApplication.processEvents()
        start = time.perf_counter()
        type_in(key)
        view.viewport().repaint()
        laps[key] = (time.perf_counter() - start) * 1000
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    return laps


# -- the first chart -----------------------------------------------------------------------------------------


def _chart_line(rounds: int, year: PoiYear) -> Line:
    """Its library is loaded already on both sides: what is measured is the drawing."""
    part = PoiYear(year.plan, year.poi_version, year.activities[:CHARTED], year.months)
    what = f"gráfico de {CHARTED} actividades × 12 meses: calcular y dibujar por primera vez"
    there = importlib.util.find_spec("matplotlib") is not None
    peer = _matplotlib if there else _bare_plot
    drawn: Rounds = in_turn(rounds, timed(lambda: _chart(part)), timed(lambda: peer(part)))
    against = "matplotlib en Qt" if there else "un gráfico mínimo de pyqtgraph"
    return line(drawn, what, against, 0.8 if there else 3)


def _chart(year: PoiYear) -> None:
    from sisfoh_desktop.modules.poi.view.charts_plot import MonthChart

    chart = MonthChart(cumulative=False)
    chart.resize(846, 480)
    chart.show()
    chart.show_series(month_series(year, Scope()), "Actividades")
    _paint(chart)


def _bare_plot(year: PoiYear) -> None:
    import pyqtgraph as pg

    plot = pg.PlotWidget()
    plot.resize(846, 480)
    plot.show()
    series = month_series(year, Scope())
    for values in (series.programmed, series.executed):
        heights = [float(value or 0) for value in values]
        plot.addItem(pg.BarGraphItem(x=list(range(12)), height=heights, width=0.6))
    _paint(plot)


def _matplotlib(year: PoiYear) -> None:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.46, 4.8))
    canvas = FigureCanvasQTAgg(figure)
    axes = figure.add_subplot()
    canvas.resize(846, 480)
    canvas.show()
    series = month_series(year, Scope())
    for values in (series.programmed, series.executed):
        axes.bar(range(12), [float(value or 0) for value in values])
    _paint(canvas)


def _paint(widget: QWidget) -> None:
    widget.grab()
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()
