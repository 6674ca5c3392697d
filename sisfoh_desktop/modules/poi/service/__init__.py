"""What the office can do with its POI. The module's only door, by subject:

`plans` (plan, semaphore, units of measure), `versions` (snapshots, programming, approval), `following` (execution,
months), `reading` (a whole year), `importing` (tables of other offices), `reports` (papers), `pending` (Mi bandeja).
"""
