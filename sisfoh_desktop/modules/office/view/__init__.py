"""The page "Oficina": municipality, units, officers, days off, norms and bodies, each on its tab."""

from sisfoh_desktop.modules.office.view.page import OfficePage

__all__ = ["OfficePage"]
