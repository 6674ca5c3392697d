"""The page of the expedientes as its tests look at it."""

from sisfoh_desktop.modules.expedientes.view import ExpedientesPage


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def steps(made: ExpedientesPage) -> list[list[str]]:
    return made.record.timeline.as_seen()[1]


def opinions(made: ExpedientesPage) -> list[list[str]]:
    return made.record.opinions.table.as_seen()[1]


def to_opinions(made: ExpedientesPage) -> None:
    made.record.tabs.setCurrentIndex(1)
