"""The catalogue in the base: what is written comes back the same, versions are watched, uses are told."""

from dataclasses import replace
from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.catalogue import TypeUse
from sisfoh_desktop.modules.kardex.store import catalogue as store
from sisfoh_desktop.modules.kardex.tables import KardexFormRow, KardexLineRow, KardexMovementRow

CAMPAIGN = Campaign("Empadronamiento 2024", date(2024, 3, 1), date(2024, 7, 31), 10, 4)
CHIEF = Holder(HolderKind.CREW_CHIEF, "JEFE UNO PRUEBA", "40000009")


def full_type(campaign_id):
    return FormType(
        campaign_id, "FSU", "Ficha", True, 6, "A", "2024", 500, 1000, date(2024, 3, 1), date(2024, 12, 31)
    )


def test_what_is_written_comes_back_the_same(either_db):
    with either_db.transaction() as session:
        campaign_id = store.add_campaign(session, CAMPAIGN)
        type_id = store.add_type(session, full_type(campaign_id))
        chief_id = store.add_holder(session, CHIEF)
        person = Holder(
            HolderKind.EMPADRONADOR,
            "EMPADRONADOR UNO PRUEBA",
            "40000001",
            date(2024, 3, 1),
            date(2024, 7, 31),
            "OS 0120-2024",
            chief_id,
        )
        person_id = store.add_holder(session, person)
    with either_db.reading() as session:
        assert store.load_campaign(session, campaign_id) == replace(CAMPAIGN, id=campaign_id, version=1)
        assert store.load_type(session, type_id) == replace(full_type(campaign_id), id=type_id, version=1)
        assert store.load_holder(session, person_id) == replace(person, id=person_id, version=1)
        assert [one.id for one in store.list_campaigns(session)] == [campaign_id]
        assert [one.id for one in store.list_types(session, campaign_id)] == [type_id]
        assert [one.id for one in store.list_holders(session)] == [person_id, chief_id]


def test_a_change_names_the_version_that_was_seen(either_db):
    with either_db.transaction() as session:
        campaign_id = store.add_campaign(session, CAMPAIGN)
        type_id = store.add_type(session, full_type(campaign_id))
        holder_id = store.add_holder(session, CHIEF)
        assert store.save_campaign(session, replace(CAMPAIGN, id=campaign_id, version=1, name="Otra")) == 2
        assert store.save_type(session, replace(full_type(campaign_id), id=type_id, version=1, code="X")) == 2
        assert store.save_holder(session, replace(CHIEF, id=holder_id, version=1, name="JEFE DOS")) == 2
        assert store.load_campaign(session, campaign_id).name == "Otra"
        assert store.load_type(session, type_id).code == "X"
        assert store.load_holder(session, holder_id).name == "JEFE DOS"
        with pytest.raises(StaleRow):
            store.save_campaign(session, replace(CAMPAIGN, id=campaign_id, version=1))
        with pytest.raises(StaleRow):
            store.save_type(session, replace(full_type(campaign_id), id=type_id, version=1))
        with pytest.raises(StaleRow):
            store.save_holder(session, replace(CHIEF, id=holder_id, version=1))


@pytest.mark.parametrize("load", [store.load_campaign, store.load_type, store.load_holder])
def test_what_is_not_there_is_said(db, load):
    with db.reading() as session, pytest.raises(RuleError, match="F5"):
        load(session, 99)


def test_the_newest_campaign_comes_first(db):
    with db.transaction() as session:
        old = store.add_campaign(session, replace(CAMPAIGN, name="2023", starts_on=date(2023, 1, 1)))
        new = store.add_campaign(session, CAMPAIGN)
        assert [one.id for one in store.list_campaigns(session)] == [new, old]


def test_what_was_moved_is_told(kardex_office, now):
    """One reception of 004501-004510 and one distribution, written as the ledger lies."""
    office = kardex_office

    def movement(number, day, from_id, to_id):
        row = KardexMovementRow(
            campaign_id=office.campaign,
            number=number,
            kind="recepcion",
            form_type_id=office.fsu,
            moved_on=day,
            from_holder_id=from_id,
            to_holder_id=to_id,
            form_count=10,
            registered_at=now,
            registered_by="prueba",
            **dict.fromkeys(
                ("document", "reason", "witness", "note", "archive_box", "archive_folder", "archive_folio"),
                "",
            ),
        )
        session.add(row)
        session.flush()
        return row.id

    with office.db.transaction() as session:
        assert store.type_use(session, office.fsu) == TypeUse()
        assert store.campaign_days(session, office.campaign) == (None, None)
        assert not store.has_moved(session, office.ana)
        first = movement(1, date(2024, 3, 4), office.rector, office.store)
        movement(2, date(2024, 3, 9), office.store, office.ana)
        forms = FormRange(4501, 4510)
        line = KardexLineRow(
            movement_id=first,
            form_type_id=office.fsu,
            first_number=forms.first,
            last_number=forms.last,
            form_count=10,
            from_holder_id=office.rector,
            from_condition="fuera",
            to_holder_id=office.store,
            to_condition="en_blanco",
        )
        session.add(line)
        session.flush()
        session.add_all(
            KardexFormRow(
                form_type_id=office.fsu,
                number=number,
                holder_id=office.store,
                condition="en_blanco",
                line_id=line.id,
            )
            for number in range(forms.first, forms.last + 1)
        )
        session.flush()
        assert store.type_use(session, office.fsu) == TypeUse(date(2024, 3, 4), date(2024, 3, 9), 4510)
        assert store.type_use(session, office.s100) == TypeUse()
        assert store.campaign_days(session, office.campaign) == (date(2024, 3, 4), date(2024, 3, 9))
        assert store.has_moved(session, office.ana)
        assert store.has_moved(session, office.rector)
        assert not store.has_moved(session, office.beto)
