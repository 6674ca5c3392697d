"""What leaves by the window is noted; lists with personal data ask for a right and a reason."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from sisfoh_desktop.app.access_keeping import export_noted
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.leaving import PaperOut, paper_out
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.history import list_entries
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.page import Page, PageSpec
from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog
from sisfoh_desktop.qtkit.row_memory import Arrangement
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


def give_reason(monkeypatch, tasks, reason):
    """Whoever is asked writes it, and leaves if the list is refused; what was seen then."""
    seen = []

    def answer(dialog):
        dialog.show()
        dialog.form.fields["reason"].set_value(reason)
        dialog.try_submit()
        tasks.wait_idle()
        field = dialog.form.fields["reason"]
        seen.append((dialog.isVisible() and field.isEnabled(), field.raw(), dialog.banner.label.text()))
        return dialog.result()

    monkeypatch.setattr(ReasonDialog, "exec", answer)
    return seen


def test_personal_data_leave_with_a_reason_and_the_name_of_who_took_them(window, tasks, target, monkeypatch):
    give_reason(monkeypatch, tasks, "Pedido del OCI")
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
    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: 0)
    window.orders.export_list()
    tasks.wait_idle()
    assert noted(window) == []
    assert not target.exists()


def test_who_lacks_the_right_is_told_and_asked_nothing(window, tasks, target, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence, *_more: told.append(sentence))
    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: pytest.fail("asked"))
    window.desk.actor = Actor("ana", rights=frozenset({"kardex.move"}))
    window.orders.export_list()
    tasks.wait_idle()
    assert "no se guardó nada" in told[0]
    assert noted(window) == []
    assert not target.exists()


def test_a_list_that_cannot_be_noted_is_not_written_and_its_reason_still_stands(
    window, tasks, target, monkeypatch
):
    """The base went away between the click and the export."""

    def away(*_args, **_more):
        raise DatabaseUnavailable("El servidor no responde; no se cambió nada.")

    monkeypatch.setattr("sisfoh_desktop.db.access_log.record_export", away)
    seen = give_reason(monkeypatch, tasks, "Pedido del OCI")
    window.orders.export_list()
    assert seen == [(True, "Pedido del OCI", "El servidor no responde; no se cambió nada.")]
    assert not target.exists()


def test_papers_that_are_printed_or_saved_are_noted(window, tasks):
    printed = PaperOut("Acta 3", "acta-3.pdf", "ab" * 32, 2, "1 a 2", 1, "HP")
    tasks.paper_left.emit(printed)
    tasks.paper_left.emit(paper_out("Acta 3", "acta-3.pdf", b"%PDF"))
    tasks.wait_idle()
    assert sorted(entry.action for entry in noted(window)) == ["export.paper", "print.paper"]


def test_a_column_of_personal_data_that_is_hidden_does_not_leave_and_asks_for_nothing(
    window, tasks, target, monkeypatch
):
    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: pytest.fail("nothing personal leaves"))
    window.stack.page.list.orders.arrange(Arrangement((), ("DNI",)))
    window.orders.export_list()
    tasks.wait_idle()
    assert [entry.action for entry in noted(window)] == ["export.list"]
    assert [cell.value for cell in openpyxl.load_workbook(target).active[1]] == ["Nombre"]


def test_an_export_that_is_cancelled_leaves_neither_file_nor_note(window, tasks, target, monkeypatch):
    def stopped(_done: int, _total: int) -> None:
        raise Cancelled

    desk = window.desk
    rows = [[str(number)] for number in range(1000)]
    told: list[Exception] = []
    tasks.run_query(
        lambda: export_noted(desk, target, "Lista", ["N°"], rows, progress=stopped),
        lambda _none: pytest.fail("it went on"),
        told.append,
    )
    tasks.wait_idle()
    assert [type(one) for one in told] == [Cancelled]
    assert noted(window) == []
    assert not target.exists()
