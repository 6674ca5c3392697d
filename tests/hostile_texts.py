"""Hostile ends behind every text that a person types into a base: markup, SQL, what formats, signs of two parts."""

import re
from contextlib import closing

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import String, Text

from sisfoh_desktop.db.base import Base

HOSTILE = " <b>x</b>&amp;{0}%s'; DROP TABLE unit; --🙂ñ́"
# What the program itself writes and reads again, and no person types.
_OURS = re.compile(
    r"(^|_)(hash|sha256|state|kind|code|login|role|ubigeo|siglas|mask|token|result|at|by|actor|action|subject|dni|"
    r"ruc|scope|key|field|columns|ledger|revision|prefix|number_text|before|after|style|level|catalogue|stage|"
    r"condition|severity|digits|period|frequency|lines|findings|values|mapping|theme|semaphore|signature|unit_of|data)($|_)"
)
_TYPED = re.compile(
    r"(^|_)(name|title|text|note|reason|heading|intro|address|motto|position|description|summary|"
    r"matter|detail|person|explanation|legend|label)($|_)"
)


def spoil(path) -> int:
    """Put the hostile end behind every text that a person types; how many columns took it."""
    done = 0
    with closing(sqlite.connect(str(path), isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table in Base.metadata.sorted_tables:
            if table.name in ("audit_entry", "audit_head", "action_token", "sealed_ledger"):
                continue
            for column in table.columns:
                if not isinstance(column.type, (String, Text)) or column.foreign_keys:
                    continue
                if not _TYPED.search(column.name) or _OURS.search(column.name):
                    continue
                where = " AND ".join(
                    f'"{column.name}" {each}' for each in ("<> ''", "NOT LIKE '[%'", "NOT LIKE '{%'")
                )
                changed = connection.execute(
                    f'UPDATE OR IGNORE {table.name} SET "{column.name}" = "{column.name}" || ? WHERE {where}',
                    (HOSTILE,),
                )
                done += bool(changed.rowcount)
    return done
