"""Differences of the cuadre: their kinds, how grave each is, the row that is shown and explained. Plain Python.

How they are found is in `reconciling`; the sentences are written there, beside what they tell.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.kardex.rules.facts import FormType

LONGEST_EXPLANATION = 2_000
LONGEST_DOCUMENT = 200
_LONGEST_RANGES = 140


class Severity(StrEnum):
    """GRAVE: forms or data cannot be accounted for; WARNING: somebody must act; NOTICE: out of a usual band."""

    GRAVE = "grave"
    WARNING = "aviso"
    NOTICE = "nota"

    @property
    def label(self) -> str:
        return {"grave": "Grave", "aviso": "Por corregir", "nota": "Por revisar"}[self.value]


class DifferenceKind(StrEnum):
    """Stable codes; they are part of the fingerprint under which explanations are kept."""

    LEDGER_UNBALANCED = "ledger_unbalanced"
    USED_NOT_DIGITISED = "used_not_digitised"
    DIGITISED_NOT_USED = "digitised_not_used"
    DIGITISED_IN_STORE = "digitised_in_store"
    DIGITISED_UNKNOWN = "digitised_unknown"
    DIGITISED_TWICE = "digitised_twice"
    DIGITISED_ANNULLED = "digitised_annulled"
    DIGITISED_LOST = "digitised_lost"
    DIGITISED_DAMAGED = "digitised_damaged"
    DIGITISED_WRITTEN_OFF = "digitised_written_off"
    DIGITISED_BY_ANOTHER = "digitised_by_another"
    DIGITISED_BEFORE_HANDED_OUT = "digitised_before_handed_out"
    DIGITISED_OTHER_DAY = "digitised_other_day"
    COUNTED_MISSING = "counted_missing"
    COUNTED_SURPLUS = "counted_surplus"
    COUNTED_LOST = "counted_lost"
    COUNTED_UNKNOWN = "counted_unknown"
    COUNTED_TWICE = "counted_twice"
    COUNTED_OTHER_CONDITION = "counted_other_condition"
    HELD_TOO_LONG = "held_too_long"
    USED_KEPT = "used_kept"
    HOLDER_OUT_OF_FORCE = "holder_out_of_force"
    ANNULLED_TOO_MANY = "annulled_too_many"
    GAP_IN_BUNDLE = "gap_in_bundle"

    @property
    def label(self) -> str:
        return _KINDS[self][0]

    @property
    def severity(self) -> Severity:
        return _KINDS[self][1]


_G, _W, _N = Severity.GRAVE, Severity.WARNING, Severity.NOTICE
_KINDS = {
    DifferenceKind.LEDGER_UNBALANCED: ("El libro no cuadra", _G),
    DifferenceKind.USED_NOT_DIGITISED: ("Usado sin digitar", _W),
    DifferenceKind.DIGITISED_NOT_USED: ("Digitado sin uso", _W),
    DifferenceKind.DIGITISED_IN_STORE: ("Digitado, en almacén", _G),
    DifferenceKind.DIGITISED_UNKNOWN: ("Digitado, no recibido", _G),
    DifferenceKind.DIGITISED_TWICE: ("Digitado dos veces", _W),
    DifferenceKind.DIGITISED_ANNULLED: ("Digitado, anulado", _G),
    DifferenceKind.DIGITISED_LOST: ("Digitado, extraviado", _G),
    DifferenceKind.DIGITISED_DAMAGED: ("Digitado, deteriorado", _W),
    DifferenceKind.DIGITISED_WRITTEN_OFF: ("Digitado, de baja", _G),
    DifferenceKind.DIGITISED_BY_ANOTHER: ("Aplicado por otro", _W),
    DifferenceKind.DIGITISED_BEFORE_HANDED_OUT: ("Aplicado antes de entrega", _W),
    DifferenceKind.DIGITISED_OTHER_DAY: ("Aplicado en otro día", _N),
    DifferenceKind.COUNTED_MISSING: ("Falta en el arqueo", _G),
    DifferenceKind.COUNTED_SURPLUS: ("Sobra en el arqueo", _W),
    DifferenceKind.COUNTED_LOST: ("Extraviado reaparece", _W),
    DifferenceKind.COUNTED_UNKNOWN: ("Contado, no recibido", _G),
    DifferenceKind.COUNTED_TWICE: ("Contado en dos manos", _G),
    DifferenceKind.COUNTED_OTHER_CONDITION: ("Contado, otra condición", _W),
    DifferenceKind.HELD_TOO_LONG: ("Muchos días en poder", _N),
    DifferenceKind.USED_KEPT: ("Usado sin entregar", _W),
    DifferenceKind.HOLDER_OUT_OF_FORCE: ("En poder de quien cesó", _G),
    DifferenceKind.ANNULLED_TOO_MANY: ("Muchos anulados", _N),
    DifferenceKind.GAP_IN_BUNDLE: ("Hueco en el paquete", _W),
}


@dataclass(frozen=True)
class Explanation:
    """What somebody said about a difference; an empty text withdrew what was said before."""

    text: str
    document: str
    explained_at: datetime
    explained_by: str


@dataclass(frozen=True)
class Difference:
    """One row to explain: which forms, whose, since when, what was found (`finding`) and what to do (`advice`).

    `holder_id` is who answers for it (0: nobody in particular), `other_id` a second one in the matter. `day` places it
    in a period; None: it belongs to all. `number_text` is its first number as printed, to trace it ("" without any).
    `fingerprint` covers everything that was compared, so that what was explained is explained only while it is so.
    """

    kind: DifferenceKind
    type_id: int
    type_code: str
    ranges: FormRanges
    ranges_text: str
    number_text: str
    form_count: int
    holder_id: int
    holder_name: str
    other_id: int
    day: date | None
    finding: str
    advice: str
    ledger: str
    fingerprint: str
    explanation: Explanation | None = None

    @property
    def code(self) -> str:
        return self.kind.value

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def sentence(self) -> str:
        """What was found and what to do."""
        return f"{self.finding} {self.advice}"

    @property
    def explained(self) -> bool:
        return self.explanation is not None

    @property
    def number(self) -> int:
        return self.ranges.first if self.ranges else 0

    def concerns(self, holder_id: int, type_id: int, since: date | None, until: date | None) -> bool:
        """Whether it is of this person and type (0: any) and of these days (None: open)."""
        if holder_id and holder_id not in (self.holder_id, self.other_id):
            return False
        if type_id and type_id != self.type_id:
            return False
        if self.day is None:
            return True
        return (since is None or since <= self.day) and (until is None or self.day <= until)


def fingerprint(
    kind: DifferenceKind,
    form_type: FormType,
    ranges: FormRanges,
    holder_id: int,
    compared: tuple[object, ...],
) -> str:
    """64 hexadecimal signs that change when anything compared does."""
    told = [
        kind.value,
        form_type.id,
        [(one.first, one.last) for one in ranges],
        holder_id,
        [None if one is None else str(one) for one in compared],
    ]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def short_ranges(form_type: FormType, ranges: FormRanges) -> str:
    """The numbers for a sentence: all, or the first ones and how many ranges are left."""
    whole = form_type.ranges_text(ranges)
    if len(whole) <= _LONGEST_RANGES:
        return whole
    kept: list[str] = []
    parts = whole.split(", ")
    for part in parts:
        if sum(len(one) + 2 for one in kept) + len(part) > _LONGEST_RANGES:
            break
        kept.append(part)
    more = len(parts) - len(kept)
    return f"{', '.join(kept)} y {more} {'rango' if more == 1 else 'rangos'} más"


def with_explanations(
    differences: list[Difference], explanations: dict[str, Explanation]
) -> list[Difference]:
    """The differences with what was last said about each; what was withdrawn is not said."""
    told: list[Difference] = []
    for one in differences:
        said = explanations.get(one.fingerprint)
        told.append(dataclasses.replace(one, explanation=said) if said and said.text else one)
    return told


def check_explanation(text: str, document: str) -> tuple[str, str]:
    """Both as they will be kept. RuleError of `clean_text`, or `explanation_document_alone`."""
    text = clean_text(text, what="la explicación", limit=LONGEST_EXPLANATION)
    document = clean_text(document, what="el documento", limit=LONGEST_DOCUMENT, one_line=True)
    if document and not text:
        raise RuleError(
            "explanation_document_alone",
            "Hay un documento sin explicación; escriba qué dice de la diferencia, o borre los dos para retirarla.",
        )
    return text, document
