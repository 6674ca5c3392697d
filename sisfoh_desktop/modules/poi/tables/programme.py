"""How a version's activities lie in the database: one row for each activity, its twelve months in columns."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import Money, Quantity


class PoiActivityRow(Base):
    """An activity through all versions of a plan."""

    __tablename__ = "poi_activity"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), index=True, comment="POI")


class PoiProgrammeRow(Base):
    """An activity as one version programmes it. Quantities are kept in ten-thousandths."""

    __tablename__ = "poi_programme"
    __table_args__ = (UniqueConstraint("version_id", "activity_id"), Index(None, "activity_id"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    version_id: Mapped[int] = mapped_column(ForeignKey("poi_version.id"), comment="Versión del POI")
    activity_id: Mapped[int] = mapped_column(ForeignKey("poi_activity.id"), comment="Actividad")
    position: Mapped[int] = mapped_column(Integer, comment="Orden en el plan")
    unit_name: Mapped[str] = mapped_column(String(200), comment="Unidad orgánica, como la dice el plan")
    title: Mapped[str] = mapped_column(Text, comment="Actividad, como la dice el plan")
    measure_id: Mapped[int] = mapped_column(ForeignKey("poi_measure_unit.id"), comment="Unidad de medida")
    code: Mapped[str] = mapped_column(
        String(40), comment="Código de la actividad (AOI…) o CUI; vacío si no tiene"
    )
    nature: Mapped[str] = mapped_column(String(12), comment="actividad o inversion")
    goal_kind: Mapped[str] = mapped_column(String(12), comment="suma o acumulado")
    direction: Mapped[str] = mapped_column(String(8), comment="mas o menos: qué es mejor")
    oei: Mapped[str] = mapped_column(String(200), comment="Objetivo estratégico institucional")
    aei: Mapped[str] = mapped_column(String(200), comment="Acción estratégica institucional")
    centro_costo: Mapped[str] = mapped_column(String(200), comment="Centro de costo")
    category: Mapped[str] = mapped_column(String(200), comment="Categoría presupuestal")
    product: Mapped[str] = mapped_column(String(200), comment="Producto o proyecto")
    budget_activity: Mapped[str] = mapped_column(String(200), comment="Actividad presupuestal")
    function: Mapped[str] = mapped_column(String(200), comment="Función")
    division: Mapped[str] = mapped_column(String(200), comment="División funcional")
    group: Mapped[str] = mapped_column("functional_group", String(200), comment="Grupo funcional")
    budget_goal: Mapped[str] = mapped_column(String(40), comment="Meta o secuencia funcional")
    ubigeo: Mapped[str] = mapped_column(String(6), comment="Ubigeo de seis cifras; vacío si no se dijo")
    priority: Mapped[str] = mapped_column(String(40), comment="Prioridad")
    annual: Mapped[Decimal | None] = mapped_column(Quantity, comment="Meta física anual; vacía si no se dijo")
    annual_money: Mapped[Decimal | None] = mapped_column(Money, comment="Meta financiera anual, en céntimos")
    p01: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en enero; vacía si no se dijo"
    )
    p02: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en febrero; vacía si no se dijo"
    )
    p03: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en marzo; vacía si no se dijo"
    )
    p04: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en abril; vacía si no se dijo"
    )
    p05: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en mayo; vacía si no se dijo"
    )
    p06: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en junio; vacía si no se dijo"
    )
    p07: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en julio; vacía si no se dijo"
    )
    p08: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en agosto; vacía si no se dijo"
    )
    p09: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en setiembre; vacía si no se dijo"
    )
    p10: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en octubre; vacía si no se dijo"
    )
    p11: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en noviembre; vacía si no se dijo"
    )
    p12: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Meta física programada en diciembre; vacía si no se dijo"
    )
    m01: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en enero, en céntimos"
    )
    m02: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en febrero, en céntimos"
    )
    m03: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en marzo, en céntimos"
    )
    m04: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en abril, en céntimos"
    )
    m05: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en mayo, en céntimos"
    )
    m06: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en junio, en céntimos"
    )
    m07: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en julio, en céntimos"
    )
    m08: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en agosto, en céntimos"
    )
    m09: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en setiembre, en céntimos"
    )
    m10: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en octubre, en céntimos"
    )
    m11: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en noviembre, en céntimos"
    )
    m12: Mapped[Decimal | None] = mapped_column(
        Money, comment="Meta financiera programada en diciembre, en céntimos"
    )
    origin_import_id: Mapped[int | None] = mapped_column(
        ForeignKey("poi_import.id"), comment="Archivo de donde vino; vacío si se escribió"
    )
    origin_row: Mapped[int | None] = mapped_column(Integer, comment="Fila de ese archivo")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
