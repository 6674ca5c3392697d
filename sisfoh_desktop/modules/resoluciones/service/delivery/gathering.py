"""What is known of an act after its signature: for its tab, and for the lists of all acts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Body, BodyRole, CountsFrom, LegalTerm, Terms
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, SignerRole
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import Resolucion
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    ChannelTable,
    DeliveryLine,
    DeliveryStep,
    DeliveryWhat,
    Notification,
    Publication,
    Remission,
    RemissionClock,
)
from sisfoh_desktop.modules.resoluciones.store import delivery as delivery_store
from sisfoh_desktop.modules.resoluciones.store import delivery_lists

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
    due, norm = _notify_due(terms, act.dated, calendar)
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


def list_deliveries(db: Database, today: date, *, open_only: bool = False) -> list[DeliveryLine]:
    """What every signed act still owes, and when it did the rest; the newest act first.

    Nothing is asked act by act: a handful of queries whatever their number. `today` is the day on which a term that
    has not started yet would start at the earliest. With `open_only` what is done is left out.
    """
    with db.reading() as session:
        acts = delivery_lists.list_signed_acts(session)
        rectified = {link.rectifying_id: link.rectified_id for link in store.list_links(session)}
    owing = {act.id for act in acts if act.plan_id is not None or act.has_remission}
    terms, calendar = office.legal_terms(db), office.calendar(db)
    known: dict[date, tuple[date | None, date | None]] = {}
    found = []
    for act in acts:
        if act.dated not in known:
            known[act.dated] = (
                _notify_due(terms, act.dated, calendar)[0],
                _remission_due(terms, act.dated, calendar),
            )
        notify_due, remission_due = known[act.dated]
        notified = act.state is rules.State.NOTIFIED and not act.waiting
        lines = [
            DeliveryLine(
                act.id,
                act.number_text,
                DeliveryWhat.NOTIFICATION,
                notify_due,
                act.notified_on if notified else None,
                0 if notified else max(1, act.waiting),
            )
        ]
        if _owes(act.id, owing, rectified):
            due = act.remission_due if act.has_remission else remission_due
            lines.append(
                DeliveryLine(
                    act.id,
                    act.number_text,
                    DeliveryWhat.REMISSION,
                    due,
                    act.sent_on,
                    0 if act.sent_on else 1,
                )
            )
        lines.append(
            DeliveryLine(
                act.id,
                act.number_text,
                DeliveryWhat.PUBLICATION,
                None,
                act.published_on,
                0 if act.published_on else 1,
            )
        )
        found += [line for line in lines if line.pending or not open_only]
    return found


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


def _owes(act_id: int, owing: set[int], rectified: Mapping[int, int]) -> bool:
    """As `must_remit`, for lists: over the ids of the acts that owe a copy by themselves."""
    seen: set[int] = set()
    known: int | None = act_id
    while known is not None and known not in seen:
        if known in owing:
            return True
        seen.add(known)
        known = rectified.get(known)
    return False


def _signed_on(paper: Paper) -> date | None:
    author = next((one for one in paper.signers if one.role is SignerRole.AUTHOR), None)
    return author.signed_at.date() if author is not None and author.signed_at is not None else None


def _notify_due(terms: Terms, dated: date, calendar: Calendar) -> tuple[date | None, str]:
    term = terms.find("notification", dated)
    return (None, "") if term is None else (_ends(term, dated, calendar), term.norm)


def _remission_due(terms: Terms, dated: date, calendar: Calendar) -> date | None:
    """As far as it can be told without asking each act: a term from the notification starts with that."""
    term = terms.find("remission", dated)
    if term is None or term.counts_from not in (CountsFrom.ISSUE, CountsFrom.APPROVAL):
        return None
    return _ends(term, dated, calendar)


def _ends(term: LegalTerm, start: date, calendar: Calendar) -> date:
    return term.ends(start, calendar).last_day
