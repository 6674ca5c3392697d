"""A list of 16 391 rows on screen (RowTable) against QSqlTableModel with QSortFilterProxyModel: show, sort, each key.

Both read the same SQLite file and are drawn with the program's style. Rows are made up from their number.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import make_dataclass
from pathlib import Path
from typing import Any

from measuring import Line, in_turn, line, median
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget
from sqlalchemy import Column as SqlColumn
from sqlalchemy import MetaData, String, Table, create_engine, insert, select

from sisfoh_desktop.qtkit.collector import Collector
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

ROWS = 16_391
KEYS = ("Q", "QU", "QUI", "QUIS", "QUISP", "QUISPE", "")
_SURNAMES = ("QUISPE", "MAMANI", "FLORES", "CONDORI", "PEÑA", "CHOQUE", "QUINTO", "YUFRA")  # fmt: skip
_NAMES = ("form", "surname", "mother", "names", "road", "zone", "block", "wall", "state", "day", "dni")  # fmt: skip
_SORTED = _NAMES.index("surname")
_TABLE = Table("household", MetaData(), *(SqlColumn(name, String) for name in _NAMES))
_COLUMNS = [Column(name.upper(), lambda fact, name=name: getattr(fact, name)) for name in _NAMES]
Household = make_dataclass("Household", _NAMES, frozen=True)
Action = Callable[[], object]
Laps = dict[str, float]


def measure(rounds: int) -> list[Line]:
    """Show, sort and every key of a filter typed letter by letter and taken off."""
    app = QApplication([])
    theme().start(app, "light")
    collector = Collector(app)  # as in the program: nothing is gone over in the middle of a reading
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hogares.db"
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            _TABLE.create(connection)
            connection.execute(insert(_TABLE), [_row(number) for number in range(ROWS)])
        result = in_turn(rounds, lambda: _ours(engine), lambda: _peer(path))
        engine.dispose()
    collector.stop()
    against, what = "QSqlTableModel + QSortFilterProxyModel", f"lista de {ROWS} filas:"
    worst = max(KEYS, key=lambda key: median(result[0], key) / median(result[1], key))
    return [
        line(result, f"{what} mostrar lo ya leído", f"{against}, que lee", 0.4, "show"),
        line(result, f"{what} leer, mostrar y alistar el filtro", against, 3, "all"),
        line(result, f"{what} ordenar", against, 0.4, "sort"),
        line(result, f"{what} la tecla menos favorable («{worst}»)", against, 0.4, worst),
    ]


def _row(number: int) -> dict[str, str]:
    spread = (number * 2_654_435_761) % 2**32
    values = {name: f"{name} {spread // step % 997}".upper() for step, name in enumerate(_NAMES, 5)}
    surnames = [_SURNAMES[spread // step % len(_SURNAMES)] for step in (1, 97)]
    return values | {"form": f"F{number:08d}", "surname": surnames[0], "mother": surnames[1]}


def _ours(engine: Any) -> Laps:
    """Read as a store does, hand the facts to the table, type into its filter."""
    table = RowTable(_COLUMNS)
    start = time.perf_counter()
    with engine.connect() as connection:
        facts = [Household(*row) for row in connection.execute(select(_TABLE))]
    read = (time.perf_counter() - start) * 1000
    show, sort = (lambda: table.set_rows(facts)), (lambda: table.sort_by(_SORTED))
    return _laps(table, table.view, read, show, sort, table.set_filter)


def _peer(path: Path) -> Laps:
    """What Qt offers ready-made; it sorts and filters only rows that were fetched, so all are."""
    database = QSqlDatabase.addDatabase("QSQLITE", f"par-{time.monotonic_ns()}")
    database.setDatabaseName(str(path))
    database.open()
    source, proxy, view = QSqlTableModel(db=database), QSortFilterProxyModel(), QTableView()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.setWordWrap(False)
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def show() -> None:
        source.setTable("household")
        source.select()
        while source.canFetchMore():
            source.fetchMore()
        proxy.setSourceModel(source)
        view.setModel(proxy)

    return _laps(view, view, 0.0, show, lambda: proxy.sort(_SORTED), proxy.setFilterFixedString)


def _laps(window: QWidget, view: QTableView, read: float, show: Action, sort: Action, type_in: Any) -> Laps:
    """Milliseconds until each answer is painted; "all" adds the reading and what was left for an idle moment."""
    window.resize(1100, 620)
    window.show()
    QApplication.processEvents()

    def lap(action: Action) -> float:
        start = time.perf_counter()
        action()
        view.viewport().repaint()
        return (time.perf_counter() - start) * 1000

    laps = {"show": lap(show)}
    laps["all"] = read + laps["show"] + lap(lambda: [QApplication.processEvents() for _ in range(100)])
    laps["sort"] = lap(sort)
    for key in KEYS:
        QApplication.processEvents()
        laps[key] = lap(lambda key=key: type_in(key))
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    return laps
