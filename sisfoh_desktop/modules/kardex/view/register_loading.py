"""What the register shows, brought together in one visit to the base (on the worker)."""

from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.modules.kardex.rules.reading import RegisterFilter, RegisterPage
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.view.register_asks import RegisterFacts


@dataclass(frozen=True)
class RegisterLoaded:
    """What one visit to the base brings; `counted` is None where counting would look at every movement."""

    facts: RegisterFacts
    page: RegisterPage
    counted: int | None
    in_hand: int


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


def load_register(db: Any, campaign_id: int, wanted: RegisterFilter, limit: int) -> RegisterLoaded:
    page = reading.register_page(db, campaign_id=campaign_id, limit=limit, **asked_of(wanted))
    stock = reading.stock(db, campaign_id)
    in_stock = {line.form_type.id: line.in_stock for line in stock}
    in_hand = sum(line.in_hand for line in stock)
    documents = tuple(dict.fromkeys(line.document for line in reversed(page.lines) if line.document))
    counted = reading.count_movements(db, campaign_id=campaign_id) if wanted.shows_all else None
    types, holders = catalogue.list_types(db, campaign_id), catalogue.list_holders(db)
    return RegisterLoaded(RegisterFacts(types, holders, in_stock, documents), page, counted, in_hand)
