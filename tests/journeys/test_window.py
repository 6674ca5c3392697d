"""One afternoon of a clerk: the real window on the practice office, from the file of documents to the signed PDF."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.verifying import verify_pdf
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState, PaperState
from sisfoh_desktop.modules.resoluciones.service import PAPER_KIND
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

SIGNERS = [
    ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    ("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003"),
    ("TITO NÚÑEZ ANA SOFÍA", "40000004"),
    ("RAMOS LÓPEZ PEDRO PABLO", "40000005"),
    ("ÑAHUI SOTO ROSA ELVIRA", "40000006"),
    ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
]


class Clerk:
    """Hands and eyes at the window: keys go to what has the focus, dialogs are answered as they open."""

    def __init__(self, window, tasks, qtbot):
        self.window, self.tasks, self.qtbot = window, tasks, qtbot

    @property
    def page(self):
        return self.window.stack.page

    def settle(self):
        """Until the worker has nothing left and the window has heard of it."""
        for _ in range(4):
            QApplication.processEvents()
            self.tasks.wait_idle()
        self.qtbot.waitUntil(lambda: not self.tasks.busy)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, into=None):
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()  # what a window manager does when a dialog has closed
            QApplication.processEvents()
        QTest.keyClick(into or QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def go(self, digit):
        """Alt+digit: a page of the menu."""
        self.press(getattr(Qt.Key, f"Key_{digit}"), Qt.KeyboardModifier.AltModifier, self.window)
        self.qtbot.waitUntil(
            lambda: self.page is not None and self.page.title == self.window.top_bar.title.text()
        )
        self.settle()

    def next_step(self):
        """Alt+Enter: the one thing to do now."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, self.window)

    def answer(self, answers):
        """Answer the dialog that opens next; `answers(dialog)` types into it and ends it."""
        answered = []

        def look():
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isVisible():
                QTimer.singleShot(10, look)
                return
            answered.append(dialog.windowTitle())
            answers(dialog)

        QTimer.singleShot(0, look)
        return answered


@pytest.fixture
def clerk(practice, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    tasks = Tasks()
    window = MainWindow(
        PAGES,
        tasks=tasks,
        settings=PcSettings(user="clerk", office="ULE", theme="light"),
        state=WindowState(tmp_path / "ventana.ini"),
        base=str(practice),
        clock=FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)),
    )
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitSignal(window.painted):
        window.show()
    qtbot.waitUntil(lambda: window.is_furnished and window.stack.page is not None, timeout=15_000)
    at_work = Clerk(window, tasks, qtbot)
    at_work.settle()
    yield at_work
    at_work.settle()
    window.stack.set_desk(None)
    tasks.close()
    allow_current_thread()
    theme().set_practice(False)


def accept_what_the_source_says(clerk):
    """F9, and every finding that blocks is accepted with its reason: the case is kept as it was signed."""
    assert not clerk.page.next_step().enabled
    findings = clerk.page.record.findings.list
    clerk.press(Qt.Key.Key_F9)

    def accept(dialog):
        QTest.keyClicks(dialog.form.fields["reason"].editor, "Asi consta en el documento original")
        dialog.primary_button.click()

    blocking = [row for row in findings.as_seen()[1] if row[0] == "Impide"]
    for _ in blocking:
        told = clerk.answer(accept)
        clerk.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier, clerk.window)
        clerk.qtbot.waitUntil(
            lambda told=told: told == ["Aceptar la observación"]
        )  # a mnemonic clicks a bit later
        clerk.settle()
    assert clerk.page.next_step().enabled


def test_from_the_file_to_the_signed_resolucion(clerk, practice, pki, tmp_path):
    assert clerk.page.title == "Mi bandeja"
    assert any("091-2024-GM/MPT" in row[1] for row in clerk.page.table().as_seen()[1])

    clerk.go(2)
    (row,) = clerk.page.table().as_seen()[1]
    assert "GM" in row, "the list says who has the file"
    clerk.press(Qt.Key.Key_Return, into=clerk.page.table().view)
    timeline = clerk.page.table().as_seen()[1]
    assert len(timeline) == 9
    assert any("237-2024-OGAJ" in cell for cell in timeline[-1] + timeline[0])

    clerk.go(5)
    told = clerk.answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    clerk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, clerk.window)
    assert told == ["Nueva resolución"]
    assert clerk.page.next_step().button == "Congelar y numerar"
    accept_what_the_source_says(clerk)

    told = clerk.answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    clerk.next_step()
    assert "092-2024-GM/MPT" in told[0]
    assert "Firmar" in clerk.page.next_step().button

    for turn, (name, dni) in enumerate(SIGNERS):
        certificate = tmp_path / f"{turn}.p12"
        certificate.write_bytes(pki.person(name, dni))

        def sign(dialog, certificate=certificate):
            fields = dialog.file_form.fields
            fields["path"].editor.selectAll()
            QTest.keyClicks(fields["path"].editor, str(certificate))
            QTest.keyClicks(fields["password"].editor, pki.password)
            QTest.keyClick(fields["password"].editor, Qt.Key.Key_Return)

        told = clerk.answer(sign)
        clerk.next_step()
        assert told == ["Firmar la resolución 092-2024-GM/MPT"]

    told = clerk.answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    clerk.page.verify_action.trigger()
    clerk.settle()
    assert told == ["Firmas de 092-2024-GM/MPT"]

    assert clerk.page.next_step().button == "Preparar notificaciones…"
    told = clerk.answer(lambda dialog: dialog.primary_button.click())
    clerk.next_step()
    assert len(told) == 1
    assert "argos" in clerk.page.next_step().button, "prepared, now they are printed"

    db = Database(practice)
    allow_current_thread()
    paper = papers.find_paper(db, kind=PAPER_KIND, number_text="092-2024-GM/MPT")
    assert paper.state is PaperState.SIGNED
    data = papers.paper_bytes(db, Archive(practice.parent / "archivo"), paper.id)
    verification = verify_pdf(data, roots=[pki.root])
    assert len(verification.signatures) == 6
    assert verification.all_intact
    assert verification.last_covers_file
    register = papers.number_register(db, 1, 2024)
    assert [line.state for line in register][-1] is NumberState.FIXED
    db.close()


def test_a_wrong_password_changes_nothing_and_the_clerk_tries_again(clerk, practice, pki, tmp_path):
    certificate = tmp_path / "legal.p12"
    certificate.write_bytes(pki.person(*SIGNERS[0]))
    clerk.window.stack.show_record("resoluciones", 1)
    clerk.settle()

    def sign_with(password):
        def sign(dialog):
            dialog.file_form.set_values({"path": str(certificate)})
            QTest.keyClicks(dialog.file_form.fields["password"].editor, password)
            QTest.keyClick(dialog.file_form.fields["password"].editor, Qt.Key.Key_Return)

        return sign

    clerk.answer(sign_with("equivocada"))
    clerk.next_step()
    refusal = QApplication.activeModalWidget()
    assert refusal is not None
    said = " ".join(label.text() for label in refusal.findChildren(type(clerk.window.top_bar.title)))
    assert "contraseña" in said.lower()
    refusal.done(0)
    clerk.settle()
    assert "Firmar" in clerk.page.next_step().button
    clerk.answer(sign_with(pki.password))
    clerk.next_step()
    db = Database(practice)
    allow_current_thread()
    (line,) = papers.list_papers(db)
    assert (line.signed_count, line.signer_count) == (1, 6)
    db.close()
