"""Text that comes back: its data are found again, and never changed, whatever was lost around them."""

from hypothesis import assume, given
from hypothesis import strategies as st

from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import (
    Block,
    BlockKind,
    ChangeKind,
    Piece,
    ReturnedPart,
    ReturnedPiece,
    compose,
    pieces_of,
    readable,
)

VALUES = {
    "plan.title": "PLAN DE TACNA 2024",
    "plan.amount": "S/\u00a0312\u00a0656.00",
    "place": "Tacna",
    "n": "7",
}
WORDS = ("Que,", "el", "plan", "de", "Tacna", "7", "manda", "(", "{x}", "siete", "años;")
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
    lambda found: Piece(f" {' '.join(found)} ")
)
chips = st.sampled_from(sorted(VALUES)).map(lambda key: Piece(key=key))
stored = st.lists(st.tuples(words, chips), min_size=1, max_size=4).map(
    lambda pairs: compose([piece for pair in pairs for piece in pair]).strip()
)


def plain(text: str) -> ReturnedPart:
    """A text whose boxes were all lost."""
    lines = readable(text, VALUES).split("\n")
    return ReturnedPart(BlockKind.CONSIDERANDO, tuple((ReturnedPiece(line),) for line in lines), 0)


def boxed(text: str) -> ReturnedPart:
    return ReturnedPart(
        BlockKind.CONSIDERANDO,
        (tuple(ReturnedPiece(VALUES[one.key] if one.key else one.text, one.key) for one in pieces_of(text)),),
        0,
    )


def back(text: str, part: ReturnedPart) -> rules.BlockReturn:
    (change,) = rules.compare_returned([Block(BlockKind.CONSIDERANDO, text)], VALUES, [part], "ARTÍCULO {n}:")
    return change


@given(stored)
def test_an_untouched_text_is_the_same_with_and_without_its_boxes(text: str) -> None:
    for part in (boxed(text), plain(text)):
        change = back(text, part)
        assert change.kind is ChangeKind.SAME
        assert change.altered == ()


@given(stored, st.integers(0, 3), st.sampled_from(["S/ 1.00", "OTRO PLAN", "", "9"]))
def test_a_box_that_says_something_else_keeps_its_datum(text: str, place: int, became: str) -> None:
    pieces = pieces_of(text)
    keys = [at for at, piece in enumerate(pieces) if piece.key]
    at = keys[place % len(keys)]
    assume(VALUES[pieces[at].key] != became)
    line = tuple(
        ReturnedPiece(became if n == at else VALUES[one.key] if one.key else one.text, one.key)
        for n, one in enumerate(pieces)
    )
    change = back(text, ReturnedPart(BlockKind.CONSIDERANDO, (line,), 0))
    assert [one.key for one in change.altered] == [pieces[at].key]
    assert change.kind is ChangeKind.SAME


@given(stored, st.text(alphabet="abñ7 ,;S/.{}", max_size=40))
def test_whatever_comes_back_can_be_stored_or_says_why_not(text: str, typed: str) -> None:
    assume(typed.strip())
    change = back(text, ReturnedPart(BlockKind.CONSIDERANDO, ((ReturnedPiece(typed),),), 0))
    pieces_of(change.text)
    assert set(rules.chips_of(change.text)) <= set(rules.chips_of(text))
    kept = rules.with_taken([Block(BlockKind.CONSIDERANDO, text)], [change], {0})
    assert kept[0].text == (change.text if change.can_take else text)


def test_heads_of_articles_are_the_programs() -> None:
    blocks = [
        Block(BlockKind.ARTICLE, "APROBAR el plan de Tacna."),
        Block(BlockKind.ARTICLE, "ENCARGAR lo demás hoy."),
    ]
    parts = [
        ReturnedPart(BlockKind.ARTICLE, ((ReturnedPiece(text),),))
        for text in (
            "ARTÍCULO PRIMERO: APROBAR el plan de Tacna.",
            "Artículo 2º.- DISPONER que se archive este asunto.",
            "ARTÍCULO DÉCIMO PRIMERO.- ENCARGAR lo demás hoy.",
        )
    ]
    changes = rules.compare_returned(blocks, {}, parts, "ARTÍCULO {ordinal}:")
    assert [(one.kind, one.text) for one in changes] == [
        (ChangeKind.SAME, "APROBAR el plan de Tacna."),
        (ChangeKind.ADDED, "DISPONER que se archive este asunto."),
        (ChangeKind.SAME, "ENCARGAR lo demás hoy."),
    ]


def test_an_article_of_a_law_is_no_head() -> None:
    block = Block(BlockKind.ARTICLE, "Artículo 39° de la Ley se aplica al plan.")
    part = ReturnedPart(BlockKind.ARTICLE, ((ReturnedPiece(block.text),),))
    (change,) = rules.compare_returned([block], {}, [part], "ARTÍCULO {n}.-")
    assert change.kind is ChangeKind.SAME


def test_lines_of_one_block_stay_together_when_its_box_is_lost() -> None:
    block = Block(BlockKind.CONSIDERANDO, "Que, el informe pide carros.\nAdemás, pide motos nuevas.")
    lines = ["Que, el informe pide carros.", "También pide barcos.", "Además, pide motos nuevas."]
    parts = [ReturnedPart(BlockKind.CONSIDERANDO, ((ReturnedPiece(line),),)) for line in lines]
    (change,) = rules.compare_returned([block], {}, parts, "ARTÍCULO {n}.-")
    assert change.text.split("\n") == lines


def test_marks_outside_are_short() -> None:
    long = "doc." + "x" * 90 + ".cite"
    assert rules.chip_tag("plan.title") == "plan.title"
    assert len(rules.chip_tag(long)) <= 64
    assert rules.chip_tag(long) != rules.chip_tag(long + "x")
    block = Block(BlockKind.ARTICLE, "APROBAR.")
    assert rules.block_tag(0, block) != rules.block_tag(0, Block(BlockKind.ARTICLE, "APROBAR!"))
