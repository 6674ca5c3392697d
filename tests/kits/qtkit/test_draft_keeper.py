"""What is typed into a form and not saved is offered again, with its differences; what was saved is not."""

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import Draft, DraftBox, DraftField
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.draft_keeper import DraftKeeper, RecoveredDialog, drafts, use_drafts
from sisfoh_desktop.qtkit.secret_fields import SecretField


class PlanDialog(FormDialog):
    def __init__(self, title="Plan uno", parent=None):
        super().__init__("Editar el plan", parent=parent)
        self.form.text("title", "Título")
        self.form.combo("kind", "Clase", [(1, "Anual"), (2, "Especial")])
        self.form.check("printed", "Se imprime")
        self.form.long_text("note", "Nota")
        self.form.text("dni", "DNI")
        self.form.add("password", SecretField("Contraseña"))
        self.form.set_values({"title": title, "kind": 1})

    def draft_key(self):
        return "plan:1"


@pytest.fixture(autouse=True)
def leaving(monkeypatch):
    """Whoever leaves a form leaves it."""
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path)
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def opened(qtbot):
    def show(**how):
        dialog = PlanDialog(**how)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog, dialog.findChild(DraftKeeper)

    return show


def _type(dialog):
    fields = dialog.form.fields
    fields["title"].editor.setText("Plan dos")
    fields["kind"].set_value(2)
    fields["printed"].set_value(True)
    fields["note"].editor.setPlainText("Primera\nsegunda")
    fields["dni"].editor.setText("40000001")
    fields["password"].editor.setText("secreto de ana")


def _crash(dialog, keeper):
    """The program ends with the form open: it is never told that it was closed."""
    keeper.keep()
    drafts.settle()
    dialog.hide()


def test_a_draft_is_written_when_the_typist_rests(opened, qtbot, box):
    dialog, keeper = opened()
    keeper._idle.setInterval(1)
    dialog.form.fields["title"].editor.setText("Plan dos")
    qtbot.waitUntil(lambda: not keeper._idle.isActive())
    drafts.settle()
    assert [one.after for one in box.find("plan:1").fields] == ["Plan dos"]


def test_what_was_typed_is_offered_and_taken(opened, box):
    dialog, keeper = opened()
    _type(dialog)
    _crash(dialog, keeper)
    dialog, keeper = opened()
    assert keeper.offer.isVisible()
    fields = dialog.form.fields
    assert fields["title"].value() == "Plan uno", "nothing comes back unasked"
    assert [(label, before, typed) for label, before, typed in keeper.offer.differences.as_seen()[1]] == [
        ("Título", "Plan uno", "Plan dos"),
        ("Clase", "Anual", "Especial"),
        ("Se imprime", "no", "sí"),
        ("Nota", "", "Primera\nsegunda"),
    ]
    keeper.offer.take_button.click()
    assert not keeper.offer.isVisible()
    assert (fields["title"].value(), fields["kind"].value(), fields["printed"].value()) == (
        "Plan dos",
        2,
        True,
    )
    assert fields["note"].value() == "Primera\nsegunda"
    assert dialog.has_unsaved()


def test_a_draft_of_another_version_gives_what_still_fits_and_hurts_nothing(opened, box, now):
    kinds = {
        "0.title": True,
        "0.kind": "Ninguna",
        "0.printed": "sí",
        "0.note": "Queda",
        "0.gone": "x",
        "9.title": "y",
    }
    fields = tuple(DraftField(name, name, "", str(typed), typed) for name, typed in kinds.items())
    box.keep(Draft("plan:1", "Editar el plan", now, fields))
    dialog, keeper = opened()
    keeper.offer.take_button.click()
    values = {name: field.value() for name, field in dialog.form.fields.items()}
    assert (values["title"], values["kind"], values["printed"]) == ("Plan uno", 1, False)
    assert values["note"] == "Queda"


def test_no_file_holds_a_password_or_a_dni(opened, tmp_path):
    dialog, keeper = opened()
    _type(dialog)
    _crash(dialog, keeper)
    text = b"".join(path.read_bytes() for path in tmp_path.rglob("*.json"))
    assert b"Plan dos" in text
    assert b"secreto" not in text
    assert b"40000001" not in text


def test_a_record_that_changed_meanwhile_keeps_its_new_values_where_nothing_was_typed(opened):
    dialog, keeper = opened()
    dialog.form.fields["note"].editor.setPlainText("Lo mío")
    _crash(dialog, keeper)
    dialog, keeper = opened(title="Plan de Rosa")
    keeper.offer.take_button.click()
    assert dialog.form.fields["title"].value() == "Plan de Rosa"
    assert dialog.form.fields["note"].value() == "Lo mío"


@pytest.mark.parametrize("end", ["accept", "reject"])
def test_saving_or_leaving_the_form_removes_its_draft(opened, box, end):
    dialog, keeper = opened()
    _type(dialog)
    keeper.keep()
    getattr(dialog, end)()
    drafts.settle()
    assert box.find("plan:1") is None


def test_writing_it_back_removes_the_draft(opened, box):
    dialog, keeper = opened()
    dialog.form.fields["title"].editor.setText("Plan dos")
    keeper.keep()
    dialog.form.fields["title"].editor.setText("Plan uno")
    keeper.keep()
    drafts.settle()
    assert box.find("plan:1") is None


def test_a_draft_that_was_dropped_is_gone_and_one_not_decided_stays(opened, box):
    dialog, keeper = opened()
    _type(dialog)
    _crash(dialog, keeper)
    dialog, keeper = opened()
    dialog.reject()
    drafts.settle()
    assert box.find("plan:1") is not None, "looked at, neither taken nor dropped"
    dialog, keeper = opened()
    keeper.offer.drop_button.click()
    drafts.settle()
    assert box.find("plan:1") is None


def test_what_the_last_run_left_is_told_with_its_differences(opened, box, qtbot, now, monkeypatch):
    dialog, keeper = opened()
    dialog.form.fields["title"].editor.setText("Plan dos")
    _crash(dialog, keeper)
    told = RecoveredDialog(box.list(now))
    qtbot.addWidget(told)
    told.show()
    assert told.table.as_seen()[1] == [
        ["Editar el plan, 08/03/2024 a las 10:00", "Título", "Plan uno", "Plan dos"]
    ]
    told.copy_button.click()
    assert QApplication.clipboard().text() == "Editar el plan — Título: Plan dos"
    monkeypatch.setattr(messages, "ask_destroy", lambda *_what, **_how: True)
    told.drop_button.click()
    drafts.settle()
    assert box.list(now) == []


def test_without_a_box_nothing_is_kept(opened, tmp_path):
    use_drafts(None)
    dialog, keeper = opened()
    _type(dialog)
    _crash(dialog, keeper)
    assert not list(tmp_path.rglob("*.json"))
