"""Two people saved the same act: what differs, part by part, and which of the two stays. Nothing is lost unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.resoluciones.rules import (
    Block,
    ChangeKind,
    Part,
    Resolucion,
    block_names,
    compare_parts,
    style_example,
)
from sisfoh_desktop.modules.resoluciones.view.block_rows import TABLE_WORDS
from sisfoh_desktop.modules.resoluciones.view.chip_editor import plain
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

_LEADING = 24  # letters shown before the first difference
KEEP_MINE, TAKE_THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Difference:
    """A part that the two do not share."""

    part: str
    mine: str
    theirs: str


def differences(
    mine: Resolucion, theirs: Resolucion, meanings: Mapping[str, ChipMeaning]
) -> list[Difference]:
    """What the screen and the base say differently, in reading order, each from where it begins to differ."""
    found = []
    for part, one, other in (
        ("Asunto", plain(mine.matter, meanings), plain(theirs.matter, meanings)),
        ("Fecha", format_date(mine.dated), format_date(theirs.dated)),
        ("Encabezado", _heading(mine), _heading(theirs)),
        ("Anexo N° 01", _annex(mine), _annex(theirs)),
        ("Firmantes", f"{len(mine.places)} firmantes", f"{len(theirs.places)} firmantes"),
    ):
        if one != other:
            found.append(_difference(part, one, other))
    if mine.places != theirs.places and len(mine.places) == len(theirs.places):
        found.append(Difference("Firmantes", "orden o cargos de esta pantalla", "orden o cargos guardados"))
    changes = compare_parts(_parts(theirs, meanings), _parts(mine, meanings))
    for change in changes:
        if change.kind is ChangeKind.MOVED:
            found.append(Difference(change.name, "en otro lugar", "donde estaba"))
        elif change.kind is not ChangeKind.SAME:
            found.append(_difference(change.name, _text(change.new), _text(change.old)))
    return found


def _difference(part: str, mine: str, theirs: str) -> Difference:
    """The two texts without the beginning that they share, but for the words that lead to the difference."""
    shared = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), 0)
    start = max(0, mine.rfind(" ", 0, max(0, shared - _LEADING)) + 1)
    lead = "…" if start else ""
    return Difference(part, lead + mine[start:], lead + theirs[start:])


def _parts(act: Resolucion, meanings: Mapping[str, ChipMeaning]) -> list[Part]:
    names = block_names(act.blocks, act.headings.style)
    return [
        Part(block.kind, name, f"{plain(block.text, meanings)}{_after(block)}")
        for block, name in zip(act.blocks, names, strict=True)
    ]


def _after(block: Block) -> str:
    """The table that follows, in words: it is part of what two people may have saved differently."""
    return f"\n[sigue {TABLE_WORDS[block.table]}]" if block.table else ""


def _text(part: Part | None) -> str:
    return part.text if part is not None else "(no está)"


def _heading(act: Resolucion) -> str:
    return f"{act.headings.act_name}; {style_example(act.headings.style)} {act.headings.initials}".strip()


def _annex(act: Resolucion) -> str:
    return "sí" if act.with_annex else "no"


class ConflictDialog(TaskDialog):
    """ "Otra persona guardó antes": the differences, and the choice."""

    def __init__(self, found: Sequence[Difference], parent: QWidget | None = None) -> None:
        super().__init__(
            "Otra persona guardó esta resolución",
            primary="Guardar lo mío",
            cancel="Seguir editando",
            parent=parent,
            wide=True,
        )
        self.answer = ""
        text = QLabel(
            "Mientras usted editaba, otra persona guardó cambios. Compare y decida; el historial conserva los dos."
        )
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self.table = RowTable(
            [
                Column("Parte", lambda one: one.part, width=150),
                Column("En esta pantalla", lambda one: one.mine),
                Column("Guardado", lambda one: one.theirs),
            ],
            key=id,
            name="Diferencias",
            noun=("diferencia", "diferencias"),
            empty_text="Los textos son iguales: puede guardar lo suyo o tomar lo guardado.",
            filterable=False,
        )
        self.table.setMinimumSize(theme().px(680), theme().px(240))
        self.table.set_rows(list(found))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(text)
        layout.addWidget(self.table, 1)
        self.set_body(body)
        self.theirs_button = self.add_button("&Tomar lo guardado", self._take_theirs)

    def submit(self) -> bool:
        self.answer = KEEP_MINE
        return True

    def _take_theirs(self) -> None:
        self.answer = TAKE_THEIRS
        self.accept()

    @classmethod
    def ask(
        cls,
        mine: Resolucion,
        theirs: Resolucion,
        meanings: Mapping[str, ChipMeaning],
        parent: QWidget | None = None,
    ) -> str:
        """KEEP_MINE, TAKE_THEIRS, or "" to go on editing."""
        dialog = cls(differences(mine, theirs, meanings), parent)
        dialog.exec()
        answer = dialog.answer
        dialog.deleteLater()
        return answer
