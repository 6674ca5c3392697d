"""The chain of an expediente, the words of an office and the draft made of them: acts for tests without a base."""

from datetime import date, datetime

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.expedientes.rules import Document, DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import (
    BlockKind,
    DraftSource,
    Headings,
    Origin,
    Resolucion,
    SourceText,
    State,
)

TODAY = date(2024, 3, 8)
LEGAL = Party("Oficina General de Asesoría Jurídica", "OGAJ", 3)
PLANNING = Party("Oficina General de Planeamiento", "OGPP", 4)


def document(number: int, **changes) -> Document:
    values = {
        "kind": DocumentKind.MEMORANDO,
        "number_text": f"{number}-2024-OGPP/MPT",
        "on": date(2024, 2, number),
        "sender": PLANNING,
        "receiver": LEGAL,
        "subject": "Plan de Trabajo",
        "says": (f"dice lo del {number}.",),
        **changes,
    }
    return Document(
        number, 1, f"memo_{number}", DocumentEntry(**values), datetime(2024, 3, 8, tzinfo=LIMA), "prueba"
    )


SOURCE = DraftSource(
    matter="aprobación del Plan “{plan.title}”",
    texts=(
        SourceText(BlockKind.CONSIDERANDO, "Que, la {norm.lom}.", Origin.LEGAL_BASE),
        SourceText(BlockKind.CONSIDERANDO, "Que, el objeto del Plan.", Origin.PLAN),
        SourceText(BlockKind.ESTANDO, "Estando a lo expuesto;"),
        SourceText(BlockKind.ARTICLE, "APROBAR el Plan.", table=rules.TABLE_CHAIN),
        SourceText(BlockKind.ARTICLE, "ENCARGAR lo demás."),
    ),
    copies=("Archivo", "GM."),
)


def resolucion(**changes) -> Resolucion:
    blocks = rules.draft_blocks(SOURCE, [document(1)], ())
    values = {
        "id": 1,
        "expediente_id": 1,
        "plan_id": 1,
        "series_id": 1,
        "matter": SOURCE.matter,
        "headings": Headings(),
        "dated": TODAY,
        "with_annex": True,
        "state": State.DRAFT,
        "paper_id": None,
        "number_text": "",
        "draft_round": 1,
        "version": 1,
        "blocks": blocks,
        **changes,
    }
    return Resolucion(**values)
