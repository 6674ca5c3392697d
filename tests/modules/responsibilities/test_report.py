"""Anexo N° 01 on paper and the matrix as a workbook: what a reader finds in them."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pypdfium2
import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ordinals import list_letter
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Duty, Frequency, Matrix, MatrixUnit

DAY = date(2024, 3, 8)


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.fixture
def make(db: Database, actor: Actor, now: datetime, units: dict[str, int]) -> Callable[..., int]:
    """Create a matrix of these units' rows."""

    def create(*rows: MatrixUnit, **changes: Any) -> int:
        matrix = Matrix(title="PLAN DE PRUEBA 2024", units=rows, **changes)
        return service.create_matrix(db, actor=actor, now=now, matrix=matrix)

    return create


def test_the_annex_says_everything_in_order(db: Database, matrix_id: int) -> None:
    (text,) = page_texts(service.anexo01_pdf_bytes(db, matrix_id, DAY))
    parts = [
        "Municipalidad de Prueba",
        "ANEXO N° 01",
        "PLAN DE PRUEBA 2024",
        "DE LA ORGANIZACIÓN ADMINISTRATIVA",
        "Aprobado el Plan, cada unidad cumple lo siguiente:",
        "N° UNIDAD ORGÁNICA FUNCIONES",
        "01 GERENCIA MUNICIPAL",
        "a. Aprobar el plan.",
        "b. Dirigir el plan.",
        "02 ULE (SISFOH)",
        "a. Ejecutar el plan.",
        "Página 1 de 1",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_a_unit_that_crosses_pages_is_cut_between_duties_and_named_again(
    db: Database, make: Callable[..., int]
) -> None:
    duties = tuple(
        Duty(f"Función número {number}: " + "cumplir lo dispuesto " * 12) for number in range(1, 31)
    )
    matrix_id = make(
        MatrixUnit(label="PRIMERA", duties=(Duty("Una."),)), MatrixUnit(label="SEGUNDA", duties=duties)
    )
    pages = page_texts(service.anexo01_pdf_bytes(db, matrix_id, DAY))
    assert len(pages) >= 2
    assert all("N° UNIDAD ORGÁNICA FUNCIONES" in page for page in pages)
    assert "(continuación)" not in pages[0]
    assert all("02 SEGUNDA (continuación)" in page for page in pages[1:])
    assert not any("(continuación) (continuación)" in page for page in pages)
    for number, duty in enumerate(duties, start=1):
        whole = f"{list_letter(number)}. {duty.text.strip()}"
        assert sum(whole in page for page in pages) == 1, number


def test_a_short_unit_goes_whole_to_the_next_page(db: Database, make: Callable[..., int]) -> None:
    filler = tuple(MatrixUnit(label=f"UNIDAD {n}", duties=(Duty("relleno " * 40),)) for n in range(20))
    pages = page_texts(service.anexo01_pdf_bytes(db, make(*filler), DAY))
    assert len(pages) > 1
    assert not any("(continuación)" in page for page in pages)


def test_a_duty_taller_than_a_page_still_prints_whole(db: Database, make: Callable[..., int]) -> None:
    giant = "\n".join(f"renglón {number}" for number in range(300))
    text = " ".join(
        page_texts(service.anexo01_pdf_bytes(db, make(MatrixUnit(label="U", duties=(Duty(giant),))), DAY))
    )
    assert [int(number) for number in re.findall(r"renglón (\d+)", text)] == list(range(300))


def test_hostile_text_prints_literally(db: Database, make: Callable[..., int]) -> None:
    hostile = "<b>negrita</b> & <para> =1+1 {plan.title} 100 %"
    matrix_id = make(MatrixUnit(label=hostile, duties=(Duty(hostile),)), intro=hostile)
    (text,) = page_texts(service.anexo01_pdf_bytes(db, matrix_id, DAY))
    assert text.count("<b>negrita</b> & <para>") >= 2


def test_an_incomplete_matrix_is_not_printed(db: Database, make: Callable[..., int]) -> None:
    with pytest.raises(RuleError, match="no tiene funciones"):
        service.anexo01_pdf_bytes(db, make(MatrixUnit(label="SIN FUNCIONES")), DAY)
    assert not service.can_print(db, make())


def test_two_hundred_duties_print_with_their_letters(db: Database, make: Callable[..., int]) -> None:
    rows = [
        MatrixUnit(label=f"UNIDAD {n}", duties=tuple(Duty(f"Función {n}-{m}.") for m in range(20)))
        for n in range(10)
    ]
    text = " ".join(page_texts(service.anexo01_pdf_bytes(db, make(*rows), DAY)))
    assert all(f"Función {n}-{m}." in text for n in range(10) for m in range(20))


def test_the_story_can_stand_in_another_paper(db: Database, matrix_id: int) -> None:
    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.documents.page import PaperFormat, build_paper, page_break
    from sisfoh_desktop.documents.text import paragraph

    story = [paragraph("RESOLUCIÓN"), page_break(), *service.anexo01_story(db, matrix_id, DAY)]
    paper = build_paper(story, PaperFormat(Letterhead("Entidad"), "Resolución", "Entidad", "001"))
    assert paper.pages == 2
    assert "b. Dirigir el plan." in page_texts(paper.pdf)[1]


def test_the_workbook_holds_every_duty_with_its_follow_up(db: Database, matrix_id: int) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(service.matrix_workbook(db, matrix_id, DAY))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("N°", "UNIDAD ORGÁNICA", "LETRA", "FUNCIÓN")
    assert [(row[0], row[2], row[3], row[7]) for row in rows[1:]] == [
        ("01", "a", "Aprobar el plan.", "Pendiente"),
        ("01", "b", "Dirigir el plan.", "Pendiente"),
        ("02", "a", "Ejecutar el plan.", "Pendiente"),
    ]


def test_a_formula_stays_text_in_the_workbook(db: Database, make: Callable[..., int]) -> None:
    matrix_id = make(MatrixUnit(label="=2+2", duties=(Duty("=1+1"),)), MatrixUnit(label="VACÍA"))
    sheet = openpyxl.load_workbook(io.BytesIO(service.matrix_workbook(db, matrix_id, DAY))).active
    assert [cell.data_type for cell in sheet[2]][1:4] == ["s", "s", "s"]
    assert sheet["D2"].value == "=1+1"
    assert sheet["B3"].value == "VACÍA"


def test_each_unit_gets_its_sheet_with_a_slip_to_sign(db: Database, make: Callable[..., int]) -> None:
    matrix_id = make(
        MatrixUnit(
            label="GERENCIA",
            duties=(
                Duty("Aprobar.", responsible="Ana Prueba", due=date(2024, 7, 31)),
                Duty("Dirigir.", frequency=Frequency.WEEKLY),
            ),
        ),
        MatrixUnit(label="ULE", duties=(Duty("Ejecutar <todo> & más."),)),
    )
    first, second = page_texts(service.unit_sheets_pdf_bytes(db, matrix_id, DAY))
    for said in (
        "HOJA DE FUNCIONES",
        "01 GERENCIA",
        "Aprobar. Ana Prueba Hasta el 31/07/2024",
        "Por designar Evidencia cada semana",
        "cortar por aquí",
        "CARGO DE RECEPCIÓN",
        "Recibí la hoja de funciones de GERENCIA (2 funciones)",
        "Fecha y hora de recepción",
    ):
        assert said in first, said
    assert "ULE" not in first
    assert "Ejecutar <todo> & más." in second
    assert "Sin plazo ni frecuencia" in second
    unit_row_id = service.load_matrix(db, matrix_id, DAY).units[1].id
    (alone,) = page_texts(service.unit_sheets_pdf_bytes(db, matrix_id, DAY, unit_row_id))
    assert "de ULE (1 función)" in alone


def test_a_long_sheet_keeps_its_slip_in_one_piece(db: Database, make: Callable[..., int]) -> None:
    matrix_id = make(MatrixUnit(label="ULE", duties=tuple(Duty(f"Función {n}. " * 9) for n in range(30))))
    pages = page_texts(service.unit_sheets_pdf_bytes(db, matrix_id, DAY))
    slips = [page for page in pages if "CARGO DE RECEPCIÓN" in page]
    assert len(slips) == 1
    assert "Sello de la unidad orgánica" in slips[0]


def test_the_gap_report_counts_and_names_what_is_missing(db: Database, make: Callable[..., int]) -> None:
    matrix_id = make(
        MatrixUnit(label="GERENCIA", duties=(Duty("Aprobar."), Duty("Dirigir.", responsible="Ana"))),
        MatrixUnit(label="VACÍA"),
    )
    (text,) = page_texts(service.gap_report_pdf_bytes(db, matrix_id, DAY))
    for said in (
        "Al 08/03/2024",
        "Sin responsable 1",
        "Sin plazo ni frecuencia 2",
        "Unidad sin funciones 1",
        "Total 4",
        "01 GERENCIA",
        "01.a Aprobar. Sin responsable. Sin plazo ni frecuencia.",
        "02 VACÍA",
        "No tiene funciones.",
    ):
        assert said in text, said


def test_the_gap_report_shortens_a_function_and_has_no_empty_column(
    db: Database, make: Callable[..., int]
) -> None:
    long = "Coordinar con las unidades orgánicas el empadronamiento de los hogares del distrito " * 6
    text = " ".join(
        page_texts(service.gap_report_pdf_bytes(db, make(MatrixUnit(label="ULE", duties=(Duty(long),))), DAY))
    )
    assert "FUNCIÓN" in text
    assert "RESPONSABLE" not in text
    assert "Coordinar con las unidades orgánicas" in text
    assert "…" in text
    assert text.count("Coordinar") == 1 + 1  # cut after its second line


def test_no_paper_of_the_matrix_promises_a_signature_that_nobody_gives(
    db: Database, actor: Actor, now: datetime, make: Callable[..., int]
) -> None:
    office.install_national_data(db, actor=actor, now=now)
    assert office.legend(db, DAY)
    matrix_id = make(MatrixUnit(label="ULE", duties=(Duty("Ejecutar."),)))
    for build in (service.anexo01_pdf_bytes, service.unit_sheets_pdf_bytes, service.gap_report_pdf_bytes):
        assert "firmado digitalmente" not in " ".join(page_texts(build(db, matrix_id, DAY)))


def test_a_matrix_without_gaps_says_so(db: Database, make: Callable[..., int]) -> None:
    duty = Duty("Aprobar.", responsible="Ana", due=DAY)
    text = page_texts(service.gap_report_pdf_bytes(db, make(MatrixUnit(label="U", duties=(duty,))), DAY))[0]
    assert "No falta nada" in text


def test_the_comparison_is_a_workbook_of_texts_and_words(db: Database) -> None:
    before = Matrix("P", units=(MatrixUnit(label="U", duties=(Duty("Informar cada semana."),)),))
    after = Matrix("P", units=(MatrixUnit(label="U", duties=(Duty("Informar cada mes."), Duty("=1+1"))),))
    book = openpyxl.load_workbook(
        io.BytesIO(service.comparison_workbook(db, rules.compare_matrices(before, after)))
    )
    rows = list(book.active.iter_rows(values_only=True))[1:]
    assert rows[0][:4] == ("Función", "Cambiada", "01.a", "01.a")
    assert rows[0][6:] == ("semana", "mes")
    assert rows[1][1] == "Agregada"
    assert book.active["F3"].data_type == "s"
