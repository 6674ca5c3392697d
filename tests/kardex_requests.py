"""Movements as the rules of the kardex are asked about them, with facts that no base is needed for."""

from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import (
    Campaign,
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
    NewMovement,
)
from sisfoh_desktop.modules.kardex.rules.moving import Request

C, H, K = Condition, HolderKind, MovementKind
TODAY = date(2024, 3, 8)
CAMPAIGN = Campaign("Empadronamiento 2024", date(2024, 3, 1), date(2024, 7, 31), id=1)
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1)
CROQUIS = FormType(1, "CROQUIS", "Croquis", serialised=False, number_width=0, id=2)
HOLDERS = {kind: Holder(kind, f"{kind.label} de prueba", id=at) for at, kind in enumerate(H, start=1)}
BETO = Holder(H.EMPADRONADOR, "EMPADRONADOR DOS PRUEBA", id=20)
NAMES = {holder.id: holder.name for holder in (*HOLDERS.values(), BETO)}
PAPERS = {"document": "Informe N° 001", "reason": "Motivo", "archive_box": "Caja 1"}


def request_of(kind, source, target, *, form_type=FSU, campaign=CAMPAIGN, **changes):
    source, target = HOLDERS.get(source, source), HOLDERS.get(target, target)
    values = {"kind": kind, "type_id": form_type.id, "moved_on": TODAY}
    values |= {"from_holder_id": source.id, "to_holder_id": target.id, **PAPERS}
    if form_type.serialised:
        values["ranges"] = FormRanges.single(1, 10)
    else:
        values["count"] = 10
    if kind is K.ADJUSTMENT:
        values["to_condition"] = C.USED
    return Request(NewMovement(**{**values, **changes}), campaign, form_type, source, target)


def refusal(call, *args, **named):
    with pytest.raises(RuleError) as refused:
        call(*args, **named)
    assert refused.value.sentence.endswith("no se registró nada.")
    return refused.value.code, refused.value.sentence


def hand_out(**changes):
    return request_of(K.HAND_OUT, H.WAREHOUSE, H.EMPADRONADOR, **changes)
