"""The filters above the trail: words, person, part, kind, days."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.modules.safekeeping.rules.trail import (
    LONGEST_SEARCH,
    USUAL,
    TrailFilter,
    TrailKind,
    part_choices,
)
from sisfoh_desktop.qtkit.filter_bar import FilterBar

_WAIT_MS = 300  # of quiet before typed words are looked for


class TrailFilters(FilterBar):
    """`changed` gives the `TrailFilter` as it stands now; cleared, it is all that people did."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(clock, usual=USUAL, quiet=_WAIT_MS, parent=parent)
        self.text = self.line("Buscar (Ctrl+F)", "Buscar en lo anotado: registro, valores y motivo", 150)
        self.text.setMaxLength(LONGEST_SEARCH)
        self.person = self.combo("Usuario", 136)
        self.part = self.combo("Parte", 120)
        for key, title in part_choices():
            self.part.addItem(title, key)
        self.kind = self.combo("Clase", 164, (TrailKind.WORK.label, TrailKind.WORK))
        self.kind.addItem("Todo, con los sellos", None)
        for kind in TrailKind:
            if kind is not TrailKind.WORK:
                self.kind.addItem(kind.label, kind)
        self.since = self.line("Desde", "Desde el día", 88)
        self.until = self.line("Hasta", "Hasta el día", 88)
        self.place(
            (self.text, 3), (self.person, 0), (self.part, 0), (self.kind, 0), (self.since, 1), (self.until, 1)
        )

    def set_people(self, people: Sequence[str]) -> None:
        """Offer these; who is chosen stays."""
        self.offer(self.person, [(one, one) for one in people])

    def wanted(self) -> TrailFilter:
        kind = self.kind.currentData()
        return TrailFilter(
            person=self.person.currentData() or "",
            part=self.part.currentData() or "",
            kind=TrailKind(kind) if kind else None,  # Qt gives back a plain text
            since=self.day(self.since),
            until=self.day(self.until),
            text=" ".join(self.text.text().split()),
        )
