"""Mi bandeja on screen."""

from sisfoh_desktop.modules.inbox.view.page import InboxPage

__all__ = ["InboxPage"]
