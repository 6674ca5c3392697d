"""What all acts owe after their signatures, for lists and for Mi bandeja."""

from collections.abc import Mapping
from datetime import date

from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import CountsFrom, LegalTerm, Terms
from sisfoh_desktop.modules.resoluciones import store
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryLine, DeliveryWhat
from sisfoh_desktop.modules.resoluciones.store import delivery_lists


def list_deliveries(
    db: Database,
    today: date,
    *,
    open_only: bool = False,
    terms: Terms | None = None,
    calendar: Calendar | None = None,
) -> list[DeliveryLine]:
    """What every signed act still owes, and when it did the rest; the newest act first.

    Nothing is asked act by act: a handful of queries whatever their number. `today` is the day on which a term that
    has not started yet would start at the earliest. With `open_only` what is done is left out. Whoever has the office's
    `terms` and `calendar` at hand gives them, else they are read.
    """
    with db.reading() as session:
        acts = delivery_lists.list_signed_acts(session)
        rectified = {link.rectifying_id: link.rectified_id for link in store.list_links(session)}
    owing = {act.id for act in acts if act.plan_id is not None or act.has_remission}
    terms = office.legal_terms(db) if terms is None else terms
    calendar = office.calendar(db) if calendar is None else calendar
    known: dict[date, tuple[date | None, date | None]] = {}
    found = []
    for act in acts:
        if act.dated not in known:
            known[act.dated] = (
                notification_term(terms, act.dated, calendar)[0],
                _remission_due(terms, act.dated, calendar),
            )
        notify_due, remission_due = known[act.dated]
        notified = act.state is State.NOTIFIED and not act.waiting
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


def notification_term(terms: Terms, dated: date, calendar: Calendar) -> tuple[date | None, str]:
    """The last day to notify an act of that date, and the norm; (None, "") where no term is on record."""
    term = terms.find("notification", dated)
    return (None, "") if term is None else (_ends(term, dated, calendar), term.norm)


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


def _remission_due(terms: Terms, dated: date, calendar: Calendar) -> date | None:
    """As far as it can be told without asking each act: a term from the notification starts with that."""
    term = terms.find("remission", dated)
    if term is None or term.counts_from not in (CountsFrom.ISSUE, CountsFrom.APPROVAL):
        return None
    return _ends(term, dated, calendar)


def _ends(term: LegalTerm, start: date, calendar: Calendar) -> date:
    return term.ends(start, calendar).last_day
