"""Reads and writes of `safekeeping`; each subject in its own file."""
