"""«Retorno del día»: what a person used, spoilt, lost and brings back, all of it registered at once.

How a line is understood and what the five fields become is in `rules.day_return`.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import EnvironmentFailed, RuleError, SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder, HolderKind, NewMovement
from sisfoh_desktop.modules.kardex.rules.day_return import (
    DayPapers,
    DayReturn,
    Outcome,
    conflicts,
    missing_papers,
    movements_of,
    parse_day_line,
    remaining,
)
from sisfoh_desktop.modules.kardex.rules.facts import AT_HAND
from sisfoh_desktop.modules.kardex.rules.reading import HeldRange
from sisfoh_desktop.modules.kardex.service import catalogue, moving, reading
from sisfoh_desktop.modules.kardex.view.register_choice_field import ChoiceField, holder_offers
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer
from sisfoh_desktop.modules.kardex.view.tab import TOUCHES
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.screen_room import screen_room

_MOST_RANGES = 500
_FIELDS = {
    Outcome.USED: "used",
    Outcome.BLANK: "blank",
    Outcome.ANNULLED: "annulled",
    Outcome.DAMAGED: "damaged",
    Outcome.LOST: "lost",
}
_PAPERS = {
    Outcome.ANNULLED: "annulled_reason",
    Outcome.DAMAGED: "damaged_reason",
    Outcome.LOST: "lost_document",
}
_WHO = ("person", "type", "day", "returns_to")


@dataclass(frozen=True)
class _Choices:
    types: list[FormType]
    holders: list[Holder]


@dataclass(frozen=True)
class _Held:
    """What the person has of the type; `whole` when the list was not cut."""

    blank: FormRanges
    every: FormRanges
    whole: bool


def _load(db: Any, campaign_id: int) -> _Choices:
    return _Choices(
        [one for one in catalogue.list_types(db, campaign_id) if one.serialised], catalogue.list_holders(db)
    )


def _load_held(db: Any, type_id: int, holder_id: int) -> _Held:
    found = [
        held
        for condition in AT_HAND
        for held in reading.ranges_of(
            db, type_id=type_id, holder_id=holder_id, condition=condition, limit=_MOST_RANGES
        )
    ]

    def ranges(lines: list[HeldRange]) -> FormRanges:
        return FormRanges.of(held.forms for held in lines)

    blank = [held for held in found if held.condition is Condition.BLANK]
    return _Held(ranges(blank), ranges(found), len(found) < _MOST_RANGES)


class DayReturnDialog(TaskDialog):
    """Open it with `show_for`; it registers by itself and closes."""

    usual_width = 760

    def __init__(
        self,
        desk: Desk,
        campaign_id: int,
        parent: QWidget | None = None,
        *,
        holder_id: int = 0,
        type_id: int = 0,
    ) -> None:
        super().__init__("Retorno del día", primary="Registrar el retorno", parent=parent, wide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._wanted = (holder_id, type_id)
        self._held: _Held | None = None
        self._held_for = (0, 0)
        self._token = ""
        self._sent: list[NewMovement] | None = None
        self._saved = False
        self.form = Form(columns=2, clock=desk.clock, taken_letters=self.button_letters)
        self.form.setContentsMargins(2, 2, 2, 2)
        self.person = self.form.add("person", ChoiceField("Persona", required=True))
        self.type = self.form.add("type", ChoiceField("Formulario", required=True))
        self.form.date("day", "Día", required=True)
        self.returns_to = self.form.add("returns_to", ChoiceField("Devuelve a"))
        self.line = self.form.text(
            "line",
            "En una línea (Intro la reparte)",
            wide=True,
            max_length=2_000,
        )
        self.line.editor.setPlaceholderText("004501-004550 usados menos 004517 anulado; el resto en blanco")
        for outcome, papers in (
            (Outcome.USED, ("", "")),
            (Outcome.BLANK, ("", "")),
            (Outcome.ANNULLED, ("annulled_reason", "Motivo de la anulación")),
            (Outcome.DAMAGED, ("damaged_reason", "Motivo del deterioro")),
            (Outcome.LOST, ("lost_document", "Informe N° del extravío")),
        ):
            self.form.text(_FIELDS[outcome], outcome.label, max_length=4_000)
            if papers[0]:
                self.form.text(papers[0], papers[1], max_length=200)
        self.form.text("document", "Documento del retorno", wide=True, max_length=200)
        self.left = QLabel()
        self.left.setTextFormat(Qt.TextFormat.PlainText)
        self.left.setWordWrap(True)
        self.left.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_body(self.form)
        frame = self.layout()
        assert isinstance(frame, QVBoxLayout)
        frame.insertWidget(frame.count() - 1, self.left)  # over the buttons, in sight whatever is scrolled
        self.form.set_values({"day": desk.clock.now().date()})
        self.form.changed.connect(self._on_changed)
        self.line.editor.installEventFilter(self)
        self._show_left()
        desk.tasks.run_query(partial(_load, desk.db, campaign_id), self._on_choices, owner=self)

    @classmethod
    def show_for(
        cls, parent: QWidget, desk: Desk, campaign_id: int, *, holder_id: int = 0, type_id: int = 0
    ) -> "DayReturnDialog":
        """Open it over `parent`, for a person and a type where they are known already."""
        dialog = cls(desk, campaign_id, parent, holder_id=holder_id, type_id=type_id)
        dialog.open()
        return dialog

    # -- the dialog's answers --------------------------------------------------------------------------

    def submit(self) -> bool:
        if not self.take_line():
            return False
        values = self.form.checked()
        if values is None:
            return False
        day_return, errors = self.day_return()
        papers = DayPapers(
            values["annulled_reason"],
            values["damaged_reason"],
            values["lost_document"],
            "",
            values["document"],
        )
        missing = missing_papers(day_return, papers)
        errors |= {_PAPERS[outcome]: sentence for outcome, sentence in missing.items()}
        if not errors and not day_return:
            errors["used"] = (
                "Todavía no se escribió ningún número: diga qué usó, qué se perdió o qué devuelve."
            )
        if day_return.of(Outcome.BLANK) and values["returns_to"] is None:
            errors["returns_to"] = "Diga a quién devuelve los formularios en blanco."
        if errors:
            self.form.set_errors(errors)
            return False
        back: Holder | None = values["returns_to"]
        self._register(
            movements_of(
                day_return,
                form_type=values["type"],
                person=values["person"],
                returns_to=back.id if back is not None else 0,
                day=values["day"],
                papers=papers,
            )
        )
        return False

    def has_unsaved(self) -> bool:
        return not self._saved and any(
            not self.form.fields[name].is_empty() for name in self.form.fields if name not in _WHO
        )

    def day_return(self) -> tuple[DayReturn, dict[str, str]]:
        """What the five fields say, and a sentence for each that cannot be read or contradicts another."""
        form_type = self._form_type()
        if form_type is None:
            return DayReturn(), {}
        sets: dict[Outcome, FormRanges] = {}
        errors: dict[str, str] = {}
        for outcome, name in _FIELDS.items():
            typed = str(self.form.fields[name].raw()).strip()
            if not typed:
                continue
            try:
                sets[outcome] = parse_ranges(typed, form_type.number_width, form_type.prefix)
            except RuleError as error:
                errors[name] = error.sentence
        read = DayReturn(sets)
        held = self._held.every if self._held is not None and self._held.whole else read.all_ranges
        errors |= {_FIELDS[outcome]: told for outcome, told in conflicts(read, form_type, held).items()}
        return read, errors

    def take_line(self) -> bool:
        """Share the line out over the five fields; False when it cannot be read (said under it)."""
        typed = str(self.line.raw()).strip()
        if not typed:
            return True
        form_type = self._form_type()
        if form_type is None:
            self.line.set_error("Elija primero a la persona y el formulario.")
            return False
        in_hand = self._held.blank if self._held is not None else None
        try:
            read = parse_day_line(typed, form_type.number_width, form_type.prefix, in_hand)
        except RuleError as error:
            self.line.set_error(error.sentence)
            self.line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        before, _errors = self.day_return()
        for outcome, ranges in read.by_outcome.items():
            both = form_type.ranges_text(before.of(outcome) | ranges)
            self.form.fields[_FIELDS[outcome]].set_value(both)
        self.line.set_value("")
        self._on_changed()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.line.editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            and str(self.line.raw()).strip()
        ):
            self.take_line()
            return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.person.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        asked = super().sizeHint()
        more = self.left.heightForWidth(asked.width() - 32) + 16
        return QSize(asked.width(), min(asked.height() + more, screen_room(self).height() - 64))

    def _form_type(self) -> FormType | None:
        found = self.type.editor.value
        return found if isinstance(found, FormType) else None

    def _on_choices(self, choices: _Choices) -> None:
        people = [one for one in choices.holders if one.kind.is_person]
        places = [one for one in choices.holders if one.kind in (HolderKind.WAREHOUSE, HolderKind.CREW_CHIEF)]
        self.person.set_offers(holder_offers(people))
        self.type.set_offers([Offer(one, one.code, one.title) for one in choices.types])
        stores = [one for one in places if one.kind is HolderKind.WAREHOUSE]
        self.returns_to.set_offers(holder_offers([*stores, *places]))
        if len(stores) == 1:
            self.returns_to.set_value(stores[0])
        holder_id, type_id = self._wanted
        self.person.set_value(next((one for one in people if one.id == holder_id), None))
        types = choices.types
        first = next((one for one in types if one.id == type_id), None)
        self.type.set_value(first or (types[0] if types else None))
        if self.person.editor.value is not None:
            self.line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    def _on_changed(self) -> None:
        person, form_type = self.person.editor.value, self._form_type()
        wanted = (person.id if person else 0, form_type.id if form_type else 0)
        if wanted != self._held_for:
            self._held_for, self._held = wanted, None
            if all(wanted):
                self.desk.tasks.run_query(
                    partial(_load_held, self.desk.db, wanted[1], wanted[0]),
                    partial(self._on_held, wanted),
                    owner=self,
                )
        self._show_left()

    def _on_held(self, asked: tuple[int, int], held: _Held) -> None:
        if asked == self._held_for:
            self._held = held
            self._show_left()
            self.fit()

    def _show_left(self) -> None:
        """The live line, and under each field what is wrong with it."""
        form_type, held = self._form_type(), self._held
        if form_type is None or held is None:
            self.left.setText("Elija a la persona y el formulario para ver lo que tiene en su poder.")
            return
        read, errors = self.day_return()
        for name in _FIELDS.values():
            self.form.fields[name].set_error(errors.get(name, ""))
        left = remaining(read, held.blank)
        told = form_type.ranges_text(left) or "ninguno"
        if len(told) > 120:
            told = f"{told[:120].rsplit(',', 1)[0]} y otros"
        before = f"Tenía {format_number(held.blank.count)} en blanco. " if read else ""
        amount = f" ({format_number(left.count)} {form_type.code})" if left else ""
        self.left.setText(f"{before}Quedan en su poder: {told}{amount}")

    def _register(self, movements: list[NewMovement]) -> None:
        if movements != self._sent:
            # The same sent again after an answer that was lost bears the same token and never doubles.
            self._token, self._sent = str(uuid4()), movements
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(
                moving.register_movements,
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                movements=movements,
                token=self._token,
            ),
            TOUCHES,
            on_done=self._on_registered,
            on_error=self._on_refused,
            owner=self,
        )

    def _on_registered(self, ids: list[int]) -> None:
        self._saved = True
        parent = self.parentWidget()
        count = sum(one.form_count for one in self._sent or ())
        self.accept()
        if parent is not None:
            Toast.show_over(
                parent,
                f"Se registró el retorno: {format_number(count)} formularios en {len(ids)} movimientos.",
            )

    def _on_refused(self, error: SisfohError) -> None:
        if not isinstance(error, EnvironmentFailed):
            self._sent = None
        self.refuse(error)
