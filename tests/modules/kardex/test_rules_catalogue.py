"""Campaigns, types of forms and holders: what is kept, what is refused and with which words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind, holders
from sisfoh_desktop.modules.kardex.rules import catalogue as rules

START = date(2024, 3, 1)
TODAY = date(2024, 3, 8)
CAMPAIGN = Campaign("Empadronamiento 2024", START, id=1, version=1)
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=2, version=1)
ANA = Holder(
    HolderKind.EMPADRONADOR, "EMPADRONADOR UNO PRUEBA", "40000001", START, date(2024, 7, 31), id=3, version=1
)
CHIEF = Holder(HolderKind.CREW_CHIEF, "JEFE UNO PRUEBA", id=4)


def refused(code, verb, *arguments, **more):
    """The sentence of the refusal."""
    with pytest.raises(RuleError) as caught:
        verb(*arguments, **more)
    assert caught.value.code == code
    return caught.value.sentence


# --- campaigns ---


def test_a_campaign_is_kept_with_its_name_on_one_line():
    kept = rules.clean_campaign(replace(CAMPAIGN, name="  Empadronamiento \n 2024 "))
    assert kept.name == "Empadronamiento 2024"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "text_missing"),
        ({"name": "x" * 161}, "text_too_long"),
        ({"name": "a\x00b"}, "text_unprintable"),
        ({"ends_on": date(2024, 2, 29)}, "dates_upside_down"),
        ({"starts_on": date(1024, 3, 1)}, "date_out_of_range"),
        ({"most_days_in_hand": 0}, "number_out_of_range"),
        ({"most_days_in_hand": 366}, "number_out_of_range"),
        ({"most_annulled_percent": 101}, "number_out_of_range"),
        ({"most_annulled_percent": -1}, "number_out_of_range"),
    ],
)
def test_a_campaign_that_makes_no_sense_is_refused(change, code):
    refused(code, rules.clean_campaign, replace(CAMPAIGN, **change))


def test_two_campaigns_never_share_a_name_whatever_the_capitals():
    other = Campaign("EMPADRONAMIENTO 2024", date(2023, 1, 1), id=9)
    assert "EMPADRONAMIENTO 2024" in refused(
        "campaign_name_taken", rules.check_new_campaign, CAMPAIGN, [CAMPAIGN, other]
    )
    rules.check_new_campaign(CAMPAIGN, [CAMPAIGN])


def test_the_days_of_a_campaign_hold_its_movements():
    first, last = date(2024, 3, 4), date(2024, 6, 30)
    later = replace(CAMPAIGN, starts_on=date(2024, 3, 5))
    told = refused("campaign_days_moved", rules.check_campaign_change, CAMPAIGN, later, [], first, last)
    assert "04/03/2024" in told
    shorter = replace(CAMPAIGN, ends_on=date(2024, 6, 29))
    told = refused("campaign_days_moved", rules.check_campaign_change, CAMPAIGN, shorter, [], first, last)
    assert "30/06/2024" in told
    rules.check_campaign_change(CAMPAIGN, replace(CAMPAIGN, ends_on=last), [CAMPAIGN], first, last)
    rules.check_campaign_change(CAMPAIGN, later, [CAMPAIGN], None, None)


def test_a_closed_campaign_does_not_change():
    closed = replace(CAMPAIGN, closed_on=date(2024, 8, 1))
    told = refused("campaign_closed", rules.check_campaign_change, closed, CAMPAIGN, [], None, None)
    assert "01/08/2024" in told


def test_the_campaign_to_work_on_is_the_open_one_that_runs_today():
    past = Campaign("2023", date(2023, 1, 1), closed_on=date(2023, 12, 1), id=1)
    running = Campaign("2024", date(2024, 1, 1), date(2024, 12, 31), id=2)
    planned = Campaign("2025", date(2025, 1, 1), id=3)
    over = Campaign("2023 bis", date(2023, 6, 1), date(2023, 12, 31), id=4)
    assert rules.current_of([past, running, planned, over], TODAY) is running
    assert rules.current_of([past, planned, over], TODAY) is planned
    assert rules.current_of([past, over], TODAY) is over
    assert rules.current_of([past], TODAY) is past
    assert rules.current_of([], TODAY) is None


# --- types of forms ---


def test_a_code_is_kept_in_capitals():
    assert rules.clean_form_type(replace(FSU, code=" fsu ")).code == "FSU"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": ""}, "text_missing"),
        ({"code": "F S U"}, "code_invalid"),
        ({"code": "-FSU"}, "code_invalid"),
        ({"code": "F" * 21}, "text_too_long"),
        ({"code": "ß" * 20}, "code_invalid"),  # twice as long in capitals
        ({"title": ""}, "text_missing"),
        ({"title": "x" * 201}, "text_too_long"),
        ({"layout_version": "x" * 61}, "text_too_long"),
        ({"prefix": "X" * 13}, "text_too_long"),
        ({"number_width": 0}, "number_width_invalid"),
        ({"number_width": 13}, "number_width_invalid"),
        ({"bundle_size": 0}, "number_out_of_range"),
        ({"minimum_stock": -1}, "number_out_of_range"),
        ({"valid_from": date(2024, 3, 2), "valid_until": START}, "dates_upside_down"),
    ],
)
def test_a_type_that_makes_no_sense_is_refused(change, code):
    refused(code, rules.clean_form_type, replace(FSU, **change))


def test_an_article_without_numbers_has_neither_width_nor_prefix():
    kept = rules.clean_form_type(replace(FSU, serialised=False, number_width=6, prefix="A"))
    assert (kept.number_width, kept.prefix) == (0, "")


@pytest.mark.parametrize("prefix", ["24", "A1", "2024-", "A B", "+", "A,", "-"])
def test_a_prefix_that_cannot_be_told_from_the_number_is_refused(prefix):
    assert prefix in refused("prefix_invalid", rules.clean_form_type, replace(FSU, prefix=prefix))


@pytest.mark.parametrize("prefix", ["A", "A-", "N-", "TAC/", "S100-"])
def test_the_prefixes_that_printers_use_are_accepted(prefix):
    assert rules.clean_form_type(replace(FSU, prefix=f" {prefix} ")).number_text(4517) == f"{prefix}004517"


@given(
    prefix=st.text(alphabet="AFNQTXZ0159./-_ y,+", min_size=1, max_size=6),
    number=st.integers(1, 9_999),
    more=st.integers(0, 500),
)
def test_a_prefix_that_was_accepted_never_makes_a_number_unreadable(prefix, number, more):
    try:
        kept = rules.clean_form_type(replace(FSU, number_width=5, prefix=prefix))
    except RuleError:
        return
    wanted = FormRanges.single(number, number + more)
    assert parse_ranges(kept.ranges_text(wanted), 5, kept.prefix) == wanted
    assert parse_ranges(kept.number_text(number), 5, kept.prefix) == FormRanges.single(number)


def test_a_code_is_used_once_in_a_campaign_unless_the_series_tells_them_apart():
    other = replace(FSU, id=7, code="fsu", title="Otra")
    assert "Otra" in refused("code_taken", rules.check_new_form_type, FSU, CAMPAIGN, [FSU, other])
    rules.check_new_form_type(FSU, CAMPAIGN, [FSU, replace(other, prefix="B")])


def test_a_type_of_a_closed_campaign_does_not_change():
    closed = replace(CAMPAIGN, closed_on=date(2024, 8, 1))
    refused("campaign_closed", rules.check_new_form_type, FSU, closed, [])
    refused("campaign_closed", rules.check_form_type_change, FSU, FSU, closed, [FSU], rules.TypeUse())


USED = rules.TypeUse(date(2024, 3, 4), date(2024, 6, 30), 20_000)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"campaign_id": 5}, "form_type_moved", "campaña"),
        ({"serialised": False, "number_width": 0}, "form_type_moved", "lleva número"),
        ({"prefix": "A"}, "form_type_moved", "antes del número"),
        ({"number_width": 4}, "number_width_used", "020000"),
        ({"valid_from": date(2024, 3, 5)}, "form_type_days_moved", "04/03/2024"),
        ({"valid_until": date(2024, 6, 29)}, "form_type_days_moved", "30/06/2024"),
    ],
)
def test_what_was_moved_limits_what_may_change(change, code, words):
    after = replace(FSU, **change)
    assert words in refused(code, rules.check_form_type_change, FSU, after, CAMPAIGN, [FSU], USED)


def test_the_rest_of_a_used_type_may_be_corrected():
    after = replace(
        FSU, code="FSU2", title="Otro", number_width=5, bundle_size=50, minimum_stock=3, layout_version="2024"
    )
    rules.check_form_type_change(FSU, after, CAMPAIGN, [FSU], USED)
    unused = replace(FSU, serialised=False, number_width=0)
    rules.check_form_type_change(FSU, unused, CAMPAIGN, [FSU], rules.TypeUse())


def test_the_next_campaign_takes_the_types_still_in_use():
    old = replace(FSU, id=8, code="S100", valid_until=date(2024, 12, 31))
    ended = replace(FSU, id=9, code="R200", valid_until=date(2024, 6, 1))
    following = Campaign("Empadronamiento 2024-II", date(2024, 8, 1), id=6)
    copied = rules.copied_types([FSU, old, ended], following)
    assert [(one.code, one.campaign_id, one.id, one.valid_until) for one in copied] == [
        ("FSU", 6, 0, None),
        ("S100", 6, 0, None),
    ]


def test_a_type_is_in_use_between_its_days():
    dated = replace(FSU, valid_from=START, valid_until=TODAY)
    assert [rules.is_valid_type(dated, START + timedelta(days=n)) for n in (-1, 0, 7, 8)] == [
        False,
        True,
        True,
        False,
    ]


# --- holders ---


def test_a_place_has_no_dni_and_only_an_empadronador_a_chief():
    kept = holders.clean_holder(Holder(HolderKind.WAREHOUSE, " Almacén  ULE ", dni="40000001", chief_id=4))
    assert (kept.name, kept.dni, kept.chief_id) == ("Almacén ULE", "", None)
    assert holders.clean_holder(replace(ANA, kind=HolderKind.DIGITADOR, chief_id=4)).chief_id is None
    assert holders.clean_holder(replace(ANA, chief_id=4)).chief_id == 4


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "text_missing"),
        ({"name": "x" * 161}, "text_too_long"),
        ({"document": "x" * 201}, "text_too_long"),
        ({"dni": "4000000"}, "dni_invalid"),
        ({"dni": "4000000a"}, "dni_invalid"),
        ({"valid_until": date(2024, 2, 1)}, "dates_upside_down"),
    ],
)
def test_a_holder_that_makes_no_sense_is_refused_without_telling_the_dni(change, code):
    assert "4000000" not in refused(code, holders.clean_holder, replace(ANA, **change))


def test_one_person_has_one_function_at_a_time():
    again = Holder(HolderKind.CREW_CHIEF, "OTRO NOMBRE PRUEBA", "40000001", date(2024, 7, 31))
    told = refused("holder_dni_taken", holders.check_new_holder, again, [ANA])
    assert "EMPADRONADOR UNO PRUEBA" in told
    assert "del 01/03/2024 al 31/07/2024" in told
    assert "40000001" not in told
    holders.check_new_holder(replace(again, valid_from=date(2024, 8, 1)), [ANA])


def test_homonyms_need_both_dni():
    homonym = replace(ANA, id=0, dni="")
    assert "DNI" in refused("holder_name_taken", holders.check_new_holder, homonym, [ANA])
    holders.check_new_holder(replace(homonym, dni="40000002"), [ANA])
    place = Holder(HolderKind.WAREHOUSE, "Almacén ULE", id=1)
    told = refused(
        "holder_name_taken", holders.check_new_holder, replace(place, id=0, name="almacén ule"), [place]
    )
    assert "DNI" not in told


def test_only_a_crew_chief_is_a_chief():
    holders.check_new_holder(replace(ANA, chief_id=4), [ANA, CHIEF])
    refused("chief_unknown", holders.check_new_holder, replace(ANA, chief_id=3), [ANA, CHIEF])
    refused("chief_unknown", holders.check_new_holder, replace(ANA, chief_id=99), [ANA, CHIEF])


def test_the_function_of_who_moved_forms_or_leads_a_crew_stays():
    other = replace(ANA, kind=HolderKind.DIGITADOR)
    assert "movimientos" in refused(
        "holder_kind_used", holders.check_holder_change, ANA, other, [ANA], has_moved=True
    )
    holders.check_holder_change(ANA, other, [ANA], has_moved=False)
    demoted = replace(CHIEF, kind=HolderKind.EMPADRONADOR)
    told = refused(
        "holder_kind_used",
        holders.check_holder_change,
        CHIEF,
        demoted,
        [CHIEF, replace(ANA, chief_id=4)],
        has_moved=False,
    )
    assert "EMPADRONADOR UNO PRUEBA" in told


def test_the_end_needs_a_reason_and_a_day_in_function():
    ended, reason = holders.check_end(ANA, date(2024, 5, 31), " Renunció ")
    assert (ended.valid_until, reason) == (date(2024, 5, 31), "Renunció")
    refused("text_missing", holders.check_end, ANA, TODAY, "  ")
    assert "01/03/2024" in refused("end_before_start", holders.check_end, ANA, date(2024, 2, 29), "x")


def test_out_of_force_is_said_in_one_sentence():
    assert holders.out_of_force(ANA, date(2024, 8, 1)) == (
        "EMPADRONADOR UNO PRUEBA dejó de estar en funciones el 31/07/2024"
    )
    assert holders.out_of_force(ANA, date(2024, 2, 29)) == (
        "EMPADRONADOR UNO PRUEBA recién entra en funciones el 01/03/2024"
    )
    assert holders.out_of_force(ANA, date(2024, 7, 31)) == ""
    place = Holder(HolderKind.WAREHOUSE, "Almacén dos", valid_from=START, valid_until=TODAY)
    assert holders.out_of_force(place, date(2024, 3, 9)) == "Almacén dos dejó de usarse el 08/03/2024"
    assert holders.out_of_force(place, date(2024, 2, 1)) == "Almacén dos recién se usa desde el 01/03/2024"


@given(
    since=st.none() | st.dates(date(2023, 1, 1), date(2025, 12, 31)),
    until=st.none() | st.dates(date(2023, 1, 1), date(2025, 12, 31)),
    day=st.dates(date(2023, 1, 1), date(2025, 12, 31)),
)
def test_the_sentence_and_the_fact_agree(since, until, day):
    holder = replace(ANA, valid_from=since, valid_until=until)
    assert (holders.out_of_force(holder, day) == "") is holder.in_force(day)
