"""Actas and control sheets by what they say: two copies or one, every number, who signs, nothing more."""

from dataclasses import replace
from datetime import date, time

import pypdfium2
import pytest

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.modules.kardex.report.acta import acta_pdf
from sisfoh_desktop.modules.kardex.report.closing import closing_pdf
from sisfoh_desktop.modules.kardex.report.daily_sheet import daily_sheets_pdf
from sisfoh_desktop.modules.kardex.report.inventory import inventory_acta_pdf, inventory_pdf
from sisfoh_desktop.modules.kardex.report.no_debt import no_debt_pdf
from sisfoh_desktop.modules.kardex.rules import (
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
    acta_words,
)
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaRow
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet, places
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, ActaRoute, Party, ToldMovement
from sisfoh_desktop.modules.kardex.rules.control_sheets import (
    ClosingBook,
    DailySheet,
    DayMovement,
    ExplainedDifference,
    HeldOfType,
    InventoryHolder,
    InventorySheet,
    NoDebt,
)
from sisfoh_desktop.modules.kardex.rules.reading import FlowLine, HeldRange, StockLine

DAY = date(2024, 3, 8)
HEAD = Letterhead("Municipalidad Provincial de Prueba", "Unidad Local de Empadronamiento")
STORE = Party("RESPONSABLE DE PRUEBA", "40000020", "Responsable de la ULE")
ANA = Party("EMPADRONADOR UNO PRUEBA", "40000011", "Empadronador")
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1)
CROQUIS = FormType(1, "CROQUIS", "Croquis", serialised=False, number_width=0, id=3)
PERSON = Holder(HolderKind.EMPADRONADOR, ANA.name, ANA.dni, document="Contrato de prueba", id=6)
PLACE = Holder(HolderKind.WAREHOUSE, "Almacén ULE", id=1)
DRAFT = ActaDraft(ActaKind.DELIVERY, 1, DAY, STORE, ANA, (1,), at=time(10, 30))
ROWS = (
    ActaRow("FSU, Ficha Socioeconómica Única", "004501", "005000", 500, "En blanco"),
    ActaRow("CROQUIS", "", "", 40, "En blanco"),
)
SHEET = ActaSheet(
    DRAFT, "001-2024-ULE/MPP", "Prueba", "Unidad Local de Empadronamiento", "Campaña 2024", ROWS
)
HELD = (
    HeldOfType(
        FSU,
        (
            HeldRange(FormRange(4501, 4510), Condition.BLANK, DAY, 1, 31),
            HeldRange(FormRange(4450, 4451), Condition.USED, DAY, 2, 40),
        ),
        ((Condition.BLANK, 10), (Condition.USED, 2)),
    ),
    HeldOfType(CROQUIS, (), ((Condition.BLANK, 12),)),
)


def pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            " ".join(page.get_textpage().get_text_range().split()).replace("\u00a0", " ") for page in document
        ]
    finally:
        document.close()


def test_ink_acta_is_twice_on_one_page():
    built = acta_pdf(SHEET, HEAD)
    assert built.pages == 1
    (page,) = pages(built.pdf)
    assert page.count("ACTA DE ENTREGA N° 001-2024-ULE/MPP") == 2
    assert page.count("004501 005000 500 En blanco") == 2
    assert page.count("Son 540 (quinientos cuarenta) formularios.") == 2
    assert page.count("en dos ejemplares de un mismo tenor") == 2
    assert "Ejemplar de quien entrega" in page
    assert "Ejemplar de quien recibe" in page


def test_the_fields_of_an_ink_acta_are_in_the_upper_copy_beside_each_other():
    boxes = acta_pdf(SHEET, HEAD).boxes
    assert set(boxes) == {place.field for place in places(DRAFT)}
    giver, taker = boxes["AUTOR_ENTREGA"], boxes["VB1_RECIBE"]
    assert giver.x2 < taker.x1
    assert min(giver.y1, taker.y1) > 421  # above the middle of the page


def test_too_many_ranges_take_whole_pages_with_their_sums():
    rows = tuple(ActaRow("FSU", f"{n * 10:06d}", f"{n * 10 + 2:06d}", 3, "En blanco") for n in range(1, 91))
    built = acta_pdf(replace(SHEET, rows=rows), HEAD)
    printed = pages(built.pdf)
    assert built.pages == len(printed) == 3
    assert printed[0].count("ACTA DE ENTREGA DE FORMULARIOS") == 1
    for number, page in enumerate(printed[:2]):
        count = page.count(" 3 En blanco")
        assert f"VAN {3 * count if number == 0 else 3 * (count + printed[0].count(' 3 En blanco'))}" in page
    assert "Total 270" in " ".join(printed)
    assert "Página 1 de 3" in printed[0]
    assert all(box.page == 2 for box in built.boxes.values())


def test_every_range_is_told_whatever_the_layout():
    for count in (1, 5, 9, 14, 20, 40):
        rows = tuple(ActaRow("FSU", f"{n:06d}", f"{n:06d}", 1, "En blanco") for n in range(1, count + 1))
        built = acta_pdf(replace(SHEET, rows=rows), HEAD)
        text = " ".join(pages(built.pdf))
        copies = 2 if "Ejemplar de" in text else 1
        for row in rows:
            assert text.count(f"{row.first} {row.last} 1 En blanco") == copies


def test_digital_acta_is_one_copy_with_the_legend():
    sheet = replace(SHEET, draft=replace(DRAFT, route=ActaRoute.DIGITAL, note="Con tablero."))
    built = acta_pdf(sheet, HEAD, legend="Copia auténtica imprimible")
    (page,) = pages(built.pdf)
    assert page.count("004501 005000 500") == 1
    assert "firman digitalmente" in page
    assert "Copia auténtica imprimible" in page
    assert "Observaciones: Con tablero." in page
    assert len(built.boxes) == 2


def test_what_people_type_is_printed_as_it_is():
    note = "<b>10 & 20</b> {x}"
    for route in ActaRoute:
        sheet = replace(SHEET, draft=replace(DRAFT, route=route, note=note))
        assert note in pages(acta_pdf(sheet, HEAD).pdf)[0]


def test_practice_is_said_on_both_copies():
    (page,) = pages(acta_pdf(SHEET, HEAD, watermark="PRÁCTICA, SIN VALOR").pdf)
    assert page.count("PRÁCTICA, SIN VALOR") == 2


@pytest.mark.parametrize("route", list(ActaRoute))
def test_the_same_acta_gives_the_same_bytes(route):
    sheet = replace(SHEET, draft=replace(DRAFT, route=route))
    assert acta_pdf(sheet, HEAD).pdf == acta_pdf(sheet, HEAD).pdf


def test_daily_sheet_has_a_box_for_each_number_and_no_dni():
    told = (DayMovement(41, "Distribución", "Almacén ULE", ANA.name, "FSU", 10),)
    sheet = DailySheet("Campaña 2024", DAY, PERSON, "JEFE DE PRUEBA", HELD, told)
    (page,) = pages(daily_sheets_pdf([sheet], HEAD))
    assert "viernes 08/03/2024" in page
    assert "FSU 004501-004510 10 08/03/2024" in page
    for number in range(4501, 4511):
        assert f"{number:06d} □ □ □" in page
    assert "CROQUIS Sin número 12" in page
    assert "Por entregar, además: FSU, 2 usados." in page
    assert "000041 Distribución Almacén ULE" in page
    assert "Observaciones:" in page
    assert ANA.dni not in page


def test_daily_sheets_of_several_start_on_their_own_pages():
    sheet = DailySheet("Campaña 2024", DAY, PERSON, "", ())
    printed = pages(
        daily_sheets_pdf([sheet, replace(sheet, holder=replace(PERSON, id=7, name="OTRO"))], HEAD)
    )
    assert len(printed) == 2
    assert "Según el kardex no tiene formularios en blanco." in printed[0]
    assert "Todavía no hay movimientos." in printed[1]


def test_inventory_leaves_room_and_sums_each_holder():
    sheet = InventorySheet("Campaña 2024", DAY, (InventoryHolder(PLACE, ()), InventoryHolder(PERSON, HELD)))
    (page,) = pages(inventory_pdf(sheet, HEAD))
    assert "Almacén ULE Según el kardex no tiene formularios." in page
    assert "EMPADRONADOR UNO PRUEBA (empadronador)" in page
    assert "FSU Usado 004450 004451 2" in page
    assert "CROQUIS En blanco Sin número 12" in page
    assert "Total 24" in page
    assert "Según el kardex, en total 24 (veinticuatro) formularios." in page
    assert ANA.dni not in page


def test_inventory_acta_is_signed_by_both():
    draft = replace(DRAFT, kind=ActaKind.INVENTORY, gives=ANA, receives=STORE, note="Sin luz.")
    sheet = InventorySheet("Campaña 2024", DAY, (InventoryHolder(PERSON, HELD),))
    built = inventory_acta_pdf(replace(SHEET, draft=draft, rows=()), sheet, HEAD)
    text = " ".join(pages(built.pdf))
    assert "ACTA DE ARQUEO DE FORMULARIOS" in text
    assert "quien los cuenta" in text
    assert "Sin luz." in text
    assert set(built.boxes) == {"VB1_CARGO", "AUTOR_CUENTA"}


def test_closing_tells_the_identity_and_the_explained_differences():
    draft = replace(DRAFT, kind=ActaKind.CLOSING, receives=replace(ANA, position="Gerente"), note="Fin.")
    book = ClosingBook(
        (
            StockLine(FSU, 100, 0, 900, 7, 1, 2, 3),
            StockLine(replace(CROQUIS, code="CREDENCIAL"), 5, 0, 40),
            StockLine(replace(FSU, id=9, code="R200")),
        ),
        (ExplainedDifference("FSU 004517 no fue digitada.", "Se digitó con otro número.", "Informe N° 12"),),
    )
    built = closing_pdf(replace(SHEET, draft=draft, rows=()), book, HEAD)
    (page,) = pages(built.pdf)
    assert "FSU 1 013 100 0 900 7 1 2 3" in page
    assert "CREDENCIAL 45 5 0 40 0 0 0 0" in page  # no word of it is cut
    assert "Total 1 058 105 0 940 7 1 2 3" in page
    assert "No se recibieron formularios de: R200." in page
    assert "R200 0" not in page
    assert "FSU 004517 no fue digitada. Se digitó con otro número. Informe N° 12" in page
    assert set(built.boxes) == {"VB1_CONFORME", "AUTOR_CIERRE"}
    without = closing_pdf(replace(SHEET, draft=draft, rows=()), replace(book, differences=()), HEAD)
    assert "El cuadre no dejó diferencias por explicar." in pages(without.pdf)[0]


def test_constancia_tells_what_became_of_the_forms():
    draft = replace(DRAFT, kind=ActaKind.NO_DEBT, receives=Party(), holder_id=6, note="Por término.")
    sheet = replace(SHEET, draft=draft, rows=())
    flow = FlowLine(PERSON, FSU, 0, 500, 480, 15, 0, 4, 1, 0)
    built = no_debt_pdf(sheet, NoDebt(PERSON, (flow,)), HEAD)
    (page,) = pages(built.pdf)
    assert "HACE CONSTAR" in page
    assert f"Que {ANA.name}, con DNI N° {ANA.dni}, empadronador" in page
    assert "(Contrato de prueba)" in page
    assert "FSU 500 480 15 0 4 1 0 0" in page
    assert "El formulario extraviado consta" in page
    assert set(built.boxes) == {"AUTOR_EXPIDE"}
    none = no_debt_pdf(sheet, NoDebt(PERSON, ()), HEAD)
    assert "no se le entregaron formularios" in pages(none.pdf)[0]


@pytest.mark.parametrize("code", ["CONSTANCIA", "CREDENCIAL"])
def test_a_code_is_never_cut_in_two(code):
    form = replace(CROQUIS, code=code)
    held = (HeldOfType(form, (), ((Condition.BLANK, 3), (Condition.USED, 2))),)
    daily = daily_sheets_pdf([DailySheet("Campaña", DAY, PERSON, "", held)], HEAD)
    assert f"{code} Sin número 3" in pages(daily)[0]
    sheet = InventorySheet("Campaña", DAY, (InventoryHolder(PERSON, held),))
    assert f"{code} Usado Sin número 2" in pages(inventory_pdf(sheet, HEAD))[0]
    draft = replace(DRAFT, kind=ActaKind.NO_DEBT, receives=Party(), holder_id=6)
    debt = NoDebt(PERSON, (FlowLine(PERSON, form, 0, 7, 7),))
    assert f"{code} 7 7 0" in pages(no_debt_pdf(replace(SHEET, draft=draft), debt, HEAD).pdf)[0]


def test_a_place_is_not_called_twice():
    archive = Holder(HolderKind.ARCHIVE, "Archivo", id=2)
    (page,) = pages(inventory_pdf(InventorySheet("Campaña", DAY, (InventoryHolder(archive, HELD),)), HEAD))
    assert "Archivo Formulario" in page


def test_the_name_of_the_year_is_whole_on_both_copies():
    year = (
        "Año del Bicentenario, de la consolidación de nuestra Independencia, y de la conmemoración de las heroicas "
        "batallas de Junín y Ayacucho"
    )
    for kind in (ActaKind.DELIVERY, ActaKind.INCIDENT):
        sheet = replace(SHEET, draft=replace(DRAFT, kind=kind))
        (page,) = pages(acta_pdf(sheet, replace(HEAD, year_name=year)).pdf)
        assert page.count(year) == 2


def test_who_signs_is_never_cut():
    long = replace(
        ANA, name="MARÍA DE LOS ÁNGELES " * 7, position="Subgerenta encargada de la Subgerencia " * 3
    )
    for route in ActaRoute:
        built = acta_pdf(replace(SHEET, draft=replace(DRAFT, receives=long, route=route)), HEAD)
        text = " ".join(pages(built.pdf))
        assert "…" not in text
        assert text.count("".join(long.name.split(" ")[:1])) >= 14


@pytest.mark.parametrize("rows", range(20, 45))
def test_no_holder_is_named_at_the_foot_of_a_page_without_their_forms(rows):
    ranges = tuple(
        HeldRange(FormRange(10 * n, 10 * n), Condition.BLANK, DAY, 1, 1) for n in range(1, rows + 1)
    )
    full = InventoryHolder(PLACE, (HeldOfType(FSU, ranges, ((Condition.BLANK, rows),)),))
    sheet = InventorySheet("Campaña 2024", DAY, (full, InventoryHolder(PERSON, HELD)))
    (page,) = [page for page in pages(inventory_pdf(sheet, HEAD)) if f"{PERSON.name} (empadronador)" in page]
    assert "004501 004510 10" in page


def test_the_number_of_a_document_stays_with_its_sign():
    ground = acta_words.grounds(
        [ToldMovement(1, 1, MovementKind.LOSS, 1, 1, DAY, 2, 2, 1, "Informe N° 002-2024")],
        {1: FSU},
        of_incidents=True,
    )
    assert "Informe N°\u00a0002-2024" in ground[0]


@pytest.mark.parametrize("count", range(150, 260, 6))
def test_nobody_signs_a_working_sheet_on_an_empty_page(count):
    held = HeldRange(FormRange(1, count), Condition.BLANK, DAY, 1, 1)
    of_type = HeldOfType(FSU, (held,), ((Condition.BLANK, count),))
    told = (DayMovement(41, "Distribución", "Almacén ULE", ANA.name, "FSU", 10),)
    last = pages(daily_sheets_pdf([DailySheet("Campaña", DAY, PERSON, "JEFE", (of_type,), told)], HEAD))[-1]
    assert "Movimientos del día" in last
    assert "000041 Distribución" in last
    ranges = tuple(HeldRange(FormRange(n, n), Condition.BLANK, DAY, 1, 1) for n in range(1, count // 3, 2))
    of_type = HeldOfType(FSU, ranges, ((Condition.BLANK, len(ranges)),))
    one = InventorySheet("Campaña", DAY, (InventoryHolder(PERSON, (of_type,)),))
    last = pages(inventory_pdf(one, HEAD))[-1]
    assert "Según el kardex, en total" in last
    assert "Quien contó" in last


def test_a_working_sheet_names_whoever_signs_it_whole():
    long = replace(PERSON, name="MARÍA DE LOS ÁNGELES FERNÁNDEZ-CONCHA DE LA TORRE UGARTECHE VIUDA DE PRUEBA")
    (page,) = pages(daily_sheets_pdf([DailySheet("Campaña", DAY, long, long.name, ())], HEAD))
    assert page.count(long.name) == 4
