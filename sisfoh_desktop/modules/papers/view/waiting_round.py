"""What the five orders of a round do with a paper that waits for somebody: told for the dialogs, done on the worker."""

from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import RoundPerson, WaitingPaper
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.paper_round import round_calls, round_place
from sisfoh_desktop.qtkit.round_orders import RoundCalls, RoundPlace


def round_of(desk: Desk, one: WaitingPaper) -> tuple[RoundPlace, RoundCalls]:
    """The place in the round that waits, and what each order does there (on the worker)."""
    slot = one.slot
    place = round_place(
        one.name, slot, pages=one.pages, count=one.signer_count, signed=one.signed, waiting=[slot]
    )
    return place, round_calls(desk, service, one.id, slot.id, one.version)


def named(one: WaitingPaper) -> str:
    """The paper, and which version of its matter it is from the second on."""
    return f"{one.name} (v. {one.edition})" if one.edition > 1 else one.name


def is_person(person: RoundPerson, user: str) -> bool:
    """Whether the user of this PC is that person, by the name they gave."""
    words = user.casefold().split()
    return len(words) > 1 and set(words) <= set(person.label.casefold().split())
