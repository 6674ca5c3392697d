"""Two people correct the same fact of the office: field by field, nothing overwritten unseen, on both databases."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Norm, NormKind
from sisfoh_desktop.modules.office.view.catalogue_dialogs import NormDialog
from sisfoh_desktop.modules.office.view.fact_dialog import stored_fact
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks

ROSA = Actor("rquispe", "ULE")


@pytest.fixture
def desk(either_db, archive, actor, now, qtbot):
    tasks = Tasks()
    yield Desk(db=either_db, archive=archive, tasks=tasks, clock=FixedClock(now), actor=actor)
    tasks.wait_idle()
    tasks.close()


@pytest.fixture(autouse=True)
def leaving(monkeypatch):
    """Whoever leaves a form leaves it."""
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)


@pytest.fixture
def norm(desk, actor, now):
    fact = Norm("Ley 30435", "Ley del SINAFO", NormKind.LAW, source="El Peruano")
    number = office.add_norm(desk.db, actor=actor, now=now, norm=fact)
    return stored_fact(office.list_norms, desk.db, number)


@pytest.fixture
def editing(desk, norm, now, qtbot):
    """The dialog of the norm as a clerk has it open, saving by the service."""

    def save(fact, token, expected_version=norm.version):
        return office.save_norm(
            desk.db,
            actor=desk.actor,
            now=now,
            norm=fact,
            expected_version=expected_version,
            token=token,
        )

    dialog = NormDialog(desk, norm).saving_with(save)
    dialog.edits(
        norm,
        f"norm:{norm.id}",
        "la norma Ley 30435",
        lambda: stored_fact(office.list_norms, desk.db, norm.id),
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def decide(monkeypatch):
    """What the person answers to the next conflicts: sides by label, or None to go on editing."""
    seen = []

    def set_answers(*answers):
        left = list(answers)

        def ask(clashes, **_how):
            seen.append({one.label: one for one in clashes})
            answer = left.pop(0)
            if answer is None:
                return None
            return {one.key: answer.get(one.label) or one.proposed for one in clashes}

        monkeypatch.setattr(ConflictDialog, "ask", ask)
        return seen

    return set_answers


def _settle(desk):
    for _ in range(6):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def _rosa_saves(desk, norm, now, **values):
    office.save_norm(
        desk.db, actor=ROSA, now=now, norm=replace(norm, **values), expected_version=norm.version
    )


def test_what_each_changed_alone_is_joined(desk, norm, editing, decide, now):
    seen = decide({})
    _rosa_saves(desk, norm, now, source="Diario oficial")
    editing.form.fields["title"].editor.setText("Ley del Sistema Nacional de Focalización")
    editing.try_submit()
    _settle(desk)
    assert {label: one.proposed for label, one in seen[0].items()} == {
        "Título": Side.MINE,
        "De dónde se tomó": Side.THEIRS,
    }
    stored = stored_fact(office.list_norms, desk.db, norm.id)
    assert (stored.title, stored.source) == ("Ley del Sistema Nacional de Focalización", "Diario oficial")
    assert stored.version == norm.version + 2
    assert editing.choice is not None


def test_what_both_changed_is_decided_and_the_field_shows_all_three(desk, norm, editing, decide, now):
    seen = decide({"Título": Side.MINE})
    _rosa_saves(desk, norm, now, title="La de Rosa")
    editing.form.fields["title"].editor.setText("La mía")
    editing.try_submit()
    _settle(desk)
    one = seen[0]["Título"]
    assert (one.before, one.mine, one.theirs, one.proposed) == (
        "Ley del SINAFO",
        "La mía",
        "La de Rosa",
        None,
    )
    assert stored_fact(office.list_norms, desk.db, norm.id).title == "La mía"


def test_going_on_editing_keeps_the_text_and_asks_again(desk, norm, editing, decide, now):
    seen = decide(None, {"Título": Side.THEIRS})
    _rosa_saves(desk, norm, now, title="La de Rosa")
    editing.form.fields["title"].editor.setText("La mía")
    editing.form.fields["source"].editor.setText("Lo mío")
    editing.try_submit()
    _settle(desk)
    assert editing.isVisible()
    assert editing.form.fields["title"].editor.text() == "La mía"
    assert editing.has_unsaved()
    assert stored_fact(office.list_norms, desk.db, norm.id).title == "La de Rosa"
    editing.try_submit()
    _settle(desk)
    assert seen[1]["Título"].before == "Ley del SINAFO"
    stored = stored_fact(office.list_norms, desk.db, norm.id)
    assert (stored.title, stored.source) == ("La de Rosa", "Lo mío")


def test_a_third_save_in_between_is_compared_as_well(desk, norm, editing, decide, now, monkeypatch):
    seen = decide({"Título": Side.MINE}, {"Título": Side.MINE})
    _rosa_saves(desk, norm, now, title="La de Rosa")
    answer = ConflictDialog.ask

    def meanwhile(clashes, **how):
        if not seen:
            _rosa_saves(desk, replace(norm, version=norm.version + 1), now, title="Otra vez Rosa")
        return answer(clashes, **how)

    monkeypatch.setattr(ConflictDialog, "ask", meanwhile)
    editing.form.fields["title"].editor.setText("La mía")
    editing.try_submit()
    _settle(desk)
    assert [one["Título"].theirs for one in seen] == ["La de Rosa", "Otra vez Rosa"]
    assert stored_fact(office.list_norms, desk.db, norm.id).title == "La mía"


def test_taking_all_of_theirs_saves_nothing_and_closes(desk, norm, editing, decide, now):
    decide({"Título": Side.THEIRS})
    _rosa_saves(desk, norm, now, title="La de Rosa")
    editing.form.fields["title"].editor.setText("La mía")
    editing.try_submit()
    _settle(desk)
    assert not editing.isVisible()
    assert stored_fact(office.list_norms, desk.db, norm.id).version == norm.version + 1


def test_the_same_change_by_both_is_no_conflict(desk, norm, editing, decide, now):
    seen = decide()
    _rosa_saves(desk, norm, now, title="La misma")
    editing.form.fields["title"].editor.setText("La misma")
    editing.try_submit()
    _settle(desk)
    assert not seen
    assert not editing.isVisible()


def test_a_record_that_is_gone_keeps_the_form(desk, norm, editing, now):
    editing._open._fresh = lambda: stored_fact(lambda _db: [], desk.db, norm.id)
    _rosa_saves(desk, norm, now, title="La de Rosa")
    editing.form.fields["title"].editor.setText("La mía")
    editing.try_submit()
    _settle(desk)
    assert editing.isVisible()
    assert "retiró" in editing.banner.label.text()
    assert editing.form.fields["title"].editor.text() == "La mía"
