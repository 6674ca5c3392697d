"""A week of work over the small office, for tests of what the kardex answers."""

from datetime import date

from kardex_office import KardexOffice

from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import reading

DAY = date(2024, 3, 4)
LATER = date(2024, 3, 6)
TODAY = date(2024, 3, 8)
KIND = MovementKind


def week_of_work(made: KardexOffice) -> KardexOffice:
    """100 forms to Ana, 50 to Beto, and what became of them in a week."""
    made.receive("000001-002000", DAY, document="Acta N° 001-2024-PRUEBA")
    made.hand_out("000001-000100", made.ana, DAY)
    made.hand_out("000201-000250", made.beto, LATER)
    made.move(KIND.USE, "000001-000040", made.ana, day=LATER)
    made.move(KIND.ANNULMENT, "000041", made.ana, day=LATER, reason="Dañada por la lluvia")
    made.move(KIND.LOSS, "000042-000043", made.ana, day=LATER, document="Informe N° 007-2024")
    made.move(KIND.DAMAGE, "000044", made.ana, day=LATER)
    made.move(KIND.RETURN, "000091-000100", made.ana, made.store, LATER)
    made.move(KIND.TRANSFER, "000081-000090", made.ana, made.beto, LATER)
    made.move(KIND.ANNULMENT, "000001", made.ana, day=LATER)
    return made


def id_of(office: KardexOffice, number: int) -> int:
    page = reading.register_page(office.db, campaign_id=office.campaign)
    return next(line.id for line in page.lines if line.number == number)
