"""What Ctrl+K finds: how it matches and ranks, its groups, its window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from sisfoh_desktop.app.search import HELP, ORDERS, PAGES, Finding, Group, groups_of, help_findings, in_order
from sisfoh_desktop.app.search_dialog import SHOWN_PER_GROUP, SearchDialog
from sisfoh_desktop.app.search_index import MOST_PER_GROUP, RecordIndex, Wanted
from sisfoh_desktop.basics.help_topics import HelpTopic
from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.qtkit.row_order import fold_text
from sisfoh_desktop.qtkit.theme import theme


def finding(title: str, kind: str = PAGES, words: str = "") -> Finding:
    return Finding(kind, "inbox", title, "", lambda: None, words)


def titles(groups: list[Group]) -> list[str]:
    return [one.title for group in groups for one in group.findings]


def hits(*texts: str) -> list[RecordHit]:
    return [RecordHit("plans", number, text) for number, text in enumerate(texts, 1)]


# -- matching and ranking --------------------------------------------------------------------------------


def test_words_match_without_accents_in_any_order():
    known = [finding("Vista previa", ORDERS), finding("Resoluciones"), finding("Ñandú")]
    assert titles(groups_of(known, "previa vista")) == ["Vista previa"]
    assert titles(groups_of(known, "nandu")) == ["Ñandú"]
    assert titles(groups_of(known, "")) == ["Vista previa", "Resoluciones", "Ñandú"]


def test_an_accent_alone_asks_nothing():
    known = [
        finding("Vista previa", ORDERS),
        finding("Plazos", HELP, "los plazos se cuentan en días hábiles"),
    ]
    for typed in ("\u0301", " \u0301 \u0308"):
        assert titles(groups_of(known, typed)) == ["Vista previa"]


@pytest.mark.parametrize(
    ("typed", "title", "rank"),
    [
        ("91", "Resolución 091-2024-GM/MPT", 0),
        ("091-2024", "Resolución 091-2024-GM/MPT", 0),
        ("0091-2024-gm", "091-2024-GM/MPT", 0),
        ("91", "Resolución 191-2024-GM/MPT", 3),
        ("2024", "Resolución 091-2024-GM/MPT", 2),
        ("004517", "FSU N° 004517", 0),
        ("plan", "Plan de Tacna", 1),
        ("tacna plan", "Plan de Tacna", 2),
        ("acna", "Plan de Tacna", 3),
        ("puno", "Plan de Tacna", 4),
        ("planes", "Planes", 0),
    ],
)
def test_an_exact_number_goes_before_a_beginning_and_that_before_the_rest(typed, title, rank):
    assert Wanted(typed).rank(fold_text(title)) == rank


def test_the_best_comes_first_and_the_words_of_a_record_find_it():
    index = RecordIndex(
        [
            *hits("Informe 191-2024", "Plan de empadronamiento"),
            RecordHit("plans", 9, "Otro", "", "texto del PLAN"),
        ]
    )
    assert [hit.title for hit in index.best("plan").hits] == ["Plan de empadronamiento", "Otro"]
    assert index.best("nada").hits == ()


def test_what_the_base_itself_found_is_not_told_twice():
    known = hits("FSU N° 004517")
    best = RecordIndex(known).best("004517", first=known)
    assert (len(best.hits), best.count, best.rank) == (1, 1, 0)


def test_many_records_are_counted_and_only_the_best_of_them_given():
    best = RecordIndex(hits(*(f"Oficio {number}" for number in range(2_500)))).best("oficio")
    assert (len(best.hits), best.count) == (MOST_PER_GROUP, 2_500)


def test_groups_stand_by_their_best_finding():
    records = Group("Planes de trabajo", (finding("Cifras"),), 0, 1)
    known = groups_of([finding("Ver cifras"), finding("Cifras del año", ORDERS)], "cifras")
    assert [group.title for group in in_order([*known, records])] == ["Planes de trabajo", ORDERS, PAGES]


# -- help ------------------------------------------------------------------------------------------------


def test_a_help_page_is_found_whatever_the_ending_of_the_word():
    (found,) = help_findings([HelpTopic("keys", "Teclas", "# Teclas\nCada trámite tiene su plazo.")], print)
    for typed in ("plazos", "plaz", "trámites plazo"):
        (group,) = groups_of([found], typed)
        assert [one.title for one in group.findings] == ["Teclas"]
    order = Finding(ORDERS, "plus", "Ver el plazo", "", print)
    assert groups_of([order], "plazos") == []  # records and orders by what was typed alone


def test_a_help_page_opens_itself_and_is_found_by_its_text():
    opened: list[str] = []
    text = "# Teclas\n\nCon **Ctrl+B** se filtra la lista; con [otras](keys.md) se anula."
    found = help_findings([HelpTopic("keys", "Teclas", text)], opened.append)
    found[0].run()
    assert opened == ["keys"]
    (group,) = groups_of(found, "filtra lista")
    assert group.title == HELP
    assert "filtra la lista" in group.findings[0].detail


# -- the window ------------------------------------------------------------------------------------------


class Asked:
    """What the window asked of the base; the test answers when it likes."""

    def __init__(self) -> None:
        self.typed: list[str] = []
        self.answer = None

    def __call__(self, typed, answer, owner) -> None:
        self.typed.append(typed)
        self.answer = answer


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def dialog(qtbot, asked, qapp):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 600)
    parent.show()
    known = [finding("Planes"), finding("Papeles"), finding("Nuevo plan", ORDERS)]
    made = SearchDialog(known, asked, parent, recent=[finding("Visto antes")])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    made.owner = parent  # qtbot does not keep it
    return made


def type_and_answer(dialog, qtbot, asked, typed: str, *groups: Group) -> None:
    qtbot.keyClicks(dialog.field, typed)
    qtbot.waitUntil(lambda: asked.typed[-1:] == [typed])
    asked.answer(groups)


def test_empty_it_shows_what_was_opened_lately_then_pages_and_orders(dialog):
    assert dialog.lines() == ["Recientes", "Visto antes", PAGES, "Planes", "Papeles", ORDERS, "Nuevo plan"]
    assert dialog.list.currentItem().text() == "Visto antes"


def test_heads_are_passed_by_the_arrows(dialog, qtbot):
    for words in ("Planes", "Papeles", "Nuevo plan", "Nuevo plan"):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
        assert dialog.list.currentItem().text() == words
    qtbot.keyClick(dialog.field, Qt.Key.Key_PageUp)
    assert dialog.list.currentItem().text() == "Visto antes"


def test_what_is_left_over_is_told_and_shown_when_asked(dialog, qtbot, asked):
    found = tuple(finding(f"Plan {number}", "Planes de trabajo") for number in range(9))
    type_and_answer(dialog, qtbot, asked, "pla", Group("Planes de trabajo", found, 0, 30))
    left = 30 - SHOWN_PER_GROUP
    assert f"Hay {left} más en Planes de trabajo: Intro los muestra" in dialog.lines()
    for _ in range(SHOWN_PER_GROUP):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "Plan 8" in dialog.lines()
    assert "Hay 21 más en Planes de trabajo: escriba otra palabra" in dialog.lines()
    assert dialog.list.currentItem().text() == f"Plan {SHOWN_PER_GROUP}"


def test_records_that_come_late_do_not_take_the_line_away(dialog, qtbot, asked):
    qtbot.keyClicks(dialog.field, "pl")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.currentItem().text() == "Nuevo plan"
    qtbot.waitUntil(lambda: asked.typed == ["pl"])
    asked.answer([Group("Planes de trabajo", (finding("Pl"),), 0, 1)])
    assert dialog.lines()[:2] == ["Planes de trabajo", "Pl"]
    assert dialog.list.currentItem().text() == "Nuevo plan"


def test_an_answer_to_what_is_no_longer_typed_is_left_out(dialog, qtbot, asked):
    qtbot.keyClicks(dialog.field, "pl")
    qtbot.waitUntil(lambda: asked.typed == ["pl"])
    qtbot.keyClicks(dialog.field, "x")
    asked.answer([Group("Planes de trabajo", (finding("Plan"),), 0, 1)])
    assert dialog.lines() == ["Nada coincide con «plx»."]
    said = dialog.list.item(0).foreground().color()
    assert (
        said.name() == QColor(theme().tokens.text_dim).name()
    )  # a sentence to read, not a line switched off


# -- Enter, pressed before the records have come ---------------------------------------------------------


def went_to(dialog):
    """The titles of what was gone to."""
    gone: list[str] = []
    dialog._chosen = lambda one: gone.append(one.title)
    return gone


def test_enter_before_the_records_waits_for_them_and_opens_the_first(dialog, qtbot, asked):
    gone = went_to(dialog)
    qtbot.keyClicks(dialog.field, "pl")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert asked.typed == ["pl"], "nobody waits for the pause"
    assert dialog.isVisible()
    assert gone == []
    assert dialog.foot.text().startswith("Buscando")
    asked.answer([Group("Planes de trabajo", (finding("Pl"),), 0, 1)])
    assert gone == ["Pl"]
    assert not dialog.isVisible()


def test_enter_while_the_base_still_looks_waits_as_well(dialog, qtbot, asked):
    gone = went_to(dialog)
    qtbot.keyClicks(dialog.field, "papel")
    qtbot.waitUntil(lambda: asked.typed == ["papel"])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert gone == []
    asked.answer([])
    assert gone == ["Papeles"], "without records it is the first of what is known"


def test_an_enter_that_waits_is_forgotten_when_more_is_typed_and_by_a_line_chosen(dialog, qtbot, asked):
    gone = went_to(dialog)
    qtbot.keyClicks(dialog.field, "pl")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.field, "a")
    asked.answer([Group("Planes de trabajo", (finding("Pl"),), 0, 1)])
    assert gone == []
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert gone == ["Nuevo plan"], "who has chosen a line does not wait"


def test_enter_on_nothing_typed_and_on_nothing_found(dialog, qtbot, asked):
    gone = went_to(dialog)
    qtbot.keyClicks(dialog.field, "zzz")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    asked.answer([])
    assert dialog.isVisible()
    assert dialog.lines() == ["Nada coincide con «zzz»."]
    dialog.field.clear()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert gone == ["Visto antes"]


def test_what_somebody_named_with_markup_is_told_sign_by_sign(dialog, qtbot, asked):
    named = Group(PAGES, (finding("<b>Rosa</b>"),), 0, 1)
    type_and_answer(dialog, qtbot, asked, "rosa", named)
    (tip,) = [
        dialog.list.item(row).toolTip()
        for row in range(dialog.list.count())
        if dialog.list.item(row).toolTip()
    ]
    assert tip == "<qt>&lt;b&gt;Rosa&lt;/b&gt;</qt>"
