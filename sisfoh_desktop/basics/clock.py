"""What time it is in Lima: the only source of "now", so that tests and the practice case can set it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

LIMA = timezone(timedelta(hours=-5), "PET")  # Peru keeps -05:00 all year


class Clock(Protocol):
    """Anything that tells the present moment, aware, in Lima time."""

    def now(self) -> datetime: ...


class SystemClock:
    """The clock of this PC."""

    def now(self) -> datetime:
        return datetime.now(LIMA)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still at `moment` (aware)."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(LIMA)
