"""A unit is read by its siglas where its name does not fit, if the office knows it by that name."""

from datetime import date

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.poi.view.unit_words import short_unit, siglas_of_units


def test_the_siglas_are_those_of_the_office_in_that_year(db, actor, now):
    unit = Unit("Unidad Local de Empadronamiento", "ULE", valid_from=date(2024, 1, 1))
    office.add_unit(db, actor=actor, now=now, unit=unit)
    known = siglas_of_units(db, 2024)
    assert short_unit(known, "UNIDAD  LOCAL DE EMPADRONAMIENTO") == "ULE"
    assert short_unit(known, "Otra unidad") == ""
    assert siglas_of_units(db, 2020) == {}
