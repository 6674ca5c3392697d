"""Existencias."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class StockTab(KardexTab):
    """Existencias."""

    key = "stock"
    title = "Existencias"
