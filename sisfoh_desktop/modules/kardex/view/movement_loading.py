"""What the dialog of a movement shows, brought together in one visit to the base (on the worker)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.modules.kardex.rules import FormType, LedgerLine, Movement
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaLine
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine
from sisfoh_desktop.modules.kardex.service import actas, catalogue, reading


@dataclass(frozen=True)
class MovementFacts:
    """A movement, its line of the register (names, reversals) and the names of everybody in its ledger lines."""

    movement: Movement
    line: MovementLine
    form_type: FormType
    names: Mapping[int, str]
    acta: ActaLine | None = None  # the living one that tells it

    def forms_text(self, line: LedgerLine) -> str:
        """`004501-004550`, or how many where they bear no number."""
        if line.forms is None:
            return str(line.form_count)
        first = self.form_type.number_text(line.forms.first)
        return first if line.forms.count == 1 else f"{first}-{self.form_type.number_text(line.forms.last)}"


def load_movement_facts(db: Any, movement_id: int) -> MovementFacts:
    """RuleError `movement_unknown`."""
    movement = reading.load_movement(db, movement_id)
    return MovementFacts(
        movement,
        _line_of(db, movement),
        catalogue.load_type(db, movement.type_id),
        {holder.id: holder.name for holder in catalogue.list_holders(db)},
        actas.acta_of_movement(db, movement_id),
    )


def _line_of(db: Any, movement: Movement) -> MovementLine:
    """Its line of the register: what stands between its neighbours."""
    campaign = movement.campaign_id
    before = reading.register_page(db, campaign_id=campaign, before_id=movement.id, limit=1).lines
    if before:
        return reading.register_page(db, campaign_id=campaign, after_id=before[-1].id, limit=1).lines[0]
    after = reading.register_page(db, campaign_id=campaign, after_id=movement.id, limit=1).lines
    if after:
        return reading.register_page(db, campaign_id=campaign, before_id=after[0].id, limit=1).lines[-1]
    return reading.register_page(db, campaign_id=campaign, limit=1).lines[-1]
