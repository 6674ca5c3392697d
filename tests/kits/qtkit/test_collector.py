"""Garbage is collected on the window's thread while a worker lives, and by Python itself before and after."""

import gc
import sys
import threading
import weakref

from sisfoh_desktop.qtkit.tasks import Tasks


class Loop:
    """Holds itself, so only the collector can free it."""

    def __init__(self, freed_on):
        self.me = self
        weakref.finalize(self, lambda: freed_on.append(threading.current_thread()))


def test_the_worker_never_collects(qtbot):
    before = gc.isenabled()
    tasks = Tasks()
    freed_on = []
    tasks.run_query(lambda: [Loop(freed_on) for _ in range(5000)] and None, lambda _none: None)
    tasks.wait_idle()
    assert freed_on == []
    qtbot.waitUntil(lambda: len(freed_on) == 5000)
    assert set(freed_on) == {threading.current_thread()}
    tasks.close()
    assert gc.isenabled() is before


def test_many_new_objects_are_set_apart_and_gone_over_when_the_person_turns_away(qtbot):
    tasks = Tasks()
    freed_on = []
    kept = [Loop(freed_on) for _ in range(3)]
    facts = [[number] for number in range(120_000)]
    tasks._collector.collect()
    assert gc.get_freeze_count() > len(facts)
    assert not gc.get_objects(generation=0) or len(gc.get_objects(generation=0)) < len(facts)
    kept.clear()
    tasks._collector.collect_all()
    assert len(freed_on) == 3
    tasks.close()
    assert gc.get_freeze_count() == 0


def test_what_the_worker_is_building_is_left_alone(qtbot):
    """A tuple that is being filled may be held by nobody else, or Python gives it up with a SystemError."""
    tasks = Tasks()
    built = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        tasks.run_query(
            lambda: [len(tuple([number] for number in range(3_000))) for _ in range(400)],
            built.append,
        )
        while tasks.busy:
            qtbot.wait(1)
            for _ in range(200):
                tasks._collector.collect()
    finally:
        sys.setswitchinterval(before)
        tasks.close()
    assert built == [[3_000] * 400]
