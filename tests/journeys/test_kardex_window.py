"""The kardex by keyboard alone, in the real window: a day of the practice office, and the first day of an empty one."""

import shutil
from functools import partial

import openpyxl
import pytest
from clerk import ALT, CONTROL, ENTER, ESCAPE, TAB, Typist, at_the_window, save, seen, sign_with
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from sisfoh_desktop.modules.kardex.service import importing

BETO = ("BETO DOS PRÁCTICA", "40000112")


@pytest.fixture
def clerk(practice, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    yield from at_the_window(Typist, practice, tmp_path, qtbot, user="almacen", office="ULE")


def hand_out_fifty(clerk):
    """Fifty FSU to Beto in the blank row; then what the next row keeps, and its signs."""
    clerk.go(6)
    clerk.press(Qt.Key.Key_N, CONTROL)
    register = clerk.page.tab()
    before = len(register.list.as_seen()[1])
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.row("11/3/24", "dist", "fsu", None, "beto", "201+50", None, None, "Cargo N° 1")
    clerk.press(ENTER)
    rows = seen(register.list)
    assert len(rows) == before + 1, register.entry.message.text()
    assert rows[-1][1:] == [
        "11/03/2024", "Distribución", "FSU", "Almacén ULE", BETO[0], "000201", "000250", "50", "Cargo N° 1",
    ]  # fmt: skip
    entry = register.entry
    assert entry.fields["day"].text() == "11/03/2024"
    assert entry.fields["day"].hasFocus()
    assert not entry.has_content()
    clerk.write("+")
    assert entry.fields["day"].text() == "12/03/2024"
    clerk.write("-")
    assert entry.fields["day"].text() == "11/03/2024"
    clerk.write("=")
    assert entry.texts() | {"first": "", "last": ""} == entry.texts()
    assert [entry.fields[name].text() for name in ("kind", "target", "count")] == [
        "Distribución", BETO[0], "50",
    ]  # fmt: skip
    return register


def refused_overlap(clerk, register):
    """The row repeated with numbers that Beto has already: told which movement, nothing is lost."""
    number = seen(register.list)[-1][0]
    for _ in range(5):
        clerk.press(TAB)
    clerk.write("240+20")
    clerk.press(ENTER)
    told = register.entry.message.text()
    assert number in told, told
    assert BETO[0] in told
    assert "000240" in told
    assert register.entry.texts()["target"] == BETO[0]
    assert register.entry.texts()["document"] == "Cargo N° 1"
    assert register.entry.fields["first"].hasFocus()
    before = len(seen(register.list))
    clerk.write("251+20")
    clerk.press(ENTER)
    assert len(seen(register.list)) == before + 1, register.entry.message.text()
    assert seen(register.list)[-1][6:9] == ["000251", "000270", "20"]


def return_of_the_day(clerk):
    """Beto comes back: from Custodia, in one line; a form that he lost goes with its informe."""
    custody = clerk.tab("custody", "U")
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.write("beto")
    clerk.press(ENTER)
    assert BETO[0] in custody.panel.name.text()
    clerk.use(custody.panel.return_button)
    dialog = clerk.dialog
    assert dialog.windowTitle() == "Retorno del día"
    assert dialog.person.editor.text() == BETO[0]
    assert "000201-000270" in dialog.left.text()
    clerk.write("000201-000230 usadas menos 000207 anulada, 000208 perdida; el resto en blanco")
    clerk.press(ENTER)
    assert dialog.form.fields["lost"].raw() == "000208"
    clerk.fill(annulled_reason="Mal llenada", lost_document="Informe N° 009-2024-BRIGADA1")
    clerk.save()
    assert QApplication.activeModalWidget() is None, dialog.banner.label.text()


def lost_number_moves(clerk):
    """The lost form is to be returned: refused, and Mi bandeja says that it was seen; Intro there traces it."""
    register = clerk.tab("register", "R")
    clerk.press(Qt.Key.Key_N, CONTROL)
    before = len(register.list.as_seen()[1])
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.row("12/3/24", "devo", "fsu", "beto", "alma", "208", "208", "1", "Vale de retorno")
    clerk.press(ENTER)
    told = register.entry.message.text()
    assert "extraviad" in told, told
    assert len(register.list.as_seen()[1]) == before
    assert register.entry.texts()["document"] == "Vale de retorno"
    clerk.press(ESCAPE)
    assert not register.entry.has_content()

    clerk.go(1)
    tray = clerk.page.table()
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.write("reaparec")
    [row] = tray.as_seen()[1]
    assert row[1] == "Reapareció el formulario FSU N° 000208, que figura extraviado"
    clerk.press(ENTER)
    assert clerk.page.next_step().button
    clerk.press(ENTER, into=tray.view)
    clerk.qtbot.waitUntil(lambda: clerk.page.title == "Kardex")
    clerk.settle()


def life_of_the_lost_one(clerk):
    """Rastreo tells it whole; the loss is reverted from there, and then nothing is pending."""
    trace = clerk.page.tab()
    assert trace.key == "trace"
    assert "extraviad" in trace.sentence.text()
    assert trace.alert.isVisible()
    told = [" | ".join(row) for row in seen(trace.list)]
    assert len(told) == 4, told
    for line, words in zip(told, ("Recepción", "Distribución", "Extravío", ""), strict=True):
        assert words in line
    assert "Informe N° 009-2024-BRIGADA1" in told[2]
    clerk.step("Ver el movimiento")
    clerk.use(clerk.dialog.reverse_button)
    assert clerk.dialog.windowTitle().startswith("Revertir el movimiento")
    clerk.write("Estaba en la mochila de Beto")
    clerk.save()
    movement = clerk.dialog
    assert "Revertido" in movement.chip.text()
    clerk.press(ESCAPE)
    assert QApplication.activeModalWidget() is None
    trace = clerk.tab("trace", "T")
    assert not trace.alert.isVisible()
    assert "En blanco" in trace.chip.text()
    assert len(seen(trace.list)) == 5
    clerk.go(1)
    assert not [row for row in clerk.page.table().as_seen()[1] if "Reapareció" in row[1]]


def acta_of_the_hand_out(clerk, pki, tmp_path):
    """The acta of what Beto was given: its series is made, and both sign it with their certificates."""
    clerk.go(6)
    actas = clerk.tab("actas", "A")
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.write("entrega beto")
    clerk.press(ENTER)
    assert seen(actas.waiting)[0][:6] == [
        "11/03/2024", "Entrega", "Almacén ULE", BETO[0], "FSU", "70",
    ]  # fmt: skip
    clerk.press(Qt.Key.Key_N, CONTROL)
    assert clerk.dialog.windowTitle() == "Serie de las actas del kardex"
    clerk.save()
    dialog = clerk.dialog
    assert dialog.windowTitle() == "Hacer acta de entrega"
    clerk.go_to(dialog.form.fields["route"].editor)
    clerk.press(Qt.Key.Key_Down)
    assert dialog.form.fields["route"].editor.currentText().startswith("Digital")
    clerk.fill(gives_name="JULIA JEFA PRUEBA", gives_dni="40000101")
    clerk.save()
    assert QApplication.activeModalWidget() is None, dialog.banner.label.text()
    [made] = seen(actas.made)
    assert made[0].startswith("001-2024")
    assert made[3] == "Por firmar"

    clerk.go_to(actas.made.view)
    for name, dni in (BETO, ("JULIA JEFA PRUEBA", "40000101")):  # who receives signs first
        certificate = tmp_path / f"{dni}.p12"
        certificate.write_bytes(pki.person(name, dni))
        clerk.order("Firmar", partial(sign_with, certificate, pki.password))
    [made] = seen(actas.made)
    assert made[3] == "Firmada", made


def cuadre_with_the_digitised(clerk, tmp_path, monkeypatch):
    """A sheet of digitised numbers is compared with what was used; one difference is explained, the list exported."""
    book = openpyxl.Workbook()
    book.active.append(["N° de ficha"])
    for number in (*range(1, 7), 8, *range(51, 62), *range(201, 207), *range(210, 231), 19_999):
        book.active.append([f"{number:06d}"])
    sheet, exported = tmp_path / "digitado.xlsx", tmp_path / "diferencias.xlsx"
    book.save(sheet)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(sheet), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(exported), ""))
    cuadre = clerk.tab("cuadre", "D")
    assert clerk.page.next_step().button == "Importar lo digitado"

    def bring(dialog):
        clerk.settle()
        assert dialog.summary.text() == "46 números en 46 filas."
        save(dialog)

    with clerk.answered("Importar lo digitado", bring):
        clerk.next_step()
    assert [(row[1], row[2], row[-1]) for row in seen(cuadre.list)] == [
        ("Digitado, en almacén", "FSU 019999", "Sin explicar"),
        ("Usado sin digitar", "FSU 000209", "Sin explicar"),
    ]
    assert clerk.page.next_step().button == "Explicar la primera"

    def explain(dialog):
        QTest.keyClicks(dialog.form.fields["text"].editor, "Se digito 019999 por 000209")
        QTest.keyClicks(dialog.form.fields["document"].editor, "Informe 010-2024-ULE")
        save(dialog)

    with clerk.answered("Explicar", explain):
        clerk.next_step()
    assert [row[-1] for row in seen(cuadre.list)] == ["Sin explicar", "Explicada"]
    clerk.press(Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    rows = list(openpyxl.load_workbook(exported).active.values)
    assert any("FSU 000209" in str(cell) for row in rows for cell in row)


def constancia_blocked_then_issued(clerk):
    """Celia has forms: no constancia, and why. She returns the rest; then it is made."""
    custody = clerk.tab("custody", "U")
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.write("celia")
    clerk.press(ENTER)
    panel = custody.panel
    assert "CELIA" in panel.name.text()
    assert not panel.no_debt_button.isEnabled()
    assert "Sin constancia de no adeudo mientras tenga FSU 000101-000116" in panel.reason.text()
    clerk.use(panel.return_button)
    clerk.write("el resto en blanco")
    clerk.press(ENTER)
    clerk.save()
    assert QApplication.activeModalWidget() is None
    clerk.tab("custody", "U")
    assert "CELIA" in panel.name.text()
    assert panel.no_debt_button.isEnabled(), panel.reason.text()
    clerk.use(panel.no_debt_button)
    assert clerk.dialog.windowTitle() == "Hacer constancia de no adeudo"
    clerk.fill(gives_name="JULIA JEFA PRUEBA", gives_dni="40000101")
    clerk.save()
    assert QApplication.activeModalWidget() is None
    actas = clerk.page.tab()
    assert any(row[0].startswith("002-2024") and "no adeudo" in row[2] for row in seen(actas.made))


def test_a_day_of_the_kardex(clerk, practice, pki, tmp_path, monkeypatch):
    register = hand_out_fifty(clerk)
    refused_overlap(clerk, register)
    return_of_the_day(clerk)
    lost_number_moves(clerk)
    life_of_the_lost_one(clerk)
    acta_of_the_hand_out(clerk, pki, tmp_path)
    cuadre_with_the_digitised(clerk, tmp_path, monkeypatch)
    constancia_blocked_then_issued(clerk)


@pytest.fixture
def newcomer(template_base, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    base = tmp_path / "oficina.db"
    shutil.copyfile(template_base, base)
    yield from at_the_window(Typist, base, tmp_path, qtbot, user="almacen", office="ULE")


def opening_stock(clerk, tmp_path, monkeypatch):
    """The program's own template, filled: three lines that add up and one held by nobody that is known."""
    path = tmp_path / "plantilla.xlsx"
    path.write_bytes(importing.template_workbook())
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book.worksheets[0][1]]
    same = {"Fecha": "12/03/2024", "Condición": "En blanco"}
    for number, row in enumerate(
        (
            {"Formulario": "FSU", "Del": "000001", "Al": "000900", "En poder de": "Almacén ULE"},
            {"Formulario": "CROQUIS", "Cantidad": "400", "En poder de": "Almacén ULE"},
            {"Formulario": "S100", "Del": "000001", "Al": "000100", "En poder de": "Almacén ULE"},
            {"Formulario": "FSU", "Del": "000951", "Al": "001000", "En poder de": "ALMACEN DEL OTRO LOCAL"},
        ),
        2,
    ):
        for column, head in enumerate(heads, 1):
            book.worksheets[0].cell(number, column, (same | row).get(head, ""))
    book.save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(path), ""))


def test_the_first_day_of_an_office(newcomer, tmp_path, monkeypatch):
    clerk = newcomer
    clerk.go(6)
    with clerk.answered("Iniciar el kardex", start):
        clerk.step("Abrir la campaña")
    types = clerk.page.tab().types
    assert len(types.as_seen()[1]) >= 6
    opening_stock(clerk, tmp_path, monkeypatch)
    clerk.tab("register", "R")

    def bring(dialog):
        QTest.keyClick(dialog, Qt.Key.Key_E, ALT)
        clerk.qtbot.waitUntil(lambda: dialog.plan is not None)
        assert len(seen(dialog.adding_up)) == 3, seen(dialog.waiting)
        [row] = seen(dialog.waiting)
        assert "ALMACEN DEL OTRO LOCAL" in row[1]
        save(dialog)

    clerk.order("Importar", bring, title="Importar el kardex")
    register = clerk.page.tab()
    assert len(seen(register.list)) == 3

    def settle(dialog):
        clerk.settle()
        [row] = seen(dialog.table)
        assert row[1:3] == ["5", "Pendiente"]
        QTest.keyClick(dialog, ENTER)  # until the row is corrected
        clerk.settle()
        assert seen(dialog.table) == []
        QTest.keyClick(dialog, ESCAPE)

    def correct(dialog):
        at = dialog.form.fields["holder"].editor
        assert at.hasFocus(), "the cell that is wrong is where the person begins"
        at.selectAll()
        QTest.keyClicks(at, "almacen ule")
        save(dialog)

    with clerk.answered("Filas en cuarentena", settle), clerk.answered("Corregir la fila 5", correct):
        clerk.step("Filas en cuarentena")
    register = clerk.page.tab()
    assert seen(register.list)[-1][6:9] == ["000951", "001000", "50"]
    stock = clerk.tab("stock", "E")
    assert [row[:3] for row in seen(stock.list)[:2]] == [
        ["FSU  Ficha Socioeconómica Única", "950", "950"],
        ["S100  Solicitud de clasificación socioeconómica", "100", "100"],
    ]


def start(dialog):
    QTest.keyClicks(dialog.form.fields["name"].editor, "Empadronamiento 2024")
    save(dialog)
