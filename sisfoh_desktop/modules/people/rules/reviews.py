"""The half-yearly review of accesses: what it must decide about, when it is due, how its record lies in the base.

DS 016-2024-JUS, article 46.1: privileges are reviewed at least every six months.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.document_numbers import proposed_mask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text, counted, enumerated
from sisfoh_desktop.modules.people.rules.facts import AccessReview, Decision, ReviewLine, User, UserState

SERIES = "access_review"
PAPER_KIND = "access_review"
MONTHS_BETWEEN = 6
LONGEST_NOTE, LONGEST_LINE_NOTE = 1000, 300


def lines_of(users: Iterable[User]) -> tuple[ReviewLine, ...]:
    """Everybody who has not left, to be decided about; the proposal is that they keep their access."""
    return tuple(
        ReviewLine(
            user.id,
            user.login,
            user.name,
            user.office,
            user.position,
            user.roles,
            user.state,
            user.valid_to,
            user.last_login_at,
        )
        for user in users
        if user.state is not UserState.LEFT
    )


def checked_lines(lines: Sequence[ReviewLine], users: Iterable[User]) -> tuple[ReviewLine, ...]:
    """The lines with the users as they are now; RuleError `review_outdated`, `review_note_missing`, `text_...`."""
    found = {line.user_id: line for line in lines}
    now = lines_of(users)
    seen = {user_id: (line.roles, line.state, line.valid_to) for user_id, line in found.items()}
    if seen != {line.user_id: (line.roles, line.state, line.valid_to) for line in now}:
        raise RuleError(
            "review_outdated",
            "Los usuarios o sus roles cambiaron mientras los revisaba; no se registró la revisión. Actualice con F5 "
            "y revise otra vez las líneas que cambiaron.",
        )
    return tuple(_checked_line(line, found[line.user_id]) for line in now)


def clean_note(note: str) -> str:
    """What is said of the whole review; RuleError as in `clean_text`."""
    return clean_text(note, what="la observación", limit=LONGEST_NOTE)


def due_on(last: datetime | None, first_password: datetime | None) -> date | None:
    """By when the next review falls due: six months after the last one, or after the first user got a password."""
    since = last or first_password
    return None if since is None else months_later(since.astimezone(LIMA).date(), MONTHS_BETWEEN)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def undone_changes(review: AccessReview | None, users: Iterable[User]) -> list[ReviewLine]:
    """Users whose roles the review wanted changed and who still have those it found."""
    now = {user.id: user for user in users if user.state is not UserState.LEFT}
    return [
        line
        for line in (review.lines if review else ())
        if line.decision is Decision.CHANGE and line.user_id in now and now[line.user_id].roles == line.roles
    ]


def outcome_words(review: AccessReview) -> str:
    """«Se mantienen 5 accesos, se cambian los roles de 1 y se cesa a 1»: what the record says of the whole."""
    keep, change, end = (review.count(one) for one in (Decision.KEEP, Decision.CHANGE, Decision.END))
    parts = [
        f"se mantiene {counted(keep, 'acceso', 'accesos')}"
        if keep == 1
        else f"se mantienen {counted(keep, 'acceso', 'accesos')}"
        if keep
        else "",
        f"se decide cambiar los roles de {counted(change, 'usuario', 'usuarios')}" if change else "",
        f"se cesa a {counted(end, 'usuario', 'usuarios')}" if end else "",
    ]
    told = enumerated([part for part in parts if part])
    return f"{told[:1].upper()}{told[1:]}."


def series_proposal(entity_siglas: str, unit_siglas: str) -> tuple[str, str]:
    """Title and mask proposed for the series of these records: `{n:03d}-{year}-ULE/MPT`."""
    return "Revisiones de accesos", proposed_mask(unit_siglas, entity_siglas)


def kept_lines(lines: Iterable[ReviewLine]) -> str:
    """The lines as JSON, to be kept."""
    return json.dumps(
        [
            {
                "user_id": line.user_id,
                "login": line.login,
                "name": line.name,
                "office": line.office,
                "position": line.position,
                "roles": list(line.roles),
                "state": line.state.value,
                "valid_to": line.valid_to.isoformat() if line.valid_to else None,
                "last_login_at": line.last_login_at.isoformat() if line.last_login_at else None,
                "decision": line.decision.value,
                "note": line.note,
            }
            for line in lines
        ],
        ensure_ascii=False,
        sort_keys=True,
    )


def read_lines(kept: str) -> tuple[ReviewLine, ...]:
    """The lines out of what was kept."""
    return tuple(
        ReviewLine(
            user_id=one["user_id"],
            login=one["login"],
            name=one["name"],
            office=one["office"],
            position=one["position"],
            roles=tuple(one["roles"]),
            state=UserState(one["state"]),
            valid_to=date.fromisoformat(one["valid_to"]) if one["valid_to"] else None,
            last_login_at=datetime.fromisoformat(one["last_login_at"]) if one["last_login_at"] else None,
            decision=Decision(one["decision"]),
            note=one["note"],
        )
        for one in json.loads(kept)
    )


def _checked_line(line: ReviewLine, asked: ReviewLine) -> ReviewLine:
    note = clean_text(asked.note, what=f"la observación sobre {line.name}", limit=LONGEST_LINE_NOTE)
    if asked.decision is not Decision.KEEP and not note:
        raise RuleError(
            "review_note_missing",
            f"Falta decir por qué o qué se cambia en el acceso de {line.name}; no se registró la revisión. Escríbalo "
            "en su observación.",
        )
    return replace(line, decision=asked.decision, note=note)
