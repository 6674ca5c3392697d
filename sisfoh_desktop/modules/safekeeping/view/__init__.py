"""The window of `safekeeping`."""

from sisfoh_desktop.modules.safekeeping.view.page import SafekeepingPage

__all__ = ["SafekeepingPage"]
