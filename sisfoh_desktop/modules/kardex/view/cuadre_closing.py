"""Closing a campaign and opening it again: what is in the way is listed, with where to go; then the document."""

from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.modules.kardex.rules.cuadre import Closing, HeldAtClosing
from sisfoh_desktop.modules.kardex.rules.differences import Difference
from sisfoh_desktop.modules.kardex.service import actas, counting
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import CatalogueDialog
from sisfoh_desktop.modules.kardex.view.cuadre_period import Span
from sisfoh_desktop.modules.kardex.view.cuadre_rows import SEVERITY_TONES
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone


def ask_closing(desk: Desk, campaign: Campaign, tab: Any) -> None:
    """Close an open campaign, or open a closed one: looks first at what is in the way."""
    if campaign.closed_on is not None:
        ReopenDialog(desk, campaign, parent=tab.window()).ask()
        return

    def show(found: tuple[Closing, str]) -> None:
        closing, acta = found
        if closing.ready:
            ready = CloseDialog(desk, closing.campaign, acta, parent=tab.window())
            ready.ask()
            if ready.wants_acta:
                tab.open_tab.emit("actas", ("closing", None))
            return
        dialog = BlockedDialog(closing, parent=tab.window())
        if dialog.exec() == TaskDialog.DialogCode.Accepted:
            _go_to(tab, dialog.list.selected())
        dialog.deleteLater()

    desk.tasks.run_query(
        partial(_load_closing, desk.db, campaign.id, desk.clock.now().date()),
        show,
        owner=tab,
    )


def _load_closing(db: Any, campaign_id: int, today: date) -> tuple[Closing, str]:
    """What is in the way, and the number of the closing acta."""
    return counting.check_closing(db, campaign_id=campaign_id, today=today), actas.closing_acta(
        db, campaign_id
    )


def _go_to(tab: Any, chosen: HeldAtClosing | Difference | None) -> None:
    if isinstance(chosen, HeldAtClosing):
        tab.open_tab.emit("custody", chosen.holder.id)
    elif chosen is not None:
        tab.bar.choose_span(Span.CLOSING)
        tab.list.setFocus()


class BlockedDialog(TaskDialog):
    """Why a campaign cannot be closed yet; the button goes to the chosen line."""

    usual_width = 760

    def __init__(self, closing: Closing, parent: QWidget | None = None) -> None:
        super().__init__(
            f"Cerrar la campaña {closing.campaign.name}",
            primary="Ir a la línea elegida",
            wide=True,
            parent=parent,
        )
        told = QLabel(_told(closing))
        told.setWordWrap(True)
        self.list = RowTable(
            _columns(),
            key=lambda one: one.text if isinstance(one, HeldAtClosing) else one.fingerprint,
            name="Lo que falta para cerrar",
            noun=("pendiente", "pendientes"),
        )
        self.list.setMinimumHeight(280)
        self.list.set_rows((*closing.held, *closing.unexplained))
        self.list.view.select_row(0)
        self.list.activated.connect(lambda _one: self.try_submit())
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(told)
        box.addWidget(self.list, 1)
        self.set_body(body)


def _told(closing: Closing) -> str:
    people = len({one.holder.id for one in closing.held})
    parts = []
    if people:
        parts.append(
            f"{people} {'persona tiene' if people == 1 else 'personas tienen'} formularios en su poder"
        )
    if closing.unexplained:
        count = len(closing.unexplained)
        parts.append(f"{count} {'diferencia sigue' if count == 1 else 'diferencias siguen'} sin explicar")
    return f"Todavía no se puede cerrar: {' y '.join(parts)}."


def _columns() -> list[Column]:
    return [
        Column("Qué falta", _what, width=210, tone=_tone),
        Column("Persona", lambda one: one.holder.name if isinstance(one, HeldAtClosing) else one.holder_name),
        Column("Números", _numbers),
    ]


def _what(one: HeldAtClosing | Difference) -> str:
    return f"En poder: {one.condition.label.lower()}" if isinstance(one, HeldAtClosing) else one.kind.label


def _tone(one: HeldAtClosing | Difference) -> Tone:
    return "warn" if isinstance(one, HeldAtClosing) else SEVERITY_TONES[one.severity]


def _numbers(one: HeldAtClosing | Difference) -> str:
    if isinstance(one, Difference):
        return f"{one.type_code} {one.ranges_text}".strip()
    numbers = one.form_type.ranges_text(one.ranges) if one.ranges else str(one.form_count)
    return f"{one.form_type.code} {numbers}"


class CloseDialog(CatalogueDialog):
    """The day and the acta of the closing; `acta` is its number if it was made. The choice is (document, day)."""

    field_by_code: ClassVar[dict[str, str]] = {
        "closing_future": "closed_on",
        "closing_too_early": "closed_on",
        "text_missing": "document",
        "text_too_long": "document",
    }

    def __init__(self, desk: Desk, campaign: Campaign, acta: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Cerrar la campaña {campaign.name}",
            partial(_close, desk, campaign),
            primary="Cerrar la campaña",
            columns=1,
            parent=parent,
        )
        self.form.note(
            "Nadie tiene formularios y no queda ninguna diferencia sin explicar. Después del cierre no se registra "
            "ningún movimiento; para volver a abrirla se pide un documento."
        )
        self.form.date("closed_on", "Día del cierre", required=True)
        self.form.text(
            "document",
            "Acta de cierre",
            required=True,
            max_length=500,
            placeholder="Acta de cierre N° 001-2024-ULE",
        )
        self.wants_acta = False
        self.form.set_values(
            {
                "closed_on": desk.clock.now().date(),
                "document": f"Acta de cierre N° {acta}" if acta else "",
            }
        )
        if not acta:
            self.form.note(
                "Todavía no se hizo el acta de cierre de esta campaña. Hágala aquí, o escriba la que hay."
            )
            self.acta_button = self.add_button("&Hacer el acta de cierre…", self._on_acta_wanted)

    def _on_acta_wanted(self) -> None:
        self.reject()
        self.wants_acta = not self.isVisible()

    def choice_from(self, values: dict[str, Any]) -> tuple[str, Any]:
        return values["document"], values["closed_on"]


class ReopenDialog(CatalogueDialog):
    """The document that orders to open a campaign again; the choice is its text."""

    def __init__(self, desk: Desk, campaign: Campaign, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Reabrir la campaña {campaign.name}",
            partial(_reopen, desk, campaign),
            primary="Reabrir la campaña",
            columns=1,
            parent=parent,
        )
        self.form.note(f"Se cerró con: {campaign.closing_document}.")
        self.form.text(
            "document",
            "Documento que ordena reabrir",
            required=True,
            max_length=500,
            placeholder="Memorando N° 010-2024",
        )

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["document"])


def _close(desk: Desk, campaign: Campaign, choice: tuple[str, Any], token: str) -> None:
    counting.close_campaign(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        campaign_id=campaign.id,
        expected_version=campaign.version,
        document=choice[0],
        closed_on=choice[1],
        token=token,
    )


def _reopen(desk: Desk, campaign: Campaign, document: str, token: str) -> None:
    counting.reopen_campaign(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        campaign_id=campaign.id,
        expected_version=campaign.version,
        document=document,
        token=token,
    )
