"""What each kind of movement may do: from whom to whom, from which condition to which, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sisfoh_desktop.modules.kardex.rules.facts import AT_HAND, OUTSIDERS, Condition, HolderKind, MovementKind

_STORE = frozenset({HolderKind.WAREHOUSE})
_GIVERS = frozenset({HolderKind.WAREHOUSE, HolderKind.CREW_CHIEF})
_ANYBODY = frozenset(HolderKind)
_INSIDE = _ANYBODY - OUTSIDERS
_PEOPLE = frozenset(kind for kind in HolderKind if kind.is_person)


@dataclass(frozen=True)
class Route:
    """From any of `sources` to any of `targets`."""

    sources: frozenset[HolderKind]
    targets: frozenset[HolderKind]


@dataclass(frozen=True)
class Transition:
    """`routes` is empty for what happens in place, to forms of one of `places`.

    `before` are the conditions in which the forms may be, the usual one first; `after` is None where they stay in it.
    """

    before: tuple[Condition, ...]
    after: Condition | None = None
    routes: tuple[Route, ...] = ()
    places: frozenset[HolderKind] = frozenset()
    needs_document: bool = False
    needs_reason: bool = False
    needs_box: bool = False

    @property
    def in_place(self) -> bool:
        return not self.routes

    @cached_property
    def sources(self) -> frozenset[HolderKind]:
        """Who may have had the forms before."""
        return self.places.union(*(route.sources for route in self.routes))

    def targets(self, source: HolderKind) -> frozenset[HolderKind]:
        """Whom `source` may give them to."""
        return self._targets[source]

    @cached_property
    def _targets(self) -> Mapping[HolderKind, frozenset[HolderKind]]:
        return {
            source: frozenset[HolderKind]().union(
                *(route.targets for route in self.routes if source in route.sources)
            )
            for source in HolderKind
        }


TRANSITIONS: Mapping[MovementKind, Transition] = {
    MovementKind.RECEPTION: Transition(
        (Condition.OUTSIDE,), Condition.BLANK, routes=(Route(OUTSIDERS, _STORE),)
    ),
    MovementKind.HAND_OUT: Transition((Condition.BLANK,), routes=(Route(_GIVERS, _PEOPLE),)),
    MovementKind.TRANSFER: Transition(AT_HAND, routes=(Route(_INSIDE, _INSIDE),)),
    MovementKind.RETURN: Transition(
        AT_HAND,
        routes=(Route(_PEOPLE, _GIVERS), Route(_STORE, frozenset({HolderKind.GOVERNING_BODY}))),
    ),
    MovementKind.USE: Transition((Condition.BLANK,), Condition.USED, places=_PEOPLE),
    MovementKind.ANNULMENT: Transition(
        (Condition.BLANK, Condition.USED), Condition.ANNULLED, places=_INSIDE, needs_reason=True
    ),
    MovementKind.LOSS: Transition(AT_HAND, Condition.LOST, places=_INSIDE, needs_document=True),
    MovementKind.DAMAGE: Transition(
        (Condition.BLANK, Condition.USED), Condition.DAMAGED, places=_INSIDE, needs_reason=True
    ),
    MovementKind.TO_DATA_ENTRY: Transition(
        (Condition.USED,), routes=(Route(_INSIDE, frozenset({HolderKind.DIGITADOR})),)
    ),
    MovementKind.TO_QUALITY: Transition(
        (Condition.USED,), routes=(Route(_INSIDE, frozenset({HolderKind.QUALITY})),)
    ),
    MovementKind.ARCHIVING: Transition(
        (Condition.USED, Condition.ANNULLED, Condition.DAMAGED),
        routes=(Route(_INSIDE, frozenset({HolderKind.ARCHIVE})),),
        needs_box=True,
    ),
    MovementKind.WRITE_OFF: Transition(
        AT_HAND,
        Condition.WRITTEN_OFF,
        places=frozenset({HolderKind.WAREHOUSE, HolderKind.ARCHIVE}),
        needs_document=True,
        needs_reason=True,
    ),
    MovementKind.ADJUSTMENT: Transition(
        tuple(condition for condition in Condition if condition is not Condition.OUTSIDE),
        routes=(Route(_ANYBODY, _ANYBODY),),
        needs_reason=True,
    ),
}

# what brings new blank forms into the field: not after the campaign's last day, not of an edition no longer in use
BRING_OUT = frozenset({MovementKind.RECEPTION, MovementKind.HAND_OUT})
