"""What is printed from a matrix. Loads reportlab: import it inside functions."""

from sisfoh_desktop.modules.responsibilities.report.anexo import anexo01_pdf, anexo01_story, duties_story
from sisfoh_desktop.modules.responsibilities.report.gaps import gaps_pdf
from sisfoh_desktop.modules.responsibilities.report.unit_sheets import unit_sheets_pdf

__all__ = ["anexo01_pdf", "anexo01_story", "duties_story", "gaps_pdf", "unit_sheets_pdf"]
