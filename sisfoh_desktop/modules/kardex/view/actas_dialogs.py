"""What is asked before a paper of the kardex is made: the acta itself, the card, the sheets.

Each stays open until the worker has done it; a refusal keeps what was typed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
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
from sisfoh_desktop.qtkit.open_dialog import OpenDialog

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)")
_ROUTES = (
    (ActaRoute.INK, "En tinta, sobre el impreso"),
    (ActaRoute.DIGITAL, "Digital, con certificado"),
)


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
        super().__init__(f"Hacer {word}", primary="Emitir", run=run, clock=clock, parent=parent, columns=2)
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
        super().__init__(
            "Tarjeta kardex", primary="Vista previa", run=run, clock=clock, parent=parent, columns=2
        )
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
        self.form.date("since", "Desde", hint="Vacío: desde el principio")
        self.form.date("until", "Hasta", hint="Vacío: hasta hoy")
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
        super().__init__(title, primary="Vista previa", run=run, clock=clock, parent=parent, columns=2)
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
