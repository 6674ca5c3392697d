"""The report for the technician: useful, and nothing of anybody in it, however it got where it should not be."""

import logging
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from sisfoh_desktop import __version__
from sisfoh_desktop.app.technician_report import OpenBase, report_name, write_report
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.log import start_logging, stop_logging
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.checks import Check
from sisfoh_desktop.db.revisions import head_revision
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.handover.rules.facts import Handover, Person
from sisfoh_desktop.modules.handover.service import drafts
from sisfoh_desktop.modules.office import rules as office_rules
from sisfoh_desktop.modules.office import service as office

NOW = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
PLANTED = ("Quispe", "Ñaupari", "Zenobia", "zquispe", "40000001", "10400000012", "zenobia@ejemplo.test")
SETTINGS = PcSettings(
    database="D:/gente/Zenobia Quispe/oficina.db",
    user="zquispe",
    office="SGDSyPV",
    p12_path="D:/gente/Zenobia Quispe/QUISPE 40000001.p12",
    backup_folder="E:/copias de Zenobia",
    lock_minutes="10",
)


def read(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


@pytest.fixture
def planted(own_folder: Path, db, actor):
    """An officer in the base; a log and a fault in which everything was written that should not have been."""
    unit_id = office.add_unit(
        db,
        actor=actor,
        now=NOW,
        unit=office_rules.Unit(name="Subgerencia", siglas="SG", valid_from=date(2020, 1, 1)),
    )
    office.add_officer(
        db,
        actor=actor,
        now=NOW,
        officer=office_rules.Officer(
            name="Zenobia Quispe Ñaupari", position="Subgerente", unit_id=unit_id, valid_from=date(2020, 1, 1)
        ),
    )
    gone = Handover(
        Person("FLORA MAMANI", "Técnica"), Person("Zenobia Quispe", "Técnica"), date(2024, 3, 8), "Rotación"
    )
    drafts.add_handover(db, actor=actor, now=NOW, handover=gone)
    start_logging(own_folder / "registro")
    log = logging.getLogger("sisfoh_desktop.prueba")
    log.error("no se guardó a QUISPE ÑAUPARI Zenobia, DNI 40000001, RUC 10400000012, zenobia@ejemplo.test")
    log.info("opened /gente/zquispe/oficina.db")
    stop_logging()
    fault = own_folder / "registro" / "cierre-inesperado.txt"
    fault.write_text('File "/gente/zquispe/sisfoh_desktop/app/start.py", line 3 in main', encoding="utf-8")
    return db


def test_nothing_of_anybody_is_in_it(planted, tmp_path, archive):
    path = tmp_path / report_name(NOW)
    write_report(
        path,
        settings=SETTINGS,
        now=NOW,
        opened=OpenBase(planted, archive),
        details="KeyError\n  start.py:3 main\n  de Zenobia",
    )
    texts = read(path)
    everything = "\n".join([*texts, *texts.values()]).casefold()
    assert [word for word in PLANTED if word.casefold() in everything] == []
    assert path.name == "informe-sisfoh-20240308-1000.zip"


def test_what_no_base_could_name_is_covered_too(own_folder, tmp_path):
    """The base is out of reach, so that nobody's name is known; passwords, accounts and folders go all the same."""
    start_logging(own_folder / "registro")
    logging.getLogger("sisfoh_desktop.prueba").error(
        "%s",
        "\n".join(
            [
                "postgresql://juana:S3cr@ta@10.0.0.5:5432/base host=x user=juana password=S3creta",
                'FATAL: password authentication failed for user "juana"; Key (login)=(jperez) already exists',
                "KeyError: 'Juana Perez' [parameters: ('JUANA PEREZ', 'Jr. Lima 123')] en «Juana Perez»",
                "DNI 40-000-001, 40 000 001, ４００００００１; PIN 4521; frase: luna sol mar",
                r"D:\gente\Juana Perez\oficina.db \\srv\Juana Perez\x.db /mnt/juana perez/oficina.db",
                'File "/opt/juana perez/sisfoh_desktop/app/start.py", line 3 in main',
            ]
        ),
    )
    stop_logging()
    write_report(tmp_path / "i.zip", settings=SETTINGS, now=NOW, target="postgresql://10.0.0.5/base")
    text = read(tmp_path / "i.zip")["registro/sisfoh.log"]
    planted = ("juana", "perez", "s3cr", "lima", "jperez", "40-000", "40 000", "４", "4521", "luna", "gente")
    assert [word for word in planted if word in text.casefold()] == []
    assert 'File "sisfoh_desktop/app/start.py", line 3 in main' in text
    assert "password authentication failed" in text
    assert "sisfoh_desktop.prueba" in text


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("quispe_zenobia zenobia01 ZQUISPE2", "…_… …01 …2"),
        ("N\u0303aupari, Zeno\u0301bia", "…, …"),  # an accent apart from its letter
        ("4000 0001 y 4 0 0 0 0 0 0 1", "******** y ********"),
        ("952000111, 952 000 111 y 952-000-111", "*********, ********* y *********"),
        ("Failing row contains (12, pedro huanca (e), calle lima).", "Failing row contains (…)"),
        ("La fila que falla contiene (12, pedro huanca).", "La fila que falla contiene (…)"),
        ("Key (lower(name))=(pedro huanca) already exists.", "Key (lower(name))=(…)"),
        ("Ya existe la llave (login, dni)=(phuanca, x).", "Ya existe la llave (login, dni)=(…)"),
        ("no such file: /mnt/lista de Pedro Huanca.xlsx", "no such file: …/….xlsx"),
        (r"D:\gente\Huanca.p12 no", "…/….p12 no"),
        ("KeyError: 'mamani'", "KeyError: '…'"),  # of a draft; no officer, no user
        ("KeyError: 'quispe'", "KeyError: '…'"),
        ("KeyError: 'siglas'", "KeyError: 'siglas'"),
        ("no such column: 'valid_from'", "no such column: 'valid_from'"),
        ("ZenobiaQuispe y quispenaupari", "… y …"),
        ("QuispeZenobia2024", "…2024"),
        ("RUC 10-40000001-2, 1040000001-2 y 10 40000001 2", "RUC ********, ******** y ********"),
        ("no such table in /mnt/x/oficina.db", "no such table in …/oficina.db"),
    ],
)
def test_a_line_of_the_log_tells_nobody(planted, own_folder, tmp_path, archive, written, left):
    (own_folder / "registro" / "sisfoh.log").write_text(f"{written}\n", encoding="utf-8")
    write_report(tmp_path / "i.zip", settings=SETTINGS, now=NOW, opened=OpenBase(planted, archive))
    assert left in read(tmp_path / "i.zip")["registro/sisfoh.log"]
    assert "huanca" not in read(tmp_path / "i.zip")["registro/sisfoh.log"].casefold()


def test_a_copy_of_the_log_under_somebodys_name_stays_here(planted, own_folder, tmp_path, archive):
    folder = own_folder / "registro"
    for name in ("sisfoh.log.1", "sisfoh.log.Juana Perez 40000002", "sisfoh.log - copia de Juana"):
        (folder / name).write_text("x", encoding="utf-8")
    write_report(tmp_path / "i.zip", settings=SETTINGS, now=NOW, opened=OpenBase(planted, archive))
    assert {name for name in read(tmp_path / "i.zip") if name.startswith("registro/sisfoh")} == {
        "registro/sisfoh.log",
        "registro/sisfoh.log.1",
    }


def test_what_the_technician_needs_is_in_it(planted, tmp_path, archive):
    path = tmp_path / "i.zip"
    write_report(
        path,
        settings=SETTINGS,
        now=NOW,
        opened=OpenBase(planted, archive),
        screens=["1366 × 768 a 1.00"],
        details="KeyError",
    )
    texts = read(path)
    assert set(texts) == {
        *("sistema.txt", "ajustes.txt", "base.txt", "error.txt"),
        *("registro/sisfoh.log", "registro/cierre-inesperado.txt"),
    }
    assert f"SISFOH Desktop {__version__}" in texts["sistema.txt"]
    assert "Pantalla: 1366 × 768 a 1.00" in texts["sistema.txt"]
    assert "MB libres" in texts["sistema.txt"]
    assert "lock_minutes: 10" in texts["ajustes.txt"]
    assert "p12_path: puesto; no existe (.p12)" in texts["ajustes.txt"]
    assert f"La base tiene el esquema {head_revision()}." in texts["base.txt"]
    assert "Bien   integridad: El archivo está sano." in texts["base.txt"]
    assert "sisfoh_desktop.prueba" in texts["registro/sisfoh.log"]
    assert "start.py" in texts["registro/cierre-inesperado.txt"]
    assert "KeyError" in texts["error.txt"]


def test_what_a_check_says_of_people_is_covered(planted, tmp_path, archive, monkeypatch):
    told = Check(
        "usuarios",
        False,
        "Juana Perez: su rol cambió. La fila 12 de «Rosa Luz» y 40000002 no cuadra con FSU.",
    )
    monkeypatch.setattr("sisfoh_desktop.app.base_checks.check_base", lambda *_all: [told])
    write_report(tmp_path / "i.zip", settings=SETTINGS, now=NOW, opened=OpenBase(planted, archive))
    line = read(tmp_path / "i.zip")["base.txt"].splitlines()[-1]
    assert line == "FALLA  usuarios: … …: su rol cambió. La fila 12 de «…» y ******** no cuadra con …."


def test_a_base_that_does_not_open_is_told_and_the_rest_is_written(own_folder, tmp_path):
    base = tmp_path / "Zenobia.db"
    base.write_bytes(b"hola" * 300)
    write_report(tmp_path / "i.zip", settings=SETTINGS, now=NOW, target=str(base))
    texts = read(tmp_path / "i.zip")
    assert "Archivo de 1200 bytes." in texts["base.txt"]
    assert "No se abre: El archivo no es una base" in texts["base.txt"]
    assert "Zenobia" not in "".join(texts.values())


def test_the_base_of_this_pc_is_checked_without_a_window(own_folder, practice, tmp_path):
    write_report(tmp_path / "i.zip", settings=PcSettings(), now=NOW, target=str(practice))
    text = read(tmp_path / "i.zip")["base.txt"]
    assert "FALLA" not in text
    assert text.count("Bien ") >= 12


def test_a_pc_without_a_base_says_so(own_folder, tmp_path):
    write_report(tmp_path / "i.zip", settings=PcSettings(), now=NOW)
    assert "no tiene una base elegida" in read(tmp_path / "i.zip")["base.txt"]


def test_the_archive_of_the_report_is_not_touched(planted, tmp_path, archive):
    assert isinstance(archive, Archive)
    write_report(tmp_path / "i.zip", settings=SETTINGS, now=NOW, opened=OpenBase(planted, archive))
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []
