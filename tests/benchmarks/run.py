"""Speed of the program beside that of its peers, as one table of ratios with their budgets.

Run with the development environment, from the root of the project (all takes some ten minutes):

    .venv/bin/python tests/benchmarks/run.py
    .venv/bin/python tests/benchmarks/run.py lists papers         only these subjects
    .venv/bin/python tests/benchmarks/run.py --rounds 21 lists    more rounds, steadier medians

No screen is needed, nothing is asserted, and pytest never collects these files. LibreOffice is found on the PATH;
WeasyPrint in this environment or in that of the interpreter named by WEASYPRINT_PYTHON. Either may be missing.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from measuring import Line, told_by

SUBJECTS = (
    *("startup", "lists", "database", "kardex", "poi", "poi_import", "poi_paste"),
    *("papers", "signatures", "search"),
)


def main() -> None:
    """Measure the subjects named, each in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description="Ratios of speed against peers.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(SUBJECTS))
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each measure (default 9)")
    arguments = parser.parse_args()
    if not set(arguments.names) <= set(SUBJECTS):
        parser.error(f"the subjects are {', '.join(SUBJECTS)}")
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parent)}
    print(table([line for name in arguments.names or SUBJECTS for line in lines_of(name, arguments.rounds)]))


def lines_of(name: str, rounds: int) -> list[Line]:
    """What a subject measured; where it broke off, one line that says so."""
    print(f"\n{name} ", end="", file=sys.stderr, flush=True)
    asked = f"import dataclasses, json, {name}\nlines = {name}.measure({rounds})\n"
    try:
        told = told_by(f"{asked}print(json.dumps([dataclasses.asdict(line) for line in lines]))")
    except subprocess.CalledProcessError as error:
        return [Line(name, "", 0, f"se interrumpió (código {error.returncode})")]
    return [Line(**values) for values in told]


def table(lines: list[Line]) -> str:
    """The lines in the form of the table of budgets."""
    rows = [("Qué", "Contra", "Razón", "Presupuesto", "", "Medianas")]
    for line in lines:
        ratio = "—" if line.ratio is None else f"{line.ratio:.2f}"
        rows.append((line.what, line.against, ratio, f"≤ {line.budget:g}", line.verdict, line.medians))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    texts = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    texts.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {text} |" for text in texts)


if __name__ == "__main__":
    main()
