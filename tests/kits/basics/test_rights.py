"""Who may do what: a right opens its actions and no others; without a list of rights everything is open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import (
    RIGHTS,
    Right,
    check_may_do,
    check_right,
    is_known_action,
    may_do,
    right,
)

KEYS = [one.key for one in RIGHTS]
ACTIONS = sorted({action + ("x" if action.endswith(".") else "") for one in RIGHTS for action in one.actions})


def person(*rights: str) -> Actor:
    return Actor("rosa", "ULE", frozenset(rights))


def test_keys_are_said_once_and_every_right_has_its_words():
    assert len(set(KEYS)) == len(KEYS)
    assert all(one.title and one.group for one in RIGHTS)


@given(st.sampled_from(ACTIONS))
def test_without_users_everything_is_open(action):
    check_may_do(Actor("uno"), action)
    assert all(Actor("uno").may(key) for key in KEYS)


@given(st.sets(st.sampled_from(KEYS)), st.sampled_from(ACTIONS))
def test_an_action_is_open_exactly_to_who_has_a_right_to_it(keys, action):
    wanted = any(right(key).opens(action) for key in keys)
    assert may_do(person(*keys), action) is wanted
    if not wanted:
        with pytest.raises(RuleError, match="no tiene permiso") as refusal:
            check_may_do(person(*keys), action)
        assert refusal.value.code == "not_allowed"


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)), st.sampled_from(ACTIONS))
def test_more_rights_never_close_anything(some, more, action):
    assert not may_do(person(*some), action) or may_do(person(*some, *more), action)


@pytest.mark.parametrize("action", ["session.in", "print.paper", "ledger.seal", "user.password"])
def test_everybody_may_go_in_and_out_and_change_the_own_password(action):
    check_may_do(person(), action)


@pytest.mark.parametrize(
    "action", ["user.add", "user.roles", "sessions", "printer.x", "kardex", "unknown.thing"]
)
def test_a_likeness_of_names_opens_nothing(action):
    assert not may_do(person("kardex.move", "papers.sign"), action)


def test_the_refusal_names_the_right_that_is_missing():
    with pytest.raises(RuleError, match="Cerrar y reabrir meses"):
        check_may_do(person("poi.record"), "poi_month.close")
    with pytest.raises(RuleError, match="Ver DNI completos"):
        check_right(person("poi.record"), "personal.view")
    check_right(person("personal.view"), "personal.view")


def test_an_action_that_nobody_knows_is_closed_to_all_who_have_a_list():
    assert not is_known_action("unknown.thing")
    assert not may_do(person(*KEYS), "unknown.thing")


def test_a_right_that_is_gone_is_no_right():
    assert not may_do(person("of.another.version"), "plan.save")


def test_a_final_point_stands_for_all_that_follow():
    one = Right("x", "X", "X", ("plan.", "paper.sign"))
    assert one.opens("plan.save")
    assert one.opens("paper.sign")
    assert not one.opens("paper.signature")
    assert not one.opens("plans.save")
