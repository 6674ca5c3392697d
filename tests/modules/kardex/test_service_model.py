"""Random sequences of right and wrong movements against a model that keeps every number in a dict.

The service accepts what the model accepts and nothing else, and after each step both say the same of every form.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from kardex_office import make_office
from sqlalchemy import select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.adjusting import NewAdjustment
from sisfoh_desktop.modules.kardex.rules.balances import replay
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind
from sisfoh_desktop.modules.kardex.service import moving, reading
from sisfoh_desktop.modules.kardex.store import ledger
from sisfoh_desktop.modules.kardex.tables import (
    KardexBalanceRow,
    KardexFormRow,
    KardexMovementRow,
)

C, K = Condition, MovementKind
LAST = 24  # numbers that the sequences play with: few, so that they meet
TODAY = date(2024, 3, 8)
STEPS = 22
PEOPLE = ("chief", "ana", "beto", "digi", "quality")
INSIDE = ("store", "archive", *PEOPLE)
EVERYBODY = ("rector", "printer", *INSIDE)
AT_HAND = {C.BLANK, C.USED, C.ANNULLED, C.DAMAGED}
ROUTES = {
    K.RECEPTION: {("rector", "store"), ("printer", "store")},
    K.HAND_OUT: {(giver, person) for giver in ("store", "chief") for person in PEOPLE},
    K.TRANSFER: {(one, other) for one in INSIDE for other in INSIDE},
    K.RETURN: {(person, to) for person in PEOPLE for to in ("store", "chief")} | {("store", "rector")},
    K.TO_DATA_ENTRY: {(one, "digi") for one in INSIDE},
    K.TO_QUALITY: {(one, "quality") for one in INSIDE},
    K.ARCHIVING: {(one, "archive") for one in INSIDE},
    K.USE: {(one, one) for one in PEOPLE},
    K.ANNULMENT: {(one, one) for one in INSIDE},
    K.LOSS: {(one, one) for one in INSIDE},
    K.DAMAGE: {(one, one) for one in INSIDE},
    K.WRITE_OFF: {("store", "store"), ("archive", "archive")},
}
IN_PLACE = {
    K.USE: C.USED,
    K.ANNULMENT: C.ANNULLED,
    K.LOSS: C.LOST,
    K.DAMAGE: C.DAMAGED,
    K.WRITE_OFF: C.WRITTEN_OFF,
}
BEFORE = {
    K.RECEPTION: {C.OUTSIDE},
    K.HAND_OUT: {C.BLANK},
    K.TRANSFER: AT_HAND,
    K.RETURN: AT_HAND,
    K.USE: {C.BLANK},
    K.ANNULMENT: {C.BLANK, C.USED},
    K.LOSS: AT_HAND,
    K.DAMAGE: {C.BLANK, C.USED},
    K.TO_DATA_ENTRY: {C.USED},
    K.TO_QUALITY: {C.USED},
    K.ARCHIVING: {C.USED, C.ANNULLED, C.DAMAGED},
    K.WRITE_OFF: AT_HAND,
}
_offices = count(1)


class Model:
    """Every number in a dict: who has it, its condition, the day and the movement that brought it there."""

    def __init__(self):
        self.forms = {}
        self.loose = Counter()  # articles without numbers, by holder and condition
        self.loose_days = []  # (holder and condition, day, change)
        self.moves = []  # (kind, day, {number: state before}) or (kind, day, (count, place before, place after))
        self.reverted = set()
        self.seen = set()

    def asked_rightly(self, kind, source, target, day):
        if not date(2024, 3, 1) <= day <= TODAY or (source, target) not in ROUTES[kind]:
            return False
        return kind in IN_PLACE or source != target

    def move(self, kind, numbers, source, target, day):
        if not self.asked_rightly(kind, source, target, day):
            return False
        states = {number: self.forms.get(number) for number in numbers}
        lost = {number for number, state in states.items() if state and state[1] is C.LOST}
        if lost:
            self.seen |= lost
            return False
        for state in states.values():
            if kind is K.RECEPTION:
                if state and (state[1] is not C.OUTSIDE or state[2] > day):
                    return False
            elif not state or state[0] != source or state[1] not in BEFORE[kind] or state[2] > day:
                return False
        self.write(
            kind, day, states, target, IN_PLACE.get(kind) or (C.BLANK if kind is K.RECEPTION else None)
        )
        if (
            kind is K.RECEPTION
        ):  # new ones come from whoever sent them; those reverted from where they went back to
            fresh = {number: (source, C.OUTSIDE) for number, state in states.items() if not state}
            self.moves[-1][2].update(fresh)
        return True

    def adjust(self, numbers, source, target, condition, day):
        states = {number: self.forms.get(number) for number in numbers}
        for state in states.values():
            if not state or state[1] is C.OUTSIDE or state[0] != source or state[2] > day:
                return False
            if (state[0], state[1]) == (target, condition):
                return False
        if not date(2024, 3, 1) <= day <= TODAY or condition is C.OUTSIDE:
            return False
        self.write(K.ADJUSTMENT, day, states, target, condition)
        return True

    def write(self, kind, day, states, target, condition):
        for number, state in states.items():
            self.forms[number] = (target, condition or state[1], day, len(self.moves))
        self.moves.append((kind, day, states))

    def move_loose(self, kind, amount, source, target, day):
        if not self.asked_rightly(kind, source, target, day):
            return False
        start = {K.RECEPTION: C.OUTSIDE, K.TO_DATA_ENTRY: C.USED, K.TO_QUALITY: C.USED, K.ARCHIVING: C.USED}
        before = (source, start.get(kind, C.BLANK))
        after = (target, IN_PLACE.get(kind) or (C.BLANK if kind is K.RECEPTION else before[1]))
        if kind is not K.RECEPTION and self.least(before, day) < amount:
            return False
        self.shift(amount, before, after, day)
        self.moves.append((kind, day, (amount, before, after)))
        return True

    def shift(self, amount, before, after, day):
        for place, change in ((before, -amount), (after, amount)):
            if place[1] is not C.OUTSIDE:
                self.loose[place] += change
                self.loose_days.append((place, day, change))

    def least(self, place, day):
        """The least that was there at the end of that day or of a later one."""
        ends = {day, *(other for _, other, _ in self.loose_days if other > day)}
        return min(sum(change for where, other, change in self.loose_days if where == place and other <= end)
                   for end in ends)  # fmt: skip

    def reverse(self, index):
        kind, day, what = self.moves[index]
        if kind in (K.REVERSAL, K.ADJUSTMENT) or index in self.reverted:
            return False
        if isinstance(what, dict):
            if any(self.forms[number][3] != index for number in what):
                return False
            for number, state in what.items():
                # as if the movement had never been: free from the day before it, or from any if it was new here
                free_from = state[2] if len(state) > 2 else date.min
                self.forms[number] = (state[0], state[1], free_from, len(self.moves))
        else:
            amount, before, after = what
            if self.least(after, day) < amount:
                return False
            self.shift(amount, after, before, day)
        self.reverted.add(index)
        self.moves.append((K.REVERSAL, day, what))
        return True


class Player:
    """Does the same in the service and says whether it was accepted."""

    def __init__(self, office):
        self.office = office
        self.ids = []
        self.who = {"actor": office.actor, "now": office.now}

    def holder(self, name):
        return getattr(self.office, name)

    def try_to(self, action):
        try:
            self.ids.append(action())
        except RuleError as refused:
            event(refused.code)
            return False
        return True

    def move(self, kind, what, source, target, day):
        return self.try_to(
            lambda: self.office.move(kind, what, self.holder(source), self.holder(target), day)
        )

    def adjust(self, numbers, source, target, condition, day):
        asked = NewAdjustment(
            type_id=self.office.fsu,
            moved_on=day,
            from_holder_id=self.holder(source),
            to_holder_id=self.holder(target),
            to_condition=condition,
            reason="Arqueo de prueba",
            ranges=FormRanges.of_numbers(numbers),
        )

        def approved():
            db = self.office.db
            adjustment_id = moving.propose_adjustment(db, **self.who, adjustment=asked)
            given = {"adjustment_id": adjustment_id, "position": "Jefe", "document": "Memorando 1"}
            assert moving.approve_adjustment(db, **self.who, **given, approver="JEFA UNO PRUEBA") is None
            return moving.approve_adjustment(db, **self.who, **given, approver="JEFE DOS PRUEBA")

        return self.try_to(approved)

    def reverse(self, index):
        return self.try_to(
            lambda: moving.reverse_movement(
                self.office.db, **self.who, movement_id=self.ids[index], reason="Error de registro"
            )
        )


def assert_same(office, model):
    names = {getattr(office, name): name for name in EVERYBODY}
    with office.db.reading() as session:
        forms = session.scalars(select(KardexFormRow).where(KardexFormRow.form_type_id == office.fsu)).all()
        assert {form.number: (names[form.holder_id], form.condition) for form in forms} == {
            number: (state[0], state[1].value) for number, state in model.forms.items()
        }
        balances = session.scalars(
            select(KardexBalanceRow).where(KardexBalanceRow.form_type_id.in_([office.fsu, office.croquis]))
        )
        found = {(row.form_type_id, names[row.holder_id], row.condition): row.form_count for row in balances}
    expected = Counter(
        (office.fsu, state[0], state[1].value) for state in model.forms.values() if state[1] is not C.OUTSIDE
    )
    expected.update(
        {(office.croquis, place[0], place[1].value): amount for place, amount in model.loose.items()}
    )
    assert {place: amount for place, amount in found.items() if amount} == {
        place: amount for place, amount in expected.items() if amount
    }
    lost = {number for number in model.seen if model.forms[number][1] is C.LOST}
    assert {one.number for one in moving.list_sightings(office.db, office.campaign)} == lost


def assert_whole(office, model):
    assert [check for check in moving.check_kardex(office.db) if not check.ok] == []
    with office.db.reading() as session:
        rows = session.execute(
            select(KardexMovementRow.id, KardexMovementRow.number)
            .where(KardexMovementRow.campaign_id == office.campaign)
            .order_by(KardexMovementRow.id)
        ).all()
        assert [row.number for row in rows] == list(range(1, len(model.moves) + 1)), "numbered without holes"
        movements = [ledger.load_movement(session, row.id) for row in rows]
    replayed = replay(line for movement in movements for line in movement.lines)
    counted = Counter((state[0], state[1]) for state in model.forms.values() if state[1] is not C.OUTSIDE)
    assert {
        (place.holder_id, place.condition): amount
        for place, amount in replayed.items()
        if place.type_id == office.fsu
    } == {(getattr(office, holder), state): amount for (holder, state), amount in counted.items()}


def assert_adds_up(office, middle):
    """Flows, cards and stock say what the balances say, whole and cut in two at a day."""
    balances = reading.balances(office.db, office.campaign)
    stock = {line.form_type.id: line for line in reading.stock(office.db, office.campaign)}
    everybody = {getattr(office, name) for name in EVERYBODY}
    for type_id in (office.fsu, office.croquis):
        own = [line for line in balances if line.form_type.id == type_id]
        blank = Counter({line.holder.id: line.form_count for line in own if line.condition is C.BLANK})
        assert stock[type_id].received == sum(line.form_count for line in own)
        asked = {"campaign_id": office.campaign, "type_id": type_id}
        flows = reading.flows(office.db, **asked)
        earlier = reading.flows(office.db, **asked, until=middle - timedelta(days=1))
        later = reading.flows(office.db, **asked, since=middle)
        assert all(line.adds_up for line in (*flows, *earlier, *later))
        people = {getattr(office, name) for name in PEOPLE}
        for lines in (flows, later):
            in_hand = {line.holder.id: line.in_hand for line in lines if line.in_hand}
            assert in_hand == {holder: blank[holder] for holder in people if blank[holder]}
        openings = {line.holder.id: line.opening for line in later if line.opening}
        assert openings == {line.holder.id: line.in_hand for line in earlier if line.in_hand}
        assert sum(blank.values()) == stock[type_id].in_stock + stock[type_id].in_hand
        for holder in (0, *everybody):
            whole = reading.card(office.db, type_id=type_id, holder_id=holder)
            ending = reading.card(office.db, type_id=type_id, holder_id=holder, since=middle)
            assert last_balance(whole) == last_balance(ending) == blank[holder or office.store]


def last_balance(card):
    return card.entries[-1].balance if card.entries else card.opening


KINDS = st.sampled_from(list(ROUTES))
DAYS = st.one_of(
    st.just(TODAY), st.just(TODAY), st.integers(-1, 9).map(lambda day: date(2024, 3, 1) + timedelta(days=day))
)
HOLDERS = st.sampled_from(EVERYBODY)
SPANS = st.tuples(st.integers(1, LAST), st.integers(0, 7)).map(
    lambda span: set(range(span[0], min(LAST, span[0] + span[1]) + 1))
)


def play(office, data):
    model, player = Model(), Player(office)
    first = date(2024, 3, 1)
    for kind, what, target in (
        (K.RECEPTION, set(range(1, 17)), "store"),
        (K.HAND_OUT, {1, 2, 3, 4, 5, 9, 10}, "ana"),
        (K.HAND_OUT, {6, 7, 8}, "chief"),
    ):
        source = "rector" if kind is K.RECEPTION else "store"
        assert player.move(kind, FormRanges.of_numbers(what), source, target, first)
        assert model.move(kind, what, source, target, first)
    assert player.move(K.RECEPTION, 20, "printer", "store", first)
    assert model.move_loose(K.RECEPTION, 20, "printer", "store", first)
    for _ in range(STEPS):
        step = data.draw(
            st.sampled_from(["likely", "likely", "likely", "wild", "loose", "adjust", "reverse"])
        )
        kind, day = data.draw(KINDS), data.draw(DAYS)
        source, target = data.draw(st.sampled_from(sorted(ROUTES[kind])))
        if step == "reverse":
            index = data.draw(st.integers(0, len(model.moves) - 1))
            assert player.reverse(index) == model.reverse(index)
        elif step == "loose":
            amount = data.draw(st.integers(1, 9))
            assert player.move(kind, amount, source, target, day) == model.move_loose(
                kind, amount, source, target, day
            )
        elif step == "adjust":
            numbers, source = alike(data, model)
            target, condition = data.draw(HOLDERS), data.draw(st.sampled_from(list(C)))
            assert player.adjust(numbers, source, target, condition, day) == model.adjust(
                numbers, source, target, condition, day
            )
        else:
            numbers = data.draw(SPANS)
            if step == "wild":
                source, target = data.draw(HOLDERS), data.draw(HOLDERS)
            else:
                asked = (kind, numbers, source, target)
                kind, numbers, source, target = likely(data, model) or asked
            ranges = FormRanges.of_numbers(numbers)
            assert player.move(kind, ranges, source, target, day) == model.move(
                kind, numbers, source, target, day
            )
        assert_same(office, model)
    assert_whole(office, model)
    assert_adds_up(office, data.draw(DAYS))


def alike(data, model):
    """A few numbers that one holder has in one condition, and that holder."""
    holder, condition, *_ = model.forms[data.draw(st.sampled_from(sorted(model.forms)))]
    numbers = [number for number, state in model.forms.items() if state[:2] == (holder, condition)]
    wanted = data.draw(st.sets(st.sampled_from(numbers), min_size=1, max_size=5))
    return wanted, holder


def likely(data, model):
    """A movement that passes but for its day: the forms are where and how its kind asks for. None if there is none."""
    numbers, source = alike(data, model)
    condition = model.forms[min(numbers)][1]
    targets = {
        kind: [to for one, to in sorted(routes) if one == source and (kind in IN_PLACE or one != to)]
        for kind, routes in ROUTES.items()
        if condition in BEFORE[kind]
    }
    kinds = [kind for kind, found in targets.items() if found]
    if not kinds:
        return None
    kind = data.draw(st.sampled_from(kinds))
    return kind, numbers, source, data.draw(st.sampled_from(targets[kind]))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_service_agrees_with_a_dict(request, engine, actor, now):
    db = request.getfixturevalue("db" if engine == "sqlite" else "postgres_db")

    @settings(
        max_examples=45 if engine == "sqlite" else 15,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(st.data())
    def sequences(data):
        play(make_office(db, actor, now, name=f"Campaña {next(_offices)}"), data)

    sequences()
