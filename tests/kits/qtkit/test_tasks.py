"""Background work: results on the GUI thread, dropped when nobody waits, errors told by their family."""

import threading

import pytest
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError
from sisfoh_desktop.qtkit import crash_dialog, messages


@pytest.fixture
def told(monkeypatch) -> list[str]:
    """What the person was told, instead of dialogs."""
    heard: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence, *_more: heard.append(sentence))
    monkeypatch.setattr(
        crash_dialog, "report_crash", lambda error, *_more: heard.append(f"crash {type(error).__name__}")
    )
    return heard


def fails(error: Exception):
    def fn():
        raise error

    return fn


def test_work_runs_on_the_worker_and_its_result_comes_back_to_the_window(tasks):
    seen: list[object] = []
    tasks.run_query(threading.get_ident, lambda ident: seen.extend((ident, threading.get_ident())))
    tasks.wait_idle()
    assert seen[0] != seen[1] == threading.get_ident()


def test_jobs_run_one_after_the_other_in_their_order(tasks):
    order: list[int] = []
    for number in range(20):
        tasks.run_query(lambda number=number: number, order.append)
    tasks.wait_idle()
    assert order == list(range(20))


def test_a_change_is_broadcast_after_its_result(tasks, qtbot):
    seen: list[object] = []
    tasks.changed.connect(seen.append)
    tasks.run_change(lambda: 7, {"papers", "plans"}, seen.append)
    tasks.wait_idle()
    assert seen == [7, {"papers", "plans"}]


def test_a_query_changes_nothing(tasks):
    seen: list[object] = []
    tasks.changed.connect(seen.append)
    tasks.run_query(lambda: 7, lambda _result: None)
    tasks.wait_idle()
    assert seen == []


@pytest.mark.parametrize(
    "error", [RuleError("amount_invalid", "El importe no vale."), DatabaseUnavailable("La base no responde.")]
)
def test_a_refusal_shows_its_sentence(tasks, told, error):
    tasks.run_change(fails(error), {"plans"})
    tasks.wait_idle()
    assert told == [error.sentence]


def test_a_refusal_goes_to_the_caller_who_asked_for_it(tasks, told):
    caught: list[str] = []
    tasks.run_query(
        fails(RuleError("x", "No.")), lambda _r: None, on_error=lambda error: caught.append(error.sentence)
    )
    tasks.wait_idle()
    assert caught == ["No."]
    assert told == []


def test_our_own_bug_opens_the_crash_dialog_even_if_the_caller_handles_refusals(tasks, told):
    ended: list[bool] = []
    tasks.run_query(
        fails(KeyError("x")), lambda _r: None, on_error=told.append, on_end=lambda: ended.append(True)
    )
    tasks.wait_idle()
    assert told == ["crash KeyError"]
    assert ended == [True]


def test_after_a_bug_the_worker_goes_on(tasks, told):
    seen: list[int] = []
    tasks.run_query(fails(ValueError("x")), seen.append)
    tasks.run_query(lambda: 1, seen.append)
    tasks.wait_idle()
    assert seen == [1]


def test_a_failed_change_is_not_broadcast(tasks, told):
    seen: list[object] = []
    tasks.changed.connect(seen.append)
    tasks.run_change(fails(RuleError("x", "No.")), {"plans"}, seen.append)
    tasks.wait_idle()
    assert seen == []


def test_the_result_of_a_dead_owner_is_dropped(tasks, qtbot):
    gate = threading.Event()
    seen: list[object] = []
    owner = QWidget()
    tasks.run_query(gate.wait, seen.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    gate.set()
    tasks.wait_idle()
    assert seen == []


def test_a_change_whose_owner_died_is_still_broadcast_and_its_failure_told(tasks, qtbot, told):
    gate = threading.Event()
    seen: list[object] = []
    tasks.changed.connect(seen.append)
    owner = QWidget()
    tasks.run_change(gate.wait, {"plans"}, seen.append, owner=owner)
    tasks.run_change(fails(RuleError("x", "No se guardó.")), {"papers"}, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    gate.set()
    tasks.wait_idle()
    assert seen == [{"plans"}]
    assert told == ["No se guardó."]


def test_what_a_job_holds_dies_on_the_thread_of_the_window(tasks, told):
    """A dialog that only its own job still holds would be destroyed on the worker, which ends the process."""
    died: list[int] = []

    class Dialog:
        def __del__(self) -> None:
            died.append(threading.get_ident())

        def work(self, _result: object = None) -> None:
            pass

        def fail(self) -> None:
            raise RuleError("refused", "No se pudo.")

    for _ in range(3):
        tasks.run_query(Dialog().work, Dialog().work)
        tasks.wait_idle()
        tasks.run_change(Dialog().fail, set(), on_error=Dialog().work)
        tasks.wait_idle()
    tasks.run_query(lambda: None, lambda _result: None)
    tasks.wait_idle()
    assert died
    assert set(died) == {threading.get_ident()}


def test_busy_is_told_once_for_a_batch(tasks):
    seen: list[bool] = []
    tasks.busy_changed.connect(seen.append)
    tasks.run_query(lambda: 1, lambda _r: None)
    tasks.run_query(lambda: 2, lambda _r: None)
    assert tasks.busy
    tasks.wait_idle()
    assert seen == [True, False]


def test_closing_forgets_what_waits(tasks):
    seen: list[int] = []
    tasks.close()
    tasks.run_query(lambda: 1, seen.append)
    assert not tasks.busy
    assert seen == []


def _alive(widget: QWidget) -> bool:
    import shiboken6

    return shiboken6.isValid(widget)
