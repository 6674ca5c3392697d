"""How a long action tells how far it is, and how it is asked to stop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

from sisfoh_desktop.basics.errors import RuleError

# called now and then with what is done and the whole; raises Cancelled when the person no longer wants it
Progress = Callable[[int, int], None]

_Item = TypeVar("_Item")


class Cancelled(RuleError):
    """The person stopped a long action; whoever raises it inside a transaction undoes the whole of it."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Se canceló a su pedido; no se cambió nada.")


def silent(_done: int, _total: int) -> None:
    """For callers who do not look."""


def tell_each(items: Iterable[_Item], total: int, progress: Progress) -> Iterator[_Item]:
    """The items as they come, each told once it has been used; stops there where the person no longer wants it."""
    for done, item in enumerate(items, 1):
        yield item
        progress(done, total)


class ToldRows(Sequence[_Item]):
    """Rows that tell how far they were read, for work that takes them one by one and knows nothing of progress."""

    def __init__(self, rows: Sequence[_Item], progress: Progress) -> None:
        self._rows, self._progress = rows, progress

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> _Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Item]: ...
    def __getitem__(self, index: int | slice) -> _Item | Sequence[_Item]:
        if isinstance(index, slice):
            return self._rows[index]
        row = self._rows[index]  # first: a loop asks for one more than there are
        self._progress(index % len(self._rows) + 1, len(self._rows))
        return row
