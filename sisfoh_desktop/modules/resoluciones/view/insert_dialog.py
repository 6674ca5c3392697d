"""The choice of a locked datum to put into the text: one list to type in, Enter takes it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme


def _own_name(meaning: ChipMeaning) -> str:
    """The name without the group, which stands in a column of its own."""
    name = meaning.label.removeprefix(f"{meaning.group}: ")
    return name[:1].upper() + name[1:]


class InsertDialog(TaskDialog):
    """ "Insertar dato": the data of the act with their values."""

    def __init__(self, meanings: Sequence[ChipMeaning], parent: QWidget | None = None) -> None:
        super().__init__("Insertar dato", primary="Insertar", parent=parent, wide=True)
        self.chosen = ""
        self.list = RowTable(
            [
                Column("Clase", lambda one: one.group, width=104),
                Column("Dato", _own_name),
                Column("Dice", lambda one: one.value),
            ],
            key=lambda one: one.key,
            name="Datos que se pueden insertar",
            noun=("dato", "datos"),
            empty_text="Este expediente todavía no tiene datos que insertar.",
        )
        self.list.set_rows([one for one in meanings if one.value])
        self.list.activated.connect(lambda _one: self.try_submit())
        self.list.setMinimumSize(theme().px(680), theme().px(380))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.set_body(body)
        if self.list.rows():
            self.list.select(self.list.rows()[0].key)
        self.list.focus_filter()

    def submit(self) -> bool:
        seen = self.list.model.facts_seen()
        meaning = self.list.selected() or (seen[0] if seen else None)
        if meaning is None:
            self.banner.show_sentence("Elija un dato de la lista, o escriba otra palabra en el filtro.")
            return False
        self.chosen = meaning.key
        return True

    @classmethod
    def ask(cls, meanings: Sequence[ChipMeaning], parent: QWidget | None = None) -> str | None:
        """The key of the datum, or None."""
        dialog = cls(meanings, parent)
        accepted = dialog.exec() == TaskDialog.DialogCode.Accepted
        chosen = dialog.chosen if accepted else None
        dialog.deleteLater()
        return chosen
