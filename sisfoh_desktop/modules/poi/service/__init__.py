"""What the office can do with its POI. The module's only door; each of these files is one, by subject:

`plans` (plan of a year, semaphore, units of measure), `versions` (life of the versions, approval, comparison),
`drafting` (what a draft programmes), `following` (execution and months), `motives`, `evidence`, `punctuality`,
`reading` (a whole year), `importing` (tables of other offices), `mappings` (what their columns mean), `quarantine`
(their rows in doubt), `reports` (papers and workbooks), `pending` (Mi bandeja), `checking` (comprobar), `history`.
"""
