"""Which errors of a signed act are rectified: chosen from what it printed, each with what it must say.

The dialog saves on the worker; a refusal keeps what was entered.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import SUBSTANCE_REMINDER, MaterialError, Resolucion
from sisfoh_desktop.modules.resoluciones.rules.rectifying import MAX_SAID, MAX_WHERE
from sisfoh_desktop.modules.resoluciones.service import RectifiableAct
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.mnemonics import letters_of, with_mnemonic
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

_TOUCHES = frozenset({"resoluciones"})
_LONGEST_BASE = 600


@dataclass(frozen=True)
class _Row:
    number: int
    error: MaterialError


class RectifyDialog(TaskDialog):
    """ "Rectificar error material": at the left what the act printed, at the right the errors.

    With `draft` (an act that rectifies already) its errors are changed; without, a new draft is made.
    """

    usual_width = 980

    def __init__(
        self,
        desk: Desk,
        source: RectifiableAct,
        *,
        draft: Resolucion | None = None,
        errors: Sequence[MaterialError] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Errores que se rectifican" if draft else "Rectificar error material",
            primary="Guardar" if draft else "Redactar la rectificación",
            parent=parent,
            wide=True,
        )
        self._desk, self._source, self._draft = desk, source, draft
        self._token = str(uuid.uuid4())
        self._errors = list(errors)
        self._saved = False
        self.result_id = 0
        taken = set(self.button_letters)
        self.where = Form(taken_letters=sorted(taken))
        self.where.combo("place", "Parte del acto", [(n, p.name) for n, p in enumerate(source.places)])
        taken |= _letters(self.where)
        reading = Form(taken_letters=sorted(taken))
        self.printed = reading.long_text("printed", "Lo que imprimió", rows=24, max_length=1_000_000)
        self.printed.set_read_only(True)
        taken |= _letters(reading)
        self._reading = reading
        self.take_button = QPushButton(with_mnemonic("Tomar lo seleccionado", taken))
        self.take_button.setAutoDefault(False)
        self.take_button.clicked.connect(self.take_selected)
        self.form = Form(taken_letters=sorted(taken), clock=desk.clock)
        self.form.text("where", "Dónde, como se escribirá", required=True, max_length=MAX_WHERE)
        self.says = self.form.long_text("says", "Dice", required=True, max_length=MAX_SAID, rows=2)
        self.form.long_text("must_say", "Debe decir", required=True, max_length=MAX_SAID, rows=2)
        taken |= _letters(self.form)
        self.add_error_button = self._button("Agregar", self.add_error, taken)
        self.remove_button = self._button("Quitar", self.remove_error, taken)
        self.list = RowTable(
            [
                Column("Dónde", lambda row: row.error.where, width=120),
                Column("Dice", lambda row: row.error.says),
                Column("Debe decir", lambda row: row.error.must_say),
            ],
            key=lambda row: row.number,
            name="Errores que se rectifican",
            noun=("error", "errores"),
            empty_text="Todavía no hay errores en la lista.",
            filterable=False,
        )
        self.list.setFixedHeight(theme().px(136))
        self.list.selection_changed.connect(lambda row: self.remove_button.setEnabled(row is not None))
        self.base = Form(taken_letters=sorted(taken), clock=desk.clock)
        if draft is None:
            self.base.date("dated", "Fecha del acto que rectifica", required=True)
            self.base.long_text(
                "base", "Base legal", required=True, max_length=_LONGEST_BASE, rows=2, hint=source.base.doubt
            )
            self.base.set_values({"dated": desk.clock.now().date(), "base": source.base.cite})
        self._lay_out()
        self.where.fields["place"].changed.connect(self._on_place_chosen)
        if source.places:
            self.where.fields["place"].set_value(0)
        self._on_place_chosen()
        self._show_errors()
        for form in (self.where, self.form, self.base):
            form.mark_saved()

    # -- orders ----------------------------------------------------------------------------------------

    def take_selected(self) -> None:
        """Put what is selected in the printed words into "Dice"."""
        cursor: QTextCursor = self.printed.editor.textCursor()
        chosen = " ".join(cursor.selectedText().split())
        if chosen:
            self.says.set_value(chosen)
            self.form.fields["must_say"].editor.setFocus()

    def add_error(self) -> bool:
        """Take the three fields into the list; False when one is missing (it has said which)."""
        values = self.form.checked()
        if values is None:
            return False
        self._errors.append(MaterialError(str(values["where"]), str(values["says"]), str(values["must_say"])))
        self.form.set_values({"says": "", "must_say": ""})
        self.form.mark_saved()
        self._show_errors()
        return True

    def remove_error(self) -> None:
        row: _Row | None = self.list.selected()
        if row is not None:
            del self._errors[row.number]
            self._show_errors()

    def submit(self) -> bool:
        """What was typed and not added yet counts as well."""
        typed = not (self.says.is_empty() and self.form.fields["must_say"].is_empty())
        if (typed or not self._errors) and not self.add_error():
            return False
        base = self.base.checked()
        if base is None:
            return False
        self.set_busy(True)
        self._desk.tasks.run_change(
            self._change(base), _TOUCHES, on_done=self._on_saved, on_error=self.refuse, owner=self
        )
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.where.fields["place"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved(self) -> bool:
        return not self._saved and any(form.is_modified() for form in (self.form, self.base))

    @classmethod
    def ask(
        cls,
        desk: Desk,
        source: RectifiableAct,
        *,
        draft: Resolucion | None = None,
        errors: Sequence[MaterialError] = (),
        parent: QWidget | None = None,
    ) -> int | None:
        """The id of the draft made (or changed), or None."""
        dialog = cls(desk, source, draft=draft, errors=errors, parent=parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.result_id if accepted else None

    # -- inside ----------------------------------------------------------------------------------------

    def _change(self, base: dict[str, Any]) -> Callable[[], int]:
        named: dict[str, Any] = {
            "actor": self._desk.actor,
            "now": self._desk.clock.now(),
            "errors": tuple(self._errors),
            "token": self._token,
        }
        if self._draft is not None:
            return partial(
                service.change_errors,
                self._desk.db,
                self._desk.archive,
                resolucion_id=self._draft.id,
                expected_version=self._draft.version,
                **named,
            )
        dated = base["dated"]
        assert isinstance(dated, date)
        return partial(
            service.create_rectification,
            self._desk.db,
            self._desk.archive,
            resolucion_id=self._source.act.id,
            dated=dated,
            base=str(base["base"]),
            **named,
        )

    def _on_saved(self, result: int) -> None:
        self._saved = True
        self.result_id = self._draft.id if self._draft is not None else result
        self.accept()

    def _on_place_chosen(self) -> None:
        chosen = self.where.fields["place"].value()
        if chosen is None:
            return
        place = self._source.places[chosen]
        self.printed.set_value(place.text)
        self.form.set_values({"where": place.name})

    def _show_errors(self) -> None:
        self.list.set_rows([_Row(n, error) for n, error in enumerate(self._errors)])
        self.remove_button.setEnabled(self.list.selected() is not None)

    def _button(self, text: str, run: Callable[[], object], taken: set[str]) -> QPushButton:
        button = QPushButton(with_mnemonic(text, taken))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: run())
        return button

    def _lay_out(self) -> None:
        head = QLabel(self._source.act.title)
        head.setProperty("role", "section")
        head.setTextFormat(Qt.TextFormat.PlainText)
        reminder = QLabel(SUBSTANCE_REMINDER)
        reminder.setWordWrap(True)
        reminder.setProperty("tone", "dim")
        reminder.setTextFormat(Qt.TextFormat.PlainText)
        left, right, orders = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        left.addWidget(self.where)
        left.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._reading, 1)
        orders.setSpacing(8)
        orders.addWidget(self.add_error_button)
        orders.addWidget(self.remove_button)
        orders.addStretch(1)
        right.addWidget(self.form)
        right.addLayout(orders)
        right.addWidget(self.list)
        right.addWidget(self.base)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(reminder)
        layout.addLayout(columns, 1)
        self.set_body(body)


def _letters(form: Form) -> set[str]:
    return letters_of(field.label.text() for field in form.fields.values())
