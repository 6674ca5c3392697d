"""Keeps what is typed into a form while it is open, and offers it again after the program ended without saving it.

A dialog that wants this answers `draft_key`. Where drafts lie is in `basics.drafts`; `use_drafts` says whose they are.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.drafts import Draft, DraftBox, DraftField
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

IDLE_MS = 2_000
_NEVER = ("dni",)  # fields by name that no file may hold in readable form


class _Drafts:
    """Whose drafts are kept now. Written on a thread of their own: the disk must not hold the typist up."""

    def __init__(self) -> None:
        self.box: DraftBox | None = None
        self.clock: Clock = SystemClock()
        self._writer: ThreadPoolExecutor | None = None

    def keep(self, draft: Draft) -> None:
        if self.box is not None:
            self._ready().submit(self.box.keep, draft)

    def remove(self, key: str) -> None:
        if self.box is not None:
            self._ready().submit(self.box.remove, key)

    def settle(self) -> None:
        """Wait until all is written; for tests and for changing the owner."""
        if self._writer is not None:
            self._writer.submit(lambda: None).result()

    def _ready(self) -> ThreadPoolExecutor:
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "borradores")
        return self._writer


drafts = _Drafts()


def use_drafts(box: DraftBox | None, clock: Clock | None = None) -> None:
    """From now on drafts are kept in `box`; None keeps none."""
    drafts.settle()
    drafts.box, drafts.clock = box, clock or SystemClock()


class Keeper(Protocol):
    """What an offer asks of whoever keeps the draft."""

    def take(self, draft: Draft) -> None:
        """Put what was kept where it was typed."""

    def forget(self) -> None:
        """Nothing of it stays kept."""


class DraftKeeper(QObject):
    """Lives with its dialog, made when it is first shown: offers an earlier draft, keeps a new one."""

    def __init__(self, dialog: TaskDialog, key: str) -> None:
        super().__init__(dialog)
        self._key = key
        self._fields: dict[str, Field] = {
            f"{number}.{name}": field
            for number, form in enumerate(dialog.forms())
            for name, field in form.fields.items()
            if name not in _NEVER
        }
        self._start = {name: (field.typed(), field.as_read()) for name, field in self._fields.items()}
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.keep)
        for form in dialog.forms():
            form.changed.connect(self._idle.start)
        # no reference from here to the dialog: it dies when nobody holds it
        dialog.finished.connect(self._end)
        self.offer: DraftOffer | None = None
        found = drafts.box.find(key) if drafts.box is not None else None
        if found is not None and found.fields:
            self.offer = DraftOffer(found, self)
            dialog.add_notice(self.offer)
            dialog.fit()

    def keep(self) -> None:
        """Write what differs from what the form began with; nothing different keeps nothing."""
        self._idle.stop()
        if self.offer is not None and self.offer.isVisible():
            return  # the earlier draft is not written over before it was looked at
        changed = []
        for name, field in self._fields.items():
            typed, (start, before) = field.typed(), self._start[name]
            if typed is not None and start is not None and typed != start:
                changed.append(DraftField(name, field.title, before, field.as_read(), typed))
        if changed:
            dialog = self.parent()
            assert isinstance(dialog, TaskDialog)
            title = dialog.windowTitle()
            drafts.keep(Draft(self._key, title, drafts.clock.now(), tuple(changed)))
        else:
            drafts.remove(self._key)

    def take(self, draft: Draft) -> None:
        """Put what was kept into the fields that it was typed into; the others stay as the record is now."""
        for one in draft.fields:
            field = self._fields.get(one.name)
            if field is not None and isinstance(one.typed, type(field.typed())):  # else no draft of this form
                field.type_again(one.typed)
        self.keep()

    def forget(self) -> None:
        """Nothing of the form stays kept."""
        self._idle.stop()
        drafts.remove(self._key)

    def _end(self, _result: int) -> None:
        self._idle.stop()
        if self.offer is None or self.offer.isHidden():
            drafts.remove(self._key)


class DraftOffer(QWidget):
    """Above the form: that something was recovered, and what may be done with it."""

    def __init__(self, draft: Draft, keeper: Keeper) -> None:
        super().__init__()
        self._draft, self._keeper = draft, keeper
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        label = QLabel(
            f"Se recuperó lo que usted escribió aquí el {moment_words(draft)} y no llegó a guardar: "
            f"{counted(len(draft.fields), 'dato', 'datos')}."
        )
        label.setWordWrap(True)
        label.setProperty("tone", "warn")
        self.differences = DraftTable([draft], with_titles=False)
        self.differences.setMinimumHeight(theme().px(120))
        self.differences.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        self.take_button = self._button("Recuperar", self._on_take)
        self.show_button = self._button("Ver diferencias", self._on_show)
        self.drop_button = self._button("Descartar…", self._on_drop)
        for button in (self.take_button, self.show_button, self.drop_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(label)
        column.addWidget(self.differences)
        column.addLayout(row)

    def _button(self, text: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _on_take(self) -> None:
        self.hide()
        self._keeper.take(self._draft)
        self._dialog_fits()

    def _on_show(self) -> None:
        self.differences.setVisible(self.differences.isHidden())
        self.show_button.setText("Ocultar diferencias" if self.differences.isVisible() else "Ver diferencias")
        self._dialog_fits()

    def _on_drop(self) -> None:
        if _sure_to_drop(self):
            self.hide()
            self._keeper.forget()
            self._dialog_fits()

    def _dialog_fits(self) -> None:
        dialog = self.window()
        if isinstance(dialog, TaskDialog):
            dialog.fit()


class DraftTable(RowTable):
    """The differences of some drafts: what each field said before, and what was typed."""

    def __init__(self, found: Sequence[Draft], *, with_titles: bool = True) -> None:
        columns = [
            Column("Dato", lambda row: row[1].label, width=160),
            Column("Antes", lambda row: row[1].before),
            Column("Escrito sin guardar", lambda row: row[1].after),
        ]
        if with_titles:
            columns.insert(0, Column("Formulario", lambda row: f"{row[0].title}, {moment_words(row[0])}"))
        super().__init__(
            columns, key=id, name="Diferencias", noun=("dato", "datos"), empty_text="", filterable=False
        )
        self._rows_kept = [(draft, one) for draft in found for one in draft.fields]
        self.set_rows(self._rows_kept)


class RecoveredDialog(TaskDialog):
    """At the start: what the last run left unsaved, form by form. It stays until its form takes or drops it."""

    def __init__(self, found: Sequence[Draft], parent: QWidget | None = None) -> None:
        super().__init__(
            "Se recuperó lo que no se guardó", primary="Entendido", cancel="Cerrar", parent=parent, wide=True
        )
        self._found = list(found)
        self.cancel_button.hide()
        count = counted(len(self._found), "formulario", "formularios")
        label = QLabel(
            f"El programa terminó la última vez con {count} sin guardar; lo escrito se conserva y no está en la base. "
            "Abra otra vez el mismo formulario y elija «Recuperar». Esto es lo que había escrito:"
        )
        label.setWordWrap(True)
        self.table = DraftTable(self._found)
        self.table.setMinimumSize(theme().px(680), theme().px(200))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label)
        layout.addWidget(self.table, 1)
        self.set_body(body)
        self.drop_button = self.add_button("Descartar todo…", self._on_drop)
        self.copy_button = self.add_button("Copiar todo", self._on_copy)

    def _on_copy(self) -> None:
        lines = [f"{draft.title} — {one.label}: {one.after}" for draft in self._found for one in draft.fields]
        QApplication.clipboard().setText("\n".join(lines))
        self.copy_button.setText("Copiado")

    def _on_drop(self) -> None:
        if _sure_to_drop(self):
            for draft in self._found:
                drafts.remove(draft.key)
            self.accept()


def _sure_to_drop(over: QWidget) -> bool:
    from sisfoh_desktop.qtkit.messages import ask_destroy

    return ask_destroy(over, "lo escrito sin guardar", "No se puede recuperar después.", "Descartar")


def moment_words(draft: Draft) -> str:
    """ "08/03/2024 a las 10:42"."""
    return f"{format_date(draft.at.date())} a las {draft.at:%H:%M}"
