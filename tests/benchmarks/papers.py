"""Papers: the resolución with its annex and the POI's table of 90 rows against WeasyPrint and LibreOffice, and a paper
of 1 000 pages against one of 100.

The other engines get the same words as HTML, the annex as a table of three columns; either may be missing.
"""

import html
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from measuring import Line, Measure, in_turn, line, median, timed, told_by

sys.path.insert(0, str(Path(__file__).parents[1]))  # the seed's table as the tests read it

from poi_seed import seed_year

from sisfoh_desktop.app.practice import create_practice
from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import BuiltPaper, build_paper
from sisfoh_desktop.modules.poi.report.quarter_grid import QuarterGrid
from sisfoh_desktop.modules.poi.report.quarter_report import paper_format
from sisfoh_desktop.modules.poi.rules.reports import QuarterReport, report_of
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.responsibilities import service as responsibilities

_WEASYPRINT = """
import sys, time
from weasyprint import HTML
for asked in sys.stdin:
    start = time.perf_counter()
    HTML(filename=sys.argv[1]).write_pdf()
    print((time.perf_counter() - start) * 1000, flush=True)
"""
_LONG_PAPER = """
import json, sys, time, tracemalloc
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.tables import Column, ruled_table
columns = [Column(name) for name in ("FECHA", "DOCUMENTO", "DEL", "AL", "INGRESO", "SALDO", "RESPONSABLE")]
def paper(rows):
    lines = [("08/03/2024", f"CARGO {n:05d}", f"{n:08d}", f"{n + 49:08d}", "50", str(n), "PERSONA DE PRUEBA")
             for n in range(rows)]
    page = PaperFormat(Letterhead("Municipalidad de Prueba"), "Kardex", "ULE", foot_number="KARDEX 2024")
    return build_paper([ruled_table(columns, lines, font_size=8)], page)
paper(100)
if len(sys.argv) == 3:
    tracemalloc.start()
start = time.perf_counter()
pages = paper(int(sys.argv[1])).pages
print(json.dumps({"pages": pages, "ms": (time.perf_counter() - start) * 1000 / pages,
                  "kib": tracemalloc.get_traced_memory()[1] / 1024 / pages}))
"""
_ROWS_A_PAGE = 27  # the last column takes two lines
_STYLE = (
    "<style>@page{size:A4;margin:25mm}body{font:10pt 'Liberation Sans',sans-serif}p{text-align:justify}"
    "table{border-collapse:collapse;width:100%}td{border:0.5pt solid;padding:2pt;vertical-align:top}</style>"
)


def measure(rounds: int) -> list[Line]:
    """Both budgets of the peers for either paper, and the two of the long paper."""
    with tempfile.TemporaryDirectory() as folder:
        lines = _resolucion(Path(folder), rounds) + _quarter_table(Path(folder), rounds)
    sizes = [str(pages * _ROWS_A_PAGE) for pages in (1000, 100)]
    times = in_turn(max(2, rounds // 3), *((lambda rows=rows: told_by(_LONG_PAPER, rows)) for rows in sizes))
    memory = tuple([told_by(_LONG_PAPER, rows, "memory")] for rows in sizes)  # traced: always the same
    long, short = (f"de {median(results, 'pages'):.0f} páginas" for results in times)
    lines.append(line(times, f"papel {long}, tiempo por página", f"el {short}", 1.2))
    lines.append(line(memory, f"papel {long}, memoria por página", f"el {short}", 1.2, "kib", "KiB"))
    return lines


def _resolucion(folder: Path, rounds: int) -> list[Line]:
    db = Database.open(create_practice(folder / "oficina").base)
    resolucion = resoluciones.load_resolucion(db, resoluciones.list_resoluciones(db)[0].id)
    page = folder / "resolucion.html"
    page.write_text(_same_words(db, resoluciones.preview_pdf(db, resolucion)), encoding="utf-8")
    what = "resolución con anexo a PDF, lectura de la base incluida"
    lines = _against(what, timed(lambda: resoluciones.preview_pdf(db, resolucion)), page, rounds, 0.4)
    db.close()
    return lines


def _quarter_table(folder: Path, rounds: int) -> list[Line]:
    """The seed's table at its third quarter, 90 rows of 29 columns, alone on its pages."""
    report = report_of(seed_year(), 3, dated=date(2019, 10, 15), motives={})

    def ours() -> BuiltPaper:
        grid, sheet = QuarterGrid.of(report.table)
        head = Letterhead("Municipalidad de Prueba")
        return build_paper([grid], paper_format(report, head, legend="", watermark="", sheet=sheet))

    page = folder / "trimestre.html"
    page.write_text(_table_words(report), encoding="utf-8")
    return _against("cuadro del POI de 90 filas a PDF", timed(ours), page, rounds, 0.1)


def _table_words(report: QuarterReport) -> str:
    cells = ""
    for row in report.table.rows:
        told, figures = row.row.activity, row.figures
        pairs = [value for one in figures.quarters for value in (one.programmed, one.executed)]
        values = [figures.annual, *figures.programmed, *figures.executed, *pairs]
        texts = [told.unit_name, told.category, told.title, told.measure, *map(format_quantity, values)]
        cells += "<tr>" + "".join(f"<td>{html.escape(text)}" for text in texts)
    style = _STYLE.replace("size:A4", "size:A4 landscape").replace("10pt", "6pt")
    heads = "".join(f"<th>{number}" for number in range(1, 30))
    return f"<meta charset=utf-8>{style}<table><thead><tr>{heads}</thead>{cells}</table>"


def _against(what: str, ours: Measure, page: Path, rounds: int, weasyprint_budget: float) -> list[Line]:
    lines = []
    peers = {"WeasyPrint": (weasyprint_budget, _weasyprint(page)), "LibreOffice": (0.2, _libreoffice(page))}
    for name, (budget, peer) in peers.items():
        if peer is None:
            lines.append(Line(what, name, budget))
        else:
            lines.append(line(in_turn(rounds, ours, peer), what, name, budget))
    return lines


def _same_words(db: Database, pdf: bytes) -> str:
    """The text of our own paper, six lines a paragraph, and the annex as a table."""
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    rows = text.rpartition("ANEXO N° 01")[0].splitlines()
    story = ["\n".join(rows[first : first + 6]) for first in range(0, len(rows), 6)]
    matrix = responsibilities.load_matrix(
        db, responsibilities.list_matrices(db)[0].id, SystemClock().now().date()
    )
    table = ""
    for unit in matrix.units:
        duties = "<br>".join(html.escape(f"{duty.letter}. {duty.text}") for duty in unit.duties)
        table += f"<tr><td>{unit.number}<td>{html.escape(unit.label)}<td>{duties}"
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in [*story, matrix.title, matrix.intro])
    return f"<meta charset=utf-8>{_STYLE}{paragraphs}<table>{table}</table>"


def _weasyprint(page: Path) -> Measure | None:
    """In a process that stays, so that its imports do not count."""
    python = os.environ.get("WEASYPRINT_PYTHON") or (sys.executable if find_spec("weasyprint") else "")
    if not python:
        return None
    command, pipe = [python, "-c", _WEASYPRINT, str(page)], subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8", bufsize=1)
    asked, told = process.stdin, process.stdout
    assert asked is not None
    assert told is not None
    return lambda: {"ms": float(told.readline() if asked.write("\n") else 0)}


def _libreoffice(page: Path) -> Measure | None:
    soffice = shutil.which("soffice")
    if soffice is None:
        return None
    command = [soffice, "--headless", f"-env:UserInstallation={(page.parent / 'perfil').as_uri()}"]
    command += ["--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(page.parent), str(page)]
    return timed(lambda: subprocess.run(command, check=True, capture_output=True))
