"""Who answers for one duty or several: an officer of the office's catalogue, or a name written by hand (F4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.modules.office.rules import OfficerLine
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme


@dataclass(frozen=True)
class Owner:
    """Who answers: an officer by id under the name of that day, or only a name; both empty for nobody."""

    officer_id: int | None = None
    name: str = ""


class OwnerDialog(TaskDialog):
    """Choose among the officers in force, or write a name, which goes before the list.

    `keep(owner, dialog)`, where it is given, stores the choice and in the end calls `accept` of the dialog, or
    `refuse`: then what was chosen and written still stands there.
    """

    def __init__(
        self,
        officers: Sequence[OfficerLine],
        owner: Owner,
        what: str,
        parent: QWidget | None = None,
        *,
        keep: "Callable[[Owner, OwnerDialog], object] | None" = None,
    ) -> None:
        super().__init__(f"Responsable de {what}", primary="Asignar", parent=parent, wide=True)
        self.owner = owner
        self._keep = keep
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.table = RowTable(
            [
                Column("Funcionario", lambda line: line.officer.full_name),
                Column("Cargo", lambda line: line.officer.full_position),
                Column("Unidad", lambda line: line.unit_siglas or line.unit_name, width=96),
            ],
            key=lambda line: line.officer.id,
            name="Funcionarios en el cargo",
            noun=("funcionario", "funcionarios"),
            empty_text="La oficina no tiene funcionarios en el cargo; escriba el nombre abajo.",
        )
        self.table.setMinimumSize(theme().px(600), theme().px(240))
        self.table.set_rows(officers)
        self.table.activated.connect(lambda _line: self.try_submit())
        layout.addWidget(self.table, 1)
        self.name = TextField(
            "O escriba el nombre o el cargo",
            max_length=rules.MAX_RESPONSIBLE,
            hint="Un nombre escrito no se vigila: solo de los funcionarios se avisa cuando dejan el cargo.",
        )
        self.name.set_label(with_mnemonic(self.name.title, set(self.button_letters)))
        layout.addWidget(self.name)
        self.set_body(body)
        if owner.officer_id is None:
            self.name.set_value(owner.name)
        elif not self.table.select(owner.officer_id):
            self.table.focus_filter()
        self.table.focus_filter()

    def submit(self) -> bool:
        typed = self.name.value()
        line: OfficerLine | None = self.table.selected()
        if typed:
            self.owner = Owner(None, typed)
        elif line is not None:
            self.owner = Owner(line.officer.id, line.officer.full_name)
        else:
            self.owner = Owner()
        if self._keep is None:
            return True
        self._keep(self.owner, self)
        return False

    def refuse(self, error: SisfohError) -> None:
        self.set_busy(False)
        super().refuse(error)

    @classmethod
    def ask(
        cls,
        officers: Sequence[OfficerLine],
        owner: Owner,
        what: str,
        parent: QWidget | None = None,
        *,
        keep: "Callable[[Owner, OwnerDialog], object] | None" = None,
    ) -> Owner | None:
        """Who was chosen (nobody with neither a line nor a name), or None if the person left."""
        dialog = cls(officers, owner, what, parent, keep=keep)
        chosen = dialog.owner if dialog.exec() else None
        dialog.deleteLater()
        return chosen
