"""The orders that work everywhere in the window: its keys, its menu, and what Ctrl+K finds.

Which base is open and how the window closes is in `main_window`; what an order does to a page is the page's answer.
"""

from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.app import receiving
from sisfoh_desktop.app.access_keeping import AccessKeeper
from sisfoh_desktop.app.tours import Tours
from sisfoh_desktop.app.window_search import WindowSearch
from sisfoh_desktop.qtkit.commands import Command, bare_words, fill_menu, install_commands
from sisfoh_desktop.qtkit.page import SeenList
from sisfoh_desktop.qtkit.theme import SCALES, theme

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow


class Orders:
    """The commands of one window, installed when this is made."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._stack = window.stack
        self.access = AccessKeeper(window)
        self.tours = Tours(window)
        self.search = WindowSearch(window)
        self.commands = self._make_commands()
        self.actions = install_commands(window, self.commands)
        fill_menu(window.menu, self.commands, self.actions)
        self.offer_session(False)
        window.rail.help_asked.connect(self.show_help)
        window.top_bar.search_asked.connect(self.show_search)

    def _make_commands(self) -> list[Command]:
        window, ask = self._window, self._ask_page
        return [
            Command("&Nuevo", partial(ask, "new_record", "crear"), ("Ctrl+N",), "page"),
            Command("&Guardar", partial(ask, "save", "guardar"), ("Ctrl+G", "Ctrl+S"), "page"),
            Command(
                "Guardar y &siguiente",
                partial(ask, "save_and_next", "guardar"),
                ("Ctrl+Return", "Ctrl+Enter"),
                "page",
            ),
            Command("&Vista previa", partial(ask, "preview", "previsualizar"), ("Ctrl+P",), "page"),
            Command("E&xportar la lista a Excel", self.export_list, ("Ctrl+Shift+E",), "page"),
            Command("&Hacer el siguiente paso", window.next_panel.run, ("Alt+Return", "Alt+Enter"), "page"),
            Command("&Buscar en todo", self.show_search, ("Ctrl+K",), "find"),
            Command("&Filtrar la lista", self.filter_list, ("Ctrl+B", "Ctrl+F"), "find"),
            Command("Act&ualizar", self.refresh, ("F5",), "find"),
            Command("Seleccionar todo", window.select_all, ("Ctrl+E",)),
            Command("Pasar a la otra zona", window.next_zone, ("F6",)),
            Command("Texto más g&rande", partial(self.step_scale, 1), ("Ctrl++", "Ctrl+="), "look"),
            Command("Texto más pe&queño", partial(self.step_scale, -1), ("Ctrl+-",), "look"),
            Command("Texto n&ormal", partial(self.set_scale, 100), ("Ctrl+0",), "look"),
            Command("Lo que rec&ibí…", partial(receiving.ask_walk, window), (), "session"),
            Command("Bloque&ar", window.entering.lock_now, ("Ctrl+L",), "session"),
            Command("Cambiar &mi contraseña…", window.entering.change_password, (), "session"),
            Command("Salir &de la sesión", window.entering.ask_log_out, (), "session"),
            Command("A&justes de este equipo…", self.show_settings, (), "pc"),
            Command("&Cambiar de base…", window.ask_other_base, (), "pc"),
            Command("&Primer día…", window.first_day.open, (), "pc"),
            Command("A&yuda de esta página", self.show_help, ("F1",), "help"),
            Command("&Teclas del programa", partial(self.show_help, "keys"), (), "help"),
            Command("Informe &ZIP para el técnico…", self.save_report, (), "help"),
            Command("R&ecorrido guiado", self.tours.start, (), "help"),
            Command("Guía de mi rol, en &2 hojas…", self.tours.ask_guide, (), "help"),
            Command("Sa&lir", window.close, ("Ctrl+Q",), "end"),
        ]

    def offer_session(self, offered: bool) -> None:
        """The orders of a session stand in the menu only while somebody is in with their own user."""
        for command in self.commands:
            if command.group == "session":
                self.actions[bare_words(command.text)].setVisible(offered)

    # -- orders for the page on view -------------------------------------------------------------------

    def _ask_page(self, answer: str, nothing: str) -> None:
        page = self._stack.page
        if page is None or not getattr(page, answer)():
            self._window.toast(f"Aquí no hay nada que {nothing}.")

    def _table(self) -> SeenList | None:
        return self._stack.page.table() if self._stack.page is not None else None

    def refresh(self) -> None:
        """F5: the page fetches its content again."""
        if self._stack.page is not None:
            self._stack.page.reload()

    def filter_list(self) -> None:
        """Ctrl+F: the cursor goes to the filter of the page's list."""
        table = self._table()
        if table is None:
            self._window.toast("Aquí no hay una lista que filtrar.")
        else:
            table.focus_filter()

    def export_list(self) -> None:
        """Ctrl+Shift+E: the list as seen becomes a workbook."""
        page = self._stack.page
        if page is not None and page.export_list():
            return
        table = self._table()
        if table is None:
            self._window.toast("Aquí no hay una lista que exportar.")
        else:
            self.access.export_list(self._window.top_bar.title.text(), table)

    # -- help and search -------------------------------------------------------------------------------

    def show_help(self, topic: str = "") -> None:
        """F1: the help of the page and tab on view, or of a topic."""
        from sisfoh_desktop.basics.help_topics import topic_of_page
        from sisfoh_desktop.qtkit.help_dialog import HelpDialog

        page = self._stack.specs[self._stack.number].key
        HelpDialog(topic or topic_of_page(page, self._stack.tab_words()), self._window).open()

    def show_search(self) -> None:
        """Ctrl+K."""
        self.search.show()

    # -- the look and the settings ---------------------------------------------------------------------

    def step_scale(self, step: int) -> None:
        """Text one size larger (+1) or smaller (-1)."""
        place = SCALES.index(theme().scale) + step
        self.set_scale(SCALES[min(max(place, 0), len(SCALES) - 1)])

    def set_scale(self, scale: int) -> None:
        """Text size in per cent."""
        theme().set_scale(scale)
        self._window.state.scale = theme().scale
        self._window.toast(f"Tamaño del texto: {theme().scale}\u00a0%")

    def save_report(self) -> None:
        """A file for whoever gives support, without data of people."""
        from sisfoh_desktop.app.report_orders import save_report

        save_report(self._window, self._window)

    def show_settings(self) -> None:
        """Ask for the settings of this PC and put them in force."""
        from sisfoh_desktop.app import wiring
        from sisfoh_desktop.qtkit.pc_settings_dialog import PcSettingsDialog

        window, settings = self._window, self._window.settings
        session = window.entering.session is not None
        values = PcSettingsDialog.ask(settings, window, session=session)
        if values is None:
            return
        for name, value in values.items():
            setattr(settings, name, str(value))
        theme().set_scheme(settings.theme)
        if window.desk is not None and window.desk.actor.rights is None:
            window.desk.actor = wiring.acting(settings)
        window.show_who()
        window.save_settings()
