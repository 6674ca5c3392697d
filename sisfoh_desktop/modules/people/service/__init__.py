"""What the office can do with its users.

Doors: `access`, `users`, `absences`, `recovery`, `reviews`, `pending` and `history`.
"""
