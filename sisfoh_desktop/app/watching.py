"""Looks every few seconds at what colleagues saved, and tells the pages; tells also who has which record open.

Only the head of the trail is asked, and now and then compared with what this PC remembers of it; own changes are not
told twice. While the base is away the status line says so, and it is asked again, more and more rarely, until it is
back. What a page does with the news: `qtkit.page_stack`.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.page import Desk

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.db.presence import Present
    from sisfoh_desktop.db.watching import HeadSeen, Look

log = logging.getLogger(__name__)

EVERY_SECONDS = 5
_WAITS = (5, 10, 20, 30)  # seconds until the next look while the base is away
_SIGN_OF_LIFE = 6  # looks between two signs of life of an open record
_BEHIND = 6  # looks that a window in the background lets pass
CLOCK_BACK = timedelta(minutes=10)

AREAS: dict[str, frozenset[str]] = {
    prefix: frozenset(areas.split())
    for prefix, areas in {
        "expediente": "expedientes",
        "plan": "plans",
        "matrix": "responsibilities",
        "resolucion": "resoluciones",
        "notification": "resoluciones",
        "publication": "resoluciones",
        "remission": "resoluciones",
        "act_model": "act_models",
        "paper": "papers",
        "number": "papers",
        "series": "papers",
        "kardex": "kardex",
        "poi": "poi",
        "office": "office",
        "user": "people",
        "access_review": "people",
        "backup": "safekeeping",
        "base": "safekeeping",
        "privacy": "safekeeping",
        "incident": "safekeeping",
        "handover": "handover",
    }.items()
}
"""The areas of `Tasks.changed` by what an action of the trail begins with; what is not here changes no page."""
QUIET = frozenset({"session", "print", "export", "personal", "ledger", "audit"})
EVERYTHING = frozenset().union(*AREAS.values())
AWAY = "■ Sin conexión con la base: se reintenta sola"
AWAY_TOLD = (
    "Lo ya guardado está completo y lo escrito sigue en la pantalla; guarde cuando vuelva la conexión."
)


def areas_of(actions: Iterable[str]) -> set[str]:
    """The areas that these actions of the trail change."""
    found: set[str] = set()
    for action in actions:
        kind = action.partition(".")[0]
        found |= AREAS.get(kind) or AREAS.get(kind.partition("_")[0], frozenset())
    return found


class Watch(QObject):
    """The watch of one window: `follow` a desk, `leave` it. The `Neighbours` of that desk."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        self._head: HeadSeen | None = None
        self._asking = False
        self._witnessed = 0  # entries of the trail when it was last compared with what this PC remembers
        self._missed = 0  # looks that failed one after the other
        self._looks = 0
        self._noted = False  # whether a record was told to be open here
        self._key = str(uuid.uuid4())
        self._records: dict[str, dict[int, Callable[[str], object]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    @property
    def is_away(self) -> bool:
        """Whether the base did not answer the last time."""
        return self._missed > 0

    def follow(self, desk: Desk | None) -> None:
        """Watch this desk's base from now on; None for none."""
        self.leave()
        self._desk = desk
        if desk is not None:
            desk.neighbours = self
            self.look_now()

    def leave(self) -> None:
        """Watch no longer; what was open here is open no more."""
        desk, self._desk = self._desk, None
        noted, self._noted = self._noted, False
        self._timer.stop()
        self._head, self._missed, self._looks, self._witnessed = None, 0, 0, 0
        self._records.clear()
        self._window.status_line.show_link("")
        if desk is not None and noted:
            desk.tasks.run_query(
                partial(_drop, desk, self._key, None), lambda _none: None, on_error=_let_go, owner=self
            )

    def look_now(self) -> None:
        """Ask what others saved since the last time."""
        desk = self._desk
        if desk is None or self._asking:
            return
        self._asking = True
        self._looks += 1
        sign = self._looks % _SIGN_OF_LIFE == 0
        desk.tasks.run_query(
            partial(
                _look, desk, self._head, self._key, tuple(self._records), sign=sign, witnessed=self._witnessed
            ),
            partial(self._on_seen, desk),
            on_error=partial(self._on_missed, desk),
            owner=self,
            on_end=self._on_end,
        )

    # -- for the record dialogs (qtkit.page.Neighbours) ------------------------------------------------

    def enter(self, subject: str, window: QObject, tell: Callable[[str], object]) -> None:
        if self._desk is None:
            return
        self._records.setdefault(subject, {})[id(window)] = tell
        self._noted = True
        desk = self._desk
        desk.tasks.run_query(
            partial(_note, desk, self._key, subject),
            lambda found: self._tell(desk, {subject: found}),
            on_error=_let_go,
            owner=self,
        )

    def leave_record(self, subject: str, window: QObject) -> None:
        told = self._records.get(subject, {})
        told.pop(id(window), None)
        if not told and self._records.pop(subject, None) is not None and self._desk is not None:
            self._desk.tasks.run_query(
                partial(_drop, self._desk, self._key, subject),
                lambda _none: None,
                on_error=_let_go,
                owner=self,
            )

    def last_to_change(self, subject: str) -> str:
        from sisfoh_desktop.db.watching import last_change

        found = last_change(self._desk.db, subject) if self._desk is not None else None
        return f"{found[0]} ({found[1]:%H:%M})" if found is not None else ""

    # -- inside ----------------------------------------------------------------------------------------

    def _on_time(self) -> None:
        app = QApplication.instance()
        active = isinstance(app, QApplication) and app.activeWindow() is not None
        if active or self._looks % _BEHIND == 0:
            self.look_now()
        else:
            self._looks += 1
            self._wait()

    def _wait(self) -> None:
        if self._desk is not None:
            wait = _WAITS[min(self._missed, len(_WAITS) - 1)] if self._missed else EVERY_SECONDS
            self._timer.start(wait * 1000)

    def _on_end(self) -> None:
        self._asking = False
        self._wait()

    def _on_seen(self, desk: Desk, seen: "_Seen") -> None:
        if desk is not self._desk:
            return
        look, present = seen.look, seen.present
        first, back = self._head is None, self._missed > 0
        self._head, self._missed = look.head, 0
        if first:
            self._check_clock(desk)
        if first or seen.compared:
            self._witnessed = look.head.entries
        if seen.told:
            self._window.tell(seen.told)
        if back:
            self._window.status_line.show_link("")
        areas = set(EVERYTHING) if look.all_changed or (back and not first) else areas_of(look.actions)
        if areas:
            desk.tasks.tell_changed_elsewhere(areas)
        held = self._window.stack.catch_up()
        if not back:
            self._window.status_line.show_link(
                "▲ Hay cambios de otra persona" if held else "",
                "Se mostrarán cuando guarde o descarte lo que está escribiendo, o con F5.",
                tone="warn",
            )
        self._tell(desk, present)

    def _on_missed(self, desk: Desk, error: SisfohError) -> None:
        if desk is not self._desk:
            return
        self._missed += 1
        log.info("the base did not answer: %s", type(error).__name__)
        self._window.status_line.show_link(AWAY, f"{error.sentence}\n{AWAY_TOLD}", tone="danger")

    def _check_clock(self, desk: Desk) -> None:
        """A clock that goes behind the last entry dates papers and counts terms wrongly."""
        assert self._head is not None
        now, last = desk.clock.now(), self._head.at
        if last is None or desk.practice or now >= last - CLOCK_BACK:
            return
        self._window.tell(
            f"El reloj de este equipo marca {format_date(now.date())} {now:%H:%M}, antes de lo último que se guardó "
            f"en esta base ({format_date(last.date())} {last:%H:%M}). No se cambió nada. Corrija la fecha y la hora "
            "del equipo antes de seguir: con ellas se cuentan los plazos y se fechan los papeles."
        )

    def _tell(self, desk: Desk, present: "dict[str, list[Present]]") -> None:
        if desk is not self._desk:
            return
        for subject, others in present.items():
            words = "; ".join(
                f"{one.user}{f' ({one.place})' if one.place else ''} desde las {one.since:%H:%M}"
                for one in others
            )
            for tell in list(self._records.get(subject, {}).values()):
                tell(words)


@dataclass(frozen=True)
class _Seen:
    """What a look brings: what others saved, who else has the open records open, and, where the trail was `compared`
    with what this PC remembers, what is to be told of it."""

    look: "Look"
    present: "dict[str, list[Present]]"
    compared: bool = False
    told: str = ""


def _look(
    desk: Desk,
    since: "HeadSeen | None",
    key: str,
    subjects: tuple[str, ...],
    *,
    sign: bool,
    witnessed: int,
) -> _Seen:
    """On the worker."""
    from sisfoh_desktop.db.head_watch import ENTRIES_BETWEEN, look_at_head
    from sisfoh_desktop.db.watching import look

    seen = look(desk.db, since)
    present = _present(desk, key, subjects, sign=sign)
    grown = seen.head.entries - witnessed
    if since is None or desk.practice or 0 <= grown < ENTRIES_BETWEEN:
        return _Seen(seen, present)
    told = look_at_head(desk.db, actor=desk.actor, now=desk.clock.now())
    return _Seen(seen, present, True, told)


def _present(desk: Desk, key: str, subjects: tuple[str, ...], *, sign: bool) -> "dict[str, list[Present]]":
    if not subjects:
        return {}
    from sisfoh_desktop.db.presence import list_present
    from sisfoh_desktop.db.watching import base_now

    if sign:
        return {subject: _note(desk, key, subject) for subject in subjects}
    with desk.db.reading() as session:
        now = base_now(session)
        return {
            subject: list_present(session, subject=subject, window_key=key, now=now) for subject in subjects
        }


def _note(desk: Desk, key: str, subject: str) -> "list[Present]":
    from sisfoh_desktop.db.presence import list_present, note_presence
    from sisfoh_desktop.db.watching import base_now

    with desk.db.transaction() as session:
        now = base_now(session)
        actor = desk.actor
        note_presence(session, subject=subject, window_key=key, user=actor.user, place=actor.office, now=now)
        return list_present(session, subject=subject, window_key=key, now=now)


def _drop(desk: Desk, key: str, subject: str | None) -> None:
    from sisfoh_desktop.db.presence import drop_presence

    with desk.db.transaction() as session:
        drop_presence(session, window_key=key, subject=subject)


def _let_go(error: SisfohError) -> None:
    """Presence is a hint: that it could not be told hinders nobody."""
    log.info("presence not told: %s", type(error).__name__)
