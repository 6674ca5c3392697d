"""The first day through its window, every step of it, on a file and on a server: what was answered is there then."""

import pytest
from first_day_answers import PASSWORD, fill, write

from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.office import service as offices
from sisfoh_desktop.modules.office.service import first_day as office
from sisfoh_desktop.modules.people.service import access
from sisfoh_desktop.modules.safekeeping.service import backups

IN = {"login": "rmamani", "password": PASSWORD}


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request):
    """Where an empty base is, as the window is told."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("base"))
    server = request.getfixturevalue("postgres_db")
    return server.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def assistant(make_window, target, settings, settle, tasks, tmp_path):
    (tmp_path / "archivo").mkdir()
    settings.archive_folder = str(tmp_path / "archivo")  # a server has none beside it
    window = make_window(target)
    settle()
    window.first_day.open()
    settle()
    yield window.first_day.dialog
    tasks.close()  # what the worker still reads has its connection: only then may the base be closed


@pytest.fixture
def stored(target):
    """Reads the base as another program would."""
    bases = []

    def open_base() -> Database:
        allow_current_thread()
        bases.append(Database.open(target))
        return bases[-1]

    yield open_base
    for base in bases:
        base.close()


def answer(assistant, settle, folder):
    fill(assistant, settle)
    write(assistant.officers.table, "ALC", "name", "Luz O'Higgins Ñahui")
    assistant.users.choose("several")
    assistant.users.form.fields["name"].set_value("Rosa Quispe Mamani")
    for field in ("password", "again"):
        assistant.users.form.fields[field].set_value(PASSWORD)
    assistant.copy.choose(assistant.copy.NOW)
    assistant.copy.form.fields["folder"].set_value(str(folder))


def test_every_step_is_stored(assistant, settle, stored, tmp_path):
    window, place = assistant.parent(), tmp_path / "usb"
    place.mkdir()
    answer(assistant, settle, place)
    assistant.try_submit()
    settle()
    assert window.first_day.dialog is None
    db, today = stored(), window.clock.now().date()
    found = office.load_standing(db, today)
    assert (found.municipality.short_name, found.municipality.ubigeo.code) == ("MPT", "230101")
    assert {"ALC", "GM", "ULE"} <= {unit.siglas for unit in found.units}
    assert {one.name for one in found.officers} == {"Rosa Quispe Mamani", "Luz O'Higgins Ñahui"}
    assert [one.scope for one in found.holidays if one.name == "Reincorporación"] == ["230101"]
    assert offices.letterhead(db, today).entity == "Municipalidad Provincial de Tacna"
    entered = access.log_in(db, now=window.clock.now(), **IN)
    assert entered.user.roles == ("administrator", "ule_head")
    (made,) = [line.backup for line in backups.list_backups(db)]
    assert (made.made_by, (place / made.file_name).is_file()) == ("rmamani", True)
    assert [check.detail for check in check_database(db) if not check.ok] == []


def test_refused_at_its_first_user_the_office_is_there_once(assistant, settle, stored, tmp_path, monkeypatch):
    """The server goes away between two steps; afterwards the rest is stored, and nothing twice."""
    from sisfoh_desktop.app import first_day_writing
    from sisfoh_desktop.basics.errors import DatabaseUnavailable

    true = first_day_writing.enter_user

    def away(*_args, **_more):
        raise DatabaseUnavailable("Se perdió la conexión; lo escrito sigue aquí. Reintente.")

    monkeypatch.setattr(first_day_writing, "enter_user", away)
    answer(assistant, settle, tmp_path)
    assistant.try_submit()
    settle()
    assert assistant.page is assistant.users
    db, now = stored(), assistant.parent().clock.now()
    units = len(office.load_standing(db, now.date()).units)
    assert units
    assert not access.has_users(db)
    monkeypatch.setattr(first_day_writing, "enter_user", true)
    assistant.show_page("review")
    assistant.try_submit()
    settle()
    assert len(office.load_standing(db, now.date()).units) == units
    assert access.log_in(db, now=now, **IN).actor.may("people.manage")
