"""The window of `people`."""

from sisfoh_desktop.modules.people.view.page import PeoplePage

__all__ = ["PeoplePage"]
