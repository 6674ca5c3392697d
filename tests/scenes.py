"""Every scene that `screens.py` draws: each page and its tabs, its records, and the dialog of each of its orders."""

import re
import unicodedata
from typing import Any

from PySide6.QtWidgets import QTabWidget

PAGES = ("inbox", "expedientes", "plans", "responsibilities", "resoluciones", "kardex", "papers", "office")
# orders that ask the system for a file, leave the program, or change the draft on view
LEFT_OUT = (
    *("abrir", "exportar", "salir", "guardar", "libro", "adjuntar", "quitar", "subir", "bajar"),
    *("traer", "proponer", "sacar", "word", "imprimir"),
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
