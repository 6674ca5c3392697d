"""What came back from Word: each difference with its words, and a mark on those that are taken.

A datum that says something else is shown and never taken; comments are listed to be read.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones.rules import BlockReturn, ReadBack
from sisfoh_desktop.modules.resoluciones.view.change_text import LEGEND, ChangeText
from sisfoh_desktop.modules.resoluciones.view.compare_dialog import CHANGE_TONES, side_by_side
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.tokens import Tone


@dataclass(frozen=True)
class ReturnRow:
    """A difference in its place, and whether it is taken."""

    place: int
    change: BlockReturn
    taken: bool

    @property
    def mark(self) -> str:
        return "No se puede" if not self.change.can_take else "☑ Se trae" if self.taken else "☐ No"

    @property
    def what(self) -> str:
        """`Cambió`, or `Cambió un dato` where a datum says something else."""
        return "Cambió un dato" if self.change.altered else self.change.kind.label

    @property
    def tone(self) -> Tone | None:
        return "warn" if self.change.altered or self.change.refused else CHANGE_TONES[self.change.kind]


class ReturnDialog(TaskDialog):
    """ "Traer de Word": the clerk ticks what is kept; `taken` are places in the comparison."""

    usual_width = 980

    def __init__(self, read: ReadBack, parent: QWidget | None = None) -> None:
        super().__init__("Traer cambios de Word", primary="Traer lo marcado", parent=parent, wide=True)
        self.read = read
        self.taken = {
            place for place, change in enumerate(read.changes) if change.can_take and change in read.differing
        }
        self.list = RowTable(
            [
                Column("Se trae", lambda row: row.mark, width=112),
                Column("Parte", lambda row: row.change.name, width=148),
                Column("Qué pasó", lambda row: row.what, tone=lambda row: row.tone),
            ],
            key=lambda row: row.place,
            name="Lo que difiere",
            noun=("diferencia", "diferencias"),
            empty_text="El Word dice lo mismo que el borrador: no hay nada que traer.",
            filterable=False,
        )
        self.list.selection_changed.connect(self._show)
        self.list.activated.connect(lambda _row: self.toggle())
        space = QShortcut(QKeySequence("Space"), self.list.view)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.toggle)
        self.text = ChangeText()
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("tone", "warn")
        self.set_body(self._body())
        self.toggle_button = self.add_button("&Marcar o desmarcar", self.toggle)
        self.toggle_button.setToolTip("Marcar o desmarcar la diferencia elegida (Espacio)")
        self._refresh()
        rows = self.list.rows()
        if rows:
            self.list.select(rows[0].place)
        self._show(rows[0] if rows else None)
        self.list.view.setFocus()

    def toggle(self) -> None:
        """Take the chosen difference, or leave it."""
        row: ReturnRow | None = self.list.selected()
        if row is not None and row.change.can_take:
            self.taken ^= {row.place}
            self._refresh()
            self.list.select(row.place)

    def submit(self) -> bool:
        if not self.taken:
            self.banner.show_sentence(
                "No hay ninguna diferencia marcada; márquela con Espacio, o salga con Esc."
            )
            return False
        return True

    def _refresh(self) -> None:
        places = [place for place, change in enumerate(self.read.changes) if change in self.read.differing]
        self.list.set_rows(
            [ReturnRow(place, self.read.changes[place], place in self.taken) for place in places]
        )
        self.primary_button.setEnabled(bool(self.taken))

    def _show(self, row: ReturnRow | None) -> None:
        self.text.show_stretches(row.change.stretches if row is not None else ())
        sentences = [one.sentence for one in row.change.altered] if row is not None else []
        if row is not None and row.change.refused and row.change.refused not in sentences:
            sentences.append(row.change.refused)
        self.told.setText("\n".join(sentences))
        self.told.setVisible(bool(sentences))
        self.toggle_button.setEnabled(row is not None and row.change.can_take)

    def _body(self) -> QWidget:
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.told)
        right.addWidget(self.text, 1)
        split = side_by_side(self.list, beside, 420)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for note in self.read.notes:
            layout.addWidget(_note(note))
        if self.read.remarks:
            tabs = QTabWidget()
            tabs.tabBar().setAccessibleName("Partes de la revisión")
            tabs.setDocumentMode(True)
            tabs.addTab(split, "&Diferencias")
            tabs.addTab(self._remarks(), f"&Comentarios ({len(self.read.remarks)})")
            layout.addWidget(tabs, 1)
        else:
            layout.addWidget(split, 1)
        layout.addWidget(_note(LEGEND, caption=True))
        return body

    def _remarks(self) -> RowTable:
        table = RowTable(
            [
                Column("Quién", lambda one: one.author, width=140),
                Column("Comentario", lambda one: one.text),
                Column("Sobre", lambda one: one.about),
            ],
            key=id,
            name="Comentarios al margen",
            noun=("comentario", "comentarios"),
            filterable=False,
        )
        table.set_rows(list(self.read.remarks))
        return table

    @classmethod
    def ask(cls, read: ReadBack, parent: QWidget | None = None) -> frozenset[int] | None:
        """The places that are taken, or None."""
        dialog = cls(read, parent)
        accepted = dialog.exec() == TaskDialog.DialogCode.Accepted
        taken = frozenset(dialog.taken)
        dialog.deleteLater()
        return taken if accepted else None


def _note(text: str, *, caption: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role" if caption else "tone", "caption" if caption else "warn")
    return label
