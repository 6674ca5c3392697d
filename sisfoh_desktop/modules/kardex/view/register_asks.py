"""What a row of the register proposes and asks for by its kind, and which field a refusal is about. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer

OFFERED_KINDS = tuple(kind for kind in TRANSITIONS if kind is not MovementKind.ADJUSTMENT)
_PREFERRED = (HolderKind.WAREHOUSE, HolderKind.GOVERNING_BODY)
# who is chosen most comes first, so that a few letters are enough
_ORDER = (
    HolderKind.EMPADRONADOR,
    HolderKind.CREW_CHIEF,
    HolderKind.WAREHOUSE,
    HolderKind.DIGITADOR,
    HolderKind.QUALITY,
    HolderKind.ARCHIVE,
    HolderKind.GOVERNING_BODY,
    HolderKind.PRINTER,
)

# a refusal's code -> the field where the cursor goes
_FIELD_OF_CODE = {
    "movement_kind": "kind",
    "campaign_closed": "day",
    "type_not_valid": "type",
    "numbers_missing": "first",
    "numbers_not_expected": "first",
    "forms_overlap": "first",
    "forms_elsewhere": "first",
    "forms_unknown": "first",
    "forms_condition": "first",
    "forms_too_many": "count",
    "count_differs": "count",
    "count_missing": "count",
    "count_unreadable": "count",
    "articles_missing": "count",
    "holder_same": "target",
    "holder_in_place": "target",
    "holder_not_in_force": "target",
    "document_missing": "document",
    "reason_missing": "reason",
    "box_missing": "box",
    "condition_not_moved": "condition",
    "condition_missing": "condition",
}


@dataclass(frozen=True)
class RegisterFacts:
    """What the row chooses from: types in use, holders, forms in stock by type, documents written lately."""

    types: Sequence[FormType] = ()
    holders: Sequence[Holder] = ()
    in_stock: dict[int, int] = field(default_factory=dict)
    documents: Sequence[str] = ()


class FieldRefused(RuleError):
    """A row that cannot be sent yet; `field` is where to look."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__("field_missing", sentence)
        self.field = field_name


def guilty_field(error: SisfohError) -> str:
    """The field that a refusal is about; "" when it is about the whole row."""
    if isinstance(error, FieldRefused):
        return error.field
    code = error.code if isinstance(error, RuleError) else ""
    if code == "holder_kind":
        return "source" if " no sale de " in error.sentence else "target"
    if code.startswith("moved_on"):
        return "day"
    if code.startswith("serial_"):
        return "first"
    return _FIELD_OF_CODE.get(code, "")


def kind_offers() -> list[Offer]:
    return [Offer(kind, kind.label) for kind in OFFERED_KINDS]


def type_offers(types: Sequence[FormType], day: date | None) -> list[Offer]:
    """Those valid on the day first."""

    def told(one: FormType) -> str:
        ended = day is not None and one.valid_until is not None and one.valid_until < day
        return (
            f"{one.title} (hasta el {format_date(one.valid_until)})"
            if ended and one.valid_until
            else one.title
        )

    return [Offer(one, one.code, told(one)) for one in types]


def source_offers(facts: RegisterFacts, kind: MovementKind | None, day: date | None) -> list[Offer]:
    """Who may have had the forms before a movement of this kind."""
    kinds = TRANSITIONS[kind].sources if kind is not None else frozenset(HolderKind)
    return _holder_offers(facts.holders, kinds, day)


def target_offers(
    facts: RegisterFacts, kind: MovementKind | None, source: Holder | None, day: date | None
) -> list[Offer]:
    """Whom they may be given to; those in force that day first."""
    if kind is None:
        kinds = frozenset(HolderKind)
    elif source is not None:
        kinds = TRANSITIONS[kind].targets(source.kind)
    else:
        transition = TRANSITIONS[kind]
        kinds = frozenset[HolderKind]().union(*(route.targets for route in transition.routes))
    others = [one for one in facts.holders if source is None or one.id != source.id]
    return _holder_offers(others, kinds, day)


def _holder_offers(holders: Sequence[Holder], kinds: frozenset[HolderKind], day: date | None) -> list[Offer]:
    fitting = [one for one in holders if one.kind in kinds]
    fitting.sort(key=lambda one: (day is not None and not one.in_force(day), *_rank(one)))
    return [Offer(one, one.name, _holder_detail(one, day)) for one in fitting]


def _rank(holder: Holder) -> tuple[int, str]:
    return _ORDER.index(holder.kind), holder.name


def by_use(holders: Sequence[Holder]) -> list[Holder]:
    """Holders in the order in which they are chosen most."""
    return sorted(holders, key=_rank)


def _holder_detail(holder: Holder, day: date | None) -> str:
    if day is not None and not holder.in_force(day):
        return f"{holder.kind.label}, fuera de vigencia"
    return holder.kind.label


def usual_offer(offers: Sequence[Offer], kind: MovementKind | None) -> Offer | None:
    """The holder to fill in by itself: the only one, or the only store (the governing body for a reception)."""
    if kind in (None, MovementKind.TRANSFER):
        return None
    if len(offers) == 1:
        return offers[0]
    for preferred in _PREFERRED:
        found = [one for one in offers if one.value.kind is preferred]
        if len(found) == 1:
            return found[0]
    return None


def conditions_asked(kind: MovementKind | None, form_type: FormType | None) -> tuple[Condition, ...]:
    """The conditions to choose from: only for articles without numbers that may be in several."""
    if kind is None or form_type is None or form_type.serialised:
        return ()
    before = TRANSITIONS[kind].before
    return before if len(before) > 1 else ()


def extras_of(kind: MovementKind | None, form_type: FormType | None) -> tuple[str, ...]:
    """The fields of the second line that this kind asks for, in their order."""
    if kind is None:
        return ()
    transition = TRANSITIONS[kind]
    asked = []
    if transition.needs_reason or kind is MovementKind.LOSS:
        asked.append("reason")
    if kind is MovementKind.ANNULMENT:
        asked.append("witness")
    if transition.needs_box:
        asked += ["box", "folder", "folio"]
    if conditions_asked(kind, form_type):
        asked.append("condition")
    return tuple(asked)


def proposes_numbers(kind: MovementKind | None) -> bool:
    """Whether the lowest free numbers are proposed where none was typed."""
    return kind is MovementKind.HAND_OUT


def texts_of(line: MovementLine) -> dict[str, str]:
    """A registered movement as the texts of a row, for `=`."""
    first, last = ends_text(line)
    return {
        "day": format_date(line.moved_on),
        "kind": line.kind.label,
        "type": line.type_code,
        "source": line.from_name,
        "target": line.to_name,
        "first": first,
        "last": last,
        "count": str(line.form_count),
        "document": line.document,
        "reason": line.reason,
        "witness": line.witness,
        "box": line.archive_box,
        "folder": line.archive_folder,
        "folio": line.archive_folio,
    }


def ends_text(line: MovementLine) -> tuple[str, str]:
    """First and last number of a movement; several ranges stand whole in the first."""
    told = line.ranges_text
    if not told or "," in told:
        return told, ""
    if line.form_count == 1:
        return told, told
    half = len(told) // 2
    return told[:half], told[half + 1 :]
