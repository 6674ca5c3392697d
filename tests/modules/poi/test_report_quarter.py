"""The quarter's report on paper: what departs first, the seed's table with its totals, the sheet of a unit, charts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from poi_reports import words_of
from poi_seed import seed_year

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.signature_zone import SignatureSlot
from sisfoh_desktop.modules.poi.report.chart_paper import chart_paper_pdf
from sisfoh_desktop.modules.poi.report.quarter_report import quarter_report_pdf
from sisfoh_desktop.modules.poi.report.unit_sheet import unit_sheet_pdf
from sisfoh_desktop.modules.poi.rules.by_measure import measure_keys
from sisfoh_desktop.modules.poi.rules.charts import Scope, cumulative, heat_map, month_series
from sisfoh_desktop.modules.poi.rules.facts import Execution, MonthState, PoiYear
from sisfoh_desktop.modules.poi.rules.reports import ChartKind, report_of, reported_until

HEAD = Letterhead("MUNICIPALIDAD DE PRUEBA", "Oficina de Planeamiento")
SLOTS = (
    SignatureSlot("VB1", "visto_bueno", "GERENTE PRUEBA", "Gerente", "GERENCIA"),
    SignatureSlot("AUTOR", "author", "JEFA PRUEBA", "Jefa", "PLANEAMIENTO"),
)
WORST = "GESTIONAR EL TRANSITO AL NUEVO REGIMEN DEL SERVICIO CIVIL"
UNIT = "GERENCIA DE RECURSOS HUMANOS"
MOTIVES = {"staff": "Falta de personal"}


def report(year: PoiYear | None = None, quarter: int = 3, **more):
    return report_of(year or seed_year(), quarter, dated=date(2019, 10, 15), motives=MOTIVES, **more)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [
        " ".join(page.get_textpage().get_text_bounded().split()).replace("\u00a0", " ") for page in document
    ]
    document.close()
    return pages


def size_of(pdf: bytes) -> tuple[int, int]:
    document = pypdfium2.PdfDocument(pdf)
    size = document[0].get_size()
    document.close()
    return round(size[0]), round(size[1])


@pytest.fixture(scope="module")
def seed_pages() -> list[str]:
    return pages_of(
        quarter_report_pdf(report(number="003-2019-OPP/MPP", place="Prueba"), HEAD, slots=SLOTS).pdf
    )


def test_the_thirteen_that_depart_stand_on_the_first_page_the_worst_first(seed_pages):
    first = seed_pages[0]
    assert "PLAN OPERATIVO INSTITUCIONAL 2019 - EJECUCIÓN AL III TRIMESTRE" in first
    assert "INFORME N° 003-2019-OPP/MPP, Prueba, 15 de octubre de 2019" in first
    assert "POI aprobado, sin resolución registrada" in first
    assert "Actividades que se apartan de lo programado: 13 de 90. 9 por debajo y 4 por encima." in first
    assert "Las otras 77 están como se programó." in first
    assert f"1 {UNIT} {WORST} DOCUMENTOS 6 0 −6 0.0 % ■ Crítico" in first
    assert "115.3 % ◊ Exceso" in first
    assert "13 OFICINA DE CALIDAD DE DATOS" in first


def test_the_table_ends_in_the_totals_of_the_seed(seed_pages):
    last = next(page for page in seed_pages if "TOTAL (suma de unidades distintas)" in page)
    figures = last[last.index("TOTAL (suma") :]
    assert " 7 040 " in figures
    assert "1 726 1 722 1 745 1 745 1 747 1 761" in figures


def test_heads_and_the_unit_stand_again_on_every_page_of_the_table(seed_pages):
    pages = [page for page in seed_pages if "PROGRAMADO" in page]
    assert len(pages) > 3
    assert all("UNIDAD ORGÁNICA" in page and "META ANUAL" in page for page in pages)
    assert sum("(continuación)" in page for page in pages) >= 2


def test_sums_are_only_of_the_same_unit_of_measure(seed_pages):
    told = " ".join(seed_pages)
    assert "ACCIONES 80 6 632 4 914 4 930" in told
    assert "DOCUMENTOS 1 7 6 0 0.0 %" in told
    assert "GERENCIA DE RECURSOS HUMANOS 8 1 1 6 — 3 5 de 8" in told


def test_both_signers_stand_on_the_last_page(seed_pages):
    assert "JEFA PRUEBA" in seed_pages[-1]
    assert "GERENTE PRUEBA" in seed_pages[-1]
    built = quarter_report_pdf(report(), HEAD, slots=SLOTS)
    assert {box.page for box in built.boxes.values()} == {built.pages - 1}


def test_three_quarters_fit_on_a4_and_four_take_an_a3():
    assert size_of(quarter_report_pdf(report(), HEAD).pdf) == (842, 595)
    over = report_of(seed_year(), 4, dated=date(2020, 2, 1), motives=MOTIVES)
    assert size_of(quarter_report_pdf(over, HEAD).pdf) == (1191, 842)


def test_the_same_report_gives_the_same_bytes():
    assert quarter_report_pdf(report(), HEAD).pdf == quarter_report_pdf(report(), HEAD).pdf


def test_motives_and_what_is_still_to_be_told_are_printed():
    def told(one):
        if one.activity.title == WORST:
            note = Execution(one.activity.id, 6, motive="staff", corrective="Contratar en octubre.")
            return replace(one, notes=(note,))
        if one.activity.id == 10:
            return replace(one, executed=(*one.executed[:7], None, None, *one.executed[9:]))
        return one

    seed = seed_year()
    year = replace(
        seed,
        activities=tuple(map(told, seed.activities)),
        months=tuple(
            replace(month, closed_at=None) if month.month > 7 else _closed(month) for month in seed.months
        ),
    )
    first = pages_of(quarter_report_pdf(report(year), HEAD).pdf)[0]
    assert "Junio: Falta de personal. Medida: Contratar en octubre." in " ".join(first.split())
    assert "Falta registrar agosto y setiembre." in first
    assert "Meses sin cerrar: agosto y setiembre" in first
    assert "con registro pendiente" in first


def _closed(month: MonthState) -> MonthState:
    from datetime import datetime

    from sisfoh_desktop.basics.clock import LIMA

    return replace(month, closed_at=datetime(2019, 9, 20, tzinfo=LIMA))


def told_until(month: int) -> PoiYear:
    """The seed with nothing told or closed after a month."""
    seed = seed_year()
    return replace(
        seed,
        activities=tuple(
            replace(one, executed=(*one.executed[:month], *(None,) * (12 - month))) for one in seed.activities
        ),
        months=tuple(
            replace(one, closed_at=None) if one.month > month else _closed(one) for one in seed.months
        ),
    )


def test_a_month_in_its_term_or_not_begun_is_not_owed():
    in_august = report_of(told_until(7), 3, dated=date(2019, 8, 25), motives=MOTIVES)
    assert in_august.table.until == 7
    first = pages_of(quarter_report_pdf(in_august, HEAD).pdf)[0]
    assert "EJECUCIÓN AL III TRIMESTRE (AVANCE A JULIO)" in first
    assert "Corte: 31/07/2019." in first
    assert "Fuera del corte: agosto está en plazo hasta el 20/09/2019; setiembre aún no empieza." in first
    assert "pendiente" not in first.lower()
    sheet = words_of(unit_sheet_pdf(replace(in_august, unit_name=UNIT), HEAD).pdf)
    assert "Fuera del corte: agosto está en plazo" in sheet


def test_a_month_that_is_overdue_is_owed_and_told():
    late = report_of(told_until(7), 3, dated=date(2019, 9, 25), motives=MOTIVES)
    assert late.table.until == 8
    first = pages_of(quarter_report_pdf(late, HEAD).pdf)[0]
    assert "con registro pendiente" in first
    assert "Falta registrar agosto." in first
    assert "Fuera del corte: setiembre está en plazo hasta el 20/10/2019." in first


@pytest.mark.parametrize(
    ("told", "day", "until"),
    [
        (9, date(2019, 8, 1), 9),  # told before its time: it counts
        (7, date(2019, 9, 20), 7),  # the last day of August's term
        (7, date(2019, 9, 21), 8),
        (7, date(2020, 1, 2), 9),
        (0, date(2019, 1, 5), 1),
    ],
)
def test_a_report_reaches_as_far_as_is_told_or_overdue(told, day, until):
    assert reported_until(told_until(told), 3, day) == until


def test_a_quarter_that_is_over_reaches_its_end():
    assert reported_until(seed_year(), 3, date(2019, 10, 15)) == 9
    assert reported_until(seed_year(), 1, date(2019, 10, 15)) == 3


def test_a_year_as_programmed_says_so():
    seed = seed_year()
    year = replace(
        seed,
        activities=tuple(replace(one, executed=one.activity.programmed) for one in seed.activities),
    )
    first = pages_of(quarter_report_pdf(report(year), HEAD).pdf)[0]
    assert "0 de 90. Todas las actividades ejecutaron lo programado al corte." in first


def test_long_texts_and_large_figures_are_printed_whole():
    seed = seed_year()
    long = " ".join(f"palabra{number}" for number in range(400))
    one = seed.activities[0]
    many = replace(
        one,
        activity=replace(
            one.activity,
            title=long,
            unit_name="<b>UNIDAD & OTRA</b>",
            measure="SUPERCALIFRAGILISTICOS" * 3,
            annual=Decimal("987654321.1234"),
            programmed=(Decimal("123456789.5"),) * 12,
        ),
        executed=(Decimal("123456789.5"),) * 12,
    )
    told = " ".join(
        pages_of(quarter_report_pdf(report(replace(seed, activities=(many, *seed.activities[1:]))), HEAD).pdf)
    )
    assert "palabra0" in told
    assert "palabra399" in told
    assert "<b>UNIDAD & OTRA</b>" in told
    assert "987 654 321.1234" in told


def test_a_sheet_is_one_page_however_much_there_is_to_tell():
    built = unit_sheet_pdf(report(unit_name=UNIT, number="004-2019-OPP/MPP"), HEAD, slots=SLOTS)
    assert built.pages == 1
    words = words_of(built.pdf)
    assert "FICHA EJECUTIVA DEL POI 2019 AL III TRIMESTRE" in words
    assert "5 de 8" in words
    assert "0 de 6 documentos" in words
    assert "■ 0 %" in words
    assert "Sin motivo registrado." in words
    seed = seed_year()
    crowded = replace(
        seed,
        activities=tuple(
            replace(one, activity=replace(one.activity, unit_name=UNIT)) for one in seed.activities
        ),
    )
    full = unit_sheet_pdf(report(crowded, unit_name=UNIT), HEAD, slots=SLOTS)
    assert full.pages == 1
    assert "actividades más en el informe del trimestre" in words_of(full.pdf)


def test_charts_tell_figures_words_and_version():
    year = seed_year()
    actions = Scope(measure=measure_keys(year)[0])
    bars = words_of(chart_paper_pdf(year, ChartKind.MONTHS, month_series(year, actions), HEAD).pdf)
    assert "PROGRAMADO Y EJECUTADO POR MES, POI 2019" in bars
    assert "en ACCIONES. POI aprobado, sin resolución registrada." in bars
    assert "534" in bars
    lines = words_of(chart_paper_pdf(year, ChartKind.CUMULATIVE, cumulative(year, Scope()), HEAD).pdf)
    assert "% de la meta anual" in lines
    assert "Ejecutado 72.8 %" in lines
    heat = words_of(chart_paper_pdf(year, ChartKind.HEAT, heat_map(year, Scope()), HEAD).pdf)
    assert "ORGANO DE CONTROL INSTITUCIONAL" in heat
    assert "■ 50 %" in heat


def test_charts_of_nothing_are_drawn_too():
    seed = seed_year()
    year = replace(
        seed,
        activities=tuple(
            replace(one, activity=replace(one.activity, programmed=(None,) * 12), executed=(None,) * 12)
            for one in seed.activities
        ),
    )
    for kind, shown in (
        (ChartKind.MONTHS, month_series(year, Scope())),
        (ChartKind.CUMULATIVE, cumulative(year, Scope())),
        (ChartKind.HEAT, heat_map(year, Scope())),
    ):
        assert "POI 2019" in words_of(chart_paper_pdf(year, kind, shown, HEAD).pdf)


@pytest.mark.parametrize(
    ("more", "code"), [({"quarter": 0}, "quarter_unknown"), ({"unit_name": "NINGUNA"}, "unit_unknown")]
)
def test_what_is_no_quarter_or_unit_is_refused(more, code):
    with pytest.raises(RuleError) as refused:
        report(**more)
    assert refused.value.code == code


def test_a_plan_without_activities_is_not_reported():
    with pytest.raises(RuleError) as refused:
        report(replace(seed_year(), activities=()))
    assert refused.value.code == "report_empty"


def test_no_figure_is_broken_in_two_and_no_quarter_goes_without_its_head():
    seed = seed_year()
    big = replace(
        seed.activities[0],
        activity=replace(seed.activities[0].activity, programmed=(Decimal("1234567.5"),) * 12),
        executed=(Decimal("1234560.25"),) * 12,
    )
    pages = pages_of(
        quarter_report_pdf(report(replace(seed, activities=(big, *seed.activities[1:]))), HEAD).pdf
    )
    first = pages[0]
    assert "11 111 107.5 11 111 042.25 −65.25" in first
    table = next(page for page in pages if "PROGRAMADO" in page)
    assert all(f"{number} TRIM" in table for number in ("I", "II", "III"))


def test_what_is_owed_and_still_in_its_term_says_until_when():
    """August was told by all but one, and is due on the 20th of September."""
    year = replace(told_until(8), months=told_until(7).months)
    late = replace(year.activities[4], executed=(*year.activities[4].executed[:7], *(None,) * 5))
    activities = (*year.activities[:4], late, *year.activities[5:])
    told = report_of(replace(year, activities=activities), 3, dated=date(2019, 9, 10), motives=MOTIVES)
    first = pages_of(quarter_report_pdf(told, HEAD).pdf)[0]
    assert "Falta registrar agosto (en plazo hasta el 20/09/2019)." in first


def test_a_map_says_what_its_cells_and_signs_mean():
    year = seed_year()
    words = words_of(chart_paper_pdf(year, ChartKind.HEAT, heat_map(year, Scope()), HEAD).pdf)
    assert "Cada casilla: de las actividades que la unidad tenía en el mes, las que cumplió." in words
    assert "■ Crítico" in words
    assert "● Conforme" in words
    one = words_of(chart_paper_pdf(year, ChartKind.HEAT, heat_map(year, Scope(unit_name=UNIT)), HEAD).pdf)
    assert "Cada casilla: lo ejecutado en el mes, de lo programado en él." in one


def test_the_sheet_of_a_unit_tells_a_name_of_two_lines_whole():
    words = words_of(unit_sheet_pdf(report(unit_name="JEFATURA SAT"), HEAD).pdf)
    assert "GESTIONAR LA IMPLEMENTACIÓN DEL SISTEMA DE CONTROL INTERNO" in words


def test_the_foot_of_a_narrow_page_names_the_version_without_its_resolution():
    seed = seed_year()
    version = replace(seed.poi_version, document="Resolución de Gerencia Municipal N° 237-2019-GM/MPT")
    words = words_of(unit_sheet_pdf(report(replace(seed, poi_version=version), unit_name=UNIT), HEAD).pdf)
    assert words.count("Resolución de Gerencia Municipal N° 237-2019-GM/MPT") == 1
