"""Respaldos: how the office is covered above, every copy that was made below."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.safekeeping.rules.backups import (
    next_backup_due,
    next_rehearsal_due,
    standing_words,
)
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupLine, BackupStanding
from sisfoh_desktop.modules.safekeeping.service import backups
from sisfoh_desktop.modules.safekeeping.view.backup_orders import BackupOrders
from sisfoh_desktop.modules.safekeeping.view.backup_rows import backup_columns
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.tabbed_page import PageTab

_NO_COPIES = "Todavía no se hizo ningún respaldo de esta base."


class _Loaded:
    def __init__(self, db: Any) -> None:
        self.standing: BackupStanding = backups.standing(db)
        self.lines: list[BackupLine] = backups.list_backups(db)


class BackupsTab(PageTab):
    """The copies of this base."""

    key = "backups"
    title = "Respaldos"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._standing: BackupStanding | None = None
        self._wanted = 0
        self.orders = BackupOrders(desk, self)
        self.orders.made.connect(self.show_part)
        self._build_actions()
        may = desk.actor.may("backup.make")
        self.copies = RowTable(
            backup_columns(),
            name="Respaldos hechos",
            noun=("respaldo", "respaldos"),
            empty_text=_NO_COPIES,
            empty_button="Respaldar ahora…" if may else "",
            on_empty=self._back_up if may else None,
        )
        self.copies.menu_actions = [self.slip_action, self.rehearse_action, self.restore_action]
        self.copies.activated.connect(lambda _one: self.slip_action.trigger())
        self.copies.selection_changed.connect(lambda _one: self._refresh())
        self._build_layout()
        copying = (self.make_action, self.rehearse_action, self.restore_action, self.thin_action)
        only_for(desk.actor, "backup.make", *copying)
        only_for(desk.actor, "base.manage", self.transfer_action)
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_Loaded, self.desk.db), self._on_loaded, owner=self)

    def show_part(self, part: Any) -> None:
        """A copy by its id."""
        if isinstance(part, int) and part:
            self._wanted = part
            self._select_wanted()

    def next_step(self) -> NextStep | None:
        if self._standing is None or not self.desk.actor.may("backup.make"):
            return None
        today = self.desk.clock.now().astimezone(LIMA).date()
        tried = next_rehearsal_due(self._standing)
        if not self._standing.changes and tried is not None and today >= tried:
            return NextStep(
                "Ensaye una restauración",
                "Una copia sirve cuando se probó que se abre. El ensayo la abre aparte, la compara y la retira.",
                "Ensayar una restauración…",
                run=self.rehearse_action.trigger,
            )
        if self._standing.last is None and not self._standing.changes:
            return NextStep(
                "Haga el primer respaldo",
                "De esta base todavía no hay ninguna copia.",
                "Respaldar ahora…",
                run=self.make_action.trigger,
            )
        if not self._standing.changes:
            return NextStep(
                "La oficina está respaldada",
                "Nada cambió desde el último respaldo. Guarde su constancia impresa aparte de la copia.",
                "Imprimir constancia",
                enabled=self.slip_action.isEnabled(),
                reason="Elija un respaldo de la lista.",
                run=self.slip_action.trigger,
            )
        due = next_backup_due(self._standing)
        told = f" Corresponde hacerlo a más tardar el {format_date(due)}." if due is not None else ""
        return NextStep(
            "Haga un respaldo",
            f"Hay cambios que no están en ninguna copia.{told}",
            "Respaldar ahora…",
            run=self.make_action.trigger,
        )

    def actions_of_tab(self) -> list[QAction]:
        return [
            self.make_action,
            self.rehearse_action,
            self.slip_action,
            self.restore_action,
            self.thin_action,
            self.transfer_action,
        ]

    def table(self) -> RowTable:
        return self.copies

    def new_record(self) -> bool:
        if not (self.make_action.isVisible() and self.make_action.isEnabled()):
            return False
        self.make_action.trigger()
        return True

    def preview(self) -> bool:
        if not self.slip_action.isEnabled():
            return False
        self.slip_action.trigger()
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        action = partial(make_action, self)

        orders = self.orders
        self.make_action = action(
            "Respaldar &ahora…", self._back_up, "Copiar la base y sus papeles a una memoria (Ctrl+N)", "save"
        )
        self.rehearse_action = action(
            "&Ensayar una restauración…",
            lambda: orders.rehearse(self.copies.selected()),
            "Abrir una copia aparte, compararla y retirarla",
            "shield-check",
        )
        self.restore_action = action(
            "Restaurar en &otro lugar…",
            lambda: orders.restore(self.copies.selected()),
            "Abrir una copia como otra base, en una carpeta nueva; nunca encima de una base",
        )
        self.slip_action = action(
            "Imprimir &constancia",
            self._on_slip,
            "La hoja del respaldo elegido, con la cabeza del historial (Ctrl+P)",
            "printer",
        )
        self.thin_action = action(
            "Re&tirar copias antiguas…", orders.remove_old, "Ver cuáles ya no hacen falta y retirarlas"
        )
        self.transfer_action = action(
            "Tra&sladar…", orders.transfer, "Copiar la oficina entera a otra base y compararlas"
        )

    def _build_layout(self) -> None:
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.state)
        layout.addWidget(self.copies, 1)
        self.setFocusProxy(self.copies)

    def _back_up(self) -> None:
        due = next_backup_due(self._standing) if self._standing is not None else None
        today = self.desk.clock.now().astimezone(LIMA).date()
        self.orders.back_up(due=due is not None and today >= due)

    def _on_slip(self) -> None:
        line: BackupLine | None = self.copies.selected()
        if line is not None:
            self.orders.print_slip(line)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._standing = loaded.standing
        self.state.setText(standing_words(loaded.standing))
        self.copies.set_rows(loaded.lines)
        self._select_wanted()
        if self.copies.selected() is None and loaded.lines:
            self.copies.select(loaded.lines[0].id)
        self._refresh()

    def _select_wanted(self) -> None:
        if self._wanted and self.copies.select(self._wanted):
            self._wanted = 0

    def _refresh(self) -> None:
        self.slip_action.setEnabled(self.copies.selected() is not None)
        self.next_step_changed.emit()
