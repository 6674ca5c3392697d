"""What the register shows, brought together in one visit to the base (on the worker)."""

from dataclasses import dataclass, replace
from typing import Any

from sisfoh_desktop.modules.kardex.rules.reading import RegisterFilter, RegisterPage
from sisfoh_desktop.modules.kardex.service import catalogue, importing, reading
from sisfoh_desktop.modules.kardex.service.reading import Keep
from sisfoh_desktop.modules.kardex.view.register_asks import RegisterFacts


@dataclass(frozen=True)
class RegisterLoaded:
    """What one visit to the base brings; `counted` is None where counting would look at every movement.

    `waiting` rows of imported files are in quarantine; `in_place`: the page is that which was held before.
    """

    facts: RegisterFacts
    page: RegisterPage
    counted: int | None
    in_hand: int
    waiting: int = 0
    in_place: bool = False


def asked_of(wanted: RegisterFilter) -> dict[str, Any]:
    return {
        "text": wanted.text,
        "type_id": wanted.type_id,
        "holder_id": wanted.holder_id,
        "kind": wanted.kind,
        "number": wanted.number,
        "since": wanted.since,
        "until": wanted.until,
    }


def load_register(
    db: Any,
    campaign_id: int,
    wanted: RegisterFilter,
    limit: int,
    place: tuple[int, int] | None = None,
    keep: Keep | None = None,
) -> RegisterLoaded:
    """The newest movements, or with `place` (the first one held, how many) the same ones again."""
    asked = asked_of(wanted) | {"keep": keep}
    again = _read_again(db, campaign_id, asked, *place) if place is not None else None
    page = again or reading.register_page(db, campaign_id=campaign_id, limit=limit, **asked)
    stock = reading.stock(db, campaign_id)
    in_stock = {line.form_type.id: line.in_stock for line in stock}
    in_hand = sum(line.in_hand for line in stock)
    documents = tuple(dict.fromkeys(line.document for line in reversed(page.lines) if line.document))
    all_of_them = wanted.shows_all and keep is None
    counted = reading.count_movements(db, campaign_id=campaign_id) if all_of_them else None
    types, holders = catalogue.list_types(db, campaign_id), catalogue.list_holders(db)
    waiting = importing.count_pending(db, campaign_id)
    facts = RegisterFacts(types, holders, in_stock, documents)
    return RegisterLoaded(facts, page, counted, in_hand, waiting, again is not None)


def _read_again(
    db: Any, campaign_id: int, asked: dict[str, Any], first_id: int, count: int
) -> RegisterPage | None:
    """`count` movements from this one on; None where it is the last."""
    rest = reading.register_page(db, campaign_id=campaign_id, after_id=first_id, limit=count, **asked)
    if not rest.lines:
        return None
    first = reading.register_page(
        db, campaign_id=campaign_id, before_id=rest.lines[0].id, limit=1, **asked
    ).lines
    return replace(rest, lines=first + rest.lines)
