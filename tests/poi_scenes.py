"""Scenes of a POI in use for `screens.py`: a damaged table brought in and read, its quarter, a month, a version."""

from pathlib import Path
from typing import Any

from scenes import standing, tabs_and_orders

from sisfoh_desktop.qtkit.messages import Toast

NAME = "07-poi-en-uso"
EXCEPTIONS = f"{NAME}-excepciones"
_BLOCK = "5\t5\t6\t6\t6\t6\t6\t6\t6\t6\t5\r\n1\t1\t1\t1\t1\t1\t1\t1\t1\t1\ts/d\r\n"


def draw_poi(studio: Any, sheet: Path) -> None:
    """All of it, on a practice office that never imported `sheet`; the base is changed."""
    page = studio.page("poi")
    import_scenes(studio, page, sheet)
    quarantine_scenes(studio, page)
    draw_exceptions(studio)
    quarter_scenes(studio, page)
    studio.page("poi.month", 202402)
    month_scenes(studio, page)
    version_scenes(studio, page)
    studio.page("inbox")
    studio.shoot("01-inicio-poi")


def draw_imported(studio: Any, sheet: Path) -> None:
    """Only what the README shows: the quarter of the imported year."""
    page = studio.page("poi")
    import_scenes(studio, page, sheet)
    quarantine_scenes(studio, page)
    draw_exceptions(studio)


def draw_exceptions(studio: Any) -> None:
    """The quarter of the year on view, what departs from the plan first."""
    page = studio.window.stack.page
    page.show_tab("quarter")
    studio.settle()
    page.tab().lists["exceptions"].view.setFocus()
    for toast in studio.window.findChildren(Toast):
        toast.hide()
    studio.shoot(EXCEPTIONS)


def import_scenes(studio: Any, page: Any, sheet: Path) -> None:
    """What each column means, the three lists of the reviewed file; then it is imported."""
    from sisfoh_desktop.modules.poi.view.import_dialog import ImportDialog

    dialog = ImportDialog(studio.window.desk, 0, page)
    dialog.open()
    dialog.review(sheet)
    studio.settle()
    studio.shoot_dialog(f"{NAME}-columnas", dialog.confirm_columns)
    for number, name in enumerate(("cuadran", "con-propuestas", "no-cuadran")):
        dialog.lists.setCurrentIndex(number)
        studio.shoot(f"{NAME}-importar-{name}", dialog)
    dialog.try_submit()
    studio.settle()
    studio.page("poi.quarantine", dialog.imported.plan_id)


def quarantine_scenes(studio: Any, page: Any) -> None:
    """The rows that wait: many at once, one by one, by hand, left out; at the end every one is read."""
    from sisfoh_desktop.modules.poi.view.quarantine_dialogs import ManyDialog

    tab = page.tab()
    studio.shoot(f"{NAME}-cuarentena")
    single = [one for one in tab.list.rows() if one.only_reading is not None]
    dialog = ManyDialog(studio.window.desk, single, page)
    dialog.open()
    studio.shoot(f"{NAME}-cuarentena-una-sola-lectura", dialog)
    dialog.try_submit()
    studio.settle()
    for row, name in ((13, "varias-lecturas"), (86, "lecturas-debiles")):
        tab.list.select(next(one.id for one in tab.list.rows() if one.row.row == row))
        tab.detail.readings.setFocus()
        studio.shoot(f"{NAME}-cuarentena-{name}")
    studio.shoot_dialog(f"{NAME}-cuarentena-leer-a-mano", tab.read_by_hand)
    studio.shoot_dialog(f"{NAME}-cuarentena-descartar", tab.discard)
    while tab.detail.line is not None:
        tab.settle()
        studio.settle()
    tab.settled.setChecked(True)
    studio.shoot(f"{NAME}-cuarentena-resueltas")


def quarter_scenes(studio: Any, page: Any) -> None:
    """The lists behind the exceptions, an activity's year, the charts of the imported year."""
    tab = page.tab()
    for key in ("table", "units", "measures", "remaining"):
        tab.bar.show_view(key)
        studio.shoot(f"{NAME}-trimestre-{key}")
    tab.bar.show_view("exceptions")
    studio.settle()
    studio.shoot_dialog(f"{NAME}-actividad", tab.open_chosen)
    page.show_tab("charts")
    studio.settle()
    charts = page.tab()
    for at, name in enumerate(("por-mes", "acumulado", "mapa")):
        charts.views.setCurrentIndex(at)
        studio.shoot(f"{NAME}-grafico-{name}")
    page.show_tab("reports")
    studio.settle()
    studio.shoot_dialog(f"{NAME}-informe", page.preview)


def month_scenes(studio: Any, page: Any) -> None:
    """A figure that departs from its programme, the question before saving, why; a closed month is opened again."""
    tab = page.tab()
    owed = next(row for row in tab.grid.model.rows() if tab.ground.owes_figure(row, tab.month))
    tab.go_to(owed)
    tab.grid.paste("250")
    studio.shoot(f"{NAME}-seguimiento-escrito")
    studio.shoot_dialog(f"{NAME}-seguimiento-motivo", tab.orders.ask_motive)
    studio.shoot_dialog(f"{NAME}-seguimiento-guardar-sin-motivo", tab.save)
    tab.grid.undo()
    studio.shoot_dialog(f"{NAME}-seguimiento-evidencia", tab.orders.show_evidence)
    studio.shoot_dialog(f"{NAME}-seguimiento-cerrar", tab.orders.close_or_reopen)
    tab.show_month(1)
    studio.shoot(f"{NAME}-seguimiento-cerrado")
    studio.shoot_dialog(f"{NAME}-seguimiento-reabrir", tab.orders.close_or_reopen)
    studio.shoot_dialog(f"{NAME}-seguimiento-puntualidad", tab.orders.show_punctuality)
    studio.shoot_dialog(f"{NAME}-seguimiento-cierres", tab.orders.show_events)


def version_scenes(studio: Any, page: Any) -> None:
    """A modification: started, a block pasted, what does not add up, compared with the one before, approved."""
    page.show_tab("versions")
    studio.settle()
    versions = page.tab()
    studio.shoot_dialog(f"{NAME}-version-nueva", versions.new_record)
    start_version(studio, versions)
    page.show_tab("programme")
    studio.settle()
    tab = page.tab()
    row = next(one for one in tab.grid.model.rows() if one.fact.title.startswith("EMITIR OPINIONES"))
    february = next(at for at, one in enumerate(tab.grid.model.columns) if one.words == "febrero")
    tab.grid.select(row.key, february)
    studio.shoot_dialog(f"{NAME}-programacion-pegar", lambda: tab.grid.paste(_BLOCK))
    tab.grid.select(row.key, february - 3)
    tab.grid.paste("63")
    studio.shoot(f"{NAME}-programacion-faltan")
    studio.shoot_dialog(f"{NAME}-programacion-actividad", tab.orders.edit_activity)
    tab.save()
    studio.settle()
    page.show_tab("versions")
    studio.settle()
    versions.list.view.select_row(0)
    studio.shoot(f"{NAME}-version-lo-que-falta")
    versions.chooser.setCurrentIndex(1)
    studio.settle()
    studio.shoot(f"{NAME}-version-comparada")
    tabs_and_orders(studio, page, NAME)


def start_version(studio: Any, tab: Any) -> None:
    """A modification of the plan on view, as its dialog starts it."""
    from sisfoh_desktop.modules.poi.service import versions
    from sisfoh_desktop.modules.poi.view.versions_dialogs import StartDialog

    desk = studio.window.desk
    desk.tasks.run_query(lambda: versions.overview(desk.db, tab.plan.id), lambda found: made.append(found))
    made: list[Any] = []
    studio.settle()
    dialog = StartDialog(desk, tab.plan, made[0].versions, made[0].months, tab)
    dialog.open()
    dialog.form.set_values({"note": "Informe N° 020-2024-OPP: más consultas que las previstas"})
    dialog.try_submit()
    standing(studio, f"{NAME}-version-empezada", dialog)
