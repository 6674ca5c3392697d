"""An office that answers for its data: six users, absences, a review, copies and incidents, for pictures and tests."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sisfoh_desktop.app import all_tables  # noqa: F401
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.people.rules.facts import Absence, User
from sisfoh_desktop.modules.people.service import absences, access, recovery, reviews, users
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, Step
from sisfoh_desktop.modules.safekeeping.service import backups, incidents, restoring

BEGAN = datetime(2024, 3, 11, 8, 0, tzinfo=LIMA)
PASSWORDS = {
    "acastro": "tres gatos y un tejado",
    "rquispe": "lluvia sobre el caplina",
    "mflores": "olivos de la yarada",
    "jmamani": "vilca y molle juntos",
}
_PEOPLE = (
    ("rquispe", "Rosa Quispe Mamani (práctica)", "Empadronadora", ("kardex_clerk", "poi_clerk")),
    ("mflores", "Manuel Flores Ticona (práctica)", "Asesor legal", ("legal",)),
    (
        "jmamani",
        "Julia Mamani Condori de los Heros (práctica)",
        "Planificadora",
        ("planner", "poi_clerk", "reader"),
    ),
    ("ocontrol", "Olga Control Prueba (práctica)", "Auditora del OCI", ("auditor",)),
    ("pnuevo", "Pedro Nuevo Choque (práctica)", "Digitador", ("expedientes_clerk",)),
)


@dataclass(frozen=True)
class GuardedOffice:
    """What the scenes ask for by its id."""

    admin: Actor
    clerk: Actor
    users: dict[str, int]
    backup_id: int
    incident_id: int


def guard_office(path: Path, copies: Path) -> GuardedOffice:
    """Give the base at `path` its users and all that answers for it; the copies go to `copies`."""
    db = Database.open(path)
    try:
        return _Guarding(db, Archive(path.parent / "archivo"), copies).all()
    finally:
        db.close()


class _Guarding:
    def __init__(self, db: Database, archive: Archive, copies: Path) -> None:
        self.db, self.archive, self.copies = db, archive, copies
        self.ids: dict[str, int] = {}

    def all(self) -> GuardedOffice:
        db, now = self.db, BEGAN
        self.ids["acastro"] = users.add_user(
            db,
            actor=Actor("tecnico", "OGTI"),
            now=now,
            user=User("acastro", "Ana Castro Prueba (práctica)", "ULE", "Responsable de la ULE"),
            roles=("administrator", "ule_head"),
            password=PASSWORDS["acastro"],
        )
        admin = access.log_in(
            db, now=now, login="acastro", password=PASSWORDS["acastro"], pc="ULE-PC-01"
        ).actor
        for number, (login, name, position, roles) in enumerate(_PEOPLE, start=1):
            self.ids[login] = users.add_user(
                db,
                actor=admin,
                now=now + timedelta(minutes=number),
                user=User(
                    login,
                    name,
                    "OGAJ" if "legal" in roles else "ULE",
                    position,
                    f"Memorando {number:03d}-2024-ULE",
                    date(2024, 3, 11),
                    date(2024, 3, 22) if login == "jmamani" else None,
                ),
                roles=roles,
                password=PASSWORDS.get(login, ""),
            )
        clerk = access.log_in(
            db, now=now + timedelta(minutes=20), login="rquispe", password=PASSWORDS["rquispe"]
        ).actor
        recovery.recover(db, actor=admin, now=now + timedelta(hours=25), user_id=self.ids["pnuevo"])
        self._absences(admin)
        reviews.add_review(
            db,
            self.archive,
            actor=admin,
            now=now + timedelta(hours=3),
            lines=reviews.draft_lines(db),
            note="Primera revisión, al dar los accesos.",
        )
        return GuardedOffice(admin, clerk, self.ids, self._copies(admin), self._incidents(admin))

    def _absences(self, admin: Actor) -> None:
        for login, first, last, reason in (
            ("mflores", date(2024, 3, 11), date(2024, 3, 20), "Vacaciones, Memorando 018-2024-ORH"),
            ("jmamani", date(2024, 4, 1), date(2024, 4, 15), "Licencia"),
        ):
            absences.add_absence(
                self.db,
                actor=admin,
                now=BEGAN + timedelta(hours=1),
                absence=Absence(self.ids[login], first, last, reason),
            )

    def _copies(self, admin: Actor) -> int:
        self.copies.mkdir(parents=True, exist_ok=True)
        now = BEGAN + timedelta(hours=4)
        options = {"actor": admin, "folder": self.copies}
        first = backups.make_backup(self.db, self.archive, now=now, **options)
        restoring.rehearse_restore(
            self.db, self.copies / first.file_name, actor=admin, now=now + timedelta(minutes=5)
        )
        backups.make_backup(
            self.db, self.archive, now=now + timedelta(hours=2), password="cumbres nevadas", **options
        )
        return first.id

    def _incidents(self, admin: Actor) -> int:
        lost = incidents.add_incident(
            self.db,
            actor=admin,
            now=BEGAN + timedelta(hours=2),
            incident=Incident(
                known_at=BEGAN - timedelta(days=4),
                title="Memoria USB extraviada con una lista de la campaña",
                description="Se perdió en el trayecto al almacén; la copia estaba protegida con contraseña.",
                data_kinds="Nombres, DNI y direcciones",
                sensitive=False,
                holder_count=45,
                consequences="Podría conocerse quién fue empadronado.",
                measures="Se cambió la contraseña y se avisó a los titulares.",
            ),
        )
        fresh = incidents.add_incident(
            self.db,
            actor=admin,
            now=BEGAN + timedelta(hours=3),
            incident=Incident(
                known_at=BEGAN + timedelta(hours=1),
                title="Correo enviado a quien no correspondía",
                description="Un listado de beneficiarios salió a la dirección de otra oficina.",
                data_kinds="Nombres, DNI, clasificación socioeconómica",
                sensitive=True,
            ),
        )
        told = BEGAN - timedelta(days=3)
        incidents.note_step(
            self.db,
            actor=admin,
            now=BEGAN + timedelta(hours=4),
            incident_id=lost,
            step=Step.AUTHORITY,
            at=told,
            document="Oficio 031-2024-ULE",
            expected_version=incidents.load_incident(self.db, lost).version,
        )
        return fresh
