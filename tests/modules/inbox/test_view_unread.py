"""Mi bandeja when it could not be read: it never says that nothing is due."""

import pytest

from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.modules.inbox import service
from sisfoh_desktop.modules.inbox.view import InboxPage
from sisfoh_desktop.qtkit import crash_dialog, messages


@pytest.mark.parametrize("error", [ValueError("fecha"), DatabaseUnavailable("La base no responde.")])
def test_a_tray_that_did_not_come_is_not_all_done(practice_desk, qtbot, monkeypatch, error):
    told: list[object] = []
    monkeypatch.setattr(crash_dialog, "report_crash", lambda error, *_rest: told.append(error))
    monkeypatch.setattr(messages, "show_error", lambda *_said: told.append(error))

    def fails(*_args, **_more):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(service, "load_tray", fails)
        page = InboxPage(practice_desk)
        qtbot.addWidget(page)
        assert page.next_step() is None, "while it is fetched"
        practice_desk.tasks.wait_idle()
    assert told == [error]
    step = page.next_step()
    assert step.title == "No se pudo leer la bandeja"
    assert page.counters()[0].text() == "Todo"
    step.run()
    practice_desk.tasks.wait_idle()
    assert page.next_step().title != step.title
    assert page.counters()[0].text() == "Todo  3"
