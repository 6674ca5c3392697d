"""Whose task is what: nobody is shown a task of a page that is not theirs.

The rights are those of the menu (`app.pages`); here they stand by the first word of a task's kind.
"""

from sisfoh_desktop.basics.actor import Actor

_DRAFT = frozenset({"resoluciones.draft", "resoluciones.deliver", "papers.sign"})
_PLANS = _DRAFT | {"plans.edit", "expedientes.edit", "matrix.edit"}
RIGHTS_OF_PAGE: dict[str, frozenset[str]] = {
    "expedientes": _PLANS,
    "plans": _PLANS,
    "responsibilities": _PLANS,
    "resoluciones": _DRAFT,
    "kardex": frozenset({"kardex.move", "kardex.catalogue", "kardex.approve"}),
    "poi": frozenset({"poi.record", "poi.plan", "poi.close", "poi.report"}),
    "papers": frozenset(),
    "office": frozenset({"office.manage"}),
    "people": frozenset({"people.manage"}),
    "safekeeping": frozenset({"backup.make", "base.manage", "audit.read", "privacy.manage"}),
}
"""Any of these opens the page; none is needed where the set is empty."""


def is_for(kind: str, actor: Actor) -> bool:
    """Whether the actor may go where a task of this kind leads."""
    rights = RIGHTS_OF_PAGE[kind.partition(".")[0]]
    return not rights or actor.may("pages.read") or any(actor.may(key) for key in rights)
