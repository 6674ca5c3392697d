"""The handover of the practice office: what `resources/data/tacna-2024/handover.toml` says, left as a draft."""

from datetime import datetime

from sisfoh_desktop.app.practice_case import read_case_file
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.rules.facts import Credential, Handover, Person
from sisfoh_desktop.modules.handover.service import choices, drafts


def load_handover(db: Database, actor: Actor, now: datetime) -> int:
    """One cargo that changes hands, with the forms of the warehouse and two systems; its id."""
    row = read_case_file("handover")["handover"]
    holders = {one.name: one.id for one in choices.list_holders(db, now.date())}
    return drafts.add_handover(
        db,
        actor=actor,
        now=now,
        handover=Handover(
            leaver=Person(row["leaver_name"], row["leaver_position"], row["unit"]),
            receiver=Person(row["receiver_name"], row["receiver_position"], row["unit"]),
            handed_on=row["handed_on"],
            reason=row["reason"],
            document=row["document"],
            note=row["note"],
            holder_id=holders.get(row["holder"]),
            credentials=tuple(
                Credential(one["system"], one["account"], one["place"], one["custodian"])
                for one in row["system"]
            ),
        ),
    )
