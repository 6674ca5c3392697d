"""Every scene that `screens.py` draws: each page and its tabs, its records, and the dialog of each of its orders."""

import re
import unicodedata
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QTabWidget

PAGES = (
    *("inbox", "expedientes", "plans", "responsibilities", "resoluciones"),
    *("kardex", "poi", "papers", "office", "people", "safekeeping", "handover"),
)
# orders that ask the system for a file, leave the program, or change the draft on view
LEFT_OUT = (
    *("abrir", "exportar", "salir", "guardar", "libro", "adjuntar", "quitar", "subir", "bajar"),
    *("importar", "traer", "proponer", "sacar", "word", "imprimir", "comprobar", "copiar"),
)


def draw_all(studio: Any) -> None:
    """The practice office: pages with their orders, records with theirs, and the window's own dialogs."""
    for number, key in enumerate(PAGES, start=1):
        page = studio.page(key)
        name = f"{number:02d}-{'inicio' if key == 'inbox' else slug(page.title)}"
        studio.shoot(name)
        tabs_and_orders(studio, page, name)
    for kind, record, name in (
        ("expedientes", 1, "02-expedientes-abierto"),
        ("plans", 1, "03-planes-abierto"),
        ("resoluciones", 2, "05-resoluciones-borrador"),
        ("resoluciones", 1, "05-resoluciones-congelada"),
    ):
        page = studio.page(kind, record)
        studio.shoot(name)
        tabs_and_orders(studio, page, name)
    act = studio.window.stack.page
    studio.shoot_dialog("firmar", act.sign_action.trigger)
    studio.shoot_dialog("vista-previa", act.preview)
    window_dialogs(studio)


def draw_signed(studio: Any) -> None:
    """An act with its signatures, on its way to those who must know it."""
    page = studio.page("resoluciones", 1)
    studio.shoot("05-resoluciones-firmada")
    tabs_and_orders(studio, page, "05-resoluciones-firmada")
    studio.page("inbox")
    studio.shoot("01-inicio-firmada")


def draw_kardex(studio: Any, busy: dict[str, int], sheet: Path) -> None:
    """A kardex in use: a traced number, a person's custody, the register's dialogs, an import, an acta signed."""
    page = studio.page("kardex")
    studio.shoot("06-kardex-en-uso")
    tabs_and_orders(studio, page, "06-kardex-en-uso")
    studio.page("kardex.number", busy["lost"])
    studio.shoot("06-kardex-en-uso-reaparecido")
    studio.page("kardex.holder", busy["beto"])
    studio.shoot("06-kardex-en-uso-custodia-de-una-persona")
    register_scenes(studio, page, busy)
    import_scenes(studio, page, sheet)
    page.show_tab("actas")
    studio.settle()
    page.tab().made.view.setFocus()
    studio.shoot("06-kardex-en-uso-acta-firmada")
    studio.shoot_dialog("06-kardex-en-uso-acta", page.preview)
    studio.page("inbox")
    studio.shoot("01-inicio-kardex")


def register_scenes(studio: Any, page: Any, busy: dict[str, int]) -> None:
    """The blank row as it is refused and with its second line, and the dialogs of a movement."""
    from sisfoh_desktop.modules.kardex.view.adjust_dialogs import ProposeDialog
    from sisfoh_desktop.modules.kardex.view.day_return_dialog import DayReturnDialog
    from sisfoh_desktop.modules.kardex.view.movement_dialog import MovementDialog

    page.show_tab("register")
    studio.settle()
    entry, desk, campaign = page.tab().entry, studio.window.desk, page.tab().campaign_id
    texts = {"kind": "Distribución", "type": "FSU", "source": "Almacén ULE", "target": "ANA UNO PRÁCTICA"}
    entry.take_texts({**texts, "first": "000240+20", "document": "Cargo N° 2"})
    entry.commit()
    studio.shoot("06-kardex-registro-rechazo")
    entry.clear_row()
    entry.take_texts(
        {"kind": "Archivo", "type": "FSU", "source": "CARLOS CALIDAD PRÁCTICA", "first": "000001-000004"}
    )
    studio.shoot("06-kardex-registro-segunda-linea")
    entry.clear_row()
    dialog = MovementDialog.show_for(page, desk, busy["handed"])
    standing(studio, "06-kardex-movimiento", dialog)
    dialog = MovementDialog.show_for(page, desk, busy["loss"])
    studio.settle()
    dialog.reverse()
    standing(studio, "06-kardex-revertir", studio.app.activeModalWidget())
    standing(studio, "06-kardex-movimiento-de-extravio", dialog)
    dialog = DayReturnDialog.show_for(page, desk, campaign, holder_id=busy["beto"])
    studio.settle()
    dialog.line.set_value("000231-000240 usadas menos 000233 anulada; el resto en blanco")
    dialog.take_line()
    standing(studio, "06-kardex-retorno-del-dia", dialog)
    standing(studio, "06-kardex-proponer-ajuste", ProposeDialog.show_for(page, desk, campaign))


def import_scenes(studio: Any, page: Any, sheet: Path) -> None:
    """The three lists of a reviewed file, and the rows that wait."""
    from sisfoh_desktop.modules.kardex.view.import_dialog import ImportDialog
    from sisfoh_desktop.modules.kardex.view.import_quarantine import CorrectDialog, QuarantineDialog

    desk, campaign = studio.window.desk, page.tab().campaign_id
    dialog = ImportDialog(desk, campaign, page)
    dialog.open()
    dialog.review(sheet)
    studio.settle()
    for number, name in enumerate(("cuadran", "cuarentena", "no-se-importan")):
        dialog.lists.setCurrentIndex(number)
        studio.shoot(f"06-kardex-importar-{name}", dialog)
    dialog.done(0)
    dialog = QuarantineDialog(desk, campaign, page)
    dialog.open()
    studio.settle()
    correcting = CorrectDialog(desk, dialog.table.rows()[0], dialog)
    correcting.open()
    standing(studio, "06-kardex-cuarentena-corregir", correcting)
    standing(studio, "06-kardex-cuarentena", dialog)


def standing(studio: Any, name: str, dialog: Any) -> None:
    """Save a dialog that is open already, and leave it without a question."""
    studio.shoot(name, dialog)
    dialog.done(0)
    studio.settle()


def draw_empty(studio: Any) -> None:
    """A new office: what each page says while it has nothing."""
    for number, key in enumerate(PAGES, start=1):
        page = studio.page(key)
        studio.shoot(f"vacio-{number:02d}-{slug(page.title)}")


def tabs_and_orders(studio: Any, page: Any, name: str) -> None:
    """The page's tabs one by one, each with the dialogs of its orders."""
    tabs = next((one for one in page.findChildren(QTabWidget) if one.isVisible()), None)
    if tabs is None:
        orders(studio, page, name)
        return
    for index in range(tabs.count()):
        if tabs.isTabVisible(index):
            tabs.setCurrentIndex(index)
            tab = f"{name}-{slug(tabs.tabText(index))}"
            studio.shoot(tab)
            orders(studio, page, tab)
    tabs.setCurrentIndex(0)


def orders(studio: Any, page: Any, name: str) -> None:
    """The dialog of each order that can be given now."""
    for action in page.page_actions():
        order = slug(action.text())
        if action.isEnabled() and not order.startswith(LEFT_OUT) and (page.title, order) not in studio.drawn:
            studio.drawn.add((page.title, order))
            studio.shoot_dialog(f"{name}-{order}", action.trigger)


def window_dialogs(studio: Any) -> None:
    """What the window itself can ask or say."""
    window = studio.window
    studio.shoot_dialog("ventana-buscar", window.orders.show_search)
    studio.shoot_dialog("ventana-ayuda", window.orders.show_help)
    studio.shoot_dialog("ventana-teclas", lambda: window.orders.show_help("keys"))
    studio.shoot_dialog("ventana-ajustes", window.orders.show_settings)
    studio.shoot_dialog("ventana-conexion", window.ask_connection)
    studio.shoot_dialog(
        "ventana-aviso", lambda: window.tell("La base se actualizó; antes se guardó una copia.")
    )
    for scale in (125, 150):
        window.orders.set_scale(scale)
        for key in ("inbox", "resoluciones"):
            studio.page(key)
            studio.shoot(f"ventana-{scale}-{key}")
    window.orders.set_scale(100)


def slug(text: str) -> str:
    """A file name of a title or an order."""
    bare = unicodedata.normalize("NFKD", text.replace("&", "")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
