"""A base with its first users; hashing costs little here but where the cost itself is tested."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, passwords, users

ADMIN_PASSWORD = "tres gatos y un tejado"
CLERK_PASSWORD = "lluvia sobre el caplina"
SECOND_PASSWORD = "olivos de la yarada"


@dataclass(frozen=True)
class People:
    """A base with an administrator, a second one and a clerk of the kardex."""

    db: Database
    admin: Actor
    admin_id: int
    second_id: int
    clerk: Actor
    clerk_id: int


_REAL_MEMORY = passwords.MEMORY_KIB


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def real_hashing(cheap_hashing, monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", _REAL_MEMORY)


def make_people(db: Database, now: datetime) -> People:
    nobody = Actor("tecnico")
    admin_id = users.add_user(
        db,
        actor=nobody,
        now=now,
        user=User("acastro", "ANA CASTRO PRUEBA", "ULE"),
        roles=["administrator"],
        password=ADMIN_PASSWORD,
    )
    admin = access.log_in(db, now=now, login="acastro", password=ADMIN_PASSWORD).actor
    second_id = users.add_user(
        db,
        actor=admin,
        now=now,
        user=User("zadmin", "ZOILA SEGUNDA PRUEBA", "ULE"),
        roles=["administrator"],
        password=SECOND_PASSWORD,
    )
    clerk_id = users.add_user(
        db,
        actor=admin,
        now=now,
        user=User("rquispe", "ROSA QUISPE PRUEBA", "ULE", "Empadronadora"),
        roles=["kardex_clerk"],
        password=CLERK_PASSWORD,
    )
    clerk = access.log_in(db, now=now, login="rquispe", password=CLERK_PASSWORD).actor
    return People(db, admin, admin_id, second_id, clerk, clerk_id)


@pytest.fixture
def people(db: Database, now: datetime) -> People:
    return make_people(db, now)


@pytest.fixture
def either_people(either_db: Database, now: datetime) -> People:
    """The same on both databases."""
    return make_people(either_db, now)
