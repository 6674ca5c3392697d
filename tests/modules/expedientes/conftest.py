"""An office with three units, what every change of an expediente is called with, and its page on show."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    DocumentKind,
    OpinionAsk,
    OpinionKind,
    Party,
)
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit


@dataclass(frozen=True)
class Units:
    """Ids of the office's units."""

    ule: int
    planning: int
    legal: int


@pytest.fixture
def means(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"db": db, "actor": actor, "now": now}


@pytest.fixture
def units(means: dict[str, Any]) -> Units:
    def add(siglas: str, name: str) -> int:
        return office.add_unit(**means, unit=Unit(name, siglas, valid_from=date(2024, 1, 1)))

    return Units(
        add("ULE", "Unidad Local de Empadronamiento"),
        add("OGPP", "Oficina General de Planeamiento"),
        add("OGAJ", "Oficina General de Asesoría Jurídica"),
    )


@pytest.fixture
def expediente_id(means: dict[str, Any]) -> int:
    return service.create_expediente(
        **means, title="Plan de empadronamiento", code="EXP-1", opened_on=date(2024, 2, 13)
    )


@pytest.fixture
def informe(units: Units) -> DocumentEntry:
    return DocumentEntry(
        kind=DocumentKind.INFORME,
        number_text="021-2024/SISFOH/MPT",
        on=date(2024, 2, 13),
        sender=Party(unit_id=units.ule, person="María Ejemplo"),
        receiver=Party(unit_id=units.planning),
        subject="Remite el plan",
        says=("remite el plan.", "Pide su aprobación."),
        folios=12,
    )


@pytest.fixture
def with_informe(means: dict[str, Any], expediente_id: int, informe: DocumentEntry) -> int:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    return expediente_id


@pytest.fixture
def asked(means, archive, expediente_id, informe: DocumentEntry, units) -> int:
    """An expediente whose informe asks a budget opinion of planning, which is late; gives the request's id."""
    entry = replace(informe, asks_reply=True)
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=entry)
    wanted = OpinionAsk(
        OpinionKind.BUDGET, (units.planning,), "Que evalúe el plan.", date(2024, 2, 16), 7, document_id
    )
    (opinion_id,) = service.ask_opinions(archive=archive, **means, expediente_id=expediente_id, ask=wanted)
    return opinion_id


@pytest.fixture
def opened(desk, qtbot):
    """A page on show; the page reloads itself after changes as the window makes it do."""
    from sisfoh_desktop.modules.expedientes.view import ExpedientesPage

    def show(expediente_id: int = 0) -> ExpedientesPage:
        made = ExpedientesPage(desk)
        qtbot.addWidget(made)
        desk.tasks.changed.connect(lambda names: made.reload() if names & made.touches else None)
        made.resize(880, 660)
        made.show()
        desk.tasks.wait_idle()
        if expediente_id:
            made.show_record("expedientes", expediente_id)
            desk.tasks.wait_idle()
        return made

    return show


@pytest.fixture
def answering(monkeypatch, desk):
    """Each dialog of an opinion that is opened is filled by the given function, submitted, and awaited."""
    from expedientes_screen import settle
    from PySide6.QtWidgets import QDialog

    from sisfoh_desktop.modules.expedientes.view.opinion_dialogs import AnswerDialog, AskDialog, RemindDialog

    def use(fill) -> list[QDialog]:
        met: list[QDialog] = []

        def run(dialog) -> int:
            met.append(dialog)
            dialog.show()
            fill(dialog)
            dialog.try_submit()
            settle(desk)
            done = dialog.result()
            dialog.hide()
            return done

        for kind in (AskDialog, AnswerDialog, RemindDialog):
            monkeypatch.setattr(kind, "exec", run)
        return met

    return use
