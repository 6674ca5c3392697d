"""The questions about notifications: whom to notify, what became of one, by which channel again, and why."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import LIMA, Clock
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
from sisfoh_desktop.modules.resoluciones.view.delivery_forms import SavingDialog, add_file
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import theme


@dataclass(frozen=True)
class Chosen:
    """Whom to notify, and by which channel."""

    recipients: tuple[Recipient, ...]
    channel: str


class RecipientsDialog(TaskDialog):
    """The proposed recipients with their boxes (Space ticks), and a place to add others."""

    usual_width = 640

    def __init__(
        self, proposals: Sequence[Proposal], channels: Sequence[Channel], parent: QWidget | None = None
    ) -> None:
        super().__init__("Preparar notificaciones", primary="Preparar", parent=parent, wide=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Destinatarios propuestos")
        self.list.setMinimumHeight(232)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._recipients: list[Recipient] = []
        for proposal in proposals:
            self._add_row(proposal.recipient, proposal.chosen, proposal.note)
        self.form = Form(columns=2, taken_letters=self.button_letters)
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
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(12)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.form)
        self.set_body(body)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.setFocus()

    @classmethod
    def ask(
        cls, proposals: Sequence[Proposal], channels: Sequence[Channel], parent: QWidget | None = None
    ) -> Chosen | None:
        """Whom to notify, or None."""
        dialog = cls(proposals, channels, parent)
        return dialog.chosen() if dialog.exec() == TaskDialog.DialogCode.Accepted else None

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
        if self.chosen().recipients:
            return True
        self.refuse(
            RuleError(
                "recipients_missing", "Marque al menos un destinatario (barra espaciadora), o agregue uno."
            )
        )
        return False

    def has_unsaved(self) -> bool:
        return self.form.is_modified()

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

    def __init__(
        self,
        notification: Notification,
        channels: Sequence[Channel],
        clock: Clock,
        save: Callable[[OutcomeAnswer, SavingDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Registrar entrega", primary="Registrar", save=save, parent=parent, clock=clock)
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
        now = clock.now()
        self.form.set_values(
            {
                "state": NotificationState.DELIVERED,
                "channel": notification.channel,
                "on": now.date(),
                "hour": f"{now:%H:%M}",
            }
        )

    def answer(self, values: dict[str, Any]) -> OutcomeAnswer | None:
        hour = _hour(values["hour"])
        if hour is None:
            self.form.set_errors({"hour": "Escriba la hora como 10:30, de 00:00 a 23:59."})
            return None
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


class ReasonDialog(FormDialog):
    """Asks why, before something that the trail must explain."""

    def __init__(self, title: str, verb: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(title, primary=verb, parent=parent)
        self.form.note(note)
        self.form.long_text("reason", "Motivo", required=True, max_length=1_000, rows=3)

    @classmethod
    def ask(cls, title: str, verb: str, note: str, parent: QWidget | None = None) -> str | None:
        """The reason, or None."""
        values = cls(title, verb, note, parent).ask_values()
        return None if values is None else str(values["reason"])


class RetryDialog(FormDialog):
    """By which channel what came back is tried again."""

    def __init__(
        self, notification: Notification, channels: Sequence[Channel], parent: QWidget | None = None
    ) -> None:
        super().__init__("Nuevo intento", primary="Preparar", parent=parent)
        self.form.note(f"{notification.recipient.name}: intento {notification.attempt + 1}.")
        self.form.combo("channel", "Canal", [(one.key, one.name) for one in channels], required=True)
        self.form.set_values({"channel": notification.channel})

    @classmethod
    def ask(
        cls, notification: Notification, channels: Sequence[Channel], parent: QWidget | None = None
    ) -> str | None:
        """The channel, or None."""
        values = cls(notification, channels, parent).ask_values()
        return None if values is None else str(values["channel"])


def _hour(typed: str) -> time | None:
    found = re.fullmatch(r"\s*(\d{1,2})[:.h](\d{2})\s*", typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))
