"""The security document, the report of an incident, the notice and the description, as they are read on paper."""

from datetime import timedelta

import pypdfium2
import pytest

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import INCIDENT_KIND, SECURITY_KIND
from sisfoh_desktop.modules.safekeeping.service import incidents, privacy, privacy_papers, signers

BOSS = Actor("jefa", "ULE")
KEEPER = Actor("rosa", "ULE", rights=frozenset({"privacy.manage"}))


@pytest.fixture
def archive(practice) -> Archive:
    return Archive(practice.parent / "archivo")


@pytest.fixture
def round_(practice_db, now):
    day = now.date()
    return signers.author(practice_db, office.officer_choices(practice_db, day)[0][0], day)


@pytest.fixture
def incident_id(practice_db, now):
    told = Incident(
        now - timedelta(hours=2),
        "Robo de <b>laptop</b> & cargador",
        "En campo.\nDe noche.",
        "DNI e ingresos",
        True,
    )
    return incidents.add_incident(practice_db, actor=KEEPER, now=now, incident=told)


def told(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split()).replace("\u00a0", " ")


def create_series(db, now):
    for kind in (SECURITY_KIND, INCIDENT_KIND):
        mask = privacy_papers.mask_proposal(db, kind, now)
        privacy_papers.create_series(db, actor=BOSS, now=now, kind=kind, mask=mask)


def test_the_security_document_tells_the_state_of_the_base_and_nothing_else(
    practice_db, archive, now, round_
):
    create_series(practice_db, now)
    settings = PcSettings(backup_folder="/media/usb", backup_on_close="yes")
    paper_id = privacy_papers.freeze_security(
        practice_db, archive, actor=KEEPER, now=now, signers=round_, settings=settings, token="una"
    )
    again = privacy_papers.freeze_security(
        practice_db, archive, actor=KEEPER, now=now, signers=round_, settings=settings, token="una"
    )
    assert again == paper_id
    paper = papers.load_paper(practice_db, paper_id)
    assert (paper.number_text, paper.state, paper.kind) == (
        "001-2024-DS-ULE/MPT", PaperState.FROZEN, SECURITY_KIND,
    )  # fmt: skip
    said = told(papers.paper_bytes(practice_db, archive, paper_id))
    for words in (
        "artículo 47 del DS 016-2024-JUS",
        "Código de inscripción Pendiente",
        "Cifrado en reposo Desactivado.",
        "No hay: la base es un archivo de este equipo",
        "Tenedores de formularios",
        "La base no tiene usuarios",
        "Encargado del kardex",
        "La cadena de anotaciones está completa",
        "Todavía no hay ningún respaldo",
        "Último ensayo bueno Pendiente",
        "Respaldo al cerrar Sí",
        "/media/usb",
        "Ningún incidente registrado",
        "11. Medidas de la oficina",
    ):
        assert words in said, words
    assert privacy.history(practice_db)[0].what == "Documento de seguridad emitido"


def test_the_report_has_what_article_34_asks_and_says_what_is_not_known(
    practice_db, archive, now, round_, incident_id
):
    create_series(practice_db, now)
    bank = DataBank("Banco de prueba", officer_name="Ana Prueba", officer_contact="datos@muni.test")
    privacy.save_bank(practice_db, actor=KEEPER, now=now, bank=bank, expected_version=0)
    paper_id = privacy_papers.freeze_incident(
        practice_db, archive, actor=KEEPER, now=now, incident_id=incident_id, signers=round_
    )
    said = told(papers.paper_bytes(practice_db, archive, paper_id))
    for words in (
        "INFORME N° 001-2024-IS-ULE/MPT",
        "Robo de <b>laptop</b> & cargador",
        "Las 48 horas terminan 10/03/2024 08:00",
        "Quedan 46 h 00 min",
        "Datos sensibles Sí",
        "Titulares afectados Pendiente",
        "Oficial de datos personales Ana Prueba",
        "Centro Nacional de Seguridad Digital Pendiente",
        "rige desde el 31/03/2025",
    ):
        assert words in said, words
    assert incidents.load_incident(practice_db, incident_id).paper_id == paper_id
    assert incidents.history(practice_db, incident_id)[0].what == "Informe del incidente emitido"


def test_a_preview_spends_no_number_and_an_emission_needs_series_signer_and_right(
    practice_db, archive, now, round_, incident_id
):
    who = {"actor": KEEPER, "now": now}
    said = told(privacy_papers.preview_security(practice_db, archive, **who, signers=round_))
    assert "PROYECTO" in said
    with pytest.raises(RuleError, match="serie"):
        privacy_papers.freeze_security(practice_db, archive, **who, signers=round_)
    create_series(practice_db, now)
    with pytest.raises(RuleError) as refused:
        privacy_papers.freeze_incident(practice_db, archive, **who, incident_id=incident_id, signers=())
    assert refused.value.code == "author_missing"
    clerk = Actor("luis", rights=frozenset({"kardex.move"}))
    for call in (
        lambda: privacy_papers.preview_incident(practice_db, actor=clerk, now=now, incident_id=incident_id),
        lambda: privacy_papers.freeze_security(practice_db, archive, actor=clerk, now=now, signers=round_),
    ):
        with pytest.raises(RuleError) as refused:
            call()
        assert refused.value.code == "not_allowed"
    series = privacy_papers.find_series(practice_db, SECURITY_KIND)
    assert papers.number_register(practice_db, series.id, now.year) == []


def test_notice_and_description_say_who_answers_and_what_is_pending(practice_db, now):
    bank = DataBank("Banco de prueba", officer_name="Ana Prueba", officer_contact="datos@muni.test")
    privacy.save_bank(practice_db, actor=KEEPER, now=now, bank=bank, expected_version=0)
    notice = told(privacy_papers.notice_pdf(practice_db, now=now))
    assert "AVISO DE PRIVACIDAD" in notice
    assert "Oficial de datos personales: Ana Prueba. Contacto: datos@muni.test." in notice
    assert "titular del banco de datos «Banco de prueba»" in notice
    assert "Ley 29733" in notice
    sheet = told(privacy_papers.description_pdf(practice_db, now=now))
    for line in privacy_papers.description(practice_db).splitlines():
        assert line.split(": ")[0] in sheet
    assert "Finalidades Pendiente" in sheet


def test_without_a_municipality_each_says_what_to_do(db, archive, now):
    for call in (
        lambda: privacy_papers.preview_security(db, archive, actor=KEEPER, now=now),
        lambda: privacy_papers.notice_pdf(db, now=now),
    ):
        with pytest.raises(RuleError, match="complételos en Oficina"):
            call()
    assert "Titular del banco de datos: Pendiente" in privacy_papers.description(db)
