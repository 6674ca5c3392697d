"""Practice cannot be taken for the real office: how one gets there, what it wears, what stays as it was."""

import ast
import io
import shutil
from datetime import date
from pathlib import Path

import sisfoh_desktop
from sisfoh_desktop.app import access_keeping, wiring
from sisfoh_desktop.modules.kardex.service import actas, catalogue
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.poi.service import plans, reports
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS
from sisfoh_desktop.qtkit.theme import theme

MODULES = Path(sisfoh_desktop.__file__).parent / "modules"


def test_the_example_opens_practice_in_its_own_dress_and_the_own_base_stays(
    make_window, settings, template_base, practice, own_folder, settle, tmp_path
):
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    shutil.copytree(practice.parent, own_folder / "practica", dirs_exist_ok=True)
    settings.database = str(path)
    window = make_window()
    settle()
    assert not window.desk.practice
    plain = theme().tokens.accent
    window.desk.see_example()
    settle()
    assert window.desk.practice
    assert window.desk.db.path == own_folder / "practica" / wiring.PRACTICE_BASE
    assert window.desk.archive.folder == own_folder / "practica" / "archivo"
    assert PRACTICE_WORDS in window.windowTitle()
    assert window.status_line.mode.text() == PRACTICE_WORDS
    assert not window._practice_label.isHidden()
    assert theme().tokens.accent != plain
    assert settings.database == str(path), "the next start is on the office's own base"
    assert window.desk.see_example is None


def test_every_paper_says_what_it_is_worth():
    """Each paper asks for its watermark, which in practice says that it is worth nothing."""
    without = []
    for path in sorted(MODULES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PaperFormat":
                named = {keyword.arg for keyword in node.keywords}
                if not named & {"watermark", None}:
                    without.append(f"{path.relative_to(MODULES)}:{node.lineno}")
    assert not without


def test_every_workbook_asks_what_it_is_worth():
    """Each maker of a workbook is told the mark of practice."""
    without = []
    for path in sorted(Path(sisfoh_desktop.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            makes = getattr(node.func, "id", "") in ("table_workbook", "live_workbook")
            if makes and "mark" not in {keyword.arg for keyword in node.keywords}:
                without.append(f"{path.name}:{node.lineno}")
    assert not without


def test_the_workbooks_of_practice_say_it_on_the_screen_and_on_paper(practice_desk, tmp_path):
    from openpyxl import load_workbook

    db, target = practice_desk.db, tmp_path / "lista.xlsx"
    campaign = catalogue.list_campaigns(db)[0].id
    plan = plans.list_plans(db)[0]
    series = papers.list_series(db)[0]
    matrix = responsibilities.list_matrices(db)[0]
    access_keeping.export_noted(practice_desk, target, "Lista", ["N°"], [["1"]])
    made = {
        "kardex": actas.stock_workbook(db, campaign),
        "custodia": actas.custody_workbook(db, campaign, date(2024, 3, 8)),
        "poi": reports.report_workbook(db, plan_id=plan.id, quarter=1),
        "matriz": responsibilities.matrix_workbook(db, matrix.id, date(2024, 3, 8)),
        "papeles": papers.numbers_workbook(db, series_id=series.id, year=2024),
        "lista": target.read_bytes(),
    }
    for name, data in made.items():
        for sheet in load_workbook(io.BytesIO(data)).worksheets:
            assert sheet.oddHeader.center.text == PRACTICE_WORDS, name
            assert sheet.sheet_properties.tabColor is not None, name
        first = load_workbook(io.BytesIO(data)).worksheets[0]
        shown = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
        assert any(one.startswith(PRACTICE_WORDS) for one in shown), name


def test_the_workbooks_of_the_office_carry_no_mark(desk, tmp_path):
    from openpyxl import load_workbook

    access_keeping.export_noted(desk, tmp_path / "lista.xlsx", "Lista", ["N°"], [["1"]])
    sheet = load_workbook(tmp_path / "lista.xlsx").active
    assert list(sheet.values) == [("N°",), ("1",)]
    assert sheet.oddHeader.center.text is None
