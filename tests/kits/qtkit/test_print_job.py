"""What comes out of the printer: the chosen pages in order, the right way round, two on a sheet, until stopped."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.leaving import PaperOut
from sisfoh_desktop.documents.rendering import page_count, render_page
from sisfoh_desktop.qtkit import print_job, printers
from sisfoh_desktop.qtkit.pdf_pane import Renderer
from sisfoh_desktop.qtkit.print_job import Printable, PrintJob
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

GREYS = (20, 60, 100, 140, 180)  # of the head of pages 1 to 5; what is below the head is white
_HEAD = 0.2


class Press:
    """Pages whose upper fifth has the grey of their number; `L` in the bytes makes page 2 a lying one."""

    def __init__(self) -> None:
        self.drawn: list[tuple[bytes, int]] = []
        self.before = lambda: None
        self.renderer = Renderer(lambda _pdf: len(GREYS), self.draw)

    def draw(self, pdf: bytes, index: int, scale: float) -> tuple[int, int, bytes]:
        self.before()
        self.drawn.append((pdf, index + 1))
        width, height = (842, 595) if b"L" in pdf and index == 1 else (595, 842)
        width, height = round(width * scale), round(height * scale)
        head = round(height * _HEAD)
        return (
            width,
            height,
            bytes([GREYS[index]]) * (width * head * 3) + b"\xff" * (width * (height - head) * 3),
        )


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def over(qtbot) -> QWidget:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "papel.pdf"))
    made.setResolution(72)
    printers.ask_for_a4(made)
    return made


def doc(pages: tuple[int, ...], pdf: bytes = b"uno", title: str = "Uno") -> Printable:
    return Printable(title, f"{title}.pdf", pdf, pages)


def run(over, tasks, press, printer, documents, **how) -> None:
    PrintJob(over, tasks, press.renderer, printer, documents, **how).start()
    tasks.wait_idle()


def sheets(printer: QPrinter) -> list[tuple[int, int, bytes]]:
    printed = Path(printer.outputFileName()).read_bytes()
    return [render_page(printed, number, 1.0) for number in range(page_count(printed))]


def number_at(sheet: tuple[int, int, bytes], across: float, down: float) -> int:
    """The page whose head lies there; 0 for white."""
    width, height, data = sheet
    red = data[(int(down * height) * width + int(across * width)) * 3]
    near = [number for number, grey in enumerate(GREYS, 1) if abs(grey - red) <= 12]
    assert near or red > 240, red
    return near[0] if near else 0


def heads(printer: QPrinter) -> list[int]:
    return [number_at(sheet, 0.5, 0.1) for sheet in sheets(printer)]


def said(over: QWidget) -> str:
    return " ".join(label.text() for label in over.findChildren(QLabel))


def test_the_chosen_pages_of_each_document_come_out_in_their_order(over, tasks, press, printer):
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)
    run(over, tasks, press, printer, [doc((1, 2, 4)), doc((5,), b"dos", "Dos")])
    assert heads(printer) == [1, 2, 4, 5]
    assert [sheet[:2] for sheet in sheets(printer)] == [(595, 842)] * 4
    assert [(one.title, one.page_range, one.pages, one.copies) for one in left] == [
        ("Uno", "1 a 2, 4", 3, 1),
        ("Dos", "5", 1, 1),
    ]
    assert "Se enviaron 2 documentos (4 páginas) a la impresora." in said(over)


def test_copies_come_one_whole_after_another(over, tasks, press, printer):
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)
    run(over, tasks, press, printer, [doc((1, 2))], copies=3)
    assert heads(printer) == [1, 2] * 3
    assert [(one.pages, one.copies) for one in left] == [(2, 3)]


def test_a_lying_page_gets_a_lying_sheet_and_fills_it(over, tasks, press, printer):
    run(over, tasks, press, printer, [doc((1, 2, 3), b"L")])
    out = sheets(printer)
    assert [sheet[:2] for sheet in out] == [(595, 842), (842, 595), (595, 842)]
    for sheet, number in zip(out, (1, 2, 3), strict=True):
        for across in (0.02, 0.98):
            assert number_at(sheet, across, 0.02) == number
            assert number_at(sheet, across, 0.9) == 0


def test_two_standing_pages_lie_side_by_side_upright(over, tasks, press, printer):
    run(over, tasks, press, printer, [doc((1, 2, 3))], two_up=True)
    first, second = sheets(printer)
    assert first[:2] == second[:2] == (842, 595)
    assert [number_at(first, across, 0.1) for across in (0.03, 0.47, 0.53, 0.97)] == [1, 1, 2, 2]
    assert [number_at(first, across, 0.5) for across in (0.25, 0.75)] == [0, 0]
    assert [number_at(second, across, 0.1) for across in (0.25, 0.75)] == [3, 0]


def test_two_on_a_sheet_keep_lying_pages_apart_from_standing_ones(over, tasks, press, printer):
    run(over, tasks, press, printer, [doc((1, 2, 3), b"L")], two_up=True)
    out = sheets(printer)
    assert [sheet[:2] for sheet in out] == [(842, 595), (595, 842), (842, 595)]
    assert number_at(out[1], 0.5, 0.05) == 2
    assert number_at(out[1], 0.5, 0.55) == 0


def test_slips_of_one_page_share_a_sheet_but_longer_papers_do_not(over, tasks, press, printer):
    slips = [doc((1,)), doc((2,)), doc((3, 4, 5)), doc((1,))]
    run(over, tasks, press, printer, slips, two_up=True)
    told = [tuple(number_at(sheet, across, 0.1) for across in (0.25, 0.75)) for sheet in sheets(printer)]
    assert told == [(1, 2), (3, 4), (5, 0), (1, 0)]


def test_each_copy_of_two_on_a_sheet_begins_its_own(over, tasks, press, printer):
    run(over, tasks, press, printer, [doc((1,))], two_up=True, copies=2)
    assert [number_at(sheet, 0.75, 0.1) for sheet in sheets(printer)] == [0, 0]


def test_cancelling_stops_and_says_what_came_out(over, tasks, press, printer):
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)
    ended: list[bool] = []
    job = PrintJob(
        over, tasks, press.renderer, printer, [doc((1, 2, 3, 4, 5))], on_end=lambda: ended.append(True)
    )

    def stop() -> None:
        if len(press.drawn) == 2:  # while the third is being drawn
            over.findChild(ProgressDialog).cancel_button.click()

    told = job._progress.tell
    job._progress.tell = lambda done, total: (told(done, total), stop())
    job.start()
    tasks.wait_idle()
    assert ended == [True]
    assert "después de 2 hojas" in said(over)
    assert [one.page_range for one in left] == ["1 a 2"]
    assert [number for _pdf, number in press.drawn] == [1, 2]


def test_cancelled_before_the_first_sheet_nothing_leaves(over, tasks, press, printer):
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)
    job = PrintJob(over, tasks, press.renderer, printer, [doc((1, 2))])
    job._progress.cancel()
    job.start()
    tasks.wait_idle()
    assert left == []
    assert not Path(printer.outputFileName()).exists()
    assert "no salió ninguna hoja" in said(over)


def test_a_page_that_cannot_be_drawn_is_said_and_ends_the_job(over, tasks, press, printer, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(print_job, "show_error", lambda _over, sentence, *_more: told.append(sentence))
    ended: list[bool] = []

    def break_on_second() -> None:
        if press.drawn:
            raise FileFailed("El documento está dañado.")

    press.before = break_on_second
    run(over, tasks, press, printer, [doc((1, 2))], on_end=lambda: ended.append(True))
    assert told == ["El documento está dañado."]
    assert ended == [True]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_said(over, tasks, press, printer, tmp_path, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(print_job, "show_error", lambda _over, sentence, *_more: told.append(sentence))
    printer.setOutputFileName(str(tmp_path / "no" / "hay" / "papel.pdf"))
    run(over, tasks, press, printer, [doc((1, 2))])
    assert told
    assert "no se imprimió nada" in told[0]
