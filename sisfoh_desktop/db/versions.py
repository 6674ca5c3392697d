"""Two people, one record: every change names the version that was seen, and only one of them gets through."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import StaleRow


def update_version(
    session: Session, row_class: Any, row_id: int, expected_version: int, values: Mapping[str, Any]
) -> int:
    """Write `values` into the row if it still has `expected_version`; its new version, or StaleRow.

    The row stays locked until the commit, so that what is read after this cannot change any more. `row_class` has
    the columns `id` and `version`.
    """
    updated = session.execute(
        update(row_class)
        .where(row_class.id == row_id, row_class.version == expected_version)
        .values(**values, version=expected_version + 1)
        .returning(row_class.id)
    ).all()
    check_updated(len(updated))
    return expected_version + 1


def check_updated(rowcount: int) -> None:
    """Raise StaleRow unless exactly one row carried the expected version."""
    if rowcount != 1:
        raise StaleRow(
            "Otra persona cambió este registro mientras usted lo editaba; lo guardado por ella se conserva y "
            "lo suyo no se aplicó. Actualice con F5 y vuelva a hacer su cambio."
        )
