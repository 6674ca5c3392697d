"""One open database: short transactions for stores, and user actions that happen exactly once."""

import json
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import exc
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import DatabaseUnavailable, SisfohError
from sisfoh_desktop.db.audit import OWN_ENTRIES
from sisfoh_desktop.db.engine import (
    is_transient,
    make_engine,
    refused_value,
    schema_differs,
    target_url,
    unavailable,
)
from sisfoh_desktop.db.mapping import map_all
from sisfoh_desktop.db.same_file import SameFile
from sisfoh_desktop.db.seals import seal_new_rows, watch_ledgers

Result = TypeVar("Result", bound=int | str | bool | list[Any] | dict[str, Any] | None)

PATIENCE_SECONDS = 30.0
_forbidden_threads: set[int] = set()


def forbid_current_thread() -> None:
    """From now on no transaction may run on this thread (the window's)."""
    _forbidden_threads.add(threading.get_ident())


def allow_current_thread() -> None:
    """Undo `forbid_current_thread`, when the window is gone."""
    _forbidden_threads.discard(threading.get_ident())


@dataclass(frozen=True)
class Answer:
    """The result of a committed action; the action may well have answered None."""

    result: Any


class Database:
    """An open base: a SQLite file or a PostgreSQL database at this program's revision.

    Sessions are born and die inside `transaction()` or `reading()`; rows never leave the store.
    """

    def __init__(self, target: str | Path) -> None:
        self.url = target_url(target)
        self._engine = make_engine(self.url)
        watch_ledgers(self._engine)
        self._file = SameFile(self.path) if self.path is not None else None
        # Of the trail, committed here and not yet told apart by `watching`.
        self.own_entries: set[int] = set()

    @classmethod
    def open(cls, target: str | Path) -> "Database":
        """Open an existing base.

        Raises DatabaseUnavailable (missing, damaged, refused), DatabaseTooNew or DatabaseOutdated.
        """
        from sisfoh_desktop.db.recrypt import sweep_leftovers
        from sisfoh_desktop.db.revisions import check_revision

        url = target_url(target)
        check_revision(url)
        if url.get_backend_name() == "sqlite":
            sweep_leftovers(Path(str(url.database)))
        return cls(target)

    @classmethod
    def create(cls, target: str | Path) -> "Database":
        """Make a new base at this program's revision; refuses to touch an existing one."""
        from sisfoh_desktop.db.migrate import create_base

        create_base(target_url(target))
        return cls(target)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of a SQLite base, None for a server."""
        return Path(str(self.url.database)) if self.is_sqlite else None

    @property
    def label(self) -> str:
        """How the status bar names the base; never a password."""
        if self.path:
            return self.path.name
        return f"{self.url.database} en {self.url.host}"

    def close(self) -> None:
        self._engine.dispose()
        if self._file is not None:
            self._file.forget()

    def check_same_file(self) -> None:
        """DatabaseUnavailable when the file of a SQLite base was moved or replaced since it was opened."""
        if self._file is not None:
            self._file.check()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A short write transaction: committed at the end, rolled back on any error.

        What it adds to the ledgers is sealed in the trail before it is committed.
        """
        self.check_same_file()
        map_all()  # what is written refers to rows of other modules
        with self._session(read_only=False) as session:
            with session.begin():
                yield session
                seal_new_rows(session)
            self.own_entries.update(session.info.get(OWN_ENTRIES, ()))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only view of one moment; never waits for writers on SQLite."""
        with self._session(read_only=True) as session, session.begin():
            yield session

    def run_once(self, token: str | None, fn: Callable[[Session], Result]) -> Result:
        """Run `fn` in a transaction at most once per `token` and return its (JSON-able) result.

        The same token again returns the first result, so that an answer lost on the cable never doubles
        an action. Transient faults re-run the whole of `fn`, which must touch nothing but the session.
        """
        token = token or str(uuid.uuid4())
        deadline = time.monotonic() + PATIENCE_SECONDS
        attempt = 0
        while True:
            try:
                return self._attempt_once(token, fn)
            except DatabaseUnavailable as error:
                cause = error.__cause__
                retry = isinstance(cause, exc.DBAPIError) and is_transient(cause)
                if not retry or time.monotonic() > deadline:
                    raise
                time.sleep(min(2.0, 0.05 * 2**attempt) * (0.5 + random.random()))  # noqa: S311 - jitter
                attempt = min(attempt + 1, 8)
            except exc.IntegrityError as error:
                # the same token ran elsewhere at this very moment and came first: its answer is there now
                if "action_token" not in str(error.orig):
                    raise

    def find_answer(self, token: str | None) -> Answer | None:
        """What `run_once` answered to this token, or None while no such action was committed.

        For actions that check or make something before their transaction: asked first, a repetition is not refused
        for what its own first run changed.
        """
        if token is None:
            return None
        from sisfoh_desktop.db.tokens import find_result

        with self.reading() as session:
            earlier = find_result(session, token)
        return None if earlier is None else Answer(json.loads(earlier))

    def _attempt_once(self, token: str, fn: Callable[[Session], Result]) -> Result:
        from sisfoh_desktop.db.tokens import find_result, keep_result

        with self.transaction() as session:
            earlier = find_result(session, token)
            if earlier is not None:
                result: Result = json.loads(earlier)
                return result
            result = fn(session)
            keep_result(session, token, json.dumps(result))
            return result

    @contextmanager
    def _session(self, *, read_only: bool) -> Iterator[Session]:
        if threading.get_ident() in _forbidden_threads:
            raise RuntimeError("a transaction on the window's thread: go through Tasks")
        engine = self._engine.execution_options(read_only=True) if read_only else self._engine
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except (exc.DBAPIError, UnicodeEncodeError, OverflowError) as error:
            told: SisfohError | None = refused_value(error)
            if told is None and isinstance(error, exc.DBAPIError):
                told = unavailable(error) or schema_differs(error)
            if told is None:
                raise
            raise told from error
