"""Pages come from the worker, are built once, reload after what touches them, and one's bug stays its own."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pages_for_tests import SPECS, Plain, Recorded

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.qtkit import crash_dialog
from sisfoh_desktop.qtkit.page import Desk, PageSpec
from sisfoh_desktop.qtkit.page_stack import PageStack


@pytest.fixture
def stack(qtbot, tasks) -> PageStack:
    made = PageStack(SPECS, tasks)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def shown(stack: PageStack, tasks, number: int = 0):
    if stack.page is None and not stack.built_pages():
        stack.set_desk(Desk(db=None, archive=None, tasks=tasks))
    stack.show_page(number)
    tasks.wait_idle()
    return stack.page


def test_without_a_base_there_is_no_page(stack, tasks):
    stack.show_page(1)
    tasks.wait_idle()
    assert stack.page is None
    assert stack.currentWidget() is stack.placeholder


def test_a_page_is_imported_on_the_worker_and_built_on_the_gui_thread(qtbot, tasks):
    import threading

    where: list[bool] = []

    def load():
        where.append(threading.current_thread() is threading.main_thread())
        return Plain

    stack = PageStack([PageSpec("x", "X", "x", load)], tasks)
    qtbot.addWidget(stack)
    assert isinstance(shown(stack, tasks), Plain)
    assert where == [False]


def test_a_page_is_built_once(stack, tasks):
    first = shown(stack, tasks)
    shown(stack, tasks, 1)
    assert shown(stack, tasks) is first


def test_a_change_reloads_the_page_on_view_at_once_and_others_when_shown(stack, tasks):
    page = shown(stack, tasks)
    tasks.run_change(lambda: None, {"plans", "papers"})
    tasks.wait_idle()
    assert page.asked == ["reload"]
    shown(stack, tasks, 1)
    tasks.run_change(lambda: None, {"plans"})
    tasks.run_change(lambda: None, {"plans"})
    tasks.wait_idle()
    assert page.asked == ["reload"]
    shown(stack, tasks)
    assert page.asked == ["reload", "reload"]


def test_a_change_of_something_else_leaves_the_page_alone(stack, tasks):
    page = shown(stack, tasks)
    tasks.run_change(lambda: None, {"office"})
    tasks.wait_idle()
    assert page.asked == []


def test_another_pages_record_is_opened_there(stack, tasks):
    shown(stack, tasks, 1)
    stack.page.open_record.emit("plans", 7)
    tasks.wait_idle()
    assert isinstance(stack.page, Recorded)
    assert stack.page.asked == [("plans", 7)]


def test_a_kind_of_record_finds_its_page_and_0_opens_the_page_alone(stack, tasks):
    page = shown(stack, tasks)
    assert stack.show_record("plan", 3)
    assert stack.show_record("plans", 0)
    assert page.asked == [("plan", 3)]
    assert not stack.show_record("unknown", 1)


def test_a_record_of_a_page_that_was_never_shown_is_found_by_what_its_spec_says(qtbot, tasks):
    specs = [PageSpec("x", "X", "x", lambda: Plain)]
    specs.append(PageSpec("plans", "P", "p", lambda: Recorded, frozenset({"plan.of_another"})))
    stack = PageStack(specs, tasks)
    qtbot.addWidget(stack)
    assert stack.show_record("plan.of_another", 4)
    stack.set_desk(Desk(db=None, archive=None, tasks=tasks))
    tasks.wait_idle()
    assert stack.page.asked == [("plan.of_another", 4)]


def test_a_part_of_a_page_is_asked_for_without_a_record(qtbot, tasks):
    specs = [PageSpec("x", "X", "x", lambda: Plain)]
    specs.append(PageSpec("plans", "P", "p", lambda: Recorded, frozenset({"plans.privacy"})))
    stack = PageStack(specs, tasks)
    qtbot.addWidget(stack)
    stack.set_desk(Desk(db=None, archive=None, tasks=tasks))
    assert stack.show_record("plans.privacy", 0)
    tasks.wait_idle()
    assert stack.page.asked == [("plans.privacy", 0)]


def test_one_pages_bug_leaves_the_others_working(stack, tasks, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(crash_dialog, "report_crash", lambda error, *_: told.append(type(error).__name__))
    assert shown(stack, tasks, 2) is None
    assert told == ["LookupError"]
    assert "no se pudo mostrar" in stack.placeholder.label.text()
    assert isinstance(shown(stack, tasks, 1), Plain)


def test_a_page_that_cannot_be_loaded_now_can_be_tried_again(qtbot, tasks):
    answers: list[object] = [FileFailed("Falta un archivo del programa."), Plain]

    def load():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    stack = PageStack([PageSpec("x", "X", "x", load)], tasks)
    qtbot.addWidget(stack)
    stack.show()
    assert shown(stack, tasks) is None
    assert stack.placeholder.label.text() == "Falta un archivo del programa."
    stack.placeholder.button.click()
    tasks.wait_idle()
    assert isinstance(stack.page, Plain)


def test_another_base_builds_every_page_anew(stack, tasks):
    first = shown(stack, tasks)
    stack.set_desk(Desk(db="other", archive=None, tasks=tasks))
    tasks.wait_idle()
    assert stack.page is not first
    assert stack.page.desk.db == "other"
    assert len(stack.built_pages()) == 1


def test_a_page_that_nobody_asked_for_is_not_imported(qtbot, tasks):
    loaded: list[str] = []

    def spec(key: str) -> PageSpec:
        return PageSpec(key, key, "x", lambda: (loaded.append(key), Plain)[1])

    stack = PageStack([spec("a"), spec("b")], tasks)
    qtbot.addWidget(stack)
    shown(stack, tasks)
    stack.show_page(0)
    tasks.wait_idle()
    assert loaded == ["a"]
