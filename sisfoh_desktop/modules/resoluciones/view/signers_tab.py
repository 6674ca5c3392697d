"""The round of signers: chosen and ordered while the act is a draft, followed once it is frozen."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.papers.rules import OPEN_STATES, Paper
from sisfoh_desktop.modules.resoluciones.rules import SignerPlace, SignerRole
from sisfoh_desktop.modules.resoluciones.view.dialogs import PlaceDialog
from sisfoh_desktop.modules.resoluciones.view.signer_rows import (
    Head,
    SignerRow,
    rows_of_paper,
    rows_of_places,
    signer_columns,
)
from sisfoh_desktop.qtkit.messages import ask_destroy
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.top_bar import ActionButton

_PER_LINE, _PER_DRAFT_LINE = 3, 5
_DRAFT_NOTE = "Firman en este orden y el autor al final. Los nombres son los vigentes en la fecha del acto."


class SignersTab(QWidget):
    """Edits the places of a draft, or shows how far the round of a paper has come."""

    changed = Signal()

    def __init__(self, round_actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places: tuple[SignerPlace, ...] = ()
        self._heads: Sequence[Head] = ()
        self._editable = False
        self.list = RowTable(
            signer_columns(),
            key=lambda row: row.key,
            name="Ronda de firmas",
            noun=("firmante", "firmantes"),
            empty_text="Todavía no se eligió quién firma.",
            filterable=False,
        )
        self.list.selection_changed.connect(lambda _row: self._on_selected())
        self.list.activated.connect(lambda _row: self.edit_action.trigger())
        self.who, self.note = QLabel(), QLabel()
        self.note.setProperty("role", "caption")
        for label in (self.who, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build_actions()
        self._draft_buttons, self._round_buttons = QWidget(), QWidget()
        for holder, actions, per_line in (
            (self._draft_buttons, self.draft_actions, _PER_DRAFT_LINE),
            (self._round_buttons, list(round_actions), _PER_LINE),
        ):
            grid = QGridLayout(holder)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(8)
            for number, action in enumerate(actions):
                grid.addWidget(ActionButton(action), number // per_line, number % per_line)
            grid.setColumnStretch(per_line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.who)
        layout.addWidget(self.note)
        layout.addWidget(self._draft_buttons)
        layout.addWidget(self._round_buttons)

    # -- content ---------------------------------------------------------------------------------------

    def show_places(
        self, places: Sequence[SignerPlace], heads: Sequence[Head], *, editable: bool = True
    ) -> None:
        """The round of a draft, to be edited by whoever may."""
        self.places, self._heads, self._editable = tuple(places), heads, editable
        self.note.setText(_DRAFT_NOTE)
        self._refresh()

    def show_paper(self, paper: Paper, heads: Sequence[Head]) -> None:
        """The round of a frozen paper, to be followed."""
        self._editable = False
        rows = rows_of_paper(paper, heads)
        self.list.set_rows(rows)
        self.list.refit()
        turn = next((row for row in rows if row.tone == "accent"), None)
        if turn is not None:
            self.list.select(turn.key)
        elif self.list.selected() is None and rows:
            self.list.select(rows[0].key)
        self._on_selected()
        self.note.setText(
            f"{f'Versión {paper.edition}. ' if paper.edition > 1 else ''}"
            f"Congelada el {paper.frozen_at:%d/%m/%Y a las %H:%M}, {paper.pages} páginas. Se ve, se imprime, se firma "
            f"y se archiva el mismo PDF.\nHuella del archivo (SHA-256): {paper.current_sha256}"
        )
        self._draft_buttons.hide()
        self._round_buttons.setVisible(paper.state in OPEN_STATES)

    # -- orders ----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Choose another unit that must sign."""
        answer = self._editable and PlaceDialog.ask(None, self._heads, self)
        if answer:
            self._take((*self.places, answer), len(self.places) + 1)

    def edit(self) -> None:
        """Change unit, role or printed post of the chosen place."""
        row: SignerRow | None = self.list.selected()
        if not self._editable or row is None:
            return
        answer = PlaceDialog.ask(self.places[row.key - 1], self._heads, self)
        if answer:
            places = list(self.places)
            places[row.key - 1] = answer
            self._take(places, row.key)

    def remove(self) -> None:
        """Take the chosen place out of the round, after asking."""
        row: SignerRow | None = self.list.selected()
        if not self._editable or row is None:
            return
        if ask_destroy(self, f"la firma de {row.unit}", "Sale de la ronda de este borrador.", "Quitar"):
            self._take([place for n, place in enumerate(self.places, 1) if n != row.key], row.key)

    def move_place(self, step: int) -> None:
        """The chosen visto bueno earlier or later."""
        row: SignerRow | None = self.list.selected()
        if row is not None and self._can_move(row, step):
            places = list(self.places)
            at = row.key - 1
            places[at], places[at + step] = places[at + step], places[at]
            self._take(places, row.key + step)

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        self.add_action = self._action("Ag&regar firmante…", self.add, "Ins")
        self.edit_action = self._action("Camb&iar…", self.edit, "F2")
        self.up_action = self._action("&Subir", partial(self.move_place, -1), "Alt+Up")
        self.down_action = self._action("&Bajar", partial(self.move_place, 1), "Alt+Down")
        self.remove_action = self._action("&Quitar…", self.remove, "Del")
        self.draft_actions = [
            self.add_action,
            self.edit_action,
            self.up_action,
            self.down_action,
            self.remove_action,
        ]

    def _action(self, text: str, run: Callable[[], object], keys: str) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: run())
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(f"{text.replace('&', '')} ({keys})")
        self.list.view.addAction(action)
        return action

    def _take(self, places: Sequence[SignerPlace], chosen: int) -> None:
        """The places with their one author at the end: a new author makes the one before a visto bueno."""
        picked = places[min(chosen, len(places)) - 1] if places else None
        authors = [place for place in places if place.role is SignerRole.AUTHOR]
        author = picked if picked in authors else (authors[-1] if authors else None)
        others = [
            place if place.role is SignerRole.VISTO_BUENO else replace(place, role=SignerRole.VISTO_BUENO)
            for place in places
            if place is not author
        ]
        self.places = (*others, author) if author is not None else tuple(others)
        self._refresh()
        if picked is not None:
            self.list.select(next(n for n, one in enumerate(self.places, 1) if one.unit_id == picked.unit_id))
        self.changed.emit()

    def _refresh(self) -> None:
        self.list.set_rows(rows_of_places(self.places, self._heads))
        self.list.refit()
        if self.list.selected() is None and self.places:
            self.list.select(1)
        self._draft_buttons.show()
        self._round_buttons.hide()
        self._on_selected()

    def _can_move(self, row: SignerRow, step: int) -> bool:
        other = row.key - 1 + step
        return (
            self._editable
            and row.role is SignerRole.VISTO_BUENO
            and 0 <= other < len(self.places)
            and self.places[other].role is SignerRole.VISTO_BUENO
        )

    def _on_selected(self) -> None:
        row: SignerRow | None = self.list.selected()
        self.who.setText(row.told if row is not None else "")
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        row: SignerRow | None = self.list.selected()
        self.add_action.setEnabled(self._editable)
        self.edit_action.setEnabled(self._editable and row is not None)
        self.remove_action.setEnabled(self._editable and row is not None)
        self.up_action.setEnabled(row is not None and self._can_move(row, -1))
        self.down_action.setEnabled(row is not None and self._can_move(row, 1))
