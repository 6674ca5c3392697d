"""The small POI that every test of this module works on."""

from datetime import datetime

import pytest
from poi_office import PoiOffice, make_poi

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database


@pytest.fixture
def poi_office(db: Database, actor: Actor, now: datetime) -> PoiOffice:
    return make_poi(db, actor, now)


@pytest.fixture
def either_poi(either_db: Database, actor: Actor, now: datetime) -> PoiOffice:
    """The same POI on both databases."""
    return make_poi(either_db, actor, now)
