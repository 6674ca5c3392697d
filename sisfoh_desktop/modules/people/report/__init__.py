"""Papers about the people of a base: the slip of a one-time code, the record of a review of accesses.

All of them load reportlab: import them inside functions.
"""
