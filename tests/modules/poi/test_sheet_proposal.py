"""What is proposed to a person before a table of the POI is read, and what becomes of the mapping he confirms."""

from dataclasses import replace

import pytest
from poi_books import sheet_of, workbook_of

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, Profile
from sisfoh_desktop.modules.poi.sheet.importing import find_table, propose_mapping, propose_table

HEAD = ("UNIDAD ORGÁNICA", "ACTIVIDAD", "U.M.", "META ANUAL", "PROG ENE", "PROG FEB", "EJEC ENE", "EJEC FEB")


def line(title: str = "Visitar") -> list[str | int]:
    return ["Área", title, "ACCIONES", 24, 2, 2, 2, 1]


def test_an_unknown_head_is_proposed_with_the_rows_under_it() -> None:
    strange = sheet_of(
        [
            ["Cuadro 2024"],
            ["Quién", "Qué hace", "Cuánto", "En el verano", "En el invierno"],
            ["Área", "Visitar", 3, 1, 2],
        ]
    )
    proposal = propose_table(workbook_of(strange))
    assert proposal is not None
    assert (proposal.mapping.profile, proposal.head_row, proposal.year) == (Profile.GENERIC, 2, 2024)
    assert proposal.preview == (("Área", "Visitar", "3", "1", "2"),)
    with pytest.raises(RuleError) as raised:
        find_table(workbook_of(strange))
    assert raised.value.code == "poi_mapping_incomplete"
    confirmed = replace(
        proposal.mapping, profile=Profile.OWN, meanings=("unit_name", "title", ANNUAL, "pq1", "pq3")
    )
    found = find_table(workbook_of(strange), confirmed)
    assert [one.value for one in found.rows[0].numbers] == [3, 1, 2]
    assert found.mapping.profile is Profile.OWN


def test_a_cover_sheet_is_passed_over_for_the_sheet_that_has_the_table() -> None:
    cover = sheet_of([["Lugar", "Fecha", "Hora"], ["Tacna", "hoy", 3], [1, 2, 3]], name="Portada")
    proposal = propose_table(workbook_of(cover, sheet_of([HEAD, line()])))
    assert proposal is not None
    assert proposal.sheet == "POI"
    found = find_table(workbook_of(cover, sheet_of([HEAD, line()])))
    assert len(found.rows) == 1
    assert any("«Portada» no tiene la cabecera" in note for note in found.notes)


def test_a_mapping_is_used_only_where_its_titles_stand() -> None:
    proposal = propose_mapping(workbook_of(sheet_of([HEAD, line()])))
    assert proposal is not None
    swapped = replace(
        proposal,
        profile=Profile.OWN,
        meanings=("unit_name", "title", "measure", ANNUAL, "p02", "p01", "", ""),
    )
    found = find_table(workbook_of(sheet_of([["Título"], HEAD, line(), HEAD, line("b")])), swapped)
    assert [one.meaning for one in found.rows[0].numbers] == [ANNUAL, "p02", "p01"]
    assert found.dropped == 1
    with pytest.raises(RuleError) as raised:
        find_table(workbook_of(sheet_of([(*HEAD, "UBIGEO"), line()])), swapped)
    assert raised.value.code == "poi_mapping_differs"


def test_columns_that_are_not_taken_are_named() -> None:
    found = find_table(workbook_of(sheet_of([(*HEAD, "Observaciones"), [*line(), "sin novedad"]])))
    assert any("«Observaciones»" in note for note in found.notes)
