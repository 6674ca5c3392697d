"""The page of handovers and its two dialogs: four steps to the acta, six over what was received."""

from datetime import timedelta
from typing import Any

import page_rounds
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.handover.rules.facts import HandoverState, Section
from sisfoh_desktop.modules.handover.rules.walk import STEPS
from sisfoh_desktop.modules.handover.service import drafts, issuing, taking
from sisfoh_desktop.modules.handover.view import HandoverPage, handover_dialog, page
from sisfoh_desktop.modules.handover.view.handover_dialog import HandoverDialog
from sisfoh_desktop.modules.handover.view.walk_dialog import WalkDialog
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks

READER = Actor("lector", "OGAJ", frozenset({"pages.read"}))


class Screen:
    """The page as somebody uses it."""

    def __init__(self, desk: Desk, qtbot: Any) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.page = HandoverPage(desk)
        qtbot.addWidget(self.page)
        desk.tasks.changed.connect(self._on_changed)
        self.page.resize(1000, 640)
        self.page.show()
        self.opened: list[tuple[str, int]] = []
        self.page.open_record.connect(lambda kind, record: self.opened.append((kind, record)))
        self.settle()

    def _on_changed(self, touched: set[str]) -> None:
        if touched & self.page.touches:
            self.page.reload()

    def settle(self) -> None:
        for _ in range(4):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def dialog(self, kind: Any = HandoverDialog) -> Any:
        self.settle()
        return next(one for one in self.page.findChildren(kind) if one.isVisible())

    def begin(self) -> HandoverDialog:
        """«Entregar cargo…» with who, when and why answered."""
        self.page.new_record()
        dialog = self.dialog()
        names = [one.person.name for one in dialog.who._candidates]
        fields = dialog.who.form.fields
        fields["leaver"].set_value(names.index("ROSA QUISPE PRUEBA"))
        fields["receiver"].set_value(names.index("LUIS NUEVO PRUEBA"))
        fields["reason"].set_value("Término de contrato")
        return dialog

    def go_on(self, dialog: HandoverDialog, times: int = 1) -> None:
        for _ in range(times):
            dialog.try_submit()
            self.settle()


@pytest.fixture
def open_page(cargo, archive, now, qtbot):
    made: list[Screen] = []

    def opened(actor: Actor = cargo.admin) -> Screen:
        screen = Screen(Desk(cargo.db, archive, Tasks(), FixedClock(now), actor), qtbot)
        made.append(screen)
        return screen

    yield opened
    for screen in made:
        screen.desk.tasks.close()


@pytest.fixture
def issued(cargo, archive, now):
    who = {"actor": cargo.admin, "now": now}
    handover_id = drafts.add_handover(cargo.db, **who, handover=cargo.draft())
    issuing.issue_acta(cargo.db, archive, **who, handover_id=handover_id, expected_version=1)
    return drafts.load_handover(cargo.db, handover_id)


@pytest.fixture
def shown(monkeypatch) -> list[str]:
    """Titles of the papers that were shown."""
    titles: list[str] = []
    for module in (page, handover_dialog):
        monkeypatch.setattr(module, "show_pdf", lambda _over, _desk, _pdf, title, _name: titles.append(title))
    return titles


def actions(screen: Screen) -> list[str]:
    return [one.text().replace("&", "") for one in screen.page.page_actions() if one.isVisible()]


def test_four_steps_lead_to_an_acta(open_page, cargo, shown):
    screen = open_page()
    assert "Todavía no se entregó ningún cargo" in screen.page.list.empty_label.text()
    dialog = screen.begin()
    assert dialog.who.form.value("leaver_position") == "Encargada del kardex"
    screen.go_on(dialog)
    assert dialog.number == 1
    assert dialog.what.ticks[Section.FORMS.value].isChecked()
    assert not dialog.what.ticks[Section.ACTS.value].isChecked()  # not hers
    assert dialog.what.ticks[Section.FORMS.value].text() == "Formularios en poder: 2"
    assert dialog.what.holder.value() == cargo.kardex.store
    screen.go_on(dialog)
    form = dialog.systems.form
    for name, typed in (("system", "SISFOH web"), ("place", "Caja fuerte"), ("custodian", "Secretaría")):
        form.fields[name].set_value(typed)
    dialog.systems.add_button.click()
    screen.go_on(dialog)
    assert dialog.where.text() == "4 de 4. Revise"
    answers = [label.text() for label in dialog.review.answers]
    assert "ROSA QUISPE PRUEBA, Encargada del kardex\na LUIS NUEVO PRUEBA, Técnico" in answers
    assert answers[3] == "1 sistema o llave"
    dialog.preview_button.click()
    screen.settle()
    assert shown == ["Proyecto del acta de entrega de cargo"]
    screen.go_on(dialog)
    (one,) = drafts.list_handovers(cargo.db)
    assert (one.number_text, one.state) == ("001-2024-ULE/MPP", HandoverState.FROZEN)
    assert [credential.system for credential in one.credentials] == ["SISFOH web"]
    assert screen.page.list.selected().id == one.id
    assert [line.section for line in screen.page.lines.rows()].count(Section.FORMS) == 2
    assert screen.page.next_step().title == "Firmen el acta"
    screen.page.next_step().run()
    assert screen.opened == [("papers", one.paper_id)]


def enter(*, held: bool = False) -> None:
    """Enter where the cursor is; `held` as the keyboard repeats it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        at = QApplication.focusWidget()
        QApplication.sendEvent(
            at, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", held)
        )


def test_no_enter_meant_for_a_step_before_issues_the_acta(open_page, cargo):
    screen = open_page()
    dialog = screen.begin()
    screen.go_on(dialog, 2)
    dialog.primary_button.setFocus()
    for held in (False, True, True, True, False, False):
        enter(held=held)
        screen.settle()
    assert dialog.where.text() == "4 de 4. Revise"
    assert dialog.focusWidget() is dialog.review  # what is read, no button
    assert drafts.list_handovers(cargo.db) == []
    dialog.review.findChild(QPushButton).setFocus()
    enter()
    assert dialog.number == 0  # the button that has the cursor is the one pressed
    dialog.show_step(3)
    dialog.primary_button.setFocus()
    enter(held=True)
    screen.settle()
    assert dialog.isVisible()
    enter()
    screen.settle()
    assert [one.state for one in drafts.list_handovers(cargo.db)] == [HandoverState.FROZEN]


def test_enter_after_a_choice_goes_on_and_complains_of_nothing(open_page, qtbot):
    screen = open_page()
    screen.page.new_record()
    dialog = screen.dialog()
    fields = dialog.who.form.fields
    qtbot.keyClick(fields["leaver"].editor, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: fields["leaver"].value() is not None)
    view = fields["leaver"].editor.view()
    fields["leaver"].editor.showPopup()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    enter()
    assert fields["leaver_name"].editor.hasFocus()
    assert [name for name, field in fields.items() if field.error] == []


def test_the_walk_is_open_once(open_page, issued):
    screen = open_page()
    for _ in range(2):
        screen.page.walk_action.trigger()
        screen.settle()
    assert len([one for one in screen.page.findChildren(WalkDialog) if one.isVisible()]) == 1


def test_what_is_missing_keeps_the_step_and_back_loses_nothing(open_page, cargo):
    screen = open_page()
    screen.page.new_record()
    dialog = screen.dialog()
    screen.go_on(dialog)
    assert dialog.number == 0
    assert dialog.who.form.fields["reason"].error
    dialog._kept = True
    dialog.reject()
    screen.settle()
    dialog = screen.begin()
    screen.go_on(dialog, 2)
    for name, typed in (("system", "Correo"), ("place", "clave: hunter2"), ("custodian", "OGTI")):
        dialog.systems.form.fields[name].set_value(typed)
    screen.go_on(dialog)
    assert dialog.number == 2  # what is typed was not added, and why is said
    told = [label.text() for label in dialog.systems.form.summary.findChildren(QLabel)]
    assert any("parece haber una contraseña" in text for text in told)
    assert dialog.systems.form.value("place") == "clave: hunter2"
    dialog.go_back()
    dialog.go_back()
    assert dialog.who.form.value("reason") == "Término de contrato"
    assert dialog.systems.form.value("system") == "Correo"
    assert drafts.list_handovers(cargo.db) == []


def test_each_step_asks_for_its_own_height_alone(open_page):
    screen = open_page()
    dialog = screen.begin()
    screen.go_on(dialog, 2)
    assert dialog.number == 2
    assert dialog.systems.minimumSizeHint().height() < 520
    assert [step.isVisible() for step in dialog.steps] == [False, False, True, False]
    fields = dialog.systems.form.fields.values()
    foot = dialog.primary_button.mapTo(dialog, QPoint(0, 0)).y()
    lowest = max(one.editor.mapTo(dialog, QPoint(0, one.editor.height())).y() for one in fields)
    assert lowest < foot  # what is typed into stands above the buttons, without scrolling


def test_a_draft_is_kept_at_any_step_and_gone_on_with(open_page, cargo):
    screen = open_page()
    dialog = screen.begin()
    dialog.keep_button.click()
    screen.settle()
    (one,) = drafts.list_handovers(cargo.db)
    assert one.is_draft
    assert screen.page.next_step().title == "Termine la entrega"
    screen.page.edit_action.trigger()
    dialog = screen.dialog()
    assert dialog.who.form.value("leaver_name") == "ROSA QUISPE PRUEBA"
    assert not dialog.has_unsaved()
    dialog.who.form.fields["reason"].set_value("Rotación")
    assert dialog.has_unsaved()
    screen.go_on(dialog, 4)
    (one,) = drafts.list_handovers(cargo.db)
    assert (one.reason, one.state) == ("Rotación", HandoverState.FROZEN)


def test_a_refusal_keeps_the_draft_and_the_dialog_and_the_next_try_makes_no_second(
    open_page, cargo, monkeypatch
):
    from sisfoh_desktop.basics.errors import FileFailed

    screen = open_page()
    dialog = screen.begin()
    screen.go_on(dialog, 3)

    def full(*_given: Any, **_more: Any) -> int:
        raise FileFailed("No hay espacio en el disco; el acta no se emitió. Libere espacio.")

    with monkeypatch.context() as broken:
        broken.setattr(issuing, "issue_acta", full)
        screen.go_on(dialog)
    assert dialog.isVisible()
    assert "No hay espacio" in dialog.banner.label.text()
    screen.go_on(dialog)
    (one,) = drafts.list_handovers(cargo.db)
    assert one.state is HandoverState.FROZEN


def test_the_series_is_asked_where_there_is_none(db, archive, now, qtbot):
    who = Actor("tecnico", "ULE")
    town = Municipality("Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba")
    office.save_municipality(db, actor=who, now=now, municipality=town, expected_version=0)
    desk = Desk(db, archive, Tasks(), FixedClock(now), who)
    screen = Screen(desk, qtbot)
    screen.page.new_record()
    dialog = screen.dialog()
    values = {"leaver": -1, "leaver_name": "ROSA", "leaver_position": "Encargada", "reason": "Rotación"}
    values |= {"receiver": -1, "receiver_name": "LUIS", "receiver_position": "Técnico"}
    for name, value in values.items():
        dialog.who.form.fields[name].set_value(value)
    screen.go_on(dialog, 3)
    form = dialog.review.form
    assert form is not None
    form.fields["mask"].set_value("sin número")
    screen.go_on(dialog)
    assert form.fields["mask"].error
    form.fields["mask"].set_value("001-2024-ULE/MPP")
    screen.go_on(dialog)
    assert [one.number_text for one in drafts.list_handovers(db)] == ["001-2024-ULE/MPP"]
    desk.tasks.close()


def test_a_draft_is_dropped_only_when_that_is_meant(open_page, cargo, now, monkeypatch):
    drafts.add_handover(cargo.db, actor=cargo.admin, now=now, handover=cargo.draft())
    screen = open_page()
    for answer, left in ((False, 1), (True, 0)):
        monkeypatch.setattr(page, "ask", lambda *_given, answer=answer, **_more: answer)
        screen.page.drop_action.trigger()
        screen.settle()
        assert len(drafts.list_handovers(cargo.db)) == left


def test_the_acta_is_shown_and_the_folder_saved(open_page, issued, shown, monkeypatch, tmp_path):
    screen = open_page()
    assert screen.page.preview()
    screen.settle()
    assert shown == ["Entrega de cargo 001-2024-ULE/MPP"]
    chosen = str(tmp_path / "carpeta")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (chosen, ""))
    screen.page.pack_action.trigger()
    screen.settle()
    assert (tmp_path / "carpeta.zip").exists()
    screen.page.lines.activated.emit(screen.page.lines.rows()[0])
    assert screen.opened == [("kardex.holder", issued.holder_id)]


def test_whoever_may_not_hand_over_only_looks(open_page, issued):
    screen = open_page(READER)
    assert "Entregar cargo…" not in actions(screen)
    assert "Guardar la carpeta…" not in actions(screen)
    assert "Ver el acta" in actions(screen)
    assert not screen.page.new_record()


def test_the_walk_has_six_steps_that_open_records_and_ends_when_all_was_seen(
    cargo, issued, archive, now, qtbot
):
    desk = Desk(cargo.db, archive, Tasks(), FixedClock(now + timedelta(days=3)), cargo.luis)
    received = taking.received(cargo.db, issued, now.date())
    done: list[int] = []
    walk = WalkDialog(desk, issued, received, lambda: done.append(1))
    qtbot.addWidget(walk)
    walk.show()
    opened: list[tuple[str, int]] = []
    walk.open_record.connect(lambda kind, record: opened.append((kind, record)))
    assert not walk.isModal()
    assert walk.where.text() == "Paso 1 de 6. Lo que espera firma"
    for _ in range(3):
        walk.try_submit()
    assert walk.told.text() == "2 líneas"
    qtbot.keyClick(walk.list.view, Qt.Key.Key_Return)
    assert opened == [("kardex.holder", cargo.kardex.store)]
    walk.go_back()
    assert walk.number == 2
    for _ in range(3):
        walk.try_submit()
    assert walk.number == len(STEPS) - 1
    assert walk.primary_button.text() == "&Ya lo revisé todo"
    walk.try_submit()
    for _ in range(3):
        desk.tasks.wait_idle()
        QApplication.processEvents()
    assert done == [1]
    assert drafts.load_handover(cargo.db, issued.id).taken_by == "lnuevo"
    desk.tasks.close()


def test_every_letter_stands_once_and_every_control_has_a_name(open_page, issued):
    screen = open_page()
    offered = [one.text() for one in screen.page.page_actions()]
    assert all(letters_of([text]) for text in offered)
    dialog = screen.begin()
    for number in range(len(dialog.steps)):
        dialog.show_step(number)
        screen.settle()
        texts = [one.text() for one in page_rounds.seen(dialog, QAbstractButton)]
        texts += [one.text() for one in page_rounds.seen(dialog, QLabel) if one.buddy() is not None]
        letters = [letter for text in texts for letter in letters_of([text])]
        assert len(letters) == len(set(letters)), (number, sorted(letters))
    for place in (screen.page, dialog):
        silent = [
            one
            for one in page_rounds.seen(place, (QAbstractItemView, QComboBox, QLineEdit))
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName()
        ]
        assert silent == []
