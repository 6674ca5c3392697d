"""The menu: nine pages in their order, each with help, icon and a page of its module."""

import pytest

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.qtkit.page import Page


def test_the_menu_order():
    assert [spec.title for spec in PAGES] == [
        "Inicio", "Expedientes", "Planes", "Matriz", "Resoluciones", "Kardex", "POI", "Papeles", "Oficina",
    ]  # fmt: skip


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_each_page_has_icon_help_and_class(spec):
    assert resource("icons", f"{spec.icon}.svg").is_file()
    assert resource("help", f"{spec.key}.md").is_file()
    page = spec.load()
    assert issubclass(page, Page)
    assert page.title
    assert page.__module__.startswith(f"sisfoh_desktop.modules.{spec.key}.view")
