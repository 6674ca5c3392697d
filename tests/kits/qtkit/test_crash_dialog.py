"""Our own bugs: told once, without data of people, and the program goes on."""

import pytest
from PySide6.QtGui import QGuiApplication

from sisfoh_desktop.qtkit import crash_dialog
from sisfoh_desktop.qtkit.crash_dialog import CrashDialog, details_of, report_crash, show_last_fault


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(crash_dialog, "_open", None)
    crash_dialog._seen.clear()


def fail(message: object) -> None:
    raise KeyError(message)


def a_bug(message: object = "QUISPE MAMANI, Juana 40000001") -> Exception:
    try:
        fail(message)
    except KeyError as error:
        bug = ValueError(f"no household of {message}")
        bug.__cause__ = error
        return bug
    raise AssertionError


def test_the_details_name_code_and_no_person():
    details = details_of(a_bug())
    assert "ValueError" in details
    assert "KeyError" in details
    assert "test_crash_dialog.py:" in details
    for secret in ("QUISPE", "Juana", "40000001", str(__file__)):
        assert secret not in details


def test_names_of_the_code_are_kept_where_they_help():
    assert "no attribute 'nothing'" in details_of(AttributeError("no attribute 'nothing'"))


def test_the_person_can_copy_the_details_and_go_on(qtbot):
    dialog = report_crash(a_bug())
    assert isinstance(dialog, CrashDialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.details
    dialog.primary_button.click()
    assert not dialog.isVisible()


def test_one_dialog_at_a_time(qtbot):
    first = report_crash(a_bug())
    assert report_crash(a_bug("otro")) is None
    first.close()


def test_a_bug_that_repeats_is_shown_three_times_at_most(qtbot):
    bug = a_bug()
    shown = 0
    for _ in range(10):
        dialog = report_crash(bug)
        if dialog is not None:
            shown += 1
            dialog.close()
    assert shown == 3


def test_what_is_logged_holds_no_data(caplog):
    report_crash(a_bug()).close()
    assert "ValueError" in caplog.text
    assert "QUISPE" not in caplog.text


def test_the_last_crash_is_told_without_the_persons_folder(qtbot):
    left = 'Fatal Python error: Segmentation fault\n  File "/x/juana/sisfoh_desktop/app/start.py", line 3 in main'
    dialog = show_last_fault(left, None)
    assert "juana" not in dialog.details
    assert "sisfoh_desktop/app/start.py" in dialog.details
    dialog.close()
