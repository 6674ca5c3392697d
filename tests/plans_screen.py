"""The page of the plans as its tests read it: tabs, their rows, what the live check says."""

from sisfoh_desktop.modules.plans.view import PlansPage
from sisfoh_desktop.modules.plans.view.part_tab import PartTab


def tab_of(page: PlansPage, where: str) -> PartTab:
    page.record.show_tab(where)
    return page.record.part_tabs[where]


def told(tab: PartTab) -> list[list[str]]:
    return [[text.replace("\u00a0", " ") for text in row] for row in tab.list.as_seen()[1]]


def check_text(page: PlansPage) -> str:
    return page.record.check_label.text().replace("\u00a0", " ")
