"""The panel under the list: the chosen duty with its follow-up, or a new one being written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyLink,
    DutyState,
    Frequency,
    Matrix,
    MatrixState,
    MatrixUnit,
)
from sisfoh_desktop.modules.responsibilities.view.duty_side import DutySide
from sisfoh_desktop.modules.responsibilities.view.owner_dialog import Owner
from sisfoh_desktop.qtkit.conflict_dialog import Clash, Side
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.forms import ComboField, DateField, Field, LongTextField, TextField
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.record_draft import RecordDraft

DRAFT_TITLE = "Función de la matriz"


class DutyPanel(QFrame):
    """Edits one duty. `duty` is None while a unit's band or nothing is chosen; id 0 is a new one."""

    save_asked = Signal()
    discard_asked = Signal()
    edited = Signal()

    def __init__(self, clock: Clock, *, may_edit: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_edit = may_edit
        self.unit: MatrixUnit | None = None
        self.duty: Duty | None = None
        self._matrix = Matrix("")
        self._officers: dict[str, int] = {}
        self._owner = Owner()
        self.head = ElidedLabel()
        self.head.setProperty("role", "section")
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.summary.setProperty("tone", "dim")
        taken = set("fux")  # the page's own buttons in the top bar have these
        self.save_button = self._button("&Guardar", "Ctrl+G", taken, self.save_asked.emit)
        self.discard_button = self._button("&Descartar", "Esc", taken, self.discard_asked.emit)
        self.text = LongTextField("Función", required=True, max_length=rules.MAX_TEXT, rows=4)
        # Its editor is as high as the two fields beside it, not as it would like: the list needs the room more.
        self.text.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        cast(QVBoxLayout, self.text.layout()).setStretch(1, 100)
        self.responsible = TextField("Responsable", max_length=rules.MAX_RESPONSIBLE)
        self.evidence = TextField("Evidencia esperada", max_length=rules.MAX_EVIDENCE)
        self.due = DateField("Fecha límite", clock=clock)
        self.state = ComboField("Estado", [(state, state.label) for state in DutyState], required=True)
        self.frequency = ComboField("Frecuencia", [(often, often.label) for often in Frequency])
        self.link = ComboField("Se enlaza con", [(link, link.label) for link in DutyLink])
        self._clashing: dict[str, Clash] = {}
        self._kept_words: dict[str, str] = {}  # what each field said as the base has it
        self._draft_key = ""
        self.fields: dict[str, Field] = {
            "text": self.text,
            "responsible": self.responsible,
            "evidence": self.evidence,
            "due": self.due,
            "frequency": self.frequency,
            "link": self.link,
            "state": self.state,
        }
        for field in self.fields.values():
            field.set_label(with_mnemonic(field.title, taken))
            field.changed.connect(self._on_field_changed)
        self.side = DutySide(taken)
        self._build_layout()
        self.show_nothing("")

    # -- what it shows ---------------------------------------------------------------------------------

    def show_duty(self, unit: MatrixUnit, duty: Duty, matrix: Matrix) -> None:
        """Put a duty into the fields; id 0 starts a new one. What may be edited depends on its matrix."""
        self.unit, self.duty, self._matrix = unit, duty, matrix
        self._owner = Owner(duty.officer_id, duty.responsible)
        self._clashing.clear()
        self.head.setText(f"{self._code}  {unit.name}")
        for name, field in self.fields.items():
            field.set_value(getattr(duty, name))
            field.set_error("")
            field.set_read_only(not self._may_change(name))
        self._kept_words = {name: field.as_read() for name, field in self.fields.items()}
        self.side.show_duty(duty, can_change=self._may_follow)
        self._pages.setCurrentIndex(0)
        self._refresh_buttons()
        self._follow_draft()

    def show_unit(self, unit: MatrixUnit, gaps: list[str]) -> None:
        """A unit's band: what is missing under it."""
        self.unit, self.duty = unit, None
        self.head.setText(f"{unit.number:02d}  {unit.name}")
        said = "\n".join(gaps[:5]) or "Todas sus funciones tienen responsable y ninguna está vencida."
        if len(gaps) > 5:
            said += f"\nY {len(gaps) - 5} más."
        self._show_summary(said)

    def show_nothing(self, sentence: str) -> None:
        """No line is chosen."""
        self.unit = self.duty = None
        self.head.setText("")
        self._show_summary(sentence)

    def set_officers(self, officers: Mapping[str, int]) -> None:
        """Names of the officers in force with their ids: offered while typing, and linked when written whole."""
        if officers != self._officers:
            self._officers = dict(officers)
            self.responsible.set_suggestions(list(officers))

    def set_owner(self, owner: Owner) -> None:
        """Write who answers into its field; kept with the rest."""
        self._owner = owner
        self.responsible.set_value(owner.name)

    def rebase(self, unit: MatrixUnit, duty: Duty, matrix: Matrix) -> None:
        """The base has the duty otherwise now: what was not touched here follows it, what was typed stays.

        A field that both changed waits in `clashes` for the person to decide.
        """
        assert self.duty is not None
        for name, field in self.fields.items():
            before, theirs = getattr(self.duty, name), getattr(duty, name)
            self._kept_words[name] = self._words(name, theirs) if before != theirs else self._kept_words[name]
            try:
                untouched, same = field.value() == before, field.value() == theirs
            except RuleError:
                untouched = same = False  # a date that cannot be read
            if before == theirs:
                continue
            if untouched:
                self._put(name, duty)
            elif not same:
                first = self._clashing[name].before if name in self._clashing else self._words(name, before)
                self._clashing[name] = Clash(name, field.title, first, "", self._words(name, theirs))
        self.unit, self.duty, self._matrix = unit, duty, matrix
        self.side.show_duty(duty, can_change=self._may_follow)
        self._refresh_buttons()

    # -- what somebody else changed meanwhile ----------------------------------------------------------

    @property
    def clashes(self) -> list[Clash]:
        """The fields that both changed, as they stand now; empty when nothing is left to decide."""
        standing = [replace(one, mine=self.fields[name].as_read()) for name, one in self._clashing.items()]
        return [one for one in standing if one.mine != one.theirs]

    def decide(self, sides: Mapping[str, Side]) -> None:
        """The person chose for each clash whose value stays; theirs is what `duty` has."""
        assert self.duty is not None
        self._clashing.clear()
        for name, side in sides.items():
            if side is Side.THEIRS:
                self._put(name, self.duty)

    def _put(self, name: str, duty: Duty) -> None:
        self.fields[name].set_value(getattr(duty, name))
        if name == "responsible":
            self._owner = Owner(duty.officer_id, duty.responsible)

    def _words(self, name: str, value: object) -> str:
        """A value as its field shows it; what stands in the field stays."""
        field = self.fields[name]
        standing = field.raw()
        field.blockSignals(True)
        field.set_value(value)
        words = field.as_read()
        field.put_raw(standing)
        field.blockSignals(False)
        return words

    # -- what it holds ---------------------------------------------------------------------------------

    def is_modified(self) -> bool:
        """Whether something was typed that is not kept yet."""
        if self.duty is None:
            return False
        try:
            return self._entered() != self.duty
        except RuleError:
            return True  # a date that cannot be read

    def checked(self) -> Duty | None:
        """The duty as typed, or None after showing what is wrong and moving there."""
        wrong = None
        for field in self.fields.values():
            try:
                field.checked_value()
                field.set_error("")
            except RuleError as error:
                field.set_error(error.sentence)
                wrong = wrong or field
        if wrong is not None or self.duty is None:
            if wrong is not None:
                wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return self._entered()

    def focus_text(self) -> None:
        """Start editing: the text where it may change, else the follow-up."""
        field = self.text if self._matrix.can_rewrite else self.responsible
        field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def discard(self) -> None:
        """Show again what is kept."""
        if self.unit is not None and self.duty is not None:
            self.show_duty(self.unit, self.duty, self._matrix)

    # -- what a power cut may not take -----------------------------------------------------------------

    def _follow_draft(self) -> None:
        """Offer what was typed into this duty and not kept; shown again as the base has it, nothing is left to keep."""
        key = self._key_of_draft()
        if key == self._draft_key:
            self.keeper.keep()
        else:
            self._draft_key = key
            self.keeper.follow(key)

    def _key_of_draft(self) -> str:
        """The duty, or the unit of a new one; apart where its text is fixed, for then a text has no place here."""
        if self.unit is None or self.duty is None or not self._may_follow:
            return ""
        which = f"duty:{self.duty.id}" if self.duty.id else f"unit:{self.unit.id}"
        return f"matrix:{self._matrix.id}:{which}:{'text' if self._may_change('text') else 'follow'}"

    def _unsaved(self) -> list[DraftField]:
        found: list[DraftField] = []
        if self.duty is None:
            return found
        for name, field in self.fields.items():
            typed, before, after = field.typed(), self._kept_words[name], field.as_read()
            if typed is not None and after != before and not self._says_as_kept(name):
                found.append(DraftField(name, f"{field.title} ({self._code})", before, after, typed))
        return found

    def _says_as_kept(self, name: str) -> bool:
        try:
            return bool(self.fields[name].value() == getattr(self.duty, name))
        except RuleError:
            return False  # a date that cannot be read

    def _bring(self, draft: Draft) -> None:
        """What was kept goes into its fields as if it were typed now."""
        for one in draft.fields:
            field = self.fields.get(one.name)
            if (
                field is not None
                and self._may_change(one.name)
                and isinstance(one.typed, type(field.typed()))
            ):
                field.type_again(one.typed)

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def _code(self) -> str:
        """How the duty is called here: "01.a"."""
        assert self.unit is not None
        assert self.duty is not None
        number = f"{self.unit.number:02d}"
        return f"{number}.{self.duty.letter}" if self.duty.id else f"Nueva función en {number}"

    def _may_change(self, name: str) -> bool:
        may_rewrite = self._matrix.can_rewrite and self._may_edit
        return may_rewrite if name == "text" else self._may_follow

    @property
    def _may_follow(self) -> bool:
        """Whether owner, dates and state may change: for whoever edits, until the matrix is archived."""
        return self._may_edit and self._matrix.state is not MatrixState.ARCHIVED

    def _entered(self) -> Duty:
        assert self.duty is not None
        entered = replace(self.duty, **{name: field.value() for name, field in self.fields.items()})
        name = entered.responsible
        known = self._owner.officer_id if name == self._owner.name else self._officers.get(name)
        return replace(entered, officer_id=known if name else None)

    def _show_summary(self, sentence: str) -> None:
        self.summary.setText(sentence)
        self._pages.setCurrentIndex(1)
        self._refresh_buttons()
        self._follow_draft()

    def _on_field_changed(self) -> None:
        self._refresh_buttons()
        self.keeper.edited()
        self.edited.emit()

    def _refresh_buttons(self) -> None:
        modified = self.is_modified() or (self.duty is not None and not self.duty.id)
        for button in (self.save_button, self.discard_button):
            button.setVisible(self._may_follow)
            button.setEnabled(modified)

    def _button(self, text: str, keys: str, taken: set[str], run: Callable[[], object]) -> QPushButton:
        button = QPushButton(with_mnemonic(text, taken))
        button.setToolTip(keys)
        button.clicked.connect(lambda: run())
        return button

    def _build_layout(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head, 1)
        top.addWidget(self.save_button)
        top.addWidget(self.discard_button)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.text, 0, 0, 3, 1)
        grid.addWidget(self.responsible, 0, 1)
        grid.addWidget(self.due, 0, 2)
        grid.addWidget(self.evidence, 1, 1)
        grid.addWidget(self.frequency, 1, 2)
        grid.addWidget(self.link, 2, 1)
        grid.addWidget(self.state, 2, 2)
        grid.addWidget(self.side, 0, 3, 3, 1)
        for column, share in enumerate((4, 3, 2, 4)):
            grid.setColumnStretch(column, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        # Both pages stand in one place, so that the list above keeps its height.
        self._pages = QStackedWidget()
        self._pages.addWidget(body)
        self._pages.addWidget(self.summary)
        layout.addWidget(self._pages)
        self.keeper = RecordDraft(layout, DRAFT_TITLE, self._unsaved, self._bring, self)
