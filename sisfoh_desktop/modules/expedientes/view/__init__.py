"""Expedientes on screen: the list, one expediente with its timeline, and the form of a document."""

from sisfoh_desktop.modules.expedientes.view.page import ExpedientesPage

__all__ = ["ExpedientesPage"]
