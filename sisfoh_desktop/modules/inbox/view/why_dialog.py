"""Why a term ends on its day: the event, the norm, and every day that was counted or passed over."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.inbox.rules import Reckoning
from sisfoh_desktop.qtkit.dialogs import WIDEST, TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme


class WhyDialog(TaskDialog):
    """A term day by day; Ctrl+C copies the list with its heads."""

    usual_width = WIDEST

    def __init__(self, title: str, reckoning: Reckoning, parent: QWidget | None = None) -> None:
        super().__init__(f"Por qué vence ese día: {title}", primary="Cerrar", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel_button.hide()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(8)
        self.sentence = _wrapped(reckoning.sentence)
        self.source = _wrapped(
            f"Norma: {reckoning.source}" if reckoning.source else "Plazo que dio la oficina al pedirlo."
        )
        self.source.setProperty("tone", "dim")
        self.list = RowTable(
            [
                Column("Día", lambda one: one.text, lambda one: one.day, width=184),
                Column("Cuenta", lambda one: one.counts, width=96),
                Column("Por qué no", lambda one: one.reason),
            ],
            name="Días del plazo",
            noun=("día", "días"),
            filterable=False,
        )
        self.list.set_rows(reckoning.days())
        self.list.setMinimumHeight(theme().px(240))
        for widget in (self.sentence, self.source):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.notes = [_wrapped(note) for note in reckoning.notes]
        for note in self.notes:
            note.setProperty("tone", "warn")
            column.addWidget(note)
        self.set_body(body)


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
