"""An office with users, a head of the ULE, a kardex in use, and a series for the actas; on either database."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from kardex_office import KardexOffice, make_office

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.handover.rules.facts import Credential, Handover, Person
from sisfoh_desktop.modules.handover.service import drafts, issuing
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, passwords, users

TODAY = date(2024, 3, 8)
PASSWORD = "tres gatos y un tejado"


@dataclass(frozen=True)
class Desk:
    """Who works, whom a cargo passes between, and the kardex with what was handed out."""

    db: Database
    admin: Actor
    rosa: Actor
    rosa_id: int
    luis: Actor
    luis_id: int
    kardex: KardexOffice

    def draft(self, **changes) -> Handover:
        """Rosa, who keeps the kardex, gives to Luis."""
        given = Handover(
            Person("ROSA QUISPE PRUEBA", "Encargada del kardex", "ULE", self.rosa_id),
            Person("LUIS NUEVO PRUEBA", "Técnico", "ULE", self.luis_id),
            TODAY,
            "Término de contrato",
            "Memorando N° 014-2024-ULE/MPP",
            holder_id=self.kardex.store,
            credentials=(
                Credential("SISFOH web", "ule.prueba", "Sobre lacrado N° 3, caja fuerte", "Secretaría"),
            ),
            proposes_end=True,
        )
        return replace(given, **changes)

    def issue(self, archive: Archive, now: datetime, **changes) -> Handover:
        """A draft and its acta; the handover as it stands then."""
        who = {"actor": self.admin, "now": now}
        handover_id = drafts.add_handover(self.db, **who, handover=self.draft(**changes))
        issuing.issue_acta(self.db, archive, **who, handover_id=handover_id, expected_version=1)
        return drafts.load_handover(self.db, handover_id)


def make_desk(db: Database, now: datetime) -> Desk:
    nobody = {"actor": Actor("tecnico"), "now": now}
    town = Municipality("Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba")
    office.save_municipality(db, **nobody, municipality=town, expected_version=0)
    unit = Unit("Unidad Local de Empadronamiento", "ULE", valid_from=TODAY)
    head = Officer("JULIA JEFA PRUEBA", "Responsable", office.add_unit(db, **nobody, unit=unit))
    office.add_officer(
        db, **nobody, officer=replace(head, valid_from=TODAY, valid_to=date(2024, 4, 30), dni="40000001")
    )
    kardex = make_office(db, nobody["actor"], now)
    kardex.receive("1-500")
    kardex.hand_out("1-40", kardex.ana)
    users.add_user(
        db,
        **nobody,
        user=User("acastro", "ANA CASTRO PRUEBA", "OGTI"),
        roles=["administrator"],
        password=PASSWORD,
    )
    admin = access.log_in(db, now=now, login="acastro", password=PASSWORD).actor
    ids = [
        users.add_user(
            db,
            actor=admin,
            now=now,
            user=User(login, name, "ULE", position),
            roles=["kardex_clerk"],
            password=PASSWORD,
        )
        for login, name, position in (
            ("rquispe", "ROSA QUISPE PRUEBA", "Encargada del kardex"),
            ("lnuevo", "LUIS NUEVO PRUEBA", "Técnico"),
        )
    ]
    rosa, luis = (
        access.log_in(db, now=now, login=login, password=PASSWORD).actor for login in ("rquispe", "lnuevo")
    )
    title, mask = issuing.series_proposal(db, TODAY)
    issuing.create_handover_series(db, actor=admin, now=now, title=title, mask=mask)
    return Desk(db, admin, rosa, ids[0], luis, ids[1], kardex)


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def cargo(db: Database, now: datetime) -> Desk:
    return make_desk(db, now)


@pytest.fixture
def either_cargo(either_db: Database, now: datetime) -> Desk:
    """The same on both databases."""
    return make_desk(either_db, now)


@pytest.fixture
def server_cargo(postgres_db: Database, now: datetime) -> Desk:
    """The same on a server alone."""
    return make_desk(postgres_db, now)
