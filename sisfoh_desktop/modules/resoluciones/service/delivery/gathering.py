"""What is known of an act after its signature, for its tab."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Body, BodyRole, CountsFrom, Terms
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, SignerRole
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import Resolucion
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    ChannelTable,
    DeliveryStep,
    Notification,
    Publication,
    Remission,
    RemissionClock,
)
from sisfoh_desktop.modules.resoluciones.service.delivery.lists import notification_term
from sisfoh_desktop.modules.resoluciones.store import delivery as delivery_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class DeliveryView:
    """A signed act with all that its tab "Entrega" shows.

    `notify_due` and `clock` are None where no term is on record; `clock` is that of today's term until something is
    kept in `remission`. `body` is the national body in force today.
    """

    resolucion: Resolucion
    paper: Paper
    notifications: tuple[Notification, ...]
    notify_due: date | None
    notify_norm: str
    clock: RemissionClock | None
    body: Body | None
    must_remit: bool
    remission: Remission | None
    letter: Paper | None
    publications: tuple[Publication, ...]
    constancias: tuple[Paper, ...]
    channels: ChannelTable
    calendar: Calendar

    @property
    def step(self) -> DeliveryStep:
        return facts.next_delivery_step(
            self.notifications,
            remission=self.remission,
            letter=self.letter,
            must_remit=self.must_remit,
            publications=self.publications,
        )

    @property
    def waiting(self) -> list[Notification]:
        """Notifications that still ask for something."""
        return facts.waiting(self.notifications)

    @property
    def remission_due(self) -> date | None:
        """The last day as it was kept, else as the clock gives it today."""
        if self.remission is not None:
            return self.remission.due
        return self.clock.due if self.clock else None


def view_delivery(db: Database, resolucion_id: int, today: date) -> DeliveryView:
    """All that follows the signature of an act; RuleError `not_signed` before it."""
    with db.reading() as session:
        act = store.load_resolucion(session, resolucion_id)
        facts.check_can_deliver(act)
        notifications = tuple(delivery_store.list_notifications(session, resolucion_id))
        remission = delivery_store.find_remission(session, resolucion_id)
        publications = tuple(delivery_store.list_publications(session, resolucion_id))
        owed = must_remit(session, act)
    paper = papers.load_paper(db, rules.check_has_paper(act))
    terms, calendar = office.legal_terms(db), office.calendar(db)
    letter_id = remission.paper_id if remission else None
    due, norm = notification_term(terms, act.dated, calendar)
    return DeliveryView(
        resolucion=act,
        paper=paper,
        notifications=notifications,
        notify_due=due,
        notify_norm=norm,
        clock=clock_of(act, paper, notifications, terms, calendar),
        body=office.body_for(db, BodyRole.LEAD_BODY, today),
        must_remit=owed,
        remission=remission,
        letter=papers.load_paper(db, letter_id) if letter_id is not None else None,
        publications=publications,
        constancias=tuple(
            papers.load_paper(db, one.paper_id) for one in publications if one.paper_id is not None
        ),
        channels=channels(),
        calendar=calendar,
    )


def must_remit(session: "Session", act: Resolucion) -> bool:
    """Whether the national body must get a copy: it approves a plan, or rectifies an act whose copy it must have."""
    seen = set()
    while act.id not in seen:
        seen.add(act.id)
        if act.plan_id is not None or delivery_store.find_remission(session, act.id) is not None:
            return True
        rectified_id = store.find_rectified(session, act.id)
        if rectified_id is None:
            return False
        act = store.load_resolucion(session, rectified_id)
    return False


def clock_of(
    act: Resolucion,
    paper: Paper,
    notifications: tuple[Notification, ...],
    terms: Terms,
    calendar: Calendar,
) -> RemissionClock | None:
    """The remission's clock as the norm in force on the act's date gives it; None without such a norm.

    An act that approves no plan is sent because it rectifies one that does: its term counts from its own issue.
    """
    term = terms.find("remission", act.dated)
    if term is None:
        return None
    if act.plan_id is None and term.counts_from is CountsFrom.APPROVAL:
        term = replace(term, counts_from=CountsFrom.ISSUE)
    served = [one.outcome.effective_on for one in notifications if one.served and one.outcome is not None]
    first = min((day for day in served if day is not None), default=None)
    events = facts.Events(issued=act.dated, signed=_signed_on(paper), notified=first)
    return facts.remission_clock(term, events, calendar)


@cache
def channels() -> ChannelTable:
    """The channels of notification that the program ships with; FileFailed when their file is damaged."""
    path = resource("data", "national", "channels.toml")
    try:
        return facts.channel_table(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error


def _signed_on(paper: Paper) -> date | None:
    author = next((one for one in paper.signers if one.role is SignerRole.AUTHOR), None)
    return author.signed_at.date() if author is not None and author.signed_at is not None else None
