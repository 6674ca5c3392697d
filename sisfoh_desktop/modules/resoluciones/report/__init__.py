"""Papers of a resolución: the act with its annex. Loads reportlab: import it inside functions."""

from sisfoh_desktop.modules.resoluciones.report.act import resolucion_pdf

__all__ = ["resolucion_pdf"]
