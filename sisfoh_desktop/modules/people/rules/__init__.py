"""Facts and checks of the people who work with the base: users, roles, absences, passwords, reviews. Plain Python."""
