"""The bank, incidents and the counts of the inventory, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.store import incidents, inventory, privacy


def test_the_bank_is_one_row_with_its_version(either_db):
    bank = DataBank("Banco", officer_name="Ana")
    with either_db.transaction() as session:
        assert privacy.load_bank(session) == DataBank()
        privacy.save_bank(session, bank, 0)
    with either_db.transaction() as session:
        assert privacy.load_bank(session) == replace(bank, version=1)
        privacy.save_bank(session, replace(bank, name="Otro"), 1)
    for wrong in (0, 1):
        with pytest.raises(StaleRow), either_db.transaction() as session:
            privacy.save_bank(session, bank, wrong)
    with either_db.reading() as session:
        assert privacy.load_bank(session) == replace(bank, name="Otro", version=2)


def test_an_incident_comes_back_as_it_was_kept(either_db, now):
    told = Incident(now, "Robo", "Laptop", "DNI", True, 12, registered_at=now, registered_by="ana")
    with either_db.transaction() as session:
        first = incidents.add_incident(session, told)
        second = incidents.add_incident(session, replace(told, known_at=now + timedelta(hours=1)))
    with either_db.transaction() as session:
        assert incidents.load_incident(session, first) == replace(told, id=first, version=1)
        assert [one.id for one in incidents.list_incidents(session)] == [second, first]
        closed = replace(
            told, id=first, closed=True, closing_note="Apareció", reported_at=now, holder_count=None
        )
        incidents.save_incident(session, closed, 1)
    with either_db.reading() as session:
        assert incidents.load_incident(session, first) == replace(closed, version=2)
        assert [one.id for one in incidents.list_incidents(session, open_only=True)] == [second]
        assert incidents.count_incidents(session) == (1, 2)
        with pytest.raises(RuleError, match="no existe"):
            incidents.load_incident(session, 99)


def test_rows_are_counted_and_the_line_to_the_server_is_looked_at(either_db):
    with either_db.reading() as session:
        counts = inventory.count_rows(session, ["officer", "incident", "no_such_table"])
        assert counts == {"officer": 0, "incident": 0}
        secure = inventory.is_line_secure(session, is_sqlite=either_db.is_sqlite)
        assert secure is (None if either_db.is_sqlite else False)
