"""The guided tours over the real window: every stop of every role is there, on the practice office and on a new one."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import text

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.app.search_dialog import SearchDialog
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.people.rules.role_notes import notes_of
from sisfoh_desktop.modules.people.rules.roles import ROLES, rights_of
from sisfoh_desktop.modules.people.service import guides
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.row_order import fold_text
from sisfoh_desktop.qtkit.tour import Tour

KEYS = [role.key for role in ROLES]


@pytest.fixture
def new_office(tmp_path):
    path = tmp_path / "nueva.db"
    Database.create(path).close()
    return path


@pytest.fixture
def open_window(make_window, settle):
    def open_window(base):
        window = make_window(str(base), PAGES)
        settle()
        return window

    return open_window


def walk(window, settle):
    """Every step of the tour that is on, by its titles; the widget of each must have been seen."""
    seen = []
    tour = window.orders.tours.tour
    while window.orders.tours.tour is tour:
        for _ in range(20):
            settle()
            tour.follow()
            if tour.target is not None:
                break
        assert tour.target is not None, f"nothing to point at: {tour.step.title}"
        assert tour.rect().contains(tour.bubble.geometry())
        seen.append(tour.step.title)
        tour.go_on()
    settle()
    return seen


@pytest.mark.parametrize("role", KEYS)
@pytest.mark.parametrize("base", ["practice", "new_office"])
def test_every_stop_of_a_role_is_in_the_window_of_that_role(role, base, request, open_window, settle):
    path = request.getfixturevalue(base)
    window = open_window(path)
    window.work_as(Actor("rquispe", "ULE", rights_of((role,))), role=role)
    settle()
    (notes,) = notes_of(guides.role_notes(), (role,))
    window.orders.tours.walk(notes)
    titles = walk(window, settle)
    assert titles == [stop.title for stop in notes.stops], "a role is shown no page that it may not see"
    assert 5 <= len(titles) <= 8
    assert not any(page.has_unsaved() for page in window.stack.built_pages())
    assert window.stack.number == 0, "afterwards the window is where it was"


def test_after_it_the_cursor_is_where_it_was(practice, open_window, settle):
    window = open_window(practice)
    window.stack.show_page(2)
    settle()
    rows = window.stack.page.table().view
    rows.setFocus()
    window.activateWindow()
    window.orders.tours.start()
    walk(window, settle)
    assert window.stack.number == 2
    assert rows.hasFocus()


def test_a_tour_writes_nothing(practice, open_window, settle):
    window = open_window(practice)

    def entries() -> int:
        with window.desk.db.reading() as session:
            return session.execute(text("select count(*) from audit_entry")).scalar_one()

    allow_current_thread()
    before = entries()
    window.orders.tours.start()
    walk(window, settle)
    assert entries() == before


def test_each_role_of_the_office_has_its_notes():
    named = [role for notes in guides.role_notes() for role in notes.roles]
    assert sorted(named) == sorted(KEYS)


def test_it_is_offered_once_to_each_person_of_a_pc_and_started_from_the_offer(practice, open_window, settle):
    window = open_window(practice)
    (toast,) = [one for one in window.findChildren(Toast) if not one.isHidden()]
    assert "recorrido" in toast.accessibleName()
    button = toast.findChild(QPushButton)
    assert button.text() == "Ver el recorrido"
    button.click()
    assert window.findChild(Tour) is window.orders.tours.tour
    QTest.keyClick(window.orders.tours.tour.bubble.next_button, Qt.Key.Key_Escape)
    assert window.orders.tours.tour is None

    window.work_as(window.desk.actor, single=True)
    settle()
    assert [one for one in window.findChildren(Toast) if not one.isHidden()] == []
    window.work_as(Actor("mflores", "OGAJ", rights_of(("legal",))))
    assert [one for one in window.findChildren(Toast) if not one.isHidden()] != []
    assert window.state.toured == ("ana", "mflores")


def test_it_is_offered_when_the_dialog_that_stood_over_the_window_is_closed(
    practice, open_window, settle, qtbot
):
    def offers():
        return [one for one in window.findChildren(Toast) if not one.isHidden()]

    window = open_window(practice)
    for toast in offers():
        toast.hide()
    window.tell("La base se actualizó.")
    window.work_as(Actor("mflores", "OGAJ", rights_of(("legal",))))
    settle()
    assert offers() == []
    assert "mflores" not in window.state.toured
    QApplication.activeModalWidget().reject()
    qtbot.waitUntil(lambda: offers() != [])
    assert window.state.toured[-1] == "mflores"


def test_it_stands_in_the_menu_and_in_the_search(practice, open_window):
    window = open_window(practice)
    window.orders.show_search()
    dialog = window.findChild(SearchDialog)
    for typed in ("recorrido guiado", "guia de mi rol"):
        dialog.field.setText(typed)
        assert any(typed in fold_text(line) for line in dialog.lines())
    dialog.close()
    assert window.orders.actions["Recorrido guiado"] in window.menu.actions()


def test_it_ends_when_who_is_in_leaves(practice, open_window, settle):
    window = open_window(practice)
    window.orders.tours.start()
    window.work_as(None)
    window.orders.tours.tour.follow()
    assert window.orders.tours.tour is None


def test_one_with_several_roles_chooses(practice, open_window, settle, monkeypatch):
    window = open_window(practice)
    window.entering.session = SimpleNamespace(
        user=SimpleNamespace(roles=("administrator", "ule_head")), actor=window.desk.actor
    )
    offered = []

    def choose(dialog):
        field = dialog.form.fields["role"]
        offered.extend(field.editor.itemText(at) for at in range(field.editor.count()))
        field.editor.setCurrentIndex(1)
        return TaskDialog.DialogCode.Accepted

    monkeypatch.setattr(TaskDialog, "exec", choose)
    window.orders.tours.start()
    window.entering.session = None
    assert offered == ["Administrador", "Responsable de la ULE"]
    assert window.orders.tours.tour.bubble.count.text().startswith("Responsable de la ULE")
    window.orders.tours.tour.skip()


def test_the_guide_of_a_role_opens_in_the_preview(practice, open_window, settle, monkeypatch):
    window = open_window(practice)
    monkeypatch.setattr(TaskDialog, "exec", lambda _dialog: TaskDialog.DialogCode.Accepted)
    window.orders.tours.ask_guide()
    settle()
    (preview,) = window.findChildren(PreviewDialog)
    assert preview.windowTitle() == "Guía de Responsable de la ULE"
    settle()
    assert preview.page_label.text() == "Página 1 de 2"
    preview.close()
