"""Who comes in at the window in the tests of the log-in: their passwords, what two pages ask of them, what they see."""

from dataclasses import replace

from pages_for_tests import SPECS

ADMIN, CLERK, NEWCOMER = "tres gatos y un tejado", "lluvia sobre el caplina", "olivos de la yarada"
WITH_RIGHTS = (
    replace(SPECS[0], rights=frozenset({"kardex.move"})),
    replace(SPECS[1], rights=frozenset({"office.manage"})),
)


def offered(window) -> list[str]:
    return [button.accessibleName() for button in window.rail.buttons if not button.isHidden()]
