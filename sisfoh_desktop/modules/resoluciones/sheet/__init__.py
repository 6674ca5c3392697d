"""The draft as a .docx for the lawyer, and back. Loads python-docx and lxml: import it inside functions."""

from sisfoh_desktop.modules.resoluciones.sheet.reading import ReturnedDraft, read_draft
from sisfoh_desktop.modules.resoluciones.sheet.writing import draft_docx, fixed_lines

__all__ = ["ReturnedDraft", "draft_docx", "fixed_lines", "read_draft"]
