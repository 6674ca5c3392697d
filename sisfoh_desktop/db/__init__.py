"""Database kit: engine, transactions, tokens, audit trail, migrations. Knows no office rule.

Start with `database.Database`; stores take a session from its `transaction()` or `reading()`.
"""

from sisfoh_desktop.basics.late_libraries import import_late

import_late()  # whoever imports SQLAlchemy comes through here before: the tables and stores, and `app`, ask for the kit
