"""What the register offers besides its blank row: the day's return, one movement, adjustments, files, the card.

Each order opens a dialog over the tab; what a dialog does is in its own file.
"""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.view.register_list import RegisterList
from sisfoh_desktop.modules.kardex.view.tab import MOVE, KardexTab
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for


class RegisterOrders(QObject):
    """The orders of the register as actions, most used first in `actions`."""

    def __init__(self, desk: Desk, tab: KardexTab, movements: RegisterList) -> None:
        super().__init__(tab)
        self.desk, self.tab, self.list = desk, tab, movements
        self._waiting = 0
        self.day_return = make_action(self, "Retorn&o del día…", self.open_day_return)
        self.detail = make_action(self, "&Ver el movimiento…", self._open_selected)
        self.reverse = make_action(self, "Revert&ir…", partial(self._open_selected, reverse=True))
        self.bring = make_action(self, "Importar…", self.bring_file)
        self.quarantine = make_action(self, "Filas en cuarentena…", self.open_quarantine)
        self.adjustments = make_action(self, "Ajustes por aprobar…", self.open_adjustments)
        self.propose = make_action(self, "Proponer un ajuste…", self.propose_adjustment)
        self.card = make_action(self, "Tarjeta kardex del formulario…\tCtrl+P", tab.preview)
        self.export = make_action(self, "Exportar el registro a Excel…", tab.export_list)
        only_for(desk.actor, MOVE, self.day_return, self.reverse, self.bring, self.quarantine, self.propose)

    @property
    def actions(self) -> list[QAction]:
        return [
            *(self.day_return, self.detail, self.reverse, self.bring, self.quarantine),
            *(self.adjustments, self.propose, self.card, self.export),
        ]

    def refresh(self, waiting: int | None = None) -> None:
        """Allow what can be done now; `waiting` rows of imported files are in quarantine."""
        if waiting is not None:
            self._waiting = waiting
        for action in self.actions:
            action.setEnabled(self.tab.campaign_id > 0)
        for action in (self.detail, self.reverse):
            action.setEnabled(self.list.model.rowCount() > 0)
        self.quarantine.setEnabled(self._waiting > 0)

    def settle_step(self) -> NextStep | None:
        """The rows of imported files that wait for somebody."""
        if not self._waiting:
            return None
        told = (
            "1 fila importada no cuadra con el kardex: corríjala o descártela, con su motivo."
            if self._waiting == 1
            else f"{format_number(self._waiting)} filas importadas no cuadran con el kardex: corríjalas o descártelas, "
            "con su motivo."
        )
        step = NextStep(
            "Resuelva la cuarentena",
            told,
            "Filas en cuarentena",
            run=self.open_quarantine,
        )
        return step_for(self.desk.actor, MOVE, step)

    # -- orders ----------------------------------------------------------------------------------------

    def open_movement(self, movement_id: int, *, reverse: bool = False) -> None:
        """A registered movement, whole; with `reverse` on to undoing it."""
        from sisfoh_desktop.modules.kardex.view.movement_dialog import MovementDialog

        dialog = MovementDialog.show_for(self.tab, self.desk, movement_id)
        dialog.open_record.connect(self.tab.open_record)
        dialog.open_tab.connect(self.tab.open_tab)
        if reverse:
            dialog.reverse_when_loaded()

    def open_day_return(self, holder_id: int = 0) -> None:
        """What a person brings back; 0: whom is asked there."""
        from sisfoh_desktop.modules.kardex.view.day_return_dialog import DayReturnDialog

        DayReturnDialog.show_for(self.tab, self.desk, self.tab.campaign_id, holder_id=holder_id)

    def bring_file(self) -> None:
        """Movements or opening balances out of a spreadsheet."""
        from sisfoh_desktop.modules.kardex.view.import_dialog import ImportDialog
        from sisfoh_desktop.modules.kardex.view.import_rows import result_words
        from sisfoh_desktop.qtkit.messages import Toast

        result = ImportDialog.ask(self.desk, self.tab.campaign_id, self.tab.window())
        if result is not None:
            Toast.show_over(self.tab, result_words(result))

    def open_quarantine(self) -> None:
        """The rows of imported files that did not add up."""
        from sisfoh_desktop.modules.kardex.view.import_quarantine import QuarantineDialog

        QuarantineDialog.show_for(self.desk, self.tab.campaign_id, self.tab.window())

    def open_adjustments(self) -> None:
        """Those that were proposed and wait for their approvals."""
        from sisfoh_desktop.modules.kardex.view.adjust_dialogs import AdjustmentsDialog

        AdjustmentsDialog.show_for(self.tab, self.desk, self.tab.campaign_id)

    def propose_adjustment(self) -> None:
        from sisfoh_desktop.modules.kardex.view.adjust_dialogs import ProposeDialog

        ProposeDialog.show_for(self.tab, self.desk, self.tab.campaign_id)

    def show_card(self, type_id: int, code: str) -> None:
        """The kardex card of a type as it stands today; without a type it is asked."""
        from sisfoh_desktop.modules.kardex.service import actas
        from sisfoh_desktop.modules.kardex.view.actas_sheets import SheetOrders

        orders = SheetOrders(self.desk, self.tab)
        if not type_id:
            orders.show_card()
            return
        today = self.desk.clock.now().date()
        orders.query(
            partial(actas.card_pdf, self.desk.db, type_id=type_id, today=today),
            lambda pdf: orders.show_pdf(pdf, f"Tarjeta kardex de {code}", f"tarjeta kardex {code}"),
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _open_selected(self, *, reverse: bool = False) -> None:
        line = self.list.selected()
        if line is not None:
            self.open_movement(line.id, reverse=reverse)
