"""Every scene that `screens.py` draws: pages, their states, their dialogs."""

from typing import Any

PAGES = ("inbox", "expedientes", "plans", "responsibilities", "resoluciones", "papers", "office")


def draw_all(studio: Any) -> None:
    """Draw every scene once."""
    for number, key in enumerate(PAGES, start=1):
        page = studio.page(key)
        if page is not None:
            studio.shoot(f"{number:02d}-{'inicio' if key == 'inbox' else page.title.lower()}")
