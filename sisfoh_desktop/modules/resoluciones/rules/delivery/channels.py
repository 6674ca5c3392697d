"""Channels of notification: when one takes effect, and from which day the terms that it starts are counted.

The rows themselves are data (`resources/data/national/channels.toml`), each with its norm and validity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import Calendar, Term, term_in_workdays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Channel:
    """A way to notify. `counts_same_day`: its terms start on the very day of effect, not on the next working day.

    `opens` and `closes` bound the hours in which a deposit takes effect at once; `receipt_days` are the working
    days within which a receipt must come, 0 where none is awaited.
    """

    key: str
    name: str
    counts_same_day: bool
    norm: str
    opens: time | None = None
    closes: time | None = None
    receipt_days: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    trust: str = ""

    @property
    def rule_words(self) -> str:
        """How its terms are counted, for papers and screens."""
        start = "el mismo día en que surte efecto" if self.counts_same_day else "el día hábil siguiente"
        return f"El plazo se cuenta desde {start} ({self.norm})."


@dataclass(frozen=True)
class Remedy:
    """The working days to challenge an act, while a norm gives so many."""

    days: int
    norm: str
    valid_from: date | None = None
    valid_to: date | None = None
    trust: str = ""


_Dated = TypeVar("_Dated", Channel, Remedy)


@dataclass(frozen=True)
class ChannelTable:
    """Every channel and remedy on record, asked by day."""

    channels: tuple[Channel, ...]
    remedies: tuple[Remedy, ...] = ()

    def on(self, day: date) -> tuple[Channel, ...]:
        """The channels that may be used on that day, in their order."""
        return tuple(_in_force(self.channels, day))

    def find(self, key: str, day: date) -> Channel:
        """The channel as it was on that day; RuleError `channel_unknown`."""
        for channel in self.on(day):
            if channel.key == key:
                return channel
        raise RuleError(
            "channel_unknown",
            "Ese canal de notificación no rige en la fecha indicada; no se cambió nada. Elija otro canal o corrija "
            "la fecha.",
        )

    def newest(self, key: str) -> Channel:
        """The last row of a channel, whether it still holds or not."""
        rows = [channel for channel in self.channels if channel.key == key]
        return max(rows, key=lambda row: row.valid_from or date.min)

    def remedy(self, day: date) -> Remedy | None:
        """The term to challenge an act notified on that day; None where no row holds."""
        return next(iter(_in_force(self.remedies, day)), None)


def channel_table(rows: Mapping[str, Any]) -> ChannelTable:
    """The table from its file, as `tomllib` gives it."""
    return ChannelTable(
        tuple(Channel(**row) for row in rows["channel"]), tuple(Remedy(**row) for row in rows["remedy"])
    )


def effective_on(channel: Channel, moment: datetime, calendar: Calendar) -> date:
    """The day on which a notification made at `moment` (Lima time) takes effect.

    Served on a day off it counts as of the next working day (LPAG, art. 18). A deposit outside the hours of the
    channel takes effect on the next working day (Ley 31736).
    """
    day = moment.date()
    outside = (
        channel.opens is not None
        and channel.closes is not None
        and not channel.opens <= moment.time() <= channel.closes
    )
    if outside:
        day += _ONE_DAY
    return _working(day, calendar)


def first_counted_day(channel: Channel, effective: date, calendar: Calendar) -> date:
    """The first day of the terms that start with it (LPAG, art. 133; for the casilla, Ley 31736)."""
    return effective if channel.counts_same_day else _working(effective + _ONE_DAY, calendar)


def term_of(channel: Channel, effective: date, days: int, calendar: Calendar) -> Term:
    """The end of a term of `days` working days (1 or more) that starts with a notification effective that day."""
    counted_before = 1 if channel.counts_same_day else 0
    return term_in_workdays(effective, days - counted_before, calendar, from_notification=True)


def _working(day: date, calendar: Calendar) -> date:
    while not calendar.is_workday(day):
        day += _ONE_DAY
    return day


def _in_force(rows: Iterable[_Dated], day: date) -> Iterable[_Dated]:
    return (
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
    )
