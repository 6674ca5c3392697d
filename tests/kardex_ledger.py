"""A ledger of forms kept in a dict, and counts to compare it with, for tests of the cuadre without a base."""

from datetime import date, datetime

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.serials import parse_ranges
from sisfoh_desktop.modules.kardex.rules import (
    Campaign,
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
)
from sisfoh_desktop.modules.kardex.rules.counting import Count, CountKind, CountLine
from sisfoh_desktop.modules.kardex.rules.differences import Difference
from sisfoh_desktop.modules.kardex.rules.reconciling import reconcile
from sisfoh_desktop.modules.kardex.rules.standing import PastLine, totals_of
from sisfoh_desktop.modules.kardex.rules.telling import Office, TypeFacts

D = date(2024, 3, 1)
TODAY = date(2024, 3, 20)
STORE, ANA, BETO, CHIEF, DIGI, RECTOR = 1, 2, 3, 4, 5, 6
HOLDERS = {
    STORE: Holder(HolderKind.WAREHOUSE, "Almacén ULE", id=STORE),
    ANA: Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR UNO", id=ANA),
    BETO: Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR DOS", id=BETO),
    CHIEF: Holder(HolderKind.CREW_CHIEF, "JEFE UNO", id=CHIEF),
    DIGI: Holder(HolderKind.DIGITADOR, "DIGITADOR UNO", id=DIGI),
    RECTOR: Holder(HolderKind.GOVERNING_BODY, "Ente rector", id=RECTOR),
}
CAMPAIGN = Campaign("Campaña", D, id=1)
FSU = FormType(1, "FSU", "Ficha", bundle_size=100, id=1)
CROQUIS = FormType(1, "CROQUIS", "Croquis", serialised=False, number_width=0, id=2)
NOBODY_LEFT: dict[int, tuple[str, date | None]] = {}


class Ledger:
    """Keeps every number in a dict and writes the ledger's lines as the office would."""

    def __init__(self) -> None:
        self.lines: list[PastLine] = []
        self.forms: dict[int, tuple[int, Condition, int | None]] = {}
        self.movements = 0

    def move(
        self,
        kind: MovementKind,
        text: str,
        to: int,
        condition: Condition | None = None,
        day: date = D,
    ) -> "Ledger":
        self.movements += 1
        pieces: list[tuple[tuple[int, Condition, int | None], list[int]]] = []
        for number in parse_ranges(text, 6).numbers():
            state = self.forms.get(number, (RECTOR, Condition.OUTSIDE, None))
            if pieces and pieces[-1][0] == state and pieces[-1][1][-1] == number - 1:
                pieces[-1][1].append(number)
            else:
                pieces.append((state, [number]))
        for (holder, before, line_id), numbers in pieces:
            after = condition or before
            line = PastLine(
                len(self.lines) + 1,
                self.movements,
                kind,
                day,
                numbers[0],
                numbers[-1],
                len(numbers),
                holder,
                before,
                to,
                after,
                line_id,
            )
            self.lines.append(line)
            self.forms.update((number, (to, after, line.id)) for number in numbers)
        return self

    def receive(self, text: str, day: date = D) -> "Ledger":
        return self.move(MovementKind.RECEPTION, text, STORE, Condition.BLANK, day)

    def hand_out(self, text: str, to: int, day: date = D) -> "Ledger":
        return self.move(MovementKind.HAND_OUT, text, to, day=day)

    def use(self, text: str, by: int, day: date) -> "Ledger":
        return self.move(MovementKind.USE, text, by, Condition.USED, day)

    def revert_last(self, day: date) -> "Ledger":
        last = self.movements
        self.movements += 1
        for line in [one for one in self.lines if one.movement_number == last]:
            back = line._replace(
                id=len(self.lines) + 1,
                movement_number=self.movements,
                kind=MovementKind.REVERSAL,
                moved_on=day,
                from_holder_id=line.to_holder_id,
                from_condition=line.to_condition,
                to_holder_id=line.from_holder_id,
                to_condition=line.from_condition,
                previous_id=line.id,
            )
            self.lines.append(back)
            assert line.first is not None
            assert line.last is not None
            for number in range(line.first, line.last + 1):
                self.forms[number] = (line.from_holder_id, line.from_condition, back.id)
        return self


def day(number: int) -> date:
    return date(2024, 3, number)


def digitised(*rows: tuple[str, date | None, int | None], count_id: int = 1, cut: date = TODAY) -> Count:
    """A file of digitised numbers: (numbers, day, person)."""
    lines = tuple(
        CountLine(
            forms,
            forms.count,
            Condition.USED,
            when,
            HOLDERS[person].name if person else "",
            person,
            number + 2,
        )
        for number, (text, when, person) in enumerate(rows)
        for forms in parse_ranges(text, 6)
    )
    return count_of(CountKind.DIGITISED, lines, None, cut, count_id, "digitado.xlsx")


def arqueo(holder: int, text: str, when: date = TODAY, *, count_id: int = 1, **more: str) -> Count:
    """What was seen: blank ones in `text`, other conditions by name; "" was looked for and is empty."""
    found = {Condition.BLANK: text, **{Condition[name]: said for name, said in more.items()}}
    lines: list[CountLine] = []
    for condition, said in found.items():
        if said:
            lines += [CountLine(one, one.count, condition) for one in parse_ranges(said, 6)]
        else:
            lines.append(CountLine(None, 0, condition))
    return count_of(CountKind.PHYSICAL, tuple(lines), holder, when, count_id, "Acta 1")


def count_of(
    kind: CountKind, lines: tuple[CountLine, ...], holder: int | None, when: date, count_id: int, source: str
) -> Count:
    moment = datetime(2024, 3, 20, 9, tzinfo=LIMA)
    return Count(count_id, kind, 1, holder, when, source, "", None, moment, "prueba", lines)


def differences(
    ledger: Ledger,
    *counts: Count,
    today: date = TODAY,
    closing: bool = False,
    left: dict[int, tuple[str, date | None]] | None = None,
    campaign: Campaign = CAMPAIGN,
) -> list[Difference]:
    office = Office(campaign, HOLDERS, left or {}, today, closing)
    return reconcile(
        office, [TypeFacts.of(FSU, ledger.lines, counts, totals_of(ledger.lines), office.people)]
    )


def told(found: list[Difference]) -> list[tuple[str, str, int]]:
    return [(one.code, one.ranges_text, one.holder_id) for one in found]


def worked_ledger() -> Ledger:
    """500 received, 1-20 with Ana from the 10th, of which 1-10 were used on the 12th and 11 was annulled."""
    made = Ledger().receive("1-500").hand_out("1-20", ANA, day(10)).use("1-10", ANA, day(12))
    return made.move(MovementKind.ANNULMENT, "11", ANA, Condition.ANNULLED, day(12))
