"""The tab "Entrega" by keyboard: from a signed act to everything delivered, and every refusal without a loss."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QLabel
from searching import found

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryStep, NotificationState
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.modules.resoluciones.view.delivery_dialogs import (
    OutcomeDialog,
    RecipientsDialog,
    RetryDialog,
)
from sisfoh_desktop.modules.resoluciones.view.delivery_forms import (
    LetterDialog,
    PublicationDialog,
    SendingDialog,
    SeriesDialog,
)
from sisfoh_desktop.modules.resoluciones.view.delivery_orders import render_image
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason
from sisfoh_desktop.qtkit.sign_dialog import SignChoice, SignDialog


class Screen:
    """The page with the signed act open. `will` says what the person does in the next dialog of a class."""

    def __init__(self, qtbot, desk, act, monkeypatch):
        self.qtbot, self.desk, self.act = qtbot, desk, act
        self._plans = []
        self.seen = []
        monkeypatch.setattr(TaskDialog, "exec", lambda dialog: self._exec(dialog))
        self.page = ResolucionesPage(desk)
        qtbot.addWidget(self.page)
        desk.tasks.changed.connect(
            lambda touched: self.page.reload() if touched & self.page.touches else None
        )
        self.page.resize(880, 640)
        self.page.show()
        self.page.activateWindow()
        self.settle()
        self.page.show_record("resoluciones", act)
        self.settle()
        self.tab = self.page.record.delivery

    def settle(self):
        for _ in range(5):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def will(self, dialog_class, act=None):
        self._plans.append((dialog_class, act))

    def step(self):
        self.page.next_step().run()
        self.settle()
        assert self._plans == [], "a dialog was expected that did not come"

    def order(self, action):
        assert action.isEnabled()
        action.trigger()
        self.settle()
        assert self._plans == []

    def _exec(self, dialog):
        self.seen.append(dialog)
        expected, act = self._plans.pop(0)
        assert isinstance(dialog, expected), type(dialog).__name__
        if act is not None:
            act(dialog)
        dialog.try_submit()
        self.settle()
        if dialog.result() != QDialog.DialogCode.Accepted:
            words = [label.text() for label in dialog.form.summary.findChildren(QLabel)]
            dialog.told = "\n".join(words + [one.error for one in dialog.form.fields.values()])
        return dialog.result()

    def rows(self):
        return self.tab.list.as_seen()[1]

    def view(self):
        return delivery.view_delivery(self.desk.db, self.act, date(2024, 3, 8))


@pytest.fixture
def screen(qtbot, desk, case, signed_act, monkeypatch):
    return Screen(qtbot, desk, signed_act, monkeypatch)


@pytest.fixture
def file(tmp_path, scan):
    path = tmp_path / "cargo.png"
    path.write_bytes(scan[1])
    return str(path)


def series_after_17(dialog):
    assert "como 001-2024-GM/MPP" in dialog.told.text()
    dialog.form.fields["last_number"].set_value(17)
    assert dialog.told.text() == "El primero que dará el programa: 018-2024-GM/MPP."


def fill(**values):
    def act(dialog):
        for name, value in values.items():
            dialog.form.fields[name].set_value(value)

    return act


def shown(dialog_class):
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, dialog_class) and one.isVisible()
    ]


def prepared(screen, *, tick=()):
    """Prepare what is proposed."""
    screen.will(RecipientsDialog)
    screen.order(screen.page.delivery.prepare_action)


def test_from_the_signature_to_everything_delivered(screen, qtbot, file, pki, tmp_path, monkeypatch, case):
    page = screen.page
    assert page.record.tabs.currentWidget() is screen.tab
    titles = [page.next_step().title]

    def add_one(dialog):
        rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert rows[0].startswith("Archivo")
        assert dialog.list.item(0).checkState() is Qt.CheckState.Unchecked
        dialog.list.setCurrentRow(2)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # OGAJ is left out
        fill(name="Ana Prueba", email="ana@prueba.pe")(dialog)

    screen.will(RecipientsDialog, add_one)
    qtbot.keyClick(screen.tab.list.view, Qt.Key.Key_Insert)
    screen.settle()
    assert [row[0] for row in screen.rows()] == [
        "GM · Gerencia Municipal",
        "ULE · Unidad Local de Empadronamiento",
        "Ana Prueba",
    ]
    titles.append(page.next_step().title)
    screen.step()
    (preview,) = shown(PreviewDialog)
    assert preview.pane.pdf.startswith(b"%PDF")
    preview.close()
    assert {row[4] for row in screen.rows()} == {"Pendiente, impreso"}

    titles.append(page.next_step().title)
    screen.will(SeriesDialog, series_after_17)
    screen.will(LetterDialog, fill(addressee="ROSA PRUEBA"))
    screen.step()
    assert screen.view().letter.number_text == "018-2024-GM/MPP"
    titles.append(page.next_step().title)
    path = tmp_path / "gm.p12"
    path.write_bytes(pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"))
    monkeypatch.setattr(SignDialog, "ask", lambda *_a, **_k: SignChoice("p12", pki.password, path=str(path)))
    screen.step()
    assert papers.load_paper(case.db, screen.view().letter.id).state.value == "firmada"

    titles.append(page.next_step().title)

    def send(dialog):
        assert dialog.form.value("letter") == "018-2024-GM/MPP"
        fill(registry="E-77", file=file)(dialog)

    screen.will(SendingDialog, send)
    screen.step()
    assert "a tiempo" in screen.tab.remitted.chip.word
    assert "registro E-77" in screen.tab.remitted.text.text()

    titles.append(page.next_step().title)
    screen.will(
        PublicationDialog,
        fill(
            url="www.prueba.gob.pe/091.pdf",
            by="EVA PRUEBA",
            unit=case.units["OGAJ"],
            file=file,
            capture=file,
        ),
    )
    screen.step()
    assert screen.tab.published.chip.word == "Publicada; la copia difiere"

    titles.append(page.next_step().title)
    for number in range(3):
        screen.tab.list.select(screen.view().notifications[number].id)
        screen.will(OutcomeDialog, fill(receiver="LUIS PRUEBA", hour="9:30", file=file))
        qtbot.keyClick(screen.tab.list.view, Qt.Key.Key_Return)
        screen.settle()
    assert {row[4] for row in screen.rows()} == {"Entregado"}
    assert screen.tab.notified.chip.word == "Todos notificados"
    assert page.record.saved.state is State.NOTIFIED
    titles.append(page.next_step().title)
    assert titles == [
        "Notificar",
        "Notificar: imprima los cargos",
        "Remitir la copia",
        "Remitir: firmar el oficio",
        "Remitir: registrar el envío",
        "Publicar",
        "Registrar los cargos que vuelven",
        "Todo entregado",
    ]
    screen.will(MessageDialog)
    screen.step()
    assert "Constancia congelada" in screen.tab.published.text.text()
    screen.step()  # signs it with the same certificate: of another person, so it is refused
    (refusal,) = shown(MessageDialog)
    assert "aquí firma" in refusal.sentence
    refusal.close()


def test_a_refused_outcome_keeps_what_was_typed(screen):
    prepared(screen)
    screen.will(OutcomeDialog, fill(relation="Secretaria"))
    screen.order(screen.page.delivery.outcome_action)
    dialog = screen.seen[-1]
    assert dialog.told.startswith("Falta quién recibió")
    assert dialog.form.value("relation") == "Secretaria"
    assert screen.view().notifications[0].state is NotificationState.PENDING
    screen.will(OutcomeDialog, fill(receiver="ANA", hour="25:00"))
    screen.order(screen.page.delivery.outcome_action)
    assert "10:30" in screen.seen[-1].form.fields["hour"].error
    screen.will(OutcomeDialog, fill(receiver="ANA", file="/no/existe.pdf"))
    screen.order(screen.page.delivery.outcome_action)
    assert "No se pudo leer «existe.pdf»" in screen.seen[-1].told


def test_a_scanned_code_opens_its_notification_wherever_it_is_scanned(screen, qtbot, case):
    prepared(screen)
    act = service.load_resolucion(case.db, screen.act)
    last = screen.view().notifications[-1]
    code = delivery.code_of(act, last)
    screen.will(OutcomeDialog, fill(receiver="ANA"))
    qtbot.keyClicks(screen.tab.code, code)
    qtbot.keyClick(screen.tab.code, Qt.Key.Key_Return)
    screen.settle()
    assert screen.view().notifications[-1].state is NotificationState.DELIVERED
    assert screen.tab.code.text() == ""
    assert screen.rows()[-1][4] == "Entregado, sin cargo"
    (hit,) = [one for one in found(screen.desk, "resoluciones", code) if one.title.startswith("Cargo")]
    assert hit.record_id == screen.act
    qtbot.keyClicks(screen.tab.code, "otra cosa")
    qtbot.keyClick(screen.tab.code, Qt.Key.Key_Return)
    screen.settle()
    (refusal,) = shown(MessageDialog)
    assert "SISFOH-CARGO:12:" in refusal.sentence
    refusal.close()


def test_returned_tried_again_closed_and_corrected(screen, qtbot):
    prepared(screen)
    flows = screen.page.delivery
    first = screen.view().notifications[0].id
    screen.tab.list.select(first)
    screen.will(OutcomeDialog, fill(state=NotificationState.RETURNED, note="No había nadie."))
    screen.order(flows.outcome_action)
    assert (screen.rows()[0][4], flows.outcome_action.isEnabled()) == ("Devuelto", False)
    screen.will(RetryDialog, fill(channel="correo"))
    qtbot.keyClick(screen.tab.list.view, Qt.Key.Key_Return)
    screen.settle()
    assert screen.rows()[0][4] == "Devuelto, se reintentó"
    assert (screen.rows()[-1][2], screen.rows()[-1][3]) == ("Correo", "2")
    screen.tab.list.select(screen.view().notifications[-1].id)
    assert screen.page.delivery.close_action.isEnabled()
    screen.page.activateWindow()
    screen.tab.list.view.setFocus()
    screen.settle()
    screen.will(SavingReason, fill(reason="Dejó de ser parte"))
    qtbot.keyClick(screen.tab.list.view, Qt.Key.Key_Delete)
    screen.settle()
    assert screen.rows()[-1][4] == "Cerrado con motivo"
    assert "Dejó de ser parte" in screen.tab.detail.text()
    screen.will(SavingReason, fill(reason="Sí es parte"))
    screen.order(flows.correct_action)
    assert screen.rows()[-1][4] == "Pendiente"


def test_a_cargo_that_comes_later_is_attached_and_shown(screen, file, monkeypatch):
    prepared(screen)
    flows = screen.page.delivery
    screen.will(OutcomeDialog, fill(receiver="ANA"))
    screen.order(flows.outcome_action)
    assert screen.rows()[0][4] == "Entregado, sin cargo"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (file, ""))
    screen.order(flows.attach_action)
    assert screen.rows()[0][4] == "Entregado"
    screen.order(flows.evidence_action)
    (preview,) = shown(PreviewDialog)
    assert preview.windowTitle() == "cargo.png"
    preview.close()


def test_a_picture_is_drawn_as_a_page_and_a_broken_one_refused(scan):
    width, height, rgb = render_image(scan[1], 0, 150 / 72)
    assert (width, height, len(rgb)) == (40, 30, 40 * 30 * 3)
    from sisfoh_desktop.basics.errors import FileFailed

    with pytest.raises(FileFailed):
        render_image(b"\x89PNG nada", 0, 1.0)


def test_the_preview_of_the_oficio_before_it_is_frozen(screen, case):
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")

    def look(dialog):
        dialog.preview_button.click()
        screen.settle()
        (preview,) = shown(PreviewDialog)
        assert "Proyecto" in preview.windowTitle()
        preview.close()

    screen.will(LetterDialog, look)
    screen.order(screen.page.delivery.letter_action)
    assert screen.view().step is DeliveryStep.PREPARE
    assert screen.view().letter is not None


def test_a_draft_has_no_delivery(screen, case):
    draft = case.draft()
    screen.page.reload()
    screen.page.show_record("resoluciones", draft)
    screen.settle()
    tabs = screen.page.record.tabs
    assert not tabs.isTabVisible(tabs.indexOf(screen.tab))
    assert screen.tab.view is None
    assert screen.page.delivery.actions() == []
    assert screen.page.delivery.next_step() is None


def test_letters_are_taken_once(screen):
    prepared(screen)
    buttons = [one for one in screen.page.findChildren(QAbstractButton) if one.isVisible()]
    tabs = screen.page.record.tabs
    texts = [one.text() for one in buttons]
    texts += [tabs.tabText(number) for number in range(tabs.count()) if tabs.isTabVisible(number)]
    texts += [action.text() for action in screen.page.page_actions()[:3]]
    texts.append("Có&digo del cargo")
    letters = [letter for text in texts for letter in letters_of([text])]
    assert sorted(letters) == sorted(set(letters))
    assert all(one.accessibleName() or one.text() for one in buttons)
    assert screen.tab.code.accessibleName() == "Código del cargo"
