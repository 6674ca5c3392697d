"""Two versions of a matrix side by side: what was added, taken out, moved, and which words changed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from sisfoh_desktop.modules.responsibilities.rules import Change, Difference
from sisfoh_desktop.modules.responsibilities.service import MatrixVersion
from sisfoh_desktop.modules.responsibilities.view.bar import counted
from sisfoh_desktop.qtkit.choice_fields import ComboField
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.marked_words import marked_html
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone, theme

_TONES: dict[Change, Tone] = {
    Change.ADDED: "ok",
    Change.REMOVED: "danger",
    Change.REWORDED: "accent",
    Change.MOVED: "dim",
}
Load = Callable[[MatrixVersion, Callable[[Sequence[Difference]], None]], object]


class CompareDialog(TaskDialog):
    """Choose the earlier version; `load` fetches the differences on the worker, `save` writes them to a workbook."""

    def __init__(
        self,
        versions: Sequence[MatrixVersion],
        load: Load,
        save: Callable[[Sequence[Difference]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Comparar la matriz", primary="Cerrar", cancel="Guardar en Excel…", parent=parent, wide=True
        )
        self._load, self._save = load, save
        self.differences: Sequence[Difference] = ()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.version = ComboField("Comparar con", [(one, one.title) for one in versions], required=True)
        self.version.set_label(with_mnemonic(self.version.title, set(self.button_letters)))
        self.version.changed.connect(self._on_version_chosen)
        layout.addWidget(self.version)
        self.table = RowTable(
            [
                Column(
                    "Cambio", lambda one: one.change.label, tone=lambda one: _TONES[one.change], width=112
                ),
                Column("Qué", lambda one: one.what.capitalize(), width=96),
                Column("Antes", lambda one: one.before_place, width=64),
                Column("Ahora", lambda one: one.after_place, width=64),
                Column("Texto", lambda one: one.after or one.before),
            ],
            key=id,
            name="Diferencias",
            noun=("diferencia", "diferencias"),
            empty_text="Elija con qué versión comparar.",
        )
        self.table.setMinimumSize(theme().px(700), theme().px(240))
        self.table.selection_changed.connect(lambda _one: self._show_words())
        layout.addWidget(self.table, 1)
        self.words = QTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("Palabras que cambiaron")
        self.words.setFixedHeight(theme().px(132))
        layout.addWidget(self.words)
        self.set_body(body)
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(lambda: self._save(self.differences))
        self.cancel_button.setEnabled(False)
        if versions:
            self.version.set_value(versions[0])
            self._on_version_chosen()

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """The differences from the version chosen."""
        self.differences = differences
        self.table.set_empty_state("Las dos versiones dicen lo mismo.")
        self.table.set_rows(differences)
        self.table.foot.setText(counted(len(differences), "diferencia", "diferencias"))
        self.cancel_button.setEnabled(bool(differences))
        if differences:
            self.table.view.select_row(0)
        self._show_words()

    def _on_version_chosen(self) -> None:
        chosen = self.version.value()
        if chosen is not None:
            self._load(chosen, self.show_differences)

    def _show_words(self) -> None:
        one: Difference | None = self.table.selected()
        self.words.setHtml(marked_html(one.words) if one is not None else "")
