"""One field for who sends or receives: a unit of the office by siglas or name, or an outside body in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sisfoh_desktop.modules.expedientes.rules import Party
from sisfoh_desktop.modules.office.rules import Body, Unit
from sisfoh_desktop.qtkit.fields import TextField


@dataclass(frozen=True)
class Correspondents:
    """Those whom the office writes with: its units and the bodies outside it."""

    units: Sequence[Unit] = ()
    bodies: Sequence[Body] = ()

    def labels(self) -> list[str]:
        """What is offered while typing."""
        units = [_label(unit.siglas, unit.name) for unit in self.units]
        return units + [_label(body.siglas, body.name) for body in self.bodies]

    def party(self, typed: str) -> Party:
        """Whom the text names: a unit, a known body, or else the text itself."""
        wanted = " ".join(typed.split()).casefold()
        for unit in self.units:
            if wanted in _names(unit.siglas, unit.name):
                return Party(unit.name, unit.siglas, unit.id)
        for body in self.bodies:
            if wanted in _names(body.siglas, body.name):
                return Party(body.name, body.siglas)
        return Party(name=" ".join(typed.split()))


class PartyField(TextField):
    """A line that names a Party; siglas are enough."""

    def __init__(self, label: str, correspondents: Correspondents) -> None:
        self._correspondents = correspondents
        super().__init__(
            label,
            required=True,
            max_length=300,
            placeholder="Siglas o nombre",
            suggestions=correspondents.labels(),
        )
        self._given = Party()

    def party(self) -> Party:
        """Whom the line names; one that was given and not changed keeps the words of its date."""
        if self._given.label and self.editor.text() == _shown(self._given):
            return self._given
        return self._correspondents.party(self.value())

    def set_party(self, party: Party) -> None:
        """Show whom a document names."""
        self._given = party
        self.set_value(_shown(party))


def _label(siglas: str, name: str) -> str:
    return f"{siglas} – {name}" if siglas else name


def _shown(party: Party) -> str:
    return _label(party.siglas, party.name)


def _names(siglas: str, name: str) -> set[str]:
    return {text.casefold() for text in (siglas, name, _label(siglas, name)) if text}
