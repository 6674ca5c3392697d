"""What Ctrl+K finds without asking the base (pages, orders, settings, help), and how all that is found is grouped.

Records are found in `search_sources`; the window of the search is `search_dialog`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sisfoh_desktop.app.search_index import NOT_IN_TITLE, Wanted
from sisfoh_desktop.basics.help_topics import HelpTopic, plain_words, word_stem
from sisfoh_desktop.qtkit.row_order import fold_text, fold_texts, matching_rows

PAGES, ORDERS, SETTINGS, HELP, RECENT = "Páginas", "Órdenes", "Ajustes", "Ayuda", "Recientes"
_PLACES = {PAGES: 0, ORDERS: 2, SETTINGS: 3, HELP: 4}  # records stand at 1
_RECORDS = 1
_AROUND = 36  # letters before a word found in the help
_SNIPPET = 90


@dataclass(frozen=True)
class Finding:
    """One line of the search: its group, words, and what choosing it does (on the GUI thread).

    `words` are further words by which it is found; they are not shown.
    """

    kind: str
    icon: str
    title: str
    detail: str
    run: Callable[[], object]
    words: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind, best first; `rank` is that of the first, `count` how many there are in all."""

    title: str
    findings: tuple[Finding, ...]
    rank: int = NOT_IN_TITLE
    count: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Groups stand by their best finding, then in a fixed order."""
        return self.rank, _PLACES.get(self.title, _RECORDS)


Answer = Callable[[Sequence[Group]], object]


def groups_of(known: Sequence[Finding], typed: str) -> list[Group]:
    """The findings that hold every word typed, ranked in their groups; all of them, as given, for nothing.

    Pages of the help are found whatever the ending of a word: «plazos» finds «plazo».
    """
    if not fold_text(typed).strip():  # an accent alone is nothing either
        kinds = dict.fromkeys(one.kind for one in known)
        return [_group(kind, [one for one in known if one.kind == kind]) for kind in kinds if kind != HELP]
    folded = fold_texts([f"{one.title} {one.detail} {one.kind} {one.words}" for one in known])
    wanted = Wanted(typed)
    ranked: dict[str, list[tuple[int, int, Finding]]] = {}
    pages_of_help = [row for row, one in enumerate(known) if one.kind == HELP]
    stems = " ".join(map(word_stem, fold_text(typed).split()))
    for row in sorted({*matching_rows(folded, typed), *matching_rows(folded, stems, pages_of_help)}):
        one = known[row]
        ranked.setdefault(one.kind, []).append((wanted.rank(fold_text(one.title)), row, one))
    groups = []
    for kind, found in ranked.items():
        found.sort(key=lambda one: one[:2])
        findings = [_told(one, typed) for _rank, _row, one in found]
        groups.append(replace(_group(kind, findings), rank=found[0][0]))
    return groups


def in_order(groups: Sequence[Group]) -> list[Group]:
    """The groups as they are shown."""
    return sorted(groups, key=lambda group: group.place)


def help_findings(topics: Sequence[HelpTopic], open_topic: Callable[[str], object]) -> list[Finding]:
    """The pages of the help, found by their text as well."""
    return [
        Finding(
            HELP,
            "circle-help",
            topic.title,
            "",
            partial(open_topic, topic.key),
            " ".join(plain_words(topic.text).split()),
        )
        for topic in topics
    ]


def _group(kind: str, findings: Sequence[Finding]) -> Group:
    return Group(kind, tuple(findings), count=len(findings))


def _told(finding: Finding, typed: str) -> Finding:
    """A page of the help found by its text shows the place."""
    if finding.kind != HELP or not finding.words:
        return finding
    text, word = finding.words, word_stem(fold_text(typed).split()[0])
    place = fold_text(text).find(word)
    if place < 0 or word in fold_text(finding.title):
        return finding
    start = max(0, text.rfind(" ", 0, max(0, place - _AROUND)) + 1)
    cut = text[start : start + _SNIPPET].rsplit(" ", 1)[0]
    return replace(finding, detail=f"{'… ' if start else ''}{cut} …")
