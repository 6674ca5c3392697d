"""The help as text: order, norms from the catalogue, links, what each page explains, the search."""

import ast
import re
from pathlib import Path

import pytest

from sisfoh_desktop.basics import help_topics as help_pages
from sisfoh_desktop.basics.paths import resource

FOLDER = resource("help")
RAW = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.md") if path.name != "README.md"}
INDEX = help_pages.help_index()
SOURCE = Path(help_pages.__file__).parents[1]
# a norm written by hand would not change when the catalogue does; the directive's own short name is no citation
WRITTEN = re.compile(
    r"\b(?:Ley|DS|D\.S\.|RM|R\.M\.|DLeg|Decreto (?:Supremo|Legislativo)|RPCD|RSGTD)\s*(?:N[°º]\s*)?[D\d]\d+"
)


def classes() -> set[str]:
    """Every class of the program as the index names it."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).parts
        where = parts[1] if parts[0] == "modules" else parts[0]
        tree = ast.parse(path.read_text("utf-8"))
        found |= {f"{where}.{one.name}" for one in tree.body if isinstance(one, ast.ClassDef)}
    return found


@pytest.mark.parametrize("key", RAW)
def test_every_norm_named_is_in_the_catalogue(key):
    unknown = [norm for norm in help_pages.cited_norms(RAW[key]) if norm not in help_pages.norm_names()]
    assert unknown == []
    assert "{norma" not in help_pages.with_norms(RAW[key])


@pytest.mark.parametrize("key", RAW)
def test_no_norm_is_written_by_hand(key):
    assert WRITTEN.findall(RAW[key]) == []


def test_a_wrong_norm_stays_in_sight():
    assert help_pages.with_norms("según {norma:ley-1}") == "según {norma:ley-1}"
    assert help_pages.cited_norms("según {norma:ley-1}") == ["ley-1"]


def test_a_norm_is_cited_with_its_end_and_its_doubt():
    assert help_pages.with_norms("{norma:ley-29733}") == "Ley 29733"
    assert help_pages.with_norms("{norma:ds-004-2019-jus}") == "DS 004-2019-JUS (rigió hasta el 30/04/2026)"
    assert help_pages.with_norms("{norma:rsgtd-007-2024}").endswith("(por verificar)")


@pytest.mark.parametrize("key", RAW)
def test_links_lead_to_pages_that_exist(key):
    for target in re.findall(r"\]\(([^)]+)\)", RAW[key]):
        assert target.endswith(".md")
        assert target.removesuffix(".md") in RAW


@pytest.mark.parametrize("key", RAW)
def test_each_page_has_a_title_and_is_short_enough_to_be_read(key):
    assert RAW[key].startswith("# ")
    assert 80 < len(RAW[key]) < 3600


def test_the_index_names_every_page_once_and_nothing_else():
    assert sorted(one.topic for one in INDEX) == sorted(RAW)


def test_the_dialogs_of_the_index_exist_and_are_explained_once():
    named = [dialog for one in INDEX for dialog in one.dialogs]
    assert set(named) <= classes()
    assert len(named) == len(set(named))


def test_every_page_can_be_reached_by_links_from_the_first():
    reached, ahead = set(), ["first-steps", *(one.topic for one in INDEX if one.page)]
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += [link.removesuffix(".md") for link in re.findall(r"\]\(([^)]+)\)", RAW[key])]
    assert set(RAW) - reached == set()


def test_the_topic_of_a_tab_ignores_its_letter_and_its_count():
    topic = help_pages.topic_of_page
    assert topic("expedientes", "Opiniones (2 por llegar)") == "expedientes-opinions"
    assert topic("kardex", "C&ustodia") == "kardex-custody"
    assert topic("plans", "Historial") == "history"
    assert topic("kardex", "Nueva pestaña") == "kardex"
    assert topic("papers") == "papers"


def test_the_topic_of_a_dialog_is_found_by_its_class():
    topic = help_pages.topic_of_dialog
    assert topic("sisfoh_desktop.modules.kardex.view.count_dialog", "CountDialog") == "kardex-cuadre"
    assert topic("sisfoh_desktop.qtkit.sign_dialog", "SignDialog") == "papers-signing"
    assert topic("sisfoh_desktop.qtkit.messages", "MessageDialog") == ""


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("opinion", "expedientes-opinions"),
        ("FRASE DE RECUPERACION", "safekeeping-cipher"),
        ("ley 29733", "people-rights"),
        ("seleccionar todo", "keys"),
    ],
)
def test_the_search_ignores_accents_and_puts_titles_first(typed, first):
    topics = help_pages.help_topics()
    assert first in [topic.key for topic in help_pages.search_topics(topics, typed)][:3]
    if typed == "opinion":
        assert help_pages.search_topics(topics, typed)[0].key == first


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("vencim", "vencimiento"),
        ("plazos", "plazo"),
        ("notificar", "notificación"),
        ("opiniones", "opinión"),
        ("respaldo", "respaldar"),
        ("cerrado", "cerrar"),
    ],
)
def test_the_search_finds_a_word_whatever_its_ending(typed, word):
    page = help_pages.HelpTopic("una", "Una página", f"Aquí se habla de **{word}** y de nada más.")
    other = help_pages.HelpTopic("otra", "Otra página", "Del kardex.")
    assert help_pages.search_topics([other, page], typed) == [page]


def test_the_words_that_a_clerk_looks_for_are_each_in_some_page():
    words = """vencim plazo feriado contraseña respaldo copia imprimir firma certificado notificar publicar exportar
    excel filtro columna vista deshacer borrador practica impresora vacaciones kardex formulario extravio meta
    presupuesto norma dni usuario permiso servidor memoria cargo ayuda tecla letra oscuro incidente historial"""
    topics = help_pages.help_topics()
    assert [word for word in words.split() if not help_pages.search_topics(topics, word)] == []


def test_what_was_typed_as_it_is_comes_before_another_form_of_it():
    one = help_pages.HelpTopic("uno", "Uno", "Un plazo, otro plazo y un plazo.")
    exact = help_pages.HelpTopic("dos", "Dos", "Los plazos.")
    assert help_pages.search_topics([one, exact], "plazos") == [exact, one]


@pytest.mark.parametrize(
    ("word", "stem"), [("dni", "dni"), ("f1", "f1"), ("2024", "2024"), ("plazos", "plaz")]
)
def test_short_words_and_figures_stay_whole(word, stem):
    assert help_pages.word_stem(word) == stem


def test_what_no_page_says_is_not_found():
    topics = help_pages.help_topics()
    assert help_pages.search_topics(topics, "locomotora") == []
    assert help_pages.search_topics(topics, "  ") == topics


def test_a_page_that_cannot_be_read_is_left_out(tmp_path):
    (tmp_path / "buena.md").write_text("# Buena\ntexto", encoding="utf-8")
    (tmp_path / "mala.md").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "index.toml").write_text("[[page", encoding="utf-8")
    assert [topic.title for topic in help_pages.help_topics(tmp_path)] == ["Buena"]
