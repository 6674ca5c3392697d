"""What handovers ask of the office: read by Mi bandeja and at the log-in; those that write are not loaded for it."""

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.rules.facts import Handover, HandoverState
from sisfoh_desktop.modules.handover.rules.pending import PendingKind
from sisfoh_desktop.modules.handover.store import handovers as store


def list_to_take(db: Database, login: str) -> list[Handover]:
    """The handovers that this user received and has not gone through yet, the oldest first.

    An acta that was observed or annulled is received by nobody.
    """
    from sisfoh_desktop.modules.people.service import users

    user = users.find_user(db, login) if login else None
    if user is None:
        return []
    with db.reading() as session:
        waiting = store.list_to_take(session, user.id)
    if not waiting:
        return []
    from sisfoh_desktop.modules.handover.service.drafts import load_handover

    found = [load_handover(db, one.id) for one in waiting]
    return [one for one in found if one.state is not HandoverState.OBSERVED]


def end_proposals(db: Database) -> list[Pending]:
    """For whoever manages the users: accesses that a handover proposes to end and that still stand."""
    with db.reading() as session:
        proposing = store.list_proposing_end(session)
    if not proposing:
        return []
    from sisfoh_desktop.modules.people.rules.facts import UserState
    from sisfoh_desktop.modules.people.service import users

    found = []
    for one in proposing:
        assert one.leaver.user_id is not None
        user = users.load_user(db, one.leaver.user_id)
        if user.state is UserState.LEFT or (user.valid_to is not None and user.valid_to <= one.handed_on):
            continue
        found.append(
            Pending(
                PendingKind.USER,
                user.id,
                f"Cese el acceso de {user.name}",
                f"Entregó su cargo a {one.receiver.name} el {format_date(one.handed_on)}; sigue pudiendo entrar",
                one.handed_on,
            )
        )
    return found
