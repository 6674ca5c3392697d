"""Reads and writes of the kardex."""
