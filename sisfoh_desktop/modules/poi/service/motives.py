"""The short list of motives of a deviation, as shipped."""

import tomllib
from functools import cache

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.modules.poi.rules.follow_up import Motive


@cache
def list_motives() -> tuple[Motive, ...]:
    """In the order of the list; FileFailed when that file is damaged."""
    path = resource("data", "national", "poi.toml")
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["motive"]
        return tuple(Motive(str(row["code"]), str(row["label"])) for row in rows)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error
