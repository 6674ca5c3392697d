"""What the security document says of this PC is what the program does on it."""

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import passwords, users
from sisfoh_desktop.modules.safekeeping.service.privacy_security import gather


def lock_told(db, archive, now, settings):
    sections = gather(db, archive, actor=Actor("prueba"), now=now, settings=settings).sections
    return next(
        told for section in sections for title, told in section.facts if title == "Bloqueo automático"
    )


def test_without_users_nothing_locks(db, archive, now):
    assert lock_told(db, archive, now, PcSettings()).endswith("no se bloquea solo")


@pytest.mark.parametrize(
    ("set_to", "told"),
    [
        ("10", "A los 10 minutos sin uso"),
        ("0", "Al minuto sin uso"),
        ("", "A los 10 minutos sin uso"),
        ("999", "A los 120 minutos sin uso"),
    ],
)
def test_with_users_it_says_after_how_long_the_window_really_locks(
    db, archive, now, monkeypatch, set_to, told
):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    user = User("tecnico", "Ana Prueba", "ULE")
    users.add_user(
        db,
        actor=Actor("prueba"),
        now=now,
        user=user,
        roles=["administrator"],
        password="tres gatos y un tejado",
    )
    assert lock_told(db, archive, now, PcSettings(lock_minutes=set_to)) == told
