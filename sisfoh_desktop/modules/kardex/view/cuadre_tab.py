"""Cuadre."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class CuadreTab(KardexTab):
    """Cuadre."""

    key = "cuadre"
    title = "Cuadre"
