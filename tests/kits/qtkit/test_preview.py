"""The preview shows, saves and prints the very bytes it was given."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel

from sisfoh_desktop.basics.leaving import PaperOut, paper_out
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit import messages, print_dialog, printers
from sisfoh_desktop.qtkit.pdf_pane import image_of
from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer
from sisfoh_desktop.qtkit.print_dialog import PrintChoice

PDF = b"%PDF of three pages"


class Press:
    """Draws blank pages and remembers what was asked."""

    def __init__(self, pages: int = 3, landscape: bool = False) -> None:
        self.pages = pages
        self.size = (842, 595) if landscape else (595, 842)
        self.asked: list[tuple[bytes, int, float]] = []
        self.renderer = Renderer(self.count, self.draw)

    def count(self, pdf: bytes) -> int:
        assert pdf == PDF
        return self.pages

    def draw(self, pdf: bytes, index: int, scale: float) -> tuple[int, int, bytes]:
        self.asked.append((pdf, index, scale))
        width, height = round(self.size[0] * scale), round(self.size[1] * scale)
        return width, height, bytes([index * 40]) * (width * height * 3)


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def dialog(qtbot, tasks, press) -> PreviewDialog:
    made = PreviewDialog(
        PDF, "Resolución 091-2024-GM/MPT", renderer=press.renderer, tasks=tasks, file_name="091-2024.pdf"
    )
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle(made, qtbot)
    return made


def settle(dialog, qtbot) -> None:
    qtbot.waitUntil(lambda: dialog.pane.settled and dialog.pane.pages > 0)


def test_it_opens_on_the_first_page(dialog):
    assert dialog.page_label.text() == "Página 1 de 3"
    assert dialog.pane.list.count() == 3
    assert not dialog.pane.paper.pixmap().isNull()


def test_page_keys_turn_the_pages_and_stop_at_the_ends(dialog, qtbot, tasks):
    for key, shown in (
        (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageDown, 3), (Qt.Key.Key_PageDown, 3), (Qt.Key.Key_PageUp, 2),
    ):  # fmt: skip
        qtbot.keyClick(dialog.pane, key)
        tasks.wait_idle()
        assert dialog.page_label.text() == f"Página {shown} de 3"


def test_zoom_goes_by_steps_and_back_to_the_width(dialog, qtbot, tasks):
    dialog.pane.set_zoom(100)
    dialog.pane.zoom_step(1)
    assert dialog.zoom_label.text() == "125\u00a0%"
    dialog.pane.zoom_step(-1)
    dialog.pane.zoom_step(-1)
    assert dialog.zoom_label.text() == "75\u00a0%"
    dialog.pane.set_zoom(0)
    assert dialog.zoom_label.text() == "Ancho"
    tasks.wait_idle()


def test_a_late_picture_of_another_page_is_not_shown(dialog, tasks):
    dialog.pane.go_to(2)
    dialog.pane.go_to(3)
    tasks.wait_idle()
    assert dialog.pane.paper.pixmap().toImage().pixelColor(5, 5).red() == 80


def test_saving_writes_the_same_bytes(dialog, tasks, tmp_path: Path, monkeypatch):
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)
    target = tmp_path / "copia"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.save_as()
    tasks.wait_idle()
    assert target.with_suffix(".pdf").read_bytes() == PDF
    assert left == [paper_out("Resolución 091-2024-GM/MPT", "copia.pdf", PDF)]


def test_a_folder_that_cannot_be_written_is_said(dialog, tasks, tmp_path: Path, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence, *_more: told.append(sentence))
    blocked = tmp_path / "archivo"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(blocked / "a.pdf"), ""))
    dialog.save_as()
    tasks.wait_idle()
    assert "No se pudo guardar" in told[0]


@pytest.mark.parametrize(("typed", "printed"), [("", [0, 1, 2]), ("2-3", [1, 2]), ("3, 1", [0, 2])])
def test_printing_draws_the_same_bytes_page_by_page(
    dialog, tasks, press, tmp_path: Path, monkeypatch, typed, printed
):
    target = tmp_path / "papel.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(target))
    printer.setResolution(72)
    printers.ask_for_a4(printer)
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(
        print_dialog.PrintDialog,
        "ask_choice",
        lambda self: asked.append((self._kind, self._pages)) or PrintChoice(printer, typed, 1, False),
    )
    press.asked.clear()
    left: list[PaperOut] = []
    tasks.paper_left.connect(left.append)
    dialog.print_pages()
    tasks.wait_idle()
    assert asked == [("documento", 3)]
    told = {"": "1 a 3", "2-3": "2 a 3", "3, 1": "1, 3"}[typed]
    assert [(one.page_range, one.pages, one.sha256) for one in left] == [
        (told, len(printed), hashlib.sha256(PDF).hexdigest())
    ]
    assert [index for _pdf, index, _scale in press.asked] == printed
    assert {pdf for pdf, _index, _scale in press.asked} == {PDF}
    assert target.stat().st_size > 500
    assert dialog.print_button.isEnabled()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert f"El documento ({counted(len(printed), 'página', 'páginas')}) se envió a la impresora." in said


def test_one_page_needs_no_list(qtbot, tasks):
    made = PreviewDialog(PDF, "Una", renderer=Press(pages=1).renderer, tasks=tasks)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle(made, qtbot)
    assert not made.pane.list.isVisible()
    assert made.page_label.text() == "Página 1 de 1"


def test_bytes_become_a_picture_of_their_own():
    image = image_of((2, 1, bytes([255, 0, 0, 0, 0, 255])))
    assert image.pixelColor(0, 0).red() == 255
    assert image.pixelColor(1, 0).blue() == 255


def test_every_control_has_a_name(dialog):
    from PySide6.QtWidgets import QAbstractButton

    for button in dialog.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()
