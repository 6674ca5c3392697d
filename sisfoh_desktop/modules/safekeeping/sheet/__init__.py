"""Workbooks of `safekeeping`; each in its own file, loaded when it is made."""
