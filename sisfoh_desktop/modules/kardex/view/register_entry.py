"""The blank row at the end of the register: its fields under the columns, what completes them, its keys.

It hands out a whole movement and shows refusals; who registers it is the tab.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date, parse_date
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import NewMovement
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS
from sisfoh_desktop.modules.kardex.view import register_asks as asks
from sisfoh_desktop.modules.kardex.view.register_asks import FieldRefused, RegisterFacts
from sisfoh_desktop.modules.kardex.view.register_cells import CELLS, EXTRAS, NAMES
from sisfoh_desktop.modules.kardex.view.register_keys import answer_key
from sisfoh_desktop.modules.kardex.view.register_numbered import NumberedCells
from sisfoh_desktop.modules.kardex.view.register_numbers import cells_of, ranges_typed, read_count
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer, SuggestField
from sisfoh_desktop.qtkit.messages import KEPT_FREE

_T = TypeVar("_T")
_NEVER_REPEATED = ("first", "last", "note")  # by `=` on an empty row


class EntryRow(NumberedCells):
    """The fields by name. `committed` gives a NewMovement; `left_up` is the arrow that leaves for the list above."""

    committed = Signal(object)
    left_up = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(KEPT_FREE)
        self._clock = clock
        self._facts = RegisterFacts()
        self._previous: Mapping[str, str] = {}
        self._busy = False
        self._emptied: dict[str, str] = {}  # what Esc took away
        self._noting = False
        self.suggest("kind").set_offers(asks.kind_offers())
        self.set_day(self._today())
        self._refresh()

    # -- what the row holds ----------------------------------------------------------------------------

    def set_facts(self, facts: RegisterFacts) -> None:
        """Propose from these from now on; what was typed stays."""
        self._facts = facts
        self.suggest("document").set_offers([Offer(text, text) for text in facts.documents])
        self._refresh()

    def answer_key(self, field: QLineEdit, event: QKeyEvent) -> bool:
        return answer_key(self, field, event)

    def set_previous(self, texts: Mapping[str, str]) -> None:
        """The row that `=` repeats."""
        self._previous = dict(texts)

    @property
    def knows_previous(self) -> bool:
        """Whether there is a row that `=` can repeat."""
        return bool(self._previous)

    def has_content(self) -> bool:
        """Whether anything but the date is typed."""
        return any(field.text().strip() for name, field in self.fields.items() if name != "day")

    def set_day(self, day: date) -> None:
        self.fields["day"].setText(format_date(day))

    def day(self) -> date | None:
        """The date typed; None while it cannot be read."""
        try:
            return parse_date(self.fields["day"].text(), self._today())
        except RuleError:
            return None

    def take_texts(self, texts: Mapping[str, str]) -> None:
        """Fill the row as if typed, field by field; fields without a text are left."""
        for name in (*CELLS, *EXTRAS):
            if name in texts:
                self._take_text(name, texts[name])
        self._noting = bool(self.fields["note"].text())
        self._refresh()
        self.changed.emit()

    def clear_row(self) -> None:
        """Empty the row but for its date."""
        for name, field in self.fields.items():
            if name == "day":
                continue
            if isinstance(field, SuggestField):
                field.take_value(None)
            field.clear()
        self._noting, self._emptied = False, {}
        self.tell("", "dim")
        self.mark("")
        self._refresh()
        self.changed.emit()

    def start(self) -> None:
        """Put the cursor at the beginning of the row."""
        self.fields["day"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields["day"].selectAll()

    def set_busy(self, busy: bool) -> None:
        """While the worker registers: nothing is typed nor sent again."""
        self._busy = busy
        for field in self.fields.values():
            field.setReadOnly(busy)

    def show_refusal(self, error: SisfohError) -> None:
        """Tell under the row why it was not registered, and go to the field that it is about."""
        name = asks.guilty_field(error)
        self.tell(error.sentence, "danger")
        self.mark(name)
        self.focus_field(
            name if name and self.fields[name].isEnabled() else "day" if name == "day" else "kind"
        )

    # -- registering -----------------------------------------------------------------------------------

    def commit(self) -> None:
        """Hand out the movement, or say what it still lacks; an empty row stays as it is."""
        if self._busy or not self.has_content():
            return
        for field in self.fields.values():
            if isinstance(field, SuggestField):
                field.settle()
        try:
            movement = self.movement()
        except RuleError as error:
            self.show_refusal(error)
            return
        if movement is None:
            return
        self.mark("")
        self.tell("", "dim")
        self.committed.emit(movement)

    def movement(self) -> NewMovement | None:
        """The movement as typed; None when its numbers were just asked for. RuleError for what cannot be read."""
        try:
            day = parse_date(self.fields["day"].text(), self._today())
        except RuleError as error:
            raise FieldRefused("day", error.sentence) from None
        kind = self._chosen("kind", self.kind)
        form_type = self._chosen("type", self.form_type)
        source = self._chosen("source", self.source)
        target = source if TRANSITIONS[kind].in_place else self._chosen("target", self.target)
        ranges, count = FormRanges(), 0
        if form_type.serialised:
            try:
                ranges = ranges_typed(self.numbers(), form_type)
            except RuleError as error:
                name = "count" if error.code == "count_unreadable" else "first"
                raise FieldRefused(name, error.sentence) from None
            if not ranges:
                if self.ask_numbers():
                    return None
                raise FieldRefused(
                    "first", "Falta el número: escriba por ejemplo 004501-005000 o 004501+500."
                )
            self.show_numbers(cells_of(ranges, form_type))
        else:
            count = read_count(self.fields["count"].text())
        shown = (*asks.extras_of(kind, form_type), "note")
        extra = {name: self.fields[name].text().strip() if name in shown else "" for name in EXTRAS}
        return NewMovement(
            kind=kind,
            type_id=form_type.id,
            moved_on=day,
            from_holder_id=source.id,
            to_holder_id=target.id,
            ranges=ranges,
            count=count,
            document=self.fields["document"].text().strip(),
            reason=extra["reason"],
            witness=extra["witness"],
            archive_box=extra["box"],
            archive_folder=extra["folder"],
            archive_folio=extra["folio"],
            note=extra["note"],
            from_condition=self.suggest("condition").value if "condition" in shown else None,
        )

    def _chosen(self, name: str, value: _T | None) -> _T:
        if value is not None:
            return value
        typed = self.fields[name].text().strip()
        if typed:
            raise FieldRefused(
                name,
                f"«{typed[:60]}» no está entre lo que aquí se puede elegir en «{NAMES[name]}»; F4 muestra todo.",
            )
        raise FieldRefused(name, f"Falta «{NAMES[name]}»: escríbalo o elíjalo con F4.")

    # -- completing ------------------------------------------------------------------------------------

    def leave_field(self, name: str) -> None:
        """What leaving a field completes in the others."""
        if self._busy:
            return
        if name == "day":
            day = self.day()
            if day is not None:
                self.set_day(day)
                self._refresh()
        elif name in ("first", "last", "count"):
            self.complete_numbers(name)

    def move_day(self, days: int) -> bool:
        """`+` and `-`; False when what stands there is no date yet, so that the sign is typed."""
        day = self.day()
        if day is None or self._busy:
            return False
        try:
            self.set_day(day + timedelta(days=days))
        except OverflowError:
            return True
        self.on_edited()
        return True

    def cancel(self) -> bool:
        """Esc: empty the row; False where there is nothing to empty. `restore` brings it back."""
        if self._busy or not self.has_content():
            return False
        texts = self.texts()
        self.clear_row()
        self._emptied = texts
        self.tell("La fila quedó vacía; Ctrl+Z la devuelve como estaba.", "dim")
        self.start()
        return True

    def restore(self) -> bool:
        """Ctrl+Z on an empty row: what Esc took away."""
        if self._busy or not self._emptied or self.has_content():
            return False
        texts, self._emptied = self._emptied, {}
        self.tell("", "dim")
        self.take_texts(texts)
        return True

    def write_note(self) -> None:
        """F7: a remark on the movement, in the second line."""
        if not self._busy:
            self._noting = True
            self._refresh()
            self.focus_field("note")

    def set_today(self) -> None:
        if not self._busy:
            self.set_day(self._today())
            self.on_edited()

    def repeat(self, name: str) -> bool:
        """`=` on an empty field: the previous row's, or on an empty row all of it but the numbers."""
        if self._busy or not self._previous or (name != "day" and self.fields[name].text()):
            return False
        if not self.has_content():
            self.take_texts({key: text for key, text in self._previous.items() if key not in _NEVER_REPEATED})
        else:
            self.take_texts({name: self._previous.get(name, "")})
        self.fields[name].selectAll()
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self._clock.now().date()

    def _take_text(self, name: str, text: str) -> None:
        field = self.fields[name]
        if isinstance(field, SuggestField):
            field.take_text(text)
        else:
            self.write(name, text)

    def on_edited(self, _text: str = "") -> None:
        self.mark("")
        if self.message.property("tone") == "danger":
            self.tell("", "dim")
        self.changed.emit()

    def on_settled(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        """Offer and ask for what fits the kind, the type and who gives."""
        day, kind = self.day(), self.kind
        self.suggest("type").set_offers(asks.type_offers(self._facts.types, day))
        if kind is not None and not self.fields["type"].text() and len(self._facts.types) == 1:
            self.suggest("type").take_value(self._facts.types[0])
        source_field, target_field = self.suggest("source"), self.suggest("target")
        offers = asks.source_offers(self._facts, kind, day)
        source_field.set_offers(offers)
        if not source_field.text() and not source_field.hasFocus():
            usual = asks.usual_offer(offers, kind)
            source_field.take_value(usual.value if usual is not None else None)
        in_place = kind is not None and TRANSITIONS[kind].in_place
        target_field.setEnabled(not in_place)
        if in_place:
            target_field.set_offers([])
            target_field.setText(source_field.text() if self.source is not None else "")
            target_field.setCursorPosition(0)
        else:
            offers = asks.target_offers(self._facts, kind, self.source, day)
            target_field.set_offers(offers)
            if not target_field.text() and not target_field.hasFocus():
                usual = asks.usual_offer(offers, kind)
                target_field.take_value(usual.value if usual is not None else None)
        form_type = self.form_type
        counted = form_type is not None and not form_type.serialised
        for name in ("first", "last"):
            self.fields[name].setEnabled(not counted)
            if counted:
                self.fields[name].clear()
        self.suggest("condition").set_offers(
            [Offer(one, one.label) for one in asks.conditions_asked(kind, form_type)]
        )
        self.show_extras((*asks.extras_of(kind, form_type), *(("note",) if self._noting else ())))
