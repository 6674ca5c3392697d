"""Keeping things together in a story: titles with their text, the signature zone with two lines above it.

Loads reportlab; used by `page` alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph

from sisfoh_desktop.documents.table_flow import TableFlow
from sisfoh_desktop.documents.text import clean
from sisfoh_desktop.documents.zone_flow import ZoneFlow

_LINES_ABOVE_ZONE = 2
_LEAST_LINES = 2
_MOST_KEPT = 0.6  # of a page: a title with a giant row does not push everything to the next page


class BookmarkFlow(Flowable):
    """No height of its own; marks the place of what follows and adds it to the outline."""

    _ZEROSIZE = True

    def __init__(self, title: str, key: str, level: int) -> None:
        super().__init__()
        self._title, self._key, self._level = clean(title).replace("\n", " "), key, level
        self.width = self.height = 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        _, y = self.canv.absolutePosition(0, 0)
        self.canv.bookmarkPage(self._key, fit="XYZ", left=0, top=round(y + 4, 2), zoom=0)
        self.canv.addOutlineEntry(self._title, self._key, self._level, closed=False)


class GapFlow(Flowable):
    """Empty height that never makes a page by itself: nothing at the top, no more than what is left."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self._wanted = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        frame = getattr(self, "_frame", None)
        at_top = bool(frame is not None and getattr(frame, "_atTop", False))
        self.width = 0
        self.height = 0.0 if at_top else min(self._wanted, height)
        return 0, self.height

    def draw(self) -> None:
        """Nothing to draw."""


class TailBlock(Flowable):
    """The end of the text and the signature zone: they reach the last page with two lines of text at least."""

    def __init__(self, above: Sequence[Flowable], zone: ZoneFlow) -> None:
        super().__init__()
        self._above = list(above)
        self._zone = zone

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = _stacked([*self._above, self._zone], width)
        return width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        return float(self._above[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return float(self._zone.getSpaceAfter())

    def least_height(self, width: float) -> float:
        """What a title directly above must keep with it."""
        return _least_height(self._above[0], width)

    def split(self, width: float, height: float) -> list[Flowable]:
        if self.wrap(width, height)[1] <= height:
            return [self]
        first, rest = self._above[0], self._above[1:]
        needed = max(0, _LINES_ABOVE_ZONE - sum(_line_count(item, width) for item in rest))
        frame = getattr(self, "_frame", None)
        at_top = bool(frame is not None and getattr(frame, "_atTop", False))
        parts = _split_keeping(first, width, height, needed, frame)
        if len(parts) == 2:
            return [parts[0], TailBlock([parts[1], *rest], self._zone)]
        if at_top:
            return [*self._above, self._zone]  # more signers than a page holds: let the zone itself split
        return []

    def draw(self) -> None:
        y, gap = self.height, 0.0
        for number, item in enumerate([*self._above, self._zone]):
            before = max(0.0, item.getSpaceBefore() - gap) if number else 0.0
            y -= before + item.wrapOn(self.canv, self.width, 1e6)[1]
            item.drawOn(self.canv, 0, y)
            gap = item.getSpaceAfter()
            y -= gap


def arranged(story: Iterable[Any], width: float, page_height: float) -> list[Flowable]:
    """The story flattened, its titles guarded against standing last on a page, its zone tied to the text."""
    return _titles_kept(_zone_tied(list(_flat(story)), width), width, page_height)


def _flat(story: Iterable[Any]) -> Iterable[Flowable]:
    for item in story:
        if isinstance(item, list | tuple):
            yield from _flat(item)
        elif item is not None:
            yield item


def _zone_tied(story: list[Flowable], width: float) -> list[Flowable]:
    tied: list[Flowable] = []
    for item in story:
        if isinstance(item, ZoneFlow):
            above: list[Flowable] = []
            lines = 0
            while (
                tied
                and lines < _LINES_ABOVE_ZONE
                and not isinstance(tied[-1], PageBreak | TailBlock | ZoneFlow)
            ):
                above.insert(0, tied.pop())
                lines += _line_count(above[0], width)
            tied.append(TailBlock(above, item) if above else item)
        else:
            tied.append(item)
    return tied


def _titles_kept(story: list[Flowable], width: float, page_height: float) -> list[Flowable]:
    kept: list[Flowable] = []
    index = 0
    while index < len(story):
        run = index
        while run < len(story) and (
            _keeps_next(story[run]) or (run > index and isinstance(story[run], GapFlow))
        ):
            run += 1
        if run == index:
            kept.append(story[index])
            index += 1
            continue
        titles = story[index:run]
        height = _stacked(titles, width)
        if kept:  # what stands above has left its own space already
            height += max(0.0, titles[0].getSpaceBefore() - kept[-1].getSpaceAfter())
        if run < len(story):
            height += _gap(titles[-1], story[run]) + _least_height(story[run], width)
        kept.append(CondPageBreak(min(height, page_height * _MOST_KEPT)))
        kept.extend(titles)
        index = run
    return kept


def _keeps_next(item: Flowable) -> bool:
    return isinstance(item, BookmarkFlow) or bool(getattr(getattr(item, "style", None), "keeps_next", False))


def _gap(upper: Flowable, lower: Flowable) -> float:
    return max(float(upper.getSpaceAfter()), float(lower.getSpaceBefore()))


def _stacked(items: Sequence[Flowable], width: float) -> float:
    height = 0.0
    for number, item in enumerate(items):
        height += item.wrap(width, 1e6)[1]
        if number:
            height += _gap(items[number - 1], item)
    return height


def _line_count(item: Flowable, width: float) -> int:
    if isinstance(item, Paragraph):
        item.wrap(width, 1e6)
        return len(item.blPara.lines)
    if isinstance(item, TableFlow):
        return item.count_lines(width, _LINES_ABOVE_ZONE)
    return 0


def _least_height(item: Flowable, width: float) -> float:
    if isinstance(item, Paragraph):
        height = float(item.wrap(width, 1e6)[1])
        lines = len(item.blPara.lines)
        # Three lines cannot be cut without leaving one alone, so they stay together.
        return height if lines <= 2 * _LEAST_LINES - 1 else height * _LEAST_LINES / lines
    if isinstance(item, TableFlow | TailBlock):
        return item.least_height(width)
    if isinstance(item, PageBreak | CondPageBreak):
        return 0.0
    return float(item.wrap(width, 1e6)[1])


def _split_keeping(item: Flowable, width: float, height: float, lines: int, frame: Any) -> list[Flowable]:
    """Cut `item` at `height`, leaving at least `lines` lines (and never a lone one) in the second part."""
    if isinstance(item, Paragraph):
        high = item.wrap(width, 1e6)[1]
        count = len(item.blPara.lines)
        leading = high / max(1, count)
        keep = min(count - max(lines, _LEAST_LINES), int(height / leading + 1e-6))
        return list(item.split(width, keep * leading + 1e-3)) if keep >= _LEAST_LINES else []
    if isinstance(item, TableFlow):
        return item.split(width, height, keep_lines=max(1, lines), frame=frame)
    return []
