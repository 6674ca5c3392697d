"""Registro."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class RegisterTab(KardexTab):
    """Registro."""

    key = "register"
    title = "Registro"
