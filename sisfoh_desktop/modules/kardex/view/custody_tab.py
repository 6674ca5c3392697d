"""Custodia."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class CustodyTab(KardexTab):
    """Custodia."""

    key = "custody"
    title = "Custodia"
