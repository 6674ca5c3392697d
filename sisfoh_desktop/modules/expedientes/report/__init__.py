"""Papers of an expediente: cover with its foliated index, route sheet, one-page timeline.

Loads reportlab: import it inside functions.
"""

from sisfoh_desktop.modules.expedientes.report.cover import caratula_pdf
from sisfoh_desktop.modules.expedientes.report.route import hoja_ruta_pdf
from sisfoh_desktop.modules.expedientes.report.surround import Surround
from sisfoh_desktop.modules.expedientes.report.time_line import TimeLineFacts, linea_tiempo_pdf

__all__ = ["Surround", "TimeLineFacts", "caratula_pdf", "hoja_ruta_pdf", "linea_tiempo_pdf"]
