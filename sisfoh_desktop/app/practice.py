"""The practice office: a base of its own with the whole Tacna 2024 case, loaded through the services.

The facts are data (`resources/data/tacna-2024`); here is only the order in which a clerk would have entered them,
each on its own day, so that every run gives the same base contents and the same PDF. Nothing here knows SQL.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sisfoh_desktop.app.practice_case import (
    Case,
    answer_of,
    ask_of,
    entry_of,
    matrix_of,
    more_of,
    plan_of,
    source_of,
)
from sisfoh_desktop.app.practice_handover import load_handover
from sisfoh_desktop.app.practice_kardex import load_kardex
from sisfoh_desktop.app.practice_place import ARCHIVE_NAME, BASE_NAME, workshop_for
from sisfoh_desktop.app.practice_poi import load_poi
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.office import rules as office_rules
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.responsibilities import service as responsibilities

_CLERK = Actor(user="práctica", office="ULE")


@dataclass(frozen=True)
class PracticeSummary:
    """What the practice office holds."""

    base: Path
    plans: int
    documents: int
    duties: int


def create_practice(folder: Path, *, replace: bool = False) -> PracticeSummary:
    """Make `folder/practica.db` with its archive beside it; an earlier one only goes with `replace`.

    FileFailed when it is there already, or when the folder cannot be written: then nothing is left half-made and
    an earlier practice office stays as it was. DatabaseUnavailable when somebody has the earlier one open.
    """
    with workshop_for(folder, replace=replace) as workshop:
        return _build(workshop, folder / BASE_NAME)


def _build(workshop: Path, base: Path) -> PracticeSummary:
    case = Case()
    db = Database.create(workshop / BASE_NAME)
    try:
        _Loader(db, Archive(workshop / ARCHIVE_NAME), case).load()
        return PracticeSummary(
            base=base,
            plans=len(plans.list_plans(db)),
            documents=sum(line.document_count for line in expedientes.list_expedientes(db)),
            duties=sum(line.duties for line in responsibilities.list_matrices(db)),
        )
    finally:
        db.close()


class _Loader:
    """Enters the case in the order of its days."""

    def __init__(self, db: Database, archive: Archive, case: Case) -> None:
        self.db = db
        self.archive = archive
        self.case = case
        self.units: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.opinions: dict[str, int] = {}
        self.first_day: date = case.file["document"][0]["date"]
        self.moment: datetime = case.act["resolucion"]["moment"]

    def load(self) -> None:
        self._enter_office()
        expediente_id = self._enter_chain()
        load_kardex(self.db, _CLERK)
        load_poi(self.db, _CLERK, {row["siglas"]: row["name"] for row in self.case.office["unit"]})
        self._enter_acts(expediente_id)
        resoluciones.bring_models(self.db, actor=_CLERK, now=self.moment)
        load_handover(self.db, _CLERK, self.moment)

    def _enter_office(self) -> None:
        now = _at(self.first_day, 8)
        office.install_national_data(self.db, actor=_CLERK, now=now)
        with self.db.transaction() as session:
            office.set_practice_in(session, actor=_CLERK, now=now)
        data = self.case.office["municipality"]
        municipality = office_rules.Municipality(
            name=data["name"],
            short_name=data["siglas"],
            ubigeo=Ubigeo(data["ubigeo"], data["ubigeo_catalogue"]),
            place_name=data["place"],
            portal_url=data["portal"],
        )
        office.save_municipality(
            self.db, actor=_CLERK, now=now, municipality=municipality, expected_version=0
        )
        for row in self.case.office["unit"]:
            unit = office_rules.Unit(
                name=row["name"],
                siglas=row["siglas"],
                parent_id=self.units.get(row["parent"]),
                sort_order=row["order"],
                valid_from=row["valid_from"],
            )
            self.units[row["siglas"]] = office.add_unit(self.db, actor=_CLERK, now=now, unit=unit)
        for row in self.case.office["officer"]:
            officer = office_rules.Officer(
                name=f"{row['names']} {row['surnames']}",
                position=row["position"],
                unit_id=self.units[row["unit"]],
                title=row["prefix"],
                acting=row["acting"],
                head=row["head"],
                valid_from=row["valid_from"],
            )
            office.add_officer(self.db, actor=_CLERK, now=now, officer=officer)
        self._enter_norms(now)

    def _enter_norms(self, now: datetime) -> None:
        """The norms of the case that the national list does not bring."""
        known = {norm.code for norm in office.list_norms(self.db)}
        for row in self.case.office["norm"]:
            if row["code"] in known:
                continue
            norm = office_rules.Norm(
                code=row["code"],
                title=row["title"] or row["code"],
                kind=office_rules.NormKind(row["kind"]),
                valid_from=row["date"] or None,
            )
            office.add_norm(self.db, actor=_CLERK, now=now, norm=norm)

    def _enter_chain(self) -> int:
        expediente_id = expedientes.create_expediente(
            self.db,
            actor=_CLERK,
            now=_at(self.first_day, 9),
            title=self.case.file["expediente"]["subject"],
            opened_on=self.first_day,
        )
        for row in self.case.file["document"]:
            if row["slug"] == self.case.plan["plan"]["presented_by"]:
                self._enter_plan(expediente_id, _at(row["date"], 9))
            self.documents[row["slug"]] = expedientes.register_document(
                self.db,
                actor=_CLERK,
                now=_at(row["date"], 10),
                expediente_id=expediente_id,
                key=row["slug"],
                entry=entry_of(self.case, row, self.units, self.documents),
            )
            self._enter_opinions(expediente_id, row["slug"], _at(row["date"], 11))
        return expediente_id

    def _enter_opinions(self, expediente_id: int, slug: str, now: datetime) -> None:
        """The opinions that a document answers, then those that are asked with it."""
        document_id = self.documents[slug]
        for row in self.case.file["opinion"]:
            if row["answered_with"] == slug:
                expedientes.receive_opinion(
                    self.db,
                    actor=_CLERK,
                    now=now,
                    opinion_id=self.opinions[row["slug"]],
                    expected_version=1,
                    answer=answer_of(row, now.date(), document_id),
                )
        for row in self.case.file["opinion"]:
            if row["asked_with"] == slug:
                self.opinions[row["slug"]] = self._ask(expediente_id, row, document_id, now)

    def _ask(self, expediente_id: int, row: dict[str, Any], document_id: int, now: datetime) -> int:
        if row["widens"]:
            return expedientes.ask_more(
                self.db,
                self.archive,
                actor=_CLERK,
                now=now,
                opinion_id=self.opinions[row["widens"]],
                expected_version=2,  # asked, then answered
                more=more_of(row, now.date(), document_id),
            )
        (asked,) = expedientes.ask_opinions(
            self.db,
            self.archive,
            actor=_CLERK,
            now=now,
            expediente_id=expediente_id,
            ask=ask_of(row, self.units, now.date(), document_id),
        )
        return asked

    def _enter_plan(self, expediente_id: int, now: datetime) -> None:
        """The plan and its matrix, on the day on which the ULE presents them."""
        matrix_id = responsibilities.create_matrix(
            self.db, actor=_CLERK, now=now, matrix=matrix_of(self.case, self.units)
        )
        plan_id = plans.create_plan(
            self.db, actor=_CLERK, now=now, plan=plan_of(self.case, self.units, matrix_id)
        )
        expediente = expedientes.load_expediente(self.db, expediente_id)
        expedientes.save_expediente(
            self.db,
            actor=_CLERK,
            now=now,
            expediente_id=expediente_id,
            expected_version=expediente.version,
            title=expediente.title,
            plan_id=plan_id,
        )

    def _enter_acts(self, expediente_id: int) -> None:
        """The resolución under its number, waiting for its signatures, and beside it a draft to play with."""
        day = self.case.act["resolucion"]["date"]
        series_id = self._open_series()
        made = resoluciones.create_resolucion(
            self.db,
            actor=_CLERK,
            now=self.moment,
            expediente_id=expediente_id,
            series_id=series_id,
            source=source_of(self.case, self.units),
            dated=day,
        )
        # the real act was signed with its contradictions: they stay, as accepted findings
        review = resoluciones.review_resolucion(self.db, made)
        resoluciones.accept_findings(
            self.db,
            actor=_CLERK,
            now=self.moment,
            resolucion_id=made,
            keys=[(finding.code, finding.fingerprint) for finding in review.blocking],
            reason="Así consta en el documento original",
        )
        resoluciones.freeze_resolucion(
            self.db,
            self.archive,
            actor=_CLERK,
            now=self.moment,
            resolucion_id=made,
            expected_version=resoluciones.load_resolucion(self.db, made).version,
        )
        resoluciones.create_resolucion(
            self.db,
            actor=_CLERK,
            now=self.moment,
            expediente_id=expediente_id,
            series_id=series_id,
            dated=day,
        )

    def _open_series(self) -> int:
        series = self.case.act["series"]
        series_id = papers.create_series(
            self.db,
            actor=_CLERK,
            now=self.moment,
            kind=series["kind"],
            title=series["title"],
            mask=series["mask"],
        )
        papers.start_series_after(
            self.db,
            actor=_CLERK,
            now=self.moment,
            series_id=series_id,
            year=self.case.act["resolucion"]["year"],
            last_number=series["gap_to"],
            reason=series["gap_reason"],
        )
        return series_id


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LIMA)
