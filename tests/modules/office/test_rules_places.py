"""The list of districts: whole and sound, found by part of a name, told by its code, and not read until asked."""

import csv
import re
import subprocess
import sys

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.modules.office.rules.places import Place, Places, read_places
from sisfoh_desktop.modules.office.service import first_day
from sisfoh_desktop.modules.office.service import places as places_service
from sisfoh_desktop.modules.office.service.places import PlaceFinder, load_places


@pytest.fixture(scope="module")
def places():
    return load_places()


def _rows():
    lines = resource("data", "national", "ubigeos.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


# -- the list ------------------------------------------------------------------------------------------


def test_every_district_has_its_own_code_in_both_catalogues_and_lies_in_a_province():
    rows = _rows()
    provinces = {one.code for one in first_day.provinces()}
    assert len(rows) == 1891
    for name in ("inei", "reniec"):
        codes = [row[name] for row in rows]
        assert len(set(codes)) == len(codes)
        assert all(re.fullmatch("[0-9]{6}", code) for code in codes)
    assert [row["inei"] for row in rows] == sorted(row["inei"] for row in rows)
    assert {row["inei"][:4] for row in rows} == provinces
    assert {f"{code}01" for code in provinces} <= {row["inei"] for row in rows}  # each has its capital


def test_names_are_clean_and_no_two_of_a_province_are_alike():
    rows = _rows()
    assert all(
        re.fullmatch(r"[A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚáéíóúñü]*([ -][A-Za-zÁÉÍÓÚáéíóúñü]+)*", row["distrito"])
        for row in rows
    )
    assert len({(row["inei"][:4], row["distrito"]) for row in rows}) == len(rows)
    assert max(len(row["distrito"]) for row in rows) <= 40  # it fits where the place of a paper is told


@pytest.mark.parametrize(
    ("inei", "reniec", "name"),
    [
        ("230101", "220101", "Tacna"),
        ("230108", "220109", "Pocollay"),
        ("230110", "220113", "Coronel Gregorio Albarracín Lanchipa"),
        ("150132", "140137", "San Juan de Lurigancho"),
        ("070101", "240101", "Callao"),
        ("130112", "120113", "Alto Trujillo"),  # among the newest
        ("090709", "080512", "Huaribamba"),  # 090708 is no code
        ("160801", "150901", "Putumayo"),
    ],
)
def test_known_districts_have_their_codes(places, inei, reniec, name):
    found = places.at(inei)
    assert (found.reniec, found.names[0]) == (reniec, name)


# -- finding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pocol", "Pocollay, Tacna, Tacna (230108)"),
        ("POCOLLAY", "Pocollay, Tacna, Tacna (230108)"),
        ("inclan", "Inclán, Tacna, Tacna (230105)"),
        ("tacna", "Tacna, Tacna, Tacna (230101)"),
        ("san juan luri", "San Juan de Lurigancho, Lima, Lima (150132)"),
        ("miraflores arequipa", "Miraflores, Arequipa, Arequipa (040110)"),
        ("canaris", "Cañaris, Ferreñafe, Lambayeque (140202)"),
        ("230108", "Pocollay, Tacna, Tacna (230108)"),
    ],
)
def test_part_of_a_name_finds_the_district(places, typed, first):
    assert places.find(typed, districts_only=True)[0].label == first


def test_few_letters_offer_all_that_begin_so(places):
    assert [place.names[0] for place in places.find("poco", districts_only=True)] == [
        "Pocohuanca",
        "Pocollay",
    ]


def test_a_district_whose_name_begins_so_stands_before_those_of_a_province_of_that_name(places):
    labels = [place.label for place in places.find("tarata", districts_only=True)]
    assert labels[0] == "Tarata, Tarata, Tacna (230401)"
    assert "Ticaco, Tarata, Tacna (230408)" in labels


def test_provinces_and_departments_are_found_where_they_may_be_meant(places):
    labels = [place.label for place in places.find("tacna")]
    assert {"Provincia de Tacna, Tacna (2301)", "Departamento de Tacna (23)"} <= set(labels)
    assert all(len(place.code) == 6 for place in places.find("tacna", districts_only=True))


@pytest.mark.parametrize("typed", ["", "   ", "%", "'; --", "zzzz", "🏔", "a" * 5000, "(", "٢٣"])
def test_what_is_no_place_finds_none(places, typed):
    assert places.find(typed) == []


# -- telling -------------------------------------------------------------------------------------------


def test_a_code_is_told_as_the_place_that_it_is(places):
    assert places.telling("230108") == "Pocollay, provincia de Tacna, departamento de Tacna."
    assert places.telling("2301") == "Provincia de Tacna, departamento de Tacna."
    assert places.telling("23") == "Departamento de Tacna."
    assert places.telling("2301080") == places.telling("poco") == ""


def test_a_code_of_the_other_catalogue_and_a_newer_one_are_told_apart(places):
    assert places.telling("140143") == (
        "No es del INEI: en el RENIEC es Santa Anita, cuyo ubigeo del INEI es 150137."
    )
    assert places.telling("230112") == (
        "No está en la lista al 24/06/2026: si el distrito es nuevo, siga; si no, corríjalo."
    )


# -- reading -------------------------------------------------------------------------------------------


def test_a_form_without_the_list_lets_type_the_code_as_before(monkeypatch, tmp_path):
    monkeypatch.setattr(places_service, "resource", lambda *_parts: tmp_path / "ubigeos.csv")
    with pytest.raises(FileFailed, match=r"«ubigeos\.csv»"):
        load_places()
    finder = PlaceFinder()
    assert finder.offer("poco") == []
    assert finder.tell("230108") == ""
    assert finder.at("230108") is None


@pytest.mark.parametrize("lines", [[], ["otra,cabecera"], ["inei,reniec,distrito", "230108,Pocollay"]])
def test_a_damaged_list_is_refused_whole(lines):
    data = {"department": [{"code": "23", "name": "Tacna", "provinces": ["Tacna"]}], "districts_as_of": None}
    with pytest.raises(ValueError):
        read_places(data, lines)


def test_figures_are_left_as_they_are_typed():
    finder = PlaceFinder()
    assert finder.offer("23") == finder.offer("230108") == []
    assert finder.offer("pocol") == [("230108", "Pocollay, Tacna, Tacna (230108)")]


def test_an_empty_list_says_nothing():
    assert (Places().telling("230108"), len(Places())) == ("", 0)
    assert Place("23", ("Tacna",)).label == "Departamento de Tacna (23)"


def test_making_a_finder_reads_nothing():
    told = (
        "import builtins, pathlib\n"
        "seen = []\n"
        "kept = pathlib.Path.read_text\n"
        "pathlib.Path.read_text = lambda self, *a, **k: (seen.append(self.name), kept(self, *a, **k))[1]\n"
        "from sisfoh_desktop.modules.office.service.places import PlaceFinder\n"
        "finder = PlaceFinder()\n"
        "assert seen == [], seen\n"
        "finder.offer('poco')\n"
        "assert 'ubigeos.csv' in seen, seen\n"
    )
    subprocess.run([sys.executable, "-c", told], check=True, timeout=120)
