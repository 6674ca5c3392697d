"""What a clerk may change in a draft: blocks moved, added, removed and written, the matter, the places of signers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resoluciones_drafts import resolucion

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import ArticleStyle, Block, BlockKind, SignerPlace, SignerRole


def test_articles_renumber_when_they_move_and_keep_their_style() -> None:
    blocks = resolucion().blocks
    first = next(place for place, block in enumerate(blocks) if block.kind is BlockKind.ARTICLE)
    assert rules.block_names(blocks)[first] == "ARTÍCULO PRIMERO"
    moved = rules.moved(blocks, first, 1)
    assert [block.text for block in moved if block.kind is BlockKind.ARTICLE] == [
        "ENCARGAR lo demás.",
        "APROBAR el Plan.",
    ]
    assert rules.block_names(moved, ArticleStyle.NUMERIC)[first : first + 2] == ["ARTÍCULO 1", "ARTÍCULO 2"]
    assert rules.moved(blocks, first, -1) == blocks


@pytest.mark.parametrize(
    ("number", "style", "head"),
    [
        (1, ArticleStyle.WORDS, "ARTÍCULO PRIMERO:"),
        (11, ArticleStyle.WORDS, "ARTÍCULO DÉCIMO PRIMERO:"),
        (5, ArticleStyle.NUMERIC, "ARTÍCULO 5.-"),
    ],
)
def test_heads_of_articles(number: int, style: ArticleStyle, head: str) -> None:
    assert rules.article_head(number, style) == head


@given(st.data())
def test_whatever_a_clerk_does_the_parts_keep_their_order(choices: st.DataObject) -> None:
    blocks = resolucion().blocks
    for _ in range(choices.draw(st.integers(0, 8))):
        index = choices.draw(st.integers(0, len(blocks) - 1))
        match choices.draw(st.sampled_from(["move", "remove", "add", "write"])):
            case "move":
                blocks = rules.moved(blocks, index, choices.draw(st.sampled_from([-1, 1])))
            case "remove":
                blocks = rules.without(blocks, index)
            case "add":
                kind = choices.draw(st.sampled_from([k for k in BlockKind if rules.can_add(k)]))
                blocks, place = rules.with_new(blocks, kind, index)
                assert blocks[place] == Block(kind, "")
                blocks = rules.rewritten(blocks, place, "texto")
            case "write":
                blocks = rules.rewritten(blocks, index, "otro {plan.title}")
    assert rules.clean_blocks(blocks) == blocks


def test_vistos_closing_and_copies_stay() -> None:
    blocks = resolucion().blocks
    assert not rules.can_remove(blocks, 0)
    assert rules.without(blocks, 0) == blocks
    assert not rules.can_add(BlockKind.CLOSING)


def test_a_new_block_goes_to_the_end_of_its_part() -> None:
    blocks = tuple(block for block in resolucion().blocks if block.kind is not BlockKind.ESTANDO)
    added, place = rules.with_new(blocks, BlockKind.ESTANDO, 0)
    assert added[place - 1].kind is BlockKind.CONSIDERANDO
    assert added[place + 1].kind is BlockKind.ARTICLE


def test_blocks_that_cannot_be_kept() -> None:
    blocks = resolucion().blocks
    for broken, code in [
        (blocks[::-1], "blocks_order"),
        (blocks[1:], "blocks_order"),
        (rules.rewritten(blocks, 1, "{plan"), "chip_broken"),
        (rules.rewritten(blocks, 1, " \n "), "text_missing"),
        (rules.rewritten(blocks, 1, "a" * 30_001), "text_too_long"),
        ((*blocks[:2], *[blocks[1]] * 400, *blocks[2:]), "too_many_blocks"),
    ]:
        with pytest.raises(RuleError) as caught:
            rules.clean_blocks(broken)
        assert caught.value.code == code
    with pytest.raises(ValueError, match="unknown table"):
        rules.clean_blocks([replace(blocks[0], table="otra"), *blocks[1:]])
    kept = rules.clean_blocks(rules.rewritten(blocks, 1, " uno \r\n\n <b>dos</b> & "))
    assert kept[1].text == "uno\n<b>dos</b> &"


def test_matter_and_places() -> None:
    assert rules.clean_matter(" el {plan.title} ") == "el {plan.title}"
    with pytest.raises(RuleError, match="llave"):
        rules.clean_matter("el {plan")
    author, visto = SignerPlace(SignerRole.AUTHOR, 1), SignerPlace(SignerRole.VISTO_BUENO, 2)
    assert rules.check_places([author, visto]) == (visto, author)
    for places, code in [
        ([visto], "author_missing"),
        ([author, replace(author, unit_id=2)], "author_missing"),
        ([author, replace(visto, unit_id=1)], "signer_twice"),
        ([author, *(replace(visto, unit_id=n) for n in range(2, 40))], "too_many_signers"),
    ]:
        with pytest.raises(RuleError) as caught:
            rules.check_places(places)
        assert caught.value.code == code
