"""The window of the kardex."""

from sisfoh_desktop.modules.kardex.view.page import KardexPage

__all__ = ["KardexPage"]
