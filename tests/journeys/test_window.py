"""One afternoon of a clerk: the real window on the practice office, from the file of documents to the signed PDF."""

from functools import partial

import pytest
from clerk import SIGNERS, Clerk, at_the_window, sign_with
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.verifying import verify_pdf
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState, PaperState
from sisfoh_desktop.modules.resoluciones.service import PAPER_KIND


@pytest.fixture
def clerk(practice, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    yield from at_the_window(Clerk, practice, tmp_path, qtbot, user="clerk", office="ULE")


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
    told = clerk.answer(lambda dialog: dialog.primary_button.click())
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

        told = clerk.answer(partial(sign_with, certificate, pki.password))
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

    clerk.answer(partial(sign_with, certificate, "equivocada"))
    clerk.next_step()
    refusal = QApplication.activeModalWidget()
    assert refusal is not None
    said = " ".join(label.text() for label in refusal.findChildren(type(clerk.window.top_bar.title)))
    assert "contraseña" in said.lower()
    refusal.done(0)
    clerk.settle()
    assert "Firmar" in clerk.page.next_step().button
    clerk.answer(partial(sign_with, certificate, pki.password))
    clerk.next_step()
    db = Database(practice)
    allow_current_thread()
    (line,) = papers.list_papers(db)
    assert (line.signed_count, line.signer_count) == (1, 6)
    db.close()
