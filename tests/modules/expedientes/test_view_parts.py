"""Small parts of the view: details as text, parties by what is typed, days in words."""

from datetime import date

import pytest

from sisfoh_desktop.modules.expedientes.rules import Detail, Party
from sisfoh_desktop.modules.expedientes.view.details_text import details_from, text_of
from sisfoh_desktop.modules.expedientes.view.party_field import Correspondents
from sisfoh_desktop.modules.expedientes.view.record import workdays_text
from sisfoh_desktop.modules.office import service as office

TODAY = date(2024, 3, 8)


def test_rows_of_detail_as_text_come_back_the_same() -> None:
    rows = (Detail("PROGRAMA", "9002", "A | B"), Detail("TOTAL", "", "S/ 1.00"), Detail("SOLO"))
    assert details_from(text_of(rows)) == rows
    assert details_from("  \n|\nSOLO") == (Detail("SOLO"),)


def test_parties_by_siglas_name_or_words(desk, units, means) -> None:
    office.install_national_data(**means)
    known = Correspondents(office.list_units(desk.db, TODAY), office.list_bodies(desk.db, TODAY))
    assert known.party(" ogaj ").unit_id == units.legal
    assert known.party("OGAJ – Oficina General de Asesoría Jurídica").unit_id == units.legal
    assert known.party("Junta  vecinal") == Party("Junta vecinal")
    body = known.bodies[0]
    assert known.party(body.siglas.lower()) == Party(body.name, body.siglas)


@pytest.mark.parametrize(("days", "told"), [(0, "hoy"), (1, "1 día hábil"), (6, "6 días hábiles")])
def test_days_in_words(days: int, told: str) -> None:
    assert workdays_text(days) == told
