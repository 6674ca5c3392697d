"""What Mi bandeja is told of the POI."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from poi_office import PoiOffice, make_poi

from sisfoh_desktop.modules.poi.rules.facts import Execution
from sisfoh_desktop.modules.poi.rules.pending import PendingKind
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.service.pending import list_pending


def test_an_office_without_poi_has_nothing_to_do(db) -> None:
    assert list_pending(db, date(2024, 3, 12)) == []


def test_the_month_to_close_is_asked_for_with_what_it_waits_for(poi_office: PoiOffice) -> None:
    office = poi_office
    early = list_pending(office.db, date(2024, 2, 9))
    assert [line.kind for line in early] == [PendingKind.VERSION]
    office.close(1)
    lines = list_pending(office.db, date(2024, 3, 12))
    assert [line.title for line in lines] == [
        "Cierre febrero de 2024 del POI",
        "4 desvíos de febrero de 2024 sin motivo",
        "POI aprobado 2024 sin resolución",
    ]
    assert lines[0].detail == "1 actividad sin informar; 4 desvíos sin motivo"
    assert (lines[0].record_id, lines[0].due) == (202402, date(2024, 3, 20))
    assert lines[-1].record_id == office.version


def test_units_that_said_nothing_are_named(poi_office: PoiOffice) -> None:
    office = poi_office
    office.close(2)
    office.approve()
    lines = list_pending(office.db, date(2024, 4, 21))
    assert [line.title for line in lines] == [
        "Cierre marzo de 2024 del POI",
        "3 unidades no informaron marzo de 2024",
    ]
    following.record_execution(
        office.db,
        actor=office.actor,
        now=office.now,
        plan_id=office.plan,
        entries=[Execution(office.ids[0], 3, Decimal(2))],
    )
    lines = list_pending(office.db, date(2024, 4, 21))
    assert lines[1].title == "2 unidades no informaron marzo de 2024"


def test_years_long_past_ask_for_no_closing(db, actor, now) -> None:
    from poi_office import small_year

    year = small_year()
    make_poi(db, actor, now, replace(year, plan=replace(year.plan, year=2019)))
    assert [line.kind for line in list_pending(db, date(2024, 3, 12))] == [PendingKind.VERSION]
