"""Where a file is saved: not in the program's own folder, always with its ending, never over another unasked."""

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.qtkit import file_asking
from sisfoh_desktop.qtkit.file_asking import ask_save


@pytest.fixture(autouse=True)
def documents(tmp_path, monkeypatch):
    """The person's documents; nothing was saved yet in this run."""
    folder = tmp_path / "Documentos"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(folder))
    monkeypatch.setattr(file_asking._Last, "folder", None)
    return folder


@pytest.fixture
def over(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def choosing(monkeypatch):
    """Answer the dialog with a path; what it proposed is collected."""
    proposed = []

    def answer(path):
        def choose(_over, _title, start, _kinds):
            proposed.append(start)
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        return proposed

    return answer


@pytest.fixture
def replacing(monkeypatch):
    """Answer whether to replace; the files asked about are collected."""
    asked = []

    def answer(yes):
        def ask(_over, title, *_told, **_how):
            asked.append(title)
            return yes

        monkeypatch.setattr(file_asking, "ask", ask)
        return asked

    return answer


def test_the_documents_first_then_where_the_last_one_went(over, documents, choosing, tmp_path):
    stick = tmp_path / "USB"
    stick.mkdir()
    proposed = choosing(stick / "acta.pdf")
    assert ask_save(over, "Guardar", "acta.pdf") == stick / "acta.pdf"
    ask_save(over, "Guardar", "lista.pdf")
    assert proposed == [str(documents / "acta.pdf"), str(stick / "lista.pdf")]
    stick.rmdir()
    ask_save(over, "Guardar", "lista.pdf")
    assert proposed[-1] == str(documents / "lista.pdf"), "the stick was taken out"


def test_a_folder_of_its_own_is_not_remembered(over, documents, choosing, tmp_path):
    proposed = choosing(tmp_path / "datos" / "base.db")
    ask_save(over, "Base nueva", "base.db", folder=tmp_path / "datos")
    ask_save(over, "Guardar", "lista.pdf")
    assert proposed == [str(tmp_path / "datos" / "base.db"), str(documents / "lista.pdf")]


def test_who_leaves_saves_nothing(over, choosing):
    choosing("")
    assert ask_save(over, "Guardar", "acta.pdf") is None


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("cuadre", "cuadre.xlsx"),
        ("Cuadre 12.03", "Cuadre 12.03.xlsx"),  # a date is no ending
        ("CUADRE.XLSX", "CUADRE.XLSX"),
        ("cuadre.pdf", "cuadre.pdf.xlsx"),
    ],
)
def test_it_ends_as_what_it_is(over, documents, choosing, typed, saved):
    choosing(documents / typed)
    assert ask_save(over, "Exportar", "lista.xlsx") == documents / saved


def test_another_file_is_not_replaced_unasked(over, documents, choosing, replacing):
    (documents / "cuadre.xlsx").write_bytes(b"de ayer")
    choosing(documents / "cuadre")
    asked = replacing(False)
    assert ask_save(over, "Exportar", "lista.xlsx") is None
    assert asked == ["Ya existe «cuadre.xlsx»"]
    replacing(True)
    assert ask_save(over, "Exportar", "lista.xlsx") == documents / "cuadre.xlsx"


def test_what_the_system_asked_is_not_asked_again(over, documents, choosing, replacing):
    (documents / "cuadre.xlsx").write_bytes(b"de ayer")
    choosing(documents / "cuadre.xlsx")
    asked = replacing(False)
    assert ask_save(over, "Exportar", "lista.xlsx") == documents / "cuadre.xlsx"
    assert asked == []
