"""The text of the act: its blocks at the left, the chosen one at the right; add, move, remove, edit.

Nothing is kept from here: `changed` tells the record that `blocks` are no longer those it was given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Block, BlockKind, Resolucion
from sisfoh_desktop.modules.resoluciones.view.block_panel import BlockPanel
from sisfoh_desktop.modules.resoluciones.view.block_rows import BlockRow, block_columns, rows_of
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.modules.resoluciones.view.insert_dialog import InsertDialog
from sisfoh_desktop.qtkit.messages import ask_destroy
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import theme

_LIST_WIDTH = 296
_NEW_AFTER = {
    BlockKind.VISTOS: BlockKind.CONSIDERANDO,
    BlockKind.CLOSING: BlockKind.ARTICLE,
    BlockKind.COPIES: BlockKind.ARTICLE,
}


class TextTab(QWidget):
    """Edits the blocks of one act."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Resolucion | None = None
        self._meanings: Mapping[str, ChipMeaning] = {}
        self._problems: Mapping[Block, tuple[str, ...]] = {}
        self._editable = False
        self._index = -1
        self._refreshing = False
        self.list = RowTable(
            block_columns(),
            key=lambda row: row.index,
            name="Partes de la resolución",
            noun=("parte", "partes"),
        )
        self.list.selection_changed.connect(self._on_row_selected)
        self.list.activated.connect(lambda _row: self.focus_text())
        self.panel = BlockPanel()
        self.panel.edited.connect(self._on_edited)
        self.panel.insert_asked.connect(self.insert_chip)
        self._build_actions()
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for widget, margins in ((self.list, (0, 0, 8, 0)), (self.panel, (8, 0, 0, 0))):
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(*margins)
            inner.addWidget(widget)
            split.addWidget(holder)
        split.setStretchFactor(1, 1)
        split.setSizes([theme().px(_LIST_WIDTH), theme().px(540)])
        self._scale = theme().scale
        theme().changed.connect(self._on_theme_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(split)

    def _on_theme_changed(self) -> None:
        """The list keeps its share of words: it widens with the text."""
        before, self._scale = self._scale, theme().scale
        if before != self._scale:
            left, right = self._split.sizes()
            wide = round(left * self._scale / before)
            self._split.setSizes([wide, max(0, left + right - wide)])

    # -- content ---------------------------------------------------------------------------------------

    def show_act(
        self,
        act: Resolucion,
        meanings: Mapping[str, ChipMeaning],
        problems: Mapping[Block, tuple[str, ...]],
        *,
        editable: bool,
    ) -> None:
        """Show an act; the chosen block stays if it is the same act, with the caret in it if nothing changed."""
        another = self._act is None or self._act.id != act.id
        same_text = not another and self.blocks == act.blocks and self._editable == editable
        self._act, self._meanings, self._problems = act, meanings, problems
        self._editable = editable
        self.panel.set_meanings(meanings)
        if another:
            self.list.set_filter("")
            self._index = 0
        self._refresh(self._index, keep_panel=same_text)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks as they stand here."""
        return self._act.blocks if self._act else ()

    def set_style(self, act: Resolucion) -> None:
        """Headings or date changed elsewhere: the names in the list follow."""
        if self._act is not None:
            self._act = replace(act, blocks=self._act.blocks)
            self._refresh(self._index, keep_panel=True)

    def go_to(self, index: int) -> None:
        """Choose a block and put the cursor in its text."""
        if 0 <= index < len(self.blocks):
            self.list.select(index)
            self.focus_text()

    def focus_text(self) -> None:
        self.panel.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_list(self) -> None:
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu(self) -> list[QAction]:
        """The orders over blocks, for the page's menu."""
        return [self.add_considerando, self.add_article, self.up_action, self.down_action, self.remove_action]

    def bring(self, blocks: Sequence[Block]) -> None:
        """Other blocks in place of these, as if they had been typed."""
        if self._editable and self._act is not None:
            self._take(blocks, self._index)

    # -- orders ----------------------------------------------------------------------------------------

    def insert_chip(self) -> None:
        """F4: choose a datum and put it at the caret."""
        if not self._editable or self._index < 0:
            return
        key = InsertDialog.ask(list(self._meanings.values()), self)
        if key is not None:
            self.panel.editor.insert_chip(key)

    def add(self, kind: BlockKind | None = None) -> None:
        """A new empty block after the chosen one, of its kind where that can be."""
        if not self._editable or self._act is None:
            return
        chosen = self.blocks[self._index].kind if 0 <= self._index < len(self.blocks) else BlockKind.VISTOS
        kind = kind or _NEW_AFTER.get(chosen, chosen)
        blocks, place = rules.with_new(self.blocks, kind, self._index)
        self._take(blocks, place)
        self.focus_text()

    def move_block(self, step: int) -> None:
        """The chosen block a place up or down in its own part."""
        if self._editable and self._index >= 0 and rules.can_move(self.blocks, self._index, step):
            self._take(rules.moved(self.blocks, self._index, step), self._index + step)

    def remove(self) -> None:
        """Take the chosen block out, after asking."""
        row: BlockRow | None = self.list.selected()
        if not self._editable or row is None or not rules.can_remove(self.blocks, row.index):
            return
        consequence = f"{row.words[:200]}\n\nSe quita del borrador; al guardar, queda en el historial."
        if ask_destroy(self, f"«{row.name}»", consequence, "Quitar"):
            self._take(rules.without(self.blocks, row.index), min(row.index, len(self.blocks) - 2))

    def step(self, step: int) -> None:
        """To the block before or after, wherever the cursor is."""
        place = self._index + step
        if 0 <= place < len(self.blocks):
            typing = self.panel.editor.hasFocus()
            self.list.select(place)
            if typing:
                self.focus_text()

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        on_list, anywhere = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.add_action = self._action("&Agregar una parte", self.add, "Ins", on_list)
        self.add_considerando = self._action(
            "Agregar un &considerando", partial(self.add, BlockKind.CONSIDERANDO)
        )
        self.add_article = self._action("Agregar un a&rtículo", partial(self.add, BlockKind.ARTICLE))
        self.up_action = self._action("&Subir", partial(self.move_block, -1), "Alt+Up", anywhere)
        self.down_action = self._action("&Bajar", partial(self.move_block, 1), "Alt+Down", anywhere)
        self.remove_action = self._action("&Quitar…", self.remove, "Del", on_list)
        self.previous_action = self._action("Parte anterior", partial(self.step, -1), "Ctrl+Up", anywhere)
        self.next_action = self._action("Parte siguiente", partial(self.step, 1), "Ctrl+Down", anywhere)
        self.insert_action = self._action("&Insertar dato…", self.insert_chip, "F4", anywhere)
        self.list.menu_actions = [
            self.add_action,
            self.add_considerando,
            self.add_article,
            self.up_action,
            self.down_action,
            self.remove_action,
        ]

    def _action(
        self,
        text: str,
        run: Callable[[], object],
        keys: str = "",
        context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetShortcut,
    ) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: run())
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(context)
            on_list = context is Qt.ShortcutContext.WidgetShortcut
            (self.list.view if on_list else self).addAction(action)
        return action

    def _take(self, blocks: Sequence[Block], place: int) -> None:
        assert self._act is not None
        self._act = replace(self._act, blocks=tuple(blocks))
        self._index = place
        self._refresh(place)
        self.changed.emit()

    def _refresh(self, place: int, *, keep_panel: bool = False) -> None:
        """Write the list anew and choose the block at `place`."""
        if self._act is None:
            return
        self._refreshing = True
        values = {key: one.value for key, one in self._meanings.items()}
        rows = rows_of(self._act, values, self._problems)
        self.list.set_rows(rows)
        self._index = max(0, min(place, len(rows) - 1)) if rows else -1
        if self._index >= 0:
            self.list.select(self._index)
        self._refreshing = False
        row = rows[self._index] if rows else None
        if keep_panel:
            self.panel.show_problems(row)
        else:
            self.panel.show_row(row, editable=self._editable)
        self._refresh_actions()

    def _on_row_selected(self, row: BlockRow | None) -> None:
        if self._refreshing or row is None or row.index == self._index:
            return
        self._refresh(row.index)

    def _on_edited(self) -> None:
        if self._act is None or not 0 <= self._index < len(self.blocks):
            return
        edited = replace(self.blocks[self._index], text=self.panel.text(), table=self.panel.table())
        if edited == self.blocks[self._index]:
            return
        blocks = list(self.blocks)
        blocks[self._index] = edited
        self._act = replace(self._act, blocks=tuple(blocks))
        self.changed.emit()

    def _refresh_actions(self) -> None:
        chosen = self._editable and 0 <= self._index < len(self.blocks)
        for action in (self.add_action, self.add_considerando, self.add_article, self.insert_action):
            action.setEnabled(chosen)
        self.up_action.setEnabled(chosen and rules.can_move(self.blocks, self._index, -1))
        self.down_action.setEnabled(chosen and rules.can_move(self.blocks, self._index, 1))
        self.remove_action.setEnabled(chosen and rules.can_remove(self.blocks, self._index))
