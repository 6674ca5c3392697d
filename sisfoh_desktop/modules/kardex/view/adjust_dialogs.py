"""Adjustments of the inventory: the list that waits for approval, and the dialogs to propose, approve and withdraw.

An adjustment moves forms only with its second approval; until then the ledger stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import EnvironmentFailed, RuleError, SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder
from sisfoh_desktop.modules.kardex.rules.adjusting import Adjustment, AdjustmentState, NewAdjustment
from sisfoh_desktop.modules.kardex.service import catalogue, moving
from sisfoh_desktop.modules.kardex.service.history import history
from sisfoh_desktop.modules.kardex.view.register_choice_field import ChoiceField, holder_offers
from sisfoh_desktop.modules.kardex.view.register_numbers import read_count
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer
from sisfoh_desktop.modules.kardex.view.tab import APPROVE, MOVE, TOUCHES
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[AdjustmentState, Tone] = {
    AdjustmentState.PROPOSED: "warn",
    AdjustmentState.APPROVED: "ok",
    AdjustmentState.WITHDRAWN: "dim",
}
_FIELD_OF_CODE = {
    "approval_document_missing": "document",
    "approver_proposed": "approver",
    "approver_repeated": "approver",
    "forms_elsewhere": "numbers",
    "forms_unknown": "numbers",
    "reason_missing": "reason",
}
_STATES = tuple(condition for condition in Condition if condition is not Condition.OUTSIDE)


@dataclass(frozen=True)
class _Loaded:
    adjustments: list[Adjustment]
    types: Mapping[int, FormType]
    holders: list[Holder]


def _load(db: Any, campaign_id: int) -> _Loaded:
    return _Loaded(
        moving.list_adjustments(db, campaign_id),
        {one.id: one for one in catalogue.list_types(db, campaign_id)},
        catalogue.list_holders(db),
    )


class AdjustmentsDialog(TaskDialog):
    """«Ajustes por aprobar»: those proposed first; the buttons work on the chosen one."""

    usual_width = 880

    def __init__(self, desk: Desk, campaign_id: int, parent: QWidget | None = None) -> None:
        super().__init__("Ajustes por aprobar", primary="Aprobar…", cancel="Cerrar", parent=parent, wide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._campaign_id = desk, campaign_id
        self._types: Mapping[int, FormType] = {}
        self._names: Mapping[int, str] = {}
        self.list = RowTable(
            [
                Column("N°", lambda one: str(one.id), lambda one: one.id, align="right", width=48),
                Column("Fecha", lambda one: format_date(one.asked.moved_on), width=92, align="center"),
                Column("Formularios", self._forms),
                Column("Figuran", partial(self._place, before=True)),
                Column("Quedarán", partial(self._place, before=False)),
                Column("Motivo", lambda one: one.asked.reason),
                Column("Aprobaron", lambda one: ", ".join(a.approver for a in one.approvals) or "0 de 2"),
                Column("Estado", lambda one: one.state.label, tone=lambda one: _TONES[one.state], width=112),
            ],
            name="Ajustes",
            noun=("ajuste", "ajustes"),
            empty_text="No hay ajustes propuestos. Un ajuste corrige el kardex cuando un conteo no coincide.",
            empty_button="Proponer un ajuste…" if desk.actor.may(MOVE) else "",
            on_empty=self.propose,
        )
        self.list.setMinimumHeight(280)
        self.list.selection_changed.connect(lambda _one: self._refresh())
        self.list.activated.connect(lambda _one: self.try_submit())
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.set_body(body)
        self.withdraw_button = self.add_button("Retirar…", self.withdraw)
        self.propose_button = self.add_button("Proponer un ajuste…", self.propose)
        self.history_button = self.add_button("Historial", self.show_history)
        self._may_approve = only_for(desk.actor, APPROVE, self.primary_button)
        only_for(desk.actor, (MOVE, APPROVE), self.withdraw_button)
        only_for(desk.actor, MOVE, self.propose_button)
        self.primary_button.setEnabled(False)
        self.withdraw_button.setEnabled(False)
        self.history_button.setEnabled(False)
        self.reload()

    @classmethod
    def show_for(cls, parent: QWidget, desk: Desk, campaign_id: int) -> "AdjustmentsDialog":
        dialog = cls(desk, campaign_id, parent)
        dialog.open()
        return dialog

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self._campaign_id), self._on_loaded, self.refuse, owner=self
        )

    def submit(self) -> bool:
        """Approve the chosen one; the list stays open for the next."""
        one = self._open_one()
        if one is not None and self._may_approve:
            ApproveDialog(self.desk, one, self._told(one), self).open()
        return False

    def withdraw(self) -> None:
        one = self._open_one()
        if one is not None:
            WithdrawDialog(self.desk, one, self._told(one), self).open()

    def propose(self) -> None:
        ProposeDialog(self.desk, self._campaign_id, self).open()

    def show_history(self) -> None:
        """Who proposed the chosen one, who approved or withdrew it, and when."""
        one: Adjustment | None = self.list.selected()
        if one is not None:
            load = partial(history, self.desk.db, f"kardex_adjustment:{one.id}")
            HistoryDialog.show_for(self, self.desk.tasks, f"Ajuste N° {one.id}", load)

    # -- inside ----------------------------------------------------------------------------------------

    def _open_one(self) -> Adjustment | None:
        one: Adjustment | None = self.list.selected()
        return one if one is not None and one.state is AdjustmentState.PROPOSED else None

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._types = loaded.types
        self._names = {holder.id: holder.name for holder in loaded.holders}
        order = list(AdjustmentState)
        rows = sorted(loaded.adjustments, key=lambda one: (order.index(one.state), -one.id))
        self.list.set_rows(rows)
        self.list.refit()
        if rows and self.list.selected() is None:
            self.list.select(rows[0].id)
        self._refresh()

    def _refresh(self) -> None:
        waiting = self._open_one() is not None
        self.primary_button.setEnabled(waiting)
        self.withdraw_button.setEnabled(waiting)
        self.history_button.setEnabled(self.list.selected() is not None)

    def _forms(self, one: Adjustment) -> str:
        form_type = self._types.get(one.asked.type_id)
        if form_type is None:
            return format_number(one.form_count)
        ranges = form_type.ranges_text(one.asked.ranges) or format_number(one.form_count)
        return f"{form_type.code} {ranges}"

    def _place(self, one: Adjustment, *, before: bool) -> str:
        asked = one.asked
        holder = asked.from_holder_id if before else asked.to_holder_id
        condition = asked.from_condition if before else asked.to_condition
        name = self._names.get(holder, "")
        return f"{name} · {condition.label}" if condition is not None else name

    def _told(self, one: Adjustment) -> str:
        return (
            f"{self._forms(one)}: de {self._place(one, before=True)} a {self._place(one, before=False)}. "
            f"Motivo: {one.asked.reason}. Lo propuso {one.proposed_by} el {format_date(one.proposed_at.date())}."
        )


class _SendingDialog(FormDialog):
    """Saves on the worker with a token kept for the same values, and lets its list read again."""

    def __init__(
        self, title: str, primary: str, desk: Desk, parent: QWidget | None, columns: int = 1
    ) -> None:
        super().__init__(
            title, primary=primary, columns=columns, on_submit=self._send, parent=parent, clock=desk.clock
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._token = ""
        self._sent: dict[str, object] | None = None

    def change(self, values: dict[str, Any]) -> Any:
        """The service's call for these values, without actor, moment and token; None after showing an error."""
        raise NotImplementedError

    def _send(self, values: dict[str, object]) -> bool:
        change = self.change(values)
        if change is None:
            self.values = None
            return False
        if values != self._sent:
            self._token, self._sent = str(uuid4()), dict(values)
        self.set_busy(True)
        who = {"actor": self.desk.actor, "now": self.desk.clock.now(), "token": self._token}
        self.desk.tasks.run_change(
            partial(change, self.desk.db, **who),
            TOUCHES,
            on_done=lambda _result: self._on_done(),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def _on_refused(self, error: SisfohError) -> None:
        self.values = None
        if not isinstance(error, EnvironmentFailed):
            self._sent = None
        name = _FIELD_OF_CODE.get(error.code, "") if isinstance(error, RuleError) else ""
        if name in self.form.fields:
            self.set_busy(False)
            self.form.set_errors({name: error.sentence})
            self.fit()
        else:
            self.refuse(error)

    def _on_done(self) -> None:
        parent = self.parent()
        self.accept()
        if isinstance(parent, AdjustmentsDialog):
            parent.reload()


class ApproveDialog(_SendingDialog):
    """Who approves, with what office and paper; two different people are needed."""

    def __init__(self, desk: Desk, adjustment: Adjustment, told: str, parent: QWidget) -> None:
        super().__init__(f"Aprobar el ajuste N° {adjustment.id}", "Aprobar", desk, parent)
        self._adjustment = adjustment
        self.form.note(told)
        done = len(adjustment.approvals)
        self.form.note(
            "Es la segunda aprobación: con ella los formularios se mueven."
            if done
            else "Es la primera de dos aprobaciones: nada se mueve todavía."
        )
        self.form.text("approver", "Quien aprueba", required=True, max_length=160)
        self.form.text("position", "Cargo", required=True, max_length=160)
        self.form.text(
            "document",
            "Documento con que aprueba",
            max_length=200,
            hint="Hace falta si usted lo propuso o ya registró la otra aprobación",
        )

    def change(self, values: dict[str, Any]) -> Any:
        return partial(moving.approve_adjustment, adjustment_id=self._adjustment.id, **values)


class WithdrawDialog(_SendingDialog):
    """Why an adjustment is given up."""

    def __init__(self, desk: Desk, adjustment: Adjustment, told: str, parent: QWidget) -> None:
        super().__init__(f"Retirar el ajuste N° {adjustment.id}", "Retirar", desk, parent)
        self._adjustment = adjustment
        self.form.note(told)
        self.form.long_text("reason", "Motivo del retiro", required=True, max_length=2_000)

    def change(self, values: dict[str, Any]) -> Any:
        return partial(moving.withdraw_adjustment, adjustment_id=self._adjustment.id, **values)


class ProposeDialog(_SendingDialog):
    """Forms that are not where the kardex says: who really has them, and how they are."""

    def __init__(self, desk: Desk, campaign_id: int, parent: QWidget | None) -> None:
        super().__init__("Proponer un ajuste", "Proponer", desk, parent, columns=2)
        self.form.note(
            "Corrige el kardex cuando la realidad es otra. Necesita dos aprobaciones antes de moverse."
        )
        self.type = self.form.add("type", ChoiceField("Formulario", required=True))
        self.form.date("moved_on", "Día del hecho", required=True)
        self.form.text(
            "numbers", "Números (o cantidad, si no llevan)", required=True, wide=True, max_length=4_000,
            hint="004501-004510, 004515 o 004501-004550 menos 004517",
        )  # fmt: skip
        self.source = self.form.add("source", ChoiceField("Quien figura con ellos", required=True))
        self.form.combo(
            "before",
            "Condición en que figuran",
            [(one, one.label) for one in _STATES],
            hint="Vacía: la que tenga cada uno",
        )
        self.target = self.form.add("target", ChoiceField("Quien los tiene de verdad", required=True))
        self.form.combo("after", "Condición verdadera", [(one, one.label) for one in _STATES], required=True)
        self.form.long_text("reason", "Motivo", required=True, max_length=2_000)
        self.form.text("document", "Documento que lo sustenta", wide=True, max_length=200)
        self.form.set_values({"moved_on": desk.clock.now().date()})
        desk.tasks.run_query(partial(_load, desk.db, campaign_id), self._on_loaded, self.refuse, owner=self)

    @classmethod
    def show_for(cls, parent: QWidget, desk: Desk, campaign_id: int) -> "ProposeDialog":
        dialog = cls(desk, campaign_id, parent)
        dialog.open()
        return dialog

    def change(self, values: dict[str, Any]) -> Any:
        form_type: FormType = values["type"]
        ranges, count = FormRanges(), 0
        try:
            if form_type.serialised:
                ranges = parse_ranges(values["numbers"], form_type.number_width, form_type.prefix)
            else:
                count = read_count(values["numbers"])
        except RuleError as error:
            self.form.set_errors({"numbers": error.sentence})
            return None
        asked = NewAdjustment(
            type_id=form_type.id,
            moved_on=values["moved_on"],
            from_holder_id=values["source"].id,
            to_holder_id=values["target"].id,
            from_condition=values["before"],
            to_condition=values["after"],
            reason=values["reason"],
            document=values["document"],
            ranges=ranges,
            count=count,
        )
        return partial(moving.propose_adjustment, adjustment=asked)

    def _on_loaded(self, loaded: _Loaded) -> None:
        types = list(loaded.types.values())
        self.type.set_offers([Offer(one, one.code, one.title) for one in types])
        for field in (self.source, self.target):
            field.set_offers(holder_offers(loaded.holders))
        if types:
            self.type.set_value(types[0])
        self.form.mark_saved()
