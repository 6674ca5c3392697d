"""The files of the Tacna 2024 case as the tests read them, with what is looked up in them by its key."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "resources" / "data" / "tacna-2024"


def _load(name: str) -> dict[str, Any]:
    """A file of the case, with plain blanks inside amounts."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text.replace(r"\u00a0", " "))


OFFICE, PLAN, FILE = _load("office"), _load("plan"), _load("expediente")
ANEXO, ACT = _load("anexo01"), _load("resolucion")
UNITS = {unit["siglas"]: unit for unit in OFFICE["unit"]}
DOCUMENTS = {document["slug"]: document for document in FILE["document"]}
NORMS = {norm["slug"]: norm["cite"] for norm in ACT["norm"]}
