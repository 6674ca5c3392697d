"""From the office's own base into practice and back: what the window tells is always of the base that is open."""

from datetime import datetime
from functools import partial

import pytest

from sisfoh_desktop.app import wiring
from sisfoh_desktop.app.connection_dialog import OLD_FILE
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock


@pytest.fixture
def clock():
    """A day on which much of the practice case is overdue."""
    return FixedClock(datetime(2024, 11, 21, 10, 0, tzinfo=LIMA))


@pytest.fixture
def opened(tasks, settings, clock):
    def make(path):
        done = []
        tasks.run_query(partial(wiring.open_base, str(path), settings=settings, now=clock.now()), done.append)
        tasks.wait_idle()
        return done[0]

    return make


def test_the_terms_at_the_foot_are_those_of_the_open_base(make_window, practice, base, opened, settle):
    window = make_window(base, specs=PAGES)
    settle()
    terms = window.status_line.terms
    assert terms.text() == "Plazos al día"
    window.stack.show_page(1)
    settle()
    window.use_base(opened(practice))
    assert terms.text() == "", "nothing of the other base while this one is read"
    settle()
    assert window.stack.number == 1
    assert "vencido" in terms.text()
    window.use_base(opened(base))
    settle()
    assert terms.text() == "Plazos al día"


def test_a_base_named_at_the_start_is_the_way_back_from_practice(
    make_window, practice, base, opened, settings, settle
):
    window = make_window(base)
    window.use_base(opened(practice))
    settle()
    assert settings.database == "", "practice is not the base of the next start"
    dialog = window.ask_connection()
    assert (dialog.kind, dialog.file_forms[OLD_FILE].fields["path"].raw()) == (OLD_FILE, str(base))
    dialog.reject()
