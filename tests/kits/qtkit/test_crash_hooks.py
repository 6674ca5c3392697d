"""Every bug is caught: here, on other threads, and what the last run left."""

import sys
import threading
from pathlib import Path

import pytest

from sisfoh_desktop.qtkit import crash_dialog, crash_hooks


@pytest.fixture
def caught(monkeypatch, tmp_path):
    heard: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        crash_dialog,
        "report_crash",
        lambda error, *_more: heard.append((type(error).__name__, _on_main_thread())),
    )
    before = sys.excepthook, threading.excepthook
    crash_hooks.install_hooks(tmp_path)
    yield heard
    crash_hooks.remove_hooks()
    sys.excepthook, threading.excepthook = before


def _on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def test_a_bug_on_the_gui_thread_is_told(caught):
    error = ValueError("x")
    sys.excepthook(ValueError, error, None)
    assert caught == [("ValueError", True)]


def test_a_bug_on_another_thread_is_told_on_the_gui_thread(caught, qtbot):
    def fails() -> None:
        error = KeyError("x")
        threading.excepthook(threading.ExceptHookArgs((KeyError, error, None, threading.current_thread())))

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(caught))
    assert caught == [("KeyError", True)]


def test_an_orderly_end_leaves_nothing_to_tell(tmp_path: Path):
    assert crash_hooks.install_hooks(tmp_path) == ""
    crash_hooks.remove_hooks()
    assert crash_hooks.install_hooks(tmp_path) == ""
    crash_hooks.remove_hooks()


def test_a_crash_of_the_last_run_is_found_once(tmp_path: Path):
    (tmp_path / crash_hooks.FAULT_FILE).write_text(
        "Fatal Python error: Segmentation fault\n", encoding="utf-8"
    )
    assert "Segmentation" in crash_hooks.install_hooks(tmp_path)
    crash_hooks.remove_hooks()
    assert crash_hooks.install_hooks(tmp_path) == ""
    crash_hooks.remove_hooks()


def test_a_folder_that_cannot_be_written_costs_only_the_report(tmp_path: Path):
    taken = tmp_path / "archivo"
    taken.write_text("x", encoding="utf-8")
    assert crash_hooks.install_hooks(taken) == ""
    crash_hooks.remove_hooks()
