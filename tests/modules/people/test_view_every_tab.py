"""What holds for every tab of Personas, with users in the base: letters, names, the keys, widths."""

import page_rounds
import pytest

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.modules.people.view.page import PeoplePage
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme

KEYS = [spec.key for spec in PeoplePage.specs]


@pytest.fixture
def page(people, archive, now, qtbot):
    desk = Desk(people.db, archive, Tasks(), FixedClock(now), people.admin)
    made = PeoplePage(desk)
    qtbot.addWidget(made)
    made.resize(878, 640)
    made.show()
    made.activateWindow()
    yield made
    desk.tasks.close()


@pytest.mark.parametrize("key", KEYS)
def test_each_letter_stands_once(page, key):
    page_rounds.check_letters(page, key)


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name(page, key):
    page_rounds.check_names(page, key)


@pytest.mark.parametrize("key", KEYS)
def test_tab_goes_round_and_comes_back(page, key):
    page_rounds.check_tab_round(page, key)


@pytest.mark.parametrize("key", KEYS)
def test_reading_again_changes_nothing_on_view(page, key):
    page_rounds.check_reading_again(page, key)


@pytest.mark.parametrize(("width", "scale"), [(792, 100), (878, 100), (1288, 100), (1288, 140)])
@pytest.mark.parametrize("key", KEYS)
def test_no_list_is_wider_than_its_place(page, key, width, scale):
    theme().set_scale(scale)
    try:
        page.resize(width, 640)
        page_rounds.check_widths(page, key)
    finally:
        theme().set_scale(100)
