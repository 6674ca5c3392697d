"""The page of the matrix of responsibilities: `page` is the way in, the other files are its parts."""

from sisfoh_desktop.modules.responsibilities.view.page import MatrixPage

__all__ = ["MatrixPage"]
