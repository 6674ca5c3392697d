"""The tab "Cuadre" over a week of the small office, and a person who answers its dialogs."""

from collections.abc import Callable
from datetime import date

from kardex_office import KardexOffice
from PySide6.QtWidgets import QDialog

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import Found, NewCount
from sisfoh_desktop.modules.kardex.service import counting
from sisfoh_desktop.modules.kardex.view.count_dialog import CountDialog
from sisfoh_desktop.modules.kardex.view.count_import import ImportDialog
from sisfoh_desktop.modules.kardex.view.count_list import CountsDialog
from sisfoh_desktop.modules.kardex.view.cuadre_closing import BlockedDialog, CloseDialog, ReopenDialog
from sisfoh_desktop.modules.kardex.view.cuadre_explain import ExplainDialog
from sisfoh_desktop.modules.kardex.view.cuadre_tab import CuadreTab

FIRST, LATER, TODAY = date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 8)


def worked_week(office: KardexOffice) -> KardexOffice:
    """Ana got 1-20 on the 4th and used 1-10 on the 5th; Beto got 21-30."""
    office.receive("1-500", date(2024, 3, 1))
    office.hand_out("1-20", office.ana, FIRST)
    office.hand_out("21-30", office.beto, FIRST)
    office.move(MovementKind.USE, "1-10", office.ana, day=LATER)
    return office


def opener(desk, office: KardexOffice, qtbot) -> Callable[..., CuadreTab]:
    """Opens the tab as the page shows it: in front, reloaded after each change."""

    def open_it(campaign: int | None = None) -> CuadreTab:
        tab = CuadreTab(desk)
        qtbot.addWidget(tab)
        tab.asked = []
        tab.open_tab.connect(lambda key, part: tab.asked.append((key, part)))
        desk.tasks.changed.connect(lambda touched: tab.reload() if "kardex" in touched else None)
        tab.campaign_id = office.campaign if campaign is None else campaign
        tab.resize(846, 600)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.reload()
        settle(desk)
        return tab

    return open_it


def answerer(monkeypatch, desk) -> Callable[..., list[QDialog]]:
    """Each dialog of the tab that is opened is filled by the given function, submitted, and awaited."""

    def use(fill) -> list[QDialog]:
        met: list[QDialog] = []

        def run(dialog) -> int:
            met.append(dialog)
            dialog.show()
            settle(desk)
            fill(dialog)
            dialog.try_submit()
            settle(desk)
            done = dialog.result()
            dialog.hide()
            return done

        for kind in (
            CountDialog,
            ImportDialog,
            CountsDialog,
            ExplainDialog,
            BlockedDialog,
            CloseDialog,
            ReopenDialog,
        ):
            monkeypatch.setattr(kind, "exec", run)
        return met

    return use


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def cells(table) -> list[list[str]]:
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def miss(office, *, upto: int = 18) -> None:
    """An arqueo of Ana that saw her blank ones up to a number."""
    found = (Found(Condition.BLANK, FormRanges.single(11, upto)),)
    count = NewCount(office.fsu, office.ana, TODAY, "Acta 1", found)
    counting.record_count(office.db, actor=office.actor, now=office.now, count=count)
