"""A small office with a plan, its matrix and a chain of four documents: enough for a whole act."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import Detail, DocumentEntry, DocumentKind, Opinion, Party
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import BudgetLine, CodeName, FunctionalChain, Plan
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import BlockKind
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit

NAMES = {
    "GM": "Gerencia Municipal",
    "OGAJ": "Oficina General de Asesoría Jurídica",
    "OGPP": "Oficina General de Planeamiento y Presupuesto",
    "ULE": "Unidad Local de Empadronamiento",
}
PEOPLE = {
    "GM": ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001", "Gerente Municipal"),
    "OGAJ": ("HUAMÁN PEÑA MARÍA ROSA", "40000002", "Jefa de Asesoría Jurídica"),
    "OGPP": ("RAMOS LÓPEZ PEDRO PABLO", "40000003", "Jefe de Planeamiento"),
}
CHAIN = FunctionalChain(
    programme=CodeName("9002", "ASIGNACIONES PRESUPUESTARIAS QUE NO RESULTAN EN PRODUCTOS"),
    activity=CodeName("5006414", "EMPADRONAMIENTO DE HOGARES"),
    function=CodeName("23", "PROTECCIÓN SOCIAL"),
    division=CodeName("051", "ASISTENCIA SOCIAL"),
    group=CodeName("0114", "DESARROLLO DE CAPACIDADES"),
    source=CodeName("00", "Recursos Ordinarios"),
    rubro=CodeName("00", "Recursos Ordinarios"),
    generic=CodeName("2.3", "Bienes y Servicios"),
    amount=Decimal("312656.00"),
)


@dataclass(frozen=True)
class Case:
    """Ids of what the fixtures entered, and what every change is called with."""

    desk: dict[str, Any]
    units: dict[str, int]
    plan_id: int
    matrix_id: int
    expediente_id: int
    series_id: int

    @property
    def db(self) -> Database:
        return self.desk["db"]

    def register(self, siglas: str, to: str, number: str, on: date, **changes: Any) -> int:
        values = {
            "kind": DocumentKind.INFORME,
            "number_text": number,
            "on": on,
            "sender": Party(unit_id=self.units[siglas]),
            "receiver": Party(unit_id=self.units[to]),
            "subject": "Plan de Trabajo",
            **changes,
        }
        return expedientes.register_document(
            **self.desk, expediente_id=self.expediente_id, entry=DocumentEntry(**values)
        )

    def draft(self, **changes: Any) -> int:
        return service.create_resolucion(
            **self.desk, expediente_id=self.expediente_id, series_id=self.series_id, **changes
        )


@pytest.fixture
def case(db: Database, actor: Actor, now: datetime) -> Case:
    desk = {"db": db, "actor": actor, "now": now}
    office.install_national_data(**desk)
    office.save_municipality(
        **desk,
        municipality=Municipality(
            "Municipalidad Provincial de Prueba",
            "MPP",
            Ubigeo("230101", "INEI"),
            "Prueba",
            "www.prueba.gob.pe",
        ),
        expected_version=0,
    )
    units = {
        siglas: office.add_unit(**desk, unit=Unit(name, siglas, valid_from=date(2024, 1, 1)))
        for siglas, name in NAMES.items()
    }
    for siglas, (name, dni, position) in PEOPLE.items():
        officer = Officer(name, position, units[siglas], title="Abog.", dni=dni, valid_from=date(2024, 1, 1))
        office.add_officer(**desk, officer=officer)
    matrix = Matrix(
        "PLAN DE PRUEBA 2024",
        intro="Responsabilidades:",
        units=(MatrixUnit("ULE", units["ULE"], (Duty("Ejecutar el plan."), Duty("Informar cada semana."))),),
    )
    matrix_id = responsibilities.create_matrix(**desk, matrix=matrix)
    plan = Plan(
        title="PLAN DE EMPADRONAMIENTO DE PRUEBA 2024",
        year=2024,
        district="Prueba",
        ubigeo="230101",
        annex_code="219",
        estimated_households=16391,
        households=16391,
        amount=Decimal("312656.00"),
        starts=date(2024, 3, 1),
        ends=date(2024, 7, 31),
        objective="Empadronar.",
        unit_id=units["ULE"],
        matrix_id=matrix_id,
        chains=(CHAIN,),
        budget=(BudgetLine("2.3", "Bienes y servicios", Decimal("312656.00")),),
    )
    plan_id = plans.create_plan(**desk, plan=plan)
    expediente_id = expedientes.create_expediente(
        **desk, title="Aprobación del plan", plan_id=plan_id, opened_on=date(2024, 2, 13)
    )
    series_id = papers.create_series(
        **desk, kind="resolucion", title="Resolución de Gerencia Municipal", mask="{n:03d}-{year}-GM/MPP"
    )
    papers.start_series_after(
        **desk, series_id=series_id, year=2024, last_number=90, reason="Emitidos antes del programa"
    )
    whole = Case(desk, units, plan_id, matrix_id, expediente_id, series_id)
    whole.register(
        "ULE", "OGPP", "021-2024/ULE/MPP", date(2024, 2, 13), says=("eleva el Plan por {plan.amount}.",)
    )
    whole.register(
        "OGPP",
        "OGAJ",
        "465-2024-OGPP/MPP",
        date(2024, 2, 23),
        kind=DocumentKind.MEMORANDO,
        opinion=Opinion.FAVOURABLE,
        registry="10784-2024",
        says=("señala lo siguiente:",),
        details=(
            Detail("PROGRAMA", "9002", "ASIGNACIONES"),
            Detail("GRUPO FUNCIONAL", "0114", "CAPACIDADES"),
        ),
    )
    whole.register(
        "OGAJ",
        "OGPP",
        "25-2024-OGAJ/MPP",
        date(2024, 2, 28),
        kind=DocumentKind.MEMORANDO,
        opinion=Opinion.ASKS_MORE,
        in_vistos=False,
    )
    whole.register(
        "OGAJ",
        "GM",
        "237-2024-OGAJ/MPP",
        date(2024, 3, 4),
        opinion=Opinion.FAVOURABLE,
        opening="Por tanto, según",
        with_table=True,
        says=("opina que se apruebe.", "Además, <b>recomienda</b> & pide copia."),
    )
    return whole


@pytest.fixture(scope="session")
def text_of() -> Callable[[bytes], str]:
    """All the words of a PDF, page after page, with single blanks."""
    import pypdfium2

    def read(pdf: bytes) -> str:
        document = pypdfium2.PdfDocument(pdf)
        try:
            pages = [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
        return " ".join(" ".join(pages).replace("\ufffe", "-").split())

    return read


@pytest.fixture(scope="session")
def scan() -> tuple[str, bytes]:
    """A small whole PNG with its name, as a scanner gives it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return ("cargo.png", out.getvalue())


@pytest.fixture
def sign_by_hand() -> Callable[[Database, int, datetime], None]:
    """What the round of a paper leaves behind, without certificates: other tests sign for real."""

    def sign(db: Database, paper_id: int, moment: datetime) -> None:
        with db.transaction() as session:
            session.execute(text("UPDATE paper SET state = 'firmada' WHERE id = :id"), {"id": paper_id})
            session.execute(
                text("UPDATE paper_signer SET signed_at = :at WHERE paper_id = :id"),
                {"id": paper_id, "at": moment.replace(tzinfo=None) if db.is_sqlite else moment},
            )

    return sign


@pytest.fixture
def signed_act(case: Case, archive: Any, sign_by_hand: Callable[[Database, int, datetime], None]) -> int:
    """A signed act of 08/03/2024 with its annex and four C.c. lines; its id."""
    act_id = case.draft(dated=date(2024, 3, 8))
    draft = service.load_resolucion(case.db, act_id)
    blocks = tuple(
        replace(block, text="Archivo\nGM.\nOGAJ\nInteresado") if block.kind is BlockKind.COPIES else block
        for block in draft.blocks
    )
    service.save_resolucion(
        **case.desk, resolucion=replace(draft, blocks=blocks), expected_version=draft.version
    )
    ready = service.load_resolucion(case.db, act_id)
    service.freeze_resolucion(
        **case.desk, archive=archive, resolucion_id=act_id, expected_version=ready.version
    )
    paper_id = service.load_resolucion(case.db, act_id).paper_id
    assert paper_id is not None
    sign_by_hand(case.db, paper_id, case.desk["now"])
    with case.db.transaction() as session:
        session.execute(text("UPDATE resolucion SET state = 'firmada' WHERE id = :id"), {"id": act_id})
    return act_id


@pytest.fixture
def screen(qtbot, desk, monkeypatch):
    """The page, to be opened, and a person before it."""
    from resoluciones_screen import Screen

    return lambda: Screen(qtbot, desk, monkeypatch)


@pytest.fixture
def draft(case, screen):
    """A draft on view, its id and its page."""
    resolucion_id = case.draft()
    seen = screen()
    seen.open(resolucion_id)
    seen.id = resolucion_id
    return seen
