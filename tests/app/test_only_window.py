"""One window for each data folder and base; a second start calls the first one to the front."""

import ntpath
import os
import threading
from pathlib import Path

import pytest

from sisfoh_desktop.app import only_window, start
from sisfoh_desktop.app.only_window import OnlyWindow


@pytest.fixture
def first(tmp_path: Path, qapp):
    owner = OnlyWindow(tmp_path)
    assert owner.claim()
    yield owner
    owner.release()


def test_the_second_start_brings_the_first_window_to_the_front(first, tmp_path, qtbot):
    came: list[bool] = []
    first.listen(lambda: came.append(True))
    answered: list[bool] = []
    second = OnlyWindow(tmp_path)
    assert not second.claim()
    asking = threading.Thread(target=lambda: answered.append(second.call_owner()))
    asking.start()
    qtbot.waitUntil(lambda: bool(came) and bool(answered))
    asking.join()
    assert came == [True]
    assert answered == [True]


def test_a_window_that_does_not_answer_is_told(first, tmp_path, monkeypatch):
    monkeypatch.setattr(only_window, "_ANSWER_SECONDS", 0.1)
    assert not OnlyWindow(tmp_path).call_owner()
    assert not list(tmp_path.glob("*.traer"))  # nobody is called later, when it is no longer wanted


def test_another_base_and_another_folder_have_windows_of_their_own(first, tmp_path):
    for other in (OnlyWindow(tmp_path, "otra.db"), OnlyWindow(tmp_path / "segunda")):
        assert other.claim()
        other.release()


@pytest.fixture
def on(tmp_path: Path, qapp):
    """`on(base, usual="")`: a start of the program; what it claimed is given back at the end."""
    started: list[OnlyWindow] = []

    def start_on(base: str = "", usual: str = "") -> OnlyWindow:
        started.append(OnlyWindow(tmp_path / "datos", base, usual))
        return started[-1]

    yield start_on
    for only in started:
        only.release()


def test_a_base_is_the_same_however_its_path_is_written(on, tmp_path, monkeypatch):
    (tmp_path / "otra").mkdir()
    (tmp_path / "oficina.db").write_bytes(b"")
    (tmp_path / "acceso.db").symlink_to(tmp_path / "oficina.db")
    monkeypatch.chdir(tmp_path)
    assert on(str(tmp_path / "oficina.db")).claim()
    for same in ("oficina.db", "otra/../oficina.db", str(tmp_path / "acceso.db")):
        assert not on(same).claim(), same
    assert on("otra/oficina.db").claim()


def test_where_the_system_takes_capitals_for_small_letters_so_does_the_window(on, monkeypatch):
    monkeypatch.setattr(os.path, "normcase", ntpath.normcase)
    assert on("Oficina.DB").claim()
    assert not on("oficina.db").claim()


def test_a_pc_of_the_network_is_not_asked_before_the_window_is_painted(on, tmp_path, monkeypatch):
    monkeypatch.setattr(only_window.sys, "platform", "win32")
    monkeypatch.setattr(only_window, "on_network_share", lambda path: path.suffix == ".db")
    monkeypatch.setattr(os.path, "realpath", lambda path: pytest.fail(f"asked for {path}"))
    monkeypatch.chdir(tmp_path)
    assert on("oficina.db").claim()
    assert not on(str(tmp_path / "oficina.db")).claim()


def test_the_address_of_a_server_does_not_depend_on_the_folder(on, tmp_path, monkeypatch):
    address = "postgresql://ule@servidor/sisfoh"
    assert on(address).claim()
    monkeypatch.chdir(tmp_path)
    assert not on(address).claim()


@pytest.mark.parametrize(
    ("first", "second"), [("", "x.db"), ("x.db", "")], ids=["named later", "named first"]
)
def test_the_usual_base_named_in_the_order_is_the_same_base(on, qtbot, first, second):
    window = on(first, usual="x.db")
    assert window.claim()
    came: list[bool] = []
    window.listen(lambda: came.append(True))
    asked, answered = on(second, usual="x.db"), []
    assert not asked.claim()
    asking = threading.Thread(target=lambda: answered.append(asked.call_owner()))
    asking.start()
    qtbot.waitUntil(lambda: bool(answered))
    asking.join()
    assert (came, answered) == ([True], [True])


def test_a_refused_start_keeps_nothing_for_itself(on):
    other = on("x.db")
    assert other.claim()
    assert not on("", usual="x.db").claim()
    assert on("").claim()


def test_a_window_that_changes_to_another_base_is_found_there(on):
    window = on("", usual="x.db")
    assert window.claim()
    window.follow("y.db")
    assert not on("y.db").claim()
    assert not on("", usual="y.db").claim()
    assert on("x.db").claim()


def test_after_the_first_is_gone_the_place_is_free(first, tmp_path):
    first.release()
    assert OnlyWindow(tmp_path).claim()
    first.claim()


def test_a_folder_that_holds_no_lock_stops_nobody(tmp_path):
    (tmp_path / "ocupado").write_text("x", encoding="utf-8")
    assert OnlyWindow(tmp_path / "ocupado").claim()


@pytest.mark.parametrize(("answers", "opens"), [(["open"], True), ([""], False), (["again", "open"], True)])
def test_where_the_other_window_is_stuck_the_person_decides(first, tmp_path, monkeypatch, answers, opens):
    from sisfoh_desktop.app import ways_out

    monkeypatch.setattr(only_window, "_ANSWER_SECONDS", 0.05)
    monkeypatch.setattr(ways_out, "ask_about_other_window", lambda: answers.pop(0))
    assert start._another_window(OnlyWindow(tmp_path)) is opens
    assert answers == []
