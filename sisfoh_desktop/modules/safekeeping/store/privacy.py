"""Reads and writes of the one row that describes the bank of personal data."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from sisfoh_desktop.db.versions import check_updated, update_version
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.tables import DataBankRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ROW = 1


def load_bank(session: "Session") -> DataBank:
    """The description; an empty one of version 0 while nobody saved it."""
    row = session.get(DataBankRow, _ROW, populate_existing=True)
    if row is None:
        return DataBank()
    return DataBank(
        name=row.name,
        registration=row.registration,
        officer_name=row.officer_name,
        officer_contact=row.officer_contact,
        purposes=row.purposes,
        recipients=row.recipients,
        measures=row.measures,
        version=row.version,
    )


def save_bank(session: "Session", bank: DataBank, expected_version: int) -> None:
    """StaleRow unless the stored one still has `expected_version` (0: there is none yet)."""
    values = {key: value for key, value in asdict(bank).items() if key != "version"}
    if expected_version:
        update_version(session, DataBankRow, _ROW, expected_version, values)
        return
    check_updated(int(session.get(DataBankRow, _ROW) is None))
    session.add(DataBankRow(id=_ROW, version=1, **values))
    session.flush()
