"""The orders of every page, as «Buscar en todo» tells them before the page is built.

What an order does is the page's affair: here stand its words, its tab, and the rights of which one is enough. A test
compares all of it with the pages themselves.
"""

import tomllib
from dataclasses import dataclass
from functools import cache

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.paths import resource


@dataclass(frozen=True)
class PageOrder:
    """An order of the page with this key; `tab` and its `title` are "" on a page without tabs.

    With no rights it is everybody's.
    """

    page: str
    tab: str
    title: str
    words: str
    rights: tuple[str, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        """Whether the page offers it to the actor."""
        return not self.rights or any(actor.may(right) for right in self.rights)


@cache
def page_orders() -> tuple[PageOrder, ...]:
    """Every order of every page, in the order of the menu; the file is the program's own."""
    read = tomllib.loads(resource("data", "orders.toml").read_text(encoding="utf-8"))
    return tuple(
        PageOrder(page, part.get("tab", ""), part.get("title", ""), words, tuple(rights))
        for page, parts in read.items()
        for part in parts
        for words, rights in part["orders"].items()
    )
