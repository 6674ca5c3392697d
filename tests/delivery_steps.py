"""Steps after a signature, as tests of both databases take them: prepare, record, send, publish, look."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.resoluciones.rules.delivery import Outcome, PublicationEntry, Recipient, Sending
from sisfoh_desktop.modules.resoluciones.service import delivery

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def open_either(request, template_base, tmp_path) -> Iterator[Database]:
    """An empty base of the kind that the parameter names."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgres_db")
        return
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    database = Database.open(path)
    yield database
    database.close()


def at(day, hour=10, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=LIMA)


def prepare(case, act, *names, channel="personal", now=None):
    recipients = [Recipient(name) for name in names] or [
        one.recipient for one in delivery.propose_recipients(case.db, act) if one.chosen
    ]
    desk = case.desk | ({"now": now} if now else {})
    return delivery.prepare_notifications(**desk, resolucion_id=act, recipients=recipients, channel=channel)


def outcome(case, archive, notification_id, state, *, on=date(2024, 3, 11), version=1, file=None, **more):
    told = {"receiver": "ROSA PRUEBA", "note": "Constancia."} | more
    channel = told.pop("channel", "personal")
    moment = told.pop("moment", at(on))
    return delivery.record_outcome(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=at(date(2024, 3, 29)),
        notification_id=notification_id,
        expected_version=version,
        outcome=Outcome(state, channel, moment, **told),
        file=file,
    )


def view(case, act, today=date(2024, 3, 11)):
    return delivery.view_delivery(case.db, act, today)


def trail(db, subject):
    with db.reading() as session:
        rows = session.execute(
            text('SELECT action, "before", "after", reason FROM audit_entry WHERE subject = :s ORDER BY id'),
            {"s": subject},
        )
        return [
            (action, json.loads(before or "null"), json.loads(after or "null"), reason)
            for action, before, after, reason in rows
        ]


def send(case, act, archive, scan, on, now=None, **more):
    return delivery.record_sending(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=now or at(on, 17),
        resolucion_id=act,
        sending=Sending("015-2024-GM/MPP", on, "Mesa de partes virtual", "E-2024-77"),
        file=scan,
        **more,
    )


def freeze(case, act, archive, **changes):
    letter = delivery.first_letter(case.db, act, case.desk["now"].date())
    return delivery.freeze_letter(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=act,
        letter=replace(letter, **changes),
    )


def publish(case, act, archive, file, capture, **changes):
    entry = {
        "url": "www.prueba.gob.pe/091.pdf",
        "published_on": date(2024, 3, 11),
        "published_by": "EVA PRUEBA",
        "unit_id": case.units["OGAJ"],
    } | changes
    return delivery.record_publication(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=at(date(2024, 3, 11), 18),
        resolucion_id=act,
        entry=PublicationEntry(**entry),
        file=file,
        capture=capture,
    )
