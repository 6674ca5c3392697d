"""The plan on paper: what a reader finds in it."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import BudgetLine, CodeName, Plan, Zone
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit

DAY = date(2024, 3, 8)

pytestmark = pytest.mark.usefixtures("municipality")


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    """What every change is called with."""
    return {"db": db, "actor": actor, "now": now}


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def printed(desk: dict[str, Any], plan: Plan) -> list[str]:
    return page_texts(service.plan_pdf_bytes(desk["db"], service.create_plan(**desk, plan=plan), DAY))


def test_the_plan_says_everything_in_the_order_of_its_sections(
    desk: dict[str, Any], sound_plan: Plan
) -> None:
    unit = MatrixUnit(label="ULE", duties=(Duty("Ejecutar el plan."),))
    matrix_id = responsibilities.create_matrix(**desk, matrix=Matrix("PLAN 2024", units=(unit,)))
    text = " ".join(printed(desk, replace(sound_plan, matrix_id=matrix_id)))
    parts = [
        "PLAN DE TRABAJO",
        "PLAN DE EMPADRONAMIENTO DE PRUEBA 2024",
        "Distrito de Prueba (ubigeo INEI 230101)",
        "Marzo a Julio 2024",
        "Elaborado por",
        "1. Datos generales",
        "S/ 312 656.00 (Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles)",
        "2. Introducción Texto de Introducción.",
        "5. Objetivos y meta",
        "OEI 05 Promover el desarrollo humano",
        "S/ 19.07",
        "6. Zona de intervención",
        "TOTAL 16 391",
        "7. Estrategia general",
        "01 ULE a. Ejecutar el plan.",
        "8. Fases",
        "16 391 hogar",
        "11. Matriz físico-financiera",
        "TOTAL S/ 312 656.00",
        "12. Presupuesto",
        "9002",
        "5006414",
        "0114",
        "2.3.2 9.1 1 Locación de servicios S/ 280 000.00 89.56 %",
        "TOTAL S/ 312 656.00 100.00 %",
        "13. Cronograma",
        "Marzo 2024 Abril 2024 Mayo 2024 Junio 2024 Julio 2024",
        "15. Anexos",
    ]
    flat = text.replace("\u00a0", " ")
    place = 0
    for part in parts:
        found = flat.find(part, place)
        assert found >= 0, part
        place = found


def test_columns_without_a_word_are_left_out(desk: dict[str, Any], sound_plan: Plan) -> None:
    text = " ".join(printed(desk, replace(sound_plan, zones=(Zone("Zona norte", stratum="bajo"),))))
    assert "N° ZONA O SECTOR ESTRATO" in text
    assert "MANZANA" not in text


def test_an_empty_plan_prints(desk: dict[str, Any]) -> None:
    pages = printed(desk, Plan("PLAN VACÍO", 2025))
    assert "15. Anexos" in pages[-1]


def test_forty_pages_carry_their_sums_and_heads(desk: dict[str, Any], sound_plan: Plan) -> None:
    long = "\n".join("Párrafo con <b>marcas</b> & signos. " * 12 for _ in range(12))
    plan = replace(
        sound_plan,
        sections=tuple(replace(section, text=long) for section in sound_plan.sections),
        zones=tuple(Zone(f"Zona {n}", households=50) for n in range(400)),
        budget=tuple(
            BudgetLine(f"2.3.2 {n % 9 + 1}.1 1", f"Partida {n}", Decimal("3126.56")) for n in range(100)
        ),
        activities=sound_plan.activities * 30,
    )
    pages = printed(desk, plan)
    assert len(pages) >= 40
    text = " ".join(pages).replace("\u00a0", " ")
    assert "VAN" in text
    assert "VIENEN" in text
    assert "TOTAL S/ 312 656.00 100.00 %" in text
    assert "<b>marcas</b> & signos." in text
    assert all(f"Página {number} de {len(pages)}" in page for number, page in enumerate(pages, start=1))


def test_two_chains_are_told_apart(desk: dict[str, Any], sound_plan: Plan) -> None:
    other = replace(sound_plan.chains[0], generic=CodeName("2.6", "ACTIVOS"))
    text = " ".join(printed(desk, replace(sound_plan, chains=(sound_plan.chains[0], other))))
    assert "Estructura funcional programática 1" in text
    assert "Estructura funcional programática 2" in text


def test_a_plan_of_two_years_is_drawn_by_months(desk: dict[str, Any], sound_plan: Plan) -> None:
    activity = replace(sound_plan.activities[0], ends=date(2025, 12, 31))
    text = " ".join(printed(desk, replace(sound_plan, activities=(activity,), ends=date(2025, 12, 31))))
    assert "Cronograma por meses" in text
    assert "Dic 25" in text


def test_a_matrix_without_duties_does_not_stop_the_plan(desk: dict[str, Any], sound_plan: Plan) -> None:
    matrix_id = responsibilities.create_matrix(**desk, matrix=Matrix("PLAN 2024"))
    text = " ".join(printed(desk, replace(sound_plan, matrix_id=matrix_id)))
    assert "FUNCIONES" not in text
