"""Who works with the base: users, their roles and absences, how they come in, the review of accesses."""
