"""Legal terms as other modules ask for them: by key and day, from the base or from the shipped list."""

from datetime import date
from typing import Any

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import LegalTerm

MARCH = date(2024, 3, 8)


def missing(db: Database, key: str, on: date) -> str:
    with pytest.raises(RuleError) as refusal:
        office.term_in_force(db, key, on)
    assert refusal.value.code == "term_missing"
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("key", "days", "event", "norm"),
    [
        ("report", 7, "recepcion", "art. 143 num. 3"),
        ("report_extension", 3, "recepcion", "art. 143 num. 3"),
        ("notification", 5, "emision", "art. 24"),
        ("remission", 3, "aprobacion", "Directiva N° 003-2024-MIDIS, ítem 5 a)"),
        ("step", 3, "recepcion", "art. 143 num. 2"),
        ("derivation", 0, "recepcion", "art. 143 num. 1"),
    ],
)
@pytest.mark.parametrize("installed", [True, False], ids=["installed", "older_base"])
def test_terms_are_those_of_the_norm_in_force_on_the_day(
    key: str, days: int, event: str, norm: str, installed: bool, db: Database, do: Any
) -> None:
    if installed:
        do(office.install_national_data)
    term = office.term_in_force(db, key, MARCH)
    assert (term.days, term.counts_from, term.unit) == (days, event, "habil")
    assert norm in term.norm


def test_the_same_terms_have_another_article_since_may_2026(db: Database, do: Any) -> None:
    before, after = (office.term_in_force(db, "report", day) for day in (date(2026, 4, 30), date(2026, 5, 1)))
    assert (before.days, after.days) == (7, 7)
    assert "DS 004-2019-JUS), art. 143" in before.norm
    assert "DS 006-2026-JUS), art. 132" in after.norm


def test_a_day_without_a_term_says_where_to_register_it(db: Database, do: Any) -> None:
    sentence = missing(db, "remission", date(2020, 1, 1))
    assert "Oficina" in sentence
    assert "Plazos legales" in sentence
    assert "«otro»" in missing(db, "otro", MARCH)


def test_the_offices_own_row_wins_over_the_shipped_list(db: Database, do: Any) -> None:
    own = LegalTerm("report", "Informe", 5, norm="Directiva interna 1")
    do(office.add_term, term=own)
    assert office.term_in_force(db, "report", MARCH).days == 5
    assert office.term_in_force(db, "step", MARCH).days == 3
    do(office.end_term, term_id=1, last_day=date(2024, 3, 7), expected_version=1)
    missing(db, "report", MARCH)


def test_terms_are_listed_by_what_they_serve_and_by_date(db: Database, do: Any) -> None:
    assert office.list_terms(db) == []
    do(office.install_national_data)
    assert [term.key for term in office.list_terms(db, MARCH)] == [
        "report", "report_extension", "notification", "remission", "step", "derivation",
    ]  # fmt: skip
    firsts = [term.valid_from for term in office.list_terms(db) if term.key == "report"]
    assert firsts == [date(2019, 1, 26), date(2026, 5, 1)]
