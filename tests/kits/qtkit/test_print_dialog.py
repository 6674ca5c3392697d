"""How to print is asked once: printer of last time, checked pages, copies, A4; and which papers of a list."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.basics.leaving import PaperOut
from sisfoh_desktop.qtkit import print_dialog, print_many, printers
from sisfoh_desktop.qtkit.pdf_pane import Renderer
from sisfoh_desktop.qtkit.print_dialog import PrintDialog
from sisfoh_desktop.qtkit.print_many import ManyItem, PrintManyDialog, pages_within


@pytest.fixture(autouse=True)
def two_printers(monkeypatch, tmp_path: Path) -> Path:
    """Two printers that write PDF files, and a folder of this PC."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    monkeypatch.setattr(printers, "printer_names", lambda: ["Mesa de partes", "Gerencia"])
    usual = staticmethod(lambda: "")  # whatever this PC has
    monkeypatch.setattr(printers.QPrinterInfo, "defaultPrinterName", usual)

    def made(name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "papel.pdf"))
        printer.setResolution(72)
        printers.ask_for_a4(printer)
        monkeypatch.setattr(type(printer), "printerName", lambda _self: name)
        return printer

    monkeypatch.setattr(printers, "printer_for_a4", made)
    return tmp_path / "papel.pdf"


def shown(qtbot, dialog: PrintDialog) -> PrintDialog:
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_the_printer_of_the_last_paper_of_the_kind_is_proposed(qtbot, monkeypatch):
    assert PrintDialog("resolucion", pages=3).printer.value() == "Mesa de partes"
    dialog = PrintDialog("resolucion", pages=3)
    dialog.printer.set_value("Gerencia")
    monkeypatch.setattr(
        PrintDialog,
        "exec",
        lambda self: (self.submit() and QDialog.DialogCode.Accepted) or QDialog.DialogCode.Rejected,
    )
    choice = dialog.ask_choice()
    assert choice is not None
    assert (choice.pages, choice.copies, choice.two_up) == ("", 1, False)
    assert PrintDialog("resolucion", pages=3).printer.value() == "Gerencia"
    assert PrintDialog("cargo", pages=3).printer.value() == "Mesa de partes"


@pytest.mark.parametrize("damaged", ["{", "[]", '{"cargo": 7}', "\0" * 30])
def test_a_damaged_memory_costs_only_the_comfort(tmp_path, damaged):
    folder = tmp_path / "datos"
    folder.mkdir()
    (folder / printers.FILE_NAME).write_text(damaged, encoding="utf-8")
    assert printers.usual_printer("cargo") == "Mesa de partes"
    printers.remember_printer("cargo", "Gerencia")
    assert json.loads((folder / printers.FILE_NAME).read_text(encoding="utf-8"))["cargo"] == "Gerencia"


def test_a_printer_that_was_taken_away_is_not_proposed(monkeypatch):
    printers.remember_printer("cargo", "Gerencia")
    monkeypatch.setattr(printers, "printer_names", lambda: ["Otra"])
    assert printers.usual_printer("cargo") == "Otra"


@pytest.mark.parametrize(("typed", "said"), [("3-1", "1-3, 5"), ("9", "termina en la página 3")])
def test_pages_that_are_not_there_keep_the_dialog_open(qtbot, typed, said):
    dialog = shown(qtbot, PrintDialog("cargo", pages=3))
    dialog.pages.set_value(typed)
    dialog.primary_button.click()
    assert dialog.isVisible()
    assert said in dialog.pages.error
    assert dialog.pages.value() == typed


def test_without_a_printer_it_says_what_to_do(qtbot, monkeypatch):
    monkeypatch.setattr(printers, "printer_names", list)
    dialog = shown(qtbot, PrintDialog("cargo", pages=3))
    assert "ninguna impresora" in dialog.banner.label.text()
    assert not dialog.primary_button.isEnabled()


@pytest.mark.parametrize(
    ("usual", "offered", "said"),
    [
        ("A4", ("A4", "Letter"), ""),
        ("Letter", ("A4", "Letter"), "está puesta en Carta. Se le pedirá A4"),
        ("Letter", ("Letter",), "no ofrece A4"),
    ],
)
def test_a_printer_with_letter_paper_is_told(qtbot, monkeypatch, usual, offered, said):
    size = QPageSize.PageSizeId
    known = [QPageSize(getattr(size, one)) for one in offered]
    info = SimpleNamespace(  # what the system says of a printer
        isNull=lambda: False,
        defaultPageSize=lambda: QPageSize(getattr(size, usual)),
        supportedPageSizes=lambda: known,
    )
    monkeypatch.setattr(printers.QPrinterInfo, "printerInfo", staticmethod(lambda _name: info))
    dialog = shown(qtbot, PrintDialog("cargo", pages=3))
    assert dialog.warning.isVisible() is bool(said)
    assert said in dialog.warning.text()


def test_paper_that_was_set_to_letter_is_asked_about(qtbot, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(print_dialog, "ask", lambda _over, _title, question, _button: asked.append(question))
    dialog = shown(qtbot, PrintDialog("cargo", pages=3))
    dialog._ready_printer().setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    dialog.primary_button.click()
    assert dialog.choice is None
    assert "saldrían reducidos" in asked[0]


def many(tmp_path: Path) -> list[ManyItem]:
    return [
        ManyItem(f"Cargo {number}", f"{number}.pdf", lambda number=number: bytes([number]), number in (2, 3))
        for number in (1, 2, 3)
    ]


def test_the_ticked_papers_are_counted_and_none_is_refused(qtbot, tmp_path):
    dialog = shown(qtbot, PrintManyDialog(many(tmp_path), "cargo"))
    assert dialog.count.text() == "2 documentos marcados de 3"
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [one.title for one in dialog.chosen()] == ["Cargo 1", "Cargo 2", "Cargo 3"]
    for row in range(3):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    dialog.primary_button.click()
    assert dialog.isVisible()
    assert "al menos un documento" in dialog.banner.label.text()
    dialog.all_button.click()
    assert len(dialog.chosen()) == 3


def test_several_papers_are_one_job_in_the_order_of_the_list(
    qtbot, tasks, tmp_path, monkeypatch, two_printers
):
    drawn: list[tuple[bytes, int]] = []

    def draw(pdf: bytes, index: int, scale: float) -> tuple[int, int, bytes]:
        drawn.append((pdf, index + 1))
        return 6, 8, b"\x80" * (6 * 8 * 3)

    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)

    def answer(dialog: PrintManyDialog) -> QDialog.DialogCode:
        dialog.pages.set_value("1, 3")
        return QDialog.DialogCode.Accepted if dialog.submit() else QDialog.DialogCode.Rejected

    monkeypatch.setattr(PrintManyDialog, "exec", answer)
    renderer = Renderer(lambda pdf: pdf[0], draw)
    print_many.print_many(over, tasks, renderer, many(tmp_path), kind="cargo")
    tasks.wait_idle()
    assert drawn == [(b"\2", 1), (b"\3", 1), (b"\3", 3)]
    assert [(one.title, one.file_name, one.page_range) for one in left] == [
        ("Cargo 2", "2.pdf", "1"),
        ("Cargo 3", "3.pdf", "1, 3"),
    ]
    assert two_printers.stat().st_size > 500


def test_a_short_document_gives_what_it_has():
    assert pages_within("2-5", 3) == (2, 3)
    assert pages_within("2-5", 1) == ()
    assert pages_within("", 2) == (1, 2)
