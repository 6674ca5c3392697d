"""The register of numbers on its page: what is explained by hand, and the register on paper and in Excel."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLabel
from sqlalchemy import text

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NumberState
from sisfoh_desktop.modules.papers.view import PapersPage
from sisfoh_desktop.modules.papers.view.number_dialogs import AnnulNumberDialog, OutsideDialog
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.preview import PreviewDialog


@pytest.fixture
def series(db, actor, now):
    named = {"actor": actor, "now": now}
    series_id = service.create_series(
        db, **named, kind="gm", title="Resolución de Gerencia", mask="{n:03d}-{year}-GM/MPT"
    )
    for subject in ("r:1", "r:2", "r:3"):
        service.reserve_number(db, **named, series_id=series_id, year=2024, subject=subject)
    with db.transaction() as session:
        session.execute(text("DELETE FROM paper_number WHERE number = 2"))
    return service.find_series(db, "gm")


@pytest.fixture
def page(desk, qtbot, series):
    made = PapersPage(desk)
    qtbot.addWidget(made)
    desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
    made.resize(900, 640)
    made.show()
    made.tabs.setCurrentIndex(1)
    settle(desk)
    return made


def settle(desk):
    for _ in range(5):
        desk.tasks.wait_idle()


def states(desk, series):
    return [line.state for line in service.number_register(desk.db, series.id, 2024)]


def test_a_hole_is_seen_and_explained_as_made_outside(desk, page, series, monkeypatch, tmp_path):
    assert page.numbers.as_seen()[1][1][1] == "Sin explicación"
    page.numbers.select(2)
    scan = tmp_path / "escaneo.pdf"
    scan.write_bytes(b"%PDF-1.4 escaneo")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(scan), ""))

    def fill(dialog):
        assert dialog.form.fields["number"].value() == 2
        dialog.choose_scan()
        dialog.form.set_values({"dated": date(2024, 3, 7), "title": "Designa la comisión"})
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(OutsideDialog, "exec", fill)
    page.number_orders.outside.trigger()
    settle(desk)
    assert states(desk, series)[1] is NumberState.OUTSIDE
    row = page.numbers.as_seen()[1][1]
    assert row[1:4] == ["Hecho fuera", "07/03/2024", "Designa la comisión"]
    line = service.number_register(desk.db, series.id, 2024)[1]
    assert desk.archive.get(line.scan_sha256) == b"%PDF-1.4 escaneo"


def test_a_refusal_keeps_what_was_typed(desk, page, series):
    dialog = OutsideDialog(desk, series, 2024, 9, page)
    dialog.form.set_values({"dated": date(2024, 3, 7), "title": "Designa"})
    dialog.try_submit()
    settle(desk)
    told = [label.text() for label in dialog.form.summary.findChildren(QLabel)]
    assert ["Registre o anule antes 004-2024-GM/MPT" in sentence for sentence in told] == [True]
    assert dialog.form.fields["title"].value() == "Designa"
    dialog.form.set_values({"number": 4})
    dialog.try_submit()
    settle(desk)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert states(desk, series)[3] is NumberState.OUTSIDE


def test_a_number_that_nobody_used_is_annulled_with_its_reason(desk, page, series, monkeypatch):
    def fill(dialog):
        assert dialog.form.fields["number"].value() == 4, "the one that follows"
        dialog.form.set_values({"number": 1, "reason": "Se desistió."})
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(AnnulNumberDialog, "exec", fill)
    page.numbers.select(-1)
    page.numbers.view.clearSelection()
    page.number_orders.annul.trigger()
    settle(desk)
    assert states(desk, series)[0] is NumberState.ANNULLED
    assert "Se desistió." in page.numbers.as_seen()[1][0][-1]


def test_the_register_goes_to_paper_and_to_a_workbook(desk, page, series, actor, now, monkeypatch, tmp_path):
    from sisfoh_desktop.basics.ubigeo import Ubigeo
    from sisfoh_desktop.modules.office.rules import Municipality

    office.save_municipality(
        desk.db,
        actor=actor,
        now=now,
        municipality=Municipality("Municipalidad", "MP", Ubigeo("230101", "INEI"), "Prueba", ""),
        expected_version=0,
    )
    shown = []
    monkeypatch.setattr(PreviewDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    page.number_orders.report.trigger()
    settle(desk)
    assert shown
    assert "Correlativos 2024" in shown[0]
    target = tmp_path / "correlativos.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    page.number_orders.workbook.trigger()
    settle(desk)
    assert target.read_bytes().startswith(b"PK")


def test_without_a_series_nothing_can_be_ordered(desk, qtbot):
    made = PapersPage(desk)
    qtbot.addWidget(made)
    settle(desk)
    assert not any(action.isEnabled() for action in made.number_orders.actions)
    made.number_orders.outside.trigger()
    made.number_orders.report.trigger()


def test_no_letter_is_used_twice_in_the_dialogs(desk, page, series):
    for dialog_class in (OutsideDialog, AnnulNumberDialog):
        dialog = dialog_class(desk, series, 2024, 4, page)
        texts = [field.label.text() for field in dialog.form.fields.values()]
        texts += [button.text() for button in dialog.findChildren(QAbstractButton)]
        marked = [one for one in texts if letters_of([one])]
        assert len(letters_of(marked)) == len(marked)


def test_the_next_step_explains_the_hole_and_then_prints(desk, page, monkeypatch):
    step = page.next_step()
    assert step.title == "Falta explicar 002-2024-GM/MPT"
    asked = []
    monkeypatch.setattr(
        OutsideDialog, "exec", lambda dialog: asked.append(dialog.form.fields["number"].value())
    )
    step.run()
    assert asked == [2]
