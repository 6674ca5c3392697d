"""The ten most frequent tasks of the office by keyboard alone, from Mi bandeja to what is kept, in the real window.

Each is counted key by key on the practice office; a chord such as Ctrl+K is one, a sign of a typed text is one.
What must be typed in any program (numbers, names, a password) is counted too and told apart in the table: a task that
suddenly asks for more fails here, and the table of the help says the same.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from clerk import CONTROL, ENTER, SIGNERS, Typist, at_the_window, seen
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from signed_case import NUMBER, sign_in_ink_and_prepare

from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules.delivery import NotificationState
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import DutyState
from sisfoh_desktop.modules.safekeeping.service import backups
from sisfoh_desktop.modules.safekeeping.view.backup_dialogs import BackupDialog

TODAY = date(2024, 3, 12)
DOWN, HOME = Qt.Key.Key_Down, Qt.Key.Key_Home


@dataclass(frozen=True)
class Count:
    """The keys of a task from Mi bandeja, how many of them are signs of what is typed, and its words in the help."""

    keys: int
    typed: int
    words: str


COUNTS = {
    "find a record and open it": Count(9, 7, "Buscar un registro por su número y abrirlo"),
    "register an incoming paper": Count(25, 19, "Registrar un documento que llegó"),
    "ask an opinion": Count(35, 25, "Pedir una opinión"),
    "hand out forms": Count(43, 31, "Entregar formularios"),
    "return of the day": Count(32, 23, "Anotar el retorno del día"),
    "a month of the POI": Count(9, 3, "Registrar la ejecución de un mes"),
    "sign a paper that waits": Count(20, 15, "Firmar un papel que espera"),
    "what became of a notification": Count(73, 50, "Anotar cómo se entregó una notificación"),
    "evidence of a duty": Count(21, 15, "Anotar la evidencia de una función"),
    "make a backup": Count(12, 9, "Respaldar"),
}


class Counted(Typist):
    """A clerk whose keys are counted from Mi bandeja on; `typed` are the signs of texts among them."""

    typed = 0

    def write(self, text):
        super().write(text)
        self.typed += len(text)

    def done(self, task):
        """The task took what the table says."""
        counted = COUNTS[task]
        assert (self.keys, self.typed) == (counted.keys, counted.typed)


@pytest.fixture
def office(practice, monkeypatch, tmp_path):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    return practice


@pytest.fixture
def clerk(office, tmp_path, qtbot):
    yield from at_the_window(Counted, office, tmp_path, qtbot, user="secretaria", office="ULE")


@pytest.fixture
def notified(office, tmp_path, qtbot):
    """The act has its signatures, its cargos are out; a clerk, and the base as another pair of eyes reads it."""
    sign_in_ink_and_prepare(office)
    for clerk in at_the_window(Counted, office, tmp_path, qtbot, user="secretaria", office="GM"):
        allow_current_thread()
        db = Database.open(office)
        yield clerk, db
        db.close()


@pytest.fixture
def kept(clerk, office):
    """The base as another pair of eyes reads it, once the clerk is done."""
    allow_current_thread()
    db = Database.open(office)
    yield db
    db.close()


def find(clerk, number):
    """Ctrl+K, the number as people say it, Enter: the act is open."""
    clerk.press(Qt.Key.Key_K, CONTROL)
    clerk.write(number.partition("-GM")[0].lstrip("0"))
    clerk.qtbot.waitUntil(lambda: any(number in line for line in clerk.dialog.lines()))
    clerk.press(ENTER)
    clerk.qtbot.waitUntil(lambda: clerk.page.title == "Resoluciones")
    clerk.settle()
    assert clerk.page.record.saved.number_text == number


def test_the_help_tells_the_same_counts():
    lines = resource("help", "tasks.md").read_text(encoding="utf-8").splitlines()
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.count("|") == 5]
    counts = [[one.words, str(one.keys), str(one.typed)] for one in COUNTS.values()]
    assert [row[:3] for row in told if row[1].isdigit()] == counts


def test_find_a_record_and_open_it(clerk):
    find(clerk, NUMBER)
    clerk.done("find a record and open it")


def test_register_an_incoming_paper(clerk, kept):
    clerk.go(2)
    clerk.press(ENTER)

    def tell(dialog):
        clerk.write("301-2024-OGAJ/MPT")
        clerk.alt("p")
        clerk.write("GM")
        clerk.save()

    with clerk.answered("Registrar documento", tell):
        clerk.press(Qt.Key.Key_N, CONTROL)
    clerk.done("register an incoming paper")
    documents = expedientes.load_expediente(kept, 1).documents
    assert (documents[-1].entry.number_text, documents[-1].entry.receiver.siglas) == (
        "301-2024-OGAJ/MPT",
        "GM",
    )


def test_ask_an_opinion(clerk, kept):
    clerk.go(2)
    clerk.press(ENTER)

    def tell(dialog):
        clerk.press(Qt.Key.Key_Space)
        clerk.alt("q")
        clerk.press(DOWN)
        clerk.alt("s")
        clerk.write("Opinion sobre el proyecto")
        clerk.save()

    with clerk.answered("Pedir opinión", tell):
        clerk.press(Qt.Key.Key_F8)
    clerk.done("ask an opinion")
    assert "Opinion sobre el proyecto" in [one.asks for one in expedientes.list_opinions(kept, 1, TODAY)]


def test_hand_out_forms(clerk, kept):
    clerk.go(6)
    clerk.press(Qt.Key.Key_N, CONTROL)
    register = clerk.page.tab()
    before = len(seen(register.list))
    clerk.press(Qt.Key.Key_A, CONTROL)
    clerk.row("11/3/24", "dist", "fsu", None, "beto", "201+50", None, None, "Cargo 1")
    clerk.press(ENTER)
    rows = seen(register.list)
    assert len(rows) == before + 1, register.entry.message.text()
    assert rows[-1][5:8] == ["BETO DOS PRÁCTICA", "000201", "000250"]
    clerk.done("hand out forms")


def test_return_of_the_day(clerk, kept):
    clerk.go(6)
    custody = clerk.tab("custody", "U")
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.write("celia")
    clerk.press(ENTER)
    assert "CELIA" in custody.panel.name.text()
    clerk.use(custody.panel.return_button)
    clerk.write("el resto en blanco")
    clerk.press(ENTER)
    clerk.save()
    assert QApplication.activeModalWidget() is None
    clerk.done("return of the day")


def test_a_month_of_the_poi(clerk):
    clerk.go(7)
    tab = clerk.tab("follow", "S")
    clerk.step("Ir a la primera")
    clerk.write("290")
    clerk.press(ENTER)
    assert tab.has_unsaved()
    clerk.press(Qt.Key.Key_G, CONTROL)
    assert QApplication.activeModalWidget() is None
    assert not tab.has_unsaved()
    clerk.done("a month of the POI")


def test_sign_a_paper_that_waits(clerk, kept, pki, tmp_path):
    """The certificate is where it was the last time: only its password is typed."""
    certificate = tmp_path / "legal.p12"
    certificate.write_bytes(pki.person(*SIGNERS[0]))
    clerk.page.desk.settings.p12_path = str(certificate)
    clerk.go(8)
    clerk.alt("p")

    def sign(_dialog):
        clerk.write(pki.password)
        clerk.press(ENTER)

    with clerk.answered("Firmar", sign):
        clerk.next_step()
    clerk.done("sign a paper that waits")
    [paper] = papers.list_papers(kept)
    assert paper.signed_count == 1


def test_evidence_of_a_duty(clerk, kept):
    clerk.go(4)
    clerk.go_to(clerk.page.table().view)
    clerk.press(HOME, CONTROL)
    clerk.press(DOWN)

    def tell(dialog):
        clerk.write("Informe 12-2024")
        clerk.save()

    with clerk.answered("Evidencia", tell):
        clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_Space)
    clerk.done("evidence of a duty")
    [evidence] = [one for entries in responsibilities.list_evidence(kept, 1).values() for one in entries]
    assert evidence.text == "Informe 12-2024"
    assert clerk.page.editor.list.selected().duty.state is DutyState.DONE


def test_make_a_backup(clerk, kept, tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    clerk.page.desk.settings.backup_folder = str(folder)
    clerk.press(Qt.Key.Key_K, CONTROL)
    clerk.write("respaldar")
    clerk.press(ENTER)
    clerk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), BackupDialog))
    clerk.save()
    clerk.qtbot.waitUntil(lambda: len(list(folder.iterdir())) == 1, timeout=30_000)
    clerk.settle()
    clerk.done("make a backup")
    assert len(backups.list_backups(kept)) == 1


def test_what_became_of_a_notification(notified):
    clerk, db = notified
    act = resoluciones.find_by_number(db, NUMBER)
    first = delivery.view_delivery(db, act.id, TODAY).waiting[0]
    find(clerk, NUMBER)
    clerk.alt("d")

    def tell(dialog):
        clerk.fill(receiver="ROSA PRUEBA MAMANI", hour="9:30")
        clerk.save()

    clerk.write(delivery.code_of(act, first))
    with clerk.answered("Registrar entrega", tell):
        clerk.press(ENTER)
    clerk.done("what became of a notification")
    states = [one.state for one in delivery.view_delivery(db, act.id, TODAY).notifications]
    assert states.count(NotificationState.DELIVERED) == 1
