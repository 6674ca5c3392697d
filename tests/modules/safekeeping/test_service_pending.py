"""What the tray hears of copies, on both databases."""

from datetime import timedelta

from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.safekeeping.service import backups
from sisfoh_desktop.modules.safekeeping.service.pending import list_pending


def change(db, actor, now):
    with db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")


def titles(db, day, folder=""):
    return [line.title for line in list_pending(db, day, folder)]


def test_the_week_of_an_office(either_db, archive, actor, now, tmp_path):
    day = now.date()
    assert titles(either_db, day + timedelta(days=30)) == []
    change(either_db, actor, now)
    assert titles(either_db, day + timedelta(days=6)) == []
    assert titles(either_db, day + timedelta(days=7)) == ["Haga el respaldo de la semana"]
    assert titles(either_db, day + timedelta(days=7), str(tmp_path / "no_hay")) == [
        "Haga el respaldo de la semana",
        "Conecte la memoria de los respaldos",
    ]
    backups.make_backup(either_db, archive, actor=actor, now=now + timedelta(days=7), folder=tmp_path)
    assert titles(either_db, day + timedelta(days=15), str(tmp_path)) == []
    assert titles(either_db, day + timedelta(days=21)) == ["Ensaye la restauración de un respaldo"]


def test_practice_asks_for_no_copies(db, actor, now):
    change(db, actor, now)
    with db.transaction() as session:
        office.set_practice_in(session, actor=actor, now=now)
    assert titles(db, now.date() + timedelta(days=60)) == []
