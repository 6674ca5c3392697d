"""What every tab of the kardex is: a widget over the desk that loads itself when shown and answers the page's keys."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.tabbed_page import PageTab

TOUCHES = frozenset({"kardex", "papers"})
# The rights of the kardex.
MOVE, CATALOGUE, APPROVE = "kardex.move", "kardex.catalogue", "kardex.approve"
READ_AGAIN = "Leer otra vez"


class KardexTab(PageTab):
    """A tab. `campaign_id` is the campaign on view (0: none yet); the page sets it and calls `reload`.

    `show_part` takes a number as text, a holder's id, a movement's id.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.campaign_id = 0


def unread_step(run: Callable[[], object]) -> NextStep:
    """What to do about a kardex that did not come from the base."""
    return NextStep(
        "No se pudo leer el kardex",
        "Los formularios no se ven aquí, pero lo registrado sigue guardado.",
        READ_AGAIN,
        run=run,
    )
