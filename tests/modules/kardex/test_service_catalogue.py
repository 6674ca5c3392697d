"""The catalogue as the office uses it: the start, corrections with their trail, who is in force on a day."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError, StaleRow
from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue, in_force

START = date(2024, 3, 1)
TODAY = date(2024, 3, 8)
CAMPAIGN = Campaign("Empadronamiento 2024", START)


@pytest.fixture
def do(actor, now):
    """Call a change on a base with the usual arguments."""
    return lambda db, verb, **what: verb(db, actor=actor, now=now, **what)


@pytest.fixture
def checks(monkeypatch):
    """The registered checks, empty; others come back when the test ends."""
    registered = []
    monkeypatch.setattr(in_force, "_holder_checks", registered)
    return registered


def told(db, subject):
    return [(line.what, line.summary) for line in catalogue.history(db, subject)]


# --- the start ---


def test_the_kardex_starts_with_the_national_forms_and_the_places_of_every_office(either_db, do):
    campaign_id = do(either_db, catalogue.start_kardex, campaign=CAMPAIGN)
    types = catalogue.list_types(either_db, campaign_id)
    assert [one.code for one in types] == [
        "FSU", "S100", "R200", "N100", "D100", "CONSTANCIA", "CROQUIS", "CREDENCIAL",
    ]  # fmt: skip
    assert [one.code for one in types if not one.serialised] == ["CROQUIS"]
    assert types[0].number_text(4517) == "004517"
    assert {one.kind: one.name for one in catalogue.list_holders(either_db)} == {
        HolderKind.ARCHIVE: "Archivo",
        HolderKind.GOVERNING_BODY: "Ente rector",
        HolderKind.PRINTER: "Imprenta",
        HolderKind.WAREHOUSE: "Almacén ULE",
    }
    assert catalogue.current_campaign(either_db, TODAY).id == campaign_id
    assert told(either_db, f"kardex_form_type:{types[0].id}")[0][0] == "Formulario registrado"


def test_the_kardex_starts_once(either_db, do):
    do(either_db, catalogue.start_kardex, campaign=CAMPAIGN)
    with pytest.raises(RuleError) as caught:
        do(either_db, catalogue.start_kardex, campaign=replace(CAMPAIGN, name="Otra"))
    assert caught.value.code == "kardex_started"
    assert len(catalogue.list_campaigns(either_db)) == 1


def test_a_token_repeated_starts_it_once(db, do):
    first = do(db, catalogue.start_kardex, campaign=CAMPAIGN, token="a")
    assert do(db, catalogue.start_kardex, campaign=CAMPAIGN, token="a") == first
    assert len(catalogue.list_holders(db)) == 4


def test_a_refused_start_leaves_nothing(db, do):
    with pytest.raises(RuleError):
        do(db, catalogue.start_kardex, campaign=replace(CAMPAIGN, name=""))
    assert catalogue.list_holders(db) == []
    assert catalogue.current_campaign(db, TODAY) is None


def test_a_damaged_list_of_forms_is_told_before_anything_is_stored(db, do, tmp_path, monkeypatch):
    damaged = tmp_path / "form_types.toml"
    damaged.write_text("[[row", encoding="utf-8")
    monkeypatch.setattr(catalogue, "resource", lambda *_parts: damaged)
    catalogue._shipped_rows.cache_clear()
    try:
        with pytest.raises(FileFailed, match=r"form_types\.toml"):
            do(db, catalogue.start_kardex, campaign=CAMPAIGN)
    finally:
        catalogue._shipped_rows.cache_clear()
    assert catalogue.list_campaigns(db) == []


# --- campaigns ---


def test_the_next_campaign_brings_the_forms_of_the_one_before(kardex_office, do):
    db = kardex_office.db
    following = Campaign("Empadronamiento 2025", date(2025, 3, 1))
    bare = do(db, catalogue.add_campaign, campaign=replace(following, name="Vacía"))
    full = do(db, catalogue.add_campaign, campaign=following, copy_types_from=kardex_office.campaign)
    assert catalogue.list_types(db, bare) == []
    copied = catalogue.list_types(db, full)
    assert [one.code for one in copied] == ["FSU", "S100", "CROQUIS"]
    assert {one.id for one in copied}.isdisjoint({kardex_office.fsu, kardex_office.s100})
    with pytest.raises(RuleError):
        do(db, catalogue.add_campaign, campaign=replace(following, name="Más"), copy_types_from=99)
    assert len(catalogue.list_campaigns(db)) == 3


def test_a_campaign_is_corrected_and_the_trail_tells_what_it_was(kardex_office, do):
    db = kardex_office.db
    campaign = catalogue.load_campaign(db, kardex_office.campaign)
    do(db, catalogue.save_campaign, campaign=replace(campaign, most_days_in_hand=10))
    assert catalogue.load_campaign(db, campaign.id).most_days_in_hand == 10
    assert told(db, f"kardex_campaign:{campaign.id}")[0] == (
        "Campaña corregida",
        "Días en poder sin aviso: 15 → 10",
    )
    with pytest.raises(StaleRow):
        do(db, catalogue.save_campaign, campaign=replace(campaign, most_days_in_hand=12))


def test_saving_does_not_close_a_campaign(kardex_office, do):
    db = kardex_office.db
    campaign = catalogue.load_campaign(db, kardex_office.campaign)
    do(db, catalogue.save_campaign, campaign=replace(campaign, closed_on=TODAY, closing_document="x"))
    assert catalogue.load_campaign(db, campaign.id).closed_on is None


def test_two_clerks_add_the_same_campaign_and_one_is_told(either_db, do):
    refusals = []

    def add():
        try:
            do(either_db, catalogue.add_campaign, campaign=CAMPAIGN)
        except SisfohError as error:
            refusals.append(error.sentence)

    clerks = [threading.Thread(target=add) for _ in range(4)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert len(catalogue.list_campaigns(either_db)) == 1
    assert len(refusals) == 3
    assert all("Ya hay una campaña" in sentence for sentence in refusals)


# --- types of forms ---


def test_a_type_is_added_and_corrected(kardex_office, do):
    db = kardex_office.db
    type_id = do(
        db,
        catalogue.add_type,
        form_type=FormType(kardex_office.campaign, "r200", "Formato R200", bundle_size=50),
    )
    added = catalogue.load_type(db, type_id)
    assert added.code == "R200"
    do(db, catalogue.save_type, form_type=replace(added, minimum_stock=200))
    assert catalogue.load_type(db, type_id) == replace(added, minimum_stock=200, version=2)
    assert told(db, f"kardex_form_type:{type_id}")[0] == (
        "Formulario corregido",
        "Existencia mínima: 0 → 200",
    )
    with pytest.raises(StaleRow):
        do(db, catalogue.save_type, form_type=added)
    with pytest.raises(RuleError, match="FSU"):
        do(db, catalogue.add_type, form_type=FormType(kardex_office.campaign, "fsu", "Otra"))


def test_types_out_of_use_on_a_day_are_left_out_if_asked(kardex_office, do):
    db = kardex_office.db
    fsu = catalogue.load_type(db, kardex_office.fsu)
    do(db, catalogue.save_type, form_type=replace(fsu, valid_until=date(2024, 3, 31)))
    codes = [one.code for one in catalogue.list_types(db, kardex_office.campaign, date(2024, 4, 1))]
    assert codes == ["S100", "CROQUIS"]
    assert len(catalogue.list_types(db, kardex_office.campaign)) == 3


def test_received_numbers_limit_the_type(kardex_office, do):
    office = kardex_office
    office.receive("004501-005000")
    fsu = catalogue.load_type(office.db, office.fsu)
    for change, code in (
        ({"serialised": False}, "form_type_moved"),
        ({"number_width": 3}, "number_width_used"),
        ({"prefix": "B"}, "form_type_moved"),
    ):
        with pytest.raises(RuleError) as caught:
            do(office.db, catalogue.save_type, form_type=replace(fsu, **change))
        assert caught.value.code == code
    do(office.db, catalogue.save_type, form_type=replace(fsu, number_width=4))
    campaign = catalogue.load_campaign(office.db, office.campaign)
    with pytest.raises(RuleError, match="08/03/2024"):
        do(office.db, catalogue.save_campaign, campaign=replace(campaign, starts_on=date(2024, 3, 9)))


# --- people and places ---


def test_a_person_is_added_and_the_trail_never_holds_the_dni(kardex_office, do):
    db = kardex_office.db
    person = Holder(
        HolderKind.EMPADRONADOR, "EMPADRONADOR TRES PRUEBA", "40000077", START, chief_id=kardex_office.chief
    )
    holder_id = do(db, catalogue.add_holder, holder=person)
    added = catalogue.load_holder(db, holder_id)
    assert added == replace(person, id=holder_id, version=1)
    do(db, catalogue.save_holder, holder=replace(added, dni="40000177"))
    lines = told(db, f"kardex_holder:{holder_id}")
    assert lines[0] == ("Persona o lugar corregido", "DNI: 4*****77 → 4*****77 (cambió)")
    chief = catalogue.load_holder(db, kardex_office.chief)
    assert f"Jefe de brigada: {chief.name}" in lines[1][1]
    assert "Clase: Empadronador" in lines[1][1]
    assert "40000" not in str(lines)
    with db.reading() as session:
        from sqlalchemy import text

        kept = session.scalars(
            text("SELECT coalesce(before, '') || coalesce(after, '') FROM audit_entry")
        ).all()
    assert "40000077" not in "".join(kept)


def test_people_are_listed_by_day_and_function(kardex_office, do):
    db = kardex_office.db
    names = {one.id for one in catalogue.list_holders(db, kinds=(HolderKind.EMPADRONADOR,))}
    assert names == {kardex_office.ana, kardex_office.beto}
    person = Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR TRES PRUEBA", valid_from=date(2024, 5, 1))
    later = do(db, catalogue.add_holder, holder=person)
    assert later not in {one.id for one in catalogue.list_holders(db, date(2024, 4, 30))}
    assert later in {one.id for one in catalogue.list_holders(db, date(2024, 5, 1))}


def test_the_end_of_a_person_is_noted_with_its_reason(kardex_office, do):
    db = kardex_office.db
    ana = catalogue.load_holder(db, kardex_office.ana)
    do(
        db,
        catalogue.end_holder,
        holder_id=ana.id,
        expected_version=ana.version,
        until=date(2024, 3, 5),
        reason="Renunció",
    )
    assert catalogue.load_holder(db, ana.id).valid_until == date(2024, 3, 5)
    what, summary = told(db, f"kardex_holder:{ana.id}")[0]
    assert what == "Cese registrado"
    assert summary.endswith("05/03/2024; Motivo: Renunció")
    with pytest.raises(StaleRow):
        do(
            db,
            catalogue.end_holder,
            holder_id=ana.id,
            expected_version=ana.version,
            until=TODAY,
            reason="Otra vez",
        )


def test_who_moved_forms_keeps_the_function(kardex_office, do):
    office = kardex_office
    office.receive("004501-005000")
    office.hand_out("004501-004510", office.ana)
    ana = catalogue.load_holder(office.db, office.ana)
    with pytest.raises(RuleError, match="movimientos"):
        do(office.db, catalogue.save_holder, holder=replace(ana, kind=HolderKind.DIGITADOR))


# --- who is in force ---


def test_by_default_the_own_dates_tell_who_is_in_force(kardex_office, do, checks):
    db = kardex_office.db
    ana = catalogue.load_holder(db, kardex_office.ana)
    ended = replace(ana, valid_until=date(2024, 7, 31))
    with db.reading() as session:
        assert catalogue.why_not_in_force_in(session, ended, date(2024, 7, 31)) == ""
        assert catalogue.why_not_in_force_in(session, ended, date(2024, 8, 1)) == (
            f"{ana.name} dejó de estar en funciones el 31/07/2024"
        )


def test_the_register_of_staff_has_its_say_about_people_only(kardex_office, checks):
    asked = []

    def accredited(session, holder, day):
        asked.append((holder.id, day))
        return f"{holder.name} no está acreditada" if holder.id == kardex_office.ana else ""

    catalogue.register_holder_check(accredited)
    catalogue.register_holder_check(accredited)
    assert checks == [accredited]
    db = kardex_office.db
    with db.reading() as session:
        for holder_id, words in ((kardex_office.ana, "no está acreditada"), (kardex_office.beto, "")):
            holder = catalogue.load_holder(db, holder_id)
            assert catalogue.why_not_in_force_in(session, holder, TODAY).endswith(words)
        store = catalogue.load_holder(db, kardex_office.store)
        assert catalogue.why_not_in_force_in(session, store, TODAY) == ""
        before = catalogue.load_holder(db, kardex_office.ana)
        gone = catalogue.why_not_in_force_in(session, replace(before, valid_until=START), TODAY)
    assert "dejó de estar en funciones" in gone
    assert asked == [(kardex_office.ana, TODAY), (kardex_office.beto, TODAY)]
