"""Beside a duty's fields: the evidence recorded for it, and the norm that asks for it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.responsibilities.rules import Duty, Evidence, EvidenceKind
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone, theme


def _tone(evidence: Evidence) -> Tone | None:
    return "dim" if evidence.withdrawn else None


def _text(evidence: Evidence) -> str:
    if evidence.withdrawn:
        return f"Anulada: {evidence.text} ({evidence.withdrawn})"
    return f"{evidence.text} [{evidence.file_name}]" if evidence.file_name else evidence.text


class DutySide(QTabWidget):
    """Two tabs, Evidencia and Norma. It asks and shows; nothing is kept from here."""

    add_asked = Signal()
    open_asked = Signal(object)
    withdraw_asked = Signal(object)
    source_asked = Signal()

    def __init__(self, taken: set[str], parent: QWidget | None = None) -> None:
        """`taken` are the Alt+letters of the panel around it; its buttons add theirs."""
        super().__init__(parent)
        self._by_duty: Mapping[int, tuple[Evidence, ...]] = {}
        self._duty: Duty | None = None
        self._can_change = False
        self.setDocumentMode(True)
        self.list = RowTable(
            [
                Column("Fecha", lambda one: format_date(one.day), lambda one: one.day, "center", 84),
                Column("Evidencia", _text, tone=_tone),
            ],
            name="Evidencia de la función",
            noun=("evidencia", "evidencias"),
            empty_text="Sin evidencia registrada.",
            filterable=False,
        )
        self.list.foot.hide()
        self.list.selection_changed.connect(lambda _one: self._refresh())
        self.list.activated.connect(self.open_asked)
        self.add_button = self._button("&Registrar…", "Nota o archivo que prueba la función (F7)", taken)
        self.add_button.clicked.connect(self.add_asked)
        self.open_button = self._button("&Ver", "Ver el archivo o ir al registro (Intro)", taken)
        self.open_button.clicked.connect(lambda: self._with_chosen(self.open_asked.emit))
        self.withdraw_button = self._button("&Anular…", "Deja de contar; sigue a la vista", taken)
        self.withdraw_button.clicked.connect(lambda: self._with_chosen(self.withdraw_asked.emit))
        self.source = QPlainTextEdit()
        self.source.setReadOnly(True)
        self.source.setTabChangesFocus(True)
        self.source.setAccessibleName("Norma que manda la función")
        self.source.setPlaceholderText("No se anotó qué norma manda esta función.")
        self.source_button = self._button("&Editar la norma…", "Norma y lo que dice", taken)
        self.source_button.clicked.connect(self.source_asked)
        self.tabBar().setAccessibleName("Seguimiento de la función")
        self.addTab(
            self._page(self.list, self.add_button, self.open_button, self.withdraw_button), "Evidencia"
        )
        self.addTab(self._page(self.source, self.source_button), "Norma")

    def sizeHint(self) -> QSize:
        # as high as the fields beside it: the list above needs the room more
        return QSize(theme().px(240), 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), 120)

    def set_evidence(self, by_duty: Mapping[int, tuple[Evidence, ...]]) -> None:
        """The entries of every duty of the matrix on view."""
        self._by_duty = by_duty
        if self._duty is not None:
            self.show_duty(self._duty, can_change=self._can_change)

    def show_duty(self, duty: Duty, *, can_change: bool) -> None:
        """Its entries, the newest first, and its norm."""
        self._duty, self._can_change = duty, can_change
        entries = self._by_duty.get(duty.id, ()) if duty.id else ()
        self.list.set_rows(entries)
        counting = sum(not one.withdrawn for one in entries)
        self.setTabText(0, f"Evidencia ({counting})" if counting else "Evidencia")
        said = "\n\n".join(part for part in (duty.source_norm, duty.source_text) if part)
        self.source.setPlainText(said)
        self._refresh()

    def _refresh(self) -> None:
        known = self._duty is not None and bool(self._duty.id)
        one: Evidence | None = self.list.selected()
        self.add_button.setEnabled(known and self._can_change)
        self.source_button.setEnabled(known and self._can_change)
        self.open_button.setEnabled(one is not None and one.kind is not EvidenceKind.NOTE)
        self.withdraw_button.setEnabled(
            one is not None and self._can_change and not one.withdrawn and one.kind is not EvidenceKind.RECORD
        )

    def _with_chosen(self, run: Callable[[Evidence], object]) -> None:
        one: Evidence | None = self.list.selected()
        if one is not None:
            run(one)

    def _button(self, text: str, tip: str, taken: set[str]) -> QPushButton:
        button = QPushButton(with_mnemonic(text, taken))
        button.setToolTip(tip)
        return button

    def _page(self, body: QWidget, *buttons: QPushButton) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(body, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        return page
