"""What the office can do with a cargo that changes hands.

Doors: `drafts`, `collecting`, `choices`, `issuing`, `packing`, `taking`, `pending` and `history`.
"""
