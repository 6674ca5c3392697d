"""A clerk at the real window of the practice office, for the journeys: hands, eyes, and the people who sign."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.database import allow_current_thread
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PATIENCE = 300  # looks for a dialog before another one is left
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
        self.keys = 0  # strokes so far; a chord such as Ctrl+K is one, and so is each sign of a text

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
        self.keys += 1
        front = QApplication.activeModalWidget()
        if front is None or QApplication.focusWidget() is None:
            (front or self.window).activateWindow()  # what a window manager does when a dialog has closed
            QApplication.processEvents()
        QTest.keyClick(into or QApplication.focusWidget() or front or self.window, key, modifier)
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


class Typist(Clerk):
    """A clerk who never leaves the keyboard: types where the cursor is, goes by Alt+letter, answers what opens."""

    def write(self, text):
        """Type where the cursor is; a cell of a grid hands it to its editor at the first sign."""
        self.keys += len(text)
        for sign in text:
            at = QApplication.focusWidget()
            assert at is not None, "nothing has the cursor"
            QTest.keyClicks(at, sign)
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
        self.keys += 1
        front = QApplication.activeModalWidget() or self.window
        self.press(getattr(Qt.Key, f"Key_{letter.upper()}"), ALT, front)
        QTest.qWait(150)  # a mnemonic clicks a bit later, and on a busy PC later still
        self.qtbot.waitUntil(
            lambda: not any(button.isDown() for button in self.window.findChildren(QAbstractButton))
        )
        self.settle()

    @property
    def dialog(self):
        """The dialog in front."""
        found = QApplication.activeModalWidget()
        assert found is not None, "no dialog"
        return found

    def tab(self, key, letter):
        """To a tab of the page by its letter."""
        self.alt(letter)
        self.qtbot.waitUntil(lambda: self.page.tab().key == key)
        assert not doubled_letters(self.window)
        return self.page.tab()

    def use(self, button):
        """A button by the letter under which it stands."""
        assert button.isEnabled(), f"«{button.text()}» cannot be used: {button.toolTip()}"
        self.alt(button.text()[button.text().index("&") + 1])

    def go_to(self, widget):
        """Tab until the cursor is there."""
        for _ in range(60):
            if widget.hasFocus():
                return
            self.press(TAB)
        raise AssertionError(f"Tab never comes to «{widget.accessibleName()}»")

    def choose(self, combo, words):
        """To a list, and down in it until it shows these words."""
        self.go_to(combo)
        for _ in range(combo.count()):
            if combo.currentText() == words:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"«{words}» is not below in «{combo.accessibleName()}»")

    def fill(self, **texts):
        """Each text into its field of the dialog in front."""
        form = self.dialog.form
        for name, text in texts.items():
            self.go_to(form.fields[name].editor)
            self.press(Qt.Key.Key_A, CONTROL)
            self.write(text)

    def order(self, words, answers=None, title=""):
        """An order of the page, found by Ctrl+K; `answers` its dialog, if any, called by the same words or `title`."""
        self.press(Qt.Key.Key_K, CONTROL)
        self.write(words)
        if answers is None:
            self.press(ENTER)
            return
        with self.answered(title or words, answers):
            self.press(ENTER)

    @contextmanager
    def answered(self, title, answers):
        """The dialog called so is answered when it comes; any other that waits is left, and the test ends."""
        came, looks = [], iter(range(PATIENCE))

        def look():
            dialog = QApplication.activeModalWidget()
            wanted = dialog is not None and dialog.isVisible() and dialog.windowTitle().startswith(title)
            if wanted and not dialog.isActiveWindow():
                dialog.activateWindow()  # what a window manager does when a dialog has come
                QTimer.singleShot(10, look)
            elif wanted:
                came.append(dialog.windowTitle())
                try:
                    assert not doubled_letters(dialog)
                    answers(dialog)
                except Exception as error:
                    came[0] = f"{came[0]}: {error!r}"
                    leave(dialog)
            elif self.tasks.busy or next(looks, None) is not None:  # what is being read is waited for
                QTimer.singleShot(10, look)
            elif dialog is not None:
                came.append(f"otro: {dialog.windowTitle()}")
                leave(dialog)

        QTimer.singleShot(0, look)
        yield
        self.qtbot.waitUntil(lambda: bool(came))
        assert came[0].startswith(title), came
        assert "Error" not in came[0], came
        self.settle()

    def save(self):
        """Ctrl+S in the dialog in front."""
        self.press(Qt.Key.Key_S, CONTROL)

    def step(self, button):
        """The next step, which must be this one."""
        assert self.page.next_step().button == button
        self.next_step()


def doubled_letters(window):
    """What stands in a window under the same Alt+letter as something else: such a letter does nothing."""
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.buddy()]
    texts += [button.text() for button in window.findChildren(QAbstractButton) if button.isVisible()]
    for bar in window.findChildren(QTabBar):
        texts += [bar.tabText(at) for at in range(bar.count()) if bar.isVisible() and bar.isTabVisible(at)]
    found = {}
    for text in texts:
        mark = text.replace("&&", "").find("&")
        if mark >= 0:
            found.setdefault(text.replace("&&", "")[mark + 1].lower(), []).append(text)
    return [alike for alike in found.values() if len(alike) > 1]


def save(dialog):
    """Ctrl+S in it."""
    dialog.activateWindow()  # what a window manager does when another dialog has closed over it
    QApplication.processEvents()
    QTest.keyClick(dialog, Qt.Key.Key_S, CONTROL)


def leave(dialog):
    """Every dialog that stands, so that a test that failed ends."""
    while (front := QApplication.activeModalWidget()) is not None and front is not dialog:
        front.done(0)
    dialog.done(0)


def seen(table):
    """The rows as a person reads them."""
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def sign_with(certificate, password, dialog):
    assert dialog.windowTitle().startswith("Firmar"), dialog.windowTitle()
    fields = dialog.file_form.fields
    fields["path"].editor.selectAll()
    QTest.keyClicks(fields["path"].editor, str(certificate))
    fields["password"].editor.setFocus()
    QTest.keyClicks(fields["password"].editor, password)
    QTest.keyClick(fields["password"].editor, ENTER)


def at_the_window(
    kind: type[Clerk], base: Path, tmp_path: Path, qtbot, *, user: str, office: str
) -> Iterator[Clerk]:
    """A clerk of this kind at the window on `base`, two working days after the act; put away at the end."""
    tasks = Tasks()
    window = MainWindow(
        PAGES,
        tasks=tasks,
        settings=PcSettings(user=user, office=office, theme="light"),
        state=WindowState(tmp_path / "ventana.ini"),
        base=str(base),
        clock=FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)),
    )
    yield from at_work(kind, window, tasks, qtbot)


def at_work(kind: type[Clerk], window: MainWindow, tasks: Tasks, qtbot, *, on_a_page=True) -> Iterator[Clerk]:
    """A clerk of this kind at this window, shown and furnished; put away at the end."""
    # a test that failed may leave something unsaved: nobody is there to answer what the window would ask
    qtbot.addWidget(window, before_close_func=lambda closing: closing.stack.set_desk(None))
    window.resize(1366, 768)
    with qtbot.waitSignal(window.painted):
        window.show()
    qtbot.waitUntil(
        lambda: window.is_furnished and (window.stack.page is not None or not on_a_page), timeout=15_000
    )
    hands = kind(window, tasks, qtbot)
    hands.settle()
    yield hands
    hands.settle()
    window.stack.set_desk(None)
    tasks.close()
    allow_current_thread()
    theme().set_practice(False)
