"""A plan that holds together, a small office and its page on show, for the tests of this module."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import (
    OUTLINE,
    Activity,
    AlignedObjective,
    BudgetLine,
    CodeName,
    FunctionalChain,
    Phase,
    Plan,
    PlanSection,
    Zone,
)


@pytest.fixture
def chain() -> FunctionalChain:
    """The chain of the 2024 campaign."""
    return FunctionalChain(
        programme=CodeName("9002", "ASIGNACIONES PRESUPUESTARIAS QUE NO RESULTAN EN PRODUCTOS"),
        activity=CodeName("5006414", "EMPADRONAMIENTO DE HOGARES"),
        function=CodeName("23", "PROTECCIÓN SOCIAL"),
        division=CodeName("051", "ASISTENCIA SOCIAL"),
        group=CodeName("0114", "DESARROLLO DE CAPACIDADES SOCIALES Y ECONÓMICAS"),
        source=CodeName("1", "RECURSOS ORDINARIOS"),
        rubro=CodeName("00", "RECURSOS ORDINARIOS"),
        generic=CodeName("2.3", "BIENES Y SERVICIOS"),
        amount=Decimal("312656.00"),
    )


@pytest.fixture
def sound_plan(chain: FunctionalChain) -> Plan:
    """Nothing to remark but the matrix, which lives in the base."""
    return Plan(
        title="PLAN DE EMPADRONAMIENTO DE PRUEBA 2024",
        year=2024,
        short_name="Plan de Prueba 2024",
        campaign="Empadronamiento masivo 2024",
        district="Prueba",
        ubigeo="230101",
        annex_code="219",
        estimated_households=16391,
        households=16391,
        amount=Decimal("312656.00"),
        starts=date(2024, 3, 1),
        ends=date(2024, 7, 31),
        objective="Ejecutar el empadronamiento en los 16 391 hogares identificados.",
        executing_unit="Unidad Local de Empadronamiento",
        chains=(chain,),
        budget=(
            BudgetLine("2.3.2 9.1 1", "Locación de servicios", Decimal("280000.00")),
            BudgetLine("2.3.1 5.1 2", "Papelería y útiles", Decimal("32656.00")),
        ),
        objectives=(AlignedObjective("PEI", "Promover el desarrollo humano", "OEI 05"),),
        activities=(
            Activity(
                Phase.PREPARATION,
                "Adquisición de servicios",
                task="Elaborar los términos de referencia",
                product="Contratos",
                measure="contrato",
                target=12,
                starts=date(2024, 3, 1),
                ends=date(2024, 3, 29),
                responsible="Abastecimiento",
                budget=Decimal("12656.00"),
            ),
            Activity(
                Phase.EXECUTION,
                "Empadronamiento masivo",
                measure="hogar",
                target=16391,
                starts=date(2024, 4, 1),
                ends=date(2024, 7, 31),
                responsible="ULE",
                budget=Decimal("300000.00"),
            ),
        ),
        zones=(Zone("Zona norte", stratum="bajo", households=10000), Zone("Zona sur", households=6391)),
        sections=tuple(PlanSection(kind, title, f"Texto de {title}.") for kind, title in OUTLINE),
    )


@pytest.fixture
def municipality(db: Database, actor: Actor, now: datetime) -> None:
    """The office that issues the plan."""
    office.save_municipality(
        db,
        actor=actor,
        now=now,
        municipality=Municipality("Municipalidad de Prueba", "MP", Ubigeo("230101", "INEI"), "Prueba"),
        expected_version=0,
    )


@pytest.fixture
def plan_id(desk, sound_plan: Plan) -> int:
    return service.create_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=sound_plan)


@pytest.fixture
def open_page(desk, qtbot):
    """Open the page as the window does: in front, reloaded after each change that it listens to."""
    from sisfoh_desktop.modules.plans.view import PlansPage

    def open_it() -> PlansPage:
        page = PlansPage(desk)
        qtbot.addWidget(page)
        desk.tasks.changed.connect(lambda touched: page.reload() if page.touches & touched else None)
        page.resize(900, 680)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        desk.tasks.wait_idle()
        return page

    return open_it


@pytest.fixture
def page(open_page, plan_id, desk):
    """The page with the sound plan opened."""
    page = open_page()
    page.open_plan(plan_id)
    desk.tasks.wait_idle()
    return page
