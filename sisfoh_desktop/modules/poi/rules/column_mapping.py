"""What the columns of a table mean, by the words of its head and never by where they stand. Pure.

A head has one to three rows. Groups («PROGRAMADO» over its months) are matched with the runs of columns under them in
their order: how far a group's cell reaches says nothing, in real tables it is often wrong.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sisfoh_desktop.modules.poi.rules.head_words import JOINED, HeadWord, folded_heading, read_heading
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    IGNORED,
    TEXT_MEANINGS,
    ColumnMapping,
    Profile,
    month_meaning,
    quarter_meaning,
)

STAGES = ("RE", "CS", "AJ", "A")
"""Blocks of what is programmed in CEPLAN's export, the last of its life first."""

Lines = Sequence[Sequence[str]]


def map_columns(
    lines: Lines, *, quarter: int = 0, stage: str = "", filled: Collection[int] | None = None
) -> ColumnMapping:
    """The meaning of each column under a head of some rows, each with the text of its cells ("" for a blank).

    `quarter` is the one told by the title, for figures that say no period. `stage` chooses the block of CEPLAN's
    export; without it, the last of its life among those whose columns (from 1) are in `filled` (None: all).
    """
    return _Head(lines, quarter, stage, filled).mapping()


def heads_of(lines: Lines) -> tuple[str, ...]:
    """The title of each column as the head tells it, its rows one after the other; blanks at the end left out."""
    width = max(map(len, lines), default=0)
    heads = [" / ".join(text for line in lines if (text := _at(line, column))) for column in range(width)]
    while heads and not heads[-1]:
        heads.pop()
    return tuple(heads)


def same_heads(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two heads say the same, column by column."""
    return heads_words(one) == heads_words(other)


def heads_words(heads: Sequence[str]) -> tuple[str, ...]:
    """The titles as they are compared, blanks at the end left out."""
    words = [folded_heading(head) for head in heads]
    while words and not words[-1]:
        words.pop()
    return tuple(words)


def heads_key(heads: Sequence[str]) -> str:
    """A print (SHA-256, 64 letters) of the titles as they are compared: how a saved mapping is found."""
    return hashlib.sha256(json.dumps(heads_words(heads)).encode()).hexdigest()


def stages_in(heads: Sequence[str]) -> tuple[str, ...]:
    """The blocks of CEPLAN's export that may be taken as programmed, in the order of their life; empty elsewhere."""
    found = {word.block.rstrip("0123456789") for head in heads for word in _words(head) if word.block}
    return tuple(stage for stage in reversed(STAGES) if stage in found)


def missing_meanings(mapping: ColumnMapping) -> tuple[str, ...]:
    """What a mapping still needs before rows can be read: the activity's text, and some figure."""
    needed = [] if {"title", "code"} & set(mapping.meanings) else ["title"]
    return (*needed, *(() if figures_of(mapping) else (ANNUAL,)))


def figures_of(mapping: ColumnMapping) -> tuple[str, ...]:
    """The meanings of the columns of figures, in their order."""
    return tuple(meaning for meaning in mapping.meanings if is_figure(meaning))


def is_figure(meaning: str) -> bool:
    """Whether a column of that meaning holds figures."""
    return meaning != IGNORED and meaning not in TEXT_MEANINGS


def _words(head: str) -> list[HeadWord]:
    return [word for text in head.split(" / ") if (word := read_heading(text))]


def _at(line: Sequence[str], column: int) -> str:
    return line[column].strip() if column < len(line) else ""


@dataclass
class _Leaf:
    """A column of figures: what its own cell says, completed by the groups over it."""

    column: int
    line: int
    word: HeadWord


class _Head:
    def __init__(self, lines: Lines, quarter: int, stage: str, filled: Collection[int] | None) -> None:
        self._lines, self._quarter, self._stage, self._filled = lines, quarter, stage, filled
        self._heads = heads_of(lines)
        self._meanings = [IGNORED] * len(self._heads)
        self._sure = True

    def mapping(self) -> ColumnMapping:
        leaves = self._leaves()
        self._add_sides(leaves)
        self._add_periods(leaves)
        self._add_money(leaves)
        blocks = {leaf.word.block for leaf in leaves if leaf.word.block}
        stage = self._chosen_stage(leaves) if blocks else ""
        self._name_figures(leaves, stage)
        self._name_unit(ceplan=bool(blocks))
        if blocks and "goal_kind" not in self._meanings:
            self._name_tipo()
        return ColumnMapping(self._profile(bool(blocks)), tuple(self._meanings), self._heads, stage)

    def _profile(self, ceplan: bool) -> Profile:
        told = set(self._meanings)
        if ceplan and told & {"title", "code"} and any(map(is_figure, told)):
            return Profile.CEPLAN
        known = self._sure and "title" in told and any(map(is_figure, told))
        return Profile.QUARTERS if known else Profile.GENERIC

    # texts, and which columns hold figures

    def _leaves(self) -> list[_Leaf]:
        leaves: list[_Leaf] = []
        for column in range(len(self._heads)):
            cells = [(number, text) for number, line in enumerate(self._lines) if (text := _at(line, column))]
            if not cells:
                continue
            whole = read_heading(" ".join(text for _, text in cells))
            number, lowest = cells[-1]
            word = read_heading(lowest)
            if whole and whole.text and (whole.exact or word is None):
                word = whole
            if word is None and len(cells) > 1:
                word = next((one for _, text in cells[:-1] if (one := read_heading(text)) and one.text), None)
            if word is None:
                self._sure = False
                continue
            self._sure = self._sure and word.exact
            if word.text:
                self._name(column, word.text)
            elif not word.ignored:
                leaves.append(_Leaf(column, number, word))
        return leaves

    def _name(self, column: int, meaning: str) -> None:
        if meaning not in self._meanings or meaning in JOINED:
            self._meanings[column] = meaning
        elif meaning == "title" and "operativa" in folded_heading(self._heads[column]):
            self._meanings[self._meanings.index("title")] = IGNORED
            self._meanings[column] = meaning
            self._sure = False
        else:
            self._sure = False

    def _name_unit(self, *, ceplan: bool) -> None:
        """Where no column names the unit, the name of the centro de costo does."""
        if "unit_name" in self._meanings:
            return
        named = [
            column
            for column, meaning in enumerate(self._meanings)
            if meaning == "centro_costo" and not {"id", "cod", "codigo"} & set(self._head_words(column))
        ]
        if named:
            self._meanings[named[-1]] = "unit_name"
            self._sure = self._sure and ceplan

    def _name_tipo(self) -> None:
        """CEPLAN's «Tipo» tells how months add up where no column «Acumulado» does."""
        for column in range(len(self._heads)):
            if self._meanings[column] == IGNORED and self._head_words(column) == ["tipo"]:
                self._meanings[column] = "goal_kind"
                return

    def _head_words(self, column: int) -> list[str]:
        return folded_heading(self._heads[column]).split()

    # groups over runs

    def _groups(self, wanted: str) -> list[_Leaf]:
        """The cells over others that say a side, a period or units against soles, in order."""
        found: list[_Leaf] = []
        for number in range(len(self._lines) - 1):
            line = [
                _Leaf(column, number, word)
                for column in range(len(self._heads))
                if (word := read_heading(_at(self._lines[number], column)))
                and (word.of_figures or word.executed is not None)
                and getattr(word, wanted)
                and any(_at(below, column) for below in self._lines[number + 1 :])
            ]
            found = line or found
        return found

    def _add_sides(self, leaves: list[_Leaf]) -> None:
        runs = _runs([leaf for leaf in leaves if leaf.word.has_period and not leaf.word.has_side])
        runs = [run for run in runs if not (len(run) == 1 and run[0].word.place == 13)]
        groups = self._groups("has_side")
        if groups:
            pairs = _matched(runs, groups)
        else:
            guess = [HeadWord(executed=False), HeadWord(executed=True)]
            self._sure = self._sure and not runs
            pairs = list(zip(runs, guess, strict=False)) if len(runs) <= 2 else []
        for run, group in pairs:
            for leaf in run:
                money = leaf.word.money if leaf.word.money is not None else group.money
                leaf.word = replace(leaf.word, executed=group.executed, block=group.block, money=money)

    def _add_periods(self, leaves: list[_Leaf]) -> None:
        """Periods for columns that say only their side: «PROG, EJEC» under each quarter or each month."""
        runs: list[list[_Leaf]] = []
        for leaf in leaves:
            if leaf.word.has_period or not leaf.word.has_side:
                continue
            key = (leaf.word.executed, leaf.word.money)
            if not runs or any((one.word.executed, one.word.money) == key for one in runs[-1]):
                runs.append([])
            runs[-1].append(leaf)
        groups = self._groups("has_period")
        for run, group in _matched(runs, groups) if groups else []:
            for leaf in run:
                money = leaf.word.money if leaf.word.money is not None else group.money
                leaf.word = replace(
                    leaf.word,
                    month=group.month,
                    quarter=group.quarter,
                    any_quarter=group.any_quarter,
                    annual=group.annual,
                    total=group.total,
                    money=money,
                )
        if not groups and len(runs) <= 2:
            for run in runs:
                for leaf in run:
                    leaf.word = replace(leaf.word, any_quarter=True)

    def _add_money(self, leaves: list[_Leaf]) -> None:
        groups = [group for group in self._groups_of_money() if group.word.money is not None]
        if not groups:
            return
        for leaf in leaves:
            if leaf.word.money is None:
                over = [group for group in groups if group.column <= leaf.column]
                leaf.word = replace(leaf.word, money=over[-1].word.money if over else None)

    def _groups_of_money(self) -> list[_Leaf]:
        """Only cells that say nothing else: «META FÍSICA» over all of its columns."""
        return [
            group
            for group in self._groups("of_figures")
            if group.word.money is not None and not group.word.has_side and not group.word.has_period
        ] or [
            _Leaf(column, 0, word)
            for column in range(len(self._heads))
            if len(self._lines) > 1
            and (word := read_heading(_at(self._lines[0], column)))
            and word.money is not None
            and not word.has_side
            and not word.has_period
        ]

    # meanings of figures

    def _chosen_stage(self, leaves: list[_Leaf]) -> str:
        found = {leaf.word.block.rstrip("0123456789") for leaf in leaves if leaf.word.block}
        if self._stage in found:
            return self._stage
        full = {
            leaf.word.block.rstrip("0123456789")
            for leaf in leaves
            if leaf.word.block and (self._filled is None or leaf.column + 1 in self._filled)
        }
        return next((stage for stage in STAGES if stage in full), next((s for s in STAGES if s in found), ""))

    def _last_variant(self, leaves: list[_Leaf], letters: str) -> str:
        """RE before RE1 where only one of them is filled; else the highest number."""
        told = {
            leaf.word.block
            for leaf in leaves
            if leaf.word.block.rstrip("0123456789") == letters
            and (self._filled is None or leaf.column + 1 in self._filled)
        }
        every = {leaf.word.block for leaf in leaves if leaf.word.block.rstrip("0123456789") == letters} or {
            letters
        }
        return max(told or every, key=lambda block: int(block.removeprefix(letters) or 0))

    def _name_figures(self, leaves: list[_Leaf], stage: str) -> None:
        programmed = self._last_variant(leaves, stage) if stage else ""
        executed = self._last_variant(leaves, "SE") if stage else ""
        annual_told = any(leaf.word.annual for leaf in leaves)
        for leaf in sorted(
            leaves, key=lambda leaf: leaf.word.total
        ):  # whether a sum is the year's is told by the rest
            word = leaf.word
            if word.block:
                if word.block not in (programmed, executed):
                    continue
                word = replace(word, executed=word.block == executed)
            meaning = self._figure(word, annual_told=annual_told)
            if meaning and meaning not in self._meanings:
                self._meanings[leaf.column] = meaning
            elif meaning or not (word.total or word.annual):
                self._sure = False

    def _figure(self, word: HeadWord, *, annual_told: bool) -> str:
        money = bool(word.money)
        if word.month and word.executed is not None:
            return month_meaning(word.executed, word.month, money=money)
        quarter = word.quarter or (self._quarter if word.any_quarter else 0)
        if quarter and word.executed is not None:
            return quarter_meaning(word.executed, quarter, money=money)
        if word.executed:
            return IGNORED
        if word.annual or (word.total and (word.block or (not annual_told and self._whole_year(money)))):
            return ANNUAL_MONEY if money else ANNUAL
        if word.money is not None and not word.has_period and not word.has_side and not annual_told:
            self._sure = False
            return ANNUAL_MONEY if money else ANNUAL
        return IGNORED

    def _whole_year(self, money: bool) -> bool:
        """Whether all that is programmed for a year has its column, so that its sum is the annual goal."""
        told = set(self._meanings)
        return told >= {month_meaning(False, month, money=money) for month in range(1, 13)} or told >= {
            quarter_meaning(False, quarter, money=money) for quarter in range(1, 5)
        }


def _runs(leaves: Sequence[_Leaf]) -> list[list[_Leaf]]:
    """Columns whose periods go up the year; a new run begins where they start again, or units become soles."""
    runs: list[list[_Leaf]] = []
    for leaf in leaves:
        if leaf.word.annual:
            continue
        before = runs[-1][-1].word if runs else None
        if before is None or leaf.word.place <= before.place or leaf.word.money != before.money:
            runs.append([])
        runs[-1].append(leaf)
    return runs


def _matched(runs: list[list[_Leaf]], groups: list[_Leaf]) -> list[tuple[list[_Leaf], HeadWord]]:
    """Each run with its group: in their order where there are as many; else by the last that begins before it."""
    if len(runs) == len(groups):
        return [(run, group.word) for run, group in zip(runs, groups, strict=True)]
    pairs = []
    for run in runs:
        over = [group.word for group in groups if group.column <= run[0].column]
        if over:
            pairs.append((run, over[-1]))
    return pairs
