"""One signer's own screen, by keyboard: what waits, signing, several at once, outside, in ink, observing."""

import io
from datetime import date

import pytest
from filling import AWAY, fills, loses_the_base_once
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from sisfoh_desktop.documents.rendering import page_count
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import Change, ChangeKind, NewSigner, PaperState, Route, SignerRole
from sisfoh_desktop.modules.papers.service import KindHooks, VersionChanges
from sisfoh_desktop.modules.papers.view import PapersPage
from sisfoh_desktop.modules.papers.view.changes_text import changes_html
from sisfoh_desktop.qtkit.ink_dialog import InkDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.print_dialog import PrintChoice
from sisfoh_desktop.qtkit.print_many import PrintManyDialog
from sisfoh_desktop.qtkit.printers import ask_for_a4
from sisfoh_desktop.qtkit.refuse_dialog import RefuseDialog
from sisfoh_desktop.qtkit.sign_dialog import SignChoice, SignDialog

KIND = "acta_de_prueba"
LEGAL, GERENTE = "HUAMÁN PEÑA MARÍA ROSA", "QUISPE ÑAUPARI JUAN JOSÉ"


@pytest.fixture
def freeze(db, archive, actor, now, one_page, monkeypatch):
    """Papers of a kind that may be signed from any list."""
    monkeypatch.setattr("sisfoh_desktop.modules.papers.service.hooks._kinds", {})
    service.register_kind(KIND, KindHooks(lambda *_: None, lambda *_: None))
    service.create_series(db, actor=actor, now=now, kind="acta", title="Actas", mask="{n:03d}-{year}-GM/MPT")

    def make(number, kind=KIND):
        pdf, boxes = one_page
        return service.freeze_paper(
            db, archive, actor=actor, now=now, kind=kind, title=f"Acta {number}", number=None,
            dated=date(2024, 3, 8), subject=f"acta:{number}", pdf=pdf, pages=1, boxes=boxes,
            signers=[
                NewSigner("VB1_OGAJ", SignerRole.VISTO_BUENO, LEGAL, "Jefa (e)", "OGAJ", acting=True,
                          appointed_by="Memorando N° 12-2024"),
                NewSigner("AUTOR_GM", SignerRole.AUTHOR, GERENTE, "Gerente Municipal", "GM"),
            ],
        )  # fmt: skip

    return make


@pytest.fixture
def settle(desk):
    def wait():
        for _ in range(5):
            desk.tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def page(desk, qtbot, settle):
    """The page on the signer's tab, as the window holds it."""

    def open_tab():
        made = PapersPage(desk)
        qtbot.addWidget(made)
        desk.tasks.changed.connect(lambda touched: made.reload() if touched & made.touches else None)
        made.resize(880, 640)
        made.show()
        made.activateWindow()
        made.tabs.setCurrentWidget(made.waiting)
        settle()
        return made

    return open_tab


@pytest.fixture
def certificate(pki, tmp_path, monkeypatch):
    """Every question for a certificate is answered with the given person's; gives what was asked."""
    asked = []

    def of(name, dni="40000002"):
        path = tmp_path / "firma.p12"
        path.write_bytes(pki.person(name, dni))

        def ask(_parent, what, *, details="", **_more):
            asked.append((what, details))
            return SignChoice("p12", pki.password, path=str(path))

        monkeypatch.setattr(SignDialog, "ask", ask)
        return asked

    return of


def choose(made, name, settle):
    index = next(n for n in range(made.waiting.person.count()) if name in made.waiting.person.itemText(n))
    made.waiting.person.setCurrentIndex(index)
    settle()


def test_nobody_waits_for_a_signature(page):
    made = page()
    assert made.waiting.list.empty_label.text() == "No hay documentos que esperen una firma."
    assert not made.waiting.changes.isVisible(), "nothing is compared while nothing is chosen"
    assert made.waiting.list.as_seen()[1] == []
    assert not any(action.isEnabled() for action in made.page_actions())
    assert not made.next_step().enabled


def test_i_see_what_is_mine_the_page_and_who_appointed_me(page, freeze, settle):
    freeze(1)
    made = page()
    choose(made, LEGAL, settle)
    assert made.waiting.person.currentText() == f"{LEGAL}, Jefa (e) (1 por firmar)"
    assert made.waiting.list.as_seen()[1] == [["", "Acta 1", "Le toca"]]
    assert "Por Memorando N° 12-2024." in made.waiting.details.text()
    assert made.waiting.pane.pages == 1
    assert "primera versión" in made.waiting.changes.toPlainText()
    assert made.next_step().button == "Firmar…"
    choose(made, GERENTE, settle)
    assert made.waiting.list.as_seen()[1] == [["", "Acta 1", f"Antes: {LEGAL}"]]
    assert not made.next_step().enabled
    enabled = [action.text().replace("&", "") for action in made.page_actions() if action.isEnabled()]
    assert enabled == ["Observar…", "Imprimir varios…", "Abrir origen"], "before one's turn: observe and read"


def test_signing_by_keyboard_passes_the_turn(page, freeze, settle, certificate, qtbot):
    paper_id = freeze(1)
    made = page()
    asked = certificate(LEGAL)
    qtbot.keyClick(made.waiting.list.view, Qt.Key.Key_Return)
    settle()
    assert asked == [("Acta 1", f"Firma 1 de 2: {LEGAL}, Jefa (e). Motivo: «Doy V° B°».")]
    paper = service.load_paper(made.desk.db, paper_id)
    assert (paper.state, paper.signers[0].route) == (PaperState.SIGNING, Route.INSIDE)
    assert made.waiting.list.selected().slot.name == GERENTE
    made.tabs.setCurrentIndex(0)
    settle()
    assert [row[5] for row in made.round.as_seen()[1]] == ["No acreditado ante IOFE", ""]
    assert made.round.as_seen()[1][0][2] == "Jefa (e), por Memorando N° 12-2024"


def test_marked_with_the_space_bar_and_signed_with_one_password(page, freeze, settle, certificate, qtbot):
    ids = [freeze(1), freeze(2), freeze(3, kind="otra_clase")]
    made = page()
    asked = certificate(LEGAL)
    view = made.waiting.list.view
    for _ in ids:
        qtbot.keyClick(view, Qt.Key.Key_Space)
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert [row[0] for row in made.waiting.list.as_seen()[1]] == ["✔", "✔", "✔"]
    assert made.next_step().title == "Firmar 3 documentos a la vez"
    assert made.page_actions()[0] is made.waiting.batch_action
    made.next_step().run()
    settle()
    assert len(asked) == 1
    states = [service.load_paper(made.desk.db, one).state for one in ids]
    assert states == [PaperState.SIGNING, PaperState.SIGNING, PaperState.FROZEN]
    (told,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, MessageDialog) and one.isVisible()
    ]
    said = " ".join(label.text() for label in told.findChildren(QLabel))
    assert "Se firmaron 2 de 3 documentos." in said
    assert "Acta 3 se firma en la página de donde salió" in said
    told.close()
    assert made.waiting.marked == set()


def test_out_back_and_in_ink(page, freeze, settle, tmp_path, pki, monkeypatch):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    paper_id = freeze(1)
    made = page()
    out, back, scan = tmp_path / "sale.pdf", tmp_path / "vuelve.pdf", tmp_path / "escaneo.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    made.waiting.orders.export_action.trigger()
    settle()
    assert out.read_bytes() == service.paper_bytes(made.desk.db, made.desk.archive, paper_id)
    assert "Salió a firmarse fuera" in made.waiting.details.text()
    signer = SimpleSigner.load_pkcs12_data(
        pki.person(LEGAL, "40000002"), other_certs=[], passphrase=pki.password.encode()
    )
    signed = io.BytesIO()
    PdfSigner(PdfSignatureMetadata(field_name="VB1_OGAJ", md_algorithm="sha256"), signer=signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(out.read_bytes())), existing_fields_only=True, output=signed
    )
    back.write_bytes(signed.getvalue())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(back), ""))
    made.waiting.orders.bring_action.trigger()
    settle()
    assert service.load_paper(made.desk.db, paper_id).signers[0].route is Route.OUTSIDE
    Image.new("RGB", (40, 60), "white").save(scan)
    fills(monkeypatch, made.desk.tasks, InkDialog, pages="1", path=str(scan))
    made.waiting.orders.ink_action.trigger()
    settle()
    paper = service.load_paper(made.desk.db, paper_id)
    assert (paper.state, paper.signers[1].route, paper.signers[1].pages) == (
        PaperState.SIGNED, Route.INK, "1",
    )  # fmt: skip
    assert made.waiting.list.rows() == []


def test_a_file_that_is_not_taken_is_told_and_nothing_changes(page, freeze, settle, tmp_path, monkeypatch):
    paper_id = freeze(1)
    made = page()
    wrong = tmp_path / "otro.pdf"
    wrong.write_bytes(b"%PDF-1.4 otro")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    made.waiting.orders.bring_action.trigger()
    settle()
    shown = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, MessageDialog) and one.isVisible()
    ]
    assert len(shown) == 1
    shown[0].close()
    assert service.load_paper(made.desk.db, paper_id).version == 1


def test_observing_sends_it_back_and_the_next_version_tells_what_changed(page, freeze, settle, monkeypatch):
    paper_id = freeze(1)
    made = page()
    met = loses_the_base_once(
        monkeypatch, made.desk.tasks, RefuseDialog, service, "refuse_paper", reason="Falta la fecha."
    )
    made.waiting.orders.refuse_action.trigger()
    settle()
    assert [(one.refusal, one.kept["reason"]) for one in met] == [(AWAY, "Falta la fecha.")]
    assert service.load_paper(made.desk.db, paper_id).state is PaperState.REFUSED
    freeze(1)
    made.reload()
    settle()
    assert made.waiting.list.as_seen()[1] == [["", "Acta 1 (v. 2)", "Le toca"]]
    told = made.waiting.changes.toPlainText()
    assert f"{LEGAL}: «Falta la fecha.»" in told
    assert "El texto es igual al de la versión 1." in told


def test_changes_are_told_in_words_and_marks(db, freeze):
    before = service.load_paper(db, freeze(1))
    changes = (
        Change(ChangeKind.CHANGED, "Cuesta S/ 1.00 <b>.", "Cuesta S/ 2.00 <b>."),
        Change(ChangeKind.ADDED, "", "Nuevo."),
        Change(ChangeKind.REMOVED, "Viejo.", ""),
    )
    html = changes_html(VersionChanges(before, changes))
    assert "3 pasajes cambiaron desde la versión 1" in html
    assert "<b>Agregado:</b>" in html
    assert "<b>Quitado:</b>" in html
    assert "&lt;b&gt;." in html, "the paper's own signs are no marks"
    long = "palabra " * 2_500
    assert (
        changes_html(VersionChanges(before, (Change(ChangeKind.CHANGED, long, long + "x"),))).count("<s ")
        == 1
    )


def test_ctrl_p_shows_the_paper_that_waits(page, freeze, settle):
    from sisfoh_desktop.qtkit.preview import PreviewDialog

    freeze(1)
    made = page()
    shown = []
    original = PreviewDialog.exec
    try:
        PreviewDialog.exec = lambda dialog: shown.append(dialog)
        assert made.preview()
        settle()
    finally:
        PreviewDialog.exec = original
    assert len(shown) == 1
    shown[0].close()


def test_models_keep_qt_s_rules(page, freeze, qtmodeltester):
    freeze(1)
    qtmodeltester.check(page().waiting.list.model)


def test_the_signer_goes_to_where_it_was_drafted_and_reads_a_wide_page(page, freeze, qtbot):
    freeze(1)
    made = page()
    with qtbot.waitSignal(made.open_record) as asked:
        made.waiting.origin_action.trigger()
    assert asked.args == ["acta", 1]
    made.resize(838, 640)
    assert made.waiting.pane.list.width() < 80, "page numbers, no pictures"
    assert made.waiting.pane.area.width() > 400


def test_what_waits_for_one_s_signature_is_printed_as_one_job(page, freeze, settle, monkeypatch, tmp_path):
    for number in (1, 2):
        freeze(number)
    made = page()
    choose(made, LEGAL, settle)
    made.waiting.list.view.selectAll()
    asked, left = [], []

    def answer(dialog):
        asked.append(sorted(one.title for one in dialog.chosen()))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(tmp_path / "papeles.pdf"))
        ask_for_a4(printer)
        return PrintChoice(printer, "", 1, False)

    monkeypatch.setattr(PrintManyDialog, "ask_choice", answer)
    made.desk.tasks.paper_left.connect(left.append)
    next(one for one in made.page_actions() if "Imprimir varios" in one.text()).trigger()
    settle()
    assert asked == [["Acta 1", "Acta 2"]]
    assert sorted(one.title for one in left) == ["Acta 1", "Acta 2"]
    assert page_count((tmp_path / "papeles.pdf").read_bytes()) == 2
