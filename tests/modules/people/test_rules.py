"""Rules of users: who may come in, how long one waits, what a password must be, what each role may do."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import RIGHTS
from sisfoh_desktop.modules.people.rules import access, passwords, reviews, roles, users
from sisfoh_desktop.modules.people.rules.facts import (
    Absence,
    AccessReview,
    Decision,
    ReviewLine,
    Standing,
    User,
    UserState,
)

TODAY = date(2024, 3, 8)
NOW = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
ROSA = User("rquispe", "ROSA QUISPE PRUEBA", "ULE", roles=("kardex_clerk",), has_password=True, id=3)
ADMIN = User("acastro", "ANA CASTRO PRUEBA", "ULE", roles=("administrator",), has_password=True, id=1)


# --- waiting after wrong passwords ---


def test_four_failures_cost_nothing_and_then_the_delay_doubles_to_a_quarter_of_an_hour():
    assert [access.lock_delay(count) for count in range(5)] == [None] * 5
    assert [access.lock_delay(count).total_seconds() for count in range(5, 13)] == [
        30, 60, 120, 240, 480, 900, 900, 900,
    ]  # fmt: skip
    assert access.lock_delay(10**9) == timedelta(minutes=15)


def test_a_lock_is_told_with_the_time_that_is_left():
    with pytest.raises(RuleError) as caught:
        access.check_not_locked(NOW + timedelta(seconds=1), NOW)
    assert caught.value.code == "access_locked"
    assert "espere 1 segundo y" in caught.value.sentence
    with pytest.raises(RuleError, match="espere 15 minutos"):
        access.check_not_locked(NOW + timedelta(minutes=15), NOW)
    access.check_not_locked(NOW, NOW)
    access.check_not_locked(None, NOW)


def test_a_lock_left_by_a_clock_that_was_years_ahead_begins_anew():
    access.check_not_locked(NOW + timedelta(days=400), NOW)
    assert access.is_clock_back(NOW + timedelta(days=400), NOW)
    assert not access.is_clock_back(NOW + timedelta(minutes=15), NOW)
    assert not access.is_clock_back(None, NOW)


# --- who may come in ---


@pytest.mark.parametrize(
    ("changes", "standing", "code"),
    [
        ({}, Standing.MAY_ENTER, None),
        ({"has_password": False}, Standing.NO_PASSWORD, None),
        ({"state": UserState.SUSPENDED}, Standing.SUSPENDED, "access_ended"),
        ({"state": UserState.LEFT}, Standing.LEFT, "access_ended"),
        ({"valid_from": date(2024, 3, 9)}, Standing.NOT_YET, "access_not_yet"),
        ({"valid_from": TODAY, "valid_to": TODAY}, Standing.MAY_ENTER, None),
        ({"valid_to": date(2024, 3, 7)}, Standing.ENDED, "access_ended"),
    ],
)
def test_who_may_come_in_on_a_day(changes, standing, code):
    user = replace(ROSA, **changes)
    assert access.standing_of(user, [], TODAY) is standing
    refusal = access.entry_refusal(user, standing, None)
    assert (refusal.code if refusal else None) == code
    assert standing.label
    assert standing.tone in ("good", "warn", "bad", "quiet")


def test_an_absence_counts_on_its_first_and_last_day_unless_it_was_withdrawn():
    away = Absence(3, TODAY, date(2024, 3, 10), "Vacaciones")
    assert access.standing_of(ROSA, [away], TODAY) is Standing.ABSENT
    assert access.standing_of(ROSA, [away], date(2024, 3, 10)) is Standing.ABSENT
    assert access.standing_of(ROSA, [away], date(2024, 3, 11)) is Standing.MAY_ENTER
    assert access.standing_of(ROSA, [replace(away, withdrawn=True)], TODAY) is Standing.MAY_ENTER
    told = access.entry_refusal(ROSA, Standing.ABSENT, access.absent_until([away], TODAY))
    assert told.code == "access_absent"
    assert "hasta el 10/03/2024" in told.sentence
    assert "ausente y no" in access.entry_refusal(ROSA, Standing.ABSENT, None).sentence


def test_a_login_is_read_without_blanks_and_capitals_and_only_plain_signs_are_one():
    assert access.typed_login("  RQuispe ") == "rquispe"
    assert all(access.is_login(one) for one in ("rquispe", "r.quispe", "a1", "0-_."))
    assert not any(
        access.is_login(one)
        for one in ("", "a", ".ab", "rosa quispe", "ñandu", "a'--", "a" * 61, "x\x00", "<b>ab</b>")
    )


@given(st.text(max_size=300))
def test_what_was_typed_for_a_login_never_stands_in_the_trail(typed):
    subject = access.unknown_subject(access.typed_login(typed))
    assert subject.startswith("login:")
    assert len(subject) == len("login:") + 4


# --- passwords ---


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("xyzt 91", "password_short"),
        ("         ", "password_short"),
        ("rquispe2024", "password_is_login"),
        ("RosaQuispePrueba", "password_is_login"),
        ("12Quispe12345", "password_is_login"),
        ("Contraseña2024", "password_common"),
        ("municipalidad!!", "password_common"),
        ("1234567890", "password_common"),
        ("9876543210", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
        ("abcdefghijkl", "password_common"),
        ("Qwertyuiop1", "password_common"),
        ("x" * 201, "password_invalid"),
        ("nul\x00dentro de todo", "password_invalid"),
        ("medio \ud800 signo suelto", "password_invalid"),
    ],
)
def test_passwords_that_are_guessed_are_refused(password, code):
    with pytest.raises(RuleError) as caught:
        passwords.check_new_password(password, login="rquispe", name="ROSA QUISPE PRUEBA")
    assert caught.value.code == code
    assert password not in caught.value.sentence


@pytest.mark.parametrize(
    "password",
    ["tres gatos y un tejado", "Ñandú-azul-42", "'; DROP TABLE app_user; --", "🐈🐈🐕🐕 en la puna"],
)
def test_any_other_is_kept_as_it_was_typed(password):
    assert passwords.check_new_password(password, login="rquispe", name="ROSA QUISPE") == password


def test_the_same_accents_typed_in_two_ways_are_one_password():
    assert passwords.kept_password("cafe\u0301 con leche") == "café con leche"


def test_a_code_is_read_however_it_was_copied_from_the_paper():
    shown = passwords.shown_code("7KQ2M0XD94TBZR5H")
    assert shown == "7KQ2-M0XD-94TB-ZR5H"
    assert passwords.typed_code(" 7kq2 mOxd–94tb.zr5h ") == "7KQ2M0XD94TBZR5H"
    assert passwords.typed_code(shown) == "7KQ2M0XD94TBZR5H"


# --- roles ---


def test_every_role_gives_rights_that_exist_and_every_right_is_somebodys():
    known = {right.key for right in RIGHTS}
    given_by_roles = frozenset().union(*(role.rights for role in roles.ROLES))
    assert given_by_roles <= known
    assert known - given_by_roles == set()
    assert len({role.key for role in roles.ROLES}) == len(roles.ROLES)
    assert all(len(role.key) <= 40 for role in roles.ROLES)


def test_several_roles_give_the_rights_of_all_and_an_unknown_one_gives_none():
    both = roles.rights_of(["kardex_clerk", "signer", "nadie"])
    assert both == roles.rights_of(["kardex_clerk"]) | roles.rights_of(["signer"])
    assert roles.rights_of(["nadie"]) == frozenset()
    assert roles.role_title("nadie") == "nadie"


def test_roles_are_kept_once_each_in_their_order():
    assert roles.clean_roles(["reader", "administrator", "reader"]) == ("administrator", "reader")
    for wrong, code in (([], "roles_missing"), (["root"], "role_unknown")):
        with pytest.raises(RuleError) as caught:
            roles.clean_roles(wrong)
        assert caught.value.code == code


# --- the record of a user ---


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"login": "rosa quispe"}, "login_invalid"),
        ({"login": "x"}, "login_invalid"),
        ({"name": "  "}, "text_missing"),
        ({"name": "x" * 201}, "text_too_long"),
        ({"name": "ROSA\x07"}, "text_unprintable"),
        ({"valid_from": TODAY, "valid_to": date(2024, 3, 7)}, "dates_upside_down"),
        ({"valid_to": date(1924, 3, 8)}, "date_out_of_range"),
        ({"roles": ()}, "roles_missing"),
    ],
)
def test_what_a_user_must_be(changes, code):
    with pytest.raises(RuleError) as caught:
        users.clean_user(replace(ROSA, **changes))
    assert caught.value.code == code


def test_a_login_is_proposed_from_the_name():
    assert users.proposed_login("ROSA MARÍA QUISPE MAMANI") == "rquispe"
    assert users.proposed_login("José Núñez") == "jnunez"
    assert users.proposed_login("Ñusta") == "nusta"
    assert users.proposed_login("¿?") == ""


def test_an_administrator_remains_only_with_a_password_and_without_an_end():
    users.check_administrator_remains([ROSA, ADMIN], TODAY)
    for gone in (
        {"roles": ("reader",)},
        {"state": UserState.SUSPENDED},
        {"has_password": False},
        {"valid_to": date(2025, 1, 1)},
        {"valid_from": date(2024, 3, 9)},
    ):
        with pytest.raises(RuleError) as caught:
            users.check_administrator_remains([ROSA, replace(ADMIN, **gone)], TODAY)
        assert caught.value.code == "last_administrator"


def test_who_leaves_has_no_day_of_access_after_today():
    assert users.ended(ROSA, TODAY).valid_to == TODAY
    assert users.ended(replace(ROSA, valid_to=date(2024, 1, 1)), TODAY).valid_to == date(2024, 1, 1)
    later = users.ended(replace(ROSA, valid_from=date(2024, 4, 1), valid_to=date(2024, 5, 1)), TODAY)
    assert (later.state, later.valid_from, later.valid_to) == (UserState.LEFT, None, TODAY)


def test_who_comes_back_keeps_only_a_last_day_that_is_still_to_come():
    assert users.restored(replace(ROSA, valid_to=date(2024, 1, 1)), TODAY).valid_to is None
    suspended = replace(ROSA, state=UserState.SUSPENDED, valid_to=date(2025, 1, 1))
    assert users.restored(suspended, TODAY).valid_to == date(2025, 1, 1)
    assert users.restored(replace(suspended, state=UserState.LEFT), TODAY).valid_to is None


def test_absences_of_one_user_do_not_cross():
    held = Absence(3, date(2024, 4, 1), date(2024, 4, 15), "Vacaciones", id=1)
    users.check_no_overlap(
        replace(held, first_day=date(2024, 4, 16), last_day=date(2024, 4, 20), id=2), [held]
    )
    users.check_no_overlap(replace(held, id=2), [replace(held, withdrawn=True)])
    users.check_no_overlap(held, [held])
    with pytest.raises(RuleError, match=r"01/04/2024 al 15/04/2024"):
        users.check_no_overlap(
            replace(held, first_day=date(2024, 4, 15), last_day=date(2024, 5, 1), id=2), [held]
        )


def test_an_absence_is_at_most_a_year():
    year = Absence(3, date(2024, 1, 1), date(2024, 12, 31), "Licencia")
    assert users.clean_absence(year) == year
    with pytest.raises(RuleError) as caught:
        users.clean_absence(replace(year, last_day=date(2025, 1, 1)))
    assert caught.value.code == "absence_too_long"


# --- the review ---


def test_a_review_falls_due_six_months_later_also_at_the_end_of_a_month():
    assert reviews.months_later(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert reviews.months_later(date(2023, 8, 30), 6) == date(2024, 2, 29)
    assert reviews.months_later(date(2024, 3, 8), 6) == date(2024, 9, 8)
    assert reviews.due_on(None, None) is None
    assert reviews.due_on(None, NOW) == date(2024, 9, 8)
    assert reviews.due_on(NOW, NOW - timedelta(days=300)) == date(2024, 9, 8)


def test_a_review_decides_about_everybody_who_has_not_left_as_they_are_now():
    left = replace(ROSA, login="otro", id=4, state=UserState.LEFT)
    lines = reviews.lines_of([ADMIN, ROSA, left])
    assert [line.login for line in lines] == ["acastro", "rquispe"]
    assert reviews.checked_lines(lines, [ADMIN, ROSA, left]) == lines
    for outdated in (lines[:1], [replace(lines[0], roles=("reader",)), lines[1]]):
        with pytest.raises(RuleError) as caught:
            reviews.checked_lines(outdated, [ADMIN, ROSA])
        assert caught.value.code == "review_outdated"


def test_what_is_not_kept_needs_its_reason():
    line = replace(reviews.lines_of([ROSA])[0], decision=Decision.END)
    with pytest.raises(RuleError) as caught:
        reviews.checked_lines([line], [ROSA])
    assert caught.value.code == "review_note_missing"


def test_the_lines_of_a_review_come_back_as_they_were_kept():
    line = ReviewLine(
        3,
        "rquispe",
        "ROSA «Ñ» <b>",
        "ULE",
        "",
        ("kardex_clerk",),
        UserState.ACTIVE,
        TODAY,
        NOW,
        Decision.CHANGE,
        "x",
    )
    kept = (line, replace(line, valid_to=None, last_login_at=None))
    assert reviews.read_lines(reviews.kept_lines(kept)) == kept


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        ([Decision.KEEP], "Se mantiene 1 acceso."),
        ([Decision.KEEP] * 2 + [Decision.END], "Se mantienen 2 accesos y se cesa a 1 usuario."),
        ([Decision.CHANGE], "Se decide cambiar los roles de 1 usuario."),
    ],
)
def test_the_outcome_in_words(decisions, words):
    line = reviews.lines_of([ROSA])[0]
    review = AccessReview(NOW, "acastro", tuple(replace(line, decision=one) for one in decisions))
    assert reviews.outcome_words(review) == words


def test_the_series_of_the_records_is_proposed():
    title, mask = reviews.series_proposal("M P T", "")
    assert (title, mask) == ("Revisiones de accesos", "{n:03d}-{year}-ULE/MPT")
