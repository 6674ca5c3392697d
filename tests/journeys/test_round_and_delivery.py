"""After the last signature, by keyboard in the real window: notified, remitted, published; then rectified."""

from datetime import date
from functools import partial

import pytest
from clerk import SIGNERS, Clerk, at_the_window, sign_with
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from signed_case import NUMBER, a_scan, sign_in_ink

from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryStep, NotificationState
from sisfoh_desktop.modules.resoluciones.service import delivery

TODAY = date(2024, 3, 12)
LETTER = "001-2024-GM/MPT"
PATIENCE = 300  # looks at a dialog that nobody expected
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def type_into(dialog, **texts):
    """Each text into its field, key by key, over what stood there."""
    for name, text in texts.items():
        editor = dialog.form.fields[name].editor
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(editor, text)


def choose(dialog, name, text):
    """A value of a list, by the arrows."""
    combo = dialog.form.fields[name].editor
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.count()):
        if combo.currentText() == text:
            return
        QTest.keyClick(combo, Qt.Key.Key_Down)
    raise AssertionError(f"no «{text}» in {name}: {[combo.itemText(n) for n in range(combo.count())]}")


def enter(dialog):
    """Ctrl+Enter: what the dialog is for, from any field."""
    dialog.activateWindow()  # what a window manager does when another dialog has closed over it
    QApplication.processEvents()
    QTest.keyClick(dialog, ENTER, Qt.KeyboardModifier.ControlModifier)


class Secretary(Clerk):
    """A clerk who answers the dialogs of an order one after another, each known by its title."""

    def expects(self, *answers):
        """Pairs of title and answer, in order; the titles of those that came are in the list given back."""
        waiting, came, other = list(answers), [], []

        def look():
            dialog = QApplication.activeModalWidget()
            if dialog is not None and dialog.isVisible() and dialog.windowTitle() == waiting[0][0]:
                title, answer = waiting.pop(0)
                came.append(title)
                if waiting:
                    QTimer.singleShot(0, look)
                answer(dialog)
                return
            if dialog is not None and dialog.windowTitle() not in came:
                other.append(dialog.windowTitle())
            if (
                len(other) > PATIENCE
            ):  # nobody will answer that one: leave it, so that the test ends and says so
                came.append(f"otro: {other[-1]}")
                dialog.done(0)
                return
            QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)
        return came

    def step(self, button, *answers):
        """The next step, called `button`, and its dialogs."""
        assert self.page.next_step().button == button
        came = self.expects(*answers) if answers else []
        self.next_step()
        self.qtbot.waitUntil(lambda: len(came) >= len(answers))
        assert came == [title for title, _answer in answers]
        self.settle()

    @property
    def tab(self):
        return self.page.record.delivery

    def states(self):
        return [row[4] for row in self.tab.list.as_seen()[1]]


@pytest.fixture
def signed(practice):
    """The practice office after the six signatures of its act, in ink."""
    sign_in_ink(practice)
    return practice


@pytest.fixture
def clerk(signed, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    yield from at_the_window(Secretary, signed, tmp_path, qtbot, user="secretaria", office="GM")


@pytest.fixture
def look(signed):
    """The base as another pair of eyes reads it."""
    allow_current_thread()
    db = Database.open(signed)
    yield db
    db.close()


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "cargo.pdf"
    path.write_bytes(a_scan())
    return str(path)


def certificate(pki, tmp_path, person):
    path = tmp_path / f"{person[1]}.p12"
    path.write_bytes(pki.person(*person))
    return str(path)


def open_the_act(clerk):
    """From Mi bandeja: the most urgent row is the copy that is due tomorrow; Enter opens it at its delivery."""
    tray = clerk.page.table()
    first = tray.as_seen()[1][0]
    assert first[1] == f"Remitir copia de la {NUMBER} al ente rector"
    assert first[3] == "13/03/2024"
    clerk.press(ENTER, into=tray.view)
    clerk.qtbot.waitUntil(lambda: clerk.page.title == "Resoluciones")
    clerk.settle()
    assert clerk.page.record.tabs.currentWidget() is clerk.tab


def deliver(clerk, look, act, scan):
    """Delivered, refused, returned and tried again by mail, the rest by the code under the QR."""

    def received(dialog):
        type_into(dialog, receiver="ROSA PRUEBA MAMANI", hour="9:30", file=scan)
        enter(dialog)

    def refused(dialog):
        choose(dialog, "state", NotificationState.REFUSED.label)
        type_into(dialog, note="No quiso firmar ante LUIS PRUEBA, testigo", hour="9:40", file=scan)
        enter(dialog)

    def returned(dialog):
        choose(dialog, "state", NotificationState.RETURNED.label)
        type_into(dialog, note="Oficina cerrada", hour="9:45", file=scan)
        enter(dialog)

    def by_mail(dialog):
        choose(dialog, "channel", "Correo electrónico")
        enter(dialog)

    def at(number, title, answer):
        clerk.tab.list.view.setFocus()
        assert clerk.tab.list.select(number)
        came = clerk.expects((title, answer))
        clerk.press(ENTER, into=clerk.tab.list.view)
        clerk.qtbot.waitUntil(lambda: came == [title])
        clerk.settle()

    numbers = [one.id for one in delivery.view_delivery(look, act, TODAY).notifications]
    at(numbers[0], "Registrar entrega", received)
    at(numbers[1], "Registrar entrega", refused)
    at(numbers[2], "Registrar entrega", returned)
    at(numbers[2], "Nuevo intento", by_mail)
    assert clerk.states()[:3] == ["Entregado", "Rehusado", "Devuelto, se reintentó"]
    assert clerk.page.record.saved.state is State.SIGNED
    for one in delivery.view_delivery(look, act, TODAY).waiting:
        came = clerk.expects(("Registrar entrega", received))
        clerk.tab.code.setFocus()
        QTest.keyClicks(clerk.tab.code, delivery.code_of(resoluciones.load_resolucion(look, act), one))
        clerk.press(ENTER, into=clerk.tab.code)
        clerk.qtbot.waitUntil(lambda came=came: came == ["Registrar entrega"])
        clerk.settle()


def test_from_preparing_the_cargos_to_the_constancia(clerk, look, pki, tmp_path, scan):
    open_the_act(clerk)
    act = clerk.page.record.saved.id
    sign = partial(sign_with, certificate(pki, tmp_path, SIGNERS[-1]), pki.password)
    public = tmp_path / "RGM-091.pdf"
    public.write_bytes(resoluciones.resolucion_bytes(look, clerk.page.desk.archive, act))

    clerk.step("Preparar notificaciones…", ("Preparar notificaciones", enter))
    assert len(clerk.states()) == 10
    assert set(clerk.states()) == {"Pendiente"}
    clerk.step("Imprimir cargos", ("Cargos de notificación", lambda dialog: QTest.keyClick(dialog, ESCAPE)))
    assert set(clerk.states()) == {"Pendiente, impreso"}

    def letter(dialog):
        type_into(dialog, addressee="MARTA PRUEBA SALAS", position="Directora General")
        enter(dialog)

    clerk.step("Oficio de remisión…", ("Serie de los oficios", enter), ("Oficio de remisión", letter))
    clerk.step("Firmar el oficio…", (f"Firmar el oficio {LETTER}", sign))

    def sent(dialog):
        assert dialog.form.value("letter") == LETTER
        assert dialog.form.value("sent_on") == TODAY
        type_into(dialog, registry="E-2024-77", file=scan)
        enter(dialog)

    clerk.step("Registrar envío…", ("Registrar envío", sent))
    assert "a tiempo" in clerk.tab.remitted.chip.word

    def published(dialog):
        type_into(dialog, url="https://www.munitacna.gob.pe/rgm-091-2024.pdf", by="EVA PRUEBA SOTO")
        choose(dialog, "unit", "Oficina General de Atención al Ciudadano y Gestión Documentario")
        type_into(dialog, file=str(public), capture=scan)
        enter(dialog)

    clerk.step("Registrar publicación…", ("Registrar publicación", published))
    assert clerk.page.next_step().title == "Registrar los cargos que vuelven"

    deliver(clerk, look, act, scan)
    assert clerk.page.record.saved.state is State.NOTIFIED
    assert clerk.tab.notified.chip.word == "Todos notificados"

    clerk.step("Constancia…", ("¿Hacer la constancia de publicación?", enter))
    clerk.step(
        "Constancia…",
        (
            "Firmar la constancia de publicación",
            partial(sign_with, certificate(pki, tmp_path, ("PRUEBA SOTO EVA", "40000009")), pki.password),
        ),
    )
    view = delivery.view_delivery(look, act, TODAY)
    assert view.step is DeliveryStep.DONE
    assert (view.remission_due, view.remission.late_days) == (date(2024, 3, 13), 0)
    assert (view.remission.sending.sent_on, view.remission.sending.registry) == (TODAY, "E-2024-77")
    assert view.publications[0].same, "the public file is the archived one, byte by byte"
    assert view.letter.state is PaperState.SIGNED
    assert [paper.state for paper in view.constancias] == [PaperState.SIGNED]
    told = {one.recipient.name: one.outcome for one in view.notifications if one.outcome is not None}
    assert all(one.counts_from == date(2024, 3, 13) for one in told.values() if one.effective_on)
    assert delivery.check_delivery_files(look, clerk.page.desk.archive) == []

    clerk.go(1)
    assert not any(NUMBER in row[1] for row in clerk.page.table().as_seen()[1]), "nothing is owed any more"


def test_an_error_is_rectified_and_both_acts_say_so(clerk, look, pki, tmp_path):
    open_the_act(clerk)
    first = clerk.page.record.saved.id

    def errors(dialog):
        for words, right in (("16784", "10784-2024"), ("Participación Social", "Participación Vecinal")):
            place = next(
                at for at, one in enumerate(dialog._source.places) if words in one.text.replace("\n", " ")
            )
            dialog.where.fields["place"].set_value(place)
            printed = dialog.printed.editor
            start = printed.toPlainText().index(words)
            cursor = printed.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
            printed.setTextCursor(cursor)
            dialog.take_button.click()
            dialog.form.fields["must_say"].set_value(right)  # QTest has no keys for accents
            dialog.add_error_button.click()
        dialog.primary_button.click()

    came = clerk.expects(("Rectificar error material", errors))
    clerk.page.rectify.rectify_action.trigger()
    clerk.settle()
    clerk.qtbot.waitUntil(lambda: came == ["Rectificar error material"])
    clerk.qtbot.waitUntil(lambda: clerk.page.record.saved.id != first)
    clerk.settle()
    draft = clerk.page.record.saved
    assert clerk.page.record.header.chain.words() == [f"Rectifica la N° {NUMBER}"]

    clerk.step("Congelar y numerar", ("¿Congelar con el número 092-2024-GM/MPT?", enter))
    for person in SIGNERS:
        clerk.step(
            clerk.page.next_step().button,
            (
                "Firmar la resolución 092-2024-GM/MPT",
                partial(sign_with, certificate(pki, tmp_path, person), pki.password),
            ),
        )
    assert clerk.page.record.saved.state is State.SIGNED

    clerk.page.record.header.chain.links[0].click()
    clerk.settle()
    assert clerk.page.record.saved.id == first
    assert clerk.page.record.header.chain.words() == ["Rectificada por la N° 092-2024-GM/MPT, del 12/03/2024"]
    chain = resoluciones.list_rectifications(look)
    assert chain[draft.id].rectifies.id == first
    assert [one.says for one in chain[draft.id].errors] == ["16784", "Participación Social"]
    assert [one.number_text for one in chain[first].rectified_by] == ["092-2024-GM/MPT"]
    archived = papers.verify_paper(
        look, clerk.page.desk.archive, paper_id=resoluciones.load_resolucion(look, first).paper_id
    )
    assert archived.sound, "the signed act and its PDF stay as they were"
