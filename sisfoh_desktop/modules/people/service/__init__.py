"""What the office can do with its users.

Doors: `access`, `users`, `absences`, `recovery`, `sheets`, `reviews`, `guides`, `pending` and `history`.
"""
