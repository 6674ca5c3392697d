"""Papeles on screen: page.py the page, series_dialogs.py how an office starts its numbers."""

from sisfoh_desktop.modules.papers.view.page import PapersPage

__all__ = ["PapersPage"]
