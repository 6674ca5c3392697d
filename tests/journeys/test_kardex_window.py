"""The kardex by keyboard alone, in the real window: a day of the practice office, and the first day of an empty one."""

from datetime import date

import openpyxl
import pytest
from clerk import Clerk, at_the_window
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
BETO = ("BETO DOS PRÁCTICA", "40000112")


class StoreKeeper(Clerk):
    """A clerk at the kardex: types where the cursor is, goes by Alt+letter, answers what opens."""

    def write(self, text):
        """Type where the cursor is."""
        QTest.keyClicks(QApplication.focusWidget(), text)
        self.settle()

    def row(self, *cells):
        """Fill the cells from the one with the cursor on, Tab between them; None leaves one as it is."""
        for number, cell in enumerate(cells):
            if number:
                self.press(TAB)
            if cell is not None:
                self.write(cell)

    def alt(self, letter):
        """A mnemonic of what is in front."""
        front = QApplication.activeModalWidget() or self.window
        self.press(getattr(Qt.Key, f"Key_{letter.upper()}"), ALT, front)
        QTest.qWait(150)  # a mnemonic clicks a bit later
        self.settle()

    @property
    def dialog(self):
        """The dialog in front."""
        found = QApplication.activeModalWidget()
        assert found is not None, "no dialog"
        return found

    def tab(self, key, letter):
        """To a tab of the kardex by its letter."""
        self.alt(letter)
        assert self.page.tab().key == key
        return self.page.tab()

    def use(self, button):
        """A button by the letter under which it stands."""
        assert button.isEnabled(), f"«{button.text()}» cannot be used: {button.toolTip()}"
        self.alt(button.text()[button.text().index("&") + 1])

    def fill(self, **texts):
        """Each text into its field of the dialog in front, by Tab from the first one."""
        form = self.dialog.form
        for name, text in texts.items():
            for _ in range(60):
                if form.fields[name].editor.hasFocus():
                    break
                self.press(TAB)
            assert form.fields[name].editor.hasFocus(), f"Tab never comes to «{name}»"
            self.press(Qt.Key.Key_A, CONTROL)
            self.write(text)

    def save(self):
        """Ctrl+S in the dialog in front."""
        self.press(Qt.Key.Key_S, CONTROL)

    def step(self, button):
        """The next step, which must be this one."""
        assert self.page.next_step().button == button
        self.next_step()


def seen(table):
    """The rows as a person reads them."""
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


@pytest.fixture
def clerk(practice, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    yield from at_the_window(StoreKeeper, practice, tmp_path, qtbot, user="almacen", office="ULE")


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


def test_a_day_of_the_kardex(clerk, practice, pki, tmp_path, monkeypatch):
    register = hand_out_fifty(clerk)
    refused_overlap(clerk, register)
    return_of_the_day(clerk)
