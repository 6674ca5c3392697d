"""The trail in words: kinds, records, filters."""

from datetime import date, datetime

import pytest

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.history import HistoryEntry
from sisfoh_desktop.db.seals import LEDGERS
from sisfoh_desktop.modules.safekeeping.rules import extract
from sisfoh_desktop.modules.safekeeping.rules.trail import (
    LONGEST_PAPER,
    KeptEntry,
    TrailFilter,
    TrailKind,
    check_filter,
    check_printable,
    filter_words,
    lines_of,
    part_actions,
    record_words,
)

NOW = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)


def kept(action: str, subject: str, **more) -> KeptEntry:
    return KeptEntry(HistoryEntry(7, NOW, "ana", "ULE", action, subject, **more), "a" * 64, "b" * 64)


def test_a_line_says_part_record_and_change_in_words():
    (line,) = lines_of(
        [kept("kardex_holder.save", "kardex_holder:5", before={"dni": ""}, after={"dni": "40000001"})]
    )
    assert (line.part, line.what, line.record) == ("Kardex", "Persona o lugar corregido", "Persona o lugar 5")
    assert line.summary == "DNI: — → 4*****01"
    assert (line.action, line.hash) == ("kardex_holder.save", "a" * 64)


def test_an_action_of_no_part_is_still_a_line():
    (line,) = lines_of([kept("strange.thing", "odd_one:3", reason="porque sí")])
    assert (line.part, line.record) == ("", "Odd one 3")
    assert line.what == "Otro cambio (strange, thing)"
    assert line.summary == "Motivo: porque sí"


def test_every_ledger_has_a_name_where_its_rows_are_sealed():
    for ledger in LEDGERS:
        told = record_words(f"{ledger}:101-150", ledger=True)
        assert told.endswith(", filas 101 a 150")
        assert "_" not in told
        assert told != f"{ledger.replace('_', ' ').capitalize()}, filas 101 a 150", ledger


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (TrailFilter(), "sin filtros: el historial entero"),
        (TrailFilter(since=date(2024, 3, 1), until=date(2024, 3, 8)), "del 01/03/2024 al 08/03/2024"),
        (TrailFilter(since=date(2024, 3, 1)), "desde el 01/03/2024"),
        (TrailFilter(until=date(2024, 3, 8), person="ana"), "hasta el 08/03/2024; usuario ana"),
        (TrailFilter(part="kardex", kind=TrailKind.PRINT), "Kardex; impresiones"),
        (TrailFilter(text="acta 3"), "que contienen «acta 3»"),
    ],
)
def test_filters_are_told(wanted, told):
    assert filter_words(wanted) == told


def test_days_upside_down_and_unknown_parts_are_refused():
    with pytest.raises(RuleError, match="anterior al primero"):
        check_filter(TrailFilter(since=date(2024, 3, 8), until=date(2024, 3, 1)))
    with pytest.raises(RuleError, match="no es una parte"):
        part_actions("nada")


def test_a_part_has_its_own_kinds_of_actions_and_of_shared_ones_those_that_it_names():
    assert {"expediente.create", "expediente.notified"} & set(part_actions("expedientes")) == {
        "expediente.create"
    }
    assert "expediente.notified" in part_actions("resoluciones")
    assert {"resolucion.", "act_model."} <= set(part_actions("resoluciones"))
    assert part_actions("plans") == ("plan.",)


@pytest.mark.parametrize(("count", "code"), [(0, "extract_empty"), (LONGEST_PAPER + 1, "extract_too_long")])
def test_an_extract_has_something_and_not_too_much(count, code):
    with pytest.raises(RuleError) as refused:
        check_printable(count)
    assert refused.value.code == code
    check_printable(LONGEST_PAPER)


def test_the_series_of_extracts_is_proposed_with_what_is_known():
    assert extract.series_proposal("MPT", "ULE")[1] == "{n:03d}-{year}-EH-ULE/MPT"
    assert extract.series_proposal("", "")[1] == "{n:03d}-{year}-EH-MUNI"
