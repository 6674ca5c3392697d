"""A metropolitan office: a million forms and 200 000 movements, written in bulk, for measuring.

What a movement leaves is reckoned from its place in the sequence; `check_kardex` calls the result sound. All people are
made up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from kardex_season import AFTERWARDS, CLERK

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import (
    Campaign,
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
)
from sisfoh_desktop.modules.kardex.service import catalogue

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST_DAY, DAYS = date(2024, 3, 11), 140
BUNDLE = 10  # forms given at a time: eight are used, one is spoiled, one comes back
_BLANK, _USED, _ANNULLED = Condition.BLANK.value, Condition.USED.value, Condition.ANNULLED.value
_OUTSIDE = Condition.OUTSIDE.value
_TEXT_COLUMNS = ("document", "reason", "witness", "note", "archive_box", "archive_folder", "archive_folio")
_MOVEMENT_COLUMNS = (
    *("id", "campaign_id", "number", "kind", "form_type_id", "moved_on", "from_holder_id", "to_holder_id"),
    *("form_count", *_TEXT_COLUMNS, "reverses_id", "registered_at", "registered_by"),
)
_LINE_COLUMNS = (
    *("id", "movement_id", "form_type_id", "first_number", "last_number", "form_count", "from_holder_id"),
    *("from_condition", "to_holder_id", "to_condition", "previous_id"),
)
_FORM_COLUMNS = ("form_type_id", "number", "holder_id", "condition", "line_id")
_BALANCE_COLUMNS = ("form_type_id", "holder_id", "condition", "form_count")


@dataclass(frozen=True)
class Metropolis:
    """The ids of what was made; numbers up to `handed_out` left the store, the rest is there in one piece."""

    campaign: int
    fsu: int
    store: int
    rector: int
    clerk: int
    surveyors: tuple[int, ...]
    forms: int
    movements: int
    handed_out: int

    @property
    def closed_groups(self) -> int:
        """Groups of ten whose five movements are done; each person has one more, still in hand."""
        return (self.movements - 10 - len(self.surveyors)) // 5


def make_metropolitan(
    db: Database, *, forms: int = 1_000_000, movements: int = 200_000, surveyors: int = 1_000
) -> Metropolis:
    """Ten receptions; then hand-outs of ten forms, of which eight are used and digitised, one annulled, one returned;
    at last one more hand-out to each person, still in hand. `movements` must leave a multiple of five for the groups.
    """
    made = _start(db, forms, movements, surveyors)
    assert made.handed_out <= forms
    with db.transaction() as session:
        _bulk(session, "kardex_movement", _MOVEMENT_COLUMNS, _movements(db, made))
        _bulk(session, "kardex_line", _LINE_COLUMNS, _lines(made))
        _bulk(session, "kardex_form", _FORM_COLUMNS, _forms(made))
        _bulk(session, "kardex_balance", _BALANCE_COLUMNS, _balances(made))
        connection = session.connection()
        connection.exec_driver_sql(
            f"UPDATE kardex_campaign SET last_movement = {made.movements} WHERE id = {made.campaign}"
        )
        if not db.is_sqlite:  # ids were given by hand: the next ones come after them
            for table in ("kardex_movement", "kardex_line"):
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {made.movements})"
                )
    if not db.is_sqlite:
        with db.transaction() as session:
            session.connection().exec_driver_sql("ANALYZE")
    return made


def _start(db: Database, forms: int, movements: int, surveyors: int) -> Metropolis:
    campaign = Campaign("Empadronamiento metropolitano", date(2024, 3, 1), date(2024, 12, 31))
    told: dict[str, Any] = {"actor": CLERK, "now": AFTERWARDS}
    campaign_id = catalogue.start_kardex(db, **told, campaign=campaign)
    long = FormType(campaign_id, "FSU-M", "Ficha Socioeconómica Única", number_width=7, bundle_size=500)
    fsu = catalogue.add_type(db, **told, form_type=long)
    places = {one.kind: one.id for one in catalogue.list_holders(db)}
    clerk = catalogue.add_holder(db, **told, holder=_person(HolderKind.DIGITADOR, "DIGITADOR 1 PRUEBA", 1))
    from sisfoh_desktop.modules.kardex.store import catalogue as store

    with db.transaction() as session:
        people = tuple(
            store.add_holder(
                session, _person(HolderKind.EMPADRONADOR, f"EMPADRONADOR {place:04d} PRUEBA", place)
            )
            for place in range(1, surveyors + 1)
        )
    groups = (movements - 10 - surveyors) // 5
    return Metropolis(
        campaign_id,
        fsu,
        places[HolderKind.WAREHOUSE],
        places[HolderKind.GOVERNING_BODY],
        clerk,
        people,
        forms,
        10 + surveyors + 5 * groups,
        BUNDLE * (groups + surveyors),
    )


def _person(kind: HolderKind, name: str, number: int) -> Holder:
    days = (date(2024, 3, 1), date(2024, 12, 31))
    return Holder(kind, name, f"{41_000_000 + number}", *days, "Orden de servicio de prueba")


def _groups(made: Metropolis) -> Iterator[tuple[int, int, int, int]]:
    """Place, first movement, person and first number of each group that is closed."""
    for group in range(made.closed_groups):
        yield group, 11 + 5 * group, made.surveyors[group % len(made.surveyors)], 1 + BUNDLE * group


def _in_hand(made: Metropolis) -> Iterator[tuple[int, int, int]]:
    """Movement, person and first number of what each person still has."""
    for place, person in enumerate(made.surveyors):
        yield 11 + 5 * made.closed_groups + place, person, 1 + BUNDLE * (made.closed_groups + place)


def _movements(db: Database, made: Metropolis) -> Iterator[tuple[Any, ...]]:
    moment = datetime(2024, 8, 5, 14, tzinfo=UTC)
    at: Any = moment.strftime("%Y-%m-%d %H:%M:%S.000000") if db.is_sqlite else moment

    def row(
        number: int, kind: MovementKind, day: date, source: int, target: int, count: int, *words: str
    ) -> Any:
        document, reason = (*words, "", "")[:2]
        texts = (document, reason, "", "", "", "", "")
        when = day.isoformat() if db.is_sqlite else day
        who = (source, target, count)
        return (number, made.campaign, number, kind.value, made.fsu, when, *who, *texts, None, at, CLERK.user)

    for number in range(1, 11):
        yield row(
            number, MovementKind.RECEPTION, FIRST_DAY, made.rector, made.store, made.forms // 10, "Acta N° 1"
        )
    for group, first, person, _ in _groups(made):
        day = FIRST_DAY + timedelta(days=group * DAYS // made.closed_groups)
        acta = f"Acta N° {group:06d}-2024-PRUEBA"
        yield row(first, MovementKind.HAND_OUT, day, made.store, person, BUNDLE, acta)
        yield row(first + 1, MovementKind.USE, day, person, person, 8)
        yield row(first + 2, MovementKind.TO_DATA_ENTRY, day, person, made.clerk, 8)
        yield row(first + 3, MovementKind.ANNULMENT, day, person, person, 1, "", "Dañada por la lluvia")
        yield row(first + 4, MovementKind.RETURN, day, person, made.store, 1)
    last = FIRST_DAY + timedelta(days=DAYS)
    for number, person, _ in _in_hand(made):
        yield row(
            number, MovementKind.HAND_OUT, last, made.store, person, BUNDLE, "Acta de la última entrega"
        )


def _lines(made: Metropolis) -> Iterator[tuple[Any, ...]]:
    """One for each movement, with its id."""
    each = made.forms // 10

    def row(
        number: int, first: int, last: int, before: tuple[int, str], after: tuple[int, str], link: Any
    ) -> Any:
        return (number, number, made.fsu, first, last, last - first + 1, *before, *after, link)

    for number in range(1, 11):
        first = 1 + each * (number - 1)
        yield row(number, first, first + each - 1, (made.rector, _OUTSIDE), (made.store, _BLANK), None)
    store = (made.store, _BLANK)
    for _, line, person, first in _groups(made):
        received = 1 + (first - 1) // each
        blank, used, annulled = ((person, one) for one in (_BLANK, _USED, _ANNULLED))
        yield row(line, first, first + 9, store, blank, received)
        yield row(line + 1, first, first + 7, blank, used, line)
        yield row(line + 2, first, first + 7, used, (made.clerk, _USED), line + 1)
        yield row(line + 3, first + 8, first + 8, blank, annulled, line)
        yield row(line + 4, first + 9, first + 9, blank, store, line)
    for line, person, first in _in_hand(made):
        yield row(line, first, first + 9, store, (person, _BLANK), 1 + (first - 1) // each)


def _forms(made: Metropolis) -> Iterator[tuple[Any, ...]]:
    each = made.forms // 10
    for _, line, person, first in _groups(made):
        for number in range(first, first + 8):
            yield (made.fsu, number, made.clerk, _USED, line + 2)
        yield (made.fsu, first + 8, person, _ANNULLED, line + 3)
        yield (made.fsu, first + 9, made.store, _BLANK, line + 4)
    for line, person, first in _in_hand(made):
        for number in range(first, first + BUNDLE):
            yield (made.fsu, number, person, _BLANK, line)
    for number in range(made.handed_out + 1, made.forms + 1):
        yield (made.fsu, number, made.store, _BLANK, 1 + (number - 1) // each)


def _balances(made: Metropolis) -> Iterator[tuple[Any, ...]]:
    groups = made.closed_groups
    yield (made.fsu, made.store, _BLANK, made.forms - made.handed_out + groups)
    yield (made.fsu, made.clerk, _USED, 8 * groups)
    people = len(made.surveyors)
    for place, person in enumerate(made.surveyors):
        yield (made.fsu, person, _BLANK, BUNDLE)
        annulled = groups // people + (place < groups % people)
        if annulled:
            yield (made.fsu, person, _ANNULLED, annulled)


def _bulk(session: "Session", table: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """As fast as each database takes rows."""
    names = ", ".join(columns)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" for _ in columns)
        cursor = connection.connection.cursor()
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
