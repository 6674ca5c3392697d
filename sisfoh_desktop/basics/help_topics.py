"""The pages of the help as text: read, put in order, their norms named from the dated catalogue.

How they are shown is in `qtkit.help_dialog`. A page is a Markdown file of resources/help; `index.toml` beside them says
the order and which pages, tabs and dialogs of the program each one explains.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.texts import without_accents

_NORM = re.compile(r"\{norma:([a-z0-9-]+)\}")
_MARKS = re.compile(r"[*`#|]|\]\([^)]*\)|\[")
# endings of Spanish words, folded, the longest first: what is left must still be most of a word
_ENDINGS = (
    *(
        "aciones",
        "iciones",
        "uciones",
        "imientos",
        "amientos",
        "imiento",
        "amiento",
        "acion",
        "icion",
        "ucion",
    ),
    *("iones", "ando", "iendo", "adas", "ados", "idas", "idos", "ada", "ado", "ida", "ido", "ion"),
    *("ces", "es", "as", "os", "ar", "er", "ir", "an", "en", "s", "a", "o", "e", "z"),
)
_SHORTEST, _KEPT = 5, 4
_UNSURE = frozenset({"Por verificar", "Fuente secundaria"})


class HelpTopic(NamedTuple):
    """One page of help: its key (the file's name), title and text in Markdown, the group it stands in."""

    key: str
    title: str
    text: str
    group: str = ""


@dataclass(frozen=True)
class Explained:
    """What a page of help explains: a page of the window by its key, one of its tabs by its words, dialogs by class."""

    topic: str
    group: str
    page: str = ""
    tabs: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()


def help_topics(folder: Path | None = None) -> list[HelpTopic]:
    """The pages in reading order; a page that cannot be read is left out."""
    folder = folder or resource("help")
    entries = {one.topic: one for one in help_index(folder)}
    topics = []
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        title = text.partition("\n")[0].lstrip("# ").strip()
        entry = entries.get(path.stem)
        topics.append(
            HelpTopic(path.stem, title or path.stem, with_norms(text), entry.group if entry else "")
        )
    rank = {key: number for number, key in enumerate(entries)}
    return sorted(topics, key=lambda topic: (rank.get(topic.key, len(rank)), topic.title))


def help_index(folder: Path | None = None) -> tuple[Explained, ...]:
    """What each page explains, in reading order; empty where there is no index."""
    try:
        read = tomllib.loads(((folder or resource("help")) / "index.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ()
    return tuple(
        Explained(
            topic=str(row["topic"]),
            group=str(row.get("group", "")),
            page=str(row.get("page", "")),
            tabs=tuple(row.get("tabs", ())),
            dialogs=tuple(row.get("dialogs", ())),
        )
        for row in read.get("page", ())
    )


def topic_of_page(page: str, tab: str = "") -> str:
    """The topic of a page of the window, or of one of its tabs ("Opiniones (2 por llegar)" is "Opiniones")."""
    words = bare_tab(tab)
    index = help_index()
    tabs = [one for one in index if words and words in one.tabs]
    exact = (one.topic for own in (page, "") for one in tabs if one.page == own)
    whole = (one.topic for one in index if one.page == page and not one.tabs)
    return next(exact, next(whole, page))


def topic_of_dialog(module: str, name: str) -> str:
    """The topic of a dialog by the Python module and name of its class; "" where it has none of its own."""
    place = place_of_class(module, name)
    return next((one.topic for one in help_index() if place in one.dialogs), "")


def place_of_class(module: str, name: str) -> str:
    """How the help names a class of the screen: its folder and name, `kardex.CountDialog` or `qtkit.SignDialog`."""
    parts = module.split(".")
    where = parts[parts.index("modules") + 1] if "modules" in parts else ".".join(parts[1:2])
    return f"{where}.{name}"


def bare_tab(words: str) -> str:
    """The words of a tab without the mark of its letter and without its count."""
    return re.sub(r"\s*\([^)]*\)$", "", words.replace("&", "")).strip()


def plain_words(text: str) -> str:
    """Markdown as plain words, for a search."""
    return _MARKS.sub(" ", text)


def search_topics(topics: Sequence[HelpTopic], typed: str) -> list[HelpTopic]:
    """The topics that hold every word typed, whatever their endings; those that hold them in the title come first,
    and those that hold them just as typed before those that hold another form."""
    wanted = without_accents(typed).split()
    if not wanted:
        return list(topics)
    stems = [word_stem(word) for word in wanted]
    ranked = []
    for number, topic in enumerate(topics):
        title, text = without_accents(topic.title), without_accents(plain_words(topic.text))
        if all(stem in text for stem in stems):
            in_title = sum(begins_in(title, stem) for stem in stems)
            as_typed = sum(word in text for word in wanted)
            begun = sum(begins_in(text, stem) for stem in stems)
            ranked.append((-in_title, -as_typed, -begun, -text.count(stems[0]), number, topic))
    return [topic for *_rank, topic in sorted(ranked, key=lambda one: one[:5])]


def word_stem(word: str) -> str:
    """A folded word without the ending that tells number, gender or person: `plazos` and `plazo` are `plaz`.

    Short words, figures and words with figures stay whole.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    return next(
        (word.removesuffix(end) for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _KEPT),
        word,
    )


def found_places(text: str, typed: str) -> list[tuple[int, int]]:
    """Where the folded text holds what was typed: from each stem to the end of its word."""
    stems = {word_stem(word) for word in typed.split()}
    return [
        found.span() for stem in sorted(stems) for found in re.finditer(rf"{re.escape(stem)}[a-z0-9]*", text)
    ]


def begins_in(text: str, stem: str) -> bool:
    """Whether a word of the folded text begins so."""
    return re.search(rf"(?<![a-z0-9]){re.escape(stem)}", text) is not None


# -- norms ---------------------------------------------------------------------------------------------


def with_norms(text: str, norms: Mapping[str, str] | None = None) -> str:
    """The text with each `{norma:key}` as the norm is cited; an unknown key stays in sight as it was written."""
    known = norm_names() if norms is None else norms
    return _NORM.sub(lambda found: known.get(found[1], found[0]), text)


def cited_norms(text: str) -> list[str]:
    """The keys of the norms that a page names."""
    return _NORM.findall(text)


@cache
def norm_names() -> dict[str, str]:
    """How each norm of the national catalogue is cited, by its key: code, until when it ruled, whether it is unsure."""
    try:
        read = tomllib.loads(resource("data", "national", "norms.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return {str(row["key"]): _cited(row) for row in read.get("row", ())}


def _cited(row: Mapping[str, Any]) -> str:
    notes = []
    until = row.get("valid_to")
    if isinstance(until, date):
        notes.append(f"rigió hasta el {format_date(until)}")
    if row.get("trust") in _UNSURE:
        notes.append("por verificar")
    return f"{row['code']} ({', '.join(notes)})" if notes else str(row["code"])
