"""A long change with its count: it shows itself, counts, is stopped by Cancelar and tells how it ended."""

import threading

import pytest
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog


class Work:
    """A change that stops half-way until the test lets it go on."""

    def __init__(self, total=10_000_000_000):
        self.total = total
        self.half, self.go = threading.Event(), threading.Event()
        self.undone = False

    def __call__(self, progress):
        progress(self.total // 2, self.total)
        self.half.set()
        self.go.wait(30)
        try:
            progress(self.total, self.total)
        except Cancelled:
            self.undone = True
            raise
        return "hecho"


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_counts_and_closes_with_the_result(parent, tasks, qtbot):
    work, done, changed = Work(), [], []
    tasks.changed.connect(changed.append)
    dialog = ProgressDialog.run_change(
        parent, tasks, "Registrando", work, {"kardex"}, on_done=done.append, shown_after_ms=0
    )
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.bar.maximum() > 0)
    assert dialog.count.text().replace("\u00a0", " ") == "5 000 000 000 de 10 000 000 000 formularios"
    assert dialog.bar.value() == 500
    closed = qtbot.waitSignal(dialog.finished)
    work.go.set()
    tasks.wait_idle()
    closed.wait()
    assert done == ["hecho"]
    assert changed == [{"kardex"}]


def test_cancelling_stops_the_work_and_comes_back_as_a_refusal(parent, tasks, qtbot):
    work, refused, changed = Work(), [], []
    tasks.changed.connect(changed.append)
    dialog = ProgressDialog.run_change(
        parent, tasks, "Registrando", work, {"kardex"}, on_error=refused.append, shown_after_ms=0
    )
    qtbot.waitUntil(lambda: dialog.isVisible() and work.half.is_set())
    dialog.reject()  # Esc
    assert dialog.isVisible()
    assert not dialog.cancel_button.isEnabled()
    assert "Cancelando" in dialog.count.text()
    work.go.set()
    tasks.wait_idle()
    assert work.undone
    assert isinstance(refused[0], Cancelled)
    assert changed == []


def test_a_short_change_shows_nothing(parent, tasks, qtbot):
    ended = []
    dialog = ProgressDialog.run_change(
        parent, tasks, "Registrando", lambda progress: progress(1, 1), (), on_end=lambda: ended.append(True)
    )
    seen = []
    dialog.finished.connect(lambda: seen.append(dialog.isVisible()))
    tasks.wait_idle()
    assert ended == [True]
    assert seen == [False]


def test_a_refusal_without_a_listener_is_told(parent, tasks, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(
        "sisfoh_desktop.qtkit.progress_dialog.tell_error", lambda error, _over: told.append(error)
    )

    def refuse(_progress):
        raise RuleError("no", "No se puede.")

    ProgressDialog.run_change(parent, tasks, "Registrando", refuse, ())
    tasks.wait_idle()
    assert [error.sentence for error in told] == ["No se puede."]
