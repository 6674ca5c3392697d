"""The third step of a handover: systems and keys, where each secret is kept and by whom, never the secret."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.handover.rules.checks import LONGEST_PLACE, LONGEST_SYSTEM, clean_credential
from sisfoh_desktop.modules.handover.rules.facts import Credential, Handover
from sisfoh_desktop.modules.handover.view.rows import system_columns
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import theme

_TOLD = (
    "Anote los sistemas, equipos y llaves que cambian de manos. Nunca escriba aquí una contraseña ni un PIN: solo "
    "dónde se guarda y quién la custodia."
)


class SystemsStep(QWidget):
    """The list, and a form that adds to it or changes the chosen line."""

    title = "Sistemas y llaves"
    changed = Signal()

    def __init__(self, taken_letters: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._systems: list[Credential] = []
        self._next = -1
        told = QLabel(_TOLD)
        told.setWordWrap(True)
        told.setProperty("tone", "dim")
        self.list = RowTable(
            system_columns(),
            name="Sistemas y llaves",
            noun=("sistema", "sistemas"),
            empty_text="Todavía no hay ningún sistema en la lista.",
            filterable=False,
        )
        self.list.setMinimumHeight(theme().px(140))
        self.list.selection_changed.connect(lambda _one: self._show_chosen())
        self.form = Form(columns=2, taken_letters=[*taken_letters, "r", "q", "m"])
        self.form.text("system", "Sistema, equipo o llave", required=True, max_length=LONGEST_SYSTEM)
        self.form.text("account", "Usuario o cuenta", max_length=LONGEST_SYSTEM)
        self.form.text("place", "Dónde se guarda la clave", required=True, max_length=LONGEST_PLACE)
        self.form.text("custodian", "Quién la custodia", required=True, max_length=LONGEST_PLACE)
        self.form.changed.connect(self.changed)
        self.add_button = self._button("Ag&regar a la lista", self.add_typed)
        self.change_button = self._button("Ca&mbiar la línea", self.change_chosen)
        self.remove_button = self._button("&Quitar la línea", self.remove_chosen)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.add_button, self.change_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.form)
        layout.addLayout(row)
        self._show_chosen()

    def fill(self, handover: Handover) -> None:
        """Show the systems of a handover."""
        self.show_systems(handover.credentials)

    def take(self, handover: Handover) -> Handover | None:
        """The handover with the list, what is typed included; None when that cannot be kept, and the form says why."""
        if self.has_typed():
            taken = self.add_typed() if self.list.selected() is None else self.change_chosen()
            if not taken:
                return None
        return self.with_list(handover)

    def with_list(self, handover: Handover) -> Handover:
        """The handover with the list as it stands."""
        return replace(handover, credentials=tuple(self.systems()))

    def systems(self) -> list[Credential]:
        """The list as it stands."""
        return [replace(one, id=0) for one in self._systems]

    def show_systems(self, systems: Sequence[Credential]) -> None:
        """These are the list now."""
        self._systems = [replace(one, id=self._new_id()) for one in systems]
        self._show()

    def typed(self) -> tuple[int, Credential] | None:
        """What is typed that the list does not have, and over which line of it (-1: a new one); None for nothing."""
        if not self.has_typed():
            return None
        chosen: Credential | None = self.list.selected()
        place = self._systems.index(chosen) if chosen is not None else -1
        system, account, place_of_key, custodian = (str(field.raw()) for field in self.form.fields.values())
        return place, Credential(system, account, place_of_key, custodian)

    def type_again(self, typed: Credential, place: int) -> None:
        """Put back what `typed` gave."""
        if 0 <= place < len(self._systems):
            self.list.select(self._systems[place].id)
        else:
            self.list.view.clearSelection()
        self.form.set_values({name: getattr(typed, name) for name in self.form.fields})

    def has_typed(self) -> bool:
        """Whether something is typed that the list does not have."""
        chosen: Credential | None = self.list.selected()
        typed = {name: str(field.raw()).strip() for name, field in self.form.fields.items()}
        return typed != {name: getattr(chosen, name) if chosen is not None else "" for name in typed}

    def add_typed(self) -> bool:
        """What is typed, as a new line; whether it could be added."""
        made = self._typed()
        if made is None:
            return False
        self._systems.append(replace(made, id=self._new_id()))
        self._show()
        self._clear()
        return True

    def change_chosen(self) -> bool:
        """What is typed, over the chosen line; whether it could be changed."""
        chosen: Credential | None = self.list.selected()
        made = self._typed() if chosen is not None else None
        if chosen is None or made is None:
            return False
        self._systems = [replace(made, id=one.id) if one.id == chosen.id else one for one in self._systems]
        self._show()
        self._clear()
        return True

    def remove_chosen(self) -> None:
        """The chosen line goes."""
        chosen: Credential | None = self.list.selected()
        if chosen is not None:
            self._systems = [one for one in self._systems if one.id != chosen.id]
            self._show()
            self._clear()

    # -- inside ----------------------------------------------------------------------------------------

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: run())
        return button

    def _typed(self) -> Credential | None:
        values = self.form.checked()
        if values is None:
            return None
        try:
            return clean_credential(
                Credential(values["system"], values["account"] or "", values["place"], values["custodian"])
            )
        except RuleError as error:
            self.form.show_refusal(error)
            return None

    def _show(self) -> None:
        self.list.set_rows(self._systems)
        self._show_chosen()
        self.changed.emit()

    def _clear(self) -> None:
        self.list.view.clearSelection()
        self.form.set_values(dict.fromkeys(self.form.fields))
        self.form.mark_saved()
        self.form.clear_errors()
        self.form.fields["system"].editor.setFocus()

    def _show_chosen(self) -> None:
        chosen: Credential | None = self.list.selected()
        self.change_button.setEnabled(chosen is not None)
        self.remove_button.setEnabled(chosen is not None)
        if chosen is not None:
            self.form.set_values(
                {
                    "system": chosen.system,
                    "account": chosen.account,
                    "place": chosen.place,
                    "custodian": chosen.custodian,
                }
            )
            self.form.mark_saved()

    def _new_id(self) -> int:
        self._next -= 1
        return self._next
