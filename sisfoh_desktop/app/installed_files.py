"""Whether the program still has its own files: an antivirus or a half-done copy takes them away one by one."""

from sisfoh_desktop.basics.paths import data_root, resource

_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
# one of each kind: the folder is there, and what the first screens and papers need of it
_NEEDED = (
    *(("fonts", f"LiberationSans-{face}.ttf") for face in _FACES),
    *(("icons", name) for name in ("sisfoh.svg", "search.svg", "circle-alert.svg")),
    ("help", "keys.md"),
    ("data", "national", "holidays.toml"),
)


def missing_files() -> list[str]:
    """What is not there, as paths below the program's folder."""
    wanted = [("resources", *parts) for parts in _NEEDED]
    missing = ["/".join(parts) for parts in wanted if not _is_there(*parts[1:])]
    if not any((data_root() / "migrations" / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")):
        missing.append("migrations/versions")
    return missing


def _is_there(*parts: str) -> bool:
    path = resource(*parts)
    return path.is_file() and path.stat().st_size > 0
