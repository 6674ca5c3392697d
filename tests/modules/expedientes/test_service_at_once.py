"""Two people at the same opinion at the same moment: one of them is heard, on both engines."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import Opinion, OpinionAnswer, OpinionAsk, OpinionKind
from sisfoh_desktop.modules.office import service as office

TODAY = date(2024, 3, 8)


@pytest.fixture
def office_of_two(either_db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    from sisfoh_desktop.modules.office.rules import Unit

    named = {"db": either_db, "actor": actor, "now": now}
    unit = Unit("Oficina General de Planeamiento", "OGPP", valid_from=date(2024, 1, 1))
    unit_id = office.add_unit(**named, unit=unit)
    expediente_id = service.create_expediente(**named, title="Plan")
    return {**named, "unit_id": unit_id, "expediente_id": expediente_id}


def race(*jobs) -> list[Exception | None]:
    """Run the jobs at the same moment; what each raised."""
    start, came = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(number: int) -> None:
        start.wait()
        try:
            jobs[number]()
        except (RuleError, StaleRow) as error:
            came[number] = error

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_two_people_who_ask_the_same_ask_it_once(office_of_two: dict[str, Any], archive: Archive) -> None:
    named = {key: office_of_two[key] for key in ("db", "actor", "now", "expediente_id")}
    wanted = OpinionAsk(OpinionKind.BUDGET, (office_of_two["unit_id"],), "Que evalúe.", TODAY, 7)
    came = race(*[lambda: service.ask_opinions(archive=archive, **named, ask=wanted)] * 4)
    codes = [error.code for error in came if isinstance(error, RuleError)]
    assert codes == ["opinion_already_asked"] * 3
    assert len(service.list_opinions(named["db"], named["expediente_id"], TODAY)) == 1


def test_an_answer_and_a_withdrawal_at_once_leave_one_of_them(
    office_of_two: dict[str, Any], archive: Archive
) -> None:
    named = {key: office_of_two[key] for key in ("db", "actor", "now")}
    expediente_id = office_of_two["expediente_id"]
    wanted = OpinionAsk(OpinionKind.BUDGET, (office_of_two["unit_id"],), "Que evalúe.", TODAY, 7)
    (opinion_id,) = service.ask_opinions(archive=archive, **named, expediente_id=expediente_id, ask=wanted)
    given = OpinionAnswer(Opinion.FAVOURABLE, TODAY)
    which = {**named, "opinion_id": opinion_id, "expected_version": 1}
    came = race(
        lambda: service.receive_opinion(**which, answer=given),
        lambda: service.withdraw_opinion(**which, reason="ya no"),
        lambda: service.remind_opinion(**which),
    )
    assert sum(error is None for error in came) == 1
    (line,) = service.list_opinions(named["db"], expediente_id, TODAY + timedelta(days=1))
    assert line.request.version == 2
