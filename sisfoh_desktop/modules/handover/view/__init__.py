"""The window of `handover`."""

from sisfoh_desktop.modules.handover.view.page import HandoverPage

__all__ = ["HandoverPage"]
