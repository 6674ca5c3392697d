"""The window of the POI."""

from sisfoh_desktop.modules.poi.view.page import PoiPage

__all__ = ["PoiPage"]
