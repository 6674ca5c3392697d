"""The top floor: start, main window, command line, and the wiring that hands every part what it needs."""

from sisfoh_desktop.db.mapping import map_later


def _map_all_tables() -> None:
    import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules


map_later(_map_all_tables)
