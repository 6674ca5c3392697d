"""The papers of an expediente, read back as text: what they tell, and that the timeline is one page."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.modules.expedientes import report, rules, service
from sisfoh_desktop.modules.expedientes.report.cover import number_list
from sisfoh_desktop.modules.expedientes.report.surround import code_of, tied
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    DocumentEntry,
    DocumentKind,
    Expediente,
    ExpedienteState,
    OpinionAsk,
    OpinionKind,
    OpinionRequest,
    OpinionState,
    Party,
)
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality

NOW = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
AROUND = report.Surround(Letterhead("Municipalidad Distrital de Prueba"), NOW.date())


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [re.sub(r"\s+", " ", text.replace("\ufffe", "-")) for text in found]


def printed(pdf: bytes) -> str:
    return " ".join(pages(pdf))


@pytest.fixture
def tacna(practice_db: Database) -> Database:
    return practice_db


# -- the real case -------------------------------------------------------------------------------------


def test_the_timeline_tells_24_days_and_where_they_went(tacna: Database) -> None:
    (text,) = pages(service.linea_tiempo_pdf_bytes(tacna, 1, NOW))
    for part in (
        "24 días calendario (18 hábiles), del 13/02/2024 al 08/03/2024, hasta hoy",
        "Oficina General de Asesoría Jurídica, 9 días (38 %, en 2 veces)",
        "Se cuenta desde el Informe N° 021-2024/SISFOH/SGDSyPV/GDES/MPT",
        "el anterior es antecedente",
        "Volvió atrás: OGAJ lo devolvió a OGPPyMI el 28/02/2024 (Memorando N° 25-2024-OGAJ/MPT)",
        "la vuelta duró 1 día, hasta el 29/02/2024",
        "Lo tiene ahora: Gerencia Municipal, desde el 04/03/2024, 4 días hábiles",
        "Opiniones pendientes: ninguna",
        "Página 1 de 1",
        "PRÁCTICA, SIN VALOR",
    ):
        assert part in text, part
    for row in ("SGDSyPV", "GDES", "OGPPyMI", "OGAJ", "GM", "13/02/2024", "día 24"):
        assert row in text


def test_the_timeline_tells_what_is_owed_and_the_next_deadline(
    tacna: Database, archive: Archive, actor
) -> None:
    unit = office.unit_by_siglas(tacna, "GDES", NOW.date())
    assert unit is not None
    wanted = OpinionAsk(OpinionKind.TECHNICAL, (unit.id,), "Que opine.", date(2024, 2, 26), 5)
    service.ask_opinions(tacna, archive, actor=actor, now=NOW, expediente_id=1, ask=wanted)
    text = printed(service.linea_tiempo_pdf_bytes(tacna, 1, NOW))
    assert "Próximo vencimiento: 04/03/2024, vencido hace 4 días hábiles, opinión técnica de GDES" in text
    assert "Vencido 4 d. h." in text


def test_a_resolved_file_is_counted_to_its_resolucion(tacna: Database, actor) -> None:
    with tacna.transaction() as session:
        service.resolve_in(session, actor=actor, now=NOW, expediente_id=1, number="091-2024-GM/MPT")
    text = printed(service.linea_tiempo_pdf_bytes(tacna, 1, NOW + timedelta(days=90)))
    assert "24 días calendario (18 hábiles)" in text
    assert "hasta la firma de la resolución" in text
    assert "Su resolución se firmó el 08/03/2024" in text
    assert "no corre ningún plazo" in text


def test_the_cover_says_which_folios_are_not_counted(tacna: Database) -> None:
    text = printed(service.caratula_pdf_bytes(tacna, 1, NOW))
    for part in (
        "CARÁTULA DEL EXPEDIENTE",
        "Aprobación del Plan de Trabajo de empadronamiento masivo 2024",
        "GM – Gerencia Municipal, desde el 04/03/2024",
        "9 documentos sin contar",
        "ÍNDICE FOLIADO",
        "Informe N° 237-2024-OGAJ-MPT",
        "Reg. 10784-2024",
        "desde el N° 1 no se puede decir",
    ):
        assert part in text, part


def test_the_route_sheet_has_every_step_and_what_was_asked(tacna: Database) -> None:
    text = printed(service.hoja_ruta_pdf_bytes(tacna, 1, NOW))
    at = 0
    for part in (
        "HOJA DE RUTA",
        "FIRMA Y SELLO",
        "Memorandum N° 0151-2024-GDES/MPT",
        "Pide: opinión presupuestal de OGPPyMI; vence el 27/02/2024",
        "Responde: opinión presupuestal de OGPPyMI",
        "Pide: ampliación de la opinión presupuestal de OGPPyMI; vence el 08/03/2024",
        "Memorando N° 541-2024-OGPPyMI/MPT",
        "Responde: opinión legal de OGAJ",
        "Las filas vacías se llenan a mano",
    ):
        found = text.find(part, at)
        assert found >= 0, part
        at = found


def test_the_same_facts_give_the_same_bytes(tacna: Database) -> None:
    for build in (service.caratula_pdf_bytes, service.hoja_ruta_pdf_bytes, service.linea_tiempo_pdf_bytes):
        assert build(tacna, 1, NOW) == build(tacna, 1, NOW)


def test_an_unknown_expediente_has_no_papers(means: dict[str, Any]) -> None:
    for build in (service.caratula_pdf_bytes, service.hoja_ruta_pdf_bytes, service.linea_tiempo_pdf_bytes):
        with pytest.raises(RuleError) as caught:
            build(means["db"], 7, NOW)
        assert caught.value.code == "expediente_unknown"


def test_papers_wait_for_the_data_of_the_municipality(means: dict[str, Any], expediente_id: int) -> None:
    with pytest.raises(RuleError) as caught:
        service.caratula_pdf_bytes(means["db"], expediente_id, NOW)
    assert caught.value.code == "municipality_missing"


def test_papers_of_an_expediente_without_documents(means: dict[str, Any], expediente_id: int) -> None:
    municipality = Municipality(
        "Municipalidad Distrital de Prueba", "MDP", Ubigeo("230101", "INEI"), place_name="Prueba"
    )
    office.save_municipality(**means, municipality=municipality, expected_version=0)
    db = means["db"]
    assert "todavía no tiene documentos" in printed(service.caratula_pdf_bytes(db, expediente_id, NOW))
    assert "todavía no tiene documentos" in printed(service.linea_tiempo_pdf_bytes(db, expediente_id, NOW))
    assert "HOJA DE RUTA" in printed(service.hoja_ruta_pdf_bytes(db, expediente_id, NOW))


# -- any file ------------------------------------------------------------------------------------------


def document(number: int, on: date, sender: Party, receiver: Party, folios: int | None = None) -> Document:
    entry = DocumentEntry(
        DocumentKind.INFORME,
        f"{number}-2024-X/MPT",
        on,
        sender,
        receiver,
        "Asunto <b>&</b> " * 9,
        folios=folios,
    )
    return Document(number, 1, f"d{number}", entry, NOW, "prueba")


def expediente(documents: list[Document], title: str = "Plan", code: str = "EXP-1") -> Expediente:
    return Expediente(
        1,
        title,
        code,
        "",
        None,
        date(2024, 1, 1),
        ExpedienteState.OPEN,
        1,
        tuple(rules.in_chain_order(documents)),
    )


def one_page(documents: list[Document], owed: int = 0, title: str = "Plan", code: str = "E-1") -> str:
    until = max((one.entry.on for one in documents), default=NOW.date()) + timedelta(days=3)
    asked = OpinionRequest(
        1, 1, None, OpinionKind.LEGAL, Party("Unidad " * 30, "U" * 200, 1), "x", until, 7, until, OpinionState.ASKED, 1
    )  # fmt: skip
    requests = [replace(asked, id=number) for number in range(1, owed + 1)]
    spent = rules.where_time_went(documents, Calendar(), until)
    facts = report.TimeLineFacts(
        rules.holder_of(documents, Calendar(), until),
        rules.lines_of(requests, title="x", calendar=Calendar(), today=until),
        "mañana " * 200,
    )
    (text,) = pages(report.linea_tiempo_pdf(expediente(documents, title, code), spent, facts, AROUND))
    return text


def test_the_timeline_is_one_page_whatever_its_length() -> None:
    units = [
        Party(f"Unidad orgánica de nombre muy largo número {n} " * 5, f"UNIDAD-{n}", n) for n in range(1, 41)
    ]
    start = date(2020, 1, 2)
    steps = [
        document(n, start + timedelta(days=11 * n), units[n % 40], units[(n * 7 + 1) % 40])
        for n in range(160)
    ]
    text = one_page(steps, owed=30, title="Asunto sin fin " * 140, code="C" * 300)
    assert re.search(r"Otros \d+", text)
    assert re.search(r"Y \d+ más", text)
    assert "vueltas más" in text


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25),
    st.integers(0, 12),
)
def test_the_timeline_is_one_page_for_any_chain(rows: list[tuple[int, int, int]], owed: int) -> None:
    units = [Party(f"Oficina {number}", f"OF{number}", number or None) for number in range(10)]
    steps = [
        document(number, date(2024, 1, 2) + timedelta(days=day), units[sender], units[receiver])
        for number, (day, sender, receiver) in enumerate(rows, start=1)
    ]
    assert "LÍNEA DE TIEMPO" in one_page(steps, owed)


def test_the_index_numbers_the_folios_of_a_long_file() -> None:
    party = Party("Unidad", "U", 1)
    steps = [document(n, date(2024, 1, 1) + timedelta(days=n), party, party, 3) for n in range(1, 121)]
    text = printed(report.caratula_pdf(expediente(steps), AROUND))
    assert "1–3" in text
    assert "358–360" in text
    assert "Los folios se cuentan desde el documento más antiguo" in text
    assert "<b>&</b>" in text
    steps[59] = document(60, steps[59].entry.on, party, party, None)
    text = printed(report.caratula_pdf(expediente(steps), AROUND))
    assert "357, más 1 documento sin contar" in text
    assert "El documento N° 60 está sin contar" in text


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([1, 2, 3, 4, 5, 6, 7, 8, 9], "1 a 9"), ([3, 5, 6, 7], "3, 5 a 7"), ([1, 2, 9], "1, 2, 9")],
)
def test_a_run_of_numbers_is_told_by_its_ends(numbers: list[int], told: str) -> None:
    assert number_list(numbers) == told


def test_a_number_sign_stays_with_its_number_and_a_file_without_code_has_its_order() -> None:
    assert tied("Informe N° 237-2024, N.° 3 y Nº 4") == "Informe N°\u00a0237-2024, N.°\u00a03 y Nº\u00a04"
    assert code_of(expediente([], code="")) == "Expediente N°\u00a01"
    assert code_of(expediente([], code="12-2024")) == "Expediente 12-2024"
