"""Alt+letter for labels and buttons: each letter once per form, chosen by the program where nobody chose it."""

from collections.abc import Iterable


def _chosen_letter(text: str) -> str:
    position = text.replace("&&", "\0\0").find("&")
    return text[position + 1 : position + 2].lower() if position >= 0 else ""


def with_mnemonic(text: str, taken: set[str]) -> str:
    """`text` with `&` before a letter that `taken` does not hold yet; the letter is added to `taken`.

    A text that brings its own mark keeps it if the letter is free. Initials of words are tried first. Without
    a free letter the text comes back unmarked.
    """
    own = _chosen_letter(text)
    if own and own not in taken:
        taken.add(own)
        return text
    bare = text.replace("&&", "\0").replace("&", "").replace("\0", "&&")
    initials = [i for i, sign in enumerate(bare) if i == 0 or not bare[i - 1].isalnum()]
    for position in (*initials, *range(len(bare))):
        letter = bare[position].lower()
        if letter.isascii() and letter.isalpha() and letter not in taken:
            taken.add(letter)
            return f"{bare[:position]}&{bare[position:]}"
    return bare


def bare_text(text: str) -> str:
    """The text without mnemonic marks, as it is read."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def letters_of(texts: Iterable[str]) -> set[str]:
    """The letters that these texts already take."""
    return {letter for text in texts if (letter := _chosen_letter(text))}
