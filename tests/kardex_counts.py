"""Counts and files of digitised numbers over the small office, for tests of the cuadre."""

import io
from datetime import date

from kardex_office import KardexOffice
from openpyxl import Workbook

from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import Found, NewCount
from sisfoh_desktop.modules.kardex.rules.cuadre import Cuadre
from sisfoh_desktop.modules.kardex.rules.digitised import CountImport
from sisfoh_desktop.modules.kardex.service import counting

TODAY = date(2024, 3, 8)
ANA, BETO = "EMPADRONADOR UNO PRUEBA", "EMPADRONADOR DOS PRUEBA"


def sheet(
    *rows: tuple[object, ...], heads: tuple[str, ...] = ("N° de ficha", "Fecha", "Empadronador")
) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(office: KardexOffice, data: bytes, *, on: date = TODAY, **more: object) -> CountImport:
    values = {"file_name": "digitado.xlsx", **more}
    return counting.import_digitised(
        office.db, actor=office.actor, now=office.now, type_id=office.fsu, data=data, counted_on=on, **values
    )


def counted(
    office: KardexOffice,
    holder: int,
    text: str,
    on: date = TODAY,
    replaces_id: int | None = None,
    **more: str,
) -> int:
    found = [Found(Condition.BLANK, parse_ranges(text, 6) if text else FormRanges())]
    found += [Found(Condition[name], parse_ranges(said, 6)) for name, said in more.items()]
    count = NewCount(office.fsu, holder, on, "Acta de arqueo 1", tuple(found), replaces_id)
    return counting.record_count(office.db, actor=office.actor, now=office.now, count=count)


def cuadre(office: KardexOffice, today: date = TODAY, **more: object) -> Cuadre:
    return counting.cuadre(office.db, campaign_id=office.campaign, today=today, **more)


def told(answer: Cuadre) -> list[tuple[str, str]]:
    return [(one.code, one.ranges_text) for one in answer.differences]


def worked_office(office: KardexOffice) -> KardexOffice:
    """1-500 received on the 1st, 1-20 with Ana from the 4th; on the 5th she used 1-10, annulled 11, lost 12."""
    office.receive("1-500", date(2024, 3, 1))
    office.hand_out("1-20", office.ana, date(2024, 3, 4))
    office.move(MovementKind.USE, "1-10", office.ana, day=date(2024, 3, 5))
    office.move(MovementKind.ANNULMENT, "11", office.ana, day=date(2024, 3, 5))
    office.move(MovementKind.LOSS, "12", office.ana, day=date(2024, 3, 5))
    return office


def explain(office: KardexOffice, text: str, document: str = "") -> None:
    """Explain the only difference that there is."""
    [difference] = cuadre(office).differences
    counting.explain_difference(
        office.db,
        actor=office.actor,
        now=office.now,
        campaign_id=office.campaign,
        difference=difference,
        text=text,
        document=document,
    )
