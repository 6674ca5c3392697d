"""What is asked before a paper of the kardex is made: the acta itself, its series, the card, the sheets.

Each stays open until the worker has done it; a refusal keeps what was typed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.kardex.rules import FormType, Holder
from sisfoh_desktop.modules.kardex.rules.acta_words import part_words
from sisfoh_desktop.modules.kardex.rules.actas import (
    MAX_NAME,
    MAX_NOTE,
    ActaDraft,
    ActaKind,
    ActaRoute,
    Party,
)
from sisfoh_desktop.modules.papers.rules import MADE_BEFORE, REASON_LIMIT, example_of, mask_of
from sisfoh_desktop.qtkit.dialogs import FormDialog

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)")
_ROUTES = (
    (ActaRoute.INK, "En tinta, sobre el impreso"),
    (ActaRoute.DIGITAL, "Digital, con certificado"),
)


class OpenDialog(FormDialog):
    """A form that ends when the worker is done: `run(answer, dialog)` accepts it, or refuses with a sentence."""

    def __init__(
        self,
        title: str,
        *,
        primary: str,
        run: Callable[[Any, "OpenDialog"], object],
        clock: Clock | None = None,
        parent: QWidget | None = None,
        columns: int = 2,
    ) -> None:
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=clock)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._run = run

    def answer(self, values: dict[str, Any]) -> Any:
        """What was typed, as the service takes it; None after showing what is wrong."""
        raise NotImplementedError

    def asked(self) -> Any:
        """The answer as it stands now; None after showing what is missing."""
        values = self.form.checked()
        return None if values is None else self.answer(values)

    def submit(self) -> bool:
        answer = self.asked()
        if answer is not None:
            self.set_busy(True)
            self._run(answer, self)
        return False

    def accept(self) -> None:
        self.form.mark_saved()
        super().accept()

    def refuse(self, error: SisfohError) -> None:
        super().refuse(error)
        self.show()


class ActaDialog(OpenDialog):
    """Who signs an acta, when and how. `told` says what it will tell."""

    def __init__(
        self,
        draft: ActaDraft,
        told: str,
        *,
        clock: Clock,
        preview: Callable[[ActaDraft, "ActaDialog"], object],
        run: Callable[[ActaDraft, OpenDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        word = draft.kind.label[0].lower() + draft.kind.label[1:]
        super().__init__(f"Hacer {word}", primary="Emitir", run=run, clock=clock, parent=parent)
        self._draft = draft
        self.form.note(told)
        self.form.date("dated", "Fecha", required=True)
        if draft.kind.is_constancia:
            self.form.combo("route", "Firma", _ROUTES, required=True)
        else:
            self.form.text("at", "Hora", max_length=5, placeholder="10:30", hint="Vacía: se escribe a mano.")
        if not draft.kind.is_constancia and draft.kind is not ActaKind.INVENTORY:
            self.form.combo("route", "Firma", _ROUTES, required=True, wide=True)
        first, second = part_words(draft.kind)
        self._ask_party("gives", first, draft.gives)
        if not draft.kind.is_constancia:
            self._ask_party("receives", second, draft.receives)
        self.form.long_text("note", "Observaciones", max_length=MAX_NOTE, rows=2)
        values: dict[str, Any] = {"dated": draft.dated, "note": draft.note}
        if "route" in self.form.fields:
            values["route"] = draft.route
        for side in self._sides():
            party: Party = getattr(draft, side)
            values |= {
                f"{side}_name": party.name,
                f"{side}_dni": party.dni,
                f"{side}_position": party.position,
            }
        self.form.set_values(values)
        self.preview_button = self.add_button("Vista previa", lambda: self._on_preview(preview))

    def answer(self, values: dict[str, Any]) -> ActaDraft | None:
        at = None
        if values.get("at"):
            found = _HOUR.fullmatch(values["at"].strip())
            if found is None:
                self.form.set_errors({"at": "La hora no se entiende; escríbala como 10:30."})
                return None
            at = time(int(found[1]), int(found[2]))
        parties = {
            side: Party(values[f"{side}_name"], values[f"{side}_dni"], values[f"{side}_position"])
            for side in self._sides()
        }
        return replace(
            self._draft,
            dated=values["dated"],
            at=at,
            note=values["note"] or "",
            route=values.get("route", ActaRoute.INK),
            gives=parties["gives"],
            receives=parties.get("receives", Party()),
        )

    def _sides(self) -> tuple[str, ...]:
        return ("gives",) if self._draft.kind.is_constancia else ("gives", "receives")

    def _ask_party(self, side: str, who: str, party: Party) -> None:
        self.form.group(f"{who[0].upper()}{who[1:]}")
        self.form.text(f"{side}_name", "Nombres y apellidos", required=True, max_length=MAX_NAME, wide=True)
        self.form.text(f"{side}_dni", "DNI", required=True, max_length=8)
        self.form.text(f"{side}_position", "Cargo", required=True, max_length=MAX_NAME)

    def _on_preview(self, preview: Callable[[ActaDraft, "ActaDialog"], object]) -> None:
        draft = self.asked()
        if draft is not None:
            self.banner.show_sentence("")
            preview(draft, self)


@dataclass(frozen=True)
class SeriesAnswer:
    """The series as the clerk confirmed it."""

    title: str
    mask: str
    last_number: int
    reason: str


class SeriesDialog(OpenDialog):
    """Confirms how the kardex's papers are numbered, the first time that one is made."""

    def __init__(
        self,
        title: str,
        mask: str,
        year: int,
        *,
        run: Callable[[SeriesAnswer, OpenDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Serie de las actas del kardex", primary="Crear la serie", run=run, parent=parent)
        self.form.note(
            "Todavía no hay una serie que numere las actas y constancias del kardex. Escriba el primer número del año "
            "tal como se imprime y, si este año ya se hicieron sin el programa, el último."
        )
        self.form.text("title", "Nombre", required=True, max_length=200, wide=True)
        self.form.text("mask", "Primer número", required=True, max_length=80)
        self.form.number(
            "last_number",
            "Último número ya usado este año",
            maximum=999_999,
            hint="Vacío o 0 si ninguno.",
        )
        self.form.text("reason", "Dónde se hicieron esos números", max_length=REASON_LIMIT, wide=True)
        self.form.set_values({"title": title, "mask": example_of(mask, year), "reason": MADE_BEFORE})

    def answer(self, values: dict[str, Any]) -> SeriesAnswer | None:
        try:
            mask = mask_of(values["mask"])
        except RuleError as error:
            self.form.set_errors({"mask": error.sentence})
            return None
        return SeriesAnswer(values["title"], mask, values["last_number"] or 0, values["reason"] or "")


@dataclass(frozen=True)
class CardAnswer:
    """Which card: holder 0 for the warehouses together."""

    type_id: int
    holder_id: int
    since: date | None
    until: date | None


class CardDialog(OpenDialog):
    """Which card to show or save."""

    def __init__(
        self,
        types: Sequence[FormType],
        holders: Sequence[Holder],
        *,
        clock: Clock,
        type_id: int = 0,
        run: Callable[[CardAnswer, OpenDialog], object],
        save: Callable[[CardAnswer, OpenDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Tarjeta kardex", primary="Vista previa", run=run, clock=clock, parent=parent)
        self.form.combo(
            "type_id",
            "Formulario",
            [(one.id, f"{one.code}, {one.title}") for one in types],
            required=True,
            wide=True,
        )
        self.form.combo(
            "holder_id",
            "Tenedor",
            [(0, "Almacenes"), *((one.id, f"{one.name} ({one.kind.label.lower()})") for one in holders)],
            required=True,
            wide=True,
        )
        self.form.date("since", "Desde", hint="Vacía: desde el principio.")
        self.form.date("until", "Hasta", hint="Vacía: hasta hoy.")
        first = type_id or (types[0].id if types else None)
        self.form.set_values({"type_id": first, "holder_id": 0})
        self.save_button = self.add_button("Guardar libro de Excel…", lambda: self._on_save(save))

    def answer(self, values: dict[str, Any]) -> CardAnswer | None:
        since, until = values["since"], values["until"]
        if since is not None and until is not None and until < since:
            self.form.set_errors({"until": "El último día es anterior al primero; corrija uno de los dos."})
            return None
        return CardAnswer(values["type_id"], values["holder_id"], since, until)

    def _on_save(self, save: Callable[[CardAnswer, OpenDialog], object]) -> None:
        answer = self.asked()
        if answer is not None:
            save(answer, self)


@dataclass(frozen=True)
class SheetAnswer:
    """Whose sheet, for which day; holder 0 for everybody."""

    holder_id: int
    day: date


class SheetDialog(OpenDialog):
    """Whose control sheet or inventory; `everybody` is what the choice of all is called."""

    def __init__(
        self,
        title: str,
        everybody: str,
        holders: Sequence[Holder],
        *,
        clock: Clock,
        with_day: bool,
        holder_id: int = 0,
        run: Callable[[SheetAnswer, OpenDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary="Vista previa", run=run, clock=clock, parent=parent)
        options = [(one.id, f"{one.name} ({one.kind.label.lower()})") for one in holders]
        if everybody:
            options.insert(0, (0, everybody))
        self.form.combo("holder_id", "De quién", options, required=True, wide=True)
        if with_day:
            self.form.date("day", "Día", required=True)
            self.form.set_values({"day": clock.now().date()})
        self._today = clock.now().date()
        if holder_id or everybody:
            self.form.set_values({"holder_id": holder_id})

    def answer(self, values: dict[str, Any]) -> SheetAnswer:
        return SheetAnswer(values["holder_id"], values.get("day", self._today))


class AnnulDialog(OpenDialog):
    """Why an acta is withdrawn."""

    def __init__(
        self, name: str, *, run: Callable[[str, OpenDialog], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Anular {name}", primary="Anular", run=run, parent=parent, columns=1)
        self.primary_button.setProperty("role", "danger")
        self.form.note(
            "Su número queda anulado en el registro y sus movimientos esperan otra acta. No se puede deshacer."
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=REASON_LIMIT, rows=3)

    def answer(self, values: dict[str, Any]) -> str:
        return str(values["reason"])
