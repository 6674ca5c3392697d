"""The orders about papers that nobody signs here: the card, daily control sheets, the inventory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.rules import FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import actas, catalogue
from sisfoh_desktop.modules.kardex.view.actas_dialogs import (
    CardAnswer,
    CardDialog,
    SheetAnswer,
    SheetDialog,
)
from sisfoh_desktop.modules.kardex.view.actas_running import PaperOrders
from sisfoh_desktop.modules.kardex.view.tab import MOVE
from sisfoh_desktop.qtkit.open_dialog import OpenDialog

_IN_FIELD = (HolderKind.EMPADRONADOR, HolderKind.CREW_CHIEF)
EVERYBODY = "Todos los que tienen formularios"


@dataclass(frozen=True)
class Choices:
    """What the dialogs offer: the types of the campaign and whoever can hold forms in the office."""

    types: tuple[FormType, ...]
    holders: tuple[Holder, ...]


class SheetOrders(PaperOrders):
    """Asks which and shows it; the inventory may also become an acta (`make_inventory_acta`)."""

    def show_card(self, type_id: int = 0) -> None:
        """Ask which card; show it or save its workbook."""
        self.query(self.load_choices, partial(self._ask_card, type_id))

    def show_daily_sheet(self, holder_id: int = 0) -> None:
        """Ask whose sheet and for which day."""
        self.query(self.load_choices, partial(self._ask_daily, holder_id))

    def show_inventory(self) -> None:
        """Ask whose inventory; a working sheet, or the acta of one holder's."""
        self.query(self.load_choices, self._ask_inventory)

    def make_inventory_acta(self, holder_id: int) -> None:
        """The acta of an inventory."""
        raise NotImplementedError

    def load_choices(self) -> Choices:
        db, campaign_id = self.desk.db, self.tab.campaign_id
        holders = tuple(one for one in catalogue.list_holders(db) if not one.kind.is_outside)
        return Choices(tuple(catalogue.list_types(db, campaign_id)), holders)

    def _ask_daily(self, holder_id: int, choices: Choices) -> None:
        people = [one for one in choices.holders if one.kind in _IN_FIELD or one.id == holder_id]

        def run(answer: SheetAnswer, dialog: OpenDialog) -> None:
            def make(progress: Progress) -> bytes:
                return actas.daily_sheet_pdf(
                    self.desk.db,
                    campaign_id=self.tab.campaign_id,
                    day=answer.day,
                    today=self.desk.clock.now().date(),
                    holder_id=answer.holder_id,
                    progress=progress,
                )

            name = f"hoja de control {answer.day}"
            self.show_made(dialog, make, "Hoja de control diario", name, noun="personas")

        self.open_sheet("Hoja de control diario", EVERYBODY, people, run, with_day=True, holder_id=holder_id)

    def _ask_inventory(self, choices: Choices) -> None:
        def run(answer: SheetAnswer, dialog: OpenDialog) -> None:
            def make(_progress: Progress) -> bytes:
                return actas.inventory_pdf(
                    self.desk.db,
                    campaign_id=self.tab.campaign_id,
                    today=self.desk.clock.now().date(),
                    holder_id=answer.holder_id,
                )

            self.show_made(dialog, make, "Hoja de arqueo", f"arqueo {answer.day}")

        dialog = self.open_sheet("Inventario", EVERYBODY, choices.holders, run)

        def make_acta() -> None:
            answer = dialog.asked()
            if answer is not None:
                dialog.accept()
                self.make_inventory_acta(answer.holder_id)

        if self.desk.actor.may(MOVE):
            dialog.add_button("Hacer acta…", make_acta)

    def open_sheet(
        self,
        title: str,
        everybody: str,
        holders: Sequence[Holder],
        run: Callable[[SheetAnswer, OpenDialog], object],
        *,
        with_day: bool = False,
        holder_id: int = 0,
        primary: str = "",
    ) -> SheetDialog:
        dialog = SheetDialog(
            title,
            everybody,
            holders,
            clock=self.desk.clock,
            with_day=with_day,
            holder_id=holder_id,
            run=run,
            parent=self.tab,
        )
        if primary:
            dialog.primary_button.setText(primary)
        dialog.open()
        return dialog

    def _ask_card(self, type_id: int, choices: Choices) -> None:
        db, clock = self.desk.db, self.desk.clock

        def asked(answer: CardAnswer) -> dict[str, Any]:
            return {
                "type_id": answer.type_id,
                "holder_id": answer.holder_id,
                "since": answer.since,
                "until": answer.until,
            }

        def run(answer: CardAnswer, dialog: OpenDialog) -> None:
            def make(progress: Progress) -> bytes:
                return actas.card_pdf(db, today=clock.now().date(), **asked(answer), progress=progress)

            self.show_made(dialog, make, "Tarjeta kardex", "tarjeta kardex")

        def save(answer: CardAnswer, dialog: OpenDialog) -> None:
            def make(progress: Progress) -> bytes:
                return actas.card_workbook(db, **asked(answer), progress=progress)

            self.save_workbook(dialog, make, "tarjeta kardex.xlsx")

        CardDialog(
            choices.types,
            choices.holders,
            clock=clock,
            type_id=type_id,
            run=run,
            save=save,
            parent=self.tab,
        ).open()
