"""A small synthetic office with a started kardex, for tests: a campaign, three types of forms, nine holders.

`KardexOffice` records movements in one line each; what the tests check is the program's own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import HolderKind, MovementKind, NewMovement

STARTS_ON = date(2024, 3, 1)


@dataclass
class KardexOffice:
    """The ids of what `make_office` made, and short ways to move forms; days default to the one of `now`."""

    db: Database
    actor: Actor
    now: datetime
    campaign: int
    fsu: int
    s100: int
    croquis: int
    store: int
    rector: int
    printer: int
    archive: int
    chief: int
    ana: int
    beto: int
    digi: int
    quality: int

    def wanted(
        self,
        kind: MovementKind,
        text: str | int | FormRanges,
        from_holder: int,
        to_holder: int,
        day: date | None = None,
        *,
        type_id: int = 0,
        **more: Any,
    ) -> NewMovement:
        """A movement as somebody would ask for it: `text` as typed, or a number of articles without serials.

        The type is FSU unless another is named. What the kind asks for besides (reason, document, box) is filled in
        with words of no meaning unless the test gives its own.
        """
        type_id = type_id or (self.croquis if isinstance(text, int) else self.fsu)
        values: dict[str, Any] = {"kind": kind, "type_id": type_id, "moved_on": day or self.now.date()}
        values |= {"from_holder_id": from_holder, "to_holder_id": to_holder}
        if isinstance(text, int):
            values["count"] = text
        elif isinstance(text, FormRanges):
            values["ranges"] = text
        else:
            values["ranges"] = parse_ranges(text, 5 if type_id == self.s100 else 6)
        return NewMovement(**{**values, **_MORE.get(kind, {}), **more})

    def move(
        self,
        kind: MovementKind,
        text: str | int | FormRanges,
        from_holder: int,
        to_holder: int | None = None,
        day: date | None = None,
        **more: Any,
    ) -> int:
        """Record it and give back the movement's id; in place when `to_holder` is left out."""
        from sisfoh_desktop.modules.kardex.service import moving

        to_holder = from_holder if to_holder is None else to_holder
        wanted = self.wanted(kind, text, from_holder, to_holder, day, **more)
        return moving.register_movement(self.db, actor=self.actor, now=self.now, movement=wanted)

    def receive(self, text: str | int | FormRanges, day: date | None = None, **more: Any) -> int:
        """Forms that come from the governing body into the store."""
        return self.move(MovementKind.RECEPTION, text, self.rector, self.store, day, **more)

    def hand_out(
        self, text: str | int | FormRanges, to_holder: int, day: date | None = None, **more: Any
    ) -> int:
        return self.move(MovementKind.HAND_OUT, text, self.store, to_holder, day, **more)


_MORE: dict[MovementKind, dict[str, str]] = {
    MovementKind.ANNULMENT: {"reason": "Ficha mal llenada"},
    MovementKind.DAMAGE: {"reason": "Se mojó con la lluvia"},
    MovementKind.LOSS: {"document": "Informe N° 001-2024-PRUEBA"},
    MovementKind.WRITE_OFF: {"document": "Acta N° 002-2024-PRUEBA", "reason": "Fuera de uso"},
    MovementKind.ARCHIVING: {"archive_box": "Caja 1"},
}


def make_office(
    db: Database, actor: Actor, now: datetime, name: str = "Empadronamiento 2024"
) -> KardexOffice:
    """A campaign from 1 March 2024 with its types and holders, people in force until 31 July.

    Several may lie in one base under different names.
    """
    from sisfoh_desktop.modules.kardex.tables import KardexCampaignRow, KardexFormTypeRow, KardexHolderRow

    with db.transaction() as session:
        campaign = KardexCampaignRow(
            name=name,
            starts_on=STARTS_ON,
            most_days_in_hand=15,
            most_annulled_percent=5,
            closing_document="",
        )
        session.add(campaign)
        session.flush()

        def add_type(code: str, title: str, width: int, bundle: int, minimum: int) -> int:
            row = KardexFormTypeRow(
                campaign_id=campaign.id,
                code=code,
                title=title,
                serialised=width > 0,
                number_width=width,
                prefix="",
                layout_version="",
                bundle_size=bundle,
                minimum_stock=minimum,
            )
            session.add(row)
            session.flush()
            return row.id

        def add_holder(kind: HolderKind, called: str, dni: str = "", chief_id: int | None = None) -> int:
            row = KardexHolderRow(
                kind=kind.value,
                name=called,
                dni=dni,
                valid_from=STARTS_ON if dni else None,
                valid_until=date(2024, 7, 31) if dni else None,
                document="Orden de servicio de prueba" if dni else "",
                chief_id=chief_id,
            )
            session.add(row)
            session.flush()
            return row.id

        chief = add_holder(HolderKind.CREW_CHIEF, "JEFE DE BRIGADA PRUEBA", "40000010")
        return KardexOffice(
            db=db,
            actor=actor,
            now=now,
            campaign=campaign.id,
            fsu=add_type("FSU", "Ficha Socioeconómica Única", 6, 500, 1000),
            s100=add_type("S100", "Solicitud de clasificación socioeconómica", 5, 100, 0),
            croquis=add_type("CROQUIS", "Croquis", 0, 1, 0),
            store=add_holder(HolderKind.WAREHOUSE, "Almacén ULE"),
            rector=add_holder(HolderKind.GOVERNING_BODY, "Ente rector"),
            printer=add_holder(HolderKind.PRINTER, "Imprenta"),
            archive=add_holder(HolderKind.ARCHIVE, "Archivo"),
            chief=chief,
            ana=add_holder(HolderKind.EMPADRONADOR, "EMPADRONADOR UNO PRUEBA", "40000011", chief),
            beto=add_holder(HolderKind.EMPADRONADOR, "EMPADRONADOR DOS PRUEBA", "40000012", chief),
            digi=add_holder(HolderKind.DIGITADOR, "DIGITADOR UNO PRUEBA", "40000013"),
            quality=add_holder(HolderKind.QUALITY, "CONTROL DE CALIDAD PRUEBA", "40000014"),
        )
