"""The half-yearly review of accesses as it is made: everybody in a list, a decision for each, who signs the record."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.modules.papers.rules import NewSigner
from sisfoh_desktop.modules.people.rules.facts import Decision, ReviewLine
from sisfoh_desktop.modules.people.rules.reviews import LONGEST_LINE_NOTE, LONGEST_NOTE
from sisfoh_desktop.modules.people.service import reviews
from sisfoh_desktop.modules.people.view.people_dialog import PeopleDialog, Save
from sisfoh_desktop.modules.people.view.people_tab import CHANGE, show_pdf
from sisfoh_desktop.modules.people.view.review_rows import DraftLine, draft_columns
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.series_form import SeriesChoice, add_series_fields, series_choice
from sisfoh_desktop.qtkit.theme import theme

_NO_RECORD = (0, "Nadie: sin constancia impresa")


@dataclass(frozen=True)
class Asked:
    """What a review begins with: everybody, who may sign, who is proposed (0: nobody), a series where none exists."""

    lines: tuple[ReviewLine, ...]
    officers: tuple[tuple[int, str], ...]
    author_id: int
    series: tuple[str, str] | None


def load_asked(db: Any, today: Any) -> Asked:
    """On the worker."""
    proposed = reviews.proposed_signers(db, today)
    return Asked(
        reviews.draft_lines(db),
        reviews.signer_choices(db, today),
        (proposed[-1].officer_id or 0) if proposed else 0,
        reviews.series_proposal(db, today) if reviews.review_series(db) is None else None,
    )


class ReviewDialog(TaskDialog):
    """Everybody has to be decided about. `done_with` gets the id of the review once the base has taken it."""

    def __init__(
        self, desk: Desk, asked: Asked, done_with: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("Revisión de accesos", primary="Registrar la revisión", parent=parent, wide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._asked, self._done_with = desk, asked, done_with
        self._series_missing = asked.series is not None
        self._token = str(uuid.uuid4())
        self._saved = False
        self._drafts: dict[int, DraftLine] = {line.user_id: DraftLine(line) for line in asked.lines}
        self.list = RowTable(
            draft_columns(),
            key=lambda draft: draft.line.user_id,
            name="Usuarios que se revisan",
            noun=("usuario", "usuarios"),
        )
        self.list.setMinimumHeight(theme().px(200))
        self.list.selection_changed.connect(lambda _draft: self._show_chosen())
        self.keep_button = self._decider("Se mantiene", Decision.KEEP)
        self.change_button = self._decider("Cambiar roles", Decision.CHANGE)
        self.end_button = self._decider("Se cesa", Decision.END)
        self.rest_button = QPushButton("Mantener los &que faltan")
        self.rest_button.setAutoDefault(False)
        self.rest_button.clicked.connect(lambda: self._keep_rest())
        self.line_note = TextField(
            "Por qué, o qué &roles cambian",
            max_length=LONGEST_LINE_NOTE,
            hint="Obligatorio si no se mantiene.",
        )
        self.line_note.changed.connect(self._on_note_changed)
        self.form = Form(columns=2, taken_letters=[*self.button_letters, "m", "o", "e", "q", "r", "v"])
        self.form.combo("author", "Firma la constancia", [_NO_RECORD, *asked.officers], required=True)
        self.form.text("note", "Observación de toda la revisión", max_length=LONGEST_NOTE)
        self.form.set_values({"author": asked.author_id})
        self.preview_button = self.add_button("Vista previa", self._on_preview)
        self._lay_out()
        self._show_rows()
        self.list.view.select_row(0)

    def submit(self) -> bool:
        lines, values = self._decided(), self.form.checked()
        if lines is None or values is None:
            return False
        if values["author"] and self._series_missing and not self._ask_series():
            return False
        desk, author, note = self.desk, values["author"], values["note"]
        actor, now = desk.actor, desk.clock.now()

        def record() -> int:
            return reviews.add_review(
                desk.db,
                desk.archive,
                actor=actor,
                now=now,
                lines=lines,
                note=note,
                signers=_signers(desk.db, now, author),
                token=self._token,
            )

        self.set_busy(True)
        desk.tasks.run_change(
            record, {CHANGE, "papers"}, on_done=self._on_recorded, on_error=self.refuse, owner=self
        )
        return False

    def has_unsaved(self) -> bool:
        changed = any(draft.decision is not None or draft.note for draft in self._drafts.values())
        return not self._saved and (changed or self.form.is_modified())

    def sizeHint(self) -> QSize:
        wish = super().sizeHint()
        return QSize(max(wish.width(), theme().px(920)), wish.height())

    # -- inside ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        told = QLabel(
            "Decida sobre cada persona: si sigue, con qué roles, o si cesa. A quien cesa se le quita el acceso al "
            "registrar; los roles se cambian después en «Usuarios»."
        )
        told.setWordWrap(True)
        told.setProperty("tone", "dim")
        self.whose = QLabel()
        self.whose.setProperty("role", "section")
        self.whose.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.keep_button, self.change_button, self.end_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.rest_button)
        column.addWidget(told)
        column.addWidget(self.list, 1)
        column.addWidget(self.whose)
        column.addLayout(row)
        column.addWidget(self.line_note)
        column.addWidget(self.form)
        self.set_body(body)

    def _decider(self, text: str, decision: Decision) -> QPushButton:
        letters = {Decision.KEEP: "Se &mantiene", Decision.CHANGE: "Cambiar r&oles", Decision.END: "S&e cesa"}
        button = QPushButton(letters[decision])
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.decide(decision))
        return button

    def decide(self, decision: Decision) -> None:
        """Decide about the chosen user; who keeps the access gives way to the next, the others ask why."""
        draft: DraftLine | None = self.list.selected()
        if draft is None:
            return
        self._drafts[draft.line.user_id] = replace(draft, decision=decision)
        self._show_rows()
        if decision is Decision.KEEP:
            self._go_on()
        else:
            self.line_note.editor.setFocus()

    def _go_on(self) -> None:
        """To the next one that nobody decided about."""
        waiting = [draft for draft in self._drafts.values() if draft.decision is None]
        if waiting:
            self.list.select(waiting[0].line.user_id)
        self.list.view.setFocus()

    def _keep_rest(self) -> None:
        for key, draft in self._drafts.items():
            if draft.decision is None:
                self._drafts[key] = replace(draft, decision=Decision.KEEP)
        self._show_rows()

    def _on_note_changed(self) -> None:
        draft: DraftLine | None = self.list.selected()
        typed = self.line_note.raw()
        if draft is not None and typed != draft.note:
            self._drafts[draft.line.user_id] = replace(draft, note=typed)
            self._show_rows()

    def _show_rows(self) -> None:
        self.list.set_rows(list(self._drafts.values()))
        self._show_chosen()
        missing = sum(draft.decision is None for draft in self._drafts.values())
        self.rest_button.setEnabled(missing > 0)

    def _show_chosen(self) -> None:
        draft: DraftLine | None = self.list.selected()
        self.whose.setText(f"{draft.line.name} ({draft.line.login})" if draft is not None else "")
        own = draft is not None and draft.line.login == self.desk.actor.user
        for button in (self.keep_button, self.change_button, self.end_button):
            button.setEnabled(draft is not None)
        self.end_button.setEnabled(draft is not None and not own)
        self.end_button.setToolTip("Su propio acceso lo quita otro administrador" if own else "")
        note = draft.note if draft is not None else ""
        if self.line_note.raw() != note:
            self.line_note.set_value(note)

    def _decided(self) -> tuple[ReviewLine, ...] | None:
        missing = [draft for draft in self._drafts.values() if draft.decision is None]
        if missing:
            self.list.select(missing[0].line.user_id)
            words = (
                "Falta decidir sobre"
                if len(missing) == 1
                else f"Falta decidir sobre {len(missing)} personas; la primera es"
            )
            self.banner.show_sentence(f"{words} {missing[0].line.name}. No se registró nada todavía.")
            self.fit()
            return None
        return tuple(
            replace(draft.line, decision=draft.decision or Decision.KEEP, note=draft.note.strip())
            for draft in self._drafts.values()
        )

    def _ask_series(self) -> bool:
        assert self._asked.series is not None
        desk = self.desk

        def save(choice: SeriesChoice, token: str) -> int:
            return reviews.create_review_series(
                desk.db, actor=desk.actor, now=desk.clock.now(), token=token, **asdict(choice)
            )

        made = SeriesDialog(desk, *self._asked.series, save, self).ask()
        self._series_missing = made is None
        return made is not None

    def _on_preview(self) -> None:
        lines, values = self._decided(), self.form.checked()
        if lines is None or values is None:
            return
        desk, author, note = self.desk, values["author"], values["note"]
        actor, now = desk.actor, desk.clock.now()
        self.banner.show_sentence("")
        self.set_busy(True)

        def make() -> bytes:
            return reviews.preview_review(
                desk.db, actor=actor, now=now, lines=lines, note=note, signers=_signers(desk.db, now, author)
            )

        desk.tasks.run_query(
            make,
            lambda pdf: show_pdf(self, desk, pdf, "Proyecto de la revisión de accesos", "revision.pdf"),
            on_error=self.refuse,
            owner=self,
            on_end=partial(self.set_busy, False),
        )

    def _on_recorded(self, review_id: int) -> None:
        self._saved = True
        self.accept()
        self._done_with(review_id)

    def refuse(self, error: SisfohError) -> None:
        self._token = str(uuid.uuid4())
        super().refuse(error)


class SeriesDialog(PeopleDialog):
    """How the records are numbered, asked the first time."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "number_example_unclear": "mask",
        "number_mask_invalid": "mask",
    }

    def __init__(self, desk: Desk, title: str, mask: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Serie de las revisiones de accesos",
            save,
            primary="Crear la serie",
            columns=1,
            parent=parent,
        )
        add_series_fields(
            self.form,
            "Todavía no hay una serie que numere estas constancias. Escriba el primer número del año tal como se "
            "imprime y, si este año ya se hicieron sin el programa, el último.",
            (title, mask),
            desk.clock.now().year,
        )

    def choice_from(self, values: dict[str, Any]) -> SeriesChoice:
        return series_choice(values)


def _signers(db: Any, now: Any, author: int) -> Sequence[NewSigner]:
    return reviews.chosen_signers(db, now.date(), author) if author else ()
