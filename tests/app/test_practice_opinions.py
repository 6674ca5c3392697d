"""The opinions of the practice case: asked, widened and answered on the days that the act tells."""

from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import Opinion, OpinionKind

DAY = date(2024, 3, 8)


def test_three_opinions_on_their_real_days(practice_db: Database) -> None:
    lines = expedientes.list_opinions(practice_db, 1, DAY)
    documents = {one.id: one.key for one in expedientes.load_expediente(practice_db, 1).documents}
    told = []
    for line in lines:
        answer = line.request.answer
        assert answer is not None
        told.append(
            (
                line.unit,
                line.kind,
                line.is_extension,
                line.asked_on,
                documents[line.request.document_id or 0],
                answer.on,
                documents[answer.document_id or 0],
                answer.opinion,
            )
        )
    assert told == [
        (
            "OGPPyMI",
            OpinionKind.BUDGET,
            False,
            date(2024, 2, 16),
            "memorando_0151",
            date(2024, 2, 23),
            "memorando_465",
            Opinion.FAVOURABLE,
        ),
        (
            "OGPPyMI",
            OpinionKind.BUDGET,
            True,
            date(2024, 2, 28),
            "memorando_25",
            date(2024, 2, 29),
            "memorando_541",
            Opinion.NONE,
        ),
        (
            "OGAJ",
            OpinionKind.LEGAL,
            False,
            date(2024, 2, 23),
            "memorando_465",
            date(2024, 3, 4),
            "informe_237",
            Opinion.FAVOURABLE,
        ),
    ]
    assert lines[1].parent_id == lines[0].id
    assert all(line.request.without_chain == "" for line in lines)
    assert expedientes.list_open_opinions(practice_db, DAY) == []
