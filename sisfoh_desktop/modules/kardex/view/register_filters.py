"""The filters above the register: words, form, kind, person, a number, days."""

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.modules.kardex.rules import FormType, Holder, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import RegisterFilter
from sisfoh_desktop.modules.kardex.view.register_asks import by_use
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer, SuggestField
from sisfoh_desktop.qtkit.filter_bar import FilterBar

_WAIT_MS = 250  # of quiet before typed words are looked for
_LONGEST = 120


class RegisterFilters(FilterBar):
    """`changed` gives the `RegisterFilter` as it stands now; cleared, it shows everything."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(clock, usual=RegisterFilter(), quiet=_WAIT_MS, parent=parent)
        self.text = self.line("Buscar (Ctrl+F)", "Filtrar por documento, motivo o persona", 150)
        self.type = self.combo("Formulario", 96)
        self.kind = self.combo("Clase", 116)
        for kind in MovementKind:
            self.kind.addItem(kind.label, kind)
        self.person = SuggestField("Filtrar por persona")
        self.person.setPlaceholderText("Persona")
        self.person.setClearButtonEnabled(True)
        self.person.settled.connect(self.tell)
        self.number = self.line("N°", "Filtrar por número de formulario", 64)
        self.since = self.line("Desde", "Filtrar desde el día", 88)
        self.until = self.line("Hasta", "Filtrar hasta el día", 88)
        typed = (self.number, self.since, self.until)
        for field in (self.text, *typed):
            field.setMaxLength(_LONGEST)
        self.place(
            (self.text, 3), (self.type, 0), (self.kind, 0), (self.person, 3), *((one, 1) for one in typed)
        )

    def set_choices(self, types: Sequence[FormType], holders: Sequence[Holder]) -> None:
        """Offer these; what is chosen stays."""
        self.offer(self.type, [(one.code, one.id) for one in types])
        self.person.set_offers([Offer(one, one.name, one.kind.label) for one in by_use(holders)])

    def wanted(self) -> RegisterFilter:
        digits = re.sub(r"\D", "", self.number.text())
        person = self.person.value
        return RegisterFilter(
            text=self.text.text().strip(),
            type_id=self.type.currentData() or 0,
            holder_id=person.id if person is not None else 0,
            kind=self.kind.currentData() or None,
            number=int(digits[:12]) if digits else None,
            since=self.day(self.since),
            until=self.day(self.until),
        )

    def clear(self) -> None:
        self.person.take_value(None)
        super().clear()
