"""Small acts for the tests of the checker: units, norms, a plan, documents, and a builder of dossiers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.expedientes.rules import Detail, Document, DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.office.rules import Body, BodyRole, Norm, NormKind, Unit, YearName
from sisfoh_desktop.modules.plans.rules import CodeName, FunctionalChain, Plan
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, coherence
from sisfoh_desktop.modules.resoluciones.rules.coherence import ActBlock, Dossier
from sisfoh_desktop.modules.resoluciones.service.review import _vocabulary
from sisfoh_desktop.modules.responsibilities.rules import Matrix, MatrixUnit

V, C, E, A, X = (
    BlockKind.VISTOS,
    BlockKind.CONSIDERANDO,
    BlockKind.ESTANDO,
    BlockKind.ARTICLE,
    BlockKind.COPIES,
)
UNITS = (
    Unit("Alcaldía", "ALC", id=1),
    Unit("Gerencia Municipal", "GM", 1, id=2),
    Unit("Sub Gerencia de Desarrollo Social y Participación Vecinal", "SGDS", 2, id=3),
    Unit("Oficina General de Atención al Ciudadano y Gestión Documentaria", "OGAC", 2, id=4),
    Unit("Oficina de Abastecimiento", "OAB", 2, id=5),
    Unit("Oficina General de Asesoría Jurídica", "OGAJ", 2, id=6),
)
BODIES = (
    Body(BodyRole.LEAD_BODY, "Dirección General de Focalización e Información Social", "DGFIS"),
    Body(BodyRole.MINISTRY, "Ministerio de Desarrollo e Inclusión Social", "MIDIS"),
)
NORMS = (
    Norm("Ley 27972", "LOM", NormKind.LAW, date(2003, 5, 28)),
    Norm("Ley 31953", "Presupuesto 2024", NormKind.LAW, date(2024, 1, 1), date(2024, 12, 31), id=7),
    Norm("DS 006-2026-JUS", "TUO", NormKind.SUPREME_DECREE, date(2026, 5, 1)),
    Norm("RM 070-2017-MIDIS", "Vieja", NormKind.MINISTERIAL_RESOLUTION, date(2017, 5, 3), date(2020, 2, 7)),
)
YEARS = (
    YearName("Año de la Unidad, la Paz y el Desarrollo", date(2023, 1, 1), date(2023, 12, 31)),
    YearName(
        "Año del Bicentenario, de la consolidación de nuestra Independencia",
        date(2024, 1, 1),
        date(2024, 12, 31),
    ),
)
CHAIN = FunctionalChain(
    programme=CodeName("9002", "ASIGNACIONES QUE NO RESULTAN EN PRODUCTOS"),
    activity=CodeName("5006414", "EMPADRONAMIENTO"),
    function=CodeName("23", "PROTECCIÓN SOCIAL"),
    division=CodeName("051", "ASISTENCIA SOCIAL"),
    group=CodeName("0114", "CAPACIDADES"),
    source=CodeName("1", "Recursos Ordinarios"),
    rubro=CodeName("00", "Recursos Ordinarios"),
    generic=CodeName("2.3", "Bienes y Servicios"),
    amount=Decimal("312656.00"),
)
TITLE = "PLAN DE EMPADRONAMIENTO MASIVO 2024 EN EL DISTRITO DE PRUEBA ALTA"
PLAN = Plan(
    TITLE, 2024, amount=Decimal("312656.00"), households=16391, starts=date(2024, 4, 1), chains=(CHAIN,), id=9
)
DETAILS = (
    Detail("PROGRAMA", "9002", "Asignaciones que no resultan en productos"),
    Detail("ACTIVIDAD", "5006414", "EMPADRONAMIENTO"),
    Detail("FUNCIÓN", "23", "PROTECCIÓN SOCIAL"),
    Detail("DIV. FUNCIONAL", "051", "ASISTENCIA SOCIAL"),
    Detail("GRUPO FUNCIONAL:", "0114", "CAPACIDADES"),
    Detail("FUENTE DE FINANCIAMIENTO", "01", "RECURSOS ORDINARIOS"),
    Detail("RUBRO", "00", "RECURSOS ORDINARIOS"),
    Detail("GENÉRICA DE GASTO", "2.3.", "BIENES Y SERVICIOS"),
)


def document(
    number: str = "237-2024-OGAJ/MPP", on: date = date(2024, 3, 4), key: int = 1, **changes: Any
) -> Document:
    entry = DocumentEntry(
        changes.pop("kind", DocumentKind.INFORME),
        number,
        on,
        Party("Oficina", unit_id=6),
        Party("Gerencia", unit_id=2),
        "Asunto",
        **changes,
    )
    return Document(key, 1, f"doc_{key}", entry, datetime(2024, 3, 4, tzinfo=LIMA), "x")


def act(*texts: tuple[BlockKind, str] | tuple[BlockKind, str, int], **changes: Any) -> Dossier:
    """An act with these blocks; a third value is the document that the block tells."""
    blocks = tuple(
        ActBlock(index, told[0], f"{told[0].label} {index}", told[1], *told[2:])
        for index, told in enumerate(texts)
    )
    values = {
        "act_name": "RESOLUCIÓN",
        "number": "____-2024-GM/MPP",
        "dated": date(2024, 3, 8),
        "units": UNITS,
        "bodies": BODIES,
        "norms": NORMS,
        "year_names": YEARS,
        "signer_units": (6, 2),
        "vocabulary": _vocabulary(),
        **changes,
    }
    return Dossier(blocks=blocks, **values)


def codes(dossier: Dossier) -> list[str]:
    return [one.code for one in coherence.review(dossier)]


def one(dossier: Dossier, code: str) -> coherence.Finding:
    (found,) = [found for found in coherence.review(dossier) if found.code == code]
    return found


CHAIN_DOCUMENT = document("541-2024-OGPP/MPP", details=DETAILS)
ANNEX = Matrix(TITLE, units=(MatrixUnit(unit_id=3, name="Sub Gerencia de Desarrollo Social"),), id=4)
CITED = (V, "El Informe N° 237-2024-OGAJ/MPP, sobre el plan, y;")
TOLD = (C, "Que, mediante Informe N° 237-2024-OGAJ/MPP, de fecha 04 de marzo del 2024, la Oficina opina.", 1)
COPIES = (X, "Archivo\nAlcaldía\nGM.\nSGDS\nOGAC")
