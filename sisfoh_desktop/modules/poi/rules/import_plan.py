"""What importing a table of the POI would do and did: the reviewed plan, its result, files, rows in quarantine.

What a row becomes is in `import_placing`; what does not add up inside the file, in `detective`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.poi.rules.facts import Stage
from sisfoh_desktop.modules.poi.rules.importing import (
    CheckedFile,
    CheckedRow,
    ColumnMapping,
    FileRow,
    Finding,
    Group,
    Reading,
)
from sisfoh_desktop.modules.poi.rules.row_state import RowState

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.rules.row_checks import Habits


@dataclass(frozen=True)
class FigureChange:
    """A figure that the file tells otherwise than the plan: which row, which meaning, before and after."""

    sheet: str
    row: int
    activity: str
    meaning: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class ImportPlan:
    """What importing would do now. Rows are accepted (they add up), quarantined, or rejected (no activities).

    `plan_id` is None where the year has no POI yet: it is made. `version_name` receives the rows. `changes` are the
    figures executed that the file tells otherwise, `completed` those of the programme that were blank until now.
    `source` is the table before it met the POI, so that storing what was reviewed need not read it again.
    """

    year: int
    file_name: str
    sha256: str
    checked: CheckedFile
    habits: "Habits"
    plan_id: int | None = None
    version_name: str = ""
    as_version: Stage | None = None
    new_activities: int = 0
    unchanged: int = 0
    changes: tuple[FigureChange, ...] = ()
    completed: tuple[FigureChange, ...] = ()
    new_measures: tuple[str, ...] = ()
    source: CheckedFile | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    @property
    def accepted_rows(self) -> tuple[CheckedRow, ...]:
        return tuple(one for one in self.checked.rows if one.group is Group.FITS)

    @property
    def quarantined_rows(self) -> tuple[CheckedRow, ...]:
        return tuple(one for one in self.checked.rows if one.group is not Group.FITS)

    @property
    def accepted(self) -> int:
        return len(self.accepted_rows)

    @property
    def quarantined(self) -> int:
        return len(self.quarantined_rows)

    @property
    def rejected(self) -> int:
        return len(self.checked.file.rejected)

    @property
    def rows(self) -> int:
        """The rows of the table that are no heads and no totals."""
        return len(self.checked.rows) + self.rejected

    @property
    def totals_checked(self) -> int:
        return len(self.checked.file.totals)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that does not add up, in the order of the file; what the rows of sums say, last."""
        return (
            *(finding for one in self.checked.rows for finding in one.findings),
            *self.checked.file.rejected,
            *self.checked.total_findings,
        )

    def same_as(self, other: "ImportPlan") -> bool:
        """Whether importing would do the same as the other one told."""

        def told(plan: "ImportPlan") -> tuple[object, ...]:
            groups = tuple((one.row.sheet, one.row.row, one.group) for one in plan.checked.rows)
            where = plan.plan_id, plan.version_name, plan.as_version
            return where, groups, plan.changes, plan.completed, plan.new_activities, plan.notes

        return told(self) == told(other)


@dataclass(frozen=True)
class ImportResult:
    """What an import did; `rows` are `accepted` + `quarantined` + `rejected`."""

    import_id: int
    plan_id: int
    version_id: int
    rows: int
    accepted: int
    quarantined: int
    rejected: int
    totals_checked: int
    unchanged: int = 0
    added: int = 0


@dataclass(frozen=True)
class FiveNumbers:
    """What has become of the rows of an imported file until now; `quarantined` ones still wait. They add up to `rows`.

    `repaired` were read by a person; `rejected` are no activities, or were discarded with a reason.
    """

    rows: int
    accepted: int
    quarantined: int
    repaired: int
    rejected: int
    totals: int


@dataclass(frozen=True)
class ImportLine:
    """An imported file with its numbers as they are now."""

    id: int
    plan_id: int
    version_id: int
    file_name: str
    sha256: str
    numbers: FiveNumbers
    findings: tuple[Finding, ...]
    imported_at: datetime
    imported_by: str


@dataclass(frozen=True)
class QuarantineLine:
    """A row in quarantine: as it came, why, the readings it allows, and what a person decided.

    `order` is the place that its activity takes in the plan.
    """

    id: int
    import_id: int
    plan_id: int
    version_id: int
    file_name: str
    imported_at: datetime
    row: FileRow
    mapping: ColumnMapping
    habits: "Habits"
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...]
    weaker: tuple[Reading, ...]
    state: RowState
    chosen: Reading | None = None
    settled_reason: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    activity_id: int = 0
    order: int = 0
    version: int = 1

    @property
    def pending(self) -> bool:
        return self.state is RowState.PENDING

    @property
    def only_reading(self) -> Reading | None:
        """Its reading where there is exactly one."""
        return self.readings[0] if len(self.readings) == 1 else None

    @property
    def unit_name(self) -> str:
        return self.row.text("unit_name")

    @property
    def title(self) -> str:
        return self.row.text("title")


@dataclass(frozen=True)
class LayoutProposal:
    """What a person confirms before a table is read: the meanings proposed, and its first rows as they came.

    `known`: the layout needs no confirmation; `saved_name` is that of one confirmed before. `year` and `quarter` are
    those of the titles (0: none); `stages` the blocks of CEPLAN's export that may be taken as programmed.
    """

    mapping: ColumnMapping
    known: bool
    preview: tuple[tuple[str, ...], ...] = ()
    saved_name: str = ""
    title: str = ""
    year: int = 0
    quarter: int = 0
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class SavedMapping:
    """The meanings of the columns of a layout, as a person confirmed them."""

    id: int
    name: str
    mapping: ColumnMapping
    confirmed_at: datetime
    confirmed_by: str
    version: int = 1


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A name as it is compared: small letters, no accents, single blanks."""
    return " ".join(without_accents(text).split())


def read_by_hand(row: FileRow, values: Mapping[str, Decimal | None]) -> Reading:
    """The reading of a person who typed the figures: those not typed are as they came."""
    kept = {one.meaning: one.value for one in row.numbers}
    typed = {meaning: value for meaning, value in values.items() if meaning in kept}
    return Reading(
        values={**kept, **typed}, assumptions=("Las cifras las escribió una persona",), words="Leída a mano"
    )


def repaired_row(row: FileRow, reading: Reading, texts: Mapping[str, str]) -> FileRow:
    """The row as a person reads it: figures of the reading, texts corrected; how its cells came stays."""
    return replace(
        row,
        texts={**row.texts, **texts},
        numbers=tuple(
            replace(one, value=reading.values[one.meaning], fault="")
            if one.meaning in reading.values
            else one
            for one in row.numbers
        ),
    )
