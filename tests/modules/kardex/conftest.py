"""The small office with a started kardex that every test of this module works in."""

from datetime import datetime

import pytest
from kardex_office import KardexOffice, make_office

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database


@pytest.fixture
def kardex_office(db: Database, actor: Actor, now: datetime) -> KardexOffice:
    return make_office(db, actor, now)


@pytest.fixture
def either_kardex(either_db: Database, actor: Actor, now: datetime) -> KardexOffice:
    """The same office on both databases."""
    return make_office(either_db, actor, now)


@pytest.fixture
def clerk(desk, qtbot, kardex_office):
    """Somebody with the cursor in the blank row of the register."""
    from kardex_clerk import Clerk

    return Clerk(desk, qtbot, kardex_office)


@pytest.fixture
def screen(qtbot, desk, monkeypatch):
    """The tab "Catálogo", to be opened, and who answers its dialogs."""
    from kardex_screen import Screen

    return Screen(qtbot, desk, monkeypatch)


@pytest.fixture
def do(db, actor, now):
    """A service of the office, done by the actor now."""
    return lambda verb, **what: verb(db, actor=actor, now=now, **what)


@pytest.fixture
def open_cuadre(desk, kardex_office, qtbot):
    """Open the tab "Cuadre"; `asked` gathers what it asks of the page."""
    from kardex_cuadre import opener

    return opener(desk, kardex_office, qtbot)


@pytest.fixture
def answering(monkeypatch, desk):
    """Each dialog of "Cuadre" is filled by a function that is given, and submitted; gives the dialogs met."""
    from kardex_cuadre import answerer

    return answerer(monkeypatch, desk)
