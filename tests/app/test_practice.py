"""The practice office: what it holds, how it refuses to overwrite, and that a failure leaves nothing behind."""

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.app import practice
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.cipher import connect_file
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState, PaperState
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Severity, check_plan
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.responsibilities import service as responsibilities

DAY = date(2024, 3, 8)
NUMBER = "091-2024-GM/MPT"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> practice.PracticeSummary:
    return practice.create_practice(tmp_path_factory.mktemp("oficina") / "práctica")


@pytest.fixture
def db(made: practice.PracticeSummary) -> Iterator[Database]:
    database = Database.open(made.base)
    yield database
    database.close()


@pytest.fixture
def archive(made: practice.PracticeSummary) -> Archive:
    return Archive(made.base.parent / "archivo")


def _printed(pdf: bytes) -> str:
    """The text of the pages, blanks and line ends made single."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages).replace("\ufffe", "-"))


def test_summary_counts_the_case(made: practice.PracticeSummary) -> None:
    assert made.base.name == "practica.db"
    assert (made.plans, made.documents, made.duties) == (1, 9, 20)
    assert sorted(path.name for path in made.base.parent.iterdir()) == ["archivo", "practica.db"]


def test_the_base_is_sound_and_for_practice(db: Database, archive: Archive) -> None:
    assert office.is_practice(db)
    assert [check.detail for check in check_database(db) if not check.ok] == []
    assert papers.check_archive(db, archive) == []
    assert papers.check_numbers(db) == []


def test_units_stand_in_their_tree(db: Database) -> None:
    units = office.list_units(db, DAY)
    assert len(units) == 14
    assert [unit.siglas for unit in units][:3] == ["ALC", "GM", "OGAJ"]
    ule = office.unit_by_siglas(db, "ULE", DAY)
    assert ule is not None
    assert ule.depth == 4
    manager = office.unit_by_siglas(db, "GM", DAY)
    assert manager is not None
    head = office.officer_for(db, manager.id, DAY)
    assert head is not None
    assert head.full_name == "Ing. Erick Javier Vildoso Ale"


def test_the_chain_keeps_both_tellings(db: Database) -> None:
    line = expedientes.list_expedientes(db)[0]
    chain = expedientes.load_expediente(db, line.id).documents
    assert [document.key for document in chain] == [
        "oficio_multiple",
        "informe_021",
        "informe_194",
        "memorando_0151",
        "informe_13",
        "memorando_465",
        "memorando_25",
        "memorando_541",
        "informe_237",
    ]
    oficio = chain[0].entry
    assert (oficio.registry, oficio.vistos_registry) == ("10784-2024", "16784")
    assert oficio.considerando_citation == "Oficio Múltiple N° D000002-2024-MIDIS-DGFIS con Reg. 10784-2024"
    assert oficio.vistos_citation == "Oficio Múltiple Nº D00002-2024-MIDIS-DGFIS"
    assert not chain[6].entry.in_vistos
    assert [detail.code for detail in chain[7].entry.details][5] == "01"
    assert [document.registered_at.date() for document in chain] == [document.entry.on for document in chain]


def test_the_plan_adds_up_and_has_its_matrix(db: Database) -> None:
    plan = plans.load_plan(db, plans.list_plans(db)[0].id)
    assert [finding.text for finding in check_plan(plan) if finding.severity is Severity.BLOCKS] == []
    assert plan.matrix_id is not None
    matrix = responsibilities.load_matrix(db, plan.matrix_id, DAY)
    assert [len(unit.duties) for unit in matrix.units] == [4, 1, 11, 2, 1, 1]
    assert matrix.units[2].duties[-1].letter == "k"
    assert "{" not in matrix.intro
    assert all("{" not in section.text for section in plan.sections)


def test_091_waits_for_six_signatures_and_a_draft_lies_beside_it(db: Database) -> None:
    frozen = resoluciones.find_by_number(db, NUMBER)
    assert frozen is not None
    assert frozen.state is State.FROZEN
    assert frozen.paper_id is not None
    paper = papers.load_paper(db, frozen.paper_id)
    assert paper.state is PaperState.FROZEN
    assert [signer.field for signer in paper.signers] == [
        "VB1_OGAJ",
        "VB2_OGPPYMI",
        "VB3_GDES",
        "VB4_SGDSYPV",
        "VB5_OGACYGD",
        "AUTOR_GM",
    ]
    assert paper.frozen_at.isoformat() == "2024-03-08T10:00:00-05:00"
    drafts = [line for line in resoluciones.list_resoluciones(db) if line.state is State.DRAFT]
    assert [line.number_text for line in drafts] == [""]
    assert resoluciones.view_resolucion(db, drafts[0].id, DAY).problems == ()


def test_numbers_before_091_are_explained(db: Database) -> None:
    register = papers.number_register(db, papers.list_series(db)[0].id, 2024)
    assert [(line.first, line.last, line.state) for line in register] == [
        (1, 90, NumberState.EARLIER),
        (91, 91, NumberState.RESERVED),
    ]
    assert "antes de usar el programa" in register[0].explanation


def test_the_act_prints_the_parts_of_the_source_in_order(db: Database, archive: Archive) -> None:
    frozen = resoluciones.find_by_number(db, NUMBER)
    assert frozen is not None
    printed = _printed(resoluciones.resolucion_bytes(db, archive, frozen.id))
    parts = """
        RESOLUCIÓN DE GERENCIA MUNICIPAL|N° 091-2024-GM/MPT|Tacna, 08 MAR 2024|VISTOS:|237-2024-OGAJ/MPT
        541-2024-OGPPYMI/MPT|465-2024-OGPPYMI/MPT|13-2024-GBA-OPIOI-OGPPYMI/MPT|Gloria A. Bayona Aedo
        0151-2024-GDES/MPT|194-2024-SGDSyPV-GDES/MPT|021-2024-SISFOH/SGDSyPV/GDES/MPT|D00002-2024-MIDIS-DGFIS
        Reg. 16784|CONSIDERANDO:|26780|30305|27972|003-2024-MIDIS|D000009-2024-MIDIS|2.3 Organizar|30435|31953
        S/ 46 016 859,00|032-2020-MIDIS|D00009-2024-MIDIS|D000002-2024-MIDIS-DGFIS con Reg. 10784-2024
        12 de enero de 2024|S/ 41 18 230.00|Código N° 219|16 391 hogares|021-2024/SISFOH/SGDSyPV/GDES/MPT
        Marzo a Julio 2024|Memorandum N° 0151-2024-GDES/MPT|OE. 1.1|OEI 05|465-2024-OGPPyMI/MPT|OPINIÓN FAVORABLE
        25-2024-OGAJ/MPT|541-2024-OGPPyMI/MPT|9002|5006414|051|0114|01 RECURSOS ORDINARIOS|ASIGNACIÓN 2024
        S/ 312 656.00|zonas de mayor pobreza|Por tanto, según Informe N° 237-2024-OGAJ-MPT|S/ 312,656.00
        Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles|PRESUPUESTO TOTAL DEL PLAN DE TRABAJO
        Estando a lo dispuesto|Resolución Ministerial N° 009-2024-MIDIS|SE RESUELVE:|ARTÍCULO PRIMERO: APROBAR
        S/ 312 656.00 (Trescientos doce mil|ARTÍCULO SEGUNDO: ENCARGAR|ARTÍCULO TERCERO: ENCARGAR
        Participación Social|tres (03) días hábiles|ARTÍCULO CUARTO: NOTIFÍQUESE|ARTÍCULO QUINTO: ENCARGAR
        www.munitacna.gob.pe|REGÍSTRESE, COMUNÍQUESE, Y CÚMPLASE|MUNICIPALIDAD PROVINCIAL DE TACNA
        ING. ERICK JAVIER VILDOSO ALE|GERENTE MUNICIPAL|Archivo|OGCyPC|OGAF|OAB|GTPSC|SGSC|Interesado|Expediente
        PMGB/legH|ANEXO N° 01|DE LA ORGANIZACIÓN ADMINISTRATIVA|numeral 1 del ítem 7|patrullaje|punto focal
        Sistema Kardex|COMUNICACIONES Y|OFICINA DE ABASTECIMIENTO|SEGURIDAD CIUDADANA
    """
    at = 0
    for part in (part.strip() for line in parts.split("\n") for part in line.split("|") if part.strip()):
        found = printed.find(part, at)
        assert found >= 0, f"«{part}» is not after «…{printed[max(0, at - 60) : at]}»"
        at = found


def test_two_runs_give_the_same_paper(made: practice.PracticeSummary, tmp_path: Path) -> None:
    again = practice.create_practice(tmp_path / "otra")
    assert _frozen(made) == _frozen(again)


def _frozen(summary: practice.PracticeSummary) -> bytes:
    """The only paper of the archive."""
    (file,) = (path for path in (summary.base.parent / "archivo").rglob("*") if path.is_file())
    return file.read_bytes()


def test_it_refuses_to_overwrite_unless_asked(tmp_path: Path) -> None:
    base = practice.create_practice(tmp_path).base
    old = base.read_bytes()
    with pytest.raises(FileFailed, match="Ya hay una oficina de práctica"):
        practice.create_practice(tmp_path)
    assert base.read_bytes() == old
    later = datetime(2024, 3, 9, tzinfo=LIMA)
    somebody = Database.open(base)
    with somebody.transaction() as session:  # who practised: the base is no longer the first one
        office.set_practice_in(session, actor=Actor("prueba"), now=later)
    with pytest.raises(DatabaseUnavailable, match="abierta en otra ventana"):
        practice.create_practice(tmp_path, replace=True)
    assert sorted(path.name for path in tmp_path.glob("*") if "-" not in path.name) == [
        "archivo",
        "practica.db",
    ]
    somebody.close()
    assert practice.create_practice(tmp_path, replace=True).documents == 9


def test_a_failure_leaves_the_earlier_office_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = practice.create_practice(tmp_path).base
    old = base.read_bytes()

    def fail(*_: object, **__: object) -> int:
        raise FileFailed("El disco está lleno.")

    monkeypatch.setattr(resoluciones, "freeze_resolucion", fail)
    with pytest.raises(FileFailed, match="El disco está lleno"):
        practice.create_practice(tmp_path, replace=True)
    assert base.read_bytes() == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archivo", "practica.db"]
    with pytest.raises(FileFailed):
        practice.create_practice(tmp_path / "nueva")
    assert not (tmp_path / "nueva").exists()


def test_missing_data_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sisfoh_desktop.app.practice_case.resource", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(FileFailed, match=r"«office\.toml» del caso de práctica; no se creó nada"):
        practice.create_practice(tmp_path / "oficina")


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    place = tmp_path / "archivo.txt"
    place.write_text("no soy una carpeta", encoding="utf-8")
    place.chmod(stat.S_IRUSR)
    with pytest.raises(FileFailed, match=r"No se pudo guardar «practica\.db».*no es una carpeta"):
        practice.create_practice(place)


def test_a_base_whose_pages_did_not_reach_its_file_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[sqlite.Connection] = []
    real = practice._build

    def build(workshop: Path, base: Path) -> practice.PracticeSummary:
        summary = real(workshop, base)
        # a full disk leaves the last pages in SQLite's log, as does somebody who still reads
        connection = sqlite.connect(str(workshop / "practica.db"))
        connection.execute("CREATE TABLE late (a)")
        connection.commit()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM late").fetchone()
        writer = sqlite.connect(str(workshop / "practica.db"))
        writer.execute("INSERT INTO late VALUES (1)")
        writer.commit()
        readers.extend([connection, writer])
        return summary

    monkeypatch.setattr(practice, "_build", build)
    with pytest.raises(FileFailed, match="No se pudo terminar de escribir"):
        practice.create_practice(tmp_path / "nueva")
    for each in readers:
        each.close()
    assert not (tmp_path / "nueva").exists()


def test_a_real_office_is_never_replaced(tmp_path: Path) -> None:
    Database.create(tmp_path / "practica.db").close()
    old = (tmp_path / "practica.db").read_bytes()
    with pytest.raises(FileFailed, match="sino una de verdad"):
        practice.create_practice(tmp_path, replace=True)
    assert (tmp_path / "practica.db").read_bytes() == old


@pytest.mark.parametrize("revision", ["0003", "9999"])
def test_a_real_office_of_another_version_is_never_replaced(tmp_path: Path, revision: str) -> None:
    base = tmp_path / "practica.db"
    Database.create(base).close()
    _set_revision(base, revision)
    old = base.read_bytes()
    with pytest.raises(FileFailed, match="sino una de verdad"):
        practice.create_practice(tmp_path, replace=True)
    assert base.read_bytes() == old


def test_a_practice_office_of_another_version_may_be_replaced(tmp_path: Path) -> None:
    base = practice.create_practice(tmp_path).base
    _set_revision(base, "9999")
    assert practice.create_practice(tmp_path, replace=True).documents == 9


def test_an_encrypted_office_is_never_replaced(tmp_path: Path) -> None:
    kept = cipher._MAGIC + bytes(5_000)
    (tmp_path / "practica.db").write_bytes(kept)
    with pytest.raises(FileFailed, match="sino una de verdad"):
        practice.create_practice(tmp_path, replace=True)
    assert (tmp_path / "practica.db").read_bytes() == kept


def _set_revision(base: Path, revision: str) -> None:
    with closing(connect_file(base)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_damaged_practice_office_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "practica.db").write_bytes(b"basura")
    (tmp_path / "practica.db-wal").write_bytes(b"resto")
    summary = practice.create_practice(tmp_path, replace=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archivo", "practica.db"]
    Database.open(summary.base).close()


def test_of_two_runs_at_once_the_second_does_not_replace_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = practice._build

    def build(workshop: Path, base: Path) -> practice.PracticeSummary:
        monkeypatch.setattr(practice, "_build", real)
        practice.create_practice(tmp_path)
        first.append(base.read_bytes())
        return real(workshop, base)

    first: list[bytes] = []
    monkeypatch.setattr(practice, "_build", build)
    with pytest.raises(FileFailed, match="Ya hay una oficina de práctica"):
        practice.create_practice(tmp_path)
    assert (tmp_path / "practica.db").read_bytes() == first[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archivo", "practica.db"]


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    for name, age in ((".practica-vieja", 7200), (".practica-reciente", 60)):
        (tmp_path / name / "archivo").mkdir(parents=True)
        (tmp_path / name / "archivo" / "resto").write_text("x", encoding="utf-8")
        moment = time.time() - age
        os.utime(tmp_path / name, (moment, moment))
    practice.create_practice(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".practica-reciente", "archivo", "practica.db"]
