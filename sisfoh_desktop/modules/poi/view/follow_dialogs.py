"""The questions of follow-up: why a figure departs from its programme, closing a month, opening it again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules import follow_up as rules
from sisfoh_desktop.modules.poi.rules.closing import MOST_DOCUMENT, MOST_REASON, ClosingCheck, activity_name
from sisfoh_desktop.modules.poi.rules.facts import Activity, Execution, MonthState, PoiPlan
from sisfoh_desktop.modules.poi.rules.follow_up import MOST_TEXT, Motive
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.view.plan_dialogs import TOUCHES
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.fields import LongTextField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog

_NAMED = 6  # activities told by name where one motive is for several


class MotiveDialog(FormDialog):
    """Why a month's figure departs from what was programmed, and what is done about it. It saves nothing itself.

    `others` are activities that get the same motive.
    """

    def __init__(
        self,
        activity: Activity,
        cell: Execution,
        motives: Sequence[Motive],
        *,
        year: int,
        part: str = "",
        others: Sequence[Activity] = (),
        parent: QWidget | None = None,
    ) -> None:
        title = f"Motivo de {1 + len(others)} desvíos" if others else f"Motivo del desvío{part}"
        super().__init__(title, primary="Anotar", parent=parent)
        form = self.form
        form.note(_names([activity, *others]))
        if not others:
            form.note(deviation_sentence(activity, cell, year))
        form.combo("motive", "Motivo", [(one.code, one.label) for one in motives])
        form.long_text("motive_text", "En palabras", max_length=MOST_TEXT, rows=3)
        form.long_text("corrective", "Medida correctiva", max_length=MOST_TEXT, rows=3)
        form.set_values(
            {
                "motive": cell.motive or None,
                "motive_text": cell.motive_text,
                "corrective": cell.corrective,
            }
        )

    def ask(self) -> dict[str, str] | None:
        """The three fields by name, or None if the person left."""
        values = self.ask_values()
        self.deleteLater()
        return None if values is None else {name: str(value or "") for name, value in values.items()}


def _names(activities: Sequence[Activity]) -> str:
    named = "; ".join(activity_name(one) for one in activities[:_NAMED])
    more = len(activities) - _NAMED
    return f"{named} y {more} más" if more > 0 else named


def deviation_sentence(activity: Activity, cell: Execution, year: int) -> str:
    """«Marzo de 2024: ejecutado 40 de 50, por debajo de lo programado.»"""
    name = rules.month_name(cell.month, year)
    head = f"{name[0].upper()}{name[1:]}"
    programmed = activity.programmed[cell.month - 1]
    if cell.physical is None:
        owed = format_quantity(programmed or Decimal(0))
        return f"{head}: programado {owed}; todavía no hay cifra ejecutada."
    told = (
        f"{head}: ejecutado {format_quantity(cell.physical)} de {format_quantity(programmed or Decimal(0))}"
    )
    if cell.physical == (programmed or Decimal(0)):
        return f"{told}, como se programó."
    return f"{told}, {rules.deviation_words(programmed, cell.physical)}."


class MissingMotivesDialog(TaskDialog):
    """Before saving figures that depart from their programme: write why now, one by one or one motive for all of them,
    save all the same, or go back.
    """

    WRITE, SAME, WITHOUT, BACK = "write", "same", "without", "back"
    usual_width = 460

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__("Motivo de los desvíos", primary="Escribirlo ahora", parent=parent)
        if count > 1:
            self.primary_button.setText("&Escribirlos ahora")
        self.answer = self.BACK
        told = QLabel(
            f"{counted(count, 'desvío no tiene', 'desvíos no tienen')} motivo. Puede guardar ahora y escribirlo "
            "después; para cerrar el mes hará falta, o decir por qué se cierra sin él."
        )
        told.setWordWrap(True)
        self.set_body(told)
        self.without_button = self.add_button(
            "&Guardar sin motivo", lambda: self._leave(self.WITHOUT), left=False
        )
        self.same_button = self.add_button("El mismo para &todos", lambda: self._leave(self.SAME))
        self.same_button.setVisible(count > 1)

    def ask(self) -> str:
        """WRITE, SAME, WITHOUT or BACK."""
        self.exec()
        self.deleteLater()
        return self.answer

    def submit(self) -> bool:
        self.answer = self.WRITE
        return True

    def _leave(self, answer: str) -> None:
        self.answer = answer
        self.accept()


class ReopenDialog(SavingDialog):
    """The document that orders to open a closed month, and why."""

    touches = TOUCHES

    def __init__(self, desk: Desk, plan: PoiPlan, month: int, parent: QWidget | None = None) -> None:
        name = rules.month_name(month, plan.year)
        super().__init__(
            desk,
            f"Reabrir {name}",
            partial(_reopen, desk, plan.id, month),
            primary="Reabrir el mes",
            parent=parent,
        )
        self.form.note(
            f"Las cifras de {name} se podrán corregir otra vez. Los meses siguientes quedan como están; la "
            "reapertura y su documento quedan en el historial del POI."
        )
        self.form.text(
            "document",
            "Documento que autoriza reabrir",
            required=True,
            max_length=MOST_DOCUMENT,
            placeholder="Memorando N° 010-2024",
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=MOST_REASON, rows=3)


def _reopen(desk: Desk, plan_id: int, month: int, values: dict[str, Any], token: str) -> None:
    following.reopen_month(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        plan_id=plan_id,
        month=month,
        document=values["document"],
        reason=values["reason"],
        token=token,
    )


@dataclass(frozen=True)
class _Owed:
    what: str
    name: str


class CloseDialog(TaskDialog):
    """What the months still owe, by name, and why they are closed all the same; nothing owed asks nothing.

    `months` are closed in order, those of `checks`.
    """

    usual_width = 720

    def __init__(
        self,
        desk: Desk,
        plan: PoiPlan,
        months: Sequence[MonthState],
        checks: Sequence[ClosingCheck],
        parent: QWidget | None = None,
    ) -> None:
        names = rules.month_list([one.month for one in months])
        super().__init__(
            f"Cerrar {names} de {plan.year}",
            primary="Cerrar el mes" if len(months) == 1 else f"Cerrar los {len(months)} meses",
            wide=True,
            parent=parent,
        )
        self.desk, self.plan, self.months = desk, plan, tuple(months)
        self._token = str(uuid.uuid4())
        self._saved = False
        owed = [
            _Owed(f"{rules.month_list([check.month]).capitalize()}: {what}", name)
            for check in checks
            for what, listed in (("sin informar", check.pending), ("sin motivo", check.unexplained))
            for name in listed
        ]
        self.complete = not owed
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        told = QLabel(self._told())
        told.setWordWrap(True)
        box.addWidget(told)
        self.list = RowTable(
            [
                Column("Qué falta", lambda one: one.what, width=170, tone=lambda _one: "warn"),
                Column("Actividad", lambda one: one.name),
            ],
            name="Lo que falta para cerrar",
            noun=("pendiente", "pendientes"),
            filterable=False,
        )
        self.reason = LongTextField("Por qué se cierra así", required=True, max_length=MOST_REASON, rows=2)
        if owed:
            self.list.setMinimumHeight(200)
            self.list.set_rows(owed)
            box.addWidget(self.list, 1)
            box.addWidget(self.reason)
        self.set_body(body)

    def ask(self) -> bool:
        """Show the dialog; whether it closed them."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    def _told(self) -> str:
        one = len(self.months) == 1
        after = (
            f"Desde el cierre no se registra ni se corrige nada en {'el mes' if one else 'ellos'}; para reabrir se "
            "pide un documento."
        )
        if self.complete:
            return f"Todo está informado y todo desvío tiene su motivo. {after}"
        closed = "se cierra" if one else "se cierran"
        return f"Falta lo que sigue. Complételo, o escriba por qué {closed} así. {after}"

    def has_unsaved(self) -> bool:
        return not self.complete and not self.reason.is_empty() and not self._saved

    def submit(self) -> bool:
        if not self.complete:
            try:
                self.reason.checked_value()
            except SisfohError as error:
                self.reason.set_error(error.sentence)
                self.reason.editor.setFocus()
                return False
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(self._close, "" if self.complete else self.reason.value()),
            touches=TOUCHES,
            on_done=self._on_saved,
            on_error=self.refuse,
            owner=self,
        )
        return False

    def _on_saved(self, _result: object) -> None:
        self._saved = True
        self.accept()

    def _close(self, reason: str) -> None:
        told: dict[str, Any] = {
            "actor": self.desk.actor,
            "now": self.desk.clock.now(),
            "plan_id": self.plan.id,
            "reason": reason,
            "token": self._token,
        }
        if len(self.months) == 1:
            one = self.months[0]
            following.close_month(self.desk.db, month=one.month, expected_version=one.version, **told)
        else:
            following.close_months(self.desk.db, until=self.months[-1].month, **told)
