"""Who acts: the person in front of the program, as the audit trail names them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A user name as signed in on this PC and the office (siglas) they work for."""

    user: str
    office: str = ""
