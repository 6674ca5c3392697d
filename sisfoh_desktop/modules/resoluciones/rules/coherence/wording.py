"""Rules of style on words: one form of a word in the act, fixed words and acronyms without a letter changed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sisfoh_desktop.modules.resoluciones.rules.coherence.facts import (
    ActBlock,
    Dossier,
    Finding,
    Place,
    Rule,
    Severity,
    Vocabulary,
    in_block,
    told_apart,
)
from sisfoh_desktop.modules.resoluciones.rules.coherence.reading import (
    Token,
    fold,
    swapped_neighbours,
    tokens,
    within_one_edit,
)

_SHORTEST_WORD = 7
_LONGEST_ACRONYM = 6
_SHORTEST_IN_PHRASE = 4


def synonyms_mixed(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`Memorando` and `Memorandum`, `Documentario` and `Documentaria` in one act."""
    told: list[dict[str, list[tuple[str, ActBlock]]]] = [{} for _ in dossier.vocabulary.synonyms]
    group_of = {
        fold(word): place for place, group in enumerate(dossier.vocabulary.synonyms) for word in group
    }
    for block in dossier.blocks:
        for token in block.words:
            place = group_of.get(token.folded)
            if place is not None:
                told[place].setdefault(token.folded, []).append((token.text, block))
    for forms in told:
        if len(forms) > 1:
            rarest = sorted(forms.values(), key=len)
            told_where = told_apart([(text, block.name) for group in rarest for text, block in group])
            yield rule.finding(
                f"Se usan dos formas de una palabra: {told_where}.",
                [in_block(block, text) for group in rarest for text, block in group],
                forms,
            )


def fixed_word_typo(dossier: Dossier, rule: Rule) -> Iterator[Finding]:
    """`PHG` for `PGH`, `GRUPD FUNCIONAL` for `GRUPO FUNCIONAL`."""
    lexicon = _lexicon(dossier.vocabulary)
    spoken = {siglas for unit in dossier.units for siglas in (unit.siglas, unit.siglas.upper())}
    spoken |= {body.siglas for body in dossier.bodies}
    told: dict[tuple[str, str], list[Place]] = {}
    for block in dossier.blocks:
        words = block.words
        for at, token in enumerate(words):
            if not token.text.isupper() or token.folded in lexicon.known or not token.text.isalpha():
                continue
            right = _right_word(lexicon, words, at, block.whole, spoken)
            if right:
                told.setdefault((token.text, right), []).append(in_block(block, token.text))
    for (wrong, right), places in told.items():
        yield rule.finding(f"«{wrong}» parece una errata de «{right}».", places, [wrong, right])


class _Lexicon:
    """The fixed words ready to be compared with; what a word may be a slip of is worked out once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.acronyms = frozenset(vocabulary.acronyms)
        self._words = {fold(word): word for word in vocabulary.words if len(word) >= _SHORTEST_WORD}
        self._phrases = [tokens(phrase) for phrase in vocabulary.phrases]
        self.known = {*self._words, *(word.folded for phrase in self._phrases for word in phrase)}
        self._slips: dict[str, tuple[str, list[tuple[int, tuple[Token, ...]]]]] = {}

    def slips(self, folded: str) -> tuple[str, list[tuple[int, tuple[Token, ...]]]]:
        """The single word that this one may be a slip of, and the phrases in which it may be one, with its place."""
        found = self._slips.get(folded)
        if found is None:
            word = ""
            if len(folded) >= _SHORTEST_WORD - 1:
                word = next((right for one, right in self._words.items() if _slip(folded, one)), "")
            phrases = [
                (place, phrase)
                for phrase in self._phrases
                for place, one in enumerate(phrase)
                if len(folded) >= _SHORTEST_IN_PHRASE and _slip(folded, one.folded)
            ]
            found = self._slips.setdefault(folded, (word, phrases))
        return found


@lru_cache(maxsize=4)
def _lexicon(vocabulary: Vocabulary) -> _Lexicon:
    return _Lexicon(vocabulary)


def _right_word(lexicon: _Lexicon, words: Sequence[Token], at: int, text: str, spoken: set[str]) -> str:
    """The fixed word that this one seems to be, or an empty text."""
    token = words[at]
    if _in_code(text, token):
        return ""
    if (
        len(token.text) <= _LONGEST_ACRONYM
        and token.text not in lexicon.acronyms
        and token.text not in spoken
    ):
        for acronym in lexicon.acronyms:
            if len(acronym) == len(token.text) and swapped_neighbours(token.text, acronym):
                return acronym
    word, phrases = lexicon.slips(token.folded)
    for place, phrase in phrases:
        start = at - place
        beside = words[start : start + len(phrase)] if start >= 0 else ()
        if len(beside) == len(phrase) and all(
            other.folded == right.folded
            for i, (other, right) in enumerate(zip(beside, phrase, strict=True))
            if i != place
        ):
            return phrase[place].text
    return word


def _slip(word: str, right: str) -> bool:
    """One letter off, and not just another ending: plurals, genders and other verb forms are words of their own."""
    if not within_one_edit(word, right):
        return False
    same_start = word[:-1] == right[: len(word) - 1] or right[:-1] == word[: len(right) - 1]
    inflected = {word[-1:], right[-1:]} <= set("aeiousnr")
    return not (same_start and inflected)


def _in_code(text: str, token: Token) -> bool:
    """Part of a document's number, such as `MPT` in `25-2024-OGAJ/MPT`."""
    before, after = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return before in ("-", "/", "_") or after in ("-", "/", "_", "@")


RULES = (
    Rule(
        "synonyms_mixed",
        "Dos formas de una palabra",
        Severity.STYLE,
        "Uso uniforme en el acto",
        synonyms_mixed,
    ),
    Rule(
        "fixed_word_typo",
        "Errata en una palabra fija",
        Severity.STYLE,
        "Rótulos de los clasificadores",
        fixed_word_typo,
    ),
)
