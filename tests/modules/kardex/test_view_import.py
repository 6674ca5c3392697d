"""Importing at the window: what was understood is shown, what adds up is recorded, what waits is settled."""

from pathlib import Path

import pytest
from kardex_office import KardexOffice, make_office
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.modules.kardex.rules.importing import QuarantineState
from sisfoh_desktop.modules.kardex.service import importing, reading
from sisfoh_desktop.modules.kardex.view.import_dialog import ImportDialog
from sisfoh_desktop.modules.kardex.view.import_quarantine import (
    CorrectDialog,
    DiscardDialog,
    QuarantineDialog,
)
from sisfoh_desktop.modules.kardex.view.import_rows import result_words
from sisfoh_desktop.qtkit.page import Desk

FILE = """Kardex de formularios 2024
Fecha;Operación;Ficha;Origen;Destino;Desde;Hasta;Cant.;Documento
01/03/2024;Ingreso;FSU;;;000001;000500;500;Guía 1
04/03/2024;Entrega;FSU;;EMPADRONADOR UNO PRUEBA;1;50;50;Acta 1
05/03/2024;Uso;FSU;EMPADRONADR UNO PRUEBA;;1;10;10;
V°B° responsable;;;;;;;;
TOTAL;;;;;;;560;
"""


@pytest.fixture
def office(desk: Desk) -> KardexOffice:
    return make_office(desk.db, desk.actor, desk.clock.now())


@pytest.fixture
def dialog(desk: Desk, office: KardexOffice, qtbot) -> ImportDialog:
    made = ImportDialog(desk, office.campaign)
    qtbot.addWidget(made)
    return made


def _review(dialog: ImportDialog, desk: Desk, folder: Path, text: str) -> None:
    path = folder / "kardex.csv"
    path.write_text(text, encoding="utf-8")
    dialog.review(path)
    desk.tasks.wait_idle()


def test_what_was_understood_is_shown_before_anything_is_recorded(dialog, desk, office, tmp_path) -> None:
    assert not dialog.primary_button.isEnabled()
    _review(dialog, desk, tmp_path, FILE)
    assert [dialog.lists.tabText(at) for at in range(3)] == [
        "C&uadran (2)",
        "En cua&rentena (1)",
        "&No se importan (1)",
    ]
    assert "Movimiento (B «Operación»)" in dialog.columns.text()
    assert "Totales comprobados: 1." in dialog.summary.text()
    assert "Importar las 2 que cuadran" in dialog.primary_button.text().replace("&", "")
    _, [row] = dialog.waiting.as_seen()
    assert "EMPADRONADOR UNO PRUEBA" in row[2]
    assert not importing.list_imports(desk.db, office.campaign)


def test_importing_records_what_adds_up(dialog, desk, office, tmp_path) -> None:
    _review(dialog, desk, tmp_path, FILE)
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert dialog.imported is not None
    assert dialog.imported.accepted == 2
    assert result_words(dialog.imported) == (
        "Se registraron 2 movimientos de 2 filas. 1 fila espera en cuarentena."
    )
    assert reading.count_movements(desk.db, campaign_id=office.campaign) == 2


def test_a_file_that_is_no_kardex_is_refused_in_the_dialog(dialog, desk, tmp_path) -> None:
    _review(dialog, desk, tmp_path, "Nombre;Monto\nUno;2\n")
    assert "no tiene la cabecera" in dialog.banner.label.text()
    assert not dialog.primary_button.isEnabled()
    dialog.review(tmp_path / "no-esta.csv")
    desk.tasks.wait_idle()
    assert "No se pudo leer" in dialog.banner.label.text()


def test_the_same_file_again_is_refused_in_the_dialog(dialog, desk, office, tmp_path, qtbot) -> None:
    _review(dialog, desk, tmp_path, FILE)
    dialog.try_submit()
    desk.tasks.wait_idle()
    again = ImportDialog(desk, office.campaign)
    qtbot.addWidget(again)
    _review(again, desk, tmp_path, FILE)
    again.try_submit()
    desk.tasks.wait_idle()
    assert "ya se importó" in again.banner.label.text()
    assert again.imported is None


def test_the_template_is_written_with_its_ending(dialog, desk, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plantilla"), ""))
    dialog.save_template()
    desk.tasks.wait_idle()
    assert (tmp_path / "plantilla.xlsx").read_bytes().startswith(b"PK")


def test_a_row_in_quarantine_is_corrected_and_another_discarded(
    dialog, desk, office, tmp_path, qtbot
) -> None:
    _review(dialog, desk, tmp_path, FILE + "06/03/2024;Uso;FSU;OTRO NOMBRE;;11;12;2;\n")
    dialog.try_submit()
    desk.tasks.wait_idle()
    waiting = QuarantineDialog(desk, office.campaign)
    qtbot.addWidget(waiting)
    desk.tasks.wait_idle()
    first, second = waiting.table.rows()
    correct = CorrectDialog(desk, first, waiting)
    correct.try_submit()
    desk.tasks.wait_idle()
    assert "sigue en cuarentena" in correct.banner.label.text()
    correct.form.set_values({"source": "EMPADRONADOR UNO PRUEBA"})
    correct.try_submit()
    desk.tasks.wait_idle()
    assert len(waiting.table.rows()) == 1
    discard = DiscardDialog(desk, second, waiting)
    discard.try_submit()
    assert discard.values is None
    discard.form.set_values({"reason": "No es de esta oficina"})
    discard.try_submit()
    desk.tasks.wait_idle()
    assert waiting.table.rows() == []
    assert not waiting.primary_button.isEnabled()
    waiting.settled.setChecked(True)
    desk.tasks.wait_idle()
    assert waiting.table.rows()[0].state is QuarantineState.REGISTERED


def test_the_lists_follow_qt_s_rules(dialog, desk, tmp_path, qtmodeltester) -> None:
    _review(dialog, desk, tmp_path, FILE)
    for table in (dialog.adding_up, dialog.waiting, dialog.unread):
        qtmodeltester.check(table.model)
