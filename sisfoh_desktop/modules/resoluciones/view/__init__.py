"""What the office sees of its resoluciones: the list, and the act from its draft to its signatures."""

from sisfoh_desktop.modules.resoluciones.view.page import ResolucionesPage

__all__ = ["ResolucionesPage"]
