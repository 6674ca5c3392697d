"""Users, their absences, the reviews of accesses and what coming in answers: facts only. Checks are beside this file.

No hash of a password is in a fact that leaves the service: `Credentials` stays between service and store.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.actor import Actor


class UserState(StrEnum):
    """What the administrator decided about a user; the value is what the database holds."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The name on screens."""
        return {"active": "Activo", "suspended": "Suspendido", "left": "Cesado"}[self.value]


class Standing(StrEnum):
    """Whether a user may come in on a day, and if not, why."""

    MAY_ENTER = "may_enter"
    NO_PASSWORD = "no_password"  # noqa: S105 - a state, no secret
    ABSENT = "absent"
    NOT_YET = "not_yet"
    ENDED = "ended"
    SUSPENDED = "suspended"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The name on screens."""
        return _STANDING_LABELS[self]

    @property
    def tone(self) -> str:
        """How a chip shows it: `good`, `warn`, `bad` or `quiet`."""
        if self is Standing.MAY_ENTER:
            return "good"
        if self in (Standing.NO_PASSWORD, Standing.ABSENT, Standing.NOT_YET):
            return "warn"
        return "bad" if self in (Standing.SUSPENDED, Standing.ENDED) else "quiet"


_STANDING_LABELS = {
    Standing.MAY_ENTER: "Puede entrar",
    Standing.NO_PASSWORD: "Sin contraseña",
    Standing.ABSENT: "Ausente",
    Standing.NOT_YET: "Todavía no",
    Standing.ENDED: "Plazo vencido",
    Standing.SUSPENDED: "Suspendido",
    Standing.LEFT: "Cesado",
}


@dataclass(frozen=True)
class User:
    """A person who works with the base. `login` signs the trail and never changes; `roles` are keys of `roles.ROLES`.

    `valid_from` and `valid_to` are the first and the last day of access, None where none was set. What follows
    `roles` is told by the program and never taken from a form.
    """

    login: str
    name: str
    office: str = ""
    position: str = ""
    document: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    roles: tuple[str, ...] = ()
    state: UserState = UserState.ACTIVE
    has_password: bool = False
    must_change: bool = False
    password_set_at: datetime | None = None
    recovery_until: datetime | None = None
    locked_until: datetime | None = None
    last_login_at: datetime | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Credentials:
    """What is needed to check a password: hashes by argon2id ("" where there is none), failures, the lock."""

    password_hash: str = ""
    recovery_hash: str = ""
    recovery_until: datetime | None = None
    failed_count: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True)
class Role:
    """A role by its stable key: what it is called, what it is for, the keys of its rights (`basics.rights`)."""

    key: str
    title: str
    purpose: str
    rights: frozenset[str]


@dataclass(frozen=True)
class Absence:
    """Days, both included, on which a user may not come in; `withdrawn` when it was left without effect."""

    user_id: int
    first_day: date
    last_day: date
    reason: str
    withdrawn: bool = False
    id: int = 0
    version: int = 0

    def covers(self, day: date) -> bool:
        """Whether the user is away on that day."""
        return not self.withdrawn and self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class UserLine:
    """A user as lists show it on a day, with the titles of its roles and the last day of the absence it is on."""

    user: User
    standing: Standing
    role_titles: tuple[str, ...]
    absent_until: date | None = None

    @property
    def locked_until(self) -> datetime | None:
        """Until when no further attempt is admitted after wrong passwords; the past counts for nothing."""
        return self.user.locked_until


@dataclass(frozen=True)
class AbsenceLine:
    """An absence as lists show it, with whose it is."""

    absence: Absence
    login: str
    name: str


@dataclass(frozen=True)
class LoggedIn:
    """Somebody came in: who, with which rights, and whether the password has to be changed before anything else."""

    user: User
    actor: Actor
    must_change: bool


@dataclass(frozen=True)
class RecoverySlip:
    """A one-time code for a user who has no password or forgot it; printed once, kept only as a hash."""

    login: str
    name: str
    code: str
    until: datetime
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class RecoverySheet:
    """What an administrator keeps in a sealed envelope: its code gives access again, once; kept only as a hash."""

    login: str
    name: str
    code: str
    made_at: datetime


class Decision(StrEnum):
    """What a review decided about the access of a user."""

    KEEP = "keep"
    CHANGE = "change"
    END = "end"

    @property
    def label(self) -> str:
        """The name on screens and on the printed record."""
        return {"keep": "Se mantiene", "change": "Cambiar roles", "end": "Se cesa"}[self.value]


@dataclass(frozen=True)
class ReviewLine:
    """A user as a review found it, and what was decided; `roles` are keys, `last_login_at` None for never."""

    user_id: int
    login: str
    name: str
    office: str
    position: str
    roles: tuple[str, ...]
    state: UserState
    valid_to: date | None = None
    last_login_at: datetime | None = None
    decision: Decision = Decision.KEEP
    note: str = ""


@dataclass(frozen=True)
class AccessReview:
    """A review of all accesses; `number_text` and `paper_state` are those of its printed record, "" without one."""

    reviewed_at: datetime
    reviewed_by: str
    lines: tuple[ReviewLine, ...]
    note: str = ""
    paper_id: int | None = None
    number_text: str = ""
    paper_state: str = ""
    id: int = 0

    def count(self, decision: Decision) -> int:
        """How many users it decided so about."""
        return sum(line.decision is decision for line in self.lines)
