"""What leaves by the window is noted; lists with personal data ask for a right and a reason."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.leaving import PaperOut, paper_out
from sisfoh_desktop.db.history import list_entries
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.page import Page, PageSpec
from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class People(Page):
    """A list with a column of personal data."""

    title = "Personas"

    def __init__(self, desk, parent=None) -> None:
        super().__init__(desk, parent)
        self.list = RowTable(
            [Column("Nombre", str), Column("DNI", lambda _one: "4*****01", personal=True)], key=str
        )
        self.list.set_rows(["Ana", "Beto"])
        QVBoxLayout(self).addWidget(self.list)

    def table(self):
        return self.list


@pytest.fixture
def window(make_window, template_base: Path, tmp_path: Path, tasks):
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    made = make_window(str(path), (PageSpec("people", "Personas", "users", lambda: People),))
    tasks.wait_idle()
    return made


@pytest.fixture
def target(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "personas.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def noted(window):
    from sisfoh_desktop.db.database import allow_current_thread

    allow_current_thread()
    with window.desk.db.reading() as session:
        return [
            entry
            for action in ("export.", "personal.", "print.")
            for entry in list_entries(session, actions=action)
        ]


def test_personal_data_leave_with_a_reason_and_the_name_of_who_took_them(window, tasks, target, monkeypatch):
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: "Pedido del OCI")
    window.orders.export_list()
    tasks.wait_idle()
    (entry,) = noted(window)
    assert (entry.action, entry.actor, entry.reason) == ("personal.export", "ana", "Pedido del OCI")
    assert entry.after["row_count"] == 2
    sheet = openpyxl.load_workbook(target).active
    said = "Exportado por ana · SGDSyPV el 08/03/2024 a las 10:00. Datos personales: Pedido del OCI"
    assert sheet.cell(5, 1).value == said
    assert sheet.oddFooter.left.text == said


def test_leaving_the_reason_exports_nothing(window, tasks, target, monkeypatch):
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: None)
    window.orders.export_list()
    tasks.wait_idle()
    assert noted(window) == []
    assert not target.exists()


def test_who_lacks_the_right_is_told_and_asked_nothing(window, tasks, target, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence, *_more: told.append(sentence))
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: pytest.fail("asked"))
    window.desk.actor = Actor("ana", rights=frozenset({"kardex.move"}))
    window.orders.export_list()
    tasks.wait_idle()
    assert "no se guardó nada" in told[0]
    assert noted(window) == []
    assert not target.exists()


def test_a_list_that_cannot_be_noted_is_not_written(window, tasks, target, monkeypatch):
    """The base went away between the click and the export."""
    told = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence, *_more: told.append(sentence))
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_more: "corto")
    window.orders.export_list()
    tasks.wait_idle()
    assert told
    assert not target.exists()


def test_papers_that_are_printed_or_saved_are_noted(window, tasks):
    printed = PaperOut("Acta 3", "acta-3.pdf", "ab" * 32, 2, "1 a 2", 1, "HP")
    tasks.paper_left.emit(printed)
    tasks.paper_left.emit(paper_out("Acta 3", "acta-3.pdf", b"%PDF"))
    tasks.wait_idle()
    assert sorted(entry.action for entry in noted(window)) == ["export.paper", "print.paper"]
