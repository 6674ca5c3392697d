"""Who acts: the person in front of the program, as the audit trail names them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A user name as signed in, the office (siglas) they work for, and the keys of their rights.

    `rights` is None where the base has no users: the one person of this PC may do everything.
    """

    user: str
    office: str = ""
    rights: frozenset[str] | None = None

    def may(self, right: str) -> bool:
        """Whether the person has the right with this key (see `basics.rights`)."""
        return self.rights is None or right in self.rights
