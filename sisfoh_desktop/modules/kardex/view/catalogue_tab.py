"""Catálogo."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class CatalogueTab(KardexTab):
    """Catálogo."""

    key = "catalogue"
    title = "Catálogo"
