"""The words of every part of the program, where the trail of the whole office is told.

Each module's own words stay in its `rules/history.py`; who brings them together hands them over here.
"""

from dataclasses import dataclass

from sisfoh_desktop.basics.history import HistoryWords


@dataclass(frozen=True)
class PartWords:
    """A part of the program: its key (its module), its title on screens, its words."""

    key: str
    title: str
    words: HistoryWords

    @property
    def stems(self) -> frozenset[str]:
        """The first words of its actions ("paper" of "paper.freeze")."""
        return frozenset(action.partition(".")[0] for action in self.words.actions)


_PARTS: dict[str, PartWords] = {}


def set_parts(parts: tuple[PartWords, ...]) -> None:
    """These are all the parts, in the order in which screens offer them."""
    _PARTS.clear()
    _PARTS.update((part.key, part) for part in parts)


def known_parts() -> tuple[PartWords, ...]:
    """All parts that were handed over."""
    return tuple(_PARTS.values())


def part_of_action(action: str) -> PartWords | None:
    """The part that names the action, or that has others of its kind; None for an unknown one."""
    stem = action.partition(".")[0]
    near: PartWords | None = None
    for part in _PARTS.values():
        if action in part.words.actions:
            return part
        if near is None and stem in part.stems:
            near = part
    return near
