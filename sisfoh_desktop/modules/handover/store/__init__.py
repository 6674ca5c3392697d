"""Reads and writes of handovers, their lists of systems and the lines of their actas."""
