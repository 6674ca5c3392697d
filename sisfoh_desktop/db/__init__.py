"""Database kit: engine, transactions, tokens, audit trail, migrations. Knows no office rule.

Start with `database.Database`; stores take a session from its `transaction()` or `reading()`.
"""
