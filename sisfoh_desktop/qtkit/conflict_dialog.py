"""Two people changed the same record: field by field what was, what is on this screen, what the other one saved.

Nothing is discarded unseen: of every field one of the two is taken by hand, and what is not taken can be copied.
Where the fields come from and what is saved afterwards is in `open_record`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.basics.word_changes import StretchKind, word_changes
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.marked_words import marked_html
from sisfoh_desktop.qtkit.theme import current_tokens, theme

NOTHING = "(vacío)"
_LONGEST_SHOWN = 1_200  # signs of one text on screen; copying takes all of it
_LEADING = 60  # signs shown before the first difference of a long text


class Side(StrEnum):
    """Whose value of a field stays."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Clash:
    """A field that reads differently on the two sides; `before` is what both began with."""

    key: str
    label: str
    before: str
    mine: str
    theirs: str

    @property
    def proposed(self) -> Side | None:
        """The side that changed it; None when both did, so that the person must choose."""
        if self.mine == self.before:
            return Side.THEIRS
        return Side.MINE if self.theirs == self.before else None


def clashes_of(fields: Iterable[tuple[str, str, str, str, str]]) -> list[Clash]:
    """The (key, label, before, mine, theirs) whose two sides differ."""
    return [found for found in (Clash(*one) for one in fields) if found.mine != found.theirs]


def not_taken(clashes: Sequence[Clash], sides: Mapping[str, Side]) -> str:
    """The texts that stay behind, by field, as they are copied."""
    left = (
        (one.label, one.theirs if sides[one.key] is Side.MINE else one.mine)
        for one in clashes
        if one.key in sides
    )
    return "\n".join(f"{label}: {text or NOTHING}" for label, text in left)


class ConflictDialog(TaskDialog):
    """The fields that differ, a choice in each. `answer`: whose value stays, by key; None while the person edits on."""

    def __init__(
        self,
        clashes: Sequence[Clash],
        *,
        who: str = "",
        what: str = "el registro",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Otra persona guardó primero",
            primary="Guardar así",
            cancel="Seguir editando",
            parent=parent,
            wide=True,
        )
        self._clashes = list(clashes)
        self.choices: dict[str, dict[Side, QRadioButton]] = {}
        self.answer: dict[str, Side] | None = None
        told = QLabel(
            f"Mientras usted editaba {what}, {who or 'otra persona'} guardó cambios. Lo de usted sigue en la pantalla "
            "y no se guardó. Elija en cada dato qué queda; lo que no quede se puede copiar."
        )
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addLayout(self._table())
        layout.addStretch(1)
        body.setMinimumWidth(theme().px(680))
        self.set_body(body)
        both = sum(one.proposed is None for one in self._clashes)
        self.copy_button = self.add_button("Copiar lo que no queda", self.copy_left)
        self.copy_button.setToolTip(
            "Copia al portapapeles lo que no se va a guardar, con el nombre de cada dato"
        )
        if both:
            self.setAccessibleDescription(f"{counted(both, 'dato', 'datos')} por elegir")

    @classmethod
    def ask(
        cls, clashes: Sequence[Clash], *, who: str, what: str, parent: QWidget | None
    ) -> dict[str, Side] | None:
        """Whose value stays, by key; None to go on editing."""
        dialog = cls(clashes, who=who, what=what, parent=parent)
        dialog.exec()
        answer = dialog.answer
        dialog.deleteLater()
        return answer

    def sides(self) -> dict[str, Side]:
        """What is chosen so far."""
        return {
            key: side
            for key, buttons in self.choices.items()
            for side, button in buttons.items()
            if button.isChecked()
        }

    def submit(self) -> bool:
        sides = self.sides()
        missing = [one for one in self._clashes if one.key not in sides]
        if missing:
            named = ", ".join(f"«{one.label}»" for one in missing)
            self.banner.show_sentence(f"Falta elegir qué queda en {named}: los dos lo cambiaron.")
            self.fit()
            self.choices[missing[0].key][Side.MINE].setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.answer = sides
        return True

    def copy_left(self) -> None:
        """Put what would not stay into the clipboard; a field without a choice gives both sides."""
        sides = self.sides()
        open_ones = [one for one in self._clashes if one.key not in sides]
        texts = [not_taken(self._clashes, sides)] if sides else []
        texts += [not_taken(open_ones, {one.key: side for one in open_ones}) for side in Side]
        QApplication.clipboard().setText("\n".join(filter(None, texts)))
        self.copy_button.setText("Copiado")

    # -- inside ----------------------------------------------------------------------------------------

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, share in enumerate((2, 3, 4, 4)):
            grid.setColumnStretch(column, share)
        for column, title in enumerate(("Dato", "Antes", "En esta pantalla", "Lo que guardó")):
            head = QLabel(title)
            head.setProperty("role", "section")
            grid.addWidget(head, 0, column)
        row = 1
        for one in self._clashes:
            line = QFrame()
            line.setFixedHeight(1)
            line.setStyleSheet(f"background: {current_tokens().line};")
            grid.addWidget(line, row, 0, 1, 4)
            label = _text_label(one.label)
            grid.addWidget(label, row + 1, 0, Qt.AlignmentFlag.AlignTop)
            before = _text_label(_shortened(one.before, one.before) or NOTHING)
            before.setProperty("tone", "dim")
            grid.addWidget(before, row + 1, 1, Qt.AlignmentFlag.AlignTop)
            self.choices[one.key] = {}
            for column, side, words, text in (
                (2, Side.MINE, "Dejar lo mío", one.mine),
                (3, Side.THEIRS, "Tomar lo guardado", one.theirs),
            ):
                grid.addWidget(
                    self._choice(one, side, words, text), row + 1, column, Qt.AlignmentFlag.AlignTop
                )
            row += 2
        return grid

    def _choice(self, clash: Clash, side: Side, words: str, text: str) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        button = QRadioButton(words)
        button.setAutoExclusive(False)  # each stands in a cell of its own
        button.setAccessibleName(f"{clash.label}: {words}, {text or NOTHING}"[:200])
        button.setChecked(clash.proposed is side)
        self.choices[clash.key][side] = button
        button.clicked.connect(lambda _checked=False: self._take(clash.key, side))
        shown = _text_label("")
        if text:
            stretches = word_changes(_shortened(clash.before, text), _shortened(text, clash.before))
            shown.setTextFormat(Qt.TextFormat.RichText)
            shown.setText(marked_html(part for part in stretches if part.kind is not StretchKind.REMOVED))
        else:
            shown.setText(NOTHING)
            shown.setProperty("tone", "dim")
        column.addWidget(button)
        column.addWidget(shown)
        return cell

    def _take(self, key: str, side: Side) -> None:
        for other, button in self.choices[key].items():
            button.setChecked(other is side)
        self.banner.show_sentence("")
        self.copy_button.setText("Copiar lo que no queda")


def _text_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _shortened(text: str, other: str) -> str:
    """A long text from a little before it begins to differ from `other`."""
    if len(text) <= _LONGEST_SHOWN:
        return text
    shared = next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    start = max(0, shared - _LEADING)
    cut = text[start : start + _LONGEST_SHOWN]
    return f"{'…' if start else ''}{cut}{'…' if start + _LONGEST_SHOWN < len(text) else ''}"
