"""The questions about notifications: whom to notify, what became of one, by which channel again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    OUTCOMES,
    Channel,
    Notification,
    NotificationState,
    Outcome,
    Proposal,
    Recipient,
    clean_recipient,
)
from sisfoh_desktop.modules.resoluciones.view.changes import TOUCHES
from sisfoh_desktop.modules.resoluciones.view.delivery_forms import add_file
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog
from sisfoh_desktop.qtkit.theme import theme


@dataclass(frozen=True)
class Chosen:
    """Whom to notify, and by which channel."""

    recipients: tuple[Recipient, ...]
    channel: str


class RecipientsDialog(SavingDialog):
    """The proposed recipients with their boxes (Space ticks), and a place to add others. The choice is a Chosen."""

    touches = TOUCHES

    def __init__(
        self,
        desk: Desk,
        proposals: Sequence[Proposal],
        channels: Sequence[Channel],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, "Preparar notificaciones", save, primary="Preparar", columns=2, parent=parent)
        self._wide = True
        self.usual_width = 640
        self.list = QListWidget()
        self.list.setAccessibleName("Destinatarios propuestos")
        self.list.setMinimumHeight(232)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._recipients: list[Recipient] = []
        for proposal in proposals:
            self._add_row(proposal.recipient, proposal.chosen, proposal.note)
        self.form.combo(
            "channel", "Canal", [(one.key, one.name) for one in channels], required=True, wide=True
        )
        self.form.fields["channel"].set_value("personal")
        self.form.group("Agregar a otra persona o entidad")
        self.form.text("name", "Nombre", max_length=300)
        self.form.text("email", "Correo electrónico", max_length=200)
        add = QPushButton("Agregar a la lista")
        add.setAutoDefault(False)
        add.clicked.connect(lambda: self.add_other())
        self.form.text("address", "Dirección", max_length=300, wide=True, accessory=add)
        self.form.mark_saved()
        layout = self.form.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.list, 1)  # below what the form sums up
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus()

    def chosen(self) -> Chosen:
        """The ticked ones, in the order of the list."""
        ticked = [
            recipient
            for row, recipient in enumerate(self._recipients)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        ]
        return Chosen(tuple(ticked), self.form.value("channel"))

    def add_other(self) -> bool:
        """Put whoever was typed into the list, ticked; False after showing what is wrong."""
        values = self.form.checked()
        if values is None:
            return False
        try:
            typed = clean_recipient(
                Recipient(values["name"], address=values["address"], email=values["email"])
            )
        except RuleError as error:
            self.form.show_refusal(error, {"email_invalid": "email", "text_missing": "name"})
            return False
        self._add_row(typed, True, "")
        self.list.setCurrentRow(self.list.count() - 1)
        self.list.scrollToBottom()
        for name in ("name", "email", "address"):
            self.form.fields[name].set_value("")
        self.form.mark_saved()
        self.form.jump_to("name")
        return True

    def submit(self) -> bool:
        if self.form.fields["name"].raw().strip() and not self.add_other():
            return False
        return super().submit()

    def choice_from(self, values: dict[str, Any]) -> Chosen:
        chosen = self.chosen()
        if not chosen.recipients:
            raise RuleError(
                "recipients_missing", "Marque al menos un destinatario (barra espaciadora), o agregue uno."
            )
        return chosen

    def _add_row(self, recipient: Recipient, ticked: bool, note: str) -> None:
        told = [recipient.label, note or recipient.origin.label]
        item = QListWidgetItem("   ·   ".join(told))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, theme().px(28)))
        item.setToolTip(plain_tip(recipient.person or recipient.address or recipient.name))
        self._recipients.append(recipient)
        self.list.addItem(item)


@dataclass(frozen=True)
class OutcomeAnswer:
    """What happened, and the path of the scanned cargo ("" when there is none yet)."""

    outcome: Outcome
    file: str


class OutcomeDialog(SavingDialog):
    """ "Registrar entrega": delivered, refused or returned."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"hour_invalid": "hour"}

    def __init__(
        self,
        desk: Desk,
        notification: Notification,
        channels: Sequence[Channel],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            "Registrar entrega",
            save,
            primary="Registrar",
            columns=2,
            subject=f"notification:{notification.id}",
            parent=parent,
        )
        person = f", {notification.recipient.person}" if notification.recipient.person else ""
        again = f" Intento {notification.attempt}." if notification.attempt > 1 else ""
        self.form.note(f"{notification.recipient.name}{person}.{again}")
        self.form.combo("state", "Qué pasó", [(one, one.label) for one in OUTCOMES], required=True)
        self.form.combo("channel", "Canal", [(one.key, one.name) for one in channels], required=True)
        self.form.date("on", "Fecha", required=True)
        self.form.text("hour", "Hora", required=True, max_length=10, hint="Como 10:30.")
        self.form.text("receiver", "Quién recibió", max_length=300)
        self.form.text("dni", "DNI", max_length=8)
        self.form.text("relation", "Vínculo o cargo", max_length=200, wide=True)
        self.form.long_text(
            "note",
            "Nota",
            max_length=1_000,
            rows=2,
            hint="Si se rehusó: cómo y quién fue testigo. Si se devolvió: por qué.",
        )
        add_file(self.form, "file", "Cargo escaneado", self)
        now = desk.clock.now()
        self.form.set_values(
            {
                "state": NotificationState.DELIVERED,
                "channel": notification.channel,
                "on": now.date(),
                "hour": f"{now:%H:%M}",
            }
        )

    def choice_from(self, values: dict[str, Any]) -> OutcomeAnswer:
        hour = _hour(values["hour"])
        if hour is None:
            raise RuleError("hour_invalid", "Escriba la hora como 10:30, de 00:00 a 23:59.")
        outcome = Outcome(
            state=values["state"],
            channel=values["channel"],
            moment=datetime.combine(values["on"], hour, tzinfo=LIMA),
            receiver=values["receiver"],
            relation=values["relation"],
            note=values["note"],
            dni=values["dni"],
        )
        return OutcomeAnswer(outcome, values["file"].strip())


class RetryDialog(SavingDialog):
    """By which channel what came back is tried again; the channel is the choice."""

    touches = TOUCHES

    def __init__(
        self,
        desk: Desk,
        notification: Notification,
        channels: Sequence[Channel],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, "Nuevo intento", save, primary="Preparar", parent=parent)
        self.form.note(f"{notification.recipient.name}: intento {notification.attempt + 1}.")
        self.form.combo("channel", "Canal", [(one.key, one.name) for one in channels], required=True)
        self.form.set_values({"channel": notification.channel})

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["channel"])


def _hour(typed: str) -> time | None:
    found = re.fullmatch(r"\s*(\d{1,2})[:.h](\d{2})\s*", typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))
