"""The POI by keyboard alone, in the real window: from a damaged table to a report, a month told, a year changed."""

import shutil
from itertools import pairwise

import pytest
from clerk import ALT, CONTROL, ENTER, ESCAPE, Typist, at_the_window, save, seen
from poi_reports import words_of
from poi_seed import SEED
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

SPACE, DOWN, RIGHT = Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Right
RESOLUCION = "RA N° 050-2024-A/MPT"


@pytest.fixture
def newcomer(template_base, tmp_path, monkeypatch, qtbot):
    """An office that has nothing yet."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    base = tmp_path / "oficina.db"
    shutil.copyfile(template_base, base)
    yield from at_the_window(Typist, base, tmp_path, qtbot, user="planeamiento", office="OPP")


@pytest.fixture
def clerk(practice, tmp_path, monkeypatch, qtbot):
    """The practice office: January is closed, February waits for its last figures."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    yield from at_the_window(Typist, practice, tmp_path, qtbot, user="planeamiento", office="OPP")


# --- the first day: from a damaged table to the report ---


def bring_the_seed(clerk, monkeypatch):
    """The table of 2019: what each column means is confirmed, its three lists are looked at, 43 rows are stored."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(SEED), ""))

    def confirm(asked):
        meant = [combo.currentText() for combo in asked.combos]
        assert meant[:5] == [
            "Unidad orgánica", "Categoría presupuestal", "Actividad", "Unidad de medida", "Meta física anual",
        ]  # fmt: skip
        assert len(meant) == 29
        save(asked)

    def bring(dialog):
        clerk.press(SPACE)
        assert dialog.plan is not None, dialog.banner.label.text()
        with clerk.answered("Qué dice cada columna", confirm):
            clerk.use(dialog.bar.columns_button)
        assert dialog.summary.text().startswith("90 filas: cuadran 43, esperan en cuarentena 47,")
        assert "Totales comprobados: 1, sin contradicción." in dialog.summary.text()
        counts = []
        for letter in "upn":
            clerk.alt(letter)
            counts.append(len(seen(dialog.lists.currentWidget())))
        assert counts == [43, 46, 1]
        save(dialog)

    with clerk.answered("Importar el POI", bring):
        clerk.step("Importar el POI")


def settle_the_quarantine(clerk):
    """37 at once, 9 by their first reading, line 86 by the first of the weaker ones."""
    tab = clerk.page.tab()
    assert tab.key == "quarantine"
    assert len(seen(tab.list)) == 47

    def confirm(dialog):
        assert len(seen(dialog.table)) == 37
        save(dialog)

    with clerk.answered("Resolver las filas con una sola lectura", confirm):
        clerk.step("Resolver las 37")
    clerk.step("Leer la primera")
    rows = []
    while tab.detail.line is not None and len(rows) < 20:
        assert tab.detail.readings.hasFocus()
        rows.append(tab.detail.line.row.row)
        clerk.press(ENTER)
    assert sorted(rows) == [8, 12, 13, 15, 32, 36, 37, 69, 86, 100]
    assert seen(tab.list) == []
    assert "43 cuadraban, 0 esperan, 47 resueltas, 0 rechazadas; 1 total comprobado" in tab.files.text()


def look_at_the_quarter(clerk):
    """Thirteen exceptions with 0 of 6 at their head; that activity's year is opened; the lists behind it."""
    tab = clerk.tab("quarter", "T")
    clerk.alt("X")
    lines = seen(tab.lists["exceptions"])
    assert len(lines) == 13
    assert lines[0][0] == "Crítico"
    assert lines[0][4:8] == ["6", "0", "−6", "0 %"]
    assert "SERVICIO CIVIL" in lines[0][2]
    assert "9 por debajo, 4 por encima" in tab.summary.text()
    assert "0 de 6 al III trimestre" in clerk.page.next_step().text

    def look(dialog):
        assert len(seen(dialog.list)) == 12
        clerk.press(ESCAPE)

    with clerk.answered("Actividad 31 del POI aprobado 2019", look):
        clerk.step("Ver la actividad")
    clerk.alt("B")
    assert len(tab.lists["table"].rows()) == 90
    total = seen(tab.lists["table"])[-1]
    assert total[3] == "7 040"
    first = total.index("1 726")
    assert total[first : first + 6] == ["1 726", "1 722", "1 745", "1 745", "1 747", "1 761"]


def name_the_municipality(clerk):
    """Papers carry its name: without it there is no report, and it is told where it goes."""

    def refused(dialog):
        assert "Oficina › Municipalidad" in " ".join(label.text() for label in dialog.findChildren(QLabel))
        clerk.press(ESCAPE)

    def fill(dialog):
        clerk.fill(name="Municipalidad Provincial de Prueba", short_name="MPP", ubigeo="230101")
        clerk.fill(place_name="Prueba")
        save(dialog)

    clerk.tab("reports", "F")
    with clerk.answered("No se pudo hacer", refused):
        clerk.press(Qt.Key.Key_P, CONTROL)
    clerk.go(9)
    with clerk.answered("Datos de la municipalidad", fill):
        clerk.step("Completar datos")
    clerk.go(7)


def preview_the_report(clerk, tmp_path, monkeypatch):
    """The paper as it would be emitted: the thirteen on its first page, the totals of the seed at its end."""
    kept = tmp_path / "informe.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(kept), ""))
    tab = clerk.tab("reports", "F")
    assert tab.quarter.currentText() == "III trimestre"
    clerk.press(Qt.Key.Key_P, CONTROL)
    assert clerk.dialog.windowTitle() == "Informe trimestral del POI 2019 al III trimestre"
    clerk.press(Qt.Key.Key_G, CONTROL)
    clerk.press(ESCAPE)
    assert QApplication.activeModalWidget() is None
    told = words_of(kept.read_bytes())
    assert told.index("DOCUMENTOS 6 0 −6 0.0 % ■ Crítico") < told.index("ACCIONES 8 6 −2")
    assert told.index("13 OFICINA DE CALIDAD DE DATOS") < told.index("TOTAL (suma de unidades distintas)")
    figures = told[told.index("TOTAL (suma de unidades distintas)") :]
    for figure in ("7 040", "1 726 1 722", "1 745 1 745", "1 747 1 761"):
        assert figure in figures, figures


def test_the_first_day_of_an_office(newcomer, tmp_path, monkeypatch):
    clerk = newcomer
    clerk.go(7)
    bring_the_seed(clerk, monkeypatch)
    settle_the_quarantine(clerk)
    look_at_the_quarter(clerk)
    name_the_municipality(clerk)
    preview_the_report(clerk, tmp_path, monkeypatch)


# --- a month of the practice office ---


def tell_february(clerk):
    """The figure that is owed is typed where the step leads; every deviation gets its motive; all is saved at once."""
    tab = clerk.tab("follow", "S")
    assert tab.bar.months.currentText() == "Febrero"
    clerk.step("Ir a la primera")
    assert "DIGITAR" in tab.grid.current_row().fact.activity.title
    clerk.write("250")
    clerk.press(ENTER)
    assert "ejecutado 250 de 290" in tab.grid.message.text()

    def motive(dialog):
        clerk.choose(dialog.form.fields["motive"].editor, "Falta de personal")
        clerk.fill(motive_text="Un digitador con licencia", corrective="Se contrata en marzo")
        save(dialog)

    with (
        clerk.answered("Motivo del desvío", motive),
        clerk.answered("Motivo de los desvíos", lambda _dialog: clerk.press(ENTER)),
    ):
        clerk.press(Qt.Key.Key_G, CONTROL)
    assert not tab.has_unsaved()
    for _ in range(5):
        if clerk.page.next_step().button != "Anotar el primero":
            break
        with clerk.answered("Motivo del desvío", motive):
            clerk.next_step()
        clerk.press(Qt.Key.Key_G, CONTROL)
    assert not tab.has_unsaved()
    assert clerk.page.next_step().button == "Cerrar el mes"
    return tab


def prove_it(clerk, tab):
    """A document that sustains the figure under the cursor."""

    def add(dialog):
        clerk.fill(document="Informe N° 015-2024-ULE")
        save(dialog)

    def evidence(dialog):
        clerk.settle()
        with clerk.answered("Agregar evidencia", add):
            clerk.use(dialog.add_evidence_button)
        assert [row[0] for row in seen(dialog.list)] == ["Informe N° 015-2024-ULE"]
        clerk.press(ESCAPE)

    clerk.order("Evidencia", evidence)
    evid = next(at for at, one in enumerate(tab.grid.model.columns) if one.title == "Evid.")
    assert tab.grid.model.columns[evid].text(tab.grid.current_row()) == "1"


def close_and_reopen(clerk, tab):
    """Closed, nothing is typed; it opens again by a document, and who did both is kept."""
    with clerk.answered("Cerrar febrero de 2024", save):
        clerk.step("Cerrar el mes")
    clerk.press(Qt.Key.Key_PageUp, ALT)
    clerk.press(Qt.Key.Key_PageDown, ALT)
    assert tab.month == 2
    assert tab.bar.chip.text().endswith("Cerrado")
    clerk.write("9")
    assert "está cerrado" in tab.grid.message.text()
    assert not tab.has_unsaved()

    def reopen(dialog):
        clerk.fill(document="Memorando N° 010-2024-OPP", reason="Faltaba una visita")
        save(dialog)

    clerk.order("Reabrir el mes", reopen, title="Reabrir febrero de 2024")
    assert tab.grid.model.read_only == ""

    def events(dialog):
        clerk.settle()
        told = " ".join(" ".join(row) for row in seen(dialog.list))
        assert "Memorando N° 010-2024-OPP" in told
        assert "planeamiento" in told
        clerk.press(ESCAPE)

    clerk.order("Cierres y reaperturas", events)


def test_a_month_of_the_office(clerk):
    clerk.go(7)
    tab = tell_february(clerk)
    prove_it(clerk, tab)
    close_and_reopen(clerk, tab)


# --- the year is changed ---


def start_a_version(clerk):
    """A modification, with what asks for it."""
    clerk.tab("versions", "V")

    def start(dialog):
        assert dialog.form.fields["stage"].editor.currentText().startswith("POI modificado")
        clerk.fill(note="Informe N° 020-2024-OPP")
        save(dialog)

    with clerk.answered("Nueva versión del POI 2024", start):
        clerk.press(Qt.Key.Key_N, CONTROL)


def go_to_cell(clerk, grid, row, column):
    """By arrows from the first cell."""
    clerk.press(Qt.Key.Key_Home, CONTROL)
    clerk.press(Qt.Key.Key_Home)
    for _ in range(20):
        if grid.model.columns[grid.view.active()[1]].words == column:
            break
        clerk.press(RIGHT)
    for _ in range(row):
        clerk.press(DOWN)
    assert grid.view.active()[0] == row


def paste_from_excel(clerk):
    """Two rows of eleven months, one cell of them no figure: seen before it is done, undone, done again."""
    tab = clerk.tab("programme", "P")
    grid = tab.grid
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.press(ENTER)
    before = [list(row.values) for row in grid.model.rows()]
    rows = [row.fact.title for row in grid.model.rows()]
    at = next(number for number, title in enumerate(rows) if title.startswith("EMITIR OPINIONES"))
    assert rows[at + 1].startswith("CONDUCIR")
    go_to_cell(clerk, grid, at, "febrero")
    block = ["\t".join("55666666665"), "\t".join(["1"] * 10 + ["s/d"])]
    QApplication.clipboard().setText("\r\n".join(block) + "\r\n")

    def review(dialog):
        assert len(seen(dialog.changes)) == 8
        assert [line[3] for line in seen(dialog.changes)] == ["6"] * 8
        assert "EMITIR OPINIONES" in seen(dialog.changes)[0][0]
        [refused] = seen(dialog.refusals)
        assert refused[2] == "s/d"
        save(dialog)

    with clerk.answered("Revisar antes de pegar", review):
        clerk.press(Qt.Key.Key_V, CONTROL)
    assert tab.has_unsaved()
    clerk.press(Qt.Key.Key_Z, CONTROL)
    assert [list(row.values) for row in grid.model.rows()] == before
    assert not tab.has_unsaved()
    clerk.press(Qt.Key.Key_Y, CONTROL)
    return tab, at


def until_it_adds_up(clerk, tab, at):
    """The goal goes to 71: it says that 3 are missing until December brings them."""
    grid = tab.grid
    balance = next(one for one in grid.model.columns if one.title == "Cuadre")
    go_to_cell(clerk, grid, at, "Meta anual")
    clerk.write("71")
    clerk.press(ENTER)
    assert balance.text(grid.model.row(at)) == "faltan 3"
    clerk.press(Qt.Key.Key_G, CONTROL)
    assert clerk.page.next_step().button == "Ver solo esas"
    go_to_cell(clerk, grid, at, "diciembre")
    clerk.write("8")
    clerk.press(ENTER)
    assert balance.text(grid.model.row(at)) == "cuadra"
    clerk.press(Qt.Key.Key_G, CONTROL)
    assert not tab.has_unsaved()


def approve_and_compare(clerk):
    """With its resolution it is the one in force; what it changed is told, old and new."""
    clerk.step("Ir a Versiones")
    versions = clerk.page.tab()

    def approve(dialog):
        clerk.fill(document=RESOLUCION, document_date="11/3/24")
        save(dialog)

    with clerk.answered("Aprobar el POI modificado", approve):
        clerk.step("Aprobar…")
    assert "está vigente" in clerk.page.next_step().title
    assert versions.chooser.currentText() == "Cambios respecto del POI aprobado"
    told = [" ".join(row) for row in seen(versions.details)]
    assert any("60" in line and "71" in line for line in told), told
    assert any("diciembre" in line.lower() and "8" in line for line in told), told
    assert RESOLUCION in " ".join(seen(versions.list)[0])


def copy_the_charts(clerk):
    """Each chart goes to the clipboard as a picture, with its words."""
    clerk.tab("charts", "G")
    pictures = []
    for letter in "eac":
        clerk.alt(letter)
        QGuiApplication.clipboard().clear()
        clerk.order("Copiar imagen")
        image = QGuiApplication.clipboard().image()
        assert not image.isNull()
        assert QGuiApplication.clipboard().text()
        pictures.append(image)
    assert all(one != other for one, other in pairwise(pictures))


def test_a_reprogramming(clerk):
    clerk.go(7)
    start_a_version(clerk)
    tab, at = paste_from_excel(clerk)
    until_it_adds_up(clerk, tab, at)
    approve_and_compare(clerk)
    copy_the_charts(clerk)
