"""Rows, findings and readings as text, and back: what the quarantine keeps of a file."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sisfoh_desktop.modules.poi.rules.importing import (
    ColumnMapping,
    FileRow,
    Finding,
    NumberCell,
    Profile,
    Reading,
)
from sisfoh_desktop.modules.poi.rules.row_checks import Habits

_TUPLES = ("meanings", "candidates")


def mapping_json(mapping: ColumnMapping, habits: Habits) -> str:
    """What the columns of a table meant and how it was written, as text."""
    told = {"unused": sorted(habits.unused), "sparse": sorted(habits.sparse)}
    return _dumped({**asdict(mapping), "habits": told})


def mapping_of(text: str) -> tuple[ColumnMapping, Habits]:
    """What `mapping_json` wrote."""
    told = json.loads(text)
    mapping = ColumnMapping(
        Profile(told["profile"]), tuple(told["meanings"]), tuple(told["heads"]), told["stage"]
    )
    habits = told["habits"]
    return mapping, Habits(frozenset(habits["unused"]), frozenset(habits["sparse"]))


def row_json(row: FileRow, order: int) -> str:
    """The cells of a row as text, every one as it came with its figure, and its place in the plan."""
    return _dumped({**_row(row), "order": order})


def row_of(text: str) -> tuple[FileRow, int]:
    """The row and the place that `row_json` wrote."""
    told = json.loads(text)
    return _row_of(told), told["order"]


def rows_json(rows: tuple[FileRow, ...]) -> str:
    """Several rows as one text."""
    return _dumped([_row(one) for one in rows])


def findings_json(findings: tuple[Finding, ...]) -> str:
    """Findings as text."""
    return _dumped([asdict(one) for one in findings])


def findings_of(text: str) -> tuple[Finding, ...]:
    """The findings that `findings_json` wrote."""
    return tuple(_finding(one) for one in json.loads(text))


def doubts_json(
    findings: tuple[Finding, ...], readings: tuple[Reading, ...], weaker: tuple[Reading, ...]
) -> str:
    """Why a row does not add up, with the readings that it allowed then."""
    return _dumped(
        {
            "findings": [asdict(one) for one in findings],
            "readings": [_reading(one) for one in readings],
            "weaker": [_reading(one) for one in weaker],
        }
    )


def doubts_of(text: str) -> tuple[tuple[Finding, ...], tuple[Reading, ...], tuple[Reading, ...]]:
    """What `doubts_json` wrote."""
    told = json.loads(text)
    return (
        tuple(_finding(one) for one in told["findings"]),
        tuple(_reading_of(one) for one in told["readings"]),
        tuple(_reading_of(one) for one in told["weaker"]),
    )


def reading_json(reading: Reading) -> str:
    """A reading as text."""
    return _dumped(_reading(reading))


def reading_of(text: str) -> Reading:
    """The reading that `reading_json` wrote."""
    return _reading_of(json.loads(text))


def _row(row: FileRow) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "texts": {name: text for name, text in row.texts.items() if text},
        "numbers": [[one.meaning, one.text, _figure(one.value), one.fault] for one in row.numbers],
    }


def _row_of(told: Mapping[str, Any]) -> FileRow:
    return FileRow(
        told["sheet"],
        told["row"],
        told["texts"],
        tuple(
            NumberCell(meaning, text, _decimal(value), fault)
            for meaning, text, value, fault in told["numbers"]
        ),
    )


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "values": {meaning: _figure(value) for meaning, value in reading.values.items()},
        "assumptions": list(reading.assumptions),
        "words": reading.words,
        "against_total": reading.against_total,
    }


def _reading_of(told: Mapping[str, Any]) -> Reading:
    return Reading(
        {meaning: _decimal(value) for meaning, value in told["values"].items()},
        tuple(told["assumptions"]),
        told["words"],
        told["against_total"],
    )


def _finding(told: Mapping[str, Any]) -> Finding:
    values: dict[str, Any] = {
        name: tuple(value) if name in _TUPLES else value for name, value in told.items()
    }
    return Finding(**values)


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _dumped(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
