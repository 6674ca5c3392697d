"""Actas y tarjeta."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class ActasTab(KardexTab):
    """Actas y tarjeta."""

    key = "actas"
    title = "Actas y tarjeta"
