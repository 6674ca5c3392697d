"""The numbers of the blank row: how Del, Al and Cantidad complete one another, and the lowest free ones proposed."""

from typing import cast

from PySide6.QtCore import Signal

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import FormType, Holder, MovementKind
from sisfoh_desktop.modules.kardex.view import register_asks as asks
from sisfoh_desktop.modules.kardex.view.register_cells import EntryCells
from sisfoh_desktop.modules.kardex.view.register_numbers import Numbers, cells_of, completed, read_count


class NumberedCells(EntryCells):
    """What the row says of its forms. `numbers_wanted` asks for the lowest free ones (type, holder, count)."""

    numbers_wanted = Signal(int, int, int)

    @property
    def kind(self) -> MovementKind | None:
        return cast("MovementKind | None", self.suggest("kind").value)

    @property
    def form_type(self) -> FormType | None:
        return cast("FormType | None", self.suggest("type").value)

    @property
    def source(self) -> Holder | None:
        return cast("Holder | None", self.suggest("source").value)

    @property
    def target(self) -> Holder | None:
        return cast("Holder | None", self.suggest("target").value)

    def take_numbers(self, ranges: FormRanges) -> None:
        """Numbers proposed for what was typed; nothing happens when Del was filled meanwhile."""
        form_type = self.form_type
        if form_type is None or self.fields["first"].text().strip():
            return
        asked = read_count(self.fields["count"].text())
        if not ranges:
            self.tell(f"No queda ningún {form_type.code} en blanco que entregar.", "danger")
            return
        self.show_numbers(cells_of(ranges, form_type))
        if ranges.count < asked:
            self.tell(
                f"Solo hay {format_number(ranges.count)} en blanco de los {format_number(asked)} pedidos: se proponen "
                "todos.",
                "warn",
            )
        else:
            self.tell("Se proponen los números libres más bajos; Intro los registra.", "dim")
        self.changed.emit()

    def complete_numbers(self, name: str) -> None:
        form_type = self.form_type
        if form_type is None or not form_type.serialised:
            return
        if not self.fields["first"].text().strip():
            if name == "count":
                self.ask_numbers()
            return
        try:
            self.show_numbers(completed(self.numbers(), name, form_type))
        except RuleError as error:
            self.tell(error.sentence, "danger")
            self.mark(name)

    def ask_numbers(self) -> bool:
        """Ask for the lowest free numbers where the row is far enough for it; whether it was."""
        form_type, source = self.form_type, self.source
        try:
            count = read_count(self.fields["count"].text())
        except RuleError as error:
            self.tell(error.sentence, "danger")
            self.mark("count")
            return False
        if not asks.proposes_numbers(self.kind) or form_type is None or source is None or not count:
            return False
        self.numbers_wanted.emit(form_type.id, source.id, count)
        return True

    def numbers(self) -> Numbers:
        return Numbers(*(self.fields[name].text() for name in ("first", "last", "count")))

    def show_numbers(self, numbers: Numbers) -> None:
        for name, text in (("first", numbers.first), ("last", numbers.last), ("count", numbers.count)):
            if self.fields[name].text() != text:
                self.write(name, text)
