"""Where the forms of a type are while movements are played in memory: disjoint pieces in order, read and replaced by
range. Pure."""

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import Piece


class FormMap:
    """The forms of a type as disjoint pieces in order."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = sorted(pieces, key=lambda piece: piece.forms.first)
        self._firsts = [piece.forms.first for piece in self._pieces]

    def inside(self, ranges: FormRanges) -> list[Piece]:
        """The pieces of these numbers, cut at their ends; numbers that nobody put are left out."""
        found: list[Piece] = []
        for one in ranges:
            low, high = self._between(one)
            for piece in self._pieces[low:high]:
                whole = piece.forms
                if one.first <= whole.first and whole.last <= one.last:
                    found.append(piece)
                    continue
                cut = FormRange(max(one.first, whole.first), min(one.last, whole.last))
                found.append(dataclasses.replace(piece, forms=cut))
        return found

    def put(self, ranges: FormRanges, pieces: Sequence[Piece]) -> None:
        """Replace whatever stands in the ranges by these pieces, which lie inside them."""
        new = sorted(pieces, key=lambda piece: piece.forms.first)
        starts = [piece.forms.first for piece in new]
        for one in ranges:
            low, high = self._between(one)
            kept: list[Piece] = []
            for piece in self._pieces[low:high]:
                if piece.forms.first < one.first:
                    kept.append(dataclasses.replace(piece, forms=FormRange(piece.forms.first, one.first - 1)))
                if piece.forms.last > one.last:
                    kept.append(dataclasses.replace(piece, forms=FormRange(one.last + 1, piece.forms.last)))
            kept += new[bisect_left(starts, one.first) : bisect_right(starts, one.last)]
            kept.sort(key=lambda piece: piece.forms.first)
            self._pieces[low:high] = kept
            self._firsts[low:high] = [piece.forms.first for piece in kept]

    def _between(self, one: FormRange) -> tuple[int, int]:
        low = bisect_right(self._firsts, one.first)
        if low and self._pieces[low - 1].forms.last >= one.first:
            low -= 1
        return low, bisect_right(self._firsts, one.last)
