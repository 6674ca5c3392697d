"""A form's field that proposes while one types, over a catalogue: people by any part of their name."""

from collections.abc import Sequence
from typing import Any

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules import Holder
from sisfoh_desktop.modules.kardex.view.register_asks import by_use
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer, SuggestField
from sisfoh_desktop.qtkit.fields import Field


class ChoiceField(Field):
    """The value is that of the offer taken, None when empty; a text that names nothing is refused."""

    editor: SuggestField

    def __init__(self, label: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__(label, SuggestField(label), required=required, hint=hint)
        self.editor.settled.connect(self.changed)

    def set_offers(self, offers: Sequence[Offer]) -> None:
        self.editor.set_offers(offers)

    def raw(self) -> str:
        return self.editor.text().strip()

    def value(self) -> Any:
        if self.editor.value is None and self.raw():
            raise RuleError(
                "choice_unknown",
                f"«{self.raw()[:60]}» no está en la lista de «{self.title}»; escriba una parte y elija, o use F4.",
            )
        return self.editor.value

    def set_value(self, value: Any) -> None:
        self.editor.take_value(value)

    def set_read_only(self, read_only: bool) -> None:
        self.editor.setReadOnly(read_only)


def holder_offers(holders: Sequence[Holder]) -> list[Offer]:
    """People and places as they are chosen, those chosen most first."""
    return [Offer(one, one.name, one.kind.label) for one in by_use(holders)]
