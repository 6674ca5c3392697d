"""Reports of the POI over the real base: frozen, numbered, signed like every paper; workbooks that come back whole."""

import shutil
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from poi_office import make_poi
from poi_reports import MANAGER, PLANNER, ReportsOffice, scan, words_of
from poi_seed import seed_year

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState, SignerRole
from sisfoh_desktop.modules.poi.rules.charts import Scope
from sisfoh_desktop.modules.poi.rules.facts import ActivityYear, Direction, GoalKind, Stage
from sisfoh_desktop.modules.poi.rules.reports import ChartKind, ReportKind
from sisfoh_desktop.modules.poi.service import drafting, importing, plans, reading, reports
from sisfoh_desktop.modules.poi.service.history import history


@pytest.fixture
def office(poi_office, archive) -> ReportsOffice:
    made = ReportsOffice(poi_office, archive)
    made.start_series()
    return made


def listed(office: ReportsOffice):
    return reports.list_reports(office.db, office.poi.plan)


def bytes_of(office: ReportsOffice, report_id: int) -> bytes:
    paper = reports.load_report_paper(office.db, report_id)
    return papers.paper_bytes(office.db, office.archive, paper.id)


def test_a_report_is_numbered_frozen_and_listed(office):
    report_id = office.freeze(signers=office.signers(office.manager))
    (line,) = listed(office)
    assert (line.id, line.number_text, line.state) == (report_id, "001-2024-OPP/MPP", "congelada")
    assert (line.signed_count, line.signer_count, line.next_signer) == (0, 2, MANAGER)
    assert line.version_name == "POI aprobado"
    words = words_of(bytes_of(office, report_id))
    assert "INFORME N° 001-2024-OPP/MPP" in words
    assert "sin resolución registrada" in words
    assert "PROYECTO" not in words
    assert words.index("Actividades que se apartan") < words.index("Ejecución por actividad")


def test_rows_that_wait_in_quarantine_are_told_on_the_paper(office, db, actor, now):
    seed = Path(__file__).parents[2] / "data" / "poi_2019.txt"
    result = importing.import_file(
        db, actor=actor, now=now, year=2019, file_name=seed.name, data=seed.read_bytes()
    )
    assert result.quarantined == 47
    plan = next(one for one in plans.list_plans(db) if one.year == 2019)
    words = " ".join(words_of(reports.quarter_pdf(db, plan_id=plan.id, quarter=3, now=now)).split())
    assert "Incompleto: 47 filas importadas esperan su lectura y no están aquí." in words
    assert "Incompleto" not in words_of(reports.quarter_pdf(db, plan_id=office.poi.plan, quarter=1, now=now))


def test_the_resolution_of_the_version_is_printed(office):
    office.poi.approve()
    words = words_of(bytes_of(office, office.freeze()))
    assert "Resolución de Alcaldía N° 001-2024-PRUEBA del 02/01/2024" in words
    assert "sin resolución registrada" not in words


def test_a_unit_has_a_sheet_of_its_own(office):
    unit = office.poi.activity(0).unit_name
    report_id = office.freeze(kind=ReportKind.UNIT, unit_name=unit)
    paper = reports.load_report_paper(office.db, report_id)
    assert paper.pages == 1
    assert (
        paper.title
        == f"Ficha ejecutiva del POI 2024 al I trimestre (avance a febrero): {unit} (N° 001-2024-OPP/MPP)"
    )
    assert unit in words_of(bytes_of(office, report_id))


def test_the_round_ends_with_the_last_signature(office):
    report_id = office.freeze()
    paper = reports.load_report_paper(office.db, report_id)
    papers.record_ink_signature(
        office.db,
        office.archive,
        **office.who,
        paper_id=paper.id,
        signer_id=paper.signers[0].id,
        expected_version=paper.version,
        signed_on=office.poi.now.date(),
        pages=str(paper.pages),
        scan=scan(),
        note="",
    )
    (line,) = listed(office)
    assert line.state == PaperState.SIGNED.value


def test_annulled_it_stays_in_the_list_and_another_takes_its_place(office):
    report_id = office.freeze()
    paper = reports.load_report_paper(office.db, report_id)
    reports.annul_report(
        office.db,
        **office.who,
        report_id=report_id,
        expected_version=paper.version,
        reason="Faltaba un mes.",
    )
    second = office.freeze()
    lines = listed(office)
    assert [(line.id, line.living) for line in lines] == [(second, True), (report_id, False)]
    assert reports.load_report_paper(office.db, second).edition == 2


def test_each_quarter_and_unit_is_a_paper_of_its_own(office):
    office.freeze()
    unit = office.freeze(kind=ReportKind.UNIT, unit_name=office.poi.activity(0).unit_name)
    assert reports.load_report_paper(office.db, unit).edition == 1
    subjects = {line.subject for line in listed(office)}
    assert len(subjects) == 2


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"quarter": 5}, "quarter_unknown"),
        ({"quarter": 4}, "quarter_not_executed"),
        ({"kind": ReportKind.UNIT, "unit_name": "OFICINA QUE NO EXISTE"}, "unit_unknown"),
        ({"signers": ()}, "author_missing"),
    ],
)
def test_what_cannot_be_reported_is_refused_and_costs_no_number(office, wanted, code):
    with pytest.raises(RuleError) as refused:
        office.freeze(**wanted)
    assert refused.value.code == code
    assert listed(office) == []
    office.freeze()
    assert listed(office)[0].number_text == "001-2024-OPP/MPP"


def test_without_a_series_it_says_what_to_do(poi_office, archive):
    office = ReportsOffice(poi_office, archive)
    with pytest.raises(RuleError) as refused:
        office.freeze()
    assert refused.value.code == "series_missing"


def test_the_same_token_makes_one_report(office):
    first = office.freeze(token="una vez")
    assert office.freeze(token="una vez") == first
    assert len(listed(office)) == 1


def test_a_project_has_no_number_and_says_so(office):
    pdf = reports.preview_report(office.db, plan_id=office.poi.plan, quarter=1, now=office.poi.now)
    words = words_of(pdf)
    assert "PROYECTO" in words
    assert "____-2024-" in words


def test_a_copy_for_work_bears_neither_number_nor_signers(office):
    words = words_of(reports.quarter_pdf(office.db, plan_id=office.poi.plan, quarter=1, now=office.poi.now))
    assert "Informe del POI" in words
    assert "Firmado por" not in words


def test_the_head_of_planning_is_proposed_and_others_may_be_chosen(office):
    day = office.poi.now.date()
    (proposed,) = reports.proposed_signers(office.db, day)
    assert (proposed.name, proposed.role) == (PLANNER, SignerRole.AUTHOR)
    chosen = office.signers(office.manager)
    assert [(one.field, one.name) for one in chosen] == [("VB1", MANAGER), ("AUTOR", PLANNER)]
    assert reports.series_proposal(office.db, day) == ("Informes del POI", "{n:03d}-{year}-OPP/MPP")


def test_charts_are_printed_from_what_is_on_view(office):
    year = reading.load_year(office.db, office.poi.plan)
    for kind in ChartKind:
        pdf = reports.chart_pdf(office.db, year, kind, Scope(), now=office.poi.now)
        assert "POI 2024" in words_of(pdf)


# --- what is exported comes back whole ---


def _as_it_was(year) -> list[ActivityYear]:
    """Activities without what the base gave them."""
    return [
        replace(
            one,
            activity=replace(one.activity, id=0, row_id=0, measure_id=0, version=1, order=place),
            notes=(),
        )
        for place, one in enumerate(year.activities)
    ]


def _imported(db: Database, actor, data: bytes, year: int, until: int):
    now = datetime(year + 1, 1, 5, 10, 0, tzinfo=LIMA)
    result = importing.import_file(db, actor=actor, now=now, year=year, file_name="poi.xlsx", data=data)
    assert result.quarantined == 0
    assert result.rejected == 0
    return reading.load_year(db, result.plan_id)


def test_a_plan_comes_back_whole_from_its_workbook(poi_office, template_base, tmp_path, actor):
    before = reading.load_year(poi_office.db, poi_office.plan)
    data = reports.plan_workbook(poi_office.db, version_id=poi_office.version)
    other = _empty_base(template_base, tmp_path)
    after = _imported(other, actor, data, 2024, 12)
    assert _as_it_was(after) == _as_it_was(before)
    other.close()


def test_the_quarters_table_comes_back_whole(db, template_base, tmp_path, actor, now):
    seed = seed_year()
    office = make_poi(db, actor, now, seed)
    data = reports.report_workbook(db, plan_id=office.plan, quarter=3)
    other = _empty_base(template_base, tmp_path)
    after = _imported(other, actor, data, 2019, 9)
    assert _as_it_was(after) == _as_it_was(reading.load_year(db, office.plan))
    assert sum((one.activity.annual for one in after.activities), Decimal(0)) == 7040
    other.close()


def test_the_table_of_a_quarter_that_is_not_over_comes_back_too(poi_office, template_base, tmp_path, actor):
    """In March the first quarter is told up to February: its sums end there as well."""
    before = reading.load_year(poi_office.db, poi_office.plan)
    assert before.last_executed == 2
    data = reports.report_workbook(poi_office.db, plan_id=poi_office.plan, quarter=1, now=poi_office.now)
    other = _empty_base(template_base, tmp_path)
    after = _imported(other, actor, data, 2024, 2)
    assert [one.executed for one in after.activities] == [one.executed for one in before.activities]
    assert [one.activity.programmed[:2] for one in after.activities] == [
        one.activity.programmed[:2] for one in before.activities
    ]
    other.close()


def test_a_workbook_changes_nothing_where_it_came_from(poi_office):
    poi_office.approve()
    data = reports.plan_workbook(poi_office.db, version_id=poi_office.version)
    result = importing.import_file(
        poi_office.db,
        actor=poi_office.actor,
        now=poi_office.now,
        year=2024,
        file_name="poi.xlsx",
        data=data,
    )
    assert (result.rows, result.unchanged, result.quarantined) == (12, 12, 0)
    assert reading.load_year(poi_office.db, poi_office.plan).poi_version.stage is Stage.APPROVED


def _empty_base(template_base, tmp_path) -> Database:
    path = tmp_path / "otra.db"
    shutil.copyfile(template_base, path)
    return Database.open(path)


def test_a_report_and_what_it_is_about_lead_to_the_plan_of_any_year(office):
    whole = office.freeze()
    unit = reading.load_year(office.db, office.poi.plan).activities[0].activity.unit_name
    office.freeze(kind=ReportKind.UNIT, unit_name=unit)
    abouts = [int(line.subject.partition(":")[2]) for line in listed(office)]
    assert [reports.find_plan_of(office.db, part) for part in (whole, *abouts)] == [office.poi.plan] * 3
    assert reports.find_plan_of(office.db, 999) == 0


def test_its_history_is_told_in_words(office):
    report_id = office.freeze()
    paper = reports.load_report_paper(office.db, report_id)
    reports.annul_report(
        office.db,
        **office.who,
        report_id=report_id,
        expected_version=paper.version,
        reason="Cifra corregida.",
    )
    annulled, emitted = history(office.db, f"poi_report:{report_id}")
    assert (emitted.what, annulled.what) == ("Informe emitido", "Informe anulado")
    assert emitted.summary == "Número: 001-2024-OPP/MPP; Documento: Informe trimestral; Trimestre: I"
    assert annulled.summary == "Motivo: Cifra corregida."


def test_levels_and_less_is_better_come_back_from_the_quarters_table(
    poi_office, template_base, tmp_path, actor
):
    before = reading.load_year(poi_office.db, poi_office.plan)
    level = next(one for one in before.activities if one.activity.goal_kind is GoalKind.STOCK)
    falling = replace(
        level.activity,
        id=0,
        title="Reducir los días de espera",
        direction=Direction.LESS,
        annual=Decimal(12),
        programmed=tuple(Decimal(value) for value in range(23, 11, -1)),
    )
    drafting.save_programme(
        poi_office.db,
        actor=actor,
        now=poi_office.now,
        version_id=poi_office.version,
        changes=(),
        added=[falling],
    )
    data = reports.report_workbook(poi_office.db, plan_id=poi_office.plan, quarter=1)
    other = _empty_base(template_base, tmp_path)
    after = _imported(other, actor, data, 2024, 3)
    told = {one.activity.title: (one.activity.goal_kind, one.activity.direction) for one in after.activities}
    assert told[level.activity.title] == (GoalKind.STOCK, Direction.MORE)
    assert told["Reducir los días de espera"] == (GoalKind.STOCK, Direction.LESS)
    other.close()


def test_a_long_report_tells_its_rows_and_stops_when_asked(office):
    """Stopped before it has its number: nothing is emitted, no number is spent."""
    counts = []
    whole = {"plan_id": office.poi.plan, "quarter": 1, "now": office.poi.now}
    reports.quarter_pdf(office.db, **whole, progress=lambda *told: counts.append(told))
    assert counts[-1] == (12, 12)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        reports.quarter_pdf(office.db, **whole, progress=stop)
    with pytest.raises(Cancelled):
        reports.report_workbook(office.db, **whole, progress=stop)
    with pytest.raises(Cancelled):
        reports.plan_workbook(office.db, version_id=office.poi.version, progress=stop)
    with pytest.raises(Cancelled):
        office.freeze(progress=stop)
    assert listed(office) == []
    office.freeze()
    assert [line.number_text for line in listed(office)] == ["001-2024-OPP/MPP"]
