"""An office with three units, and what every change of an expediente is called with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit


@dataclass(frozen=True)
class Units:
    """Ids of the office's units."""

    ule: int
    planning: int
    legal: int


@pytest.fixture
def means(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"db": db, "actor": actor, "now": now}


@pytest.fixture
def units(means: dict[str, Any]) -> Units:
    def add(siglas: str, name: str) -> int:
        return office.add_unit(**means, unit=Unit(name, siglas, valid_from=date(2024, 1, 1)))

    return Units(
        add("ULE", "Unidad Local de Empadronamiento"),
        add("OGPP", "Oficina General de Planeamiento"),
        add("OGAJ", "Oficina General de Asesoría Jurídica"),
    )


@pytest.fixture
def expediente_id(means: dict[str, Any]) -> int:
    return service.create_expediente(
        **means, title="Plan de empadronamiento", code="EXP-1", opened_on=date(2024, 2, 13)
    )


@pytest.fixture
def informe(units: Units) -> DocumentEntry:
    return DocumentEntry(
        kind=DocumentKind.INFORME,
        number_text="021-2024/SISFOH/MPT",
        on=date(2024, 2, 13),
        sender=Party(unit_id=units.ule, person="María Ejemplo"),
        receiver=Party(unit_id=units.planning),
        subject="Remite el plan",
        says=("remite el plan.", "Pide su aprobación."),
        folios=12,
    )
