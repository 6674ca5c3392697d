"""SISFOH Desktop: one folder per office task under `modules`, four kits and the basics below them."""

__version__ = "0.1.0"
