"""What stops the freeze, what is doubtful, what is only style: the list of findings; Enter goes to the place.

What is done with a finding (accepting it, taking that back) is in review_flows.py.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from textwrap import shorten

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.resoluciones.rules import (
    Acceptance,
    Place,
    PlaceKind,
    Problem,
    Severity,
    block_names,
)
from sisfoh_desktop.modules.resoluciones.rules import Finding as ReviewFinding
from sisfoh_desktop.modules.resoluciones.service import ResolucionView
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone
from sisfoh_desktop.qtkit.top_bar import ActionButton

_TONES: dict[Severity, Tone] = {Severity.BLOCKS: "danger", Severity.WARNS: "warn", Severity.STYLE: "dim"}
_ACCEPTED = "Aceptada"
_LONGEST_EXCERPT, _MOST_EXCERPTS = 110, 4  # so that the list keeps its room
_DRAFT_NOTE = "Intro lleva al lugar; otra vez, al que sigue. Se revisa al abrir y al guardar."
_FROZEN_NOTE = "Intro lleva al lugar. El texto ya está congelado: aquí solo se mira."


@dataclass(frozen=True)
class Finding:
    """One line of the list; `block` is where, -1 when it is not in the text. `found` is None for a gap of the act."""

    key: Hashable
    tone: Tone
    weight: str
    where: str
    sentence: str
    block: int = -1
    signers: bool = False
    found: ReviewFinding | None = None
    acceptance: Acceptance | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Where to go, one after another: each block once, then what is outside the text."""
        if self.found is None:
            return ()
        kept = {(place.kind, place.at): place for place in reversed(self.found.places)}
        ordered = [place for place in self.found.places if kept[(place.kind, place.at)] is place]
        return tuple(sorted(ordered, key=lambda place: place.kind is not PlaceKind.BLOCK))

    @property
    def told(self) -> str:
        """The whole of it for the foot: the sentence, what stands in each place, who accepted it and why."""
        lines = [self.sentence]
        if self.found is not None:
            spoken: dict[str, str] = {}
            for place in self.found.places:
                if place.excerpt:
                    spoken.setdefault(shorten(place.excerpt, _LONGEST_EXCERPT, placeholder="…"), place.name)
            lines += [f"{name}: «{excerpt}»" for excerpt, name in list(spoken.items())[:_MOST_EXCERPTS]]
        if self.acceptance is not None:
            one = self.acceptance
            lines.append(
                f"La aceptó {one.accepted_by} el {format_date(one.accepted_at.date())}: «{one.reason}»."
            )
        return "\n".join(lines)


def findings_of(view: ResolucionView) -> list[Finding]:
    """Everything found, what stops the freeze first and what was accepted last."""
    names = block_names(view.resolucion.blocks)
    found = [_of_problem(problem, names) for problem in view.problems]
    reviewed = [_of_review(one, view.review.acceptance_of(one)) for one in view.review.findings]
    late = [
        Finding(
            ("untold", title),
            "warn",
            Severity.WARNS.label,
            "Expediente",
            f"{title} se registró después y el texto no lo cuenta.",
        )
        for title in view.untold
    ]
    found += [one for one in reviewed if one.tone == "danger"]
    found += late
    found += [one for one in reviewed if one.tone != "danger" and one.acceptance is None]
    return found + [one for one in reviewed if one.acceptance is not None]


class FindingsTab(QWidget):
    """The list of findings of an act; of a frozen one it is only read."""

    go_to_asked = Signal(object)
    accept_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, bring_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = False
        self.accept_action = QAction("Acepta&r con motivo…", self)
        self.accept_action.setToolTip(
            "Dejar la observación como está, con un motivo que queda en el historial"
        )
        self.accept_action.triggered.connect(lambda: self._ask(self.accept_asked))
        self.withdraw_action = QAction("Ret&irar la aceptación…", self)
        self.withdraw_action.setToolTip("La observación vuelve a contar")
        self.withdraw_action.triggered.connect(lambda: self._ask(self.withdraw_asked))
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = RowTable(
            [
                Column("Gravedad", lambda one: one.weight, tone=lambda one: one.tone, width=104),
                Column("Dónde", lambda one: one.where, width=220),
                Column(
                    "Qué",
                    lambda one: one.sentence,
                    tone=lambda one: "dim" if one.acceptance is not None else None,
                ),
            ],
            key=lambda one: one.key,
            name="Observaciones",
            noun=("observación", "observaciones"),
            empty_text="No hay observaciones: la resolución concuerda con su expediente y se puede congelar.",
            filterable=False,
            whole_rows=True,
        )
        self.list.menu_actions = [self.accept_action, self.withdraw_action]
        self.list.activated.connect(self.go_to_asked.emit)
        self.list.selection_changed.connect(lambda _one: self._on_selected())
        self.note = QLabel()
        self.note.setProperty("role", "caption")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self._buttons = [
            ActionButton(one) for one in (self.accept_action, self.withdraw_action, bring_action)
        ]
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in self._buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.detail)
        layout.addLayout(foot)
        layout.addWidget(self.note)

    def show_findings(self, found: list[Finding], *, editable: bool = True, frozen: bool = False) -> None:
        """Show these; the first is chosen when none is, so that its whole sentence is read."""
        self._editable = editable
        self.note.setText(_FROZEN_NOTE if frozen else _DRAFT_NOTE)
        for button in self._buttons:
            button.setVisible(editable)
        self.list.set_empty_state(
            "No hay observaciones: la resolución concuerda con su expediente"
            + (" y se puede congelar." if editable else ".")
        )
        before: Finding | None = self.list.selected()
        self.list.set_rows(found)
        now: Finding | None = self.list.selected()
        settled = (
            before is not None
            and before.acceptance is None
            and now is not None
            and now.acceptance is not None
        )
        if found and (now is None or settled):
            self.list.select(found[0].key)  # one was accepted: on to the next
        self.detail.setVisible(bool(found))
        self._on_selected()

    def _on_selected(self) -> None:
        one: Finding | None = self.list.selected()
        self.detail.setText(one.told if one else "")
        reviewed = self._editable and one is not None and one.found is not None
        self.accept_action.setEnabled(reviewed and one is not None and one.acceptance is None)
        self.withdraw_action.setEnabled(reviewed and one is not None and one.acceptance is not None)

    def _ask(self, asked: SignalInstance) -> None:
        one: Finding | None = self.list.selected()
        if one is not None and one.found is not None and self._editable:
            asked.emit(one)


def _of_problem(problem: Problem, names: list[str]) -> Finding:
    at = -1 if problem.block is None else problem.block
    signers = problem.code.startswith("author")
    where = names[at] if at >= 0 else "Firmas" if signers else "Acto"
    sentence = problem.sentence.removeprefix(f"{where}: ")
    return Finding(
        (problem.code, problem.sentence),
        "danger",
        Severity.BLOCKS.label,
        where,
        sentence[:1].upper() + sentence[1:],
        at,
        signers,
    )


def _of_review(found: ReviewFinding, acceptance: Acceptance | None) -> Finding:
    accepted = acceptance is not None
    return Finding(
        (found.code, found.fingerprint),
        "dim" if accepted else _TONES[found.severity],
        _ACCEPTED if accepted else found.severity.label,
        found.where,
        found.sentence,
        -1 if found.block is None else found.block,
        found=found,
        acceptance=acceptance,
    )
