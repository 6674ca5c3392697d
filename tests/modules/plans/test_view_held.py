"""A plan that a frozen act holds: what the page says of it."""

import pytest

from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.view import PlansPage


@pytest.mark.usefixtures("municipality")
def test_a_plan_that_an_act_froze_is_told_so_and_not_as_a_draft(desk, sound_plan, qtbot) -> None:
    who = {"actor": desk.actor, "now": desk.clock.now()}
    plan_id = service.create_plan(desk.db, **who, plan=sound_plan)
    with desk.db.transaction() as session:
        service.hold_plan_in(session, **who, plan_id=plan_id, held_by="091-2024-GM/MPT")
    page = PlansPage(desk)
    qtbot.addWidget(page)
    page.show()
    desk.tasks.wait_idle()
    assert page.list.as_seen()[1][0][-1] == "Congelado"
    page.open_plan(plan_id)
    desk.tasks.wait_idle()
    assert page.record.chip.word == "Congelado"
    assert page.record.check_label.text().startswith("Congelado en la 091-2024-GM/MPT.")
