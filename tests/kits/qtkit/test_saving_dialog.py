"""The dialog that saves: open with what was typed until the base has taken it, one token, what it gives and tells."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

import pytest

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError, StaleRow
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason


class TitleDialog(SavingDialog):
    touches = frozenset({"plans"})
    field_by_code: ClassVar[Mapping[str, str]] = {"taken": "title"}

    def __init__(self, desk, save):
        super().__init__(desk, "Nuevo", save)
        self.form.text("title", "Título", required=True)

    def choice_from(self, values):
        if values["title"] == "No":
            raise RuleError("taken", "Ese título ya existe.")
        return values["title"].upper()


@pytest.fixture
def desk(tasks):
    return Desk(None, None, tasks, FixedClock(datetime(2024, 3, 8, 10, tzinfo=LIMA)))


@pytest.fixture
def opened(qtbot, desk):
    """A dialog whose save meets these errors, then succeeds; what it was called with."""

    def show(*errors):
        left, calls = list(errors), []

        def save(choice, token):
            calls.append((choice, token))
            if left:
                raise left.pop(0)
            return 7

        dialog = TitleDialog(desk, save)
        qtbot.addWidget(dialog, before_close_func=lambda one: one.form.mark_saved())
        dialog.show()
        dialog.form.fields["title"].editor.setText("Lo escrito")
        return dialog, calls

    return show


def press(dialog):
    dialog.try_submit()
    dialog.desk.tasks.wait_idle()


@pytest.mark.parametrize(
    "error", [RuleError("taken", "Ya existe."), DatabaseUnavailable("Se fue."), StaleRow("Otra persona.")]
)
def test_a_refusal_keeps_it_open_as_typed_and_it_saves_once_with_the_same_token(opened, error):
    dialog, calls = opened(error)
    editor = dialog.form.fields["title"].editor
    editor.setFocus()
    press(dialog)
    assert dialog.isVisible()
    assert dialog.focusWidget() is editor, "one goes on writing where one was"
    assert dialog.form.value("title") == "Lo escrito"
    assert dialog.has_unsaved()
    press(dialog)
    assert not dialog.isVisible()
    assert not dialog.has_unsaved()
    assert [choice for choice, _token in calls] == ["LO ESCRITO"] * 2
    assert len({token for _choice, token in calls}) == 1


def test_the_answer_is_told_before_the_pages_are(opened, desk):
    dialog, _calls = opened()
    told = []
    dialog.saved.connect(lambda answer: told.append((answer, dialog.choice, dialog.isVisible())))
    desk.tasks.changed.connect(lambda touched: told.append(touched))
    press(dialog)
    assert told == [(7, "LO ESCRITO", False), {"plans"}]
    assert dialog.answer == 7


def test_the_form_s_own_refusal_stands_under_its_field_and_nothing_is_sent(opened):
    dialog, calls = opened()
    dialog.form.fields["title"].editor.setText("No")
    press(dialog)
    assert (dialog.isVisible(), calls) == (True, [])
    assert dialog.form.fields["title"].error == "Ese título ya existe."


def test_somebody_else_s_save_lets_the_pages_behind_read_again(opened, desk):
    dialog, _calls = opened(StaleRow("Otra persona lo cambió."))
    seen = []
    desk.tasks.changed.connect(lambda touched: seen.append((touched, desk.tasks.elsewhere)))
    press(dialog)
    assert seen == [({"plans"}, True)]


def test_asking_gives_the_choice_or_nothing(opened, monkeypatch):
    dialog, _calls = opened()
    monkeypatch.setattr(TitleDialog, "exec", lambda one: press(one) or one.result())
    assert dialog.ask() == "LO ESCRITO"
    left, _calls = opened()
    monkeypatch.setattr(TitleDialog, "exec", lambda one: 0)
    assert left.ask() is None


def test_a_reason_too_short_says_so_and_an_empty_one_where_it_is_free_is_taken(qtbot, desk):
    saved = []

    def make(**how):
        dialog = SavingReason(
            desk,
            "Retirar",
            ("Uno.", "Dos."),
            lambda reason, _token: saved.append(reason),
            primary="Retirar",
            touches=("plans",),
            **how,
        )
        qtbot.addWidget(dialog, before_close_func=lambda one: one.form.mark_saved())
        dialog.show()
        return dialog

    short = make(shortest=8, too_short="Escriba para qué.")
    short.form.fields["reason"].set_value("ver")
    press(short)
    assert short.form.fields["reason"].error == "Escriba para qué."
    press(make(required=False))
    assert saved == [""]


def test_the_drafts_of_two_records_are_told_apart(qtbot, desk):
    keys = set()
    for subject in ("plan:1", "plan:2"):
        dialog = SavingReason(
            desk, "Cerrar", "", lambda *_: None, primary="Cerrar", touches=(), subject=subject
        )
        qtbot.addWidget(dialog)
        keys.add(dialog.draft_key())
    assert len(keys) == 2
