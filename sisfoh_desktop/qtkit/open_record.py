"""A stored record that a dialog edits, while somebody else has it open or saves it first.

The dialog gives `fresh` (the record as the base has it now, read on the worker) and `fill` (show a record in the
forms). When its save is refused as stale, the two are compared field by field and saved again as the person decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QLabel

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side, clashes_of
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk


class OpenRecord(QObject):
    """Lives with its dialog, which shows `record`. `subject` names it as the trail does ("unit:3"), `what` in words.

    `version` is what a save must name; it moves on when the person has decided about what somebody else saved.
    `fresh()` raises a SisfohError when the record is no longer there.
    """

    def __init__(
        self,
        dialog: TaskDialog,
        desk: Desk,
        *,
        subject: str,
        record: Any,
        fresh: Callable[[], Any],
        fill: Callable[[Any], object],
        what: str = "el registro",
    ) -> None:
        super().__init__(dialog)
        self.record = record
        self.rebased = False  # whether `record` is no longer the one the dialog was opened with
        self._desk, self._subject, self._what = desk, subject, what
        self._fresh, self._fill = fresh, fill
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("tone", "warn")
        self.hint.hide()
        dialog.add_notice(self.hint)
        if desk.neighbours is not None:
            desk.neighbours.enter(subject, self, self.show_others)
            dialog.finished.connect(self._leave)

    @property
    def _dialog(self) -> TaskDialog:
        """Not kept by reference: the dialog dies when nobody else holds it."""
        dialog = self.parent()
        assert isinstance(dialog, TaskDialog)
        return dialog

    @property
    def version(self) -> int:
        """The version that a save must name."""
        version: int = self.record.version
        return version

    def meets(self, error: SisfohError) -> bool:
        """Whether the refusal of a save is dealt with here: somebody else saved the record first."""
        if not isinstance(error, StaleRow):
            return False
        self._dialog.set_busy(True)
        self._desk.tasks.run_query(
            self._read, self._compare, on_error=self._dialog.refuse, owner=self._dialog
        )
        return True

    def show_others(self, told: str) -> None:
        """Who else has the record open ("" for nobody)."""
        self.hint.setText(f"● Abierto también por {told}." if told else "")
        if self.hint.isHidden() == bool(told):
            self.hint.setVisible(bool(told))
            self._dialog.fit()

    # -- inside ----------------------------------------------------------------------------------------

    def _read(self) -> tuple[Any, str]:
        """On the worker: the record as it is now, and who saved it."""
        neighbours = self._desk.neighbours
        return self._fresh(), neighbours.last_to_change(self._subject) if neighbours is not None else ""

    def _compare(self, found: tuple[Any, str]) -> None:
        record, who = found
        self._dialog.set_busy(False)
        fields = self._fields()
        mine = _standing(fields)
        self._fill(self.record)
        before = _standing(fields)
        self._fill(record)
        theirs = _standing(fields)
        clashes = clashes_of(
            (key, field.title, before[key].text, mine[key].text, theirs[key].text)
            for key, field in fields.items()
        )
        _put(fields, mine)
        sides = ConflictDialog.ask(clashes, who=who, what=self._what, parent=self._dialog) if clashes else {}
        if sides is None:  # as it was: saving compares again
            self._fill(self.record)
            _put(fields, mine)
            return
        self.record, self.rebased = record, True
        _put(fields, {key: theirs[key] for key, side in sides.items() if side is Side.THEIRS})
        if all(field.raw() == theirs[key].raw for key, field in fields.items()):
            Toast.show_over(
                self._dialog.parentWidget() or self._dialog, "Quedó lo que guardó la otra persona."
            )
            self._dialog.done(QDialog.DialogCode.Rejected)
            return
        self._dialog.try_submit()

    def _fields(self) -> dict[str, Field]:
        return {
            f"{number}.{name}": field
            for number, form in enumerate(self._dialog.forms())
            for name, field in form.fields.items()
        }

    def _leave(self, _result: int) -> None:
        if self._desk.neighbours is not None:
            self._desk.neighbours.leave_record(self._subject, self)


@dataclass(frozen=True)
class _Standing:
    """What stands in a field, for the field and for a person."""

    raw: Any
    text: str


def _standing(fields: Mapping[str, Field]) -> dict[str, _Standing]:
    return {key: _Standing(field.raw(), field.as_read()) for key, field in fields.items()}


def _put(fields: Mapping[str, Field], standing: Mapping[str, _Standing]) -> None:
    for key, one in standing.items():
        if fields[key].raw() != one.raw:
            fields[key].put_raw(one.raw)
