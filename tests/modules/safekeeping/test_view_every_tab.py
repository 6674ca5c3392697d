"""What holds for every tab of Resguardo, on the practice office: letters, names, the keys, widths."""

import page_rounds
import pytest

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident
from sisfoh_desktop.modules.safekeeping.service import backups, incidents
from sisfoh_desktop.modules.safekeeping.view.page import SafekeepingPage
from sisfoh_desktop.qtkit.theme import theme

KEYS = [spec.key for spec in SafekeepingPage.specs]


@pytest.fixture
def page(practice_desk, qtbot, now, tmp_path):
    """A copy was made, an incident is open: every tab has something to show."""
    desk = practice_desk
    who = {"actor": desk.actor, "now": now}
    backups.make_backup(desk.db, desk.archive, folder=tmp_path, **who)
    lost = Incident(now, "Memoria extraviada", "Se perdió en el camino.", "Nombres y DNI", sensitive=True)
    incidents.add_incident(desk.db, incident=lost, **who)
    desk.settings = PcSettings()
    made = SafekeepingPage(desk)
    qtbot.addWidget(made)
    made.resize(878, 640)
    made.show()
    made.activateWindow()
    return made


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
