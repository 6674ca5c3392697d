"""The main window: which base is open, and what the orders that work everywhere do.

Its parts and their layout are in `qtkit.frame`. It is painted before anything heavy is imported; then the base
is opened and the pages come, on the worker.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent

from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.commands import Command, bare_words, fill_menu, install_commands, key_words
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS, WindowFrame
from sisfoh_desktop.qtkit.page import Desk, PageSpec, RecordHit
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import SCALES, theme
from sisfoh_desktop.qtkit.window_state import WindowState

if TYPE_CHECKING:
    from sisfoh_desktop.app import search
    from sisfoh_desktop.app.connection_dialog import ConnectionDialog
    from sisfoh_desktop.app.wiring import OpenedBase

PROGRAM = "SISFOH Desktop"


class MainWindow(WindowFrame):
    """The window. Once painted it opens its base: `base` if given, else the one set on this PC."""

    def __init__(
        self,
        specs: Sequence[PageSpec],
        *,
        tasks: Tasks,
        settings: PcSettings,
        state: WindowState,
        base: str = "",
        clock: Clock | None = None,
    ) -> None:
        super().__init__(PROGRAM, "SISFOH", specs, tasks)
        self.settings, self._state, self._base = settings, state, base
        self._clock: Clock = clock or SystemClock()
        self._opened: OpenedBase | None = None
        self._desk: Desk | None = None
        self._may_close = False
        self._commands = self._make_commands()
        self._actions = install_commands(self, self._commands)
        fill_menu(self.menu, self._commands, self._actions)
        self._connect()
        if not state.geometry.isEmpty():
            self.restoreGeometry(state.geometry)
        self.status_line.show_waiting("Abriendo la base…")
        self.stack.placeholder.show_sentence("Abriendo la base…")

    # -- opening a base --------------------------------------------------------------------------------

    def open_configured_base(self) -> None:
        """Open the base given at the start or set on this PC; ask for one when there is none."""
        from sisfoh_desktop.app import wiring

        target = self._base or self.settings.database
        if not target:
            self.ask_connection()
            return
        self.tasks.run_query(
            partial(wiring.open_base, target, settings=self.settings, now=self._clock.now()),
            self.use_base,
            on_error=lambda error: self.ask_connection(error.sentence),
            owner=self,
        )

    def ask_connection(self, sentence: str = "") -> "ConnectionDialog":
        """Show the connection dialog (without blocking), with a refusal on top if there was one."""
        from sisfoh_desktop.app.connection_dialog import ConnectionDialog

        dialog = ConnectionDialog(
            tasks=self.tasks, settings=self.settings, clock=self._clock, sentence=sentence, parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def finished() -> None:
            if dialog.opened is not None:
                self.use_base(dialog.opened)
            elif self._opened is None:
                self._show_no_base()

        dialog.finished.connect(finished)
        dialog.open()
        return dialog

    def use_base(self, opened: "OpenedBase") -> None:
        """Work on this base from now on; the one before is closed."""
        from sisfoh_desktop.app import wiring
        from sisfoh_desktop.db.database import forbid_current_thread

        forbid_current_thread()
        before, self._opened = self._opened, opened
        if before is not None:
            self._on_worker(before.db.close)
        self._remember_base(opened)
        self._desk = Desk(
            db=opened.db,
            archive=opened.archive,
            tasks=self.tasks,
            clock=self._clock,
            actor=wiring.acting(self.settings),
            settings=self.settings,
            practice=opened.practice,
        )
        self.show_practice(opened.practice)
        self.setWindowTitle(
            " — ".join([opened.label, PROGRAM, *([PRACTICE_WORDS] if opened.practice else [])])
        )
        self._show_who()
        self.stack.set_desk(self._desk)
        if opened.notice:
            self.tell(opened.notice)

    def tell(self, sentence: str) -> None:
        """Show a notice over the window, without blocking."""
        from sisfoh_desktop.qtkit.messages import show_notice

        show_notice(self, "Aviso", sentence)

    def toast(self, text: str) -> None:
        """Show a line at the foot that goes by itself."""
        from sisfoh_desktop.qtkit.messages import Toast

        Toast.show_over(self, text)

    def _remember_base(self, opened: "OpenedBase") -> None:
        """The base of the next start; practice never takes the place of the office's own base."""
        if self._base == opened.target or (opened.practice and self.settings.database):
            return
        if opened.target != self.settings.database:
            self.settings.database = opened.target
        self._save_settings()

    def _save_settings(self) -> None:
        self._on_worker(replace(self.settings).save)

    def _on_worker(self, fn: object) -> None:
        assert callable(fn)
        self.tasks.run_query(fn, lambda _done: None, owner=self)

    def _show_no_base(self) -> None:
        self.status_line.show_waiting("Sin base abierta")
        self.stack.placeholder.show_sentence(
            "No hay una base abierta en este equipo.", "Elegir la base…", lambda: self.ask_connection()
        )

    def _show_who(self) -> None:
        if self._opened is not None and self._desk is not None:
            self.status_line.show_desk(
                user=self._desk.actor.user,
                office=self._desk.actor.office,
                base=self._opened.label,
                local=self._opened.local,
                practice=self._opened.practice,
            )

    def _connect(self) -> None:
        self.painted.connect(self.open_configured_base)
        self.rail.help_asked.connect(self.show_help)
        self.top_bar.search_asked.connect(self.show_search)

    # -- orders ----------------------------------------------------------------------------------------

    def _make_commands(self) -> list[Command]:
        def on_page(answer: str, nothing: str) -> Command:
            return Command("", partial(self._ask_page, answer, nothing))

        return [
            replace(on_page("new_record", "crear"), text="&Nuevo", keys=("Ctrl+N",), group="page"),
            replace(on_page("save", "guardar"), text="&Guardar", keys=("Ctrl+G", "Ctrl+S"), group="page"),
            replace(
                on_page("save_and_next", "guardar"),
                text="Guardar y &siguiente",
                keys=("Ctrl+Return", "Ctrl+Enter"),
                group="page",
            ),
            replace(
                on_page("preview", "previsualizar"), text="&Vista previa", keys=("Ctrl+P",), group="page"
            ),
            Command("&Exportar la lista a Excel", self.export_list, ("Ctrl+Shift+E",), "page"),
            Command("Hacer el siguiente &paso", self.next_panel.run, ("Alt+Return", "Alt+Enter"), "page"),
            Command("&Buscar en todo", self.show_search, ("Ctrl+K",), "find"),
            Command("&Filtrar la lista", self.filter_list, ("Ctrl+B", "Ctrl+F"), "find"),
            Command("Act&ualizar", self.refresh, ("F5",), "find"),
            Command("Seleccionar todo", self.select_all, ("Ctrl+E",)),
            Command("Pasar a la otra zona", self.next_zone, ("F6",)),
            Command("Texto más g&rande", partial(self.step_scale, 1), ("Ctrl++", "Ctrl+="), "look"),
            Command("Texto más pe&queño", partial(self.step_scale, -1), ("Ctrl+-",), "look"),
            Command("Texto &normal", partial(self.set_scale, 100), ("Ctrl+0",), "look"),
            Command("A&justes de este equipo…", self.show_settings, (), "pc"),
            Command("Cambiar de &base…", self._ask_other_base, (), "pc"),
            Command("A&yuda de esta página", self.show_help, ("F1",), "help"),
            Command("&Teclas del programa", partial(self.show_help, "keys"), (), "help"),
            Command("Sa&lir", self.close, ("Ctrl+Q",), "end"),
        ]

    def _ask_page(self, answer: str, nothing: str) -> None:
        page = self.stack.page
        if page is None or not getattr(page, answer)():
            self.toast(f"Aquí no hay nada que {nothing}.")

    def refresh(self) -> None:
        """F5: the page fetches its content again."""
        if self.stack.page is not None:
            self.stack.page.reload()

    def filter_list(self) -> None:
        """Ctrl+F: the cursor goes to the filter of the page's list."""
        table = self.stack.page.table() if self.stack.page is not None else None
        if table is None:
            self.toast("Aquí no hay una lista que filtrar.")
        else:
            table.focus_filter()

    def export_list(self) -> None:
        """Ctrl+Shift+E: the list as seen becomes a workbook."""
        from sisfoh_desktop.app import wiring

        table = self.stack.page.table() if self.stack.page is not None else None
        if table is None:
            self.toast("Aquí no hay una lista que exportar.")
            return
        from PySide6.QtWidgets import QFileDialog

        title = self.top_bar.title.text()
        start = str(Path.home() / f"{title}.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Exportar la lista", start, "Libro de Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")
        titles, rows = table.as_seen()
        self.tasks.run_query(
            partial(wiring.export_list, path, title, titles, rows),
            lambda _none: self.toast(f"Se exportó «{path.name}» con {len(rows)} filas."),
            owner=self,
        )

    def show_help(self, topic: str = "") -> None:
        """F1: the help of the page on view, or of a topic."""
        from sisfoh_desktop.qtkit.help_dialog import HelpDialog

        HelpDialog(topic or self.stack.specs[self.stack.number].key, self).open()

    def show_search(self) -> None:
        """Ctrl+K."""
        from sisfoh_desktop.app.search_dialog import SearchDialog

        SearchDialog(self._known_findings(), self._ask_records, self).open()

    def _known_findings(self) -> "list[search.Finding]":
        from sisfoh_desktop.app import search
        from sisfoh_desktop.qtkit.help_dialog import help_topics

        pages = [
            search.Finding("Página", spec.icon, spec.title, "", partial(self.stack.show_page, number))
            for number, spec in enumerate(self.stack.specs)
        ]
        own = self.stack.page.page_actions() if self.stack.page is not None else []
        orders = [
            search.Finding("Orden", "chevron-right", bare_words(action.text()), "", action.trigger)
            for action in own
            if action.isEnabled()
        ]
        orders += [
            search.Finding(
                "Orden",
                "chevron-right",
                bare_words(command.text),
                key_words(command.keys[0]) if command.keys else "",
                command.run,
            )
            for command in self._commands
            if bare_words(command.text) not in {order.title for order in orders}
        ]
        return [*pages, *orders, *search.help_findings(help_topics(), self.show_help)]

    def _ask_records(self, typed: str, answer: "search.Answer", owner: QObject) -> None:
        from sisfoh_desktop.app import search

        desk = self._desk
        if desk is None:
            return

        def found(hits: list[tuple[PageSpec, RecordHit]]) -> None:
            answer(
                [
                    search.Finding(
                        spec.title,
                        spec.icon,
                        hit.title,
                        hit.detail,
                        partial(self.stack.show_record, hit.kind, hit.record_id),
                    )
                    for spec, hit in hits
                ]
            )

        self.tasks.run_query(partial(search.find_records, self.stack.specs, desk, typed), found, owner=owner)

    def show_settings(self) -> None:
        """Ask for the settings of this PC and put them in force."""
        from sisfoh_desktop.app import wiring
        from sisfoh_desktop.qtkit.pc_settings_dialog import PcSettingsDialog

        values = PcSettingsDialog.ask(self.settings, self)
        if values is None:
            return
        self.settings.user, self.settings.office = str(values["user"]), str(values["office"])
        self.settings.theme = str(values["theme"])
        theme().set_scheme(self.settings.theme)
        if self._desk is not None:
            self._desk.actor = wiring.acting(self.settings)
        self._show_who()
        self._save_settings()

    def step_scale(self, step: int) -> None:
        """Text one size larger (+1) or smaller (-1)."""
        place = SCALES.index(theme().scale) + step
        self.set_scale(SCALES[min(max(place, 0), len(SCALES) - 1)])

    def set_scale(self, scale: int) -> None:
        """Text size in per cent."""
        theme().set_scale(scale)
        self._state.scale = theme().scale
        self.toast(f"Tamaño del texto: {theme().scale}\u00a0%")

    def _ask_other_base(self) -> None:
        if self._may_leave_pages():
            self.ask_connection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.stack.page
        if event.key() == Qt.Key.Key_Escape and page is not None and page.cancel():
            event.accept()
            return
        super().keyPressEvent(event)

    # -- leaving ---------------------------------------------------------------------------------------

    def _may_leave_pages(self) -> bool:
        from sisfoh_desktop.qtkit.messages import ask

        unsaved = [page.title for page in self.stack.built_pages() if page.has_unsaved()]
        return not unsaved or ask(
            self,
            "Hay cambios sin guardar",
            f"En {', '.join(unsaved)} hay algo escrito que no se guardó. Si sale ahora se pierde.",
            "Salir sin guardar",
            danger=True,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved text, let the worker end, close the base, and only then go."""
        if self._may_close or self._opened is None:
            self._state.geometry = self.saveGeometry()
            self._state.save()
            self._let_thread_go()
            super().closeEvent(event)
            return
        event.ignore()
        if not self._may_leave_pages():
            return
        self.setEnabled(False)
        self.status_line.show_waiting("Cerrando la base…")
        self.tasks.run_query(self._opened.db.close, lambda _none: None, owner=self, on_end=self._close_now)

    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def _let_thread_go(self) -> None:
        if self._opened is not None:
            from sisfoh_desktop.db.database import allow_current_thread

            allow_current_thread()
