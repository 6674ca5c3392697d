"""What the pages work with: the base brought up to date, its archive, the actor."""

from pathlib import Path

import pytest

from sisfoh_desktop.app import wiring
from sisfoh_desktop.basics.errors import DatabaseOutdated, DatabaseTooNew, FileFailed
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office


def test_a_base_of_an_older_program_is_copied_and_migrated(
    template_base, tmp_path, settings, now, monkeypatch
):
    import shutil
    from types import SimpleNamespace

    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    opened_at: list[int] = []
    original = Database.open.__func__

    def open_once_outdated(cls, target):
        opened_at.append(1)
        if len(opened_at) == 1:
            raise DatabaseOutdated("La base espera una actualización.")
        return original(cls, target)

    from sisfoh_desktop.db import migrate

    monkeypatch.setattr(Database, "open", classmethod(open_once_outdated))
    monkeypatch.setattr(
        migrate,
        "migrate",
        lambda target, now: SimpleNamespace(copy=Path(target).with_name("oficina.antes.db")),
    )
    opened = wiring.open_base(str(path), settings=settings, now=now)
    terms = office.list_terms(opened.db)
    opened.db.close()
    assert "oficina.antes.db" in opened.notice
    assert terms, "what the new version ships is in the older base too"


def test_a_server_waits_for_its_administrator(settings, now, monkeypatch):
    def outdated(cls, _target):
        raise DatabaseOutdated("La base espera una actualización.")

    monkeypatch.setattr(Database, "open", classmethod(outdated))
    with pytest.raises(DatabaseOutdated):
        wiring.open_base("postgresql://ule@servidor/sisfoh", settings=settings, now=now)


def test_a_newer_base_is_left_alone(template_base, tmp_path, settings, now):
    import shutil

    import sqlcipher3.dbapi2 as sqlite

    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    connection = sqlite.connect(str(path))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew):
        wiring.open_base(str(path), settings=settings, now=now)
    assert path.read_bytes() == before


def test_papers_lie_beside_their_base_unless_this_pc_says_otherwise(tmp_path):
    base = tmp_path / "oficina.db"
    assert wiring.archive_folder(base, PcSettings()) == tmp_path / "archivo"
    chosen = PcSettings(database=str(base), archive_folder=str(tmp_path / "papeles"))
    assert wiring.archive_folder(base, chosen) == tmp_path / "papeles"


def test_practice_never_shares_the_archive_of_the_office(tmp_path):
    chosen = PcSettings(database=str(tmp_path / "oficina.db"), archive_folder=str(tmp_path / "papeles"))
    practice = tmp_path / "practica" / "practica.db"
    assert wiring.archive_folder(practice, chosen) == practice.parent / "archivo"


def test_a_server_needs_its_archive_folder():
    with pytest.raises(FileFailed):
        wiring.archive_folder(None, PcSettings(database="postgresql://ule@servidor/sisfoh"))


def test_the_actor_is_the_person_set_or_the_one_signed_in(monkeypatch):
    import getpass

    assert wiring.acting(PcSettings(user="ana", office="OGAJ")).user == "ana"
    monkeypatch.setattr(getpass, "getuser", lambda: "rosa")
    assert wiring.acting(PcSettings()).user == "rosa"


def test_the_practice_is_known_as_practice(practice, settings, now):
    opened = wiring.open_base(str(practice), settings=settings, now=now)
    opened.db.close()
    assert opened.practice
    assert opened.local


def test_a_list_becomes_a_workbook_with_text_as_text(tmp_path):
    import openpyxl

    path = tmp_path / "lista.xlsx"
    wiring.export_list(path, "Lista", ["N°"], [["00123"], ["=1+1"]])
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows()]
    assert [cell.value for cell in cells] == ["N°", "00123", "=1+1"]
    assert cells[2].data_type == "s"


def test_figures_and_dates_of_a_list_can_be_reckoned_with_in_the_workbook(tmp_path):
    import openpyxl

    path = tmp_path / "lista.xlsx"
    rows = [["000041", "20\u00a0000", "04/03/2024"], ["000042", "60", ""]]
    wiring.export_list(path, "Lista", ["N°", "Cant.", "Fecha"], rows)
    _heads, *cells = openpyxl.load_workbook(path).active.values
    assert [row[:2] for row in cells] == [("000041", 20000), ("000042", 60)]
    assert f"{cells[0][2]:%d/%m/%Y}" == "04/03/2024"
