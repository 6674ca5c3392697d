"""The page of the people: what each tab shows, asks and saves; what is hidden from who may not."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from searching import found

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.rights import RIGHTS
from sisfoh_desktop.modules.people.rules.facts import Decision, UserState
from sisfoh_desktop.modules.people.service import absences, access, history, reviews, users
from sisfoh_desktop.modules.people.view import PeoplePage, people_tab, sheet_dialog, users_tab
from sisfoh_desktop.modules.people.view.people_dialog import PeopleDialog
from sisfoh_desktop.modules.people.view.review_dialog import ReviewDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks

PASSWORD = "molle y cantuta juntos"
READER = Actor("lector", "OGAJ", frozenset({"pages.read"}))


@dataclass
class Screen:
    """What a person sees and does; `answers` fills the dialogs that open next and presses their button."""

    page: PeoplePage
    desk: Desk
    monkeypatch: Any

    def settle(self) -> None:
        for _ in range(4):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def tab(self, key: str) -> Any:
        self.page.show_tab(key)
        self.settle()
        return self.page.tab()

    def answers(self, *all_values: dict[str, Any]) -> list[PeopleDialog]:
        """Each dialog that opens takes the next values; what stays open is left."""
        seen: list[PeopleDialog] = []
        waiting = list(all_values)

        def answer(dialog: PeopleDialog) -> int:
            seen.append(dialog)
            for name, value in (waiting.pop(0) if waiting else {}).items():
                dialog.form.fields[name].set_value(value)
            dialog.try_submit()
            self.settle()
            return dialog.result()

        self.monkeypatch.setattr(PeopleDialog, "exec", answer)
        return seen


@pytest.fixture
def papers(monkeypatch) -> list[str]:
    """Titles of the papers that were shown."""
    shown: list[str] = []
    for module in (people_tab, users_tab, sheet_dialog):
        monkeypatch.setattr(module, "show_pdf", lambda _over, _desk, pdf, title, _name: shown.append(title))
    return shown


@pytest.fixture
def open_page(db, archive, now, qtbot, monkeypatch):
    made: list[Screen] = []

    def opened(actor: Actor) -> Screen:
        desk = Desk(db, archive, Tasks(), FixedClock(now), actor)
        page = PeoplePage(desk)
        qtbot.addWidget(page)
        desk.tasks.changed.connect(lambda touched: page.reload() if touched & page.touches else None)
        page.resize(900, 640)
        page.show()
        screen = Screen(page, desk, monkeypatch)
        made.append(screen)
        screen.settle()
        return screen

    yield opened
    for screen in made:
        screen.desk.tasks.close()


@pytest.fixture
def screen(people, open_page) -> Screen:
    return open_page(people.admin)


def seen(table: Any) -> list[list[str]]:
    return table.as_seen()[1]


def shown_actions(tab: Any) -> list[str]:
    return [one.text().replace("&", "") for one in tab.actions_of_tab() if one.isVisible()]


# -- no users yet ----------------------------------------------------------------------------------------


def test_an_empty_base_says_that_anybody_may_do_everything_and_offers_to_begin(open_page, db):
    screen = open_page(Actor("tecnico", "OGTI"))
    tab = screen.tab("users")
    assert "puede hacerlo todo, sin contraseña" in tab.users.empty_label.text()
    assert screen.page.next_step().title == "Usuario único de este equipo"
    dialogs = screen.answers({"name": "Ana Castro Prueba", "password": PASSWORD, "again": PASSWORD})
    tab.users.empty_button.click()
    screen.settle()
    (dialog,) = dialogs
    assert dialog.form.value("login") == "aprueba"  # proposed from the name
    assert dialog.form.value("office") == "OGTI"
    assert dialog.form.value("roles") == ("administrator", "ule_head")
    assert access.has_users(db)
    assert dialog.form.fields["password"].is_empty()


def test_the_first_password_is_written_twice_and_must_be_good(open_page, db):
    screen = open_page(Actor("tecnico"))
    dialogs = screen.answers(
        {"name": "Ana Castro Prueba", "password": PASSWORD, "again": "otra cosa distinta"},
    )
    screen.tab("users").new_record()
    assert "no son iguales" in dialogs[0].form.fields["again"].error
    dialogs[0].form.set_values({"password": "corta", "again": "corta"})
    dialogs[0].try_submit()
    screen.settle()
    assert "muy corta" in dialogs[0].form.fields["password"].error
    assert not access.has_users(db)


# -- users -----------------------------------------------------------------------------------------------


def test_the_list_tells_who_may_come_in(screen):
    rows = seen(screen.tab("users").users)
    assert [row[1] for row in rows] == ["acastro", "rquispe", "zadmin"]
    assert rows[1][3] == "Encargado del kardex"
    assert {row[4] for row in rows} == {"Puede entrar"}


def test_a_new_user_gets_a_printed_code(screen, papers, db):
    screen.answers({"name": "Luis Nuevo Prueba", "login": "lnuevo", "office": "OGAJ", "roles": ("legal",)})
    tab = screen.tab("users")
    assert tab.new_record()
    screen.settle()
    assert [title.casefold() for title in papers] == ["clave de un solo uso de luis nuevo prueba"]
    user = users.find_user(db, "lnuevo")
    assert user.roles == ("legal",)
    assert user.recovery_until is not None
    assert tab.users.selected().user.login == "lnuevo"


def test_a_login_that_is_taken_is_said_at_its_field(screen):
    dialogs = screen.answers({"name": "Rosa Otra Prueba", "login": "rquispe", "roles": ("reader",)})
    screen.tab("users").new_record()
    assert "ya es de" in dialogs[0].form.fields["login"].error
    assert dialogs[0].form.value("name") == "Rosa Otra Prueba"


def test_a_user_is_corrected_and_gets_other_roles(screen, people, db):
    tab = screen.tab("users")
    tab.show_part(people.clerk_id)
    screen.answers({"position": "Empadronadora principal", "valid_to": date(2024, 12, 31)})
    tab.edit_action.trigger()
    screen.answers({"roles": ("kardex_clerk", "poi_clerk")})
    tab.roles_action.trigger()
    user = users.load_user(db, people.clerk_id)
    assert user.position == "Empadronadora principal"
    assert user.valid_to == date(2024, 12, 31)
    assert user.roles == ("kardex_clerk", "poi_clerk")
    assert "hasta el 31/12/2024" in tab.detail.text()


def test_suspending_restoring_and_ending_ask_why(screen, people, db):
    tab = screen.tab("users")
    tab.show_part(people.clerk_id)
    for action, state in (
        (tab.suspend_action, UserState.SUSPENDED),
        (tab.restore_action, UserState.ACTIVE),
        (tab.end_action, UserState.LEFT),
    ):
        assert action.isEnabled()
        dialogs = screen.answers({}, {})
        action.trigger()
        assert "Falta «Motivo»" in dialogs[0].form.fields["reason"].error
        screen.answers({"reason": "Por memorando 4"})
        action.trigger()
        screen.settle()
        assert users.load_user(db, people.clerk_id).state is state
    assert not tab.end_action.isEnabled()
    assert not tab.roles_action.isEnabled()


@pytest.mark.parametrize("act", ["suspend", "end"])
def test_an_access_taken_away_by_mistake_is_given_back_by_ctrl_z(screen, people, db, qtbot, act):
    tab = screen.tab("users")
    tab.show_part(people.clerk_id)
    before = users.load_user(db, people.clerk_id)
    screen.answers({"reason": "Por memorando 4"})
    (tab.suspend_action if act == "suspend" else tab.end_action).trigger()
    screen.settle()
    taken = users.load_user(db, people.clerk_id)
    assert taken.state is not UserState.ACTIVE
    tab.users.view.setFocus()
    qtbot.keyClick(tab.users.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    after = users.load_user(db, people.clerk_id)
    if act == "end":  # the password was forgotten for good, and the person is told so
        assert not after.has_password
        after = replace(after, has_password=before.has_password, password_set_at=before.password_set_at)
    assert replace(after, version=before.version) == before
    told = [line.what for line in history.history(db, f"user:{people.clerk_id}")][:2]
    assert told == ["Acceso restablecido", "Acceso suspendido" if act == "suspend" else "Usuario cesado"]
    shown = " ".join(toast.accessibleName() for toast in screen.page.findChildren(Toast))
    assert ("clave de un solo uso" in shown) is (act == "end")


def test_an_access_with_a_last_day_is_not_offered_back_as_if_it_had_none(screen, people, db, now):
    user = users.load_user(db, people.clerk_id)
    users.save_user(
        db,
        actor=people.admin,
        now=now,
        user=replace(user, valid_to=date(2024, 12, 31)),
        expected_version=user.version,
    )
    screen.page.reload()
    tab = screen.tab("users")
    tab.show_part(people.clerk_id)
    screen.answers({"reason": "Por memorando 4"})
    tab.end_action.trigger()
    screen.settle()
    assert users.load_user(db, people.clerk_id).state is UserState.LEFT
    assert not screen.page.findChildren(Toast)


def test_nobody_changes_their_own_access(screen, people):
    tab = screen.tab("users")
    tab.show_part(people.admin_id)
    for action in (tab.suspend_action, tab.end_action, tab.code_action):
        assert not action.isEnabled()
        assert "otro administrador" in action.toolTip()


def test_a_new_code_replaces_the_password_after_asking(screen, people, papers, db, monkeypatch):
    asked = []
    monkeypatch.setattr(users_tab, "ask", lambda *words: asked.append(words[2]) or True)
    tab = screen.tab("users")
    tab.show_part(people.clerk_id)
    tab.code_action.trigger()
    screen.settle()
    assert "deja de valer" in asked[0]
    assert len(papers) == 1
    assert not users.load_user(db, people.clerk_id).has_password
    assert "Clave de un solo uso vale hasta" in tab.detail.text()


def test_the_search_finds_people(screen, people):
    hits = found(screen.desk, "people", "quispe")
    assert [(hit.kind, hit.record_id) for hit in hits] == [("people.user", people.clerk_id)]
    screen.page.show_record("people.user", people.clerk_id)
    screen.settle()
    assert screen.page.tab().users.selected().user.login == "rquispe"


# -- absences --------------------------------------------------------------------------------------------


def test_an_absence_is_entered_corrected_and_withdrawn(screen, people, db):
    tab = screen.tab("absences")
    screen.answers(
        {
            "user_id": people.clerk_id,
            "first_day": date(2024, 3, 4),
            "last_day": date(2024, 3, 20),
            "reason": "Vacaciones",
        }
    )
    assert tab.new_record()
    screen.settle()
    assert seen(tab.absences)[0][1:] == ["rquispe", "04/03/2024", "20/03/2024", "Vacaciones", "En curso"]
    screen.answers({"last_day": date(2024, 3, 2)})
    tab.edit_action.trigger()
    assert absences.list_absences(db)[0].absence.last_day == date(2024, 3, 20)
    screen.answers({"last_day": date(2024, 3, 15)})
    tab.edit_action.trigger()
    screen.settle()
    assert seen(tab.absences)[0][3] == "15/03/2024"
    screen.answers({"reason": "Volvió antes"})
    tab.withdraw_action.trigger()
    screen.settle()
    assert seen(tab.absences)[0][5] == "Sin efecto"
    assert not tab.edit_action.isEnabled()


# -- rights ----------------------------------------------------------------------------------------------


def test_the_matrix_tells_every_right_and_who_has_it(screen):
    tab = screen.tab("rights")
    titles, rows = tab.rights.as_seen()
    assert len(rows) == len(RIGHTS)
    assert tab.rights.select("kardex.move")
    row = next(row for row in rows if row[0] == "Registrar movimientos, conteos y actas")
    assert row[titles.index("Kardex")] == "Sí"
    assert row[titles.index("Legal")] == ""
    assert "Encargado del kardex" in tab.detail.text()
    assert "ROSA QUISPE PRUEBA" in tab.detail.text()


# -- reviews ---------------------------------------------------------------------------------------------


@pytest.fixture
def review(screen) -> ReviewDialog:
    """The dialog of a new review."""
    tab = screen.tab("reviews")
    tab.new_record()
    screen.settle()
    return screen.page.findChild(ReviewDialog)


def test_everybody_must_be_decided_about(review, screen, db):
    review.decide(Decision.KEEP)
    review.try_submit()
    assert "Falta decidir sobre 2 personas" in review.banner.label.text()
    assert reviews.list_reviews(db) == []
    review.rest_button.click()
    assert not review.rest_button.isEnabled()
    review.try_submit()
    screen.settle()
    (made,) = reviews.list_reviews(db)
    assert made.count(Decision.KEEP) == 3
    assert seen(screen.page.tab().reviews)[0][2] == "3"


def test_whoever_is_ended_in_a_review_loses_the_access(review, screen, people, db):
    review.rest_button.click()
    review.list.select(people.clerk_id)
    review.decide(Decision.END)
    review.try_submit()
    screen.settle()
    assert "Falta decir por qué" in review.banner.label.text()
    review.line_note.set_value("Terminó su contrato")
    review.try_submit()
    screen.settle()
    assert users.load_user(db, people.clerk_id).state is UserState.LEFT
    lines = seen(screen.page.tab().lines)
    assert ["Se cesa", "Terminó su contrato"] in [row[-2:] for row in lines]


def test_one_does_not_end_oneself_in_a_review(review, people):
    review.list.select(people.admin_id)
    assert not review.end_button.isEnabled()
    review.list.select(people.clerk_id)
    assert review.end_button.isEnabled()


# -- who only reads --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("users", ["Historial"]),
        ("absences", []),
        ("rights", []),
        ("reviews", ["Ver la constancia", "Firmarla en Papeles", "Historial"]),
    ],
)
def test_whoever_only_reads_is_offered_no_change(people, open_page, key, left):
    screen = open_page(READER)
    tab = screen.tab(key)
    assert shown_actions(tab) == left
    assert not screen.page.new_record()
    assert screen.page.next_step() is None
