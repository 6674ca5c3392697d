"""Follows the Plan Operativo Institucional: programmed against executed by month, and where it fails."""
