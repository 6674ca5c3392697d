"""The small POI that every test of this module works on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from poi_office import PoiOffice, make_poi
from poi_seed import seed_year

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database


@pytest.fixture
def poi_office(db: Database, actor: Actor, now: datetime) -> PoiOffice:
    return make_poi(db, actor, now)


@pytest.fixture
def either_poi(either_db: Database, actor: Actor, now: datetime) -> PoiOffice:
    """The same POI on both databases."""
    return make_poi(either_db, actor, now)


@pytest.fixture
def open_tab(desk: Any, qtbot: Any) -> Callable[[int | None], Any]:
    """Open «Trimestre» on a plan as the page does; `asked` gathers what it asks of the page."""
    from sisfoh_desktop.modules.poi.service import plans
    from sisfoh_desktop.modules.poi.view.quarter_tab import QuarterTab

    def open_it(plan_id: int | None) -> Any:
        tab: Any = QuarterTab(desk)
        qtbot.addWidget(tab)
        tab.asked = []
        tab.open_tab.connect(lambda key, part: tab.asked.append((key, part)))
        tab.plan = plans.load_plan(desk.db, plan_id) if plan_id is not None else None
        tab.resize(846, 590)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return open_it


@pytest.fixture
def seed_tab(open_tab: Any, db: Database, actor: Actor, now: datetime) -> Any:
    """«Trimestre» over the POI of 2019, settled."""
    return open_tab(make_poi(db, actor, now, seed_year()).plan)


@pytest.fixture
def small_tab(open_tab: Any, poi_office: PoiOffice) -> Any:
    """«Trimestre» over the small POI, in March of its year."""
    return open_tab(poi_office.plan)
