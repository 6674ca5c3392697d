"""The window notices what colleagues save and says when the base is away; presence is told. On both databases."""

import threading
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from sisfoh_desktop.app import watching
from sisfoh_desktop.app.watching import AREAS, QUIET, areas_of
from sisfoh_desktop.app.wiring import OpenedBase
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.rights import RIGHTS
from sisfoh_desktop.basics.witness import Sighting, Witness
from sisfoh_desktop.db import watching as db_watching
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.trail import trail_head
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.open_record import OpenRecord

ROSA = Actor("rquispe", "ULE")


class Colleague:
    """Another program on the same base; its work is done on a thread of its own, as that of another PC is."""

    def __init__(self, url: str) -> None:
        self.db = Database.open(url)

    def does(self, fn) -> None:
        work = threading.Thread(target=fn)
        work.start()
        work.join()

    def saves(self, now, action="office.unit.save"):
        def change():
            with self.db.transaction() as session:
                record_audit(session, actor=ROSA, now=now, action=action, subject="unit:1")

        self.does(change)

    def opens(self, subject):
        from sisfoh_desktop.db.presence import note_presence

        def note():
            with self.db.transaction() as session:
                note_presence(
                    session,
                    subject=subject,
                    window_key="otra",
                    user="rquispe",
                    place="ULE",
                    now=db_watching.base_now(session),
                )

        self.does(note)


@pytest.fixture
def colleague(either_db):
    made = Colleague(either_db.url.render_as_string(hide_password=False))
    yield made
    made.db.close()


@pytest.fixture
def open_window(make_window, either_db, archive, tmp_path):
    """A window at work on the base; it lets go of the base before the base is taken away."""
    made = make_window()
    for dialog in made.findChildren(QDialog):
        dialog.close()  # the question for a base

    def use(db=either_db):
        made.use_base(OpenedBase(db, archive, str(tmp_path / "x"), "oficina", True, practice=False))
        _settle(made)
        return made

    yield use
    made.watch.leave()
    _settle(made)
    made._opened.db.close()
    made._opened = None
    made.close()
    _settle(made)


@pytest.fixture
def window(open_window):
    return open_window()


def _settle(window):
    for _ in range(4):
        window.tasks.wait_idle()
        QApplication.processEvents()


def _look(window):
    window.watch.look_now()
    _settle(window)


def _changes(window):
    seen = []
    window.tasks.changed.connect(seen.append)
    return seen


def test_what_a_colleague_saved_reaches_the_pages(window, colleague, now):
    seen = _changes(window)
    colleague.saves(now)
    _look(window)
    assert seen == [{"office"}]
    _look(window)
    assert seen == [{"office"}], "told once"


def test_ones_own_changes_are_not_told_a_second_time(window, now):
    seen = _changes(window)
    db = window.desk.db

    def change():
        with db.transaction() as session:
            record_audit(session, actor=ROSA, now=now, action="plan.save", subject="plan:1")

    window.tasks.run_change(change, {"plans"})
    _settle(window)
    _look(window)
    assert seen == [{"plans"}]


def test_what_was_read_or_printed_changes_no_page(window, colleague, now):
    seen = _changes(window)
    colleague.saves(now, "session.in")
    colleague.saves(now, "print.paper")
    _look(window)
    assert seen == []


def test_every_right_leads_to_pages_or_is_known_to_be_quiet():
    for right in RIGHTS:
        for action in right.actions:
            kind = action.partition(".")[0]
            assert areas_of([f"{kind}.x"]) or kind in QUIET, action
    assert not QUIET & AREAS.keys()


def test_a_page_in_which_somebody_types_is_left_alone_until_it_is_saved(window, colleague, now, monkeypatch):
    page = window.stack.page
    reloads = []
    monkeypatch.setattr(page, "reload", lambda: reloads.append(1))
    monkeypatch.setattr(type(page), "touches", frozenset({"office"}))
    monkeypatch.setattr(page, "has_unsaved", lambda: True)
    colleague.saves(now)
    _look(window)
    assert not reloads
    assert "otra persona" in window.status_line.link.text()
    monkeypatch.setattr(page, "has_unsaved", lambda: False)
    _look(window)
    assert reloads == [1]
    assert not window.status_line.link.isVisible()


def test_a_base_that_is_away_is_told_and_everything_is_read_again_when_it_is_back(
    window, colleague, now, monkeypatch
):
    seen = _changes(window)

    def away(_db, _since):
        raise DatabaseUnavailable("La base no responde en este momento.")

    with monkeypatch.context() as cable:
        cable.setattr(db_watching, "look", away)
        _look(window)
        _look(window)
    assert window.watch.is_away
    assert "Sin conexión" in window.status_line.link.text()
    assert "lo escrito sigue" in window.status_line.link.toolTip()
    assert not window.findChildren(MessageDialog), "no box for every look"
    _look(window)
    assert not window.watch.is_away
    assert not window.status_line.link.isVisible()
    assert seen == [watching.EVERYTHING]


def test_a_clock_that_goes_behind_is_told_at_the_start(open_window, either_db, now):
    with either_db.transaction() as session:
        record_audit(session, actor=ROSA, now=now + timedelta(days=2), action="plan.save", subject="plan:1")
    window = open_window()
    told = [box.sentence for box in window.findChildren(MessageDialog)]
    assert any("El reloj de este equipo marca 08/03/2024 10:00" in sentence for sentence in told)


def test_a_trail_that_is_not_the_one_this_pc_saw_is_told_once(window, colleague, either_db, now):
    colleague.saves(now)
    _look(window)
    bases = []

    def base_id():
        with colleague.db.reading() as session:
            bases.append(trail_head(session).base_id)

    colleague.does(base_id)
    place = str(either_db.path) if either_db.path else either_db.url.set(password=None).render_as_string()
    Witness().remember(bases[0], Sighting(900, "f" * 64, now.isoformat(), place))
    _look(window)
    told = [box.sentence for box in window.findChildren(MessageDialog)]
    assert not told, "compared now and then, not at every look"

    for _ in range(50):
        colleague.saves(now)
    _look(window)
    _look(window)
    told = [box.sentence for box in window.findChildren(MessageDialog)]
    assert len(told) == 1
    assert "tenía 900 anotaciones" in told[0]


def test_who_else_has_the_record_open(window, colleague, qtbot):
    colleague.opens("unit:1")
    dialog = FormDialog("Editar la unidad OGAJ", parent=window)
    record = OpenRecord(
        dialog, window.desk, subject="unit:1", record=None, fresh=lambda: None, fill=lambda _r: None
    )
    dialog.show()
    _settle(window)
    assert "Abierto también por rquispe (ULE) desde las" in record.hint.text()
    assert record.hint.isVisible()
    dialog.close()
    _settle(window)


def test_a_record_opened_later_is_told_by_the_next_look_and_closing_takes_it_away(
    window, colleague, qtbot, now
):
    from sisfoh_desktop.db.presence import drop_presence, list_present

    dialog = FormDialog("Editar la unidad OGAJ", parent=window)
    record = OpenRecord(
        dialog, window.desk, subject="unit:1", record=None, fresh=lambda: None, fill=lambda _r: None
    )
    dialog.show()
    _settle(window)
    assert not record.hint.isVisible()
    colleague.opens("unit:1")
    _look(window)
    assert "rquispe" in record.hint.text()

    def there():
        with colleague.db.reading() as session:
            found = list_present(
                session, subject="unit:1", window_key="otra", now=db_watching.base_now(session)
            )
        seen.append([one.user for one in found])

    seen: list[list[str]] = []
    colleague.does(there)

    def leaves():
        with colleague.db.transaction() as session:
            drop_presence(session, window_key="otra")

    colleague.does(leaves)
    _look(window)
    assert not record.hint.isVisible()
    dialog.close()
    _settle(window)
    colleague.does(there)
    assert seen == [["ana"], []]


def test_leaving_the_base_stops_the_watch(window, colleague, now):
    seen = _changes(window)
    window.watch.leave()
    colleague.saves(now)
    _look(window)
    assert seen == []


def test_changing_the_base_forgets_the_head_of_the_one_before(window, open_window, colleague, either_db, now):
    colleague.saves(now)
    seen = _changes(window)
    again = Database.open(either_db.url.render_as_string(hide_password=False))
    open_window(again)
    assert seen == []
    assert window.watch._head is not None
