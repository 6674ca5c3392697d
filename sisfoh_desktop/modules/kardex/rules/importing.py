"""Facts of an imported file of the kardex: its rows as they were read, what does not add up, and what came of it all.

How a row becomes movements is in `importing_rows`, whether they agree with the ledger in `importing_replay`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.modules.kardex.rules.facts import NewMovement


class QuarantineState(StrEnum):
    """What came of a row that did not add up."""

    PENDING = "pendiente"
    REGISTERED = "registrada"
    DISCARDED = "descartada"


class Layout(StrEnum):
    """The two tables that are understood."""

    OPENING = "saldo_inicial"
    MOVEMENTS = "movimientos"

    @property
    def label(self) -> str:
        return "Saldo inicial" if self is Layout.OPENING else "Movimientos"


# The columns of both tables, as the template and the corrections call them.
FIELDS: Mapping[str, str] = {
    "day": "Fecha",
    "kind": "Movimiento",
    "form_type": "Formulario",
    "source": "De",
    "target": "A",
    "first": "Del",
    "last": "Al",
    "count": "Cantidad",
    "holder": "En poder de",
    "condition": "Condición",
    "used_by": "Usado por",
    "document": "Documento",
    "reason": "Motivo",
    "witness": "Testigo",
    "archive_box": "Caja",
    "archive_folder": "Archivador",
    "archive_folio": "Folios",
    "note": "Observación",
}
_EXTRA = ("document", "reason", "witness", "archive_box", "archive_folder", "archive_folio", "note")
LAYOUT_FIELDS: Mapping[Layout, tuple[str, ...]] = {
    Layout.OPENING: (
        "form_type", "first", "last", "count", "holder", "condition", "day", "source", "used_by", *_EXTRA,
    ),
    Layout.MOVEMENTS: ("day", "kind", "form_type", "source", "target", "first", "last", "count", *_EXTRA),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What does not add up in a row. `rule` is stable; `text` is one Spanish sentence; the rest may be empty.

    `candidates` are what the person may have meant, the nearest first; `field` the column it is about.
    """

    row: int
    rule: str
    text: str
    expected: str = ""
    found: str = ""
    candidates: tuple[str, ...] = ()
    field: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class FileRow:
    """A row of either table. `texts` are its cells as they came, by field; what could be read of them beside.

    `faults` are the cells that cannot be read at all. `has_condition`: an opening stock whose table tells no condition
    is one of blank forms.
    """

    sheet: str
    row: int
    layout: Layout
    texts: Mapping[str, str]
    day: date | None = None
    count: int | None = None
    first: str = ""
    last: str = ""
    faults: tuple[Finding, ...] = ()
    has_condition: bool = True

    def text(self, name: str) -> str:
        return self.texts.get(name, "")


@dataclass(frozen=True)
class TotalRow:
    """A row of sums: `count` as written, over the rows of its sheet from `since` on; `label` says of what."""

    sheet: str
    row: int
    label: str
    count: int
    since: int


@dataclass(frozen=True)
class RejectedRow:
    """A row under a head that is not imported, with what it says: no row of the kardex, or `why` not."""

    sheet: str
    row: int
    text: str
    why: str = "No es una fila de formularios."


@dataclass(frozen=True)
class FoundColumn:
    """A column that was understood: what it is for, how the file calls it, its letter."""

    sheet: str
    layout: Layout
    name: str
    title: str
    letter: str


@dataclass(frozen=True)
class KardexFile:
    """All that was read of a file, before anything is compared with the base."""

    rows: tuple[FileRow, ...]
    totals: tuple[TotalRow, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    columns: tuple[FoundColumn, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AcceptedRow:
    """A row that adds up, and the movements that it becomes."""

    row: FileRow
    movements: tuple[NewMovement, ...]
    told: str


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that does not add up, with every reason."""

    row: FileRow
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What importing a file would do. Every row under a head is in exactly one of the three lists.

    `accepted` is in the order in which it is recorded: by day. `totals` are findings about sums of the file.
    """

    campaign_id: int
    file_name: str
    sha256: str
    accepted: tuple[AcceptedRow, ...]
    quarantined: tuple[QuarantinedRow, ...]
    rejected: tuple[RejectedRow, ...]
    totals_checked: int = 0
    totals: tuple[Finding, ...] = ()
    columns: tuple[FoundColumn, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        return len(self.accepted) + len(self.quarantined) + len(self.rejected)

    @property
    def movements(self) -> tuple[NewMovement, ...]:
        return tuple(movement for one in self.accepted for movement in one.movements)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, in the order of the file's rows."""
        found = [finding for one in self.quarantined for finding in one.findings]
        return tuple(sorted([*found, *self.totals], key=lambda one: (one.sheet, one.row)))


@dataclass(frozen=True)
class ImportResult:
    """What an import did: the five numbers (rows = accepted + quarantined + rejected), and the movements recorded."""

    import_id: int
    rows: int
    accepted: int
    quarantined: int
    rejected: int
    totals_checked: int
    movements: int


@dataclass(frozen=True)
class QuarantineLine:
    """A row of an imported file that waits for a person, or what came of it; the rest as in `FileRow`."""

    id: int
    import_id: int
    campaign_id: int
    file_name: str
    imported_at: datetime
    row: int
    sheet: str
    layout: Layout
    texts: Mapping[str, str] = field(default_factory=dict)
    has_condition: bool = True
    findings: tuple[Finding, ...] = ()
    state: QuarantineState = QuarantineState.PENDING
    settled_reason: str = ""
    settled_by: str = ""
    version: int = 0


@dataclass(frozen=True)
class ImportLine:
    """An imported file, as lists show it; `pending` rows of it still wait."""

    id: int
    file_name: str
    sha256: str
    rows: int
    accepted: int
    quarantined: int
    rejected: int
    totals_checked: int
    imported_at: datetime
    imported_by: str
    pending: int = 0
