"""The person chosen in Custodia: their ranges, their account of the campaign, and what can be asked of them."""

import html
import textwrap
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.modules.kardex.rules import Holder
from sisfoh_desktop.modules.kardex.rules.reading import Custody, FlowLine
from sisfoh_desktop.modules.kardex.view.custody_rows import (
    HeldRow,
    account_text,
    held_columns,
    held_rows,
)
from sisfoh_desktop.modules.kardex.view.stock_table import FiguresTable, select_first
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.plain_text import plain_tip

TABS_TAKE = frozenset("reutdal")  # the Alt+letters of the page's tabs
_LONGEST_TIP = 600
_NOBODY = "Elija a una persona de la lista."


@dataclass(frozen=True)
class Person:
    """What the panel shows: what they hold and their flows in the campaign on view, whose name is `campaign`."""

    custody: Custody
    flows: tuple[FlowLine, ...] = ()
    campaign: str = ""


class CustodyPanel(QWidget):
    """`day_return_asked`, `no_debt_asked` and `sheet_asked` give the holder's id; `number_chosen` a number to trace."""

    day_return_asked = Signal(int)
    no_debt_asked = Signal(int)
    sheet_asked = Signal(int)
    number_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holder: Holder | None = None
        self.name = ElidedLabel()
        self.name.setProperty("role", "section")
        self.chip = Chip()
        self.about = ElidedLabel()
        self.about.setProperty("tone", "dim")
        self.list = FiguresTable(
            held_columns(),
            words=("Rango",),
            whole_rows=True,
            key=lambda row: (row.form_type.id, row.condition, row.numbers),
            name="Formularios que tiene la persona elegida",
            noun=("rango", "rangos"),
            empty_text=_NOBODY,
            filterable=False,
        )
        self.list.activated.connect(self._on_range_activated)
        self.account = QPlainTextEdit()
        self.account.setReadOnly(True)
        self.account.setTabChangesFocus(True)
        self.account.setAccessibleName("Cuenta de la campaña")
        taken = set(TABS_TAKE)
        self.return_button = QPushButton(with_mnemonic("Ret&orno del día…", taken))
        self.sheet_button = QPushButton(with_mnemonic("&Hoja de control del día", taken))
        self.no_debt_button = QPushButton(with_mnemonic("&Constancia de no adeudo", taken))
        self.return_button.clicked.connect(lambda: self._ask(self.day_return_asked))
        self.sheet_button.clicked.connect(lambda: self._ask(self.sheet_asked))
        self.no_debt_button.clicked.connect(lambda: self._ask(self.no_debt_asked))
        self.reason = ElidedLabel()
        self.reason.setProperty("tone", "dim")
        self.reason.setAccessibleName("Por qué no se da la constancia")
        self._build_layout()
        self.show_nobody()

    # -- content ---------------------------------------------------------------------------------------

    @property
    def holder_id(self) -> int:
        """Whom it shows; 0 for nobody."""
        return self._holder.id if self._holder is not None else 0

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self._holder = None
        self.name.setText("")
        self.about.setText("")
        self.chip.hide()
        self.list.set_empty_state(_NOBODY)
        self.list.set_rows([])
        self.account.setPlainText("")
        self.reason.setText("")
        self._refresh_buttons("")

    def show_person(self, person: Person, today: date) -> None:
        """A holder, what they have and what became of what they were given."""
        custody = person.custody
        holder = self._holder = custody.holder
        self.name.setText(holder.name)
        self.about.setText(" · ".join(_about(holder)))
        reasons = [line.not_in_force for line in custody.lines if line.not_in_force]
        over = [line for line in custody.lines if line.over_days]
        if reasons and custody.holds_anything:
            self.chip.set_state("danger", "No vigente con formularios")
        elif over:
            self.chip.set_state("warn", f"{max(line.days for line in over)} días en poder")
        self.chip.setVisible(bool(over or (reasons and custody.holds_anything)))
        self.chip.setToolTip(plain_tip(reasons[0]) if reasons else "")
        self.list.set_empty_state("No tiene ningún formulario en su poder.")
        self.list.set_rows(held_rows(custody))
        select_first(self.list)
        self.list.refit()
        told = [account_text(line) for line in person.flows]
        head = f"{person.campaign}, al {format_date(today)}\n\n" if person.campaign else ""
        self.account.setPlainText(head + ("\n\n".join(told) or "No recibió formularios en blanco."))
        self._refresh_buttons(custody.text)

    # -- inside ----------------------------------------------------------------------------------------

    def _refresh_buttons(self, held: str) -> None:
        """`held` are the forms in hand, as text: with any there is no constancia."""
        person = self._holder is not None and self._holder.kind.is_person
        for button in (self.return_button, self.sheet_button):
            button.setEnabled(person)
        self.return_button.setToolTip("Registrar lo usado, lo anulado y lo devuelto en el día")
        self.no_debt_button.setEnabled(person and not held)
        if self._holder is None:
            sentence = ""
        elif not person:
            sentence = "La constancia de no adeudo se da solo a personas."
        elif held:
            sentence = f"Sin constancia de no adeudo mientras tenga {held}."
        else:
            sentence = "No debe ningún formulario: se le puede dar la constancia de no adeudo."
        self.reason.setText(sentence)
        tip = f"<qt>{html.escape(textwrap.shorten(sentence, _LONGEST_TIP, placeholder='…'))}</qt>"
        for widget in (self.reason, self.no_debt_button):
            widget.setToolTip(tip if sentence else "")

    def _ask(self, asked: SignalInstance) -> None:
        if self._holder is not None:
            asked.emit(self._holder.id)

    def _on_range_activated(self, row: HeldRow) -> None:
        if row.held is not None:
            number = row.form_type.number_text(row.held.forms.first)
            self.number_chosen.emit(f"{row.form_type.code} {number}")

    def _build_layout(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.chip)
        right = QWidget()
        right_box = QVBoxLayout(right)
        right_box.setContentsMargins(8, 0, 0, 0)
        right_box.setSpacing(4)
        title = QLabel("Cuenta de la persona")
        title.setProperty("role", "caption")
        right_box.addWidget(title)
        right_box.addWidget(self.account, 1)
        left = QWidget()
        left_box = QVBoxLayout(left)
        left_box.setContentsMargins(0, 0, 8, 0)
        left_box.addWidget(self.list)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([570, 276])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.return_button, self.sheet_button, self.no_debt_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.about)
        layout.addWidget(split, 1)
        layout.addWidget(self.reason)
        layout.addLayout(buttons)


def _about(holder: Holder) -> list[str]:
    """What stands under the name: role, DNI masked, days in force, the paper that says so."""
    parts = [holder.kind.label]
    if holder.dni:
        parts.append(f"DNI {mask_dni(holder.dni)}")
    if holder.valid_from is not None:
        parts.append(f"desde el {format_date(holder.valid_from)}")
    if holder.valid_until is not None:
        parts.append(f"hasta el {format_date(holder.valid_until)}")
    if holder.document:
        parts.append(holder.document)
    return parts
