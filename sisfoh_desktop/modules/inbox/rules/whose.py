"""Whose task is what: nobody is shown a task of a page that is not theirs."""

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import RIGHTS_OF_PAGE, may_see


def is_for(kind: str, actor: Actor) -> bool:
    """Whether the actor may go where a task of this kind leads: the first word of the kind is its page."""
    return may_see(actor, RIGHTS_OF_PAGE[kind.partition(".")[0]])
