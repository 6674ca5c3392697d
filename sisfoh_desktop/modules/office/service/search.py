"""What «Buscar en todo» finds of the office: units, officers, norms and bodies in force."""

from datetime import date

from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office.service.catalogues import list_norms
from sisfoh_desktop.modules.office.service.officers import list_officers
from sisfoh_desktop.modules.office.service.units import list_units


def list_findable(db: Database, today: date) -> list[RecordHit]:
    """Units and officers of today, and every norm."""
    units = list_units(db, today)
    names = {unit.id: f"{unit.name} {unit.siglas}" for unit in units}
    return [
        *(RecordHit("unit", unit.id, unit.name, f"Unidad {unit.siglas}") for unit in units),
        *(
            RecordHit(
                "officer",
                line.officer.id,
                line.officer.full_name,
                line.officer.full_position,
                f"{names.get(line.officer.unit_id, '')} {line.officer.document}",
            )
            for line in list_officers(db, today)
        ),
        *(RecordHit("norm", norm.id, norm.code, norm.title) for norm in list_norms(db)),
    ]


def find_dni(db: Database, dni: str) -> list[RecordHit]:
    """The officers, of today and of before, with this DNI."""
    return [
        RecordHit("officer", line.officer.id, line.officer.full_name, line.officer.full_position)
        for line in list_officers(db)
        if line.officer.dni == dni
    ]


FINDER = Finder(list_findable, frozenset({"office"}), None, find_dni)
