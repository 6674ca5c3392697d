"""What the page asks the services for, on the worker: the list, one act, its number, a certificate."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperLine
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import (
    Rectifications,
    Resolucion,
    ResolucionLine,
    State,
    chain_mark,
)
from sisfoh_desktop.modules.resoluciones.service import ResolucionView, delivery
from sisfoh_desktop.modules.resoluciones.service.delivery import DeliveryView
from sisfoh_desktop.modules.resoluciones.service.drafts import subject_of
from sisfoh_desktop.modules.resoluciones.view.signer_rows import Head, load_heads

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class ListRow:
    """A resolución in the list, with its paper's round once it is frozen."""

    line: ResolucionLine
    paper: PaperLine | None
    mark: str = ""

    @property
    def id(self) -> int:
        return self.line.id

    @property
    def matter(self) -> str:
        """What it is about, with a capital, marked when another act rectifies it."""
        told = self.line.matter[:1].upper() + self.line.matter[1:]
        return f"{self.mark}: {told}" if self.mark else told

    @property
    def signatures(self) -> str:
        return f"{self.paper.signed_count} de {self.paper.signer_count}" if self.paper else ""

    @property
    def waits_for(self) -> str:
        """Whom it waits for, in words."""
        if self.line.state is State.DRAFT:
            return "Terminar el borrador"
        return self.paper.next_signer if self.paper else ""


@dataclass(frozen=True)
class RecordData:
    """One act with all that its record shows; `delivery` is None until it is signed."""

    view: ResolucionView
    heads: tuple[Head, ...]
    chain: Rectifications = field(default_factory=Rectifications)
    delivery: DeliveryView | None = None
    model: str = ""  # with which it began
    kept_number: str = ""  # of a draft whose frozen version was observed

    @property
    def act(self) -> Resolucion:
        return self.view.resolucion


def load_list(db: Any) -> list[ListRow]:
    """Every resolución, the newest first."""
    by_id = {line.id: line for line in papers.list_papers(db)}
    marks = {act_id: chain_mark(chain) for act_id, chain in service.list_rectifications(db).items()}
    return [
        ListRow(line, by_id.get(line.paper_id or 0), marks.get(line.id, ""))
        for line in service.list_resoluciones(db)
    ]


def load_record(db: Any, resolucion_id: int, today: date) -> RecordData:
    """One act with its surroundings."""
    view = service.view_resolucion(db, resolucion_id, today)
    act = view.resolucion
    heads = load_heads(db, act.dated)
    signed = act.state in (State.SIGNED, State.NOTIFIED)
    after = delivery.view_delivery(db, resolucion_id, today) if signed else None
    model = service.model_of_act(db, act)
    kept = number_kept(db, act) if act.state is State.DRAFT else ""
    return RecordData(view, heads, service.rectifications_of(db, resolucion_id), after, model, kept)


def number_kept(db: Any, act: Resolucion) -> str:
    """The number that the act already has for its next version; empty when it will take the one that follows."""
    return papers.number_kept(db, act.series_id, act.dated.year, subject_of(act.id))


def number_to_come(db: Any, act: Resolucion) -> tuple[str, bool]:
    """The act's number once frozen and whether it is already its own, else the one that follows in its series and year.

    Empty without a series.
    """
    kept = number_kept(db, act)
    if kept:
        return kept, True
    series = next((one for one in papers.list_series(db) if one.id == act.series_id), None)
    if series is None:
        return "", False
    last = max((line.last for line in papers.number_register(db, series.id, act.dated.year)), default=0)
    return NumberMask(series.mask).format(last + 1, act.dated.year), False


def warm_signing() -> None:
    """Import what signing needs, while the person still types the password."""
    papers.warm_signing()
