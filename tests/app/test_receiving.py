"""Whoever received a cargo is offered the walk on coming in, until it was done; nobody else is."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pages_for_tests import SPECS

from sisfoh_desktop.app.login_dialog import LoginDialog
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.handover.rules.facts import Handover, Person
from sisfoh_desktop.modules.handover.service import drafts, issuing
from sisfoh_desktop.modules.handover.view.walk_dialog import WalkDialog
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, passwords, users

WORDS = "tres gatos y un tejado"


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def base(template_base: Path, tmp_path: Path, clock) -> str:
    """Ana gave her cargo to Luis."""
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    db, now = Database.open(path), clock.now()
    nobody = {"actor": Actor("tecnico"), "now": now}
    town = Municipality("Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba")
    office.save_municipality(db, **nobody, municipality=town, expected_version=0)
    users.add_user(
        db,
        **nobody,
        user=User("acastro", "ANA CASTRO PRUEBA", "OGTI"),
        roles=["administrator"],
        password=WORDS,
    )
    admin = access.log_in(db, now=now, login="acastro", password=WORDS).actor
    luis = User("lnuevo", "LUIS NUEVO PRUEBA", "ULE")
    luis_id = users.add_user(db, actor=admin, now=now, user=luis, roles=["kardex_clerk"], password=WORDS)
    who = {"actor": admin, "now": now}
    issuing.create_handover_series(db, **who, title="Entregas", mask="{n:03d}-{year}-ULE/MPP")
    given = Handover(
        Person("ANA CASTRO PRUEBA", "Encargada"),
        Person("LUIS NUEVO PRUEBA", "Técnico", user_id=luis_id),
        now.date(),
        "Rotación",
    )
    for handed_on in (now.date(), date(now.year + 1, 1, 1)):
        draft = replace(given, handed_on=handed_on)
        handover_id = drafts.add_handover(db, **who, handover=draft)
        archive = Archive(tmp_path / "archivo")
        issuing.issue_acta(db, archive, **who, handover_id=handover_id, expected_version=1)
    db.close()
    return str(path)


@pytest.fixture
def enter(make_window, base, settle):
    """Come in; the walk that is then on view."""
    window = make_window(base, SPECS)

    def come_in(login: str) -> WalkDialog | None:
        settle()
        window.findChild(LoginDialog).form.set_values({"login": login, "password": WORDS})
        window.findChild(LoginDialog).try_submit()
        settle()
        return next((one for one in window.findChildren(WalkDialog) if one.isVisible()), None)

    come_in.window, come_in.settle = window, settle
    return come_in


def test_the_receiver_is_offered_the_walk_until_it_was_done(enter):
    walk = enter("lnuevo")
    assert walk is not None
    assert walk.windowTitle() == "Lo que recibió de ANA CASTRO PRUEBA"
    enter.window.entering.log_out()
    enter.settle()
    assert not [one for one in enter.window.findChildren(WalkDialog) if one.isVisible()]
    walk = enter("lnuevo")
    for _ in range(6):
        walk.try_submit()
    enter.settle()
    enter.window.entering.log_out()
    enter.settle()
    assert enter("lnuevo") is None  # the other one begins next year


def test_nobody_else_is_offered_it(enter):
    assert enter("acastro") is None
