"""The first step of a handover: who gives, who receives, when and why."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.modules.handover.rules.checks import LONGEST_NAME, LONGEST_NOTE, LONGEST_REASON
from sisfoh_desktop.modules.handover.rules.facts import Handover, Person
from sisfoh_desktop.modules.handover.service.choices import Candidate
from sisfoh_desktop.qtkit.forms import Form

OTHER = -1
_PARTS = ("name", "position", "unit")


class WhoStep(QWidget):
    """Both people are chosen from those the base knows, or written; `leaver_chosen` gives who was chosen to leave."""

    title = "Quién y cuándo"
    changed = Signal()
    leaver_chosen = Signal(object)

    def __init__(
        self,
        candidates: Sequence[Candidate],
        clock: Clock,
        taken_letters: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._candidates = list(candidates)
        self._filling = False
        self.form = Form(columns=3, clock=clock, taken_letters=taken_letters)
        people = [(OTHER, "Otra persona: escríbala"), *((n, one.label) for n, one in enumerate(candidates))]
        for who, group, label in (
            ("leaver", "Entrega", "Quien entrega"),
            ("receiver", "Recibe", "Quien recibe"),
        ):
            self.form.group(group)
            self.form.combo(who, label, people, wide=True, required=True)
            self.form.text(f"{who}_name", "Nombres y apellidos", required=True, max_length=LONGEST_NAME)
            self.form.text(f"{who}_position", "Cargo", required=True, max_length=LONGEST_NAME)
            self.form.text(f"{who}_unit", "Unidad", max_length=LONGEST_NAME)
            self.form.fields[who].changed.connect(self._leaver if who == "leaver" else self._receiver)
        self.form.group("La entrega")
        self.form.date("handed_on", "Con efecto desde el", required=True)
        self.form.text("reason", "Motivo", required=True, max_length=LONGEST_REASON)
        self.form.text("document", "Documento que la dispone", max_length=LONGEST_REASON)
        self.form.long_text("note", "Observación", max_length=LONGEST_NOTE)
        self.form.check(
            "proposes_end",
            "Proponer a quien administra los usuarios que cese el acceso de quien entrega",
            wide=True,
        )
        self.form.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self.form)

    def fill(self, handover: Handover) -> None:
        """Show a handover."""
        self._filling = True
        values: dict[str, Any] = {
            "handed_on": handover.handed_on,
            "reason": handover.reason,
            "document": handover.document,
            "note": handover.note,
            "proposes_end": handover.proposes_end,
        }
        for who, person in (("leaver", handover.leaver), ("receiver", handover.receiver)):
            values[who] = self._place_of(person) if person.name else None
            values |= {f"{who}_{part}": getattr(person, part) for part in _PARTS}
        self.form.set_values(values)
        self.form.mark_saved()
        self._filling = False

    def take(self, handover: Handover) -> Handover | None:
        """The handover with what is typed; None when something is missing, and the form has said what."""
        values = self.form.checked()
        return None if values is None else self._with(handover, values)

    def _with(self, handover: Handover, values: dict[str, Any]) -> Handover:
        return replace(
            handover,
            leaver=self._person("leaver", values),
            receiver=self._person("receiver", values),
            handed_on=values["handed_on"],
            reason=values["reason"],
            document=values["document"] or "",
            note=values["note"] or "",
            proposes_end=bool(values["proposes_end"]),
        )

    def _person(self, who: str, values: dict[str, Any]) -> Person:
        name, position, unit = (values[f"{who}_{part}"] or "" for part in _PARTS)
        typed = Person(name, position, unit)
        place = values[who]
        if place is None or place == OTHER:
            return typed
        chosen = self._candidates[place].person
        return replace(typed, user_id=chosen.user_id, officer_id=chosen.officer_id)

    def _place_of(self, person: Person) -> int:
        for place, one in enumerate(self._candidates):
            same_user = person.user_id is not None and one.person.user_id == person.user_id
            same_officer = person.officer_id is not None and one.person.officer_id == person.officer_id
            if same_user or same_officer:
                return place
        return OTHER

    def _leaver(self) -> None:
        chosen = self._chosen("leaver")
        if chosen is not None:
            self.leaver_chosen.emit(chosen)

    def _receiver(self) -> None:
        self._chosen("receiver")

    def _chosen(self, who: str) -> Candidate | None:
        """Write the chosen person into the fields, where their words can still be changed."""
        place = self.form.value(who)
        if self._filling or place is None or place == OTHER:
            return None
        chosen = self._candidates[place]
        for part in _PARTS:
            self.form.fields[f"{who}_{part}"].set_value(getattr(chosen.person, part))
        return chosen
