"""What an act stands on, read live: its expediente, plan and office as of its date, and the people who sign."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import Document, Expediente
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import (
    ActData,
    ChainTable,
    MaterialError,
    Resolucion,
    Signer,
    SignerRole,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Surroundings:
    """The facts around an act; `values` are those of its chips, `tables` its functional chain.

    `rectified` is the act that this one rectifies and `errors` what it rectifies there, if it does.
    """

    expediente: Expediente
    plan: Plan | None
    place: str
    values: dict[str, str]
    tables: tuple[ChainTable, ...]
    signers: tuple[Signer, ...]
    rectified: Resolucion | None = None
    errors: tuple[MaterialError, ...] = ()
    told_before: frozenset[int] = frozenset()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that the act has to tell: all of the expediente, or those that the rectified act did not."""
        return tuple(one for one in self.expediente.documents if one.id not in self.told_before)


def gather(db: Database, resolucion: Resolucion, *, number: str = "") -> Surroundings:
    """Read all that the act tells, as of its date; `number` is blank until one is reserved."""
    expediente = expedientes.load_expediente(db, resolucion.expediente_id)
    plan = plans.load_plan(db, resolucion.plan_id) if resolucion.plan_id is not None else None
    municipality = office.load_municipality(db)
    signers = signers_of(db, resolucion)
    author = next((signer for signer in signers if signer.role is SignerRole.AUTHOR), None)
    data = ActData(
        entity=municipality.name,
        place=municipality.place_name,
        number=number or resolucion.number_text or _blank_number(db, resolucion),
        dated=resolucion.dated,
        plan=plan,
        documents=expediente.documents,
        units=tuple((unit.siglas, unit.name) for unit in office.list_units(db, resolucion.dated)),
        norms=tuple((norm.code, norm.title) for norm in office.list_norms(db, resolucion.dated)),
        author=author.name if author else "",
        author_position=author.position if author else "",
    )
    values = rules.chip_values(data, resolucion.wordings)
    rectified, errors, told_before = rectification_of(db, resolucion.id)
    return Surroundings(
        expediente,
        plan,
        municipality.place_name,
        values,
        rules.chain_tables(plan),
        signers,
        rectified,
        errors,
        told_before,
    )


def rectification_of(
    db: Database, resolucion_id: int
) -> tuple[Resolucion | None, tuple[MaterialError, ...], frozenset[int]]:
    """The act that this one rectifies, with which errors, and the documents that the acts before it told."""
    with db.reading() as session:
        rectified_id = store.find_rectified(session, resolucion_id)
        if rectified_id is None:
            return None, (), frozenset()
        rectified = store.load_resolucion(session, rectified_id)
        return rectified, store.list_errors(session, resolucion_id), told_documents(session, rectified)


def told_documents(session: "Session", act: Resolucion) -> frozenset[int]:
    """The documents of the expediente that the act tells, or those that it rectifies."""
    told: set[int] = set()
    one: Resolucion | None = act
    while one is not None:
        told |= {block.document_id for block in one.blocks if block.document_id is not None}
        rectified_id = store.find_rectified(session, one.id)
        one = store.load_resolucion(session, rectified_id) if rectified_id is not None else None
    return frozenset(told)


def signers_of(db: Database, resolucion: Resolucion) -> tuple[Signer, ...]:
    """The round as of the act's date: whoever heads each unit then, "(e)" before the holder of the post."""
    units = {unit.id: unit for unit in office.list_units(db, resolucion.dated)}
    signers = []
    for order, place in enumerate(resolucion.places, start=1):
        unit = units.get(place.unit_id)
        officer = office.officer_for(db, place.unit_id, resolucion.dated)
        siglas = unit.siglas if unit else f"U{place.unit_id}"
        signers.append(
            Signer(
                field=rules.field_name(place.role, order, siglas),
                role=place.role,
                unit_id=place.unit_id,
                unit=unit.name if unit else "",
                siglas=siglas,
                name=officer.full_name if officer else "",
                position=place.position or (officer.full_position if officer else ""),
                officer_id=officer.id if officer else None,
                dni=(officer.dni or "") if officer else "",
                acting=officer.acting if officer else False,
                appointed_by=officer.document if officer else "",
            )
        )
    return tuple(signers)


def _blank_number(db: Database, resolucion: Resolucion) -> str:
    series = next((one for one in papers.list_series(db) if one.id == resolucion.series_id), None)
    return blank_number(series.mask, resolucion.dated.year) if series else "____"
