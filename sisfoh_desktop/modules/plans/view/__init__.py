"""The page of the planes de trabajo: `page` is the way in, the other files are its parts."""

from sisfoh_desktop.modules.plans.view.page import PlansPage

__all__ = ["PlansPage"]
