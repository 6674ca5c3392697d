"""Room in an opened plan: its tabs at every size of the text."""

import pytest

from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.view import PlansPage
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture(params=[100, 160])
def scale(qapp, request):
    """The size of the text, in per cent."""
    theme().start(qapp, "light", scale=request.param)
    yield request.param
    theme().start(qapp, "light", scale=100)


@pytest.mark.usefixtures("municipality", "scale")
def test_no_tab_of_a_plan_is_out_of_sight_or_half_seen(desk, sound_plan, qtbot) -> None:
    plan_id = service.create_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=sound_plan)
    page = PlansPage(desk)
    qtbot.addWidget(page)
    page.resize(1240, 640)
    page.show()
    desk.tasks.wait_idle()
    page.open_plan(plan_id)
    desk.tasks.wait_idle()
    bar = page.record.tabs.tabBar()
    qtbot.waitUntil(lambda: bar.width() > 800)
    for chosen in range(bar.count()):
        bar.setCurrentIndex(chosen)
        assert bar.tabRect(0).left() >= 0
        assert bar.tabRect(bar.count() - 1).right() <= bar.width()
        for one in range(bar.count()):  # its words stand whole in it
            words = bar.fontMetrics().horizontalAdvance(bar.tabText(one).replace("&", ""))
            assert words + 16 <= bar.tabRect(one).width()
