"""«Entregar cargo»: four steps from who to «Revise»; a draft can be kept at any of them, the acta is issued at last.

At «Revise» Enter presses only the button that has the cursor: none that was meant for a step before issues the acta.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.document_numbers import mask_of
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.handover.rules.checks import summary
from sisfoh_desktop.modules.handover.rules.facts import CHOSEN_SECTIONS, Handover, Line
from sisfoh_desktop.modules.handover.service import choices, collecting, drafts, issuing
from sisfoh_desktop.modules.handover.service.choices import Candidate
from sisfoh_desktop.modules.handover.view.handover_draft import DRAFT_TITLE, HandoverSteps, draft_key
from sisfoh_desktop.modules.handover.view.review_step import NewSeries, ReviewStep
from sisfoh_desktop.modules.handover.view.showing import CHANGE, show_pdf
from sisfoh_desktop.modules.handover.view.systems_step import SystemsStep
from sisfoh_desktop.modules.handover.view.what_step import WhatStep
from sisfoh_desktop.modules.handover.view.who_step import WhoStep
from sisfoh_desktop.modules.kardex.rules import Holder
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.record_draft import RecordDraft
from sisfoh_desktop.qtkit.theme import theme

ISSUE = "&Emitir el acta"


@dataclass(frozen=True)
class Asked:
    """What a handover begins with: who can be chosen, whose forms, and a series where none exists yet."""

    handover: Handover
    candidates: tuple[Candidate, ...]
    holders: tuple[Holder, ...]
    series: tuple[str, str] | None


def load_asked(db: Any, today: Any, handover: Handover) -> Asked:
    """On the worker."""
    return Asked(
        handover,
        tuple(choices.list_candidates(db, today)),
        tuple(choices.list_holders(db, today)),
        issuing.series_proposal(db, today) if issuing.handover_series(db) is None else None,
    )


class HandoverDialog(TaskDialog):
    """`done_with` gets the id of the handover and whether its acta was issued, once the base has taken it."""

    def __init__(
        self,
        desk: Desk,
        asked: Asked,
        done_with: Callable[[int, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Entregar cargo", primary="Siguiente", parent=parent, wide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._done_with = desk, done_with
        self._handover = asked.handover
        self._kept = False
        self._loaded = False
        self._token = str(uuid.uuid4())
        self.keep_button = self.add_button("Guardar borrador", self.keep_draft)
        self.preview_button = self.add_button("Vista previa", self._on_preview)
        self.back_button = self.add_button("Atrás", self.go_back, left=False)
        letters = [*self.button_letters, "g", "v", "a", "e"]
        self.who = WhoStep(asked.candidates, desk.clock, letters)
        self.what = WhatStep(desk, asked.holders)
        self.systems = SystemsStep(letters)
        self.review = ReviewStep(self.show_step, asked.series, desk.clock.now().year, letters)
        self.steps = (self.who, self.what, self.systems, self.review)
        self.where = QLabel()
        self.where.setProperty("role", "section")
        self._number = 0
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.where)
        for step in self.steps:  # no QStackedWidget: it would ask for the room of the highest on all of them
            step.hide()
            column.addWidget(step, 1)
        self.set_body(body)
        for part in (self.who, self.what, self.systems):
            part.fill(asked.handover)
        self._start = asked.handover
        self._parts_at_start = self.systems.with_list(self.what.take(asked.handover))
        self.who.leaver_chosen.connect(self._on_leaver)
        self.what.asked_again.connect(self._read_lines)
        self.draft = self._kept_on_this_pc(column)
        self.show_step(0)

    # -- the steps -------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """The step on view, from 0."""
        return self._number

    def show_step(self, number: int) -> None:
        """Go to a step; what was typed in the others stays."""
        self._number = number
        for place, step in enumerate(self.steps):
            step.setVisible(place == number)
        last = number == len(self.steps) - 1
        self.where.setText(f"{number + 1} de {len(self.steps)}. {self.steps[number].title}")
        self.primary_button.setText(ISSUE if last else "&Siguiente")
        self.back_button.setVisible(number > 0)
        self.preview_button.setVisible(last)
        if number == 1 and not self._loaded:
            self._read_lines()
        if last:
            self.review.show_answers(
                self._handover, summary(self.what.chosen_lines(), self.desk.clock.now().date())
            )
            self.review.setFocus()
        else:
            self.steps[number].setFocus()
            focus = {0: self.who.form.fields["leaver"], 2: self.systems.form.fields["system"]}.get(number)
            (focus.editor if focus is not None else self.what.holder.editor).setFocus()

    def go_back(self) -> None:
        """To the step before; nothing typed is lost."""
        self.banner.show_sentence("")
        if self.number:
            self.show_step(self.number - 1)

    def submit(self) -> bool:
        if self.number < len(self.steps) - 1:
            if self._take_step(self.number):
                if self.number == 0 and not self._loaded:
                    self._read_lines()
                self.show_step(self.number + 1)
            return False
        self._issue()
        return False

    def has_unsaved(self) -> bool:
        if self._kept:
            return False
        typed = self.who.form.is_modified() or self.systems.has_typed()
        parts = self.systems.with_list(self.what.take(self._start))
        return typed or parts != self._parts_at_start

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if not enter or self.steps[self.number] is not self.review:
            super().keyPressEvent(event)
        elif isinstance(at, QPushButton):
            at.click()
        else:
            self._went_on()

    def sizeHint(self) -> QSize:
        wish = super().sizeHint()
        return QSize(max(wish.width(), theme().px(920)), max(wish.height(), theme().px(560)))

    # -- keeping and issuing ---------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep what there is, to go on another day."""
        self.banner.show_sentence("")
        if not self._take_all():
            return
        self._run(partial(_keep, self.desk, self._handover, self._token), self._on_kept)

    def _issue(self) -> None:
        if not self._take_all():
            return
        series = self.review.new_series()
        if self.review.form is not None and series is None:
            return
        if series is not None:
            try:
                series = replace(series, first=mask_of(series.first))
            except RuleError as error:
                assert self.review.form is not None
                self.review.form.show_refusal(
                    RuleError("mask_invalid", error.sentence), {"mask_invalid": "mask"}
                )
                return
        self._run(
            partial(_keep, self.desk, self._handover, self._token), partial(self._on_kept_to_issue, series)
        )

    def _on_kept_to_issue(self, series: NewSeries | None, handover_id: int) -> None:
        """The draft is safe; whatever happens to the acta, the next try goes on from here."""
        self._remember(handover_id)
        self.set_busy(True)
        ProgressDialog.run_change(
            self,
            self.desk.tasks,
            "Emitir el acta",
            partial(_issue, self.desk, self._handover, series, self._token),
            {CHANGE, "papers"},
            on_done=self._on_issued,
            on_error=self.refuse,
            noun="líneas",
        )

    def _remember(self, handover_id: int) -> None:
        is_new = not self._handover.id
        self._handover = replace(self._handover, id=handover_id, version=self._handover.version + 1)
        self._token = str(uuid.uuid4())
        if is_new:  # what is typed from now on belongs to the draft that the base has
            self.draft.follow(draft_key(self._handover))

    def _run(self, work: Callable[[], int], done: Callable[[int], None]) -> None:
        self.set_busy(True)
        self.desk.tasks.run_change(work, {CHANGE, "papers"}, on_done=done, on_error=self.refuse, owner=self)

    def _on_kept(self, handover_id: int) -> None:
        self._close(handover_id, False)

    def _on_issued(self, handover_id: int) -> None:
        self._close(handover_id, True)

    def _close(self, handover_id: int, issued: bool) -> None:
        self._kept = True
        self.accept()
        self._done_with(handover_id, issued)

    # -- inside ----------------------------------------------------------------------------------------

    def _kept_on_this_pc(self, place: QVBoxLayout) -> RecordDraft:
        """What is typed in the steps outlives a power cut; saving it or leaving on purpose removes it."""
        steps = HandoverSteps(self.who, self.what, self.systems, self.review)
        draft = RecordDraft(place, DRAFT_TITLE, steps.differing, steps.bring, self, row=0)
        for step in (self.who, self.what, self.systems):
            step.changed.connect(draft.edited)
        if self.review.form is not None:
            self.review.form.changed.connect(draft.edited)
        self.finished.connect(lambda _result: draft.leave())
        draft.follow(draft_key(self._handover))
        return draft

    def _take_step(self, number: int) -> bool:
        step = self.steps[number]
        taken = step.take(self._handover) if not isinstance(step, ReviewStep) else self._handover
        if taken is None:
            self.fit()
            return False
        self._handover = taken
        return True

    def _take_all(self) -> bool:
        for number in range(len(self.steps) - 1):
            if not self._take_step(number):
                self.show_step(number)
                return False
        return True

    def _on_leaver(self, chosen: Candidate) -> None:
        """What somebody else would hand over is proposed anew."""
        self._handover = replace(self._handover, sections=chosen.sections, holder_id=chosen.holder_id)
        self.what.fill(self._handover)
        self._loaded = False

    def _read_lines(self) -> None:
        asked = self.what.take(self._handover)
        everything = replace(asked, sections=CHOSEN_SECTIONS, credentials=())
        self._loaded = True
        today = self.desk.clock.now().date()
        self.desk.tasks.run_query(
            partial(collecting.collect, self.desk.db, everything, today), self._on_lines, owner=self
        )

    def _on_lines(self, lines: Sequence[Line]) -> None:
        self.what.show_lines(lines)
        if self.number == len(self.steps) - 1:
            self.show_step(self.number)

    def _on_preview(self) -> None:
        self.banner.show_sentence("")
        if not self._take_all():
            return
        desk, handover = self.desk, self._handover
        self.set_busy(True)
        now = desk.clock.now()
        ProgressDialog.run_change(
            self,
            desk.tasks,
            "Hacer el proyecto del acta",
            lambda progress: issuing.preview_acta(desk.db, now=now, handover=handover, progress=progress),
            (),  # nothing is written; it only takes long
            on_done=lambda pdf: show_pdf(
                self, desk, pdf, "Proyecto del acta de entrega de cargo", "entrega.pdf"
            ),
            on_error=self.refuse,
            on_end=partial(self.set_busy, False),
            noun="líneas",
        )

    def refuse(self, error: SisfohError) -> None:
        super().refuse(error)
        if not isinstance(error, RuleError):
            return  # the base may have taken it all the same: the next try names the same token
        self._token = str(uuid.uuid4())


def _keep(desk: Desk, handover: Handover, token: str) -> int:
    """On the worker: the draft's id."""
    who: dict[str, Any] = {"actor": desk.actor, "now": desk.clock.now(), "token": f"{token}:draft"}
    if handover.id:
        drafts.save_handover(desk.db, handover=handover, expected_version=handover.version, **who)
        return handover.id
    return drafts.add_handover(desk.db, handover=handover, **who)


def _issue(desk: Desk, handover: Handover, series: NewSeries | None, token: str, progress: Progress) -> int:
    """On the worker: make the series if there is none yet, issue the acta of a draft as kept; its id."""
    now = desk.clock.now()
    start = partial(_start_series, desk, now, series, token) if series is not None else None
    issuing.issue_acta(
        desk.db,
        desk.archive,
        actor=desk.actor,
        now=now,
        handover_id=handover.id,
        expected_version=handover.version,
        start_series=start,
        token=token,
        progress=progress,
    )
    return handover.id


def _start_series(desk: Desk, now: datetime, series: NewSeries, token: str) -> int:
    """On the worker, once nothing else can stop the acta."""
    return issuing.create_handover_series(
        desk.db,
        actor=desk.actor,
        now=now,
        title=series.title,
        mask=series.first,
        last_number=series.last_number,
        reason=series.reason,
        token=f"{token}:series",
    )
