"""The practice office after two weeks of its kardex, for pictures: something of every kind stands in it."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kardex_counts import brought, sheet
from kardex_office import KardexOffice
from signed_case import a_scan

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind, Party
from sisfoh_desktop.modules.kardex.rules.adjusting import NewAdjustment
from sisfoh_desktop.modules.kardex.service import actas, catalogue, importing, moving
from sisfoh_desktop.modules.papers import service as papers

NOW = datetime(2024, 3, 12, 9, 0, tzinfo=LIMA)
TODAY = NOW.date()
LOST = 208  # the FSU that is lost and was seen again


def file_text(first: int) -> str:
    """A sheet as offices keep them: rows that add up, rows that do not, and some that are no rows."""
    ends = [(first + 50 * number, first + 50 * number + 49) for number in range(4)]
    return f"""Kardex de formularios 2024
Fecha;Operación;Ficha;Origen;Destino;Desde;Hasta;Cant.;Documento
12/03/2024;Entrega;FSU;;ANA UNO PRÁCTICA;{ends[0][0]};{ends[0][1]};50;Acta 7
12/03/2024;Entrega;FSU;;CELIA TRES PRÁCTICA;{ends[1][0]};{ends[1][1]};50;Acta 8
12/03/2024;Entrega;FSU;;ANA UNA PRACTICA;{ends[2][0]};{ends[2][1]};50;Acta 9
12/03/2024;Uso;FSU;CELIA TRES PRÁCTICA;;{ends[0][0]};{ends[0][0] + 3};4;
31/02/2024;Entrega;FSU;;DAVID CUATRO PRÁCTICA;{ends[3][0]};{ends[3][1]};50;
TOTAL;;;;;;;204;
V°B° responsable;;;;;;;;
"""


def make_busy(base: Path) -> dict[str, int]:
    """Enter it all into the practice office at `base`; gives the ids that the scenes name."""
    db, archive = Database.open(base), Archive(base.parent / "archivo")
    office = _office(db)
    who = {"actor": office.actor, "now": NOW}
    handed = office.hand_out("201-270", office.beto, TODAY - timedelta(days=1), document="Cargo N° 1")
    office.move(MovementKind.USE, "201-206, 209-230", office.beto, day=TODAY)
    office.move(MovementKind.ANNULMENT, "207", office.beto, day=TODAY)
    loss = office.move(MovementKind.LOSS, str(LOST), office.beto, day=TODAY)
    with suppress(RuleError):  # seen again: that is the scene
        office.move(MovementKind.RETURN, str(LOST), office.beto, office.store, TODAY)
    wrong = office.hand_out("271-280", office.ana, TODAY)
    moving.reverse_movement(db, **who, movement_id=wrong, reason="Se anotó a otra persona")
    moving.propose_adjustment(
        db,
        **who,
        adjustment=NewAdjustment(
            office.fsu,
            TODAY,
            office.store,
            office.store,
            Condition.DAMAGED,
            reason="El arqueo halló un paquete mojado",
            document="Acta de arqueo N° 3",
            ranges=FormRanges.single(19_501, 20_000),
            from_condition=Condition.BLANK,
        ),
    )
    brought(
        office, sheet(*((f"{number:06d}", "", "") for number in (*range(1, 7), 8, 201, 19_999))), on=TODAY
    )  # fmt: skip
    importing.import_file(
        db,
        **who,
        campaign_id=office.campaign,
        file_name="cuaderno.csv",
        data=file_text(1001).encode(),
    )
    _signed_acta(office, archive, handed)
    db.close()
    return {"beto": office.beto, "loss": loss, "handed": handed, "lost": LOST}


def _office(db: Database) -> KardexOffice:
    [campaign] = catalogue.list_campaigns(db)
    types = {one.code: one.id for one in catalogue.list_types(db, campaign.id)}
    holders = {one.name: one.id for one in catalogue.list_holders(db)}
    named = {
        name: next(id_ for full, id_ in holders.items() if full.startswith(start))
        for name, start in _STARTS.items()
    }
    return KardexOffice(
        db, Actor("práctica", "ULE"), NOW, campaign.id, types["FSU"], types["S100"], types["CROQUIS"], **named
    )


def _signed_acta(office: KardexOffice, archive: Archive, movement_id: int) -> None:
    """The acta of a hand-out with both signatures, and another that waits for its own."""
    db, who = office.db, {"actor": office.actor, "now": NOW}
    title, mask = actas.series_proposal(db)
    actas.create_acta_series(db, **who, title=title, mask=mask)
    for kind, movements, signed in (
        (ActaKind.DELIVERY, (movement_id,), True),
        (ActaKind.RECEPTION, (1,), False),
    ):
        draft = actas.proposed_draft(
            db, kind=kind, campaign_id=office.campaign, today=TODAY, movement_ids=movements
        )
        gives = _named(draft.gives, "ROSA REPRESENTANTE PRÁCTICA", "40000141")
        receives = _named(draft.receives, "JULIA JEFA PRÁCTICA", "40000101")
        acta_id = actas.freeze_acta(db, archive, **who, draft=replace(draft, gives=gives, receives=receives))
        while signed:
            paper = actas.load_acta_paper(db, acta_id)
            slot = next((one for one in paper.signers if one.signed_at is None), None)
            if slot is None:
                break
            papers.record_ink_signature(
                db,
                archive,
                **who,
                paper_id=paper.id,
                signer_id=slot.id,
                expected_version=paper.version,
                signed_on=TODAY,
                pages="todas",
                scan=a_scan(),
            )


def _named(party: Party, name: str, dni: str) -> Party:
    """Whoever the office does not know yet is somebody of the practice."""
    return Party(party.name or name, party.dni or dni, party.position or "Responsable")


_STARTS = {
    "store": "Almacén",
    "rector": "Ente rector",
    "printer": "Imprenta",
    "archive": "Archivo",
    "chief": "JULIA",
    "ana": "ANA",
    "beto": "BETO",
    "digi": "DORIS",
    "quality": "CARLOS",
}
