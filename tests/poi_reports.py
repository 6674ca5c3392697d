"""The small POI in a municipality that prints papers and has a planning office, for tests of its reports."""

import io
from datetime import date

import pypdfium2
from PIL import Image
from poi_office import PoiOffice

from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.poi.rules.reports import ReportKind
from sisfoh_desktop.modules.poi.service import reports

STARTED = date(2024, 1, 1)
PLANNER, MANAGER = "JEFA DE PLANEAMIENTO PRUEBA", "GERENTE PRUEBA"


class ReportsOffice:
    """Who plans and who manages are registered, and the series of the reports is there."""

    def __init__(self, poi: PoiOffice, archive) -> None:
        self.poi, self.db, self.archive = poi, poi.db, archive
        self.who = {"actor": poi.actor, "now": poi.now}
        office.save_municipality(
            self.db,
            **self.who,
            municipality=Municipality(
                "Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba"
            ),
            expected_version=0,
        )
        self.planner = self._officer("Oficina de Planeamiento y Presupuesto", "OPP", PLANNER, "Jefa")
        self.manager = self._officer("Gerencia Municipal", "GM", MANAGER, "Gerente Municipal")

    def start_series(self) -> None:
        """The series as it is proposed."""
        title, mask = reports.series_proposal(self.db, self.poi.now.date())
        reports.create_report_series(self.db, **self.who, title=title, mask=mask)

    def signers(self, *approvals: int):
        return reports.chosen_signers(self.db, self.poi.now.date(), self.planner, approvals)

    def freeze(self, **more) -> int:
        """The report of the first quarter, signed by the planner alone, unless told otherwise."""
        wanted = {"quarter": 1, "kind": ReportKind.QUARTER, "signers": self.signers()} | more
        return reports.freeze_report(self.db, self.archive, **self.who, plan_id=self.poi.plan, **wanted)

    def _officer(self, unit_name: str, siglas: str, name: str, position: str) -> int:
        unit = office.add_unit(self.db, **self.who, unit=Unit(unit_name, siglas, valid_from=STARTED))
        officer = Officer(name, position, unit, valid_from=STARTED)
        return office.add_officer(self.db, **self.who, officer=officer)


def words_of(pdf: bytes) -> str:
    """The text of all pages, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    told = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    return told.replace("\u00a0", " ").replace("\ufffe", "-")


def scan() -> bytes:
    """A signed sheet as a scanner gives it."""
    kept = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(kept, "PNG")
    return kept.getvalue()
