"""What is typed in «Entregar cargo» survives a power cut: kept while it is typed, offered when it is opened again."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.modules.handover.rules.checks import LONGEST_SYSTEM
from sisfoh_desktop.modules.handover.rules.facts import CHOSEN_SECTIONS, Handover, Person, Section
from sisfoh_desktop.modules.handover.service import drafts as kept_in_base
from sisfoh_desktop.modules.handover.service import issuing
from sisfoh_desktop.modules.handover.view.handover_dialog import HandoverDialog, load_asked
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def desk(cargo, archive, now):
    made = Desk(cargo.db, archive, Tasks(), FixedClock(now), cargo.admin)
    yield made
    made.tasks.close()


@pytest.fixture
def open_dialog(desk, qtbot, now):
    """«Entregar cargo» over a handover of the base, or a new one."""
    over = QWidget()
    qtbot.addWidget(over)
    over.show()

    def opened(handover: Handover | None = None) -> HandoverDialog:
        begun = handover or Handover(Person(""), Person(""), now.date(), "")
        asked = load_asked(desk.db, now.date(), begun)
        dialog = HandoverDialog(desk, asked, lambda *_done: None, over)
        dialog.show()
        settle(desk)
        return dialog

    return opened


@pytest.fixture
def power_cut(open_dialog):
    """What is typed is kept, the window is gone without a word, and the same is opened again."""

    def again(dialog: HandoverDialog, handover: Handover | None = None) -> HandoverDialog:
        dialog.draft.keep()
        drafts.settle()
        dialog.hide()
        return open_dialog(handover)

    return again


@pytest.fixture
def in_base(cargo, now):
    """A draft that the base has."""
    handover_id = kept_in_base.add_handover(cargo.db, actor=cargo.admin, now=now, handover=cargo.draft())
    return kept_in_base.load_handover(cargo.db, handover_id)


def settle(desk):
    for _ in range(4):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def kept(box, handover_id="new"):
    drafts.settle()
    return box.find(f"handover:{handover_id}")


def begin(dialog):
    names = [one.person.name for one in dialog.who._candidates]
    fields = dialog.who.form.fields
    fields["leaver"].set_value(names.index("ROSA QUISPE PRUEBA"))
    fields["receiver"].set_value(names.index("LUIS NUEVO PRUEBA"))
    fields["reason"].set_value("Término de contrato")


def type_system(dialog, system="SISFOH web", account="", place="Caja fuerte", custodian="Secretaría"):
    typed = {"system": system, "account": account, "place": place, "custodian": custodian}
    dialog.systems.form.set_values(typed)


def answers(dialog):
    """What Guardar borrador would take."""
    assert dialog._take_all()
    return replace(dialog._handover, id=0, version=0)


def test_a_new_one_comes_back_whole(open_dialog, power_cut, box, desk):
    dialog = open_dialog()
    begin(dialog)
    dialog.who.form.fields["leaver_unit"].set_value("")  # its proposal was not wanted
    dialog.what.ticks[Section.FORMS.value].setChecked(False)
    type_system(dialog)
    dialog.systems.add_button.click()
    type_system(dialog, "Correo", "ule@prueba", "Sobre 3", "OGTI")
    seen = power_cut(dialog)
    assert seen.who.form.value("leaver_name") == "", "nothing comes back by itself"
    assert not seen.has_unsaved()
    offer = seen.draft.offer
    assert offer.isVisible()
    told = {row[0]: row[2] for row in offer.differences.as_seen()[1]}
    assert told["Entrega: Nombres y apellidos"] == "ROSA QUISPE PRUEBA"
    assert told["Recibe: Nombres y apellidos"] == "LUIS NUEVO PRUEBA"
    assert told["Sistemas y llaves"] == "SISFOH web, Caja fuerte, Secretaría"
    offer.take_button.click()
    settle(desk)
    assert not offer.isVisible()
    assert seen.has_unsaved()
    assert seen.systems.form.value("system") == "Correo"
    assert kept(box) is not None, "it is not saved yet"
    assert answers(seen) == answers(dialog)
    assert [one.system for one in answers(seen).credentials] == ["SISFOH web", "Correo"]
    assert seen.who.form.value("leaver_unit") in ("", None)


def test_a_line_that_was_being_changed_is_not_doubled(open_dialog, power_cut, in_base, box):
    dialog = open_dialog(in_base)
    dialog.systems.list.view.select_row(0)
    dialog.draft.keep()
    assert kept(box, in_base.id) is None, "to look at a line is no change"
    dialog.systems.form.fields["custodian"].set_value("OGTI")
    seen = power_cut(dialog, in_base)
    seen.draft.offer.take_button.click()
    assert [one.custodian for one in answers(seen).credentials] == ["OGTI"]


def test_a_line_that_was_removed_stays_removed(open_dialog, power_cut, in_base):
    dialog = open_dialog(in_base)
    dialog.systems.list.view.select_row(0)
    dialog.systems.remove_button.click()
    seen = power_cut(dialog, in_base)
    assert len(seen.systems.systems()) == 1
    seen.draft.offer.take_button.click()
    assert seen.systems.systems() == []
    assert seen.has_unsaved()


def test_each_is_offered_in_its_own(open_dialog, power_cut, in_base):
    dialog = open_dialog(in_base)
    dialog.who.form.fields["note"].set_value("Falta la llave del estante")
    assert power_cut(dialog).draft.offer is None
    assert open_dialog(in_base).draft.offer is not None


@pytest.mark.parametrize("leave", ["save", "leave"])
def test_saving_or_leaving_on_purpose_keeps_nothing(open_dialog, box, desk, monkeypatch, leave):
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    dialog = open_dialog()
    begin(dialog)
    dialog.draft.keep()
    assert kept(box) is not None
    if leave == "save":
        dialog.keep_button.click()
    else:
        dialog.reject()
    settle(desk)
    assert kept(box) is None
    assert list(box.folder.glob("*.json")) == []


def test_issuing_keeps_nothing(open_dialog, box, desk, cargo):
    dialog = open_dialog()
    begin(dialog)
    dialog.draft.keep()
    for _ in dialog.steps:
        dialog.try_submit()
        settle(desk)
    (one,) = kept_in_base.list_handovers(cargo.db)
    assert not one.is_draft
    assert kept(box) is None
    assert kept(box, one.id) is None


def test_what_is_typed_after_an_acta_failed_belongs_to_the_draft_of_the_base(
    open_dialog, box, desk, cargo, monkeypatch
):
    def fails(*_args, **_more):
        raise DatabaseUnavailable("La base no responde.")

    monkeypatch.setattr(issuing, "issue_acta", fails)
    dialog = open_dialog()
    begin(dialog)
    dialog.draft.keep()
    for _ in dialog.steps:
        dialog.try_submit()
        settle(desk)
    (one,) = kept_in_base.list_handovers(cargo.db)
    dialog.who.form.fields["note"].set_value("Falta la llave")
    dialog.draft.keep()
    assert kept(box) is None, "a new one would double it"
    assert "who.note" in [field.name for field in kept(box, one.id).fields]


def test_no_secret_and_no_dni_gets_into_the_file(open_dialog, box):
    dialog = open_dialog()
    begin(dialog)
    fields = dialog.who.form.fields
    fields["note"].set_value("clave: hunter2")
    fields["document"].set_value("Memorando de DNI40000099.")
    type_system(dialog, "Correo", "40000099", "clave: hunter2", "OGTI")
    dialog.draft.keep()
    assert kept(box) is not None
    written = next(box.folder.glob("*.json")).read_text()
    assert "hunter2" not in written
    assert "40000099" not in written
    assert "4*****99" in written
    assert "Correo" in written


def test_a_damaged_field_brings_nothing(open_dialog, power_cut, in_base):
    dialog = open_dialog(in_base)
    dialog.who.form.fields["note"].set_value("x")
    seen = power_cut(dialog, in_base)
    found = seen.draft.offer._draft
    before = answers(seen)
    one = found.fields[0]
    names = ("who.note", "who.leaver", "what.holder", "what.sections", "systems", "systems.typed", "otro")
    for typed in (True, "{", "[[1]]", "[]x", "4"):
        wrong = [
            replace(one, name=name, typed=typed) for name in names if name != "who.note" or typed is True
        ]
        seen.draft.take(replace(found, fields=tuple(wrong)))
    seen.draft.take(replace(found, fields=(replace(one, name="systems.typed", typed="[]"),)))
    assert answers(seen).note == before.note
    assert answers(seen).leaver == before.leaver
    assert answers(seen).holder_id == before.holder_id
    assert answers(seen).sections == before.sections
    assert answers(seen).credentials == before.credentials


def test_parts_that_no_longer_exist_are_left_out(open_dialog, power_cut):
    dialog = open_dialog()
    begin(dialog)
    dialog.what.tick(CHOSEN_SECTIONS[:2])
    seen = power_cut(dialog)
    found = seen.draft.offer._draft
    sections = next(one for one in found.fields if one.name == "what.sections")
    seen.draft.take(replace(found, fields=(replace(sections, typed='["files", "otra", 3, null]'),)))
    assert seen.what.ticked() == (Section.FILES,)


def test_an_offer_that_was_not_answered_stays(open_dialog, power_cut, box, monkeypatch):
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    dialog = open_dialog()
    begin(dialog)
    seen = power_cut(dialog)
    seen.who.form.fields["reason"].set_value("Otra cosa")
    seen.draft.keep()
    seen.reject()
    assert "Término de contrato" in [one.typed for one in kept(box).fields]


def test_too_long_a_line_is_no_crash(open_dialog, monkeypatch):
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    dialog = open_dialog()
    type_system(dialog, "a " * LONGEST_SYSTEM)
    dialog.draft.keep()
    dialog.reject()
    assert not dialog.isVisible()
