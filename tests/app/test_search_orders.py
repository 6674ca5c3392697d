"""The orders that Ctrl+K tells of each page are those that the page offers, to everybody by their rights."""

import pytest
from PySide6.QtWidgets import QApplication, QTabWidget

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.app.search_orders import page_orders
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import RIGHTS
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.qtkit.commands import bare_words
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tabbed_page import TabbedPage


def settle(desk: Desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()
        QApplication.processEvents()


@pytest.fixture
def offered(practice_db, tasks, clock, settings, tmp_path, qtbot):
    """What a page offers to somebody with these rights: (tab, words) of each visible order, and the tabs' titles."""

    def build(spec, rights) -> tuple[set[tuple[str, str]], dict[str, str]]:
        desk = Desk(
            practice_db, Archive(tmp_path / "archivo"), tasks, clock, Actor("ana", "ULE", rights), settings
        )
        page = spec.load()(desk)
        qtbot.addWidget(page)
        settle(desk)
        tabs = getattr(page, "tabs", None)
        if isinstance(page, TabbedPage):
            places = [(one.key, lambda key=one.key: page.show_tab(key)) for one in page.specs]
        elif isinstance(tabs, QTabWidget):
            places = [
                (str(number), lambda number=number: tabs.setCurrentIndex(number))
                for number in range(tabs.count())
            ]
        else:
            places = [("", lambda: None)]
        found, titles = set(), {}
        for number, (key, show) in enumerate(places):
            show()
            settle(desk)
            if key:
                titles[key] = tabs.tabText(number).replace("&", "").partition(" (")[0]
            found |= {(key, bare_words(one.text())) for one in page.page_actions() if one.isVisible()}
        return found, titles

    return build


def told(page: str, rights: frozenset[str] | None) -> set[tuple[str, str]]:
    actor = Actor("ana", "ULE", rights)
    return {(one.tab, one.words) for one in page_orders() if one.page == page and one.is_for(actor)}


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_every_page_has_its_orders_told_by_its_own_words(spec, offered):
    found, titles = offered(spec, None)
    assert told(spec.key, None) == found
    assert {
        one.tab: one.title for one in page_orders() if one.page == spec.key and one.tab
    }.items() <= titles.items()


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_an_order_is_told_to_those_to_whom_the_page_offers_it(spec, offered):
    named = {right for one in page_orders() if one.page == spec.key for right in one.rights}
    for right in ["pages.read", *sorted(named)]:
        found, _titles = offered(spec, frozenset({right}))
        assert told(spec.key, frozenset({right})) == found, right


def test_the_rights_named_exist():
    assert {right for one in page_orders() for right in one.rights} <= {right.key for right in RIGHTS}
