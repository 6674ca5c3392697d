"""One list of the plan with its keys: Ins adds, F2 edits, Supr takes out, Alt+↑/↓ move."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.modules.plans.view.part_columns import Numbered
from sisfoh_desktop.modules.plans.view.parts import Part
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import ask_destroy
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.scroll_room import roomy


class ItemDialog(FormDialog):
    """Asks for one item of a list; `item` is what was asked, cleaned."""

    def __init__(
        self, part: Part, item: Any, *, new: bool, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            f"{'Agregar' if new else 'Editar'} {part.thing}",
            primary="Agregar" if new else "Aceptar",
            columns=part.form_columns,
            on_submit=self._take,
            parent=parent,
            clock=clock,
        )
        self._part = part
        self.item: Any = None
        part.build(self.form)
        self.form.set_values(part.values_of(item))
        self.form.jump_to(next(iter(self.form.fields)))

    def _take(self, values: dict[str, object]) -> bool:
        try:
            self.item = self._part.item_of(values)
        except RuleError as error:
            self.form.show_refusal(error)
            return False
        return True

    @classmethod
    def ask(cls, part: Part, item: Any, *, new: bool, clock: Clock, parent: QWidget | None = None) -> Any:
        """The item as it should become, or None."""
        dialog = cls(part, item, new=new, clock=clock, parent=parent)
        return dialog.item if dialog.exec() == cls.DialogCode.Accepted else None


class PartTab(QWidget):
    """Shows one list of the plan; `changed` carries the list as it should become."""

    changed = Signal(object)

    def __init__(
        self, part: Part, clock: Clock, *, may_edit: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.part = part
        self._clock = clock
        self._may_edit = may_edit
        self._plan: Plan | None = None
        self.list = RowTable(
            part.columns(Plan("", 0)),
            key=lambda row: row.number,
            name=part.tab,
            noun=part.noun,
            empty_text=part.empty_text,
            empty_button=f"Agregar {part.thing}" if may_edit else "",
            on_empty=lambda: self.add_action.trigger(),
        )
        self.list.activated.connect(lambda _row: self.edit_action.trigger())
        self.list.selection_changed.connect(self._on_row_selected)
        self.foot = QLabel()
        self.difference = QLabel()
        self.difference.setProperty("tone", "danger")
        for label in (self.foot, self.difference):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(f"Detalle de {part.thing}")
        self.detail.setTabChangesFocus(True)
        self._build_actions()
        self._build_layout()

    def _build_actions(self) -> None:
        self.add_action = self._action("&Agregar…", self._on_add, "Ins")
        self.edit_action = self._action("&Editar…", self._on_edit, "F2")
        self.remove_action = self._action("&Quitar…", self._on_remove, "Del")
        self.up_action = self._action("&Subir", partial(self._on_move, -1), "Alt+Up")
        self.down_action = self._action("&Bajar", partial(self._on_move, 1), "Alt+Down")
        self.list.menu_actions = [
            self.add_action,
            self.edit_action,
            self.remove_action,
            self.up_action,
            self.down_action,
        ]
        for action in self.list.menu_actions:
            action.setVisible(self._may_edit)

    def _action(self, text: str, run: Callable[[], object], keys: str) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: run())
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.view.addAction(action)
        return action

    def _build_layout(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for action in self.list.menu_actions if self._may_edit else ():
            button = QPushButton(action.text().replace("&", ""))
            button.setToolTip(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.foot)
        buttons.addWidget(self.difference)
        layout = QVBoxLayout(roomy(self))
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(buttons)
        layout.addWidget(self.list, 4)
        layout.addWidget(self.detail, self.part.detail_share)
        self.detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    # -- for the record --------------------------------------------------------------------------------

    def show_plan(self, plan: Plan) -> None:
        """Show the list as the plan has it now; the line chosen stays by its place."""
        chosen: Numbered | None = self.list.selected()
        self._plan = plan
        items = self._items()
        self.list.model.columns = tuple(self.part.columns(plan))
        self.list.set_rows([Numbered(number, item) for number, item in enumerate(items, start=1)])
        if items:
            self._choose(min(chosen.number if chosen else 1, len(items)))
        self.show_sums(plan)
        if not plan.can_edit:
            self.list.set_empty_state(self.part.empty_text)
        self._refresh()

    def show_sums(self, plan: Plan) -> None:
        """Tell again what the list adds up to, after something else of the plan changed."""
        self._plan = plan
        said, difference = self.part.foot(plan)
        self.foot.setText(said)
        self.difference.setText(difference)

    # -- inside ----------------------------------------------------------------------------------------

    def _items(self) -> tuple[Any, ...]:
        items = getattr(self._plan, self.part.name) if self._plan else ()
        assert isinstance(items, tuple)
        return items

    def _choose(self, number: int) -> None:
        """Choose this line alone, whichever keys are held down meanwhile."""
        for row, fact in enumerate(self.list.model.facts_seen()):
            if fact.number == number:
                index = self.list.model.index(row, 0)
                flag = QItemSelectionModel.SelectionFlag
                self.list.view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
                self.list.view.scrollTo(index)

    def _on_row_selected(self, _row: Numbered | None) -> None:
        self._refresh()

    def _refresh(self) -> None:
        row: Numbered | None = self.list.selected()
        draft = self._may_edit and self._plan is not None and self._plan.can_edit
        self.add_action.setEnabled(draft)
        self.edit_action.setEnabled(draft and row is not None)
        self.remove_action.setEnabled(draft and row is not None)
        self.up_action.setEnabled(draft and row is not None and row.number > 1)
        self.down_action.setEnabled(draft and row is not None and row.number < len(self._items()))
        said = self.part.detail(row.item) if row else ""
        self.detail.setVisible(bool(said))
        if said != self.detail.toPlainText():
            self.detail.setPlainText(said)

    def _hand_over(self, items: tuple[Any, ...], number: int) -> None:
        """Give the changed list to the record; afterwards the line at `number` is chosen."""
        self.changed.emit(items)
        self._choose(number)

    def _on_add(self) -> None:
        """A new item below the chosen one, at the end while none is chosen."""
        if self._plan is None:
            return
        item = ItemDialog.ask(
            self.part, self.part.blank(self._plan), new=True, clock=self._clock, parent=self
        )
        if item is not None:
            items = self._items()
            row: Numbered | None = self.list.selected()
            place = row.number if row else len(items)
            self._hand_over((*items[:place], item, *items[place:]), place + 1)

    def _on_edit(self) -> None:
        row: Numbered | None = self.list.selected()
        if row is None or not self.edit_action.isEnabled():
            return
        item = ItemDialog.ask(self.part, row.item, new=False, clock=self._clock, parent=self)
        if item is not None:
            items = self._items()
            self._hand_over((*items[: row.number - 1], item, *items[row.number :]), row.number)

    def _on_remove(self) -> None:
        row: Numbered | None = self.list.selected()
        if row is None:
            return
        texts = [column.text(row) for column in self.list.model.columns]
        named = next((text for text in texts[1:] if text), texts[0])
        consequence = f"{named}\n\nHasta que guarde el plan puede volver atrás descartando los cambios."
        if ask_destroy(self, f"{self.part.article} {self.part.thing} {row.number}", consequence, "Quitar"):
            items = self._items()
            self._hand_over((*items[: row.number - 1], *items[row.number :]), max(1, row.number - 1))

    def _on_move(self, step: int) -> None:
        row: Numbered | None = self.list.selected()
        if row is None:
            return
        items = list(self._items())
        place = row.number + step
        if 1 <= place <= len(items):
            items.insert(place - 1, items.pop(row.number - 1))
            self._hand_over(tuple(items), place)
