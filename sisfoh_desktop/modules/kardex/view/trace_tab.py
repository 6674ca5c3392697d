"""Rastreo."""

from sisfoh_desktop.modules.kardex.view.tab import KardexTab


class TraceTab(KardexTab):
    """Rastreo."""

    key = "trace"
    title = "Rastreo"
