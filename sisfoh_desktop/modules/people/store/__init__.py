"""Reads and writes of users, their roles and absences, and the reviews of accesses."""
