"""The menu: eleven pages in their order, each with help, icon and a page of its module."""

import pytest

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.rights import RIGHTS_OF_PAGE
from sisfoh_desktop.qtkit.page import Page


def test_the_menu_order():
    assert [spec.title for spec in PAGES] == [
        "Inicio", "Expedientes", "Planes", "Matriz", "Resoluciones", "Kardex", "POI", "Papeles", "Oficina",
        "Personas", "Resguardo", "Entrega de cargo",
    ]  # fmt: skip


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_each_page_has_icon_help_and_class(spec):
    assert resource("icons", f"{spec.icon}.svg").is_file()
    assert resource("help", f"{spec.key}.md").is_file()
    page = spec.load()
    assert issubclass(page, Page)
    assert page.title
    assert page.__module__.startswith(f"sisfoh_desktop.modules.{spec.key}.view")


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_a_record_is_found_by_its_kind_before_its_page_was_ever_opened(spec):
    assert spec.load().kinds <= {spec.key, *spec.kinds}


def test_mi_bandeja_shows_the_tasks_of_the_pages_that_the_menu_shows():
    menu = {spec.key: spec.rights for spec in PAGES if spec.key != "inbox"}
    assert menu == RIGHTS_OF_PAGE


def test_papers_of_every_module_can_be_signed_from_the_page_of_papers():
    """Each kind says what follows its signatures when its module is imported: the page imports them all."""
    import subprocess
    import sys

    asked = (
        "from sisfoh_desktop.app.pages import PAGES;"
        "next(spec for spec in PAGES if spec.key == 'papers').load();"
        "from sisfoh_desktop.modules.papers.service import hooks;"
        "print(*hooks._kinds)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert {"poi_trimestral", "poi_ficha"} <= set(told.stdout.split())
    assert any(kind.startswith("kardex") for kind in told.stdout.split())
    assert "resolucion" in told.stdout
