"""The national data that the program ships, read from their tables into facts. Where the files lie: service."""

from collections.abc import Iterator, Mapping
from typing import Any

from sisfoh_desktop.modules.office.rules.checks import check_dated
from sisfoh_desktop.modules.office.rules.facts import (
    ENUM_FIELDS,
    Body,
    DatedFact,
    Holiday,
    Legend,
    Norm,
    YearName,
)
from sisfoh_desktop.modules.office.rules.terms import LegalTerm

NATIONAL_FILES: Mapping[str, type[DatedFact]] = {
    "holidays": Holiday,
    "bodies": Body,
    "norms": Norm,
    "year_names": YearName,
    "legends": Legend,
    "terms": LegalTerm,
}
NATIONAL_LIST = "Lista nacional"


def national_facts(kind: type[DatedFact], rows: list[dict[str, Any]]) -> Iterator[tuple[str, DatedFact]]:
    """Each row's stable key and its checked fact; a row with an unknown or missing field is a TypeError."""
    seen: list[DatedFact] = []
    for row in rows:
        values = {name: value for name, value in row.items() if name != "key"}
        for name in values:
            convert = ENUM_FIELDS.get((kind, name))
            if convert is not None:
                values[name] = convert(values[name])
        if kind is Holiday:
            values["entered_by"] = NATIONAL_LIST
        if kind is LegalTerm:  # several rows of one term follow one another: `key` tells the rows apart
            values["key"] = values.pop("term")
        fact = check_dated(kind(**values), seen)
        seen.append(fact)
        yield row["key"], fact
