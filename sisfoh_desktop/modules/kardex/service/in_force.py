"""Who may be given forms on a day."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.modules.kardex.rules import holders
from sisfoh_desktop.modules.kardex.rules.facts import Holder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HolderCheck = Callable[["Session", Holder, date], str]

_holder_checks: list[HolderCheck] = []


def register_holder_check(check: HolderCheck) -> None:
    """Ask `check(session, holder, day)` too before a person is given forms: "" or why not, without its full stop.

    For the register of staff, which knows of contracts and accreditations. The same function counts once.
    """
    if check not in _holder_checks:
        _holder_checks.append(check)


def why_not_in_force_in(session: "Session", holder: Holder, day: date) -> str:
    """ "" when the holder may be given forms on that day; else why not, a Spanish sentence without its full stop.

    By its own dates first; of people, everything registered is asked as well.
    """
    reason = holders.out_of_force(holder, day)
    checks = _holder_checks if holder.kind.is_person else ()
    return reason or next((told for check in checks if (told := check(session, holder, day))), "")
