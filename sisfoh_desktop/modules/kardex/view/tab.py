"""What every tab of the kardex is: a widget over the desk that loads itself when shown and answers the page's keys."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tabbed_page import PageTab

TOUCHES = frozenset({"kardex", "papers"})
# The rights of the kardex.
MOVE, CATALOGUE, APPROVE = "kardex.move", "kardex.catalogue", "kardex.approve"


class KardexTab(PageTab):
    """A tab. `campaign_id` is the campaign on view (0: none yet); the page sets it and calls `reload`.

    `show_part` takes a number as text, a holder's id, a movement's id.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.campaign_id = 0
