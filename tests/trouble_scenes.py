"""Scenes of what goes wrong, and of the lists and the search: start problems, errors, crash, filters, columns."""

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from PySide6.QtTest import QTest
from scenes import slug, standing

WRONG = "16-problema"
LISTS = "17-lista"
SEARCH = "18-buscar"


def draw_troubles(studio: Any) -> None:
    """Each problem of the start as a real file or folder gives it, then the boxes of an error, a crash, a report."""
    from sisfoh_desktop.app import start_problems
    from sisfoh_desktop.app.ways_out import ask_about_other_window
    from sisfoh_desktop.basics.errors import DatabaseTooNew, DatabaseUnavailable

    studio.page("inbox")
    ways = studio.window.ways_out()
    for problem in _place_problems(start_problems):
        studio.shoot_dialog(f"{WRONG}-{slug(problem.trouble.name)}", lambda one=problem: ways.tell([one]))
    refused = DatabaseUnavailable("La base no se pudo abrir: la red no responde. No se cambió nada.")
    newer = DatabaseTooNew(
        "La base es de la versión 9 y este programa es de la 1; no se cambió nada. Actualícelo."
    )
    with tempfile.TemporaryDirectory() as place:
        damaged = Path(place) / "oficina.db"
        damaged.write_bytes(os.urandom(50_000))
        for target, error, name in (
            (str(Path(place) / "movida.db"), refused, "base-movida"),
            (str(damaged), refused, "base-danada"),
            (str(damaged), newer, "base-nueva"),
        ):
            studio.shoot_dialog(
                f"{WRONG}-{name}", lambda one=target, why=error: _tell_base(studio, ways, one, why)
            )
    studio.shoot_dialog(f"{WRONG}-otra-ventana", ask_about_other_window)
    error_boxes(studio)
    connection_scenes(studio)


def _tell_base(studio: Any, ways: Any, target: str, error: Any) -> None:
    ways.tell_base(target, error)
    studio.settle()


def _place_problems(found_by: Any) -> list[Any]:
    """Settings, folder, disk, files and screen, each found by the function that looks for it."""
    from sisfoh_desktop.app import installed_files
    from sisfoh_desktop.basics.errors import FileFailed
    from sisfoh_desktop.basics.settings import PcSettings

    with tempfile.TemporaryDirectory() as place, patch.dict(os.environ, {"SISFOH_DATOS": place}):
        PcSettings.default_path().write_bytes(b"database = oficina.db\n[[[ sin cerrar\n")
        settings = found_by.rescue_settings(FileFailed("x"), _now())[1]
        busy = Path(place) / "ocupado"
        busy.write_text("x", encoding="utf-8")
        with patch.dict(os.environ, {"SISFOH_DATOS": str(busy)}):
            folder = found_by.data_folder_problem()
        full = SimpleNamespace(total=10**9, used=10**9, free=12_000_000)
        with patch.object(found_by.shutil, "disk_usage", lambda _place: full):
            disk = found_by.disk_problem("")
    with patch.object(installed_files, "_NEEDED", (("fonts", "NoHay.ttf"), ("icons", "nada.svg"))):
        files = found_by.files_problem()
    found = (settings, folder, disk, files, found_by.screen_problem(1000, 560, 100))
    return [one for one in found if one is not None]


def _now() -> Any:
    from screens import MOMENT

    return MOMENT


def error_boxes(studio: Any) -> None:
    """A refusal, a question that destroys, two people on one record, a crash, the one before, the report."""
    from sisfoh_desktop.qtkit import crash_dialog, messages
    from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, clashes_of

    window = studio.window
    studio.shoot_dialog(
        f"{WRONG}-rechazo",
        lambda: messages.show_error(
            window, "La base no responde. Lo escrito sigue en pantalla: inténtelo otra vez en un momento."
        ),
    )
    studio.shoot_dialog(
        f"{WRONG}-pregunta",
        lambda: messages.ask_destroy(window, "la vista «Por vencer»", "Los registros no cambian.", "Borrar"),
    )
    clashes = clashes_of(
        [
            (
                "a",
                "Asunto",
                "Opinión",
                "Opinión técnica sobre el proyecto",
                "Opinión legal sobre el proyecto",
            ),
            ("b", "Folios", "12", "12", "14"),
        ]
    )
    studio.shoot_dialog(
        f"{WRONG}-conflicto",
        lambda: ConflictDialog(
            clashes, who="ANA CASTRO PRUEBA", what="el expediente 12", parent=window
        ).exec(),
    )
    messages.Toast.show_over(window, "Se retiró el borrador.", lambda: None)
    QTest.qWait(200)
    studio.shoot(f"{WRONG}-aviso-deshacer")
    for toast in window.findChildren(messages.Toast):
        toast.hide()
    failed = AttributeError("'NoneType' object has no attribute 'tab'")
    studio.shoot_dialog(f"{WRONG}-error-propio", lambda: crash_dialog.report_crash(failed, window))
    left = (
        'Fatal Python error: Segmentation fault\n  File "/x/sisfoh_desktop/qtkit/page.py", line 9 in reload'
    )
    studio.shoot_dialog(f"{WRONG}-vez-anterior", lambda: crash_dialog.show_last_fault(left, window).open())
    studio.shoot_dialog(f"{WRONG}-informe-tecnico", window.orders.save_report)


def connection_scenes(studio: Any) -> None:
    """The choice of a base: each way, and what each refuses."""
    dialog = studio.window.ask_connection("La base no está donde estaba.")
    for kind in dialog.choices:
        dialog.choose(kind)
        studio.shoot(f"{WRONG}-conexion-{slug(kind)}", dialog)
        if kind in dialog.file_forms:
            dialog.file_forms[kind].set_values({"path": ""})
            dialog.try_submit()
            studio.shoot(f"{WRONG}-conexion-{slug(kind)}-rechazo", dialog)
    standing(studio, f"{WRONG}-conexion", dialog)


def draw_lists(studio: Any) -> None:
    """A list filtered by columns, its dialogs and menus; the search empty, by groups, and without a find."""
    page = studio.page("papers")
    _list_scenes(studio, page.table(), "papeles")
    page = studio.page("kardex")
    page.show_tab("stock")
    studio.settle()
    _list_scenes(studio, page.table(), "kardex")
    window = studio.window
    for typed, name in (
        ("", "vacio"),
        ("acta", "grupos"),
        ("MPT", "siglas"),
        ("40000001", "dni"),
        ("xyzzy", "nada"),
    ):
        window.orders.show_search()
        dialog = studio.app.activeModalWidget()
        dialog.field.setText(typed)
        QTest.qWait(400)
        studio.settle()
        studio.shoot(f"{SEARCH}-{name}", dialog)
        dialog.done(0)
        studio.settle()


def _list_scenes(studio: Any, table: Any, name: str) -> None:
    from sisfoh_desktop.qtkit.row_filters import ColumnFilter

    orders = table.orders
    titles = [column.title for column in table.model.columns]
    for number, title in enumerate(titles[:4]):
        studio.shoot_dialog(f"{LISTS}-{name}-filtro-{slug(title)}", lambda at=number: orders.ask_filter(at))
    studio.shoot_dialog(f"{LISTS}-{name}-columnas", orders.choose_columns)
    studio.shoot_dialog(f"{LISTS}-{name}-guardar-vista", orders.save_view)
    table.set_column_filters({title: ColumnFilter(words="a") for title in titles[:3]})
    studio.shoot(f"{LISTS}-{name}-filtrada")
    table.set_column_filters({titles[0]: ColumnFilter(words="xyzzy")})
    studio.shoot(f"{LISTS}-{name}-filtrada-sin-filas")
    table.clear_filters()
    for menu, kind in ((table.build_menu(), "menu"), (orders.column_menu(1), "menu-de-columna")):
        menu.popup(studio.window.mapToGlobal(table.view.pos()))
        studio.shoot(f"{LISTS}-{name}-{kind}", menu)
        menu.close()
