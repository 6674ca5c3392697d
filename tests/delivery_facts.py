"""An act, its calendar and its notifications, for tests of what follows a signature without a base."""

from dataclasses import replace
from datetime import date, datetime

from delivery_steps import at
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    Notification,
    NotificationState,
    Outcome,
    Recipient,
)

CALENDAR = office.shipped_calendar()
FILE = Attachment("0" * 64, "cargo.png", 10, 1)
ISSUED = date(2024, 3, 8)
NOW = datetime(2024, 3, 29, 18, 0, tzinfo=LIMA)
days = st.dates(date(2019, 1, 26), date(2032, 12, 31))


def notification(state=NotificationState.PENDING, **changes):
    outcome = None
    if state is not NotificationState.PENDING:
        outcome = Outcome(state, "personal", at(date(2024, 3, 11)), "ROSA PRUEBA", note="Nota.")
    return replace(Notification(1, 1, Recipient("Ana"), "personal", 1, state, 4, outcome=outcome), **changes)
